/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/load_write.h"

#include "model/i18n.h"
#include "model/verify.h"

#define UNKNOWN                                                                                    \
  N_ ("A second connection finds no answer either, so whether it was stored is not known: look "   \
      "with "                                                                                      \
      "“virt-hotplug show”.")

static VhDocument *
read_with (VhLoader *loader, VhWorker *worker, const VhDomainInfo *info, GError **error)
{
  const VhRequest open = { worker, VH_JOB_OPEN, 0 };
  g_autoptr (VhResult) opened = vh_loader_wait (loader, &open, error);
  if (!opened)
    return NULL;
  const VhRequest request = { worker, VH_JOB_READ,
                              vh_worker_read (worker, info->uuid ? info->uuid : info->name) };
  g_autoptr (VhResult) read = vh_loader_wait (loader, &request, error);
  return read ? vh_document_new (read->bytes, error) : NULL;
}

/* What is stored, over a connection of its own; NULL when that fails, too. */
static VhDocument *
read_anew (VhLoader *loader, const char *uri, const VhSession *session)
{
  const VhLibvirtOptions options = { .uri = uri };
  VhWorker *worker = vh_worker_new_libvirt (&options, vh_loader_get_inbox (loader));
  g_autoptr (GError) failure = NULL;
  VhDocument *stored = read_with (loader, worker, session->info, &failure);
  /* One that was waited for in vain is abandoned already. */
  if (!g_error_matches (failure, VH_LOAD_ERROR, VH_LOAD_ERROR_NO_ANSWER))
    vh_worker_free (worker);
  return stored;
}

/* libvirt formats what it stores, and may add to it: bytes tell nothing. */
static gboolean
is_stored (const VhSession *session, const VhDocument *wanted, const VhDocument *stored)
{
  g_autoptr (VhVerdict) verdict = vh_verify_new (session->base->document, wanted, stored);
  return vh_verdict_is_good (verdict);
}

static const char *
describe_stored (const VhSession *session, const VhDocument *stored, VhWriteOutcome *outcome)
{
  *outcome = VH_WRITE_UNKNOWN;
  if (is_stored (session, session->after->document, stored))
    {
      *outcome = VH_WRITE_DONE;
      return _ ("A second connection finds the new configuration stored.");
    }
  if (is_stored (session, session->base->document, stored))
    return _ ("A second connection finds the old configuration, but the call that hangs may still "
              "store the new one: look with “virt-hotplug show” before you try again.");
  return _ ("A second connection finds neither the old nor the new configuration: someone else "
            "changed it. Look with “virt-hotplug show”.");
}

/* Takes the place of the result that does not come. Takes `now`. */
static VhResult *
new_report (VhDocument *now, const VhSession *session, const GError *silence)
{
  g_autoptr (VhDocument) stored = now;
  VhWriteReport *report = g_new0 (VhWriteReport, 1);
  report->notes = g_ptr_array_new_with_free_func (g_free);
  report->outcome = VH_WRITE_UNKNOWN;
  const char *found = stored ? describe_stored (session, stored, &report->outcome) : NULL;
  report->message = g_strconcat (silence->message, " ", found ? found : _ (UNKNOWN), NULL);
  report->now = g_steal_pointer (&stored);
  VhResult *result = g_new0 (VhResult, 1);
  result->kind = VH_JOB_WRITE;
  result->report = report;
  return result;
}

VhResult *
vh_load_write (VhLoader *loader, const VhSession *session, gboolean no_validate, GError **error)
{
  g_autoptr (GError) silence = NULL;
  g_autofree char *uri = g_strdup (vh_loader_get_uri (loader)); /* forgotten with the worker */
  VhResult *result = vh_loader_write (loader, session, no_validate, &silence);
  if (result)
    return result;
  if (!session->info->is_file && g_error_matches (silence, VH_LOAD_ERROR, VH_LOAD_ERROR_NO_ANSWER))
    return new_report (read_anew (loader, uri, session), session, silence);
  g_propagate_error (error, g_steal_pointer (&silence));
  return NULL;
}
