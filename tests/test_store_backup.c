/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The history of a domain, and what others may do to its files. */
#include "model/io/store.h"

#include "scratch.h"
#include "stored.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define UUID "12345678-9abc-def0-1234-56789abcdef0"

/* A backup with a note, as after a write; caller frees. */
static char *
keep (const VhDomainInfo *info, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = stored_bytes (text);
  char what[] = "bridge off\nport 3 default", source[] = "qemu:///system", host[] = "host=1",
       after[] = "0123";
  const VhHistoryEntry entry = { .what = what, .source = source, .host = host, .after = after };
  char *path = vh_store_backup (info, bytes, &error);
  g_assert_no_error (error);
  vh_store_keep_backup (path, &entry);
  return path;
}

static void
test_list (void)
{
  char *scratch = vh_scratch_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (VhDomainInfo) info = stored_info (UUID, "x");
  g_autoptr (GPtrArray) none = vh_store_list_backups (info, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
  g_autofree char *first = keep (info, "first");
  g_autoptr (GBytes) second_text = stored_bytes ("second");
  g_autofree char *second = vh_store_backup (info, second_text, NULL); /* was interrupted */
  g_autofree char *folder = g_path_get_dirname (first);
  g_free (vh_scratch_write (folder, "notes.xml", "", 0600));
  g_autoptr (GPtrArray) list = vh_store_list_backups (info, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 2);
  const VhHistoryEntry *newest = list->pdata[0], *oldest = list->pdata[1];
  g_assert_cmpstr (newest->path, ==, second);
  g_assert_null (newest->what);
  g_assert_null (newest->after);
  g_assert_cmpstr (oldest->path, ==, first);
  g_assert_cmpstr (oldest->what, ==, "bridge off\nport 3 default");
  g_assert_cmpstr (oldest->source, ==, "qemu:///system");
  g_assert_cmpstr (oldest->host, ==, "host=1");
  g_assert_cmpstr (oldest->after, ==, "0123");
  g_autoptr (GBytes) bytes = vh_store_read_backup (oldest, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, strlen ("first"));
  vh_store_drop_backup (first);
  vh_store_drop_backup (second);
  g_assert_cmpuint (vh_scratch_count (folder), ==, 1);
  vh_scratch_free (scratch);
}

/* What someone did to a backup behind our back, and the words of the refusal. */
typedef enum { LINK, OPEN, PIPE, GONE } Harm;
typedef struct {
  const char *name;
  Harm harm;
  const char *words;
} HarmRow;

static const HarmRow harms[] = {
  { "link", LINK, "symbolic link" },
  { "open-to-others", OPEN, "others may read" },
  { "pipe", PIPE, "no regular file" },
  { "gone", GONE, "No such file" },
};

static void
do_harm (Harm harm, const char *scratch, const char *path)
{
  if (harm == OPEN)
    {
      g_assert_cmpint (g_chmod (path, 0640), ==, 0);
      return;
    }
  g_assert_cmpint (unlink (path), ==, 0);
  if (harm == LINK)
    {
      g_autofree char *other = vh_scratch_write (scratch, "other", "<domain/>", 0600);
      g_assert_cmpint (symlink (other, path), ==, 0);
    }
  if (harm == PIPE)
    g_assert_cmpint (mkfifo (path, 0600), ==, 0);
}

static void
test_harm (gconstpointer data)
{
  const HarmRow *row = data;
  char *scratch = vh_scratch_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (VhDomainInfo) info = stored_info (UUID, "x");
  g_autofree char *path = keep (info, "text");
  g_autofree char *note = g_strndup (path, strlen (path) - strlen (".xml"));
  g_autofree char *note_path = g_strconcat (note, ".entry", NULL);
  g_autoptr (GPtrArray) list = vh_store_list_backups (info, NULL);
  do_harm (row->harm, scratch, path);
  g_assert_null (vh_store_read_backup (list->pdata[0], &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, row->words));
  do_harm (row->harm, scratch, note_path);
  g_autoptr (GPtrArray) again = vh_store_list_backups (info, NULL);
  g_assert_nonnull (again);
  for (guint i = 0; i < again->len; i++)
    g_assert_null (((const VhHistoryEntry *) again->pdata[i])->what);
  vh_scratch_free (scratch);
}

/* A folder that others can reach is neither read nor written to. */
static void
test_open_folder (void)
{
  char *scratch = vh_scratch_new ();
  g_autoptr (VhDomainInfo) info = stored_info (UUID, "x");
  g_autofree char *path = keep (info, "text");
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *moved = g_strconcat (folder, ".moved", NULL);
  g_autoptr (GBytes) text = stored_bytes ("x");
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) listed = NULL, written = NULL;
      if (i == 0)
        g_assert_cmpint (g_chmod (folder, 0750), ==, 0);
      else
        g_assert_true (g_chmod (folder, 0700) == 0 && g_rename (folder, moved) == 0 &&
                       symlink (moved, folder) == 0);
      g_assert_null (vh_store_list_backups (info, &listed));
      g_assert_null (vh_store_backup (info, text, &written));
      g_assert_nonnull (strstr (listed->message, i ? "symbolic link" : "others"));
      g_assert_nonnull (strstr (written->message, folder));
    }
  vh_scratch_free (scratch);
}

/* A note may hold anything. */
static void
test_damaged_note (void)
{
  static const char *const notes[] = { "", "[entry", "[other]\nwhat=x\n", "[entry]\nwhat=\\q\n",
                                       "[entry]\nwhat=\xff\n" };
  char *scratch = vh_scratch_new ();
  g_autoptr (VhDomainInfo) info = stored_info (UUID, "x");
  g_autofree char *path = keep (info, "text");
  g_autofree char *stem = g_strndup (path, strlen (path) - strlen (".xml"));
  g_autofree char *note = g_strconcat (stem, ".entry", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    {
      g_assert_true (g_file_set_contents (note, notes[i], -1, NULL) && g_chmod (note, 0600) == 0);
      g_autoptr (GPtrArray) list = vh_store_list_backups (info, NULL);
      g_assert_cmpuint (list->len, ==, 1);
      g_assert_null (((const VhHistoryEntry *) list->pdata[0])->what);
    }
  vh_scratch_free (scratch);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store_backup/list", test_list);
  for (gsize i = 0; i < G_N_ELEMENTS (harms); i++)
    {
      g_autofree char *path = g_strdup_printf ("/store_backup/harm/%s", harms[i].name);
      g_test_add_data_func (path, &harms[i], test_harm);
    }
  g_test_add_func ("/store_backup/open-folder", test_open_folder);
  g_test_add_func ("/store_backup/damaged-note", test_damaged_note);
  return g_test_run ();
}
