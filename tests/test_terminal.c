/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The program in a real terminal: what a person sees and gets back. */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "scratch.h"
#include "terminal.h"

#define DOMAIN "pc-q35-6.2"
#define BRIDGE_OFF "ICH9-LPC.acpi-pci-hotplug-with-bridge-support=off"

#define DRIVER_TIMES 4 /* libvirt's driver first asks every QEMU that it finds */

static void
test_start_and_quit (void)
{
  g_autofree char *path = terminal_get_demo_path (DOMAIN);
  g_autoptr (Terminal) terminal = terminal_start (80, 24, path);
  terminal_expect (terminal, DOMAIN);
  terminal_expect (terminal, "quit");
  g_assert_true (terminal_has_alternate_screen (terminal));
  terminal_send (terminal, "q");
  terminal_expect_clean_end (terminal, 0);
}

static void
test_cursor_is_on_the_row (void)
{
  g_autofree char *path = terminal_get_demo_path (DOMAIN);
  g_autoptr (Terminal) terminal = terminal_start (80, 24, path);
  terminal_expect (terminal, "quit");
  terminal_send (terminal, "/pcie-root-port");
  terminal_expect (terminal, "Search: pcie-root-port");
  terminal_send (terminal, "\r");
  terminal_expect_gone (terminal, "Search:");
  terminal_expect_cursor_on (terminal, "pcie-root-port");
}

static void
test_resize (void)
{
  g_autofree char *path = terminal_get_demo_path (DOMAIN);
  g_autoptr (Terminal) terminal = terminal_start (80, 24, path);
  terminal_expect (terminal, "quit");
  terminal_resize (terminal, 120, 40);
  terminal_expect (terminal, DOMAIN);
  terminal_resize (terminal, 39, 9);
  terminal_expect (terminal, "40x10");
  terminal_resize (terminal, 1, 1);
  terminal_resize (terminal, 40, 10);
  terminal_expect (terminal, DOMAIN);
  terminal_send (terminal, "q");
  terminal_expect_clean_end (terminal, 0);
}

/* A shell with job control, as the user has one: without it nothing stops. */
static void
test_suspend (void)
{
  g_autofree char *path = terminal_get_demo_path (DOMAIN);
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
  terminal_expect_clean_end (terminal, 0);
}

static void
test_signal_restores (gconstpointer data)
{
  const int number = GPOINTER_TO_INT (data);
  g_autofree char *path = terminal_get_demo_path (DOMAIN);
  g_autoptr (Terminal) terminal = terminal_start (80, 24, path);
  terminal_expect (terminal, "quit");
  kill (terminal_get_pid (terminal), number);
  const int status = terminal_expect_end (terminal);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == number);
  g_assert_true (terminal_is_restored (terminal));
}

/* What the parent ignores (nohup) does not end the program. */
static void
test_ignored_signal (void)
{
  g_autofree char *path = terminal_get_demo_path (DOMAIN);
  const char *const argv[] = {
    "/bin/sh", "-c", "trap '' HUP; exec \"$0\" \"$1\"", g_getenv ("VIRT_HOTPLUG"), path, NULL
  };
  g_autoptr (Terminal) terminal = terminal_new (80, 24, argv);
  terminal_expect (terminal, "quit");
  kill (terminal_get_pid (terminal), SIGHUP);
  terminal_send (terminal, "?");
  terminal_expect (terminal, "Take the last change back");
  terminal_send (terminal, "\003");
  terminal_expect_clean_end (terminal, 0);
}

/* The directory of the demo goes with the program, whatever ends it. */
static void
test_signal_in_demo (void)
{
  char *folder = vh_scratch_new ();
  g_autofree char *before = g_strdup (g_getenv ("TMPDIR"));
  g_autofree char *temporary = g_build_filename (folder, "tmp", NULL);
  g_assert_cmpint (g_mkdir_with_parents (temporary, 0700), ==, 0);
  g_setenv ("TMPDIR", temporary, TRUE);
  const char *const argv[] = { g_getenv ("VIRT_HOTPLUG"), "--demo", DOMAIN, NULL };
  g_autoptr (Terminal) terminal = terminal_new (80, 24, argv);
  if (before)
    g_setenv ("TMPDIR", before, TRUE);
  else
    g_unsetenv ("TMPDIR");
  terminal_give_time (terminal, DRIVER_TIMES);
  terminal_expect (terminal, "Starting");
  terminal_expect (terminal, "quit");
  g_assert_cmpuint (vh_scratch_count (temporary), ==, 1);
  kill (terminal_get_pid (terminal), SIGTERM);
  const int status = terminal_expect_end (terminal);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGTERM);
  g_assert_cmpuint (vh_scratch_count (temporary), ==, 0);
  vh_scratch_free (folder);
}

