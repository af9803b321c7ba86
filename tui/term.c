/* SPDX-License-Identifier: GPL-2.0-or-later */
#define NCURSES_WIDECHAR 1
#include "tui/term.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define ESC_DELAY_MS 25

struct VhTerm {
  SCREEN *screen;
  gboolean color;
  gboolean suspend_asked;
  gint end_signal;
  gboolean resized;
};

G_DEFINE_QUARK (vh_term_error, vh_term_error)

/* Signals as bytes in a pipe: handlers may do no more. */
static int signal_pipe[2] = { -1, -1 };
static const int handled_signals[] = {
  SIGWINCH, SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT
};
static struct sigaction old_actions[G_N_ELEMENTS (handled_signals)];

static void
on_signal (int number)
{
  const int saved = errno;
  const char byte = (char) number;
  /* A full pipe has a byte that wakes the reader already. */
  const ssize_t written G_GNUC_UNUSED = write (signal_pipe[1], &byte, 1);
  errno = saved;
}

/* Before curses starts, which has handlers of its own. */
static void
save_signals (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (handled_signals); i++)
    sigaction (handled_signals[i], NULL, &old_actions[i]);
}

/* A size is always of interest; what else the parent ignores (nohup) stays so. */
static gboolean
is_ignored (guint i)
{
  const gboolean may_be = handled_signals[i] != SIGWINCH && handled_signals[i] != SIGCONT;
  return may_be && old_actions[i].sa_handler == SIG_IGN;
}

static gboolean
catch_signals (void)
{
  const struct sigaction ours = { .sa_handler = on_signal, .sa_flags = SA_RESTART };
  if (pipe2 (signal_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (handled_signals); i++)
    sigaction (handled_signals[i], is_ignored (i) ? &old_actions[i] : &ours, NULL);
  return TRUE;
}

static void
leave_signals (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (handled_signals); i++)
    sigaction (handled_signals[i], &old_actions[i], NULL);
  close (signal_pipe[0]);
  close (signal_pipe[1]);
}

static void
init_colors (VhTerm *term)
{
  term->color = term->color && has_colors () && start_color () == OK;
  if (!term->color)
    return;
  const gboolean own = use_default_colors () == OK;
  for (VhRole role = 0; role < VH_N_ROLES; role++)
    {
      const VhRoleLook *look = vh_role_get_look (role);
      const short foreground = look->foreground < 0 && !own ? COLOR_WHITE : look->foreground;
      const short background = look->background < 0 && !own ? COLOR_BLACK : look->background;
      init_pair ((short) (role + 1), foreground, background);
    }
}

