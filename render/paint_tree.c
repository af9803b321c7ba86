/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/paint.h"

#include <string.h>

#include "render/words.h"

/* Widths of the columns, a blank between two included; 0: left out. */
typedef struct {
  guint address, name, offered, used, free, knob;
} Columns;

#define MARK_WIDTH 1u
#define ADDRESS_WIDTH 8u
#define OFFERED_WIDTH 10u
#define USED_WIDTH 12u
#define FREE_WIDTH 5u
#define KNOB_WIDTH 12u
#define WIDEST_NAME 44u
#define KNOB_NAME_WIDTH 21u

/* What is offered and what is used stay to the last: they are what the
 * program is for. */
static Columns
columns_for (guint width)
{
  Columns columns = { .offered = OFFERED_WIDTH, .used = USED_WIDTH };
  if (width >= 63)
    columns.knob = KNOB_WIDTH;
  if (width >= 70)
    columns.free = FREE_WIDTH;
  if (width >= 78)
    columns.address = ADDRESS_WIDTH;
  guint taken =
      MARK_WIDTH + columns.address + columns.offered + columns.used + columns.free + columns.knob;
  columns.name = MIN (width > taken ? width - taken : 0, WIDEST_NAME);
  return columns;
}

typedef struct {
  const VhScene *scene;
  const VhSession *session;
  const GArray *rows;
  VhCanvas *canvas;
  VhBox box; /* one line high */
  Columns columns;
} Pen;

static const VhRow *
row_at (const Pen *pen, guint position)
{
  return &g_array_index (pen->rows, VhRow, position);
}

/* A column at `*x`, which moves on; numbers to the right. */
static void
put_column (const Pen *pen, guint *x, guint width, VhRole role, const char *text)
{
  if (width == 0)
    return;
  VhBox where = pen->box;
  where.x = *x;
  where.width = MIN (width - 1, pen->box.x + pen->box.width - *x);
  *x += width;
  vh_canvas_put (pen->canvas, &where, role, text);
}

static void
put_number (const Pen *pen, guint *x, guint width, VhRole role, const char *text)
{
  guint room = width > 0 ? width - 1 : 0;
  g_autofree char *padded = g_strdup_printf ("%*s", (int) room, text);
  put_column (pen, x, width, role, padded);
}

static void
paint_heading (const Pen *pen)
{
  const Columns *columns = &pen->columns;
  guint x = pen->box.x + MARK_WIDTH;
  put_column (pen, &x, columns->address, VH_ROLE_HEADING, "ADDRESS");
  put_column (pen, &x, columns->name, VH_ROLE_HEADING, "BUS OR DEVICE");
  put_column (pen, &x, columns->offered, VH_ROLE_HEADING, "OFFERED");
  put_column (pen, &x, columns->used, VH_ROLE_HEADING, "USED");
  put_number (pen, &x, columns->free, VH_ROLE_HEADING, "FREE");
  put_column (pen, &x, columns->knob, VH_ROLE_HEADING, "HOTPLUG");
}

/* Does the line of an ancestor at `depth` go on below this row? */
static gboolean
goes_on (const Pen *pen, guint position, guint depth)
{
  for (guint i = position; i-- > 0;)
    if (row_at (pen, i)->depth == depth)
      return (row_at (pen, i)->marks & VH_ROW_LAST) == 0;
  return FALSE;
}

/* Lines of the tree; a tree deeper than half the column shows its lower end.
 * Returns where the name begins. */
static guint
paint_branch (const Pen *pen, guint position, guint x)
{
  const VhRow *row = row_at (pen, position);
  guint deepest = pen->columns.name / 4;
  for (guint depth = row->depth > deepest ? row->depth - deepest : 1; depth < row->depth; depth++)
    {
      if (goes_on (pen, position, depth))
        vh_canvas_put_glyph (pen->canvas, x, pen->box.y, VH_ROLE_TREE, VH_GLYPH_TREE_PASS);
      x += 2;
    }
  if (row->depth > 0)
    {
      gboolean last = (row->marks & VH_ROW_LAST) != 0;
      vh_canvas_put_glyph (pen->canvas, x, pen->box.y, VH_ROLE_TREE,
                           last ? VH_GLYPH_TREE_LAST : VH_GLYPH_TREE_BRANCH);
      vh_canvas_put_glyph (pen->canvas, x + 1, pen->box.y, VH_ROLE_TREE, VH_GLYPH_TREE_DASH);
      x += 2;
    }
  if ((row->marks & VH_ROW_FOLDED) != 0)
    vh_canvas_put_glyph (pen->canvas, x, pen->box.y, VH_ROLE_CHANGED, VH_GLYPH_FOLDED);
  return x + 1;
}

static VhRole
role_of_name (const Pen *pen, const VhRow *row)
{
  const GString *search = pen->scene != NULL ? pen->scene->view->search : NULL;
  if (search != NULL && search->len > 0 && vh_row_matches (pen->session, row, search->str))
    return VH_ROLE_MATCH;
  return row->kind == VH_ROW_DEVICE || row->kind == VH_ROW_UNADDRESSED ? VH_ROLE_DEVICE
                                                                       : VH_ROLE_BUS;
}

static gboolean
is_knob (const VhRow *row)
{
  return row->kind == VH_ROW_ROOT_KNOB || row->kind == VH_ROW_BRIDGE_KNOB;
}

static VhRole
role_of_change (const Pen *pen, const char *text, VhRole otherwise)
{
  const char *arrow = vh_glyph_to_string (VH_GLYPH_ARROW, pen->canvas->ascii);
  return strstr (text, arrow) != NULL ? VH_ROLE_CHANGED : otherwise;
}

