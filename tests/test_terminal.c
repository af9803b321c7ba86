/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The program in a real terminal: what a person sees and gets back. */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "terminal.h"

#define DOMAIN "pc-q35-6.2"

static char *
get_demo_path (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".xml", NULL);
  return g_test_build_filename (G_TEST_DIST, "..", "data", "demo", file, NULL);
}

/* A copy that may be written; caller frees. */
static char *
copy_demo (const char *directory, const char *name)
{
  g_autofree char *from = get_demo_path (name);
  g_autofree char *file = g_strconcat (name, ".xml", NULL);
  g_autofree char *text = NULL;
  char *to = g_build_filename (directory, file, NULL);
  gsize length = 0;
  g_assert_true (g_file_get_contents (from, &text, &length, NULL));
  g_assert_true (g_file_set_contents (to, text, (gssize) length, NULL));
  return to;
}

static Terminal *
start (guint width, guint height, const char *target)
{
  const char *const argv[] = { g_getenv ("VIRT_HOTPLUG"), target, NULL };
  return terminal_new (width, height, argv);
}

static char *
new_directory (void)
{
  char *directory = g_dir_make_tmp ("vh-terminal-XXXXXX", NULL);
  g_assert_nonnull (directory);
  return directory;
}

static gboolean
line_has (Terminal *terminal, gint y, const char *text)
{
  g_autofree char *screen = terminal_dup_text (terminal);
  g_auto (GStrv) lines = g_strsplit (screen, "\n", -1);
  return strstr (lines[y], text) != NULL;
}

static void
expect_clean_end (Terminal *terminal, int status)
{
  g_assert_cmpint (terminal_expect_end (terminal), ==, status);
  g_assert_false (terminal_has_alternate_screen (terminal));
}

static void
test_start_and_quit (void)
{
  g_autofree char *path = get_demo_path (DOMAIN);
  g_autoptr (Terminal) terminal = start (80, 24, path);
  terminal_expect (terminal, DOMAIN);
  terminal_expect (terminal, "quit");
  g_assert_true (terminal_has_alternate_screen (terminal));
  terminal_send (terminal, "q");
  expect_clean_end (terminal, 0);
}

static void
test_cursor_is_on_the_row (void)
{
  g_autofree char *path = get_demo_path (DOMAIN);
  g_autoptr (Terminal) terminal = start (80, 24, path);
  gint x = -1, y = -1;
  terminal_expect (terminal, "quit");
  terminal_send (terminal, "/pcie-root-port");
  terminal_expect (terminal, "Search: pcie-root-port");
  terminal_send (terminal, "\r");
  terminal_expect_gone (terminal, "Search:");
  terminal_get_cursor (terminal, &x, &y);
  g_assert_true (line_has (terminal, y, "pcie-root-port"));
}

static void
test_resize (void)
{
  g_autofree char *path = get_demo_path (DOMAIN);
  g_autoptr (Terminal) terminal = start (80, 24, path);
  terminal_expect (terminal, "quit");
  terminal_resize (terminal, 120, 40);
  terminal_expect (terminal, DOMAIN);
  terminal_resize (terminal, 39, 9);
  terminal_expect (terminal, "40x10");
  terminal_resize (terminal, 1, 1);
  terminal_resize (terminal, 40, 10);
  terminal_expect (terminal, DOMAIN);
  terminal_send (terminal, "q");
  expect_clean_end (terminal, 0);
}

/* A shell with job control, as the user has one: without it nothing stops. */
static void
test_suspend (void)
{
  g_autofree char *path = get_demo_path (DOMAIN);
  const char *const argv[] = {
    "/bin/sh", "-mc", "\"$0\" \"$1\"; echo is stopped; read x; fg", g_getenv ("VIRT_HOTPLUG"),
    path,      NULL
  };
  g_autoptr (Terminal) terminal = terminal_new (80, 24, argv);
  terminal_expect (terminal, "quit");
  terminal_send (terminal, "\032");
  terminal_expect (terminal, "is stopped");
  g_assert_false (terminal_has_alternate_screen (terminal));
  terminal_send (terminal, "\n");
  terminal_expect (terminal, "quit");
  terminal_send (terminal, "?");
  terminal_expect (terminal, "Take the last change back");
  terminal_send (terminal, "\033");
  terminal_expect_gone (terminal, "Take the last change back");
  terminal_send (terminal, "q");
  expect_clean_end (terminal, 0);
}

