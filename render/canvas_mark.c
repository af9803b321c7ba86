/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/canvas.h"

/* A character that is shown, and where. */
typedef struct {
  gunichar character;
  guint x;
} Shown;

static void
push (GArray *line, gunichar character, guint x)
{
  const Shown shown = { g_unichar_tolower (character), x };
  g_array_append_val (line, shown);
}

static GArray *
new_line (const VhCanvas *canvas, const VhBox *box)
{
  GArray *line = g_array_new (FALSE, FALSE, sizeof (Shown));
  for (guint x = box->x; x < MIN (box->x + box->width, canvas->width); x++)
    {
      const VhCell *cell = vh_canvas_get (canvas, x, box->y);
      if (cell->character != 0)
        push (line, cell->character, x);
      if (cell->combining != 0)
        push (line, cell->combining, x);
    }
  return line;
}

static GArray *
new_needle (const char *text)
{
  GArray *needle = g_array_new (FALSE, FALSE, sizeof (Shown));
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    push (needle, g_utf8_get_char (at), 0);
  return needle;
}

static gboolean
is_at (const GArray *line, guint at, const GArray *needle)
{
  if (needle->len > line->len - at)
    return FALSE;
  for (guint i = 0; i < needle->len; i++)
    if (g_array_index (line, Shown, at + i).character != g_array_index (needle, Shown, i).character)
      return FALSE;
  return TRUE;
}

gboolean
vh_canvas_mark (VhCanvas *canvas, const VhBox *box, VhRole role, const char *needle)
{
  g_autoptr (GArray) sought = new_needle (needle);
  g_autoptr (GArray) line = new_line (canvas, box);
  gboolean found = FALSE;
  for (guint at = 0; sought->len > 0 && at < line->len; at++)
    {
      if (!is_at (line, at, sought))
        continue;
      const guint next = at + sought->len;
      VhBox where = *box;
      where.x = g_array_index (line, Shown, at).x;
      const guint end =
          next < line->len ? g_array_index (line, Shown, next).x : box->x + box->width;
      where.width = end - where.x;
      where.height = 1;
      vh_canvas_set_role (canvas, &where, role);
      found = TRUE;
    }
  return found;
}
