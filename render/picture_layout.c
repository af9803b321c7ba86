/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/picture_layout.h"

#define MOST_COLUMNS 6u
#define MARGIN 16u
#define TITLE_HEIGHT 30u
#define NARROWEST 18u /* cells of text in a box */
#define WIDEST 38u
#define NARROWEST_PAGE 640u

/* A box while it gets its size. */
typedef struct {
  gint first_child, next; /* positions; -1: none */
  guint span;             /* columns of the box around it that it takes */
  guint columns;          /* that it has itself; 0: nothing is in it */
  guint need;             /* the least width */
  guint height;
} Node;

typedef struct {
  const VhPicture *picture;
  Node *nodes;     /* by position; one more for the page */
  guint n_boxes;   /* position of the page */
  guint n_columns; /* of the page */
  GArray *places;
} Build;

static guint
count_leaves (const VhPicture *picture)
{
  guint n_leaves = 0;
  for (guint i = 0; i < picture->boxes->len; i++)
    {
      const VhPictureBox *box = g_ptr_array_index (picture->boxes, i);
      n_leaves += box->kind == VH_PICTURE_BUS || box->kind == VH_PICTURE_GROUP ? 0 : 1;
    }
  return n_leaves;
}

/* Boxes are about twice as wide as high, with their share of what is around
 * them: that many columns make a page a little wider than high. */
guint
vh_picture_layout_count_columns (const VhPicture *picture)
{
  const guint n_leaves = count_leaves (picture);
  guint n = 1;
  while (n < MOST_COLUMNS && n * n * 2 < n_leaves)
    n++;
  return n;
}

static void
link_children (Build *build)
{
  for (guint i = 0; i <= build->n_boxes; i++)
    build->nodes[i] = (Node){ .first_child = -1, .next = -1, .span = 1 };
  for (guint i = build->n_boxes; i-- > 0;)
    {
      const VhPictureBox *box = g_ptr_array_index (build->picture->boxes, i);
      Node *parent = &build->nodes[box->parent < 0 ? build->n_boxes : (guint) box->parent];
      build->nodes[i].next = parent->first_child;
      parent->first_child = (gint) i;
    }
}

static guint
need_of_text (const VhPictureBox *box)
{
  guint widest = NARROWEST;
  for (guint i = 0; i < box->lines->len; i++)
    {
      const VhPictureLine *line = g_ptr_array_index (box->lines, i);
      widest = MAX (widest, vh_text_width (line->text));
    }
  return MIN (widest, WIDEST) * VH_PICTURE_CELL + 2 * VH_PICTURE_PAD;
}

static guint
head_height (const Build *build, guint position)
{
  if (position == build->n_boxes)
    return 0;
  const VhPictureBox *box = g_ptr_array_index (build->picture->boxes, position);
  return box->lines->len * VH_PICTURE_LINE + VH_PICTURE_PAD;
}

/* The width of one column of a box of this width. */
static guint
column_width (guint width, guint columns)
{
  g_assert (columns > 0);
  return (width - 2 * VH_PICTURE_PAD - (columns - 1) * VH_PICTURE_GAP) / columns;
}

static guint
width_of_columns (guint column, guint n)
{
  return n * column + (n - 1) * VH_PICTURE_GAP;
}

/* Goes through the children row by row. */
typedef struct {
  const Build *build;
  guint columns;
  gint child; /* -1: the end */
  guint x;    /* column */
  guint y;    /* above the row */
  guint row_height;
} Walk;

static Walk
begin (const Build *build, guint position)
{
  const Node *node = &build->nodes[position];
  return (Walk){ .build = build,
                 .columns = node->columns,
                 .child = node->first_child,
                 .y = head_height (build, position) + VH_PICTURE_PAD };
}

/* Moves to where the child stands: in the row, or in the next. */
static void
place (Walk *walk)
{
  const Node *child = &walk->build->nodes[walk->child];
  if (walk->x + child->span > walk->columns)
    {
      walk->x = 0;
      walk->y += walk->row_height + VH_PICTURE_GAP;
      walk->row_height = 0;
    }
  walk->row_height = MAX (walk->row_height, child->height);
}

static void
step (Walk *walk)
{
  const Node *child = &walk->build->nodes[walk->child];
  walk->x += child->span;
  walk->child = child->next;
}

