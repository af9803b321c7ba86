/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/paint_variants.h"

#include "model/i18n.h"
#include "render/paint_compare.h"
#include "render/rows_parts.h"

static GPtrArray *
new_rows (const VhScene *scene)
{
  return vh_paint_new_compared (scene->comparison, scene->view->only_different);
}

guint
vh_paint_count_compared (const VhScene *scene)
{
  if (scene->comparison == NULL)
    return 0;
  return scene->view->only_different ? scene->comparison->n_differences
                                     : scene->comparison->rows->len;
}

void
vh_paint_compared (const VhScene *scene, VhCanvas *canvas, const VhLayout *layout)
{
  g_autoptr (GPtrArray) rows = new_rows (scene);
  const VhView *view = scene->view;
  const guint top =
      vh_frame_get_top (view->compared_top, view->compared, layout->list.height, rows->len);
  if (layout->heading.height > 0)
    vh_paint_compared_heading (scene->comparison, canvas, &layout->heading);
  canvas->cursor_x = (gint) layout->list.x + 1;
  canvas->cursor_y = (gint) layout->list.y;
  for (guint i = 0; i < layout->list.height && top + i < rows->len; i++)
    {
      VhBox line = layout->list;
      line.y += i;
      line.height = 1;
      vh_paint_compared_row (scene->comparison, g_ptr_array_index (rows, top + i), canvas, &line);
      if (top + i != view->compared)
        continue;
      vh_canvas_set_role (canvas, &line, VH_ROLE_SELECTED);
      canvas->cursor_y = (gint) line.y;
    }
  if (rows->len == 0)
    vh_canvas_put (canvas, &layout->list, VH_ROLE_PLAIN, _ (" Nothing differs."));
}

/* NULL when there is no row under the cursor. */
static GPtrArray *
new_reasons (const VhScene *scene, const VhLayout *layout, const VhCompareRow **row)
{
  g_autoptr (GPtrArray) rows = new_rows (scene);
  if (scene->view->compared >= rows->len)
    return NULL;
  *row = g_ptr_array_index (rows, scene->view->compared);
  return vh_rows_new_compared (scene->comparison, *row, scene->live, scene->session,
                               layout->pane.width);
}

VhExtent
vh_paint_get_compared_extent (const VhScene *scene, const VhLayout *layout)
{
  const VhCompareRow *row = NULL;
  g_autoptr (GPtrArray) lines = new_reasons (scene, layout, &row);
  return (VhExtent){ .page = layout->pane.height, .total = lines != NULL ? lines->len : 0 };
}

void
vh_paint_compared_reasons (const VhScene *scene, VhCanvas *canvas, const VhLayout *layout)
{
  const VhCompareRow *row = NULL;
  g_autoptr (GPtrArray) lines = new_reasons (scene, layout, &row);
  if (lines == NULL || layout->pane.height == 0)
    return;
  const VhExtent extent = { .page = layout->pane.height, .total = lines->len };
  const guint most = extent.total > extent.page ? extent.total - extent.page : 0;
  const guint top = MIN (scene->view->reasons_scroll, most);
  VhBox where = layout->rule;
  where.width = vh_paint_position (canvas, &where, extent, top);
  where.x += 2;
  where.width = where.width > 4 ? where.width - 4 : 0;
  g_autofree char *title = g_strdup_printf (" %s ", vh_paint_get_compared_name (row));
  vh_canvas_put (canvas, &where, VH_ROLE_HEADING, title);
  vh_styled_paint (lines, top, canvas, &layout->pane);
}
