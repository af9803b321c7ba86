/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "terminal.h"

#include "scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <vterm.h>

#define LIMIT_MS 10000
#define POLL_MS 50
#define QUIET_POLLS 10

struct Terminal {
  guint times; /* of the usual limit; 0 is 1 */
  VTerm *vterm;
  VTermScreen *screen;
  pid_t pid;
  int fd;
  guint width, height;
  gboolean alternate;
  gboolean hides_cursor;
  int mouse; /* 0: reports nothing */
  VTermPos cursor;
  GString *output;
  int status; /* of waitpid; -1 while it runs */
};

static int
on_term_property (VTermProp property, VTermValue *value, void *user)
{
  Terminal *terminal = user;
  if (property == VTERM_PROP_ALTSCREEN)
    terminal->alternate = value->boolean != 0;
  if (property == VTERM_PROP_CURSORVISIBLE)
    terminal->hides_cursor = value->boolean == 0;
  if (property == VTERM_PROP_MOUSE)
    terminal->mouse = value->number;
  return 1;
}

static int
on_move_cursor (VTermPos to, VTermPos from G_GNUC_UNUSED, int visible G_GNUC_UNUSED, void *user)
{
  Terminal *terminal = user;
  terminal->cursor = to;
  return 1;
}

static const VTermScreenCallbacks callbacks = {
  .settermprop = on_term_property,
  .movecursor = on_move_cursor,
};

/* A program that a test ends with changes unwritten keeps them: not among those of whoever runs
 * the tests, and not where the next run would be asked about them. */
static void
set_state_folder (void)
{
  g_autofree char *name = g_strdup_printf ("terminal-state-%d", (int) getpid ());
  g_autofree char *path = g_test_build_filename (G_TEST_BUILT, name, NULL);
  g_setenv ("XDG_STATE_HOME", path, FALSE);
}

static void
run_child (const TerminalSetting *setting, const char *const *argv)
{
  const char *const *variables = setting->variables;
  g_setenv ("TERM", setting->type ? setting->type : "xterm-256color", TRUE);
  g_setenv ("LC_ALL", setting->locale ? setting->locale : "C.UTF-8", TRUE);
  g_unsetenv ("NO_COLOR");
  signal (SIGHUP, SIG_DFL); /* whoever runs the tests may ignore it (nohup) */
  set_state_folder ();
  for (guint i = 0; variables && variables[i]; i += 2)
    g_setenv (variables[i], variables[i + 1], TRUE);
  execv (argv[0], (char **) (guintptr) argv);
  _exit (127);
}

static struct winsize
make_size (guint width, guint height)
{
  return (struct winsize){ .ws_row = (unsigned short) height, .ws_col = (unsigned short) width };
}

Terminal *
terminal_new_with (const TerminalSetting *setting, const char *const *argv)
{
  Terminal *terminal = g_new0 (Terminal, 1);
  const struct winsize size = make_size (setting->width, setting->height);
  terminal->width = setting->width;
  terminal->height = setting->height;
  terminal->status = -1;
  terminal->output = g_string_new (NULL);
  terminal->vterm = vterm_new ((int) setting->height, (int) setting->width);
  vterm_set_utf8 (terminal->vterm, 1);
  terminal->screen = vterm_obtain_screen (terminal->vterm);
  vterm_screen_set_callbacks (terminal->screen, &callbacks, terminal);
  vterm_screen_enable_altscreen (terminal->screen, 1);
  vterm_screen_reset (terminal->screen, 1);
  terminal->pid = forkpty (&terminal->fd, NULL, NULL, &size);
  g_assert_cmpint (terminal->pid, >=, 0);
  if (terminal->pid == 0)
    run_child (setting, argv);
  fcntl (terminal->fd, F_SETFL, O_NONBLOCK);
  return terminal;
}

Terminal *
terminal_new (guint width, guint height, const char *const *argv)
{
  const TerminalSetting setting = { .width = width, .height = height };
  return terminal_new_with (&setting, argv);
}

void
terminal_free (Terminal *terminal)
{
  if (terminal->status == -1)
    {
      kill (terminal->pid, SIGKILL);
      waitpid (terminal->pid, NULL, 0);
    }
  if (terminal->fd >= 0)
    close (terminal->fd);
  vterm_free (terminal->vterm);
  g_string_free (terminal->output, TRUE);
  g_free (terminal);
}

int
terminal_get_pid (const Terminal *terminal)
{
  return terminal->pid;
}

void
terminal_send (Terminal *terminal, const char *bytes)
{
  const size_t length = strlen (bytes);
  g_assert_cmpint (write (terminal->fd, bytes, length), ==, length);
}

void
terminal_resize (Terminal *terminal, guint width, guint height)
{
  const struct winsize size = make_size (width, height);
  vterm_set_size (terminal->vterm, (int) height, (int) width);
  terminal->width = width;
  terminal->height = height;
  ioctl (terminal->fd, TIOCSWINSZ, &size);
}