/* Sizes what is in a box from the sizes of what is in that. */
static void
measure_children (Build *build, guint position)
{
  Node *node = &build->nodes[position];
  guint spans = 0, column = 0;
  for (gint i = node->first_child; i >= 0; i = build->nodes[i].next)
    spans += build->nodes[i].span;
  node->columns = MIN (spans, build->n_columns);
  for (gint i = node->first_child; i >= 0; i = build->nodes[i].next)
    {
      const Node *child = &build->nodes[i];
      const guint gaps = (child->span - 1) * VH_PICTURE_GAP;
      const guint text = child->need > gaps ? child->need - gaps : 0;
      column = MAX (column, (text + child->span - 1) / child->span);
    }
  node->span = node->columns;
  node->need = MAX (node->need, width_of_columns (column, node->columns) + 2 * VH_PICTURE_PAD);
  Walk walk = begin (build, position);
  for (; walk.child >= 0; step (&walk))
    place (&walk);
  node->height = walk.y + walk.row_height + VH_PICTURE_PAD;
}

static void
measure (Build *build, guint position)
{
  Node *node = &build->nodes[position];
  if (position < build->n_boxes)
    node->need = need_of_text (g_ptr_array_index (build->picture->boxes, position));
  node->height = head_height (build, position) + VH_PICTURE_PAD / 2;
  if (node->first_child >= 0)
    measure_children (build, position);
}

/* Gives the children of a box their places; `where` is the box. */
static void
spread (Build *build, guint position, const VhBox *where)
{
  const Node *node = &build->nodes[position];
  if (node->first_child < 0)
    return;
  const guint column = column_width (where->width, node->columns);
  Walk walk = begin (build, position);
  for (; walk.child >= 0; step (&walk))
    {
      place (&walk);
      const Node *child = &build->nodes[walk.child];
      VhBox *box = &g_array_index (build->places, VhBox, walk.child);
      box->x = where->x + VH_PICTURE_PAD + walk.x * (column + VH_PICTURE_GAP);
      box->y = where->y + walk.y;
      box->width = width_of_columns (column, child->span);
      box->height = child->height;
    }
}

static GPtrArray *
new_wrapped (const GPtrArray *lines, guint width)
{
  VhStyled out = vh_styled_new (width / VH_PICTURE_CELL);
  for (guint i = 0; i < lines->len; i++)
    {
      const VhPictureLine *line = g_ptr_array_index (lines, i);
      vh_styled_push (&out, line->role, 2, line->text);
    }
  return out.lines;
}

static VhPictureLayout *
new_page (Build *build)
{
  const Node *all = &build->nodes[build->n_boxes];
  const guint width = MAX (all->need, NARROWEST_PAGE);
  VhPictureLayout *page = g_new0 (VhPictureLayout, 1);
  page->width = width + 2 * MARGIN;
  page->head = new_wrapped (build->picture->head, width);
  page->foot = new_wrapped (build->picture->foot, width);
  page->head_y = MARGIN + TITLE_HEIGHT;
  const VhBox where = { .x = MARGIN - VH_PICTURE_PAD,
                        .y = page->head_y + page->head->len * VH_PICTURE_LINE,
                        .width = width + 2 * VH_PICTURE_PAD };
  spread (build, build->n_boxes, &where);
  for (guint i = 0; i < build->n_boxes; i++)
    spread (build, i, &g_array_index (build->places, VhBox, i));
  page->foot_y = where.y + all->height + VH_PICTURE_PAD;
  page->height = page->foot_y + page->foot->len * VH_PICTURE_LINE + MARGIN;
  page->places = g_array_ref (build->places);
  return page;
}

VhPictureLayout *
vh_picture_layout_new (const VhPicture *picture)
{
  const guint n_boxes = picture->boxes->len;
  g_autofree Node *nodes = g_new (Node, n_boxes + 1);
  g_autoptr (GArray) places = g_array_new (FALSE, TRUE, sizeof (VhBox));
  g_array_set_size (places, n_boxes);
  Build build = { .picture = picture,
                  .nodes = nodes,
                  .n_boxes = n_boxes,
                  .n_columns = vh_picture_layout_count_columns (picture),
                  .places = places };
  link_children (&build);
  for (guint i = n_boxes; i-- > 0;)
    measure (&build, i);
  measure (&build, n_boxes);
  return new_page (&build);
}

void
vh_picture_layout_free (VhPictureLayout *page)
{
  if (page == NULL)
    return;
  g_array_unref (page->places);
  g_ptr_array_unref (page->head);
  g_ptr_array_unref (page->foot);
  g_free (page);
}
