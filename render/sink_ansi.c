/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/sink.h"

#define N_DARK 8

static gboolean
is_empty (const VhCell *cell, VhLook look)
{
  const VhStyle style = vh_role_get_style (cell->role, look);
  return cell->character == ' ' && style.colors.background < 0 &&
         style.attribute != VH_MONO_REVERSE;
}

/* Cells of a line up to the last that shows something. */
static guint
find_length (const VhCanvas *canvas, VhLook look, guint y)
{
  guint length = canvas->width;
  while (length > 0 && is_empty (vh_canvas_get (canvas, length - 1, y), look))
    length--;
  return length;
}

static void
append_color (GString *out, gint color, guint dark, guint bright)
{
  if (color >= N_DARK)
    g_string_append_printf (out, ";%u", bright + (guint) color - N_DARK);
  else if (color >= 0)
    g_string_append_printf (out, ";%u", dark + (guint) color);
}

static void
append_style (GString *out, VhStyle style)
{
  static const char *const attributes[] = {
    [VH_MONO_NORMAL] = "",
    [VH_MONO_BOLD] = ";1",
    [VH_MONO_UNDERLINE] = ";4",
    [VH_MONO_REVERSE] = ";7",
  };
  g_string_append_printf (out, "\033[0%s", attributes[style.attribute]);
  append_color (out, style.colors.foreground, 30, 90);
  append_color (out, style.colors.background, 40, 100);
  g_string_append_c (out, 'm');
}

static gboolean
is_untouched (VhStyle style)
{
  return style.attribute == VH_MONO_NORMAL && style.colors.foreground < 0 &&
         style.colors.background < 0;
}

static void
append_line (GString *out, const VhCanvas *canvas, VhLook look, guint y)
{
  guint length = find_length (canvas, look, y);
  gboolean touched = FALSE;
  for (guint x = 0; x < length; x++)
    {
      const VhCell *cell = vh_canvas_get (canvas, x, y);
      const VhStyle style = vh_role_get_style (cell->role, look);
      const gboolean begins = x == 0 || vh_canvas_get (canvas, x - 1, y)->role != cell->role;
      if (begins && (touched || !is_untouched (style)))
        {
          append_style (out, style);
          touched = !is_untouched (style);
        }
      if (cell->character != 0)
        g_string_append_unichar (out, cell->character);
      if (cell->combining != 0)
        g_string_append_unichar (out, cell->combining);
    }
  if (touched)
    g_string_append (out, "\033[0m");
  g_string_append_c (out, '\n');
}

char *
vh_sink_ansi (const VhCanvas *canvas, VhLook look)
{
  GString *out = g_string_new (NULL);
  for (guint y = 0; y < canvas->height; y++)
    append_line (out, canvas, look, y);
  return g_string_free (out, FALSE);
}