/* Alt-y is neither Esc nor y, and so is every sequence that curses does not
 * know. */
static void
test_unknown_sequences (void)
{
  static const char *const sequences[] = { "\033y", "\033[99;7u", "\033Oz", "\033\033[A" };
  char *folder = vh_scratch_new ();
  g_autofree char *path = terminal_copy_demo (folder, DOMAIN);
  g_autoptr (Terminal) terminal = terminal_start (80, 24, path);
  terminal_expect (terminal, "quit");
  terminal_send (terminal, "B");
  terminal_expect (terminal, "UNSAVED");
  for (guint i = 0; i < G_N_ELEMENTS (sequences); i++)
    {
      terminal_send (terminal, sequences[i]);
      terminal_send (terminal, "?");
      terminal_expect (terminal, "Take the last change back");
      terminal_send (terminal, "q");
      terminal_expect_gone (terminal, "Take the last change back");
      g_autofree char *screen = terminal_dup_text (terminal);
      g_assert_nonnull (strstr (screen, "UNSAVED"));
      g_assert_null (strstr (screen, "Drop the changes?"));
    }
  terminal_send (terminal, "uq");
  terminal_expect_clean_end (terminal, 0);
  vh_scratch_free (folder);
}

static void
test_quit_asks_when_changed (void)
{
  char *folder = vh_scratch_new ();
  g_autofree char *path = terminal_copy_demo (folder, DOMAIN);
  g_autoptr (Terminal) terminal = terminal_start (80, 24, path);
  terminal_expect (terminal, "quit");
  terminal_send (terminal, "Bq");
  terminal_expect (terminal, "Drop the changes?");
  terminal_send (terminal, "n");
  terminal_expect_gone (terminal, "Drop the changes?");
  terminal_send (terminal, "uq");
  terminal_expect_clean_end (terminal, 0);
  vh_scratch_free (folder);
}

/* Toggles ACPI hotplug of bridges and writes that. */
static void
toggle_and_write (Terminal *terminal)
{
  terminal_send (terminal, "B");
  terminal_expect_gone (terminal, "stored");
  terminal_send (terminal, "w");
  terminal_expect (terminal, "Write these changes?");
  terminal_send (terminal, "y");
  /* "… whether it was stored is not known then" is said while a driver is slow. */
  terminal_expect (terminal, "is stored.");
}

/* The whole job on a file. */
static void
test_write_file (void)
{
  char *folder = vh_scratch_new ();
  g_autofree char *path = terminal_copy_demo (folder, DOMAIN);
  g_autofree char *before = vh_scratch_read (path);
  g_autoptr (Terminal) terminal = terminal_start (80, 24, path);
  terminal_expect (terminal, "quit");
  /* A key that is not y writes nothing. */
  terminal_send (terminal, "Bw");
  terminal_expect (terminal, "Write these changes?");
  terminal_send (terminal, "w\r \033");
  terminal_expect_gone (terminal, "Write these changes?");
  g_autofree char *untouched = vh_scratch_read (path);
  g_assert_cmpstr (untouched, ==, before);
  terminal_send (terminal, "u");
  terminal_expect_gone (terminal, "UNSAVED");
  toggle_and_write (terminal);
  g_autofree char *written = vh_scratch_read (path);
  g_assert_nonnull (strstr (written, BRIDGE_OFF));
  toggle_and_write (terminal);
  terminal_send (terminal, "q");
  terminal_expect_clean_end (terminal, 0);
  g_autofree char *after = vh_scratch_read (path);
  g_assert_cmpstr (after, ==, before);
  vh_scratch_free (folder);
}

/* Someone else writes between load and write: nothing of theirs is lost, and
 * the change is shown again on top of it. */
