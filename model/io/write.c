/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/io/write.h"

#include "model/i18n.h"

void
vh_write_end (VhWrite *write, VhWriteOutcome outcome, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_free (write->report->message);
  write->report->message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  write->report->outcome = outcome;
}

char *
vh_write_describe_backup (const VhWrite *write)
{
  const char *backup = write->report->backup;
  return backup ? g_strdup_printf (_ (" The configuration before this write is in %s."), backup)
                : g_strdup ("");
}

void
vh_write_forget (VhWrite *write)
{
  g_clear_pointer (&write->report->now, vh_document_unref);
  g_clear_pointer (&write->report->info, vh_domain_info_free);
}

GBytes *
vh_write_read_now (VhWrite *write, GError **error)
{
  VhWriteReport *report = write->report;
  vh_write_forget (write);
  GBytes *bytes = write->source->ops->read (write->source, &report->info, error);
  if (bytes)
    report->now = vh_document_new (bytes, NULL);
  return bytes;
}

gboolean
vh_write_is_document (GBytes *bytes, const VhDocument *document)
{
  return g_bytes_equal (bytes, vh_document_get_bytes (document));
}

void
vh_write_end_gone (VhWrite *write)
{
  g_autofree char *backup = vh_write_describe_backup (write);
  vh_write_end (
      write, VH_WRITE_CONFLICT,
      _ ("The domain was undefined by someone else meanwhile. It was not defined again.%s"),
      backup);
}