static void
init_mouse (gboolean wanted)
{
  /* Not even asked for otherwise: a terminal that reports clicks can no
   * longer select text. */
  if (wanted)
    mousemask (BUTTON1_PRESSED | BUTTON1_CLICKED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
}

static void
set_modes (void)
{
  raw ();
  noecho ();
  nonl ();
  keypad (stdscr, TRUE);
  nodelay (stdscr, TRUE);
  set_escdelay (ESC_DELAY_MS);
}

VhTerm *
vh_term_new (const VhTermOptions *options, GError **error)
{
  const char *type = g_getenv ("TERM");
  save_signals ();
  SCREEN *screen = isatty (STDIN_FILENO) && type ? newterm (NULL, stdout, stdin) : NULL;
  if (!screen || !catch_signals ())
    {
      if (screen)
        endwin ();
      g_set_error (
          error, VH_TERM_ERROR, VH_TERM_ERROR_NO_TERMINAL,
          "This terminal cannot be used (TERM is “%s”). “virt-hotplug show TARGET” needs none.",
          type ? type : "");
      return NULL;
    }
  VhTerm *term = g_new0 (VhTerm, 1);
  term->screen = screen;
  term->color = options->color;
  set_term (screen);
  set_modes ();
  init_colors (term);
  init_mouse (options->mouse);
  return term;
}

void
vh_term_free (VhTerm *term)
{
  if (!term)
    return;
  endwin ();
  leave_signals ();
  delscreen (term->screen);
  g_free (term);
}

void
vh_term_get_size (VhTerm *term G_GNUC_UNUSED, guint *width, guint *height)
{
  *width = (guint) MAX (COLS, 1);
  *height = (guint) MAX (LINES, 1);
}

static attr_t
get_attributes (const VhTerm *term, VhRole role)
{
  static const attr_t mono[] = {
    [VH_MONO_NORMAL] = A_NORMAL,
    [VH_MONO_BOLD] = A_BOLD,
    [VH_MONO_UNDERLINE] = A_UNDERLINE,
    [VH_MONO_REVERSE] = A_REVERSE,
  };
  const VhRoleLook *look = vh_role_get_look (role);
  /* A background colour does what reverse does without colours. */
  if (term->color && look->mono == VH_MONO_REVERSE)
    return A_NORMAL;
  return mono[look->mono];
}

/* Every cell is positioned on its own, so a terminal that disagrees on a width
 * spoils that cell and no other. */
static void
show_cell (const VhTerm *term, const VhCell *cell, guint x, guint y)
{
  if (!cell->character)
    return;
  const wchar_t text[] = { (wchar_t) cell->character, (wchar_t) cell->combining, 0 };
  const short pair = term->color ? (short) (cell->role + 1) : 0;
  cchar_t glyph;
  setcchar (&glyph, text, get_attributes (term, (VhRole) cell->role), pair, NULL);
  mvadd_wch ((int) y, (int) x, &glyph);
}

void
vh_term_show (VhTerm *term, const VhCanvas *canvas)
{
  erase ();
  for (guint y = 0; y < canvas->height; y++)
    for (guint x = 0; x < canvas->width; x++)
      show_cell (term, vh_canvas_get (canvas, x, y), x, y);
  const gboolean visible = canvas->cursor_x >= 0 && canvas->cursor_y >= 0;
  curs_set (visible ? 1 : 0);
  if (visible)
    move (canvas->cursor_y, canvas->cursor_x);
  refresh ();
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

void
vh_term_suspend (VhTerm *term)
{
  struct sigaction ours;
  const struct sigaction stop = { .sa_handler = SIG_DFL };
  term->suspend_asked = FALSE;
  sigaction (SIGTSTP, NULL, &ours);
  /* Whoever started the program could not continue it. */
  if (ours.sa_handler == SIG_IGN)
    return;
  endwin ();
  sigaction (SIGTSTP, &stop, NULL);
  raise (SIGTSTP);
  sigaction (SIGTSTP, &ours, NULL);
  adopt_size ();
  clearok (stdscr, TRUE);
  refresh ();
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
  event->kind = VH_TERM_KEY;
  if (mouse.bstate & BUTTON4_PRESSED)
    event->key = VH_KEY_UP;
  else if (mouse.bstate & BUTTON5_PRESSED)
    event->key = VH_KEY_DOWN;
  else
    {
      event->kind = VH_TERM_CLICK;
      event->y = mouse.y;
    }
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
      poll (&polled, 1, ESC_DELAY_MS);
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

/* The next key that curses has and that means something. */
static gboolean
take_key (VhTermEvent *event)
{
  wint_t code = 0;
  int kind = ERR;
  while ((kind = get_wch (&code)) != ERR)
    if (read_key (event, kind, code))
      return TRUE;
  return FALSE;
}

static void
note_signal (VhTerm *term, int number)
{
  if (number == SIGWINCH || number == SIGCONT)
    term->resized = TRUE;
  else if (number == SIGTSTP)
    term->suspend_asked = TRUE;
  else
    term->end_signal = number;
}

static void
read_signals (VhTerm *term)
{
  char bytes[64];
  const ssize_t n = read (signal_pipe[0], bytes, sizeof bytes);
  for (ssize_t i = 0; i < n; i++)
    note_signal (term, bytes[i]);
}

static gboolean
take_signal (VhTerm *term, VhTermEvent *event)
{
  if (term->end_signal)
    *event = (VhTermEvent){ .kind = VH_TERM_END, .signal = term->end_signal };
  else if (term->suspend_asked)
    *event = (VhTermEvent){ .kind = VH_TERM_SUSPEND };
  else if (term->resized)
    {
      term->resized = FALSE;
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
      read_signals (term);
      if (take_signal (term, &event) || take_key (&event))
        return event;
      struct pollfd polled[] = {
        { .fd = STDIN_FILENO, .events = POLLIN },
        { .fd = signal_pipe[0], .events = POLLIN },
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
