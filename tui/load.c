/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/load.h"

#include <string.h>

#include "model/i18n.h"
#include "model/reduce.h"
#include "tui/demo.h"
#include "tui/load_parts.h"
#include "tui/output.h"

G_DEFINE_QUARK (vh_load_error, vh_load_error)

VhLoader *
vh_loader_new (const VhOptions *options)
{
  VhLoader *loader = g_new0 (VhLoader, 1);
  loader->options = options;
  loader->inbox = vh_inbox_new ();
  loader->uri = g_strdup (options->connect);
  g_queue_init (&loader->others);
  return loader;
}

VhLoader *
vh_loader_new_for_source (const VhOptions *options, VhSource *source)
{
  VhLoader *loader = vh_loader_new (options);
  loader->libvirt = vh_worker_new_for_source (source, loader->inbox);
  loader->current = loader->libvirt;
  return loader;
}

void
vh_loader_free (VhLoader *loader)
{
  if (!loader)
    return;
  g_clear_pointer (&loader->file, vh_worker_free);
  g_clear_pointer (&loader->libvirt, vh_worker_free);
  if (loader->demo_directory)
    vh_demo_remove (loader->demo_directory);
  if (vh_worker_has_abandoned ())
    return; /* its thread still uses the inbox; the process ends by _exit */
  g_queue_clear_full (&loader->others, (GDestroyNotify) vh_result_free);
  vh_inbox_free (loader->inbox);
  g_free (loader->demo_directory);
  g_free (loader->uri);
  g_free (loader);
}

void
vh_loader_watch (VhLoader *loader)
{
  loader->watches = TRUE;
}

void
vh_loader_skip_details (VhLoader *loader)
{
  loader->without_details = TRUE;
}

gboolean
vh_load_is_file (const char *target)
{
  return strchr (target, '/') || g_str_equal (target, "-");
}

/* Nothing holds on to a worker that was left to its hung call. */
static void
abandon (VhLoader *loader, VhWorker *worker)
{
  VhWorker **holders[] = { &loader->libvirt, &loader->file, &loader->current };
  vh_worker_abandon (worker);
  loader->is_stuck = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (holders); i++)
    if (*holders[i] == worker)
      *holders[i] = NULL;
}

gboolean
vh_load_fail_without_answer (const VhLoader *loader, VhJobKind kind, GError **error)
{
  g_set_error (
      error, VH_LOAD_ERROR, VH_LOAD_ERROR_NO_ANSWER,
      _ ("No answer from %1$s while %2$s. Is the daemon stopped or overloaded? Try “virsh list”."),
      loader->uri ? loader->uri : "libvirt", vh_wait_describe (kind));
  return FALSE;
}

VhResult *
vh_loader_wait (VhLoader *loader, const VhRequest *request, GError **error)
{
  const gboolean is_file = request->worker == loader->file;
  const VhAwaited awaited = {
    .kind = request->kind,
    .generation = request->generation,
    /* A file may be a pipe that someone still types a password for. */
    .limit_ms = is_file ? G_MAXINT : vh_wait_get_limit (loader->uri, request->kind),
    .uri = loader->uri,
    .is_told = loader->options->demo,
    .wait = loader->wait,
    .data = loader->wait_data,
    .worker = request->worker,
    .others = &loader->others,
  };
  vh_output_debug ("%s: %s", vh_wait_describe (request->kind),
                   is_file       ? "file"
                   : loader->uri ? loader->uri
                                 : _ ("libvirt's default"));
  g_autoptr (VhResult) result = vh_wait_for (loader->inbox, &awaited);
  if (!result)
    {
      abandon (loader, request->worker);
      vh_load_fail_without_answer (loader, request->kind, error);
      return NULL;
    }
  if (result->error)
    {
      g_propagate_error (error, g_steal_pointer (&result->error));
      return NULL;
    }
  return g_steal_pointer (&result);
}

VhResult *
vh_loader_pop (VhLoader *loader)
{
  VhResult *result = g_queue_pop_head (&loader->others);
  return result ? result : vh_inbox_pop (loader->inbox, 0);
}

void
vh_loader_give_up (VhLoader *loader, VhJobKind kind, GError **error)
{
  if (loader->current)
    abandon (loader, loader->current);
  vh_load_fail_without_answer (loader, kind, error);
}