static void
test_conflict (void)
{
  char *folder = vh_scratch_new ();
  g_autofree char *path = terminal_copy_demo (folder, DOMAIN);
  g_autofree char *before = vh_scratch_read (path);
  g_auto (GStrv) halves = g_strsplit (before, "Shop front end", 2);
  g_autofree char *theirs = g_strjoin ("Their title", halves[0], halves[1], NULL);
  g_autoptr (Terminal) terminal = terminal_start (80, 24, path);
  terminal_expect (terminal, "quit");
  g_assert_true (g_file_set_contents (path, theirs, -1, NULL));
  terminal_send (terminal, "Bw");
  terminal_expect (terminal, "Write these changes?");
  terminal_send (terminal, "y");
  terminal_expect (terminal, "Your changes are on top");
  g_autofree char *untouched = vh_scratch_read (path);
  g_assert_cmpstr (untouched, ==, theirs);
  terminal_send (terminal, "w");
  terminal_expect (terminal, "Write these changes?");
  terminal_send (terminal, "y");
  terminal_expect (terminal, "is stored.");
  g_autofree char *both = vh_scratch_read (path);
  g_assert_nonnull (strstr (both, "Their title"));
  g_assert_nonnull (strstr (both, BRIDGE_OFF));
  terminal_send (terminal, "q");
  terminal_expect_clean_end (terminal, 0);
  vh_scratch_free (folder);
}

/* The same on the command line, while its question waits: exit status 4. */
static void
test_conflict_at_the_question (void)
{
  char *folder = vh_scratch_new ();
  g_autofree char *path = terminal_copy_demo (folder, DOMAIN);
  g_autofree char *before = vh_scratch_read (path);
  g_autofree char *theirs = g_strconcat (before, "<!-- theirs -->\n", NULL);
  const char *const argv[] = { g_getenv ("VIRT_HOTPLUG"), "set", path, "--bridge=off", NULL };
  g_autoptr (Terminal) terminal = terminal_new (80, 24, argv);
  terminal_expect (terminal, "Write these changes?");
  g_assert_true (g_file_set_contents (path, theirs, -1, NULL));
  terminal_send (terminal, "y\n");
  const int status = terminal_expect_end (terminal);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 4);
  g_autofree char *after = vh_scratch_read (path);
  g_assert_cmpstr (after, ==, theirs);
  vh_scratch_free (folder);
}

/* The whole job on a real libvirt: from the list of its domains to the XML
 * that the driver keeps. */
static void
test_write_embed (void)
{
  char *folder = vh_scratch_new ();
  g_autofree char *domains = g_build_filename (folder, "etc", "qemu", NULL);
  g_assert_cmpint (g_mkdir_with_parents (domains, 0700), ==, 0);
  vh_scratch_write_qemu_conf (folder);
  g_autofree char *path = terminal_copy_demo (domains, DOMAIN);
  g_autofree char *uri = g_strconcat ("qemu:///embed?root=", folder, NULL);
  const char *const argv[] = { g_getenv ("VIRT_HOTPLUG"), "-c", uri, NULL };
  g_autoptr (Terminal) terminal = terminal_new (80, 24, argv);
  terminal_give_time (terminal, DRIVER_TIMES);
  terminal_expect (terminal, "Connecting to qemu:///embed");
  terminal_expect (terminal, DOMAIN);
  terminal_expect (terminal, "shutoff");
  terminal_send (terminal, "\r");
  terminal_expect (terminal, "ACPI bridge hotplug");
  terminal_expect (terminal, "probed");
  toggle_and_write (terminal);
  g_autofree char *written = vh_scratch_read (path);
  g_assert_nonnull (strstr (written, BRIDGE_OFF));
  /* The overview knows of it, and the way leads back. */
  terminal_send (terminal, "L");
  terminal_expect (terminal, "-    off ");
  terminal_send (terminal, "\r");
  terminal_expect (terminal, "ACPI bridge hotplug");
  toggle_and_write (terminal);
  terminal_send (terminal, "q");
  terminal_expect_clean_end (terminal, 0);
  g_autofree char *after = vh_scratch_read (path);
  g_assert_null (strstr (after, "qemu:commandline"));
  vh_scratch_free (folder);
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
  g_test_add_func ("/terminal/signal/ignored", test_ignored_signal);
  g_test_add_func ("/terminal/signal/demo", test_signal_in_demo);
  g_test_add_func ("/terminal/sequences", test_unknown_sequences);
  g_test_add_func ("/terminal/quit-asks", test_quit_asks_when_changed);
  g_test_add_func ("/terminal/write-file", test_write_file);
  g_test_add_func ("/terminal/conflict", test_conflict);
  g_test_add_func ("/terminal/conflict-at-the-question", test_conflict_at_the_question);
  g_test_add_func ("/terminal/write-embed", test_write_embed);
  return g_test_run ();
}
