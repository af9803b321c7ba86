/* SPDX-License-Identifier: GPL-2.0-or-later */
#define NCURSES_WIDECHAR 1
#include "tui/term_input.h"

#include <curses.h>
#include <poll.h>
#include <unistd.h>

void
vh_term_input_init (gboolean mouse)
{
  raw ();
  noecho ();
  nonl ();
  keypad (stdscr, TRUE);
  nodelay (stdscr, TRUE);
  set_escdelay (VH_TERM_INPUT_ESC_MS);
  /* Not even asked for otherwise: a terminal that reports clicks can no
   * longer select text. */
  if (mouse)
    mousemask (BUTTON1_PRESSED | BUTTON1_CLICKED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
}

static VhKey
translate (wint_t code)
{
  static const struct {
    int code;
    VhKey key;
  } keys[] = {
    { KEY_UP, VH_KEY_UP },         { KEY_DOWN, VH_KEY_DOWN },
    { KEY_LEFT, VH_KEY_LEFT },     { KEY_RIGHT, VH_KEY_RIGHT },
    { KEY_PPAGE, VH_KEY_PAGE_UP }, { KEY_NPAGE, VH_KEY_PAGE_DOWN },
    { KEY_HOME, VH_KEY_HOME },     { KEY_END, VH_KEY_END },
    { KEY_ENTER, VH_KEY_ENTER },   { KEY_BACKSPACE, VH_KEY_BACKSPACE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if ((wint_t) keys[i].code == code)
      return keys[i].key;
  if (code >= KEY_F (1) && code <= KEY_F (12))
    return VH_KEY_F1 + (VhKey) (code - KEY_F (1));
  return 0;
}

static gboolean
take_mouse (VhTermEvent *event)
{
  MEVENT mouse;
  if (getmouse (&mouse) != OK)
    return FALSE;
  event->x = mouse.x;
  event->y = mouse.y;
  event->kind = mouse.bstate & (BUTTON4_PRESSED | BUTTON5_PRESSED) ? VH_TERM_WHEEL : VH_TERM_CLICK;
  event->notches = mouse.bstate & BUTTON4_PRESSED ? -1 : 1;
  return TRUE;
}

/* The next byte of a sequence, which may come in pieces; 0: it ended. */
static wint_t
take_part (void)
{
  wint_t code = 0;
  int kind = get_wch (&code);
  if (kind == ERR)
    {
      struct pollfd polled = { .fd = STDIN_FILENO, .events = POLLIN };
      poll (&polled, 1, VH_TERM_INPUT_ESC_MS);
      kind = get_wch (&code);
    }
  return kind == OK ? code : 0;
}

/* After Esc: with more behind it, it began a sequence that curses does not
 * know. Its bytes are no keys: Alt-y must not answer a question with y. */
static gboolean
drop_sequence (void)
{
  wint_t code = 0;
  int kind = get_wch (&code);
  if (kind == ERR)
    return FALSE;
  while (kind == OK && code == VH_KEY_ESC)
    kind = get_wch (&code);
  if (kind == OK && code == 'O')
    take_part ();
  else if (kind == OK && code == '[')
    do
      code = take_part ();
    while (code && (code < 0x40 || code > 0x7e));
  return TRUE;
}

/* FALSE: a key without meaning. */
static gboolean
read_key (VhTermEvent *event, int kind, wint_t code)
{
  if (kind == KEY_CODE_YES && code == KEY_MOUSE)
    return take_mouse (event);
  if (kind == OK && code == VH_KEY_ESC && drop_sequence ())
    return FALSE;
  event->kind = VH_TERM_KEY;
  event->key = kind == KEY_CODE_YES ? translate (code) : (VhKey) code;
  if (event->key == '\n')
    event->key = VH_KEY_ENTER;
  if (event->key == '\b')
    event->key = VH_KEY_BACKSPACE;
  return event->key != 0;
}

gboolean
vh_term_input_take (VhTermEvent *event)
{
  wint_t code = 0;
  int kind = ERR;
  while ((kind = get_wch (&code)) != ERR)
    if (read_key (event, kind, code))
      return TRUE;
  return FALSE;
}
