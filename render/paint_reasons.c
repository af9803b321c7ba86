/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/i18n.h"
#include "render/paint.h"

static const VhRow *
find_focused (const VhScene *scene)
{
  gint focus = vh_rows_find_cursor (scene->rows, scene->view);
  return focus < 0 ? NULL : &g_array_index (scene->rows, VhRow, (guint) focus);
}

static GPtrArray *
new_lines (const VhScene *scene, const VhRow *row, guint width)
{
  switch (scene->view->pane)
    {
    case VH_PANE_DETAILS:
      return vh_rows_new_details (scene->session, row, width);
    case VH_PANE_XML:
      return vh_rows_new_xml (scene->session, row, width);
    case VH_PANE_REASONS:
    case VH_PANE_NONE:
    case VH_N_PANES:
    default:
      return vh_rows_new_reasons (scene->session, row, width);
    }
}

static char *
new_name (const VhSession *session, const VhRow *row, gboolean ascii)
{
  VhRowText text;
  vh_row_text_init (&text, session, row, ascii);
  char *name = *text.address != '\0' ? g_strdup_printf (_ ("%1$s at %2$s"), text.name, text.address)
                                     : g_strdup (text.name);
  vh_row_text_clear (&text);
  return name;
}

/* The rule says what is below it, and the name of the row if the tree had to cut that. */
static void
paint_heading (const VhScene *scene, const VhRow *row, VhCanvas *canvas, const VhLayout *layout,
               const VhBox *rule)
{
  const VhPane pane = scene->view->pane;
  const char *page = pane == VH_PANE_DETAILS ? _ ("Details")
                     : pane == VH_PANE_XML   ? _ ("XML")
                                             : _ ("Reasons");
  g_autofree char *name = vh_paint_is_name_cut (scene, layout, row)
                              ? new_name (scene->session, row, canvas->ascii)
                              : NULL;
  g_autofree char *title =
      name != NULL ? g_strdup_printf (" %s: %s ", page, name) : g_strdup_printf (" %s ", page);
  VhBox where = *rule;
  where.x += 2;
  where.width = rule->width > 4 ? rule->width - 4 : 0;
  vh_canvas_put (canvas, &where, VH_ROLE_HEADING, title);
}

VhExtent
vh_paint_get_reasons_extent (const VhScene *scene, const VhLayout *layout)
{
  const VhRow *row = find_focused (scene);
  VhExtent extent = { .page = layout->pane.height };
  if (row == NULL || extent.page == 0)
    return extent;
  g_autoptr (GPtrArray) lines = new_lines (scene, row, layout->pane.width);
  extent.total = lines->len;
  return extent;
}

void
vh_paint_reasons (const VhScene *scene, VhCanvas *canvas, const VhLayout *layout)
{
  const VhRow *row = find_focused (scene);
  if (row == NULL || layout->pane.height == 0)
    return;
  g_autoptr (GPtrArray) lines = new_lines (scene, row, layout->pane.width);
  VhExtent extent = { .page = layout->pane.height, .total = lines->len };
  guint most = extent.total > extent.page ? extent.total - extent.page : 0;
  guint top = MIN (scene->view->reasons_scroll, most);
  VhBox rule = layout->rule;
  rule.width = vh_paint_position (canvas, &rule, extent, top);
  paint_heading (scene, row, canvas, layout, &rule);
  vh_styled_paint (lines, top, canvas, &layout->pane);
}
