/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/io/store.h"

#include "scratch.h"
#include "stored.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define UUID "12345678-9abc-def0-1234-56789abcdef0"

/* Which folder a backup of this domain lands in; caller frees. */
static char *
backup_folder (const char *uuid, const char *source)
{
  g_autoptr (VhDomainInfo) info = stored_info (uuid, source);
  g_autoptr (GBytes) text = stored_bytes ("<domain/>");
  g_autoptr (GError) error = NULL;
  g_autofree char *path = vh_store_backup (info, text, &error);
  g_assert_no_error (error);
  g_autofree char *folder = g_path_get_dirname (path);
  return g_path_get_basename (folder);
}

static void
test_backup (void)
{
  char *scratch = vh_scratch_new ();
  g_autoptr (VhDomainInfo) info = stored_info (UUID, "qemu:///system");
  g_autoptr (GBytes) text = stored_bytes ("<domain passwd='x'/>\n");
  g_autoptr (GError) error = NULL;
  g_autofree char *path = vh_store_backup (info, text, &error);
  g_assert_no_error (error);
  g_autofree char *read = vh_scratch_read (path);
  g_assert_cmpstr (read, ==, "<domain passwd='x'/>\n");
  g_assert_cmpuint (vh_scratch_get_mode (path), ==, 0600);
  g_autofree char *folder = g_path_get_dirname (path);
  g_assert_cmpuint (vh_scratch_get_mode (folder), ==, 0700);
  g_autofree char *state = g_build_filename (scratch, "state", "virt-hotplug", NULL);
  g_assert_cmpuint (vh_scratch_get_mode (state), ==, 0700);
  g_assert_true (g_str_has_prefix (path, state));
  vh_store_drop_backup (path);
  g_assert_cmpuint (vh_scratch_count (folder), ==, 0);
  vh_scratch_free (scratch);
}

typedef struct {
  const char *name;
  const char *uuid;
  gboolean taken; /* as a UUID */
} UuidRow;

static const UuidRow uuids[] = {
  { "plain", UUID, TRUE },
  { "upper-case", "12345678-9ABC-DEF0-1234-56789ABCDEF0", TRUE },
  { "no-hyphens", "123456789abcdef0123456789abcdef0", TRUE },
  { "odd-hyphens", " 1234-5678 9abcdef0-1234-56789abcdef0\n", TRUE },
  { "climbs", "../../../../../etc/passwd", FALSE },
  { "climbs-behind", "12345678-9abc-def0-1234-56789abcdef0/../../x", FALSE },
  { "slash-inside", "12345678/9abc-def0-1234-56789abcdef0", FALSE },
  { "short", "12345678-9abc-def0-1234-56789abcdef", FALSE },
  { "long", "12345678-9abc-def0-1234-56789abcdef01", FALSE },
  { "empty", "", FALSE },
  { "none", NULL, FALSE },
};

static void
test_uuid (gconstpointer data)
{
  const UuidRow *row = data;
  char *scratch = vh_scratch_new ();
  g_autofree char *file = vh_scratch_write (scratch, "a.xml", "", 0600);
  g_autofree char *folder = backup_folder (row->uuid, file);
  if (row->taken)
    g_assert_cmpstr (folder, ==, UUID);
  else
    {
      g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, file, -1);
      g_assert_cmpstr (folder, ==, sum);
    }
  vh_scratch_free (scratch);
}

/* Two ways to one file lead to the same backups. */
static void
test_same_file (void)
{
  char *scratch = vh_scratch_new ();
  g_autofree char *file = vh_scratch_write (scratch, "a.xml", "", 0600);
  g_autofree char *other = vh_scratch_write (scratch, "b.xml", "", 0600);
  g_autofree char *link = g_build_filename (scratch, "link.xml", NULL);
  g_assert_cmpint (symlink (file, link), ==, 0);
  g_autofree char *one = backup_folder (NULL, file);
  g_autofree char *same = backup_folder (NULL, link);
  g_autofree char *another = backup_folder (NULL, other);
  g_assert_cmpstr (one, ==, same);
  g_assert_cmpstr (one, !=, another);
  vh_scratch_free (scratch);
}

static void
test_newest_50 (void)
{
  char *scratch = vh_scratch_new ();
  g_autoptr (VhDomainInfo) info = stored_info (UUID, "x");
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  const VhHistoryEntry nothing = { .what = NULL };
  for (guint i = 0; i < 53; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);
      g_autoptr (GBytes) text = stored_bytes (number);
      g_free (last);
      last = vh_store_backup (info, text, NULL);
      g_assert_nonnull (last);
      vh_store_keep_backup (last, &nothing);
      if (!first)
        first = g_strdup (last);
      g_assert_true (i == 0 || strcmp (first, last) < 0);
    }
  g_autofree char *folder = g_path_get_dirname (first);
  g_assert_cmpuint (vh_scratch_count (folder), ==, 2 * 50); /* each with its note */
  g_assert_false (g_file_test (first, G_FILE_TEST_EXISTS));
  g_autofree char *read = vh_scratch_read (last);
  g_assert_cmpstr (read, ==, "52");
  vh_scratch_free (scratch);
}

