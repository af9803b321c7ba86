/* SPDX-License-Identifier: GPL-2.0-or-later */
#define NCURSES_WIDECHAR 1
#include "tui/term_output.h"

#include <curses.h>

#define N_DARK 8 /* colours that every terminal with colours has */

/* A terminal without bright colours makes them of the dark ones by bold. */
static gboolean
is_by_bold (gint color)
{
  return color >= N_DARK && COLORS < 2 * N_DARK;
}

static short
get_color (gint color, short own)
{
  if (color < 0)
    return own;
  return (short) (is_by_bold (color) ? color - N_DARK : color);
}

static attr_t
get_attributes (VhLook look, VhRole role)
{
  static const attr_t attributes[] = {
    [VH_MONO_NORMAL] = A_NORMAL,
    [VH_MONO_BOLD] = A_BOLD,
    [VH_MONO_UNDERLINE] = A_UNDERLINE,
    [VH_MONO_REVERSE] = A_REVERSE,
  };
  const VhStyle style = vh_role_get_style (role, look);
  return attributes[style.attribute] | (is_by_bold (style.colors.foreground) ? A_BOLD : 0);
}

static short
get_pair (VhLook look, VhRole role)
{
  if (look == VH_LOOK_MONO)
    return 0;
  return (short) (role + 1);
}

VhLook
vh_term_output_init (VhLook wanted)
{
  if (wanted == VH_LOOK_MONO || !has_colors () || start_color () != OK)
    return VH_LOOK_MONO;
  const gboolean own = use_default_colors () == OK;
  for (VhRole role = 0; role < VH_N_ROLES; role++)
    {
      const VhStyle style = vh_role_get_style (role, wanted);
      init_pair (get_pair (wanted, role),
                 get_color (style.colors.foreground, own ? -1 : COLOR_WHITE),
                 get_color (style.colors.background, own ? -1 : COLOR_BLACK));
    }
  return wanted;
}

static void
set_glyph (cchar_t *glyph, VhLook look, const VhCell *cell)
{
  const wchar_t text[] = { (wchar_t) cell->character, (wchar_t) cell->combining, 0 };
  const VhRole role = (VhRole) cell->role;
  setcchar (glyph, text, get_attributes (look, role), get_pair (look, role), NULL);
}

/* Every cell is positioned on its own, so a terminal that disagrees on a width
 * spoils that cell and no other. */
static void
show_cell (VhLook look, const VhCell *cell, guint x, guint y)
{
  cchar_t glyph;
  if (!cell->character)
    return;
  set_glyph (&glyph, look, cell);
  mvadd_wch ((int) y, (int) x, &glyph);
}

/* With it a terminal can clear the rest of a line in the colour of the page.
 * Attributes of it would be added to every cell. */
static void
set_page (VhLook look)
{
  cchar_t glyph;
  setcchar (&glyph, L" ", A_NORMAL, get_pair (look, VH_ROLE_PLAIN), NULL);
  bkgrndset (&glyph);
}

void
vh_term_output_show (VhLook look, const VhCanvas *canvas)
{
  set_page (look);
  erase ();
  for (guint y = 0; y < canvas->height; y++)
    for (guint x = 0; x < canvas->width; x++)
      show_cell (look, vh_canvas_get (canvas, x, y), x, y);
  const gboolean visible = canvas->cursor_x >= 0 && canvas->cursor_y >= 0;
  curs_set (visible ? 1 : 0);
  if (visible)
    move (canvas->cursor_y, canvas->cursor_x);
  refresh ();
}
