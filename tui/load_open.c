/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Of the loader: the connection, a file, or the demo. */
#include "model/i18n.h"
#include "tui/demo.h"
#include "tui/load_parts.h"
#include "tui/output.h"

static void
begin (VhLoader *loader, gboolean reads_only)
{
  const VhLibvirtOptions options = {
    .uri = loader->uri,
    .emulator = loader->options->emulator,
    .read_only = reads_only,
    .may_ask = vh_output_may_ask (),
    .may_agent = vh_output_may_ask () && !loader->options->no_pkttyagent,
    .watches = loader->watches,
    .without_details = loader->without_details,
  };
  loader->reads_only = reads_only;
  loader->libvirt = vh_worker_new_libvirt (&options, loader->inbox);
  loader->current = loader->libvirt;
}

void
vh_loader_begin (VhLoader *loader)
{
  vh_source_libvirt_init ();
  begin (loader, loader->options->read_only);
}

/* Everything that stores is asked of a connection that may; where that is
 * refused, one that only reads shows the same. */
static gboolean
begin_again (VhLoader *loader, const GError *refused)
{
  g_clear_pointer (&loader->libvirt, vh_worker_free);
  loader->current = NULL;
  if (loader->reads_only || !g_error_matches (refused, VH_SOURCE_ERROR, VH_SOURCE_ERROR_DENIED))
    return FALSE;
  vh_output_warning (_ ("%s\nTrying read-only: nothing can be written."), refused->message);
  begin (loader, TRUE);
  return TRUE;
}

gboolean
vh_loader_take_open (VhLoader *loader, VhResult *result, GError **error)
{
  if (!result->error)
    return TRUE;
  if (!begin_again (loader, result->error))
    g_propagate_error (error, g_steal_pointer (&result->error));
  return FALSE;
}

static gboolean
await_open (VhLoader *loader, GError **error)
{
  const VhRequest request = { loader->libvirt, VH_JOB_OPEN, 0 };
  g_autoptr (VhResult) result = vh_loader_wait (loader, &request, error);
  return result != NULL;
}

gboolean
vh_load_open_libvirt (VhLoader *loader, GError **error)
{
  if (loader->libvirt)
    {
      loader->current = loader->libvirt;
      return TRUE;
    }
  vh_loader_begin (loader);
  for (;;)
    {
      g_autoptr (GError) refused = NULL;
      if (await_open (loader, &refused))
        return TRUE;
      if (begin_again (loader, refused))
        continue;
      g_propagate_error (error, g_steal_pointer (&refused));
      return FALSE;
    }
}

static void
open_file (VhLoader *loader, const char *path)
{
  g_clear_pointer (&loader->file, vh_worker_free);
  loader->file = vh_worker_new_for_source (vh_source_new_file (path), loader->inbox);
  loader->current = loader->file;
}

static GPtrArray *
list_libvirt (VhLoader *loader, GError **error)
{
  const VhRequest request = { loader->libvirt, VH_JOB_LIST, vh_worker_list (loader->libvirt) };
  g_autoptr (VhResult) result = vh_loader_wait (loader, &request, error);
  return result ? g_steal_pointer (&result->list) : NULL;
}

/* The driver drops what it does not understand, or whose machine type its QEMU lacks. */
static gboolean
takes_demo (VhLoader *loader)
{
  g_auto (GStrv) names = vh_demo_get_names ();
  g_autoptr (GPtrArray) list = list_libvirt (loader, NULL);
  return list && list->len == g_strv_length (names);
}

/* Demo domains live in a directory of their own, and the embedded driver reads
 * them from there; without it, or where it does not take them all, they are files. */
static gboolean
start_demo (VhLoader *loader, GError **error)
{
  loader->demo_directory = vh_demo_make_directory (error);
  if (!loader->demo_directory)
    return FALSE;
  g_free (loader->uri);
  loader->uri = vh_demo_get_uri (loader->demo_directory);
  loader->title = _ ("demo, through qemu:///embed");
  g_autoptr (GError) missing = NULL;
  if (vh_output_may_ask ())
    vh_output_note (_ ("Starting libvirt's embedded QEMU driver, which takes some seconds …"));
  if (vh_load_open_libvirt (loader, &missing) && takes_demo (loader))
    return TRUE;
  vh_output_debug (_ ("no embedded QEMU driver for the demo: %s"),
                   missing ? missing->message : _ ("it does not take all its domains"));
  g_clear_pointer (&loader->libvirt, vh_worker_free);
  loader->current = NULL;
  g_clear_pointer (&loader->uri, g_free);
  loader->title = _ ("demo, as files");
  return !vh_worker_has_abandoned () || vh_load_fail_without_answer (loader, VH_JOB_OPEN, error);
}

static gboolean
open_demo (VhLoader *loader, const char *target, GError **error)
{
  if (!loader->demo_directory && !start_demo (loader, error))
    return FALSE;
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
  if (loader->is_stuck)
    return vh_load_fail_without_answer (loader, VH_JOB_OPEN, error);
  if (loader->options->demo)
    return open_demo (loader, target, error);
  if (!target || !vh_load_is_file (target))
    return vh_load_open_libvirt (loader, error);
  open_file (loader, target);
  return TRUE;
}

GPtrArray *
vh_loader_list (VhLoader *loader, GError **error)
{
  if (!vh_loader_open (loader, NULL, error))
    return NULL;
  return loader->libvirt ? list_libvirt (loader, error) : vh_demo_list (loader->demo_directory);
}
