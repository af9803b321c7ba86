/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Edits that are not written, on disk: whose they are, and that two runs do
 * not take them from each other. */
#include "model/io/store_edits.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "scratch.h"

#define UUID "12345678-9abc-def0-1234-56789abcdef0"

static VhDomainInfo *
new_domain (const char *uuid, const char *source, const char *host)
{
  VhDomainInfo *info = vh_domain_info_new ();
  info->uuid = g_strdup (uuid);
  info->source = g_strdup (source);
  info->host = g_strdup (host);
  return info;
}

static void
keep (VhStoreEdits *kept, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (vh_store_edits_keep (kept, text, &error));
  g_assert_no_error (error);
}

static char *
find_text (const VhDomainInfo *info)
{
  gboolean in_use = FALSE;
  g_autoptr (VhStoreEdits) found = vh_store_edits_find (info, &in_use);
  g_autoptr (GBytes) bytes = found ? vh_store_edits_read (found, NULL) : NULL;
  return bytes ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) : NULL;
}

static char *
get_folder (const char *scratch)
{
  return g_build_filename (scratch, "state", "virt-hotplug", "edits", NULL);
}

static void
test_keep_and_find (void)
{
  char *scratch = vh_scratch_new ();
  g_autofree char *folder = get_folder (scratch);
  g_autoptr (VhDomainInfo) info = new_domain (UUID, "qemu:///system", "host");
  gboolean in_use = TRUE;
  g_assert_null (vh_store_edits_find (info, &in_use));
  g_assert_false (in_use);
  VhStoreEdits *kept = vh_store_edits_new (info);
  g_assert_cmpuint (vh_scratch_count (folder), ==, 0);
  keep (kept, "one");
  keep (kept, "two");
  g_assert_cmpuint (vh_scratch_count (folder), ==, 1);
  g_assert_cmpuint (vh_scratch_get_mode (folder), ==, 0700);
  g_assert_cmpuint (vh_scratch_get_mode (vh_store_edits_get_path (kept)), ==, 0600);
  g_assert_nonnull (strstr (vh_store_edits_get_path (kept), "/" UUID "-"));
  /* Held: whoever holds it still works. */
  g_assert_null (vh_store_edits_find (info, &in_use));
  g_assert_true (in_use);
  vh_store_edits_free (kept);
  g_autofree char *text = find_text (info);
  g_assert_cmpstr (text, ==, "two");
  VhStoreEdits *found = vh_store_edits_find (info, &in_use);
  g_assert_false (in_use);
  g_assert_cmpint (ABS (vh_store_edits_get_time (found) - g_get_real_time () / G_USEC_PER_SEC), <,
                   60);
  vh_store_edits_remove (found);
  g_assert_cmpuint (vh_scratch_count (folder), ==, 0);
  /* It begins anew. */
  keep (found, "three");
  g_assert_cmpuint (vh_scratch_count (folder), ==, 1);
  vh_store_edits_free (found);
  vh_scratch_free (scratch);
}

/* Two runs on one domain have two files, and the newest is found first. */
static void
test_two_runs (void)
{
  char *scratch = vh_scratch_new ();
  g_autofree char *folder = get_folder (scratch);
  g_autoptr (VhDomainInfo) info = new_domain (UUID, "qemu:///system", "host");
  VhStoreEdits *one = vh_store_edits_new (info);
  VhStoreEdits *other = vh_store_edits_new (info);
  keep (one, "one");
  keep (other, "other");
  keep (one, "one again");
  g_assert_cmpuint (vh_scratch_count (folder), ==, 2);
  const struct timespec old[2] = { { 1000, 0 }, { 1000, 0 } };
  g_assert_cmpint (utimensat (AT_FDCWD, vh_store_edits_get_path (one), old, 0), ==, 0);
  vh_store_edits_free (one);
  vh_store_edits_free (other);
  g_autofree char *text = find_text (info);
  g_assert_cmpstr (text, ==, "other");
  gboolean in_use = FALSE;
  g_autoptr (VhStoreEdits) newest = vh_store_edits_find (info, &in_use);
  vh_store_edits_remove (newest);
  g_autofree char *older = find_text (info);
  g_assert_cmpstr (older, ==, "one again");
  vh_scratch_free (scratch);
}

/* The lock goes with the process, however it ends. */
static void
test_killed (void)
{
  char *scratch = vh_scratch_new ();
  g_autoptr (VhDomainInfo) info = new_domain (UUID, "qemu:///system", "host");
  int ready[2];
  g_assert_cmpint (pipe (ready), ==, 0);
  const pid_t child = fork ();
  if (child == 0)
    {
      VhStoreEdits *kept = vh_store_edits_new (info);
      keep (kept, "theirs");
      g_assert_cmpint (write (ready[1], "x", 1), ==, 1);
      pause ();
    }
  char byte;
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  gboolean in_use = FALSE;
  g_assert_null (vh_store_edits_find (info, &in_use));
  g_assert_true (in_use);
  kill (child, SIGKILL);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  g_autofree char *text = find_text (info);
  g_assert_cmpstr (text, ==, "theirs");
  close (ready[0]);
  close (ready[1]);
  vh_scratch_free (scratch);
}