/* A knob of the machine has no columns, but a sentence. */
static void
paint_knob (const Pen *pen, const VhRow *row, const VhRowText *text)
{
  guint x = pen->box.x + MARK_WIDTH;
  guint end = pen->box.x + pen->box.width;
  put_column (pen, &x, KNOB_NAME_WIDTH, role_of_name (pen, row), text->name);
  VhBox where = pen->box;
  where.x = x;
  where.width = end > x ? end - x : 0;
  guint used = vh_canvas_put (
      pen->canvas, &where, role_of_change (pen, text->knob_text, VH_ROLE_PLAIN), text->knob_text);
  if (*text->note == '\0' || used >= where.width)
    return;
  where.x += used;
  where.width -= used;
  g_autofree char *note = g_strdup_printf (": %s", text->note);
  vh_canvas_put (pen->canvas, &where, VH_ROLE_DIM, note);
}

/* The name of what offers nothing, a device, may run into that column. */
static void
paint_columns (const Pen *pen, const VhRow *row, const VhRowText *text, guint name_x)
{
  const Columns *columns = &pen->columns;
  guint x = pen->box.x + MARK_WIDTH;
  put_column (pen, &x, columns->address, VH_ROLE_PLAIN, text->address);
  x += columns->name;
  guint end = *text->offered == '\0' ? x + columns->offered : x;
  VhBox name = pen->box;
  name.x = name_x;
  name.width = end > name_x + 1 ? end - name_x - 1 : 0;
  vh_canvas_put (pen->canvas, &name, role_of_name (pen, row), text->name);
  put_column (pen, &x, columns->offered, text->offered_changed ? VH_ROLE_CHANGED : VH_ROLE_PLAIN,
              text->offered);
  put_column (pen, &x, columns->used,
              role_of_change (pen, text->used_text, vh_words_role_of_mechanism (text->used)),
              text->used_text);
  put_number (pen, &x, columns->free, VH_ROLE_PLAIN, text->free_text);
  put_column (pen, &x, columns->knob, role_of_change (pen, text->knob_text, VH_ROLE_PLAIN),
              text->knob_text);
}

static void
paint_row (const Pen *pen, guint position)
{
  const VhRow *row = row_at (pen, position);
  VhRowText text;
  vh_row_text_init (&text, pen->session, row, pen->canvas->ascii);
  if ((row->marks & VH_ROW_CHANGED) != 0)
    vh_canvas_put_glyph (pen->canvas, pen->box.x, pen->box.y, VH_ROLE_CHANGED, VH_GLYPH_CHANGED);
  guint name_x = pen->box.x + MARK_WIDTH;
  if (is_knob (row))
    paint_knob (pen, row, &text);
  else
    {
      name_x = paint_branch (pen, position, name_x + pen->columns.address);
      paint_columns (pen, row, &text, name_x);
    }
  vh_row_text_clear (&text);
  if (pen->scene == NULL || pen->scene->view->cursor != row->key)
    return;
  vh_canvas_set_role (pen->canvas, &pen->box, VH_ROLE_SELECTED);
  pen->canvas->cursor_x = (gint) MIN (name_x, pen->box.x + pen->box.width - 1);
  pen->canvas->cursor_y = (gint) pen->box.y;
}

/* Rows from `first` on, as many as fit. */
static void
paint_rows (Pen *pen, const VhBox *box, guint first)
{
  for (guint i = 0; i < box->height && first + i < pen->rows->len; i++)
    {
      pen->box = *box;
      pen->box.y += i;
      pen->box.height = 1;
      paint_row (pen, first + i);
    }
}

static Pen
pen_for (const VhSession *session, const GArray *rows, VhCanvas *canvas, const VhBox *box)
{
  Pen pen = { .session = session, .rows = rows, .canvas = canvas, .box = *box };
  pen.box.height = 1;
  pen.columns = columns_for (box->width);
  return pen;
}

guint
vh_paint_find_tree_row (const VhScene *scene, const VhLayout *layout, guint line)
{
  guint page = layout->list.height, pinned = MIN (layout->n_pinned, page);
  if (line < pinned)
    return line;
  gint focus = vh_rows_find_cursor (scene->rows, scene->view);
  guint cursor = focus < 0 ? 0 : (guint) focus;
  guint first = vh_frame_get_top (scene->view->top, cursor, page, scene->rows->len) + pinned;
  if (cursor >= pinned)
    first = MIN (first, cursor);
  return first + line - pinned;
}

void
vh_paint_tree (const VhScene *scene, VhCanvas *canvas, const VhLayout *layout)
{
  Pen pen = pen_for (scene->session, scene->rows, canvas, &layout->list);
  pen.scene = scene;
  if (layout->heading.height > 0)
    {
      pen.box = layout->heading;
      paint_heading (&pen);
    }
  guint page = layout->list.height, pinned = MIN (layout->n_pinned, page);
  VhBox top = layout->list, rest = layout->list;
  top.height = pinned;
  rest.y += pinned;
  rest.height -= pinned;
  paint_rows (&pen, &top, 0);
  paint_rows (&pen, &rest, vh_paint_find_tree_row (scene, layout, pinned));
}

void
vh_paint_whole_tree (const VhSession *session, const GArray *rows, VhCanvas *canvas,
                     const VhBox *box)
{
  Pen pen = pen_for (session, rows, canvas, box);
  paint_heading (&pen);
  VhBox body = *box;
  body.y++;
  body.height--;
  paint_rows (&pen, &body, 0);
}
