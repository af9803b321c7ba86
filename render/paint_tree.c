/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/paint.h"

#include <string.h>

#include "model/i18n.h"
#include "render/words.h"

typedef enum {
  COLUMN_MARKS,
  COLUMN_ADDRESS,
  COLUMN_NAME,
  COLUMN_OFFERED,
  COLUMN_USED,
  COLUMN_FREE,
  COLUMN_HOTPLUG,
  N_COLUMNS,
} Column;

/* A column is there from a width of the tree on; the name takes what is left,
 * and is never given up. A blank after each is counted in. */
static const struct {
  const char *heading;
  guint width;
  guint from;
} columns[] = {
  [COLUMN_MARKS] = { "", 3, 0 },
  [COLUMN_ADDRESS] = { N_ ("ADDRESS"), 8, 78 },
  [COLUMN_NAME] = { N_ ("BUS OR DEVICE"), 0, 0 },
  [COLUMN_OFFERED] = { N_ ("OFFERED"), 10, 48 },
  [COLUMN_USED] = { N_ ("USED"), 12, 24 },
  [COLUMN_FREE] = { N_ ("FREE"), 5, 70 },
  [COLUMN_HOTPLUG] = { N_ ("HOTPLUG"), 12, 63 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (columns) == N_COLUMNS);

/* What is left of the widest tree. */
#define WIDEST_NAME (VH_TREE_WIDEST - 50u)
#define KNOB_NAME_WIDTH 21u

typedef struct {
  const VhScene *scene;
  const VhSession *session;
  const GArray *rows;
  VhCanvas *canvas;
  VhBox box;               /* one line high */
  guint widths[N_COLUMNS]; /* 0: left out */
} Pen;

static void
set_widths (Pen *pen, guint width)
{
  guint taken = 0;
  for (guint i = 0; i < N_COLUMNS; i++)
    taken += pen->widths[i] = width >= columns[i].from ? columns[i].width : 0;
  pen->widths[COLUMN_NAME] = MIN (width > taken ? width - taken : 0, WIDEST_NAME);
}

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

static const char *
get_heading (guint column)
{
  return column == COLUMN_MARKS ? "" : _ (columns[column].heading);
}

static void
paint_heading (const Pen *pen)
{
  guint x = pen->box.x;
  for (guint i = 0; i < N_COLUMNS; i++)
    if (i == COLUMN_FREE)
      put_number (pen, &x, pen->widths[i], VH_ROLE_HEADING, get_heading (i));
    else
      put_column (pen, &x, pen->widths[i], VH_ROLE_HEADING, get_heading (i));
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

/* How many levels of the row have a line before its name. */
static guint
count_levels (const Pen *pen, const VhRow *row)
{
  return MIN (row->depth, pen->widths[COLUMN_NAME] / 4 + 1);
}

/* Lines of the tree; a tree deeper than half the column shows its lower end.
 * Returns where the name begins. */
static guint
paint_branch (const Pen *pen, guint position, guint x)
{
  const VhRow *row = row_at (pen, position);
  for (guint depth = row->depth - count_levels (pen, row) + 1; depth < row->depth; depth++)
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
role_of_name (const VhRow *row)
{
  if (row->kind == VH_ROW_SLOTS)
    return VH_ROLE_DIM;
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
  guint x = pen->box.x + pen->widths[COLUMN_MARKS];
  guint end = pen->box.x + pen->box.width;
  put_column (pen, &x, KNOB_NAME_WIDTH, role_of_name (row), text->name);
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

/* The cells that a name which begins there may take: that of what offers nothing, a device, may run
 * into the next column. */
static guint
width_of_name (const Pen *pen, const VhRowText *text, guint name_x)
{
  const guint *widths = pen->widths;
  guint end = pen->box.x + widths[COLUMN_MARKS] + widths[COLUMN_ADDRESS] + widths[COLUMN_NAME];
  if (*text->offered == '\0')
    end += widths[COLUMN_OFFERED];
  return end > name_x + 1 ? end - name_x - 1 : 0;
}

static void
paint_columns (const Pen *pen, const VhRow *row, const VhRowText *text, guint name_x)
{
  const guint *widths = pen->widths;
  guint x = pen->box.x + widths[COLUMN_MARKS];
  put_column (pen, &x, widths[COLUMN_ADDRESS], VH_ROLE_PLAIN, text->address);
  x += widths[COLUMN_NAME];
  VhBox name = pen->box;
  name.x = name_x;
  name.width = width_of_name (pen, text, name_x);
  vh_canvas_put (pen->canvas, &name, role_of_name (row), text->name);
  put_column (pen, &x, widths[COLUMN_OFFERED],
              text->offered_changed ? VH_ROLE_CHANGED : VH_ROLE_PLAIN, text->offered);
  put_column (pen, &x, widths[COLUMN_USED],
              role_of_change (pen, text->used_text, vh_words_role_of_mechanism (text->used)),
              text->used_text);
  put_number (pen, &x, widths[COLUMN_FREE], VH_ROLE_PLAIN, text->free_text);
  put_column (pen, &x, widths[COLUMN_HOTPLUG], role_of_change (pen, text->knob_text, VH_ROLE_PLAIN),
              text->knob_text);
}

/* What changed, and the worst finding by the letter of its severity. */
static void
paint_marks (const Pen *pen, const VhRow *row)
{
  static const struct {
    guint mark;
    VhSeverity severity;
    const char *letter;
  } findings[] = {
    { VH_ROW_ERROR, VH_SEVERITY_ERROR, "E" },
    { VH_ROW_WARNING, VH_SEVERITY_WARNING, "W" },
    { VH_ROW_NOTE, VH_SEVERITY_NOTE, "N" },
  };
  const VhBox where = { .x = pen->box.x + 1, .y = pen->box.y, .width = 1, .height = 1 };
  if ((row->marks & VH_ROW_CHANGED) != 0)
    vh_canvas_put_glyph (pen->canvas, pen->box.x, pen->box.y, VH_ROLE_CHANGED, VH_GLYPH_CHANGED);
  for (gsize i = 0; i < G_N_ELEMENTS (findings); i++)
    if ((row->marks & findings[i].mark) != 0)
      {
        vh_canvas_put (pen->canvas, &where, vh_words_role_of_severity (findings[i].severity),
                       findings[i].letter);
        return;
      }
}

/* What is searched for; where that is not seen, the sign that something was cut off, or the name.
 */
static void
paint_matches (const Pen *pen, const VhRow *row, guint name_x, guint name_end, guint name_width)
{
  const char *needle = pen->scene != NULL ? pen->scene->view->search->str : "";
  if (*needle == '\0' || !vh_row_matches (pen->session, row, needle) ||
      vh_canvas_mark (pen->canvas, &pen->box, VH_ROLE_MATCH, needle))
    return;
  const guint room = name_end - 1 - name_x, sign = pen->canvas->ascii ? 2 : 1;
  const gboolean is_cut = name_width > room;
  VhBox where = pen->box;
  where.x = is_cut ? name_end - 1 - sign : name_x;
  where.width = is_cut ? sign : name_width;
  vh_canvas_set_role (pen->canvas, &where, VH_ROLE_MATCH);
}

/* Up to the end of the name: what the columns say keeps its colours, and a slow terminal draws less
 * when the cursor moves. */
static void
focus_row (const Pen *pen, guint name_x, guint name_end)
{
  VhBox bar = pen->box;
  bar.width = MIN (name_end - bar.x, bar.width);
  vh_canvas_set_role (pen->canvas, &bar, VH_ROLE_SELECTED);
  pen->canvas->cursor_x = (gint) MIN (name_x, pen->box.x + pen->box.width - 1);
  pen->canvas->cursor_y = (gint) pen->box.y;
}

static void
paint_row (const Pen *pen, guint position)
{
  const VhRow *row = row_at (pen, position);
  VhRowText text;
  vh_row_text_init (&text, pen->session, row, pen->canvas->ascii);
  paint_marks (pen, row);
  guint name_x = pen->box.x + pen->widths[COLUMN_MARKS];
  guint name_end = name_x + KNOB_NAME_WIDTH;
  if (is_knob (row))
    paint_knob (pen, row, &text);
  else
    {
      name_x = paint_branch (pen, position, name_x + pen->widths[COLUMN_ADDRESS]);
      name_end = name_x + width_of_name (pen, &text, name_x) + 1;
      paint_columns (pen, row, &text, name_x);
    }
  const guint name_width = vh_text_width (text.name);
  vh_row_text_clear (&text);
  if (pen->scene != NULL && pen->scene->view->cursor == row->key)
    focus_row (pen, name_x, name_end);
  paint_matches (pen, row, name_x, name_end, name_width);
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
  set_widths (&pen, box->width);
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

gboolean
vh_paint_is_name_cut (const VhScene *scene, const VhLayout *layout, const VhRow *row)
{
  if (is_knob (row))
    return FALSE;
  Pen pen = { .session = scene->session, .rows = scene->rows, .box = layout->list };
  set_widths (&pen, layout->list.width);
  const guint begin = pen.box.x + pen.widths[COLUMN_MARKS] + pen.widths[COLUMN_ADDRESS];
  VhRowText text;
  vh_row_text_init (&text, scene->session, row, FALSE);
  const guint room = width_of_name (&pen, &text, begin + 2 * count_levels (&pen, row) + 1);
  const gboolean is_cut = vh_text_width (text.name) > room;
  vh_row_text_clear (&text);
  return is_cut;
}

gboolean
vh_paint_is_fold (const VhScene *scene, const VhLayout *layout, guint row, guint x)
{
  Pen pen = { .rows = scene->rows, .box = layout->list };
  const VhRow *at = row_at (&pen, row);
  set_widths (&pen, layout->list.width);
  guint begin = pen.box.x + pen.widths[COLUMN_MARKS] + pen.widths[COLUMN_ADDRESS];
  return (at->marks & VH_ROW_FOLDABLE) != 0 && x >= begin &&
         x <= begin + 2 * count_levels (&pen, at);
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
