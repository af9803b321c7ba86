/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/frame.h"

#include "model/i18n.h"
#include "render/pages.h"
#include "render/paint.h"
#include "render/paint_variants.h"

/* From this width on the pane stands beside the tree, which gives up columns for it; beside the
 * rows of a comparison, all of whose columns are needed, from that width on. */
#define WIDE 110u
#define WIDE_COMPARED 132u
#define NO_PANE 0u
/* Below this height the columns of the tree have no heading. */
#define LEAST_HEADED 14u
/* Below this height the knobs scroll with the tree. */
#define LEAST_PINNED 16u

guint
vh_frame_get_top (guint top, guint cursor, guint page, guint total)
{
  if (page == 0)
    return cursor;
  if (cursor < top)
    top = cursor;
  if (cursor >= top + page)
    top = cursor - page + 1;
  return MIN (top, total > page ? total - page : 0);
}

/* Two thirds are for what it is about. */
static guint
height_of_status (const VhScene *scene, guint width, guint height)
{
  g_autoptr (GPtrArray) lines = vh_paint_new_status (scene, width);
  return CLAMP (lines->len, 1, height / 3);
}

static VhBox
take_lines (VhBox *rest, guint n)
{
  VhBox taken = *rest;
  taken.height = n;
  rest->y += n;
  rest->height -= n;
  return taken;
}

static VhBox
take_last_lines (VhBox *rest, guint n)
{
  VhBox taken = *rest;
  taken.y += rest->height - n;
  taken.height = n;
  rest->height -= n;
  return taken;
}

/* A little more than a third, and what the tree has no use for. */
static guint
width_of_pane (guint width)
{
  const guint third = width * 19 / 50;
  return MAX (third, width > VH_TREE_WIDEST + 2 ? width - VH_TREE_WIDEST - 2 : 0);
}

static void
lay_out_main (VhLayout *layout, VhBox rest, guint height, guint wide)
{
  if (height >= LEAST_HEADED)
    layout->heading = take_lines (&rest, 1);
  layout->n_pinned = height >= LEAST_PINNED ? 2 : 0;
  layout->list = rest;
  if (wide == NO_PANE)
    return;
  /* The rule of a pane beside the tree stands in the line of the heading. */
  if (rest.width >= wide && layout->heading.height > 0)
    {
      layout->pane = rest;
      layout->pane.width = width_of_pane (rest.width);
      layout->pane.x = rest.width - layout->pane.width;
      layout->rule = layout->pane;
      layout->rule.y = layout->heading.y;
      layout->rule.height = 1;
      rest.width -= layout->pane.width + 2;
    }
  else
    {
      layout->pane = take_last_lines (&rest, height / 4 - 1);
      layout->rule = take_last_lines (&rest, 1);
    }
  layout->heading.width = rest.width;
  layout->list = rest;
}

static VhLayout
lay_out (const VhScene *scene, guint width, guint height)
{
  VhLayout layout = { .n_pinned = 0 };
  VhBox rest = { .width = width, .height = height };
  layout.title = take_lines (&rest, 1);
  layout.bar = take_last_lines (&rest, 1);
  layout.status = take_last_lines (&rest, height_of_status (scene, width, height));
  switch (scene->view->screen)
    {
    case VH_SCREEN_MAIN:
      lay_out_main (&layout, rest, height, scene->view->pane == VH_PANE_NONE ? NO_PANE : WIDE);
      break;
    case VH_SCREEN_COMPARE:
      /* Without their names the columns say nothing. */
      if (height < LEAST_HEADED)
        layout.heading = take_lines (&rest, 1);
      lay_out_main (&layout, rest, height, WIDE_COMPARED);
      layout.n_pinned = 0;
      break;
    case VH_SCREEN_FIT:
      lay_out_main (&layout, rest, height, WIDE);
      layout.n_pinned = 0;
      break;
    case VH_SCREEN_DOMAINS:
    case VH_SCREEN_HISTORY:
    case VH_SCREEN_EDITS:
      layout.heading = take_lines (&rest, 1);
      layout.list = rest;
      break;
    case VH_SCREEN_WRITE:
    case VH_SCREEN_HELP:
    case VH_SCREEN_FINDINGS:
    default:
      layout.rule = take_last_lines (&rest, 1);
      layout.list = rest;
      break;
    }
  return layout;
}

