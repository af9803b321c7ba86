/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/load.h"

#include <string.h>

#include "model/io/probe.h"
#include "model/whatif.h"
#include "tui/demo.h"
#include "tui/output.h"

#define QEMU_LIMIT_MS 10000

struct VhLoader {
  const VhOptions *options;
  VhInbox *inbox;
  VhWorker *libvirt;
  VhWorker *file;
  VhWorker *current; /* one of the two */
  char *demo_directory;
  const char *title;
  char *uri; /* as given to libvirt; NULL: the default */
  VhWaitFunc wait;
  gpointer wait_data;
};

G_DEFINE_QUARK (vh - load - error, vh_load_error)

VhLoader *
vh_loader_new (const VhOptions *options)
{
  VhLoader *loader = g_new0 (VhLoader, 1);
  loader->options = options;
  loader->inbox = vh_inbox_new ();
  loader->uri = g_strdup (options->connect);
  return loader;
}

void
vh_loader_free (VhLoader *loader)
{
  if (!loader)
    return;
  if (vh_worker_has_abandoned ())
    return; /* its thread still uses the inbox; the process ends by _exit */
  g_clear_pointer (&loader->file, vh_worker_free);
  g_clear_pointer (&loader->libvirt, vh_worker_free);
  vh_inbox_free (loader->inbox);
  if (loader->demo_directory)
    vh_demo_remove (loader->demo_directory);
  g_free (loader->demo_directory);
  g_free (loader->uri);
  g_free (loader);
}

gboolean
vh_load_is_file (const char *target)
{
  return strchr (target, '/') || g_str_equal (target, "-");
}

VhResult *
vh_loader_wait (VhLoader *loader, VhJobKind kind, guint generation, GError **error)
{
  const VhAwaited awaited = {
    .kind = kind,
    .generation = generation,
    .limit_ms = vh_wait_get_limit (loader->uri, kind),
    .wait = loader->wait,
    .data = loader->wait_data,
  };
  g_autoptr (VhResult) result = vh_wait_for (loader->inbox, &awaited);
  if (!result)
    {
      vh_worker_abandon (loader->current);
      g_set_error (
          error, VH_LOAD_ERROR, VH_LOAD_ERROR_NO_ANSWER,
          "No answer from %s while %s%s. Is the daemon stopped or overloaded? Try “virsh list”.",
          loader->uri ? loader->uri : "libvirt", vh_wait_describe (kind),
          kind == VH_JOB_WRITE ? "; whether it was stored is not known" : "");
      return NULL;
    }
  if (result->error)
    {
      g_propagate_error (error, g_steal_pointer (&result->error));
      return NULL;
    }
  return g_steal_pointer (&result);
}

void
vh_loader_set_waiter (VhLoader *loader, VhWaitFunc wait, gpointer data)
{
  loader->wait = wait;
  loader->wait_data = data;
}

/* Everything that stores is asked of a connection that may; where that is
 * refused, one that only reads shows the same. */
static gboolean
connect_once (VhLoader *loader, gboolean read_only, GError **error)
{
  const VhLibvirtOptions options = {
    .uri = loader->uri,
    .emulator = loader->options->emulator,
    .read_only = read_only,
    .may_ask = vh_output_may_ask (),
  };
  loader->libvirt = vh_worker_new_libvirt (&options, loader->inbox);
  loader->current = loader->libvirt;
  g_autoptr (VhResult) result = vh_loader_wait (loader, VH_JOB_OPEN, 0, error);
  if (result)
    return TRUE;
  if (!vh_worker_has_abandoned ())
    g_clear_pointer (&loader->libvirt, vh_worker_free);
  loader->current = NULL;
  return FALSE;
}

static gboolean
open_libvirt (VhLoader *loader, GError **error)
{
  if (loader->libvirt)
    {
      loader->current = loader->libvirt;
      return TRUE;
    }
  vh_source_libvirt_init ();
  g_autoptr (GError) refused = NULL;
  if (connect_once (loader, loader->options->read_only, &refused))
    return TRUE;
  if (loader->options->read_only ||
      !g_error_matches (refused, VH_SOURCE_ERROR, VH_SOURCE_ERROR_DENIED))
    {
      g_propagate_error (error, g_steal_pointer (&refused));
      return FALSE;
    }
  vh_output_warning ("%s\nTrying read-only: nothing can be written.", refused->message);
  return connect_once (loader, TRUE, error);
}

static void
open_file (VhLoader *loader, const char *path)
{
  g_clear_pointer (&loader->file, vh_worker_free);
  loader->file = vh_worker_new_for_source (vh_source_new_file (path), loader->inbox);
  loader->current = loader->file;
}

/* Demo domains live in a directory of their own, whoever serves them. */
static gboolean
open_demo (VhLoader *loader, const char *target, GError **error)
{
  if (!loader->demo_directory)
    {
      loader->demo_directory = vh_demo_make_directory (error);
      if (!loader->demo_directory)
        return FALSE;
      g_free (loader->uri);
      loader->uri = vh_demo_get_uri (loader->demo_directory);
      g_autoptr (GError) missing = NULL;
      if (open_libvirt (loader, &missing))
        loader->title = "demo, through qemu:///embed";
      else
        {
          vh_output_debug ("No embedded QEMU driver: %s", missing->message);
          loader->title = "demo, as files";
        }
    }
  if (loader->libvirt)
    loader->current = loader->libvirt;
  else if (target)
    {
      g_autofree char *path = vh_demo_get_path (loader->demo_directory, target);
      open_file (loader, path);
    }
  return TRUE;
}

