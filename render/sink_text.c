/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/sink.h"

#include <string.h>

/* Ends a line: without the filler at its end, which began at `from`. */
static void
end_line (GString *out, gsize from, char filler)
{
  while (out->len > from && out->str[out->len - 1] == filler)
    g_string_truncate (out, out->len - 1);
  g_string_append_c (out, '\n');
}

char *
vh_sink_text (const VhCanvas *canvas)
{
  GString *out = g_string_new (NULL);
  for (guint y = 0; y < canvas->height; y++)
    {
      gsize from = out->len;
      for (guint x = 0; x < canvas->width; x++)
        {
          const VhCell *cell = vh_canvas_get (canvas, x, y);
          if (cell->character != 0)
            g_string_append_unichar (out, cell->character);
          if (cell->combining != 0)
            g_string_append_unichar (out, cell->combining);
        }
      end_line (out, from, ' ');
    }
  return g_string_free (out, FALSE);
}

char *
vh_sink_roles (const VhCanvas *canvas)
{
  GString *out = g_string_new (NULL);
  for (guint y = 0; y < canvas->height; y++)
    {
      gsize from = out->len;
      for (guint x = 0; x < canvas->width; x++)
        g_string_append_c (out, vh_role_get_look (vh_canvas_get (canvas, x, y)->role)->tag);
      end_line (out, from, vh_role_get_look (VH_ROLE_PLAIN)->tag);
    }
  return g_string_free (out, FALSE);
}
