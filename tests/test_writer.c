/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/io/writer.h"

#include "model/io/store.h"

#include "fake_source.h"
#include "scratch.h"
#include "writer_rows.h"

#include <string.h>

static void
assert_backup (const VhWriteReport *report, gboolean expected, const char *scratch)
{
  g_autofree char *folder =
      g_build_filename (scratch, "state", "virt-hotplug", "backups", UUID, NULL);
  g_assert_cmpint (report->backup != NULL, ==, expected);
  g_assert_cmpuint (vh_scratch_count (folder), ==, expected ? 2 : 0); /* with its note */
  if (!expected)
    return;
  g_autofree char *text = vh_scratch_read (report->backup);
  g_assert_cmpstr (text, ==, BASE);
}

static void
test_row (gconstpointer data)
{
  const VhWriterRow *row = data;
  char *scratch = vh_scratch_new ();
  VhFakeOptions options = row->options;
  options.rules = row->rules;
  g_autoptr (VhSource) source = vh_fake_source_new (BASE, &options);
  g_autoptr (VhDocument) base = vh_fake_new_document (BASE);
  g_autoptr (VhDocument) after = vh_fake_new_document (AFTER);
  g_autoptr (VhWriteReport) report = vh_writer_write (source, base, after, &row->how);
  vh_scratch_tell (report->message);
  g_assert_cmpint (report->outcome, ==, row->outcome);
  g_assert_cmpstr (vh_fake_source_get_text (source), ==, row->stored);
  g_assert_cmpuint (report->notes->len, ==, row->notes);
  g_assert_true (g_str_has_suffix (report->message, ".") || strstr (report->message, ".xml."));
  if (row->words)
    g_assert_nonnull (strstr (report->message, row->words));
  if (row->whole)
    g_assert_cmpstr (report->message, ==, row->whole);
  if (report->now)
    g_assert_cmpstr (vh_document_get_text (report->now, NULL), ==, row->stored);
  assert_backup (report, row->backup, scratch);
  vh_scratch_free (scratch);
}

/* What is stored already is not stored again. */
static void
test_nothing_to_change (void)
{
  const VhFakeOptions options = { .rules = NULL };
  const VhWriteOptions how = { .no_validate = FALSE };
  g_autoptr (VhSource) source = vh_fake_source_new (BASE, &options);
  g_autoptr (VhDocument) base = vh_fake_new_document (BASE);
  g_autoptr (VhDocument) same = vh_fake_new_document (BASE);
  g_autoptr (VhWriteReport) report = vh_writer_write (source, base, same, &how);
  g_assert_cmpint (report->outcome, ==, VH_WRITE_DONE);
  g_assert_cmpuint (vh_fake_source_get_n_calls (source, VH_FAKE_REPLACE), ==, 0);
}

/* Without a backup nothing is written. */
static void
test_no_backup (void)
{
  char *scratch = vh_scratch_new ();
  g_autofree char *in_the_way = vh_scratch_write (scratch, "state", "", 0600);
  const VhFakeOptions options = { .rules = NULL };
  const VhWriteOptions how = { .no_validate = FALSE };
  g_autoptr (VhSource) source = vh_fake_source_new (BASE, &options);
  g_autoptr (VhDocument) base = vh_fake_new_document (BASE);
  g_autoptr (VhDocument) after = vh_fake_new_document (AFTER);
  g_autoptr (VhWriteReport) report = vh_writer_write (source, base, after, &how);
  g_assert_cmpint (report->outcome, ==, VH_WRITE_FAILED);
  g_assert_nonnull (strstr (report->message, in_the_way));
  g_assert_cmpstr (vh_fake_source_get_text (source), ==, BASE);
  vh_scratch_free (scratch);
}

/* Nothing slow lies between the comparison and the write: what comes while the
 * backup is made is noticed. */
static GBytes *(*true_read) (VhSource *source, VhDomainInfo **info, GError **error);
static char *backups;
static guint n_backups_at_first_read;

static GBytes *
counting_read (VhSource *source, VhDomainInfo **info, GError **error)
{
  if (vh_fake_source_get_n_calls (source, VH_FAKE_READ) == 0)
    n_backups_at_first_read = vh_scratch_count (backups);
  return true_read (source, info, error);
}

static void
test_backup_first (void)
{
  char *scratch = vh_scratch_new ();
  backups = g_build_filename (scratch, "state", "virt-hotplug", "backups", UUID, NULL);
  const VhFakeOptions options = { .rules = NULL };
  const VhWriteOptions how = { .no_validate = FALSE };
  g_autoptr (VhSource) source = vh_fake_source_new (BASE, &options);
  VhSourceOps ops = *source->ops;
  true_read = ops.read;
  ops.read = counting_read;
  source->ops = &ops;
  g_autoptr (VhDocument) base = vh_fake_new_document (BASE);
  g_autoptr (VhDocument) after = vh_fake_new_document (AFTER);
  g_autoptr (VhWriteReport) report = vh_writer_write (source, base, after, &how);
  g_assert_cmpint (report->outcome, ==, VH_WRITE_DONE);
  g_assert_cmpuint (n_backups_at_first_read, ==, 1);
  g_free (backups);
  vh_scratch_free (scratch);
}