VhResult *
vh_loader_wait_any (VhLoader *loader, VhJobKind kind, GError **error)
{
  VhResult *result = g_queue_pop_head (&loader->others);
  if (!result)
    result = vh_inbox_pop (loader->inbox, vh_wait_get_limit (loader->uri, kind));
  if (result)
    return result;
  vh_loader_give_up (loader, kind, error);
  return NULL;
}

void
vh_loader_set_waiter (VhLoader *loader, VhWaitFunc wait, gpointer data)
{
  loader->wait = wait;
  loader->wait_data = data;
}

/* What is wrong with the text is told with the name of who has it. */
static VhSession *
make_session (VhLoader *loader, const char *target, VhResult *read, guint *asked, GError **error)
{
  const char *name = g_str_equal (target, "-") ? _ ("standard input") : target;
  g_autoptr (VhDocument) document = vh_document_new_terminated (read->bytes, error);
  if (!document)
    {
      g_prefix_error (error, "%s: ", name);
      return NULL;
    }
  g_autoptr (VhCaps) caps = asked ? vh_loader_begin_caps (loader, document, asked, error)
                                  : vh_loader_find_caps (loader, document, error);
  if (!caps)
    {
      if (error && (*error)->domain == VH_TOPOLOGY_ERROR)
        g_prefix_error (error, "%s: ", name);
      return NULL;
    }
  return vh_session_new (document, g_steal_pointer (&read->info), g_steal_pointer (&caps), error);
}

VhResult *
vh_loader_read_again (VhLoader *loader, const char *target, GError **error)
{
  VhWorker *worker = loader->current;
  if (!worker)
    {
      vh_load_fail_without_answer (loader, VH_JOB_READ, error);
      return NULL;
    }
  const gboolean is_file = worker == loader->file;
  const VhRequest request = { worker, VH_JOB_READ,
                              vh_worker_read (worker, is_file ? NULL : target) };
  return vh_loader_wait (loader, &request, error);
}

static VhSession *
load (VhLoader *loader, const char *target, guint *asked, GError **error)
{
  if (!vh_loader_open (loader, target, error))
    return NULL;
  g_autoptr (VhResult) read = vh_loader_read_again (loader, target, error);
  return read ? make_session (loader, target, read, asked, error) : NULL;
}

VhSession *
vh_loader_load (VhLoader *loader, const char *target, GError **error)
{
  return load (loader, target, NULL, error);
}

VhSession *
vh_loader_load_early (VhLoader *loader, const char *target, guint *asked, GError **error)
{
  return load (loader, target, asked, error);
}

VhResult *
vh_loader_write (VhLoader *loader, const VhSession *session, gboolean no_validate, GError **error)
{
  g_autofree char *what = vh_session_describe (session);
  const VhWriteOptions options = { .no_validate = no_validate, .what = what };
  if (!loader->current)
    {
      vh_load_fail_without_answer (loader, VH_JOB_OPEN, error);
      return NULL;
    }
  const VhRequest request = { loader->current, VH_JOB_WRITE,
                              vh_worker_write (loader->current, session->base->document,
                                               session->after->document, &options) };
  return vh_loader_wait (loader, &request, error);
}

VhResult *
vh_loader_check (VhLoader *loader, const VhDocument *document, GError **error)
{
  if (loader->options->connect && !vh_load_open_libvirt (loader, error))
    return NULL;
  VhWorker *worker = loader->libvirt ? loader->libvirt : loader->current;
  g_autofree char *reduced = vh_reduce_new_xml (document);
  const VhRequest request = { worker, VH_JOB_VALIDATE, vh_worker_validate (worker, reduced) };
  return vh_loader_wait (loader, &request, error);
}

gboolean
vh_loader_has_files (const VhLoader *loader)
{
  return loader->demo_directory && !loader->libvirt;
}

VhWorker *
vh_loader_get_worker (const VhLoader *loader)
{
  return loader->current;
}

const VhOptions *
vh_loader_get_options (const VhLoader *loader)
{
  return loader->options;
}

VhInbox *
vh_loader_get_inbox (const VhLoader *loader)
{
  return loader->inbox;
}

const char *
vh_loader_get_title (const VhLoader *loader)
{
  return loader->title;
}

const char *
vh_loader_get_uri (const VhLoader *loader)
{
  return loader->current == loader->file ? NULL : loader->uri;
}