static void
test_no_room_for_backups (void)
{
  char *scratch = vh_scratch_new ();
  g_autofree char *in_the_way = vh_scratch_write (scratch, "state", "not a folder", 0600);
  g_autoptr (VhDomainInfo) info = stored_info (UUID, "x");
  g_autoptr (GBytes) text = stored_bytes ("x");
  g_autoptr (GError) error = NULL;
  g_assert_null (vh_store_backup (info, text, &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == G_FILE_ERROR);
  g_assert_nonnull (strstr (error->message, in_the_way));
  vh_scratch_free (scratch);
}

/* A relative path in the variable does not count. */
static void
test_relative_variable (void)
{
  if (!vh_scratch_is_alone ())
    return;
  char *scratch = vh_scratch_new ();
  g_setenv ("HOME", scratch, TRUE);
  g_setenv ("XDG_STATE_HOME", "relative", TRUE);
  g_autofree char *folder = backup_folder (UUID, "x");
  g_autofree char *expected =
      g_build_filename (scratch, ".local", "state", "virt-hotplug", "backups", folder, NULL);
  g_assert_cmpuint (vh_scratch_count (expected), ==, 1);
  vh_scratch_free (scratch);
}

static void
test_cache (void)
{
  char *scratch = vh_scratch_new ();
  g_assert_null (vh_store_find_caps ("a key"));
  g_autoptr (VhCaps) caps = vh_caps_new ();
  vh_caps_set_qemu (caps, VH_VERSION (7, 2, 22), VH_ORIGIN_PROBED);
  vh_caps_set (caps, VH_FACT_QEMU_ICH9_BRIDGE, VH_KNOWN_YES, VH_ORIGIN_PROBED, "QMP");
  vh_caps_set (caps, VH_FACT_DEFAULT_BRIDGE, VH_KNOWN_NO, VH_ORIGIN_PROBED, "qom-get");
  caps->machine_canonical = g_strdup ("pc-q35-6.0");
  vh_store_keep_caps ("a key", caps);

  g_autoptr (VhCaps) found = vh_store_find_caps ("a key");
  g_assert_nonnull (found);
  g_assert_cmpuint (found->qemu, ==, VH_VERSION (7, 2, 22));
  g_assert_cmpint (found->qemu_origin, ==, VH_ORIGIN_PROBED);
  const VhFact *fact = vh_caps_get (found, VH_FACT_DEFAULT_BRIDGE);
  g_assert_cmpint (fact->value, ==, VH_KNOWN_NO);
  g_assert_cmpint (fact->origin, ==, VH_ORIGIN_PROBED);
  g_assert_cmpstr (fact->from, ==, "qom-get");
  g_assert_cmpint (vh_caps_get (found, VH_FACT_QEMU_PIIX4_ROOT)->value, ==, VH_KNOWN_UNKNOWN);
  g_assert_cmpstr (found->machine_canonical, ==, "pc-q35-6.0");
  g_assert_null (vh_store_find_caps ("another key"));
  vh_scratch_free (scratch);
}

/* What lies there may be anything. */
static void
test_damaged_cache (void)
{
  char *scratch = vh_scratch_new ();
  g_autoptr (VhCaps) caps = vh_caps_new ();
  vh_store_keep_caps ("a key", caps);
  g_autofree char *folder = g_build_filename (scratch, "cache", "virt-hotplug", "probes", NULL);
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  const char *name = g_dir_read_name (directory);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_assert_cmpuint (vh_scratch_get_mode (path), ==, 0600);
  g_assert_cmpuint (vh_scratch_get_mode (folder), ==, 0700);
  g_assert_cmpint (chmod (path, 0666), ==, 0);
  g_autoptr (VhCaps) of_anybody = vh_store_find_caps ("a key");
  g_assert_null (of_anybody);
  g_free (vh_scratch_write (folder, name, "not a recording", 0600));
  g_assert_null (vh_store_find_caps ("a key"));
  g_assert_cmpint (truncate (path, 2 * 1024 * 1024), ==, 0);
  g_assert_null (vh_store_find_caps ("a key"));
  g_assert_cmpint (unlink (path), ==, 0);
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  g_assert_null (vh_store_find_caps ("a key"));
  vh_scratch_free (scratch);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/backup", test_backup);
  g_test_add_func ("/store/same-file", test_same_file);
  g_test_add_func ("/store/newest-50", test_newest_50);
  g_test_add_func ("/store/no-room-for-backups", test_no_room_for_backups);
  g_test_add_func ("/store/relative-variable", test_relative_variable);
  g_test_add_func ("/store/cache", test_cache);
  g_test_add_func ("/store/damaged-cache", test_damaged_cache);
  for (guint i = 0; i < G_N_ELEMENTS (uuids); i++)
    {
      g_autofree char *path = g_strdup_printf ("/store/uuid/%s", uuids[i].name);
      g_test_add_data_func (path, &uuids[i], test_uuid);
    }
  return g_test_run ();
}
