/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/i18n.h"
#include "render/paint.h"
#include "render/words.h"

#define NOT_READ N_ ("not read yet")

/* One cell; a number stands at the right of it. */
static void
paint_cell (VhCanvas *canvas, const VhBox *cell, const VhColumn *column, VhRole role,
            const char *text)
{
  VhBox where = *cell;
  const guint used = MIN (vh_text_width (text), cell->width);
  if (column->is_number)
    where.x += cell->width - used;
  where.width -= where.x - cell->x;
  vh_canvas_put (canvas, &where, role, text);
}

static void
paint_heading (const VhScene *scene, VhCanvas *canvas, const VhBox *line, const guint *widths)
{
  VhBox cell = *line;
  cell.x++;
  for (VhColumnId id = 0; id < VH_N_COLUMNS; id++)
    {
      const VhColumn *column = vh_list_get_column (id);
      cell.width = widths[id];
      if (widths[id] == 0)
        continue;
      paint_cell (canvas, &cell, column, VH_ROLE_HEADING, _ (column->heading));
      const guint used = column->is_number ? widths[id] : vh_text_width (_ (column->heading));
      if (id == scene->view->sort)
        vh_canvas_put_glyph (canvas, cell.x + used, cell.y, VH_ROLE_HEADING,
                             scene->view->sort_reversed ? VH_GLYPH_DESCENDING : VH_GLYPH_ASCENDING);
      cell.x += widths[id] + 1;
    }
}

static VhRole
role_of (VhColumnId id, const VhSummary *summary)
{
  if (summary->is_old)
    return VH_ROLE_OLD;
  if (id == VH_COLUMN_NAME)
    return VH_ROLE_BUS;
  if (id == VH_COLUMN_USED)
    return vh_words_role_of_mechanism (summary->mechanism);
  if (id != VH_COLUMN_FINDINGS)
    return VH_ROLE_PLAIN;
  for (VhSeverity i = 0; i < VH_N_SEVERITIES; i++)
    if (summary->n_findings[i] > 0)
      return vh_words_role_of_severity (i);
  return VH_ROLE_PLAIN;
}

static void
paint_row (const VhScene *scene, VhCanvas *canvas, const VhBox *line, const guint *widths,
           const VhSummary *summary)
{
  const char *search = scene->view->domain_search->str;
  const gboolean found = *search != '\0' && vh_list_matches (summary, search);
  VhBox cell = *line;
  if (summary->is_old)
    vh_canvas_put_glyph (canvas, cell.x, cell.y, VH_ROLE_OLD, VH_GLYPH_OLD);
  cell.x++;
  for (VhColumnId id = 0; id < VH_N_COLUMNS; id++)
    {
      const VhColumn *column = vh_list_get_column (id);
      cell.width = widths[id];
      if (widths[id] == 0)
        continue;
      if (summary->machine == NULL && !column->is_listed)
        break;
      g_autofree char *text = column->dup_text (summary);
      paint_cell (canvas, &cell, column,
                  found && id == VH_COLUMN_NAME ? VH_ROLE_MATCH : role_of (id, summary), text);
      cell.x += widths[id] + 1;
    }
  cell.width = line->x + line->width > cell.x ? line->x + line->width - cell.x : 0;
  if (summary->machine == NULL)
    vh_canvas_put (canvas, &cell, summary->error != NULL ? VH_ROLE_ERROR : VH_ROLE_DIM,
                   summary->error != NULL ? summary->error : _ (NOT_READ));
}

static void
paint_nothing (const VhScene *scene, VhCanvas *canvas, const VhBox *list)
{
  const char *text = _ (" There are no domains here.");
  if (scene->list == NULL)
    text = _ (" Reading the list of domains.");
  else if (scene->summaries->len > 0)
    text = _ (" No domain contains the text of the filter.");
  vh_canvas_put (canvas, list, VH_ROLE_PLAIN, text);
  canvas->cursor_x = 1;
  canvas->cursor_y = (gint) list->y;
}

void
vh_paint_domains (const VhScene *scene, VhCanvas *canvas, const VhLayout *layout)
{
  static const VhList nothing = { .name_width = 0 };
  const guint total = scene->list != NULL ? scene->list->rows->len : 0;
  const guint cursor = scene->view->domain;
  const guint top = vh_frame_get_top (scene->view->domain_top, cursor, layout->list.height, total);
  guint widths[VH_N_COLUMNS];
  vh_list_lay_out (scene->list != NULL ? scene->list : &nothing, layout->list.width, widths);
  paint_heading (scene, canvas, &layout->heading, widths);
  for (guint i = 0; i < layout->list.height && top + i < total; i++)
    {
      VhBox line = layout->list;
      line.y += i;
      line.height = 1;
      const guint at = g_array_index (scene->list->rows, guint, top + i);
      paint_row (scene, canvas, &line, widths, g_ptr_array_index (scene->summaries, at));
      if (top + i != cursor)
        continue;
      line.width = MIN (widths[VH_COLUMN_NAME] + 2, line.width);
      vh_canvas_set_role (canvas, &line, VH_ROLE_SELECTED);
      canvas->cursor_x = (gint) line.x + 1;
      canvas->cursor_y = (gint) line.y;
    }
  if (total == 0)
    paint_nothing (scene, canvas, &layout->list);
}
