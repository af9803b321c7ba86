/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/sink.h"

/* Cells of a line up to the last that shows something. */
static guint
find_length (const VhCanvas *canvas, guint y)
{
  guint length = canvas->width;
  while (length > 0)
    {
      const VhCell *cell = vh_canvas_get (canvas, length - 1, y);
      if (cell->character != ' ' || vh_role_get_look (cell->role)->background >= 0)
        break;
      length--;
    }
  return length;
}

/* Where a role has a background, that stands for its reverse. */
static void
append_look (GString *out, VhRole role)
{
  const VhRoleLook *look = vh_role_get_look (role);
  g_string_append (out, "\033[0");
  if (look->mono == VH_MONO_BOLD)
    g_string_append (out, ";1");
  if (look->mono == VH_MONO_UNDERLINE)
    g_string_append (out, ";4");
  if (look->foreground >= 0)
    g_string_append_printf (out, ";%d", 30 + look->foreground);
  if (look->background >= 0)
    g_string_append_printf (out, ";%d", 40 + look->background);
  g_string_append_c (out, 'm');
}

static void
append_line (GString *out, const VhCanvas *canvas, guint y)
{
  guint length = find_length (canvas, y);
  const gsize from = out->len;
  guint role = VH_ROLE_PLAIN;
  for (guint x = 0; x < length; x++)
    {
      const VhCell *cell = vh_canvas_get (canvas, x, y);
      if (cell->role != role)
        append_look (out, cell->role);
      role = cell->role;
      if (cell->character != 0)
        g_string_append_unichar (out, cell->character);
      if (cell->combining != 0)
        g_string_append_unichar (out, cell->combining);
    }
  if (out->len > from && role != VH_ROLE_PLAIN)
    g_string_append (out, "\033[0m");
  g_string_append_c (out, '\n');
}

char *
vh_sink_ansi (const VhCanvas *canvas)
{
  GString *out = g_string_new (NULL);
  for (guint y = 0; y < canvas->height; y++)
    append_line (out, canvas, y);
  return g_string_free (out, FALSE);
}