typedef struct {
  const char *uuid, *source, *host;
  gboolean is_file;
  gboolean same;
} Owner;

/* Against UUID of qemu:///system on host. */
static const Owner owners[] = {
  { "123456789ABCDEF0123456789ABCDEF0", "qemu:///system", "host", FALSE, TRUE },
  { UUID, "qemu:///system", "other", FALSE, FALSE },
  { UUID, "qemu:///session", "host", FALSE, FALSE },
  { "12345678-9abc-def0-1234-56789abcdef1", "qemu:///system", "host", FALSE, FALSE },
  { UUID, "/tmp/../tmp", NULL, TRUE, FALSE },
  { "../../../etc/passwd", "qemu:///system", "host", FALSE, FALSE },
};

static void
test_owners (void)
{
  char *scratch = vh_scratch_new ();
  g_autoptr (VhDomainInfo) info = new_domain (UUID, "qemu:///system", "host");
  VhStoreEdits *kept = vh_store_edits_new (info);
  keep (kept, "mine");
  vh_store_edits_free (kept);
  for (guint i = 0; i < G_N_ELEMENTS (owners); i++)
    {
      const Owner *row = &owners[i];
      g_autoptr (VhDomainInfo) other = new_domain (row->uuid, row->source, row->host);
      other->is_file = row->is_file;
      g_autofree char *text = find_text (other);
      g_assert_cmpstr (text, ==, row->same ? "mine" : NULL);
      g_autoptr (VhStoreEdits) own = vh_store_edits_new (other);
      keep (own, "x");
      g_autofree char *folder = get_folder (scratch);
      g_assert_true (g_str_has_prefix (vh_store_edits_get_path (own), folder));
      vh_store_edits_remove (own);
    }
  vh_scratch_free (scratch);
}

/* A file is known by its real path, whatever the way to it and its UUID. */
static void
test_file (void)
{
  char *scratch = vh_scratch_new ();
  g_autofree char *real = vh_scratch_write (scratch, "domain.xml", "", 0600);
  g_autofree char *link = g_build_filename (scratch, "link.xml", NULL);
  g_assert_cmpint (symlink (real, link), ==, 0);
  g_autoptr (VhDomainInfo) info = new_domain (NULL, real, NULL);
  g_autoptr (VhDomainInfo) same = new_domain (UUID, link, NULL);
  info->is_file = same->is_file = TRUE;
  VhStoreEdits *kept = vh_store_edits_new (info);
  keep (kept, "of the file");
  vh_store_edits_free (kept);
  g_autofree char *text = find_text (same);
  g_assert_cmpstr (text, ==, "of the file");
  vh_scratch_free (scratch);
}

/* What others may have put there is left alone. */
static void
test_not_ours (void)
{
  char *scratch = vh_scratch_new ();
  g_autofree char *folder = get_folder (scratch);
  g_autoptr (VhDomainInfo) info = new_domain (UUID, "qemu:///system", "host");
  VhStoreEdits *kept = vh_store_edits_new (info);
  keep (kept, "mine");
  g_autofree char *path = g_strdup (vh_store_edits_get_path (kept));
  vh_store_edits_free (kept);
  g_assert_cmpint (g_chmod (path, 0644), ==, 0);
  g_assert_null (find_text (info));
  g_assert_cmpint (g_chmod (path, 0600), ==, 0);
  g_autofree char *elsewhere = g_build_filename (scratch, "elsewhere", NULL);
  g_assert_cmpint (g_rename (path, elsewhere), ==, 0);
  g_assert_cmpint (symlink (elsewhere, path), ==, 0);
  g_assert_null (find_text (info));
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rename (elsewhere, path), ==, 0);
  g_assert_cmpint (g_chmod (folder, 0755), ==, 0);
  g_assert_null (find_text (info));
  g_autoptr (GError) error = NULL;
  g_autoptr (VhStoreEdits) other = vh_store_edits_new (info);
  g_assert_false (vh_store_edits_keep (other, "x", &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_PERM);
  vh_scratch_free (scratch);
}

/* A run that ended between taking a name and keeping anything. */
static void
test_empty (void)
{
  char *scratch = vh_scratch_new ();
  g_autofree char *folder = get_folder (scratch);
  g_autoptr (VhDomainInfo) info = new_domain (UUID, "qemu:///system", "host");
  VhStoreEdits *kept = vh_store_edits_new (info);
  keep (kept, "");
  vh_store_edits_free (kept);
  g_assert_null (find_text (info));
  g_assert_cmpuint (vh_scratch_count (folder), ==, 0);
  vh_scratch_free (scratch);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store-edits/keep-and-find", test_keep_and_find);
  g_test_add_func ("/store-edits/two-runs", test_two_runs);
  g_test_add_func ("/store-edits/killed", test_killed);
  g_test_add_func ("/store-edits/owners", test_owners);
  g_test_add_func ("/store-edits/file", test_file);
  g_test_add_func ("/store-edits/not-ours", test_not_ours);
  g_test_add_func ("/store-edits/empty", test_empty);
  return g_test_run ();
}
