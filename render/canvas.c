/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/canvas.h"

const VhRoleLook *
vh_role_get_look (VhRole role)
{
  static const VhRoleLook looks[] = {
#define VH_ROLE_ROW(ID, tag, mono, fg, bg, contrast_fg, contrast_bg, light_fg, light_bg, ...)      \
  [VH_ROLE_##ID] = { #ID,                                                                          \
                     tag,                                                                          \
                     VH_MONO_##mono,                                                               \
                     { { fg, bg }, { contrast_fg, contrast_bg }, { light_fg, light_bg } },         \
                     __VA_ARGS__ },
#include "render/role.def"
  };
  G_STATIC_ASSERT (G_N_ELEMENTS (looks) == VH_N_ROLES);
  return &looks[role];
}

VhStyle
vh_role_get_style (VhRole role, VhLook look)
{
  const VhRoleLook *row = vh_role_get_look (role);
  if (look == VH_LOOK_MONO)
    return (VhStyle){ row->mono, { -1, -1 } };
  return (VhStyle){ row->mono == VH_MONO_REVERSE ? VH_MONO_NORMAL : row->mono, row->colors[look] };
}

gboolean
vh_look_parse (const char *name, VhLook *look)
{
  static const char *const names[] = {
    [VH_LOOK_DEFAULT] = "default",
    [VH_LOOK_CONTRAST] = "high-contrast",
    [VH_LOOK_LIGHT] = "light",
    [VH_LOOK_MONO] = "mono",
  };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (name, names[i]))
      {
        *look = (VhLook) i;
        return TRUE;
      }
  return FALSE;
}

const char *
vh_glyph_to_string (VhGlyph glyph, gboolean ascii)
{
  static const char *const signs[][2] = {
#define VH_GLYPH_ROW(ID, utf8, ascii) [VH_GLYPH_##ID] = { utf8, ascii },
#include "render/glyph.def"
  };
  G_STATIC_ASSERT (G_N_ELEMENTS (signs) == VH_N_GLYPHS);
  return signs[glyph][ascii ? 1 : 0];
}

VhCanvas *
vh_canvas_new (guint width, guint height, gboolean ascii)
{
  VhCanvas *canvas = g_new0 (VhCanvas, 1);
  canvas->width = width;
  canvas->height = height;
  canvas->ascii = ascii;
  canvas->cursor_x = canvas->cursor_y = -1;
  canvas->cells = g_new0 (VhCell, (gsize) width * height);
  for (gsize i = 0; i < (gsize) width * height; i++)
    canvas->cells[i] = (VhCell){ .character = ' ', .role = VH_ROLE_PLAIN };
  return canvas;
}

void
vh_canvas_free (VhCanvas *canvas)
{
  if (canvas == NULL)
    return;
  g_free (canvas->cells);
  g_free (canvas);
}

static VhCell *
cell_at (const VhCanvas *canvas, guint x, guint y)
{
  return &canvas->cells[(gsize) y * canvas->width + x];
}

const VhCell *
vh_canvas_get (const VhCanvas *canvas, guint x, guint y)
{
  g_assert (x < canvas->width && y < canvas->height);
  return cell_at (canvas, x, y);
}

static gboolean
looks_same (const VhCell *a, const VhCell *b)
{
  return a->character == b->character && a->combining == b->combining && a->role == b->role;
}

/* Of the line `y`, from the line `from` of the canvas before. */
static guint
count_in_line (const VhCanvas *before, const VhCanvas *after, guint from, guint y)
{
  const VhCell *a = before->cells + (gsize) from * before->width;
  const VhCell *b = after->cells + (gsize) y * after->width;
  guint count = 0;
  for (guint x = 0; x < after->width; x++)
    count += !looks_same (&a[x], &b[x]);
  return count;
}

static guint
count_filled (const VhCanvas *canvas)
{
  const VhCell blank = { .character = ' ', .role = VH_ROLE_PLAIN };
  guint count = 0;
  for (guint i = 0; i < canvas->width * canvas->height; i++)
    count += !looks_same (&canvas->cells[i], &blank);
  return count;
}

guint
vh_canvas_count_changes (const VhCanvas *before, const VhCanvas *after)
{
  if (!before || before->width != after->width || before->height != after->height)
    return count_filled (after);
  guint count = 0;
  for (guint y = 0; y < after->height; y++)
    {
      guint least = count_in_line (before, after, y, y);
      if (y > 0)
        least = MIN (least, count_in_line (before, after, y - 1, y));
      if (y + 1 < after->height)
        least = MIN (least, count_in_line (before, after, y + 1, y));
      count += least;
    }
  return count;
}

/* A wide character that loses one of its halves leaves a blank. */
static void
break_wide (VhCanvas *canvas, guint x, guint y)
{
  if (cell_at (canvas, x, y)->character == 0 && x > 0)
    cell_at (canvas, x - 1, y)->character = ' ';
  if (x + 1 < canvas->width && cell_at (canvas, x + 1, y)->character == 0)
    cell_at (canvas, x + 1, y)->character = ' ';
}

static void
set_cell (VhCanvas *canvas, guint x, guint y, VhCell cell)
{
  break_wide (canvas, x, y);
  *cell_at (canvas, x, y) = cell;
}

