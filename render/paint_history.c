/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/i18n.h"
#include "render/paint.h"

/* "2026-11-23 04:35:01 UTC" and a blank. */
#define TIME_WIDTH 24u

static void
paint_line (VhCanvas *canvas, const VhBox *line, VhRole role, const char *time, const char *what)
{
  VhBox where = *line;
  where.x++;
  where.width = MIN (TIME_WIDTH, line->width - 1);
  vh_canvas_put (canvas, &where, role, time);
  where.x += TIME_WIDTH + 1;
  if (where.x >= line->x + line->width)
    return;
  where.width = line->x + line->width - where.x;
  vh_canvas_put (canvas, &where, role, what);
}

void
vh_paint_history (const VhScene *scene, VhCanvas *canvas, const VhLayout *layout)
{
  const guint total = scene->entries != NULL ? scene->entries->len : 0;
  const guint cursor = scene->view->entry;
  const guint top = vh_frame_get_top (scene->view->entry_top, cursor, layout->list.height, total);
  paint_line (canvas, &layout->heading, VH_ROLE_HEADING, _ ("BACKUP MADE"), _ ("BEFORE"));
  for (guint i = 0; i < layout->list.height && top + i < total; i++)
    {
      const VhHistoryEntry *entry = g_ptr_array_index (scene->entries, top + i);
      g_autofree char *time = vh_history_entry_new_time (entry);
      VhBox line = layout->list;
      line.y += i;
      line.height = 1;
      paint_line (canvas, &line, VH_ROLE_PLAIN, time,
                  entry->what ? entry->what : _ ("not recorded"));
      if (top + i != cursor)
        continue;
      vh_canvas_set_role (canvas, &line, VH_ROLE_SELECTED);
      canvas->cursor_x = (gint) line.x + 1;
      canvas->cursor_y = (gint) line.y;
    }
}
