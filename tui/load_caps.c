/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Of the loader: capabilities, waited for or not. */
#include "model/i18n.h"
#include "tui/load_parts.h"
#include "tui/resolve.h"

#define KEPT_MS 200 /* what was kept is found by then, where a libvirt answers at all */

/* They are asked of the connection, whoever the document came from. */
static gboolean
open_beside (VhLoader *loader, GError **error)
{
  VhWorker *back = loader->current;
  if (!vh_load_open_libvirt (loader, error))
    return FALSE;
  loader->current = back;
  return TRUE;
}

static VhCaps *
probe (VhLoader *loader, VhDocument *document, GError **error)
{
  if (!open_beside (loader, error))
    return NULL;
  const VhRequest request = { loader->libvirt, VH_JOB_PROBE,
                              vh_worker_probe (loader->libvirt, document) };
  g_autoptr (VhResult) result = vh_loader_wait (loader, &request, error);
  return result ? g_steal_pointer (&result->caps) : NULL;
}

/* What was not kept is asked for now. */
static VhCaps *
take (VhLoader *loader, VhDocument *document, VhResult *result, guint *asked, GError **error)
{
  *asked = 0;
  if (result->error)
    {
      g_propagate_error (error, g_steal_pointer (&result->error));
      return NULL;
    }
  if (result->caps)
    return g_steal_pointer (&result->caps);
  if (!loader->libvirt)
    {
      vh_load_fail_without_answer (loader, VH_JOB_PROBE, error);
      return NULL;
    }
  *asked = vh_worker_probe (loader->libvirt, document);
  return vh_caps_new ();
}

/* Nobody is given up for being slow here. */
static VhResult *
wait_briefly (VhLoader *loader, guint generation)
{
  const VhAwaited awaited = {
    .kind = VH_JOB_PROBE,
    .generation = generation,
    .limit_ms = KEPT_MS,
    .uri = loader->uri,
    .is_told = TRUE,
    .worker = loader->libvirt,
    .others = &loader->others,
  };
  return vh_wait_for (loader->inbox, &awaited);
}

static VhCaps *
recall (VhLoader *loader, VhDocument *document, guint *asked, GError **error)
{
  if (!open_beside (loader, error))
    return NULL;
  *asked = vh_worker_recall (loader->libvirt, document);
  g_autoptr (VhResult) result = wait_briefly (loader, *asked);
  return result ? take (loader, document, result, asked, error) : vh_caps_new ();
}

gboolean
vh_loader_may_probe (const VhLoader *loader)
{
  if (loader->options->caps)
    return FALSE;
  return loader->options->connect || (loader->libvirt && loader->current == loader->libvirt);
}

/* A worker asks the binary, so that who waits is told what for. */
static VhCaps *
ask_emulator (VhLoader *loader, VhDocument *document, GError **error)
{
  const char *binary = loader->options->emulator;
  g_autoptr (GError) failure = NULL;
  if (!loader->file)
    loader->file = vh_worker_new_for_source (vh_source_new_file (binary), loader->inbox);
  const VhRequest request = { loader->file, VH_JOB_PROBE,
                              vh_worker_probe_binary (loader->file, document, binary) };
  g_autoptr (VhResult) result = vh_loader_wait (loader, &request, &failure);
  if (result)
    return g_steal_pointer (&result->caps);
  if (g_error_matches (failure, VH_LOAD_ERROR, VH_LOAD_ERROR_NO_ANSWER))
    g_set_error (error, VH_LOAD_ERROR, VH_LOAD_ERROR_NO_ANSWER,
                 _ ("%s was left before it answered. Use --emulator to ask another one."), binary);
  else
    g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

/* `asked` NULL: waits. */
static VhCaps *
find (VhLoader *loader, VhDocument *document, guint *asked, GError **error)
{
  const VhOptions *options = loader->options;
  g_autoptr (VhMachine) machine = vh_topology_read_machine (document, error);
  g_autoptr (VhCaps) real = NULL;
  if (!machine)
    return NULL;
  if (vh_loader_may_probe (loader))
    real = asked ? recall (loader, document, asked, error) : probe (loader, document, error);
  else if (options->emulator && !options->caps)
    real = ask_emulator (loader, document, error);
  else
    real = vh_resolve_offline_caps (options, machine, error);
  return real ? vh_resolve_imagined_caps (options, real, machine) : NULL;
}

VhCaps *
vh_loader_find_caps (VhLoader *loader, VhDocument *document, GError **error)
{
  return find (loader, document, NULL, error);
}

VhCaps *
vh_loader_begin_caps (VhLoader *loader, VhDocument *document, guint *asked, GError **error)
{
  *asked = 0;
  return find (loader, document, asked, error);
}

gboolean
vh_loader_take_caps (VhLoader *loader, VhSession *session, VhResult *result, guint *asked,
                     GError **error)
{
  VhDocument *document = session->base->document;
  g_autoptr (VhCaps) real = take (loader, document, result, asked, error);
  g_autoptr (VhMachine) machine = real ? vh_topology_read_machine (document, error) : NULL;
  if (!machine)
    return FALSE;
  if (!*asked)
    vh_session_set_caps (session, vh_resolve_imagined_caps (loader->options, real, machine));
  return TRUE;
}