/* The caller has clipped: the character fits. */
static guint
put_character (VhCanvas *canvas, guint x, guint y, VhCell cell)
{
  guint width = vh_text_char_width (cell.character);
  VhCell second = { .character = 0, .role = cell.role };
  if (canvas->ascii && cell.character >= 0x7f)
    {
      const gunichar mark = vh_text_to_ascii (cell.character);
      cell.character = mark != 0 ? mark : '?';
      second.character = '?';
    }
  set_cell (canvas, x, y, cell);
  if (width == 2)
    *cell_at (canvas, x + 1, y) = second;
  return width;
}

static guint
room_at (const VhCanvas *canvas, const VhBox *where)
{
  if (where->x >= canvas->width || where->y >= canvas->height)
    return 0;
  return MIN (where->width, canvas->width - where->x);
}

guint
vh_canvas_put (VhCanvas *canvas, const VhBox *where, VhRole role, const char *text)
{
  guint room = room_at (canvas, where);
  if (room == 0)
    return 0;
  const char *ellipsis = vh_glyph_to_string (VH_GLYPH_ELLIPSIS, canvas->ascii);
  g_autofree char *clipped = vh_text_clip (text, room, ellipsis);
  guint used = 0, last = 0;
  for (const char *p = clipped; *p != '\0'; p = g_utf8_next_char (p))
    {
      VhCell cell = { .character = g_utf8_get_char (p), .role = (guint8) role };
      if (vh_text_char_width (cell.character) > 0)
        {
          last = used;
          used += put_character (canvas, where->x + used, where->y, cell);
        }
      else if (!canvas->ascii)
        cell_at (canvas, where->x + last, where->y)->combining = cell.character;
    }
  return used;
}

guint
vh_canvas_put_glyph (VhCanvas *canvas, guint x, guint y, VhRole role, VhGlyph glyph)
{
  const VhBox where = { .x = x, .y = y, .width = G_MAXUINT };
  return vh_canvas_put (canvas, &where, role, vh_glyph_to_string (glyph, canvas->ascii));
}

void
vh_canvas_set_role (VhCanvas *canvas, const VhBox *box, VhRole role)
{
  for (guint y = box->y; y < canvas->height && y - box->y < box->height; y++)
    for (guint x = box->x; x < canvas->width && x - box->x < box->width; x++)
      cell_at (canvas, x, y)->role = (guint8) role;
}

void
vh_canvas_fill (VhCanvas *canvas, const VhBox *box, VhRole role)
{
  const VhCell blank = { .character = ' ', .role = (guint8) role };
  for (guint y = box->y; y < canvas->height && y - box->y < box->height; y++)
    for (guint x = box->x; x < canvas->width && x - box->x < box->width; x++)
      set_cell (canvas, x, y, blank);
}

/* The ends of a line sign that leave its cell. */
enum { END_LEFT = 1, END_RIGHT = 2, END_UP = 4, END_DOWN = 8 };

static const VhGlyph line_signs[] = {
  [END_LEFT] = VH_GLYPH_RULE_HORIZONTAL,
  [END_RIGHT] = VH_GLYPH_RULE_HORIZONTAL,
  [END_LEFT | END_RIGHT] = VH_GLYPH_RULE_HORIZONTAL,
  [END_UP] = VH_GLYPH_RULE_VERTICAL,
  [END_DOWN] = VH_GLYPH_RULE_VERTICAL,
  [END_UP | END_DOWN] = VH_GLYPH_RULE_VERTICAL,
  [END_RIGHT | END_DOWN] = VH_GLYPH_CORNER_TL,
  [END_LEFT | END_DOWN] = VH_GLYPH_CORNER_TR,
  [END_RIGHT | END_UP] = VH_GLYPH_CORNER_BL,
  [END_LEFT | END_UP] = VH_GLYPH_CORNER_BR,
  [END_RIGHT | END_UP | END_DOWN] = VH_GLYPH_TEE_LEFT,
  [END_LEFT | END_UP | END_DOWN] = VH_GLYPH_TEE_RIGHT,
  [END_LEFT | END_RIGHT | END_DOWN] = VH_GLYPH_TEE_DOWN,
  [END_LEFT | END_RIGHT | END_UP] = VH_GLYPH_TEE_UP,
  [END_LEFT | END_RIGHT | END_UP | END_DOWN] = VH_GLYPH_CROSS,
};

static void
add_ends (VhCanvas *canvas, guint x, guint y, guint ends, VhRole role)
{
  guint all = ends | cell_at (canvas, x, y)->lines;
  vh_canvas_put_glyph (canvas, x, y, role, line_signs[all]);
  cell_at (canvas, x, y)->lines = (guint8) all;
}

static guint
ends_of_part (guint at, guint length, guint back, guint forward)
{
  if (length == 1)
    return back | forward;
  return (at > 0 ? back : 0u) | (at + 1 < length ? forward : 0u);
}

void
vh_canvas_draw_horizontal (VhCanvas *canvas, guint x, guint y, guint width, VhRole role)
{
  if (y >= canvas->height || x >= canvas->width)
    return;
  guint length = MIN (width, canvas->width - x);
  for (guint i = 0; i < length; i++)
    add_ends (canvas, x + i, y, ends_of_part (i, length, END_LEFT, END_RIGHT), role);
}

void
vh_canvas_draw_vertical (VhCanvas *canvas, guint x, guint y, guint height, VhRole role)
{
  if (y >= canvas->height || x >= canvas->width)
    return;
  guint length = MIN (height, canvas->height - y);
  for (guint i = 0; i < length; i++)
    add_ends (canvas, x, y + i, ends_of_part (i, length, END_UP, END_DOWN), role);
}
