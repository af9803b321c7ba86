/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/load_live.h"

#include "model/i18n.h"

static VhResult *
wait_for (VhLoader *loader, VhJobKind kind, guint generation, GError **error)
{
  const VhRequest request = { vh_loader_get_worker (loader), kind, generation };
  return vh_loader_wait (loader, &request, error);
}

static gboolean
fail (GError **error, const char *words)
{
  g_set_error_literal (error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_UNSUPPORTED, words);
  return FALSE;
}

/* What libvirt gives for a domain that has stopped meanwhile has no id. */
static gboolean
runs (const VhDocument *document)
{
  g_autofree char *id = vh_document_dup_attribute (document, 0, "id");
  return id != NULL;
}

static gboolean
may_compare (VhLoader *loader, const VhSession *next, GError **error)
{
  const VhOptions *options = vh_loader_get_options (loader);
  if (next->info->is_file)
    return fail (error, _ ("This is a file: it does not run. Name a domain."));
  if (options->machine || options->qemu)
    return fail (error,
                 _ ("--machine and --qemu imagine another machine: leave them out to see what "
                    "runs."));
  return vh_loader_get_worker (loader) ||
         fail (error, _ ("libvirt did not answer: start the program again."));
}

guint
vh_load_begin_live (VhLoader *loader, const VhSession *next)
{
  return vh_domain_info_is_active (next->info) && may_compare (loader, next, NULL)
             ? vh_worker_read_live (vh_loader_get_worker (loader))
             : 0;
}

gboolean
vh_load_take_live (const VhSession *next, VhResult *read, VhLive **live, GError **error)
{
  *live = NULL;
  g_autoptr (VhDocument) document = vh_document_new (read->bytes, error);
  if (!document)
    return FALSE;
  if (!runs (document))
    return TRUE;
  *live = vh_live_new (document, next, error);
  return *live != NULL;
}

gboolean
vh_load_live (VhLoader *loader, const VhSession *next, VhLive **live, GError **error)
{
  *live = NULL;
  if (!may_compare (loader, next, error))
    return FALSE;
  VhWorker *worker = vh_loader_get_worker (loader);
  g_autoptr (VhResult) read =
      wait_for (loader, VH_JOB_READ_LIVE, vh_worker_read_live (worker), error);
  return read && vh_load_take_live (next, read, live, error);
}

gboolean
vh_load_answers (VhLoader *loader, VhLive *live, GError **error)
{
  VhWorker *worker = vh_loader_get_worker (loader);
  if (!worker)
    return fail (error, _ ("libvirt did not answer: start the program again."));
  g_autoptr (VhResult) asked =
      wait_for (loader, VH_JOB_ASK, vh_worker_ask (worker, live->session->base->document), error);
  if (!asked)
    return FALSE;
  vh_live_take_answers (live, g_steal_pointer (&asked->answers));
  return TRUE;
}