/* Of a screen that is running text; NULL of any other. */
static GPtrArray *
new_page (const VhScene *scene, guint width)
{
  switch (scene->view->screen)
    {
    case VH_SCREEN_WRITE:
      return vh_pages_new_write (scene, width);
    case VH_SCREEN_HELP:
      return vh_pages_new_help (scene, width);
    case VH_SCREEN_FINDINGS:
      return scene->session != NULL ? vh_pages_new_findings (scene->session, width) : NULL;
    case VH_SCREEN_DOMAINS:
    case VH_SCREEN_HISTORY:
    case VH_SCREEN_FIT:
    case VH_SCREEN_EDITS:
    case VH_SCREEN_MAIN:
    case VH_SCREEN_COMPARE:
    default:
      return NULL;
    }
}

static gboolean
is_too_small (guint width, guint height)
{
  return width < VH_FRAME_MIN_WIDTH || height < VH_FRAME_MIN_HEIGHT;
}

VhExtent
vh_frame_get_extent (const VhScene *scene, guint width, guint height)
{
  if (is_too_small (width, height))
    return (VhExtent){ .page = 1 };
  VhLayout layout = lay_out (scene, width, height);
  VhExtent extent = { .page = MAX (layout.list.height, 1) };
  if (scene->view->screen == VH_SCREEN_DOMAINS)
    extent.total = scene->list != NULL ? scene->list->rows->len : 0;
  else if (scene->view->screen == VH_SCREEN_HISTORY)
    extent.total = scene->entries != NULL ? scene->entries->len : 0;
  else if (scene->view->screen == VH_SCREEN_EDITS)
    extent.total = vh_paint_count_edits (scene->session);
  else if (scene->view->screen == VH_SCREEN_MAIN)
    extent.total = scene->rows != NULL ? scene->rows->len : 0;
  else if (scene->view->screen == VH_SCREEN_COMPARE)
    extent.total = vh_paint_count_compared (scene);
  else if (scene->view->screen == VH_SCREEN_FIT)
    extent.total = scene->fits != NULL ? scene->fits->len : 0;
  else
    {
      g_autoptr (GPtrArray) lines = new_page (scene, layout.list.width);
      extent.total = lines != NULL ? lines->len : 0;
    }
  return extent;
}

VhExtent
vh_frame_get_reasons_extent (const VhScene *scene, guint width, guint height)
{
  const gboolean compares = scene->view->screen == VH_SCREEN_COMPARE && scene->comparison != NULL;
  const gboolean shown = scene->view->screen == VH_SCREEN_MAIN && scene->rows != NULL;
  const gboolean fits = scene->view->screen == VH_SCREEN_FIT && scene->fits != NULL;
  if ((!shown && !compares && !fits) || is_too_small (width, height))
    return (VhExtent){ .page = 1 };
  VhLayout layout = lay_out (scene, width, height);
  if (fits)
    return vh_paint_get_fit_extent (scene, &layout);
  return compares ? vh_paint_get_compared_extent (scene, &layout)
                  : vh_paint_get_reasons_extent (scene, &layout);
}

/* The row on that line of the list; -1: none. */
static gint
find_row (const VhScene *scene, const VhLayout *layout, guint y)
{
  const VhBox *list = &layout->list;
  if (y < list->y || y >= list->y + list->height)
    return -1;
  guint row = 0, total = 0;
  if (scene->view->screen == VH_SCREEN_DOMAINS && scene->list != NULL)
    {
      total = scene->list->rows->len;
      row = y - list->y +
            vh_frame_get_top (scene->view->domain_top, scene->view->domain, list->height, total);
    }
  else if (scene->view->screen == VH_SCREEN_MAIN && scene->rows != NULL)
    {
      total = scene->rows->len;
      row = vh_paint_find_tree_row (scene, layout, y - list->y);
    }
  else if (scene->view->screen == VH_SCREEN_COMPARE)
    {
      total = vh_paint_count_compared (scene);
      row =
          y - list->y +
          vh_frame_get_top (scene->view->compared_top, scene->view->compared, list->height, total);
    }
  else if (scene->view->screen == VH_SCREEN_FIT && scene->fits != NULL)
    {
      total = scene->fits->len;
      row = y - list->y +
            vh_frame_get_top (scene->view->fit_top, scene->view->fit, list->height, total);
    }
  return row < total ? (gint) row : -1;
}

static gboolean
is_in (const VhBox *box, guint x, guint y)
{
  return x >= box->x && x < box->x + box->width && y >= box->y && y < box->y + box->height;
}

