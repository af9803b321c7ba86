/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/io/writer.h"

#include "model/i18n.h"
#include "model/io/store.h"
#include "model/io/write.h"

void
vh_write_report_free (VhWriteReport *report)
{
  if (!report)
    return;
  g_free (report->message);
  g_ptr_array_unref (report->notes);
  g_free (report->backup);
  g_clear_pointer (&report->now, vh_document_unref);
  g_clear_pointer (&report->info, vh_domain_info_free);
  g_free (report);
}

/* Nothing was stored, so there is nothing to come back from. */
static void
drop_backup (VhWrite *write)
{
  if (write->report->backup)
    vh_store_drop_backup (write->report->backup);
  g_clear_pointer (&write->report->backup, g_free);
}

/* A connection that went before anything was stored may simply be made
 * again. */
static GBytes *
read_again (VhWrite *write, GError **error)
{
  g_autoptr (GError) lost = NULL;
  GBytes *bytes = vh_write_read_now (write, &lost);
  if (bytes)
    return bytes;
  if (!g_error_matches (lost, VH_SOURCE_ERROR, VH_SOURCE_ERROR_LOST) ||
      !write->source->ops->reconnect)
    {
      g_propagate_error (error, g_steal_pointer (&lost));
      return NULL;
    }
  return vh_source_reconnect (write->source, error) ? vh_write_read_now (write, error) : NULL;
}

static gboolean
is_unchanged (VhWrite *write)
{
  g_autoptr (GError) failure = NULL;
  write->defines_before = vh_write_count_defines (write);
  g_autoptr (GBytes) now = read_again (write, &failure);
  if (now && vh_write_is_document (now, write->base))
    return TRUE;
  drop_backup (write);
  if (g_error_matches (failure, VH_SOURCE_ERROR, VH_SOURCE_ERROR_NOT_FOUND))
    vh_write_end_gone (write);
  else if (!now)
    vh_write_end (write, VH_WRITE_FAILED, _ ("%s Nothing was written."), failure->message);
  else
    vh_write_end (
        write, VH_WRITE_CONFLICT,
        _ ("The domain was changed by someone else since it was loaded. Nothing was written."));
  return FALSE;
}

static gboolean
may_write (VhWrite *write)
{
  const VhDomainInfo *info = write->report->info;
  if (info->read_only)
    vh_write_end (
        write, VH_WRITE_FAILED,
        _ ("%s is open read-only, so its passwords were not given to us and would be lost. Nothing "
           "was "
           "written: connect without --readonly."),
        info->name);
  else if (!info->persistent)
    vh_write_end (
        write, VH_WRITE_REFUSED,
        _ ("%s is transient: to write it would make it persistent. Nothing was written: define it "
           "first "
           "if it shall be kept."),
        info->name);
  else
    return TRUE;
  drop_backup (write);
  return FALSE;
}

static void
note_managed_save (VhWrite *write)
{
  if (write->report->info->managed_save)
    g_ptr_array_add (
        write->report->notes,
        g_strdup (
            _ ("The domain has a managed save image: the next start still uses the old "
               "configuration. Remove the image with \"virsh managedsave-remove\" to use the new "
               "one.")));
}

/* The history says what the text was right after a write that went well. */
static void
keep_backup (const VhWrite *write)
{
  const VhWriteReport *report = write->report;
  if (!report->backup)
    return;
  g_autoptr (VhHistoryEntry) entry = g_new0 (VhHistoryEntry, 1);
  entry->what = g_strdup (write->options->what);
  entry->source = g_strdup (write->source->name);
  entry->host = g_strdup (write->source->host);
  if (report->outcome == VH_WRITE_DONE && report->now)
    entry->after =
        g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, vh_document_get_bytes (report->now));
  vh_store_keep_backup (report->backup, entry);
}

/* The text itself says whose it is, that of a file as well. */
static gboolean
back_up (VhWrite *write)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (VhDomainInfo) info = vh_store_new_owner (write->base, write->source->name);
  write->report->backup = vh_store_backup (info, vh_document_get_bytes (write->base), &failure);
  if (write->report->backup)
    return TRUE;
  vh_write_end (write, VH_WRITE_FAILED, _ ("No backup could be made, so nothing was written. %s"),
                failure->message);
  return FALSE;
}

/* A configuration that the schema refused all along can be written without
 * it, if the user says so. The daemon has no call that only checks. */
static void
end_schema (VhWrite *write, const GError *refused)
{
  const VhSourceOps *ops = write->source->ops;
  GBytes *base = vh_document_get_bytes (write->base);
  VhKnown valid = ops->check_schema ? ops->check_schema (write->source, base) : VH_KNOWN_UNKNOWN;
  if (valid == VH_KNOWN_YES)
    vh_write_end (write, VH_WRITE_REFUSED, _ ("%s Nothing was written."), refused->message);
  else
    vh_write_end (
        write, VH_WRITE_INVALID_BEFORE,
        _ ("%1$s %2$s Nothing was written: use --no-validate to write it all the same; what is "
           "stored is compared afterwards."),
        refused->message,
        valid == VH_KNOWN_NO
            ? _ ("The domain was invalid before this change as well.")
            : _ ("Whether the domain was valid before this change cannot be told here."));
}

static void
end_refused (VhWrite *write, const GError *refused)
{
  VhWriteOutcome outcome = VH_WRITE_FAILED;
  drop_backup (write);
  if (g_error_matches (refused, VH_SOURCE_ERROR, VH_SOURCE_ERROR_SCHEMA))
    {
      end_schema (write, refused);
      return;
    }
  if (g_error_matches (refused, VH_SOURCE_ERROR, VH_SOURCE_ERROR_REFUSED) ||
      g_error_matches (refused, VH_SOURCE_ERROR, VH_SOURCE_ERROR_UNSUPPORTED))
    outcome = VH_WRITE_REFUSED;
  else if (g_error_matches (refused, VH_SOURCE_ERROR, VH_SOURCE_ERROR_CONFLICT))
    outcome = VH_WRITE_CONFLICT;
  vh_write_end (write, outcome, _ ("%s Nothing was written."), refused->message);
}

static void
store (VhWrite *write)
{
  g_autoptr (GError) failure = NULL;
  VhReplaceFlags flags = write->options->no_validate ? 0 : VH_REPLACE_VALIDATE;
  GBytes *bytes = vh_document_get_bytes (write->after);
  if (write->source->ops->replace (write->source, bytes, flags, &failure))
    vh_write_verify (write);
  else if (g_error_matches (failure, VH_SOURCE_ERROR, VH_SOURCE_ERROR_LOST))
    vh_write_recover (write, failure, FALSE);
  else
    end_refused (write, failure);
}

VhWriteReport *
vh_writer_write (VhSource *source, VhDocument *base, VhDocument *after,
                 const VhWriteOptions *options)
{
  VhWriteReport *report = g_new0 (VhWriteReport, 1);
  report->notes = g_ptr_array_new_with_free_func (g_free);
  VhWrite write = { source, base, after, options, report, 0 };
  if (vh_write_is_document (vh_document_get_bytes (base), after))
    vh_write_end (&write, VH_WRITE_DONE, _ ("There is nothing to change."));
  else if (back_up (&write) && is_unchanged (&write) && may_write (&write))
    {
      note_managed_save (&write);
      store (&write);
    }
  keep_backup (&write);
  return report;
}
