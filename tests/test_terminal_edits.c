/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Edits that are not written outlive the program. */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "scratch.h"
#include "terminal.h"

#define DOMAIN "pc-q35-6.2"
#define BRIDGE_OFF "ICH9-LPC.acpi-pci-hotplug-with-bridge-support=off"

/* A copy of a demo domain, with a state folder of its own. Caller frees. */
static char *
open_scratch (char **path)
{
  char *folder = vh_scratch_new ();
  *path = terminal_copy_demo (folder, DOMAIN);
  return folder;
}

static guint
count_kept (const char *folder)
{
  g_autofree char *kept = g_build_filename (folder, "state", "virt-hotplug", "edits", NULL);
  return vh_scratch_count (kept);
}

/* Two changes that are not written, and the end. */
static void
edit_and_die (const char *path, int number)
{
  g_autoptr (Terminal) terminal = terminal_start (80, 24, path);
  terminal_expect (terminal, "quit");
  terminal_send (terminal, "B/3 pcie-root-port\r0");
  terminal_expect (terminal, "default→off");
  terminal_expect (terminal, "default (on)→off");
  /* The picture comes first: a key that changes nothing comes back after the edits are kept. */
  terminal_send (terminal, "?");
  terminal_expect (terminal, "Take the last change back");
  kill (terminal_get_pid (terminal), number);
  const int status = terminal_expect_end (terminal);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == number);
}

/* Killed without warning, or by a line that is lost: the next start has them. */
static void
test_edits_survive (gconstpointer data)
{
  g_autofree char *path = NULL;
  char *folder = open_scratch (&path);
  edit_and_die (path, GPOINTER_TO_INT (data));
  g_assert_cmpuint (count_kept (folder), ==, 1);
  g_autoptr (Terminal) terminal = terminal_start (80, 24, path);
  terminal_expect (terminal, "(bridge off, port 3 off)");
  /* Before all of the picture is there, what is waited for next would be gone already. */
  terminal_expect (terminal, "Take them up?");
  terminal_send (terminal, "\033");
  terminal_expect_gone (terminal, "Take them up?");
  terminal_send (terminal, "q");
  terminal_expect_clean_end (terminal, 0);
  g_assert_cmpuint (count_kept (folder), ==, 1);
  g_autoptr (Terminal) again = terminal_start (80, 24, path);
  terminal_expect (again, "Take them up?");
  terminal_send (again, "y");
  terminal_expect (again, "Taken up again");
  terminal_expect (again, "UNSAVED");
  terminal_send (again, "w");
  terminal_expect (again, "Write these changes?");
  terminal_send (again, "y");
  terminal_expect (again, "is stored.");
  g_assert_cmpuint (count_kept (folder), ==, 0);
  terminal_send (again, "q");
  terminal_expect_clean_end (again, 0);
  g_autofree char *written = vh_scratch_read (path);
  g_assert_nonnull (strstr (written, BRIDGE_OFF));
  g_assert_nonnull (strstr (written, "<target chassis='3' port='0x12' hotplug='off'/>"));
  vh_scratch_free (folder);
}

/* A second run does not take what the first still has, nor lose its own. */
static void
test_edits_of_two (void)
{
  g_autofree char *path = NULL;
  char *folder = open_scratch (&path);
  g_autoptr (Terminal) one = terminal_start (80, 24, path);
  terminal_expect (one, "quit");
  terminal_send (one, "B?");
  terminal_expect (one, "Take the last change back");
  g_autoptr (Terminal) other = terminal_start (80, 24, path);
  terminal_expect (other, "Another run of this program");
  terminal_send (other, "/3 pcie-root-port\r0?");
  terminal_expect (other, "Take the last change back");
  g_assert_cmpuint (count_kept (folder), ==, 2);
  terminal_send (other, "qq");
  terminal_expect (other, "Drop the changes?");
  terminal_send (other, "y");
  terminal_expect_clean_end (other, 0);
  g_assert_cmpuint (count_kept (folder), ==, 1);
  terminal_send (one, "q");
  terminal_expect_gone (one, "Take the last change back");
  terminal_send (one, "u?");
  terminal_expect (one, "Take the last change back");
  g_assert_cmpuint (count_kept (folder), ==, 0);
  terminal_send (one, "qq");
  terminal_expect_clean_end (one, 0);
  vh_scratch_free (folder);
}

/* Somebody else's idea of such a file: said, and nothing done. */
static void
test_hostile_edits (void)
{
  g_autofree char *path = NULL;
  char *folder = open_scratch (&path);
  edit_and_die (path, SIGKILL);
  g_autofree char *kept = g_build_filename (folder, "state", "virt-hotplug", "edits", NULL);
  g_autoptr (GDir) directory = g_dir_open (kept, 0, NULL);
  g_autofree char *file = g_build_filename (kept, g_dir_read_name (directory), NULL);
  g_assert_true (g_file_set_contents (file, "virt-hotplug edits 1\n\033[2Jgarbage\n", -1, NULL));
  g_assert_cmpint (g_chmod (file, 0600), ==, 0);
  g_autoptr (Terminal) terminal = terminal_start (80, 24, path);
  terminal_expect (terminal, "cannot be taken up");
  terminal_expect (terminal, "[2Jgarbage");
  terminal_send (terminal, "q");
  terminal_expect_clean_end (terminal, 0);
  vh_scratch_free (folder);
}

/* Where nothing can be kept, that is said once, at once. */
static void
test_no_place (void)
{
  g_autofree char *path = NULL;
  char *folder = open_scratch (&path);
  g_free (vh_scratch_write (folder, "state", "a file", 0600));
  g_autoptr (Terminal) terminal = terminal_start (80, 24, path);
  terminal_expect (terminal, "quit");
  terminal_send (terminal, "B");
  terminal_expect (terminal, "your changes would be lost if");
  terminal_send (terminal, "uB");
  terminal_expect_gone (terminal, "would be lost if");
  terminal_send (terminal, "uq");
  terminal_expect_clean_end (terminal, 0);
  vh_scratch_free (folder);
}

static const int surviving_signals[] = { SIGKILL, SIGHUP, SIGTERM };

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (surviving_signals); i++)
    {
      g_autofree char *name = g_strdup_printf ("/terminal/edits/%d", surviving_signals[i]);
      g_test_add_data_func (name, GINT_TO_POINTER (surviving_signals[i]), test_edits_survive);
    }
  g_test_add_func ("/terminal/edits/two-runs", test_edits_of_two);
  g_test_add_func ("/terminal/edits/no-place", test_no_place);
  g_test_add_func ("/terminal/edits/hostile", test_hostile_edits);
  return g_test_run ();
}