/* The event of a roll back does not count against the next write. */
static void
test_write_again (void)
{
  char *scratch = vh_scratch_new ();
  static const VhFakeRule rules[] = { { VH_FAKE_REPLACE, 1, VH_FAKE_TAKE, 0, BASE },
                                      { VH_FAKE_NO_CALL, 0, 0, 0, NULL } };
  const VhFakeOptions options = { .rules = rules };
  const VhWriteOptions how = { .no_validate = FALSE };
  g_autoptr (VhSource) source = vh_fake_source_new (BASE, &options);
  g_autoptr (VhDocument) base = vh_fake_new_document (BASE);
  g_autoptr (VhDocument) after = vh_fake_new_document (AFTER);
  g_autoptr (VhWriteReport) first = vh_writer_write (source, base, after, &how);
  g_assert_cmpint (first->outcome, ==, VH_WRITE_ROLLED_BACK);
  g_autoptr (VhWriteReport) second = vh_writer_write (source, base, after, &how);
  g_assert_cmpint (second->outcome, ==, VH_WRITE_DONE);
  vh_scratch_free (scratch);
}

/* The history of the domain; caller unrefs. */
static GPtrArray *
list_backups (void)
{
  g_autoptr (VhDocument) base = vh_fake_new_document (BASE);
  g_autoptr (VhDomainInfo) owner = vh_store_new_owner (base, "fake");
  GPtrArray *list = vh_store_list_backups (owner, NULL);
  g_assert_nonnull (list);
  return list;
}

/* The oldest of the 50 goes when a write is done, not when it is tried. */
static void
test_failed_write_costs_no_backup (void)
{
  char *scratch = vh_scratch_new ();
  static const VhFakeRule rules[] = { { VH_FAKE_REPLACE, 1, VH_FAKE_FAIL, VH_SOURCE_ERROR_REFUSED,
                                        NULL },
                                      { VH_FAKE_NO_CALL, 0, 0, 0, NULL } };
  const VhFakeOptions options = { .rules = rules };
  const VhWriteOptions how = { .no_validate = FALSE };
  g_autoptr (VhDocument) base = vh_fake_new_document (BASE);
  g_autoptr (VhDocument) after = vh_fake_new_document (AFTER);
  g_autoptr (VhDomainInfo) owner = vh_store_new_owner (base, "fake");
  const VhHistoryEntry nothing = { .what = NULL };
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *path = vh_store_backup (owner, vh_document_get_bytes (base), NULL);
      vh_store_keep_backup (path, &nothing);
    }
  g_autoptr (GPtrArray) before = list_backups ();
  g_autoptr (VhSource) source = vh_fake_source_new (BASE, &options);
  g_autoptr (VhWriteReport) failed = vh_writer_write (source, base, after, &how);
  g_assert_cmpint (failed->outcome, ==, VH_WRITE_REFUSED);
  g_autoptr (GPtrArray) kept = list_backups ();
  g_assert_cmpuint (kept->len, ==, 50);
  g_assert_cmpstr (((VhHistoryEntry *) kept->pdata[49])->name, ==,
                   ((VhHistoryEntry *) before->pdata[49])->name);
  g_autoptr (VhWriteReport) done = vh_writer_write (source, base, after, &how);
  g_assert_cmpint (done->outcome, ==, VH_WRITE_DONE);
  g_autoptr (GPtrArray) pruned = list_backups ();
  g_assert_cmpuint (pruned->len, ==, 50);
  g_assert_cmpstr (((VhHistoryEntry *) pruned->pdata[0])->path, ==, done->backup);
  vh_scratch_free (scratch);
}

/* The history knows what was done, and the text right after it; of a write
 * that was rolled back there is no such text. */
static void
test_history (void)
{
  char *scratch = vh_scratch_new ();
  static const VhFakeRule rules[] = { { VH_FAKE_REPLACE, 1, VH_FAKE_TAKE, 0, BASE },
                                      { VH_FAKE_NO_CALL, 0, 0, 0, NULL } };
  const VhFakeOptions options = { .rules = rules };
  const VhWriteOptions how = { .what = "port 1 off" };
  g_autoptr (VhSource) source = vh_fake_source_new (BASE, &options);
  source->host = g_strdup ("here");
  g_autoptr (VhDocument) base = vh_fake_new_document (BASE);
  g_autoptr (VhDocument) after = vh_fake_new_document (AFTER);
  g_autoptr (VhWriteReport) rolled_back = vh_writer_write (source, base, after, &how);
  g_autoptr (VhWriteReport) done = vh_writer_write (source, base, after, &how);
  g_assert_cmpint (done->outcome, ==, VH_WRITE_DONE);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, AFTER, -1);
  g_autoptr (GPtrArray) list = list_backups ();
  g_assert_cmpuint (list->len, ==, rolled_back->backup ? 2 : 1);
  for (guint i = 0; i < list->len; i++)
    {
      const VhHistoryEntry *entry = list->pdata[i];
      g_assert_cmpstr (entry->what, ==, "port 1 off");
      g_assert_cmpstr (entry->host, ==, "here");
      g_assert_cmpstr (entry->source, ==, source->name);
      g_assert_cmpstr (entry->after, ==, i == 0 ? sum : NULL);
    }
  vh_scratch_free (scratch);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (const VhWriterRow *row = vh_writer_rows; row->name; row++)
    {
      g_autofree char *path = g_strdup_printf ("/writer/%s", row->name);
      g_test_add_data_func (path, row, test_row);
    }
  g_test_add_func ("/writer/nothing-to-change", test_nothing_to_change);
  g_test_add_func ("/writer/no-backup", test_no_backup);
  g_test_add_func ("/writer/backup-first", test_backup_first);
  g_test_add_func ("/writer/write-again", test_write_again);
  g_test_add_func ("/writer/failed-write-costs-no-backup", test_failed_write_costs_no_backup);
  g_test_add_func ("/writer/history", test_history);
  return g_test_run ();
}