gboolean
vh_loader_open (VhLoader *loader, const char *target, GError **error)
{
  if (loader->options->demo)
    return open_demo (loader, target, error);
  if (!target || !vh_load_is_file (target))
    return open_libvirt (loader, error);
  open_file (loader, target);
  return TRUE;
}

/* A recording made for another machine type says nothing about the defaults of
 * this one. */
static VhCaps *
replay (const char *text, gsize length, const VhMachine *machine, GError **error)
{
  g_autoptr (VhCaps) caps = vh_caps_new_from_recording (text, length, error);
  if (!caps || g_strcmp0 (caps->machine_type, machine->type) == 0)
    return g_steal_pointer (&caps);
  return vh_whatif_new_caps (caps, machine, 0);
}

static VhCaps *
read_recording (const char *path, const VhMachine *machine, GError **error)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  return replay (text, length, machine, error);
}

/* What the one who runs the domain says, before any "what if". */
static VhCaps *
find_real_caps (VhLoader *loader, VhDocument *document, const VhMachine *machine, GError **error)
{
  const VhOptions *options = loader->options;
  if (options->caps)
    return read_recording (options->caps, machine, error);
  if (options->demo && !loader->libvirt)
    {
      gsize length = 0;
      const char *text = vh_demo_get_recording (&length);
      return replay (text, length, machine, error);
    }
  if (options->connect || loader->current == loader->libvirt)
    {
      VhWorker *back = loader->current;
      if (!open_libvirt (loader, error))
        return NULL;
      const guint generation = vh_worker_probe (loader->libvirt, document);
      g_autoptr (VhResult) result = vh_loader_wait (loader, VH_JOB_PROBE, generation, error);
      loader->current = back;
      return result ? g_steal_pointer (&result->caps) : NULL;
    }
  if (options->emulator)
    return vh_probe_qemu (options->emulator, machine->type, QEMU_LIMIT_MS, error);
  return vh_caps_new_assumed (machine);
}

/* Another machine type, or another release, than the real one. */
static VhCaps *
imagine (const VhOptions *options, const VhCaps *real, const VhMachine *written, VhVersion qemu)
{
  const char *canonical = options->machine ? options->machine : real->machine_canonical;
  g_autoptr (VhMachine) machine =
      canonical ? vh_machine_new_canonical (written->arch, written->type, canonical)
                : vh_machine_dup (written);
  return vh_whatif_new_caps (real, machine, qemu);
}

VhCaps *
vh_loader_find_caps (VhLoader *loader, VhDocument *document, GError **error)
{
  const VhOptions *options = loader->options;
  VhVersion qemu = 0;
  if (options->qemu)
    vh_version_parse (options->qemu, &qemu); /* checked with the command line */
  g_autoptr (VhMachine) machine = vh_topology_read_machine (document, error);
  if (!machine)
    return NULL;
  g_autoptr (VhCaps) real = find_real_caps (loader, document, machine, error);
  if (!real || (!qemu && !options->machine))
    return g_steal_pointer (&real);
  return imagine (options, real, machine, qemu);
}

static VhSession *
make_session (VhLoader *loader, VhResult *read, GError **error)
{
  g_autoptr (VhDocument) document = vh_document_new (read->bytes, error);
  if (!document)
    return NULL;
  g_autoptr (VhCaps) caps = vh_loader_find_caps (loader, document, error);
  if (!caps)
    return NULL;
  return vh_session_new (document, g_steal_pointer (&read->info), g_steal_pointer (&caps), error);
}

VhResult *
vh_loader_read_again (VhLoader *loader, const char *target, GError **error)
{
  const gboolean is_domain = loader->current == loader->libvirt;
  const guint generation = vh_worker_read (loader->current, is_domain ? target : NULL);
  return vh_loader_wait (loader, VH_JOB_READ, generation, error);
}

VhSession *
vh_loader_load (VhLoader *loader, const char *target, GError **error)
{
  if (!vh_loader_open (loader, target, error))
    return NULL;
  g_autoptr (VhResult) read = vh_loader_read_again (loader, target, error);
  if (!read)
    return NULL;
  VhSession *session = make_session (loader, read, error);
  if (!session)
    g_prefix_error (error, "%s: ", target);
  return session;
}

/* The demo domains as files; of VhDomainInfo. */
static GPtrArray *
list_demo (VhLoader *loader)
{
  g_auto (GStrv) names = vh_demo_get_names ();
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) vh_domain_info_free);
  for (guint i = 0; names[i]; i++)
    {
      VhDomainInfo *info = vh_domain_info_new ();
      info->name = g_strdup (names[i]);
      info->source = vh_demo_get_path (loader->demo_directory, names[i]);
      info->is_file = TRUE;
      info->persistent = TRUE;
      g_ptr_array_add (list, info);
    }
  return list;
}

GPtrArray *
vh_loader_list (VhLoader *loader, GError **error)
{
  if (!vh_loader_open (loader, NULL, error))
    return NULL;
  if (!loader->libvirt)
    return list_demo (loader);
  const guint generation = vh_worker_list (loader->libvirt);
  g_autoptr (VhResult) result = vh_loader_wait (loader, VH_JOB_LIST, generation, error);
  return result ? g_steal_pointer (&result->list) : NULL;
}

VhWorker *
vh_loader_get_worker (const VhLoader *loader)
{
  return loader->current;
}

VhWorker *
vh_loader_get_checker (const VhLoader *loader)
{
  return loader->libvirt ? loader->libvirt : loader->current;
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
  return loader->uri;
}
