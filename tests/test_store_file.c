/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/io/store.h"

#include "scratch.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#define NOBODY 65534

static GBytes *
bytes_of (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static void
test_replace_keeps (void)
{
  char *scratch = vh_scratch_new ();
  g_autofree char *file = vh_scratch_write (scratch, "a.xml", "old", 0640);
  g_autofree char *link = g_build_filename (scratch, "link.xml", NULL);
  g_assert_cmpint (symlink ("a.xml", link), ==, 0);
  gboolean may_give = chown (file, NOBODY, NOBODY) == 0;
  gboolean has_labels = setxattr (file, "user.label", "kept", 4, 0) == 0;
  g_autoptr (GBytes) text = bytes_of ("new");
  g_autoptr (GError) error = NULL;
  g_assert_true (vh_store_replace_file (link, text, 0666, &error));
  g_assert_no_error (error);
  g_autofree char *read = vh_scratch_read (file);
  g_assert_cmpstr (read, ==, "new");
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_assert_cmpuint (vh_scratch_get_mode (file), ==, 0640);
  struct stat info;
  g_assert_cmpint (stat (file, &info), ==, 0);
  g_assert_true (!may_give || (info.st_uid == NOBODY && info.st_gid == NOBODY));
  char value[8];
  g_assert_true (!has_labels || getxattr (file, "user.label", value, sizeof value) == 4);
  g_assert_cmpuint (vh_scratch_count (scratch), ==, 2);
  vh_scratch_free (scratch);
}

static void
test_replace_new (void)
{
  char *scratch = vh_scratch_new ();
  g_autofree char *file = g_build_filename (scratch, "new.xml", NULL);
  g_autoptr (GBytes) text = bytes_of ("new");
  g_assert_true (vh_store_replace_file (file, text, 0600, NULL));
  g_assert_cmpuint (vh_scratch_get_mode (file), ==, 0600);
  g_autofree char *read = vh_scratch_read (file);
  g_assert_cmpstr (read, ==, "new");
  vh_scratch_free (scratch);
}

typedef struct {
  const char *name;
  const char *target; /* in the scratch folder */
  GFileError error;
} RefusedRow;

static const RefusedRow refused[] = {
  { "folder", "folder", G_FILE_ERROR_ISDIR },
  { "fifo", "fifo", G_FILE_ERROR_INVAL },
  { "dangling", "dangling", G_FILE_ERROR_NOENT },
  { "loop", "loop", G_FILE_ERROR_LOOP },
  { "below-nothing", "nothing/a.xml", G_FILE_ERROR_NOENT },
  { "below-file", "a.xml/b.xml", G_FILE_ERROR_NOTDIR },
};

static void
test_replace_refused (gconstpointer data)
{
  const RefusedRow *row = data;
  char *scratch = vh_scratch_new ();
  g_free (vh_scratch_write (scratch, "a.xml", "old", 0600));
  g_autofree char *folder = g_build_filename (scratch, "folder", NULL);
  g_autofree char *fifo = g_build_filename (scratch, "fifo", NULL);
  g_autofree char *dangling = g_build_filename (scratch, "dangling", NULL);
  g_autofree char *loop = g_build_filename (scratch, "loop", NULL);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_assert_cmpint (symlink ("nowhere", dangling), ==, 0);
  g_assert_cmpint (symlink ("loop", loop), ==, 0);
  guint before = vh_scratch_count (scratch);
  g_autofree char *target = g_build_filename (scratch, row->target, NULL);
  g_autoptr (GBytes) text = bytes_of ("new");
  g_autoptr (GError) error = NULL;
  g_assert_false (vh_store_replace_file (target, text, 0600, &error));
  g_assert_error (error, G_FILE_ERROR, (gint) row->error);
  g_assert_cmpuint (vh_scratch_count (scratch), ==, before);
  vh_scratch_free (scratch);
}

/* No room: a limit on the size of files stands for a full disk. */
static void
test_full_disk (void)
{
  if (!vh_scratch_is_alone ())
    return;
  char *scratch = vh_scratch_new ();
  g_autofree char *file = vh_scratch_write (scratch, "a.xml", "old", 0600);
  g_autofree char *much = g_strnfill (100000, 'x');
  g_autoptr (GBytes) text = bytes_of (much);
  struct rlimit limit = { 4096, 4096 };
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_autoptr (GError) error = NULL;
  g_assert_false (vh_store_replace_file (file, text, 0600, &error));
  g_assert_nonnull (error);
  g_autofree char *read = vh_scratch_read (file);
  g_assert_cmpstr (read, ==, "old");
  g_assert_cmpuint (vh_scratch_count (scratch), ==, 1);
  vh_scratch_free (scratch);
}

/* Modes do not bind root: another user tries. Old C libraries answer for the real user, even when
 * asked about the effective one. */
static void
test_no_permission (void)
{
  if (!vh_scratch_is_alone ())
    return;
  const gboolean is_root = getuid () == 0;
  char *scratch = vh_scratch_new ();
  g_autofree char *file = vh_scratch_write (scratch, "a.xml", "old", 0444);
  g_autoptr (GBytes) text = bytes_of ("new");
  if (is_root)
    {
      g_assert_cmpint (chmod (scratch, 0777), ==, 0);
      g_assert_cmpint (setresuid (NOBODY, NOBODY, 0), ==, 0);
    }
  g_autoptr (GError) error = NULL;
  g_assert_false (vh_store_replace_file (file, text, 0600, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ACCES);
  if (is_root)
    g_assert_cmpint (setresuid (0, 0, 0), ==, 0);
  /* Writable for all, but not ours, and the owner cannot be kept. */
  g_assert_cmpint (chmod (file, 0666), ==, 0);
  if (is_root)
    {
      g_clear_error (&error);
      g_assert_cmpint (setresuid (NOBODY, NOBODY, 0), ==, 0);
      g_assert_false (vh_store_replace_file (file, text, 0600, &error));
      g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_PERM);
      g_assert_nonnull (strstr (error->message, "owner"));
      g_assert_cmpint (setresuid (0, 0, 0), ==, 0);
    }
  g_autofree char *read = vh_scratch_read (file);
  g_assert_cmpstr (read, ==, "old");
  g_assert_cmpuint (vh_scratch_count (scratch), ==, 1);
  vh_scratch_free (scratch);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store-file/keeps", test_replace_keeps);
  g_test_add_func ("/store-file/new", test_replace_new);
  g_test_add_func ("/store-file/full-disk", test_full_disk);
  g_test_add_func ("/store-file/no-permission", test_no_permission);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strdup_printf ("/store-file/refused/%s", refused[i].name);
      g_test_add_data_func (path, &refused[i], test_replace_refused);
    }
  return g_test_run ();
}
