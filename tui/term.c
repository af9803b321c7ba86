/* SPDX-License-Identifier: GPL-2.0-or-later */
#define NCURSES_WIDECHAR 1
#include "tui/term.h"

#include <curses.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "model/i18n.h"
#include "tui/term_input.h"
#include "tui/term_output.h"
#include "tui/term_signals.h"

#define SLOWEST_FAST 38400 /* also what a terminal that is no line claims to be */
#define BITS_A_BYTE 10

struct VhTerm {
  SCREEN *screen;
  VhLook look;
  VhTermSignals signals;
};

G_DEFINE_QUARK (vh_term_error, vh_term_error)

/* NULL: no terminal, no entry for it, or one that cannot move the cursor. */
static SCREEN *
new_screen (const char *type)
{
  SCREEN *screen = isatty (STDIN_FILENO) && type ? newterm (NULL, stdout, stdin) : NULL;
  if (!screen || tigetstr ("cup"))
    return screen;
  endwin ();
  delscreen (screen);
  return NULL;
}

VhTerm *
vh_term_new (const VhTermOptions *options, GError **error)
{
  const char *type = g_getenv ("TERM");
  vh_term_signals_save ();
  SCREEN *screen = new_screen (type);
  if (!screen || !vh_term_signals_catch ())
    {
      if (screen)
        {
          endwin ();
          delscreen (screen);
        }
      g_set_error (
          error, VH_TERM_ERROR, VH_TERM_ERROR_NO_TERMINAL,
          _ ("This terminal cannot be used (TERM is “%s”). “virt-hotplug show TARGET” needs none, "
             "and “virt-hotplug --plain TARGET” talks by lines."),
          type ? type : "");
      return NULL;
    }
  VhTerm *term = g_new0 (VhTerm, 1);
  term->screen = screen;
  set_term (screen);
  vh_term_input_init (options->mouse);
  term->look = vh_term_output_init (options->look);
  return term;
}

void
vh_term_free (VhTerm *term)
{
  if (!term)
    return;
  endwin ();
  vh_term_signals_leave ();
  delscreen (term->screen);
  g_free (term);
}

void
vh_term_get_size (VhTerm *term G_GNUC_UNUSED, guint *width, guint *height)
{
  *width = (guint) MAX (COLS, 1);
  *height = (guint) MAX (LINES, 1);
}

guint
vh_term_get_bytes_per_second (VhTerm *term G_GNUC_UNUSED)
{
  const int speed = baudrate ();
  return speed > 0 && speed < SLOWEST_FAST ? (guint) speed / BITS_A_BYTE : 0;
}

void
vh_term_show (VhTerm *term, const VhCanvas *canvas)
{
  vh_term_output_show (term->look, canvas);
}

void
vh_term_redraw (VhTerm *term G_GNUC_UNUSED)
{
  clearok (stdscr, TRUE);
}

static void
adopt_size (void)
{
  struct winsize size;
  if (ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row && size.ws_col)
    resizeterm (size.ws_row, size.ws_col);
}

static void
leave_screen (void)
{
  endwin ();
}

void
vh_term_suspend (VhTerm *term)
{
  term->signals.suspend = FALSE;
  if (!vh_term_signals_stop (leave_screen))
    return;
  adopt_size ();
  clearok (stdscr, TRUE);
  refresh ();
}

void
vh_term_drop_keys (VhTerm *term G_GNUC_UNUSED)
{
  VhTermEvent dropped;
  while (vh_term_input_take (&dropped))
    ;
}

static gboolean
take_signal (VhTermSignals *signals, VhTermEvent *event)
{
  vh_term_signals_note (signals);
  if (signals->end)
    *event = (VhTermEvent){ .kind = VH_TERM_END, .signal = signals->end };
  else if (signals->suspend)
    *event = (VhTermEvent){ .kind = VH_TERM_SUSPEND };
  else if (signals->resize)
    {
      signals->resize = FALSE;
      adopt_size ();
      clearok (stdscr, TRUE);
      *event = (VhTermEvent){ .kind = VH_TERM_RESIZE };
    }
  else
    return FALSE;
  return TRUE;
}

VhTermEvent
vh_term_wait (VhTerm *term, int fd, gint timeout_ms)
{
  VhTermEvent event = { .kind = VH_TERM_TIMEOUT };
  for (;;)
    {
      if (take_signal (&term->signals, &event) || vh_term_input_take (&event))
        return event;
      struct pollfd polled[] = {
        { .fd = STDIN_FILENO, .events = POLLIN },
        { .fd = vh_term_signals_get_fd (), .events = POLLIN },
        { .fd = fd, .events = POLLIN },
      };
      const int n = poll (polled, G_N_ELEMENTS (polled), timeout_ms);
      if (n == 0)
        return event;
      if (n > 0 && (polled[0].revents & (POLLHUP | POLLERR | POLLNVAL)))
        return (VhTermEvent){ .kind = VH_TERM_END };
      if (n > 0 && (polled[2].revents & POLLIN))
        return (VhTermEvent){ .kind = VH_TERM_OTHER };
    }
}