VhHit
vh_frame_find (const VhScene *scene, guint width, guint height, guint x, guint y)
{
  VhHit hit = { .part = VH_HIT_NOTHING };
  if (is_too_small (width, height))
    return hit;
  const VhLayout layout = lay_out (scene, width, height);
  const gint row = find_row (scene, &layout, y);
  if (is_in (&layout.pane, x, y))
    hit.part = VH_HIT_PANE;
  else if (row >= 0 && is_in (&layout.list, x, y))
    {
      const gboolean is_tree = scene->view->screen == VH_SCREEN_MAIN;
      hit.row = (guint) row;
      hit.part =
          is_tree && vh_paint_is_fold (scene, &layout, hit.row, x) ? VH_HIT_FOLD : VH_HIT_ROW;
    }
  return hit;
}

static void
paint_page (const VhScene *scene, VhCanvas *canvas, const VhLayout *layout)
{
  g_autoptr (GPtrArray) lines = new_page (scene, layout->list.width);
  if (lines == NULL)
    return;
  VhExtent extent = { .page = layout->list.height, .total = lines->len };
  guint top =
      MIN (scene->view->scroll, extent.total > extent.page ? extent.total - extent.page : 0);
  vh_styled_paint (lines, top, canvas, &layout->list);
  vh_canvas_draw_horizontal (canvas, 0, layout->rule.y, layout->rule.width, VH_ROLE_TREE);
  vh_paint_position (canvas, &layout->rule, extent, top);
  canvas->cursor_x = 0;
  canvas->cursor_y = (gint) layout->list.y;
}

/* The lines between a list and its pane. */
static void
paint_rule (const VhLayout *layout, VhCanvas *canvas)
{
  if (layout->pane.x > 0)
    {
      guint x = layout->list.x + layout->list.width;
      vh_canvas_draw_vertical (canvas, x, layout->rule.y, layout->pane.height + 1, VH_ROLE_TREE);
    }
  vh_canvas_draw_horizontal (canvas, layout->rule.x, layout->rule.y, layout->rule.width,
                             VH_ROLE_TREE);
}

static void
paint_main (const VhScene *scene, VhCanvas *canvas, const VhLayout *layout)
{
  if (scene->session == NULL || scene->rows == NULL)
    return;
  vh_paint_tree (scene, canvas, layout);
  paint_rule (layout, canvas);
  vh_paint_reasons (scene, canvas, layout);
}

static void
paint_fits (const VhScene *scene, VhCanvas *canvas, const VhLayout *layout)
{
  if (scene->fits == NULL)
    return;
  paint_rule (layout, canvas);
  vh_paint_fits (scene, canvas, layout);
}

static void
paint_comparison (const VhScene *scene, VhCanvas *canvas, const VhLayout *layout)
{
  if (scene->comparison == NULL)
    return;
  vh_paint_compared (scene, canvas, layout);
  paint_rule (layout, canvas);
  vh_paint_compared_reasons (scene, canvas, layout);
}

static void
paint_too_small (VhCanvas *canvas)
{
  const VhBox all = { .width = canvas->width, .height = 1 };
  g_autofree char *text = g_strdup_printf (_ ("terminal too small: needs %1$ux%2$u"),
                                           (guint) VH_FRAME_MIN_WIDTH, (guint) VH_FRAME_MIN_HEIGHT);
  vh_canvas_put (canvas, &all, VH_ROLE_PLAIN, text);
  canvas->cursor_x = canvas->cursor_y = canvas->width > 0 && canvas->height > 0 ? 0 : -1;
}

void
vh_frame_paint (const VhScene *scene, VhCanvas *canvas)
{
  const VhBox all = { .width = canvas->width, .height = canvas->height };
  vh_canvas_fill (canvas, &all, VH_ROLE_PLAIN);
  canvas->cursor_x = canvas->cursor_y = -1;
  if (is_too_small (canvas->width, canvas->height))
    {
      paint_too_small (canvas);
      return;
    }
  VhLayout layout = lay_out (scene, canvas->width, canvas->height);
  vh_paint_title (scene, canvas, &layout.title);
  if (scene->view->screen == VH_SCREEN_DOMAINS)
    vh_paint_domains (scene, canvas, &layout);
  else if (scene->view->screen == VH_SCREEN_HISTORY)
    vh_paint_history (scene, canvas, &layout);
  else if (scene->view->screen == VH_SCREEN_EDITS)
    vh_paint_edits (scene, canvas, &layout);
  else if (scene->view->screen == VH_SCREEN_MAIN)
    paint_main (scene, canvas, &layout);
  else if (scene->view->screen == VH_SCREEN_FIT)
    paint_fits (scene, canvas, &layout);
  else if (scene->view->screen == VH_SCREEN_COMPARE)
    paint_comparison (scene, canvas, &layout);
  else
    paint_page (scene, canvas, &layout);
  vh_paint_status (scene, canvas, &layout.status);
  vh_paint_bar (scene->bar, canvas, &layout.bar);
}
