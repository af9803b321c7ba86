/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scratch.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

char *
vh_scratch_new (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("vh-test-XXXXXX", &error);
  g_assert_no_error (error);
  g_autofree char *state = g_build_filename (folder, "state", NULL);
  g_autofree char *cache = g_build_filename (folder, "cache", NULL);
  g_setenv ("XDG_STATE_HOME", state, TRUE);
  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  return folder;
}

static void
remove_all (const char *path)
{
  GDir *directory = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;
  while (directory && (name = g_dir_read_name (directory)))
    {
      g_autofree char *below = g_build_filename (path, name, NULL);
      remove_all (below);
    }
  if (directory)
    g_dir_close (directory);
  g_remove (path);
}

void
vh_scratch_free (char *folder)
{
  remove_all (folder);
  g_free (folder);
}

char *
vh_scratch_write (const char *folder, const char *name, const char *text, int mode)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (folder, name, NULL);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_chmod (path, mode), ==, 0);
  return path;
}

void
vh_scratch_write_qemu_conf (const char *root)
{
  /* Else the guests of root run as somebody who cannot reach this folder, and where that somebody
   * may not open /dev/kvm and QEMU may, libvirt asks every QEMU anew in each call. */
  const char *user =
      geteuid () == 0 ? "user = \"root\"\ngroup = \"root\"\ndynamic_ownership = 0\n" : "";
  g_autofree char *etc = g_build_filename (root, "etc", NULL);
  g_assert_cmpint (g_mkdir_with_parents (etc, 0700), ==, 0);
  g_autofree char *text = g_strdup_printf ("stdio_handler = \"file\"\n"
                                           "security_driver = \"none\"\n"
                                           "namespaces = []\n"
                                           "remember_owner = 0\n%s",
                                           user);
  g_free (vh_scratch_write (etc, "qemu.conf", text, 0600));
}

char *
vh_scratch_read (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

guint
vh_scratch_count (const char *folder)
{
  guint n = 0;
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  while (directory && g_dir_read_name (directory))
    n++;
  return n;
}

guint
vh_scratch_get_mode (const char *path)
{
  struct stat info;
  g_assert_cmpint (lstat (path, &info), ==, 0);
  return info.st_mode & 07777;
}

void
vh_scratch_tell (const char *words)
{
  g_autofree char *line = g_strdelimit (g_strdup (words), "\n", ' ');
  g_test_message ("%s", line);
}

gboolean
vh_scratch_is_alone (void)
{
  if (g_test_subprocess ())
    return TRUE;
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  return FALSE;
}