char *
terminal_dup_text (Terminal *terminal)
{
  GString *text = g_string_new (NULL);
  for (guint y = 0; y < terminal->height; y++)
    {
      const gsize start = text->len;
      for (guint x = 0; x < terminal->width; x++)
        {
          const VTermPos at = { .row = (int) y, .col = (int) x };
          VTermScreenCell cell;
          vterm_screen_get_cell (terminal->screen, at, &cell);
          if (cell.chars[0] != (uint32_t) -1)
            g_string_append_unichar (text, cell.chars[0] ? cell.chars[0] : ' ');
        }
      while (text->len > start && text->str[text->len - 1] == ' ')
        g_string_truncate (text, text->len - 1);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

gboolean
terminal_has_alternate_screen (const Terminal *terminal)
{
  return terminal->alternate;
}

gboolean
terminal_is_restored (const Terminal *terminal)
{
  static const tcflag_t local = ICANON | ECHO | ISIG | IEXTEN;
  struct termios modes;
  tcgetattr (terminal->fd, &modes);
  return !terminal->alternate && !terminal->hides_cursor && terminal->mouse == 0 &&
         (modes.c_lflag & local) == local && (modes.c_iflag & ICRNL) && (modes.c_oflag & OPOST);
}

const GString *
terminal_get_output (const Terminal *terminal)
{
  return terminal->output;
}

void
terminal_hang_up (Terminal *terminal)
{
  close (terminal->fd);
  terminal->fd = -1;
}

/* ---- pumping ---- */

static void
pump (Terminal *terminal)
{
  char bytes[4096];
  struct pollfd polled = { .fd = terminal->fd, .events = POLLIN };
  poll (&polled, 1, POLL_MS);
  ssize_t n = 0;
  while ((n = read (terminal->fd, bytes, sizeof bytes)) > 0)
    {
      vterm_input_write (terminal->vterm, bytes, (size_t) n);
      g_string_append_len (terminal->output, bytes, n);
    }
}

gsize
terminal_rest (Terminal *terminal, guint rest_ms)
{
  gsize before = 0;
  do
    {
      before = terminal->output->len;
      for (guint i = 0; i < QUIET_POLLS; i++)
        pump (terminal);
    }
  while (terminal->output->len > before);
  const gint64 end = g_get_monotonic_time () + (gint64) rest_ms * 1000;
  while (g_get_monotonic_time () < end)
    pump (terminal);
  return terminal->output->len - before;
}

typedef gboolean (*Predicate) (Terminal *terminal, const char *text);

static gboolean
pump_until (Terminal *terminal, Predicate predicate, const char *text)
{
  const char *slow = g_getenv ("VH_TEST_SLOW");
  const gint64 factor = slow ? MAX (g_ascii_strtoll (slow, NULL, 10), 1) : 1;
  const gint64 deadline =
      g_get_monotonic_time () + LIMIT_MS * factor * MAX (terminal->times, 1) * 1000;
  while (!predicate (terminal, text))
    {
      if (g_get_monotonic_time () > deadline)
        return FALSE;
      pump (terminal);
    }
  return TRUE;
}

void
terminal_give_time (Terminal *terminal, guint times)
{
  terminal->times = times;
}

static gboolean
shows (Terminal *terminal, const char *text)
{
  g_autofree char *screen = terminal_dup_text (terminal);
  return strstr (screen, text) != NULL;
}

static gboolean
shows_not (Terminal *terminal, const char *text)
{
  return !shows (terminal, text);
}

static gboolean
cursor_is_on (Terminal *terminal, const char *text)
{
  g_autofree char *screen = terminal_dup_text (terminal);
  g_auto (GStrv) lines = g_strsplit (screen, "\n", -1);
  return strstr (lines[terminal->cursor.row], text) != NULL;
}

static gboolean
has_ended (Terminal *terminal, const char *text G_GNUC_UNUSED)
{
  int status = 0;
  if (terminal->status == -1 && waitpid (terminal->pid, &status, WNOHANG) == terminal->pid)
    terminal->status = status;
  return terminal->status != -1;
}

static void
require (Terminal *terminal, Predicate predicate, const char *text)
{
  if (pump_until (terminal, predicate, text))
    return;
  g_autofree char *screen = terminal_dup_text (terminal);
  g_test_message ("waited in vain for “%s”; the screen:\n%s", text, screen);
  g_assert_not_reached ();
}

void
terminal_expect (Terminal *terminal, const char *text)
{
  require (terminal, shows, text);
}

void
terminal_expect_gone (Terminal *terminal, const char *text)
{
  require (terminal, shows_not, text);
}

void
terminal_expect_cursor_on (Terminal *terminal, const char *text)
{
  require (terminal, cursor_is_on, text);
}

int
terminal_expect_end (Terminal *terminal)
{
  require (terminal, has_ended, "(the end of the program)");
  pump (terminal);
  return terminal->status;
}

/* ---- the program on a demo domain ---- */

char *
terminal_get_demo_path (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".xml", NULL);
  return g_test_build_filename (G_TEST_DIST, "..", "data", "demo", file, NULL);
}

char *
terminal_copy_demo (const char *folder, const char *name)
{
  g_autofree char *from = terminal_get_demo_path (name);
  g_autofree char *text = vh_scratch_read (from);
  g_autofree char *file = g_strconcat (name, ".xml", NULL);
  return vh_scratch_write (folder, file, text, 0600);
}

Terminal *
terminal_start (guint width, guint height, const char *target)
{
  const char *const argv[] = { g_getenv ("VIRT_HOTPLUG"), target, NULL };
  return terminal_new (width, height, argv);
}

void
terminal_expect_clean_end (Terminal *terminal, int status)
{
  g_assert_cmpint (terminal_expect_end (terminal), ==, status);
  g_assert_true (terminal_is_restored (terminal));
}