static void
test_signal_restores (gconstpointer data)
{
  const int number = GPOINTER_TO_INT (data);
  g_autofree char *path = get_demo_path (DOMAIN);
  g_autoptr (Terminal) terminal = start (80, 24, path);
  terminal_expect (terminal, "quit");
  kill (terminal_get_pid (terminal), number);
  const int status = terminal_expect_end (terminal);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == number);
  g_assert_false (terminal_has_alternate_screen (terminal));
}

static void
test_quit_asks_when_changed (void)
{
  g_autofree char *directory = new_directory ();
  g_autofree char *path = copy_demo (directory, DOMAIN);
  g_autoptr (Terminal) terminal = start (80, 24, path);
  terminal_expect (terminal, "quit");
  terminal_send (terminal, "Bq");
  terminal_expect (terminal, "changes are not written");
  terminal_send (terminal, "n");
  terminal_expect_gone (terminal, "changes are not written");
  terminal_send (terminal, "uq");
  expect_clean_end (terminal, 0);
  g_unlink (path);
  g_rmdir (directory);
}

/* The whole job on a file. */
static void
test_write_file (void)
{
  g_autofree char *directory = new_directory ();
  g_autofree char *path = copy_demo (directory, DOMAIN);
  g_autofree char *before = NULL, *between = NULL, *after = NULL;
  g_autoptr (Terminal) terminal = start (80, 24, path);
  g_assert_true (g_file_get_contents (path, &before, NULL, NULL));
  terminal_expect (terminal, "quit");
  terminal_send (terminal, "Bw");
  terminal_expect (terminal, "Write these changes?");
  terminal_send (terminal, "x");
  terminal_send (terminal, "\033");
  terminal_expect_gone (terminal, "Write these changes?");
  g_assert_true (g_file_get_contents (path, &between, NULL, NULL));
  g_assert_cmpstr (between, ==, before);
  terminal_send (terminal, "w");
  terminal_expect (terminal, "Write these changes?");
  terminal_send (terminal, "y");
  terminal_expect (terminal, "stored");
  g_clear_pointer (&between, g_free);
  g_assert_true (g_file_get_contents (path, &between, NULL, NULL));
  g_assert_nonnull (strstr (between, "ICH9-LPC.acpi-pci-hotplug-with-bridge-support=off"));
  /* And back. */
  terminal_send (terminal, "B");
  terminal_expect_gone (terminal, "stored");
  terminal_send (terminal, "w");
  terminal_expect (terminal, "Write these changes?");
  terminal_send (terminal, "y");
  terminal_expect (terminal, "stored");
  terminal_send (terminal, "q");
  expect_clean_end (terminal, 0);
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, before);
  g_unlink (path);
  g_rmdir (directory);
}

static const int ending_signals[] = { SIGTERM, SIGHUP, SIGINT };

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/terminal/start-and-quit", test_start_and_quit);
  g_test_add_func ("/terminal/cursor", test_cursor_is_on_the_row);
  g_test_add_func ("/terminal/resize", test_resize);
  g_test_add_func ("/terminal/suspend", test_suspend);
  for (guint i = 0; i < G_N_ELEMENTS (ending_signals); i++)
    {
      g_autofree char *path = g_strdup_printf ("/terminal/signal/%d", ending_signals[i]);
      g_test_add_data_func (path, GINT_TO_POINTER (ending_signals[i]), test_signal_restores);
    }
  g_test_add_func ("/terminal/quit-asks", test_quit_asks_when_changed);
  g_test_add_func ("/terminal/write-file", test_write_file);
  return g_test_run ();
}
