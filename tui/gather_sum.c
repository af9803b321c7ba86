/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Of the gathering: from the XML of a domain to its summary. */
#include "tui/gather_parts.h"
#include "tui/resolve.h"

/* Domains of one kin run on the same QEMU as the same machine. */
static char *
new_kin (const VhDocument *document, const VhMachine *machine)
{
  g_autofree char *type = vh_document_dup_attribute (document, 0, "type");
  const gint32 devices = vh_document_find_child (document, 0, "devices");
  const gint32 emulator =
      devices < 0 ? -1 : vh_document_find_child (document, (guint) devices, "emulator");
  g_autofree char *path =
      emulator < 0 ? NULL : vh_document_dup_content (document, (guint) emulator);
  return g_strjoin ("\n", machine->arch, machine->type, type ? type : "", path ? path : "", NULL);
}

static void
sum_up (VhGather *gather, const VhGatherTask *task, const VhCaps *real, GError **error)
{
  const VhOptions *options = vh_loader_get_options (gather->loader);
  VhSummary *summary = g_hash_table_lookup (gather->by_key, task->key);
  g_autoptr (VhMachine) machine = vh_topology_read_machine (task->document, error);
  g_autoptr (VhCaps) caps = machine ? vh_resolve_imagined_caps (options, real, machine) : NULL;
  g_autoptr (VhReading) reading = caps ? vh_reading_new (task->document, caps, error) : NULL;
  if (reading && summary)
    vh_summary_update (summary, reading, caps, NULL);
}

VhGathered
vh_gather_finish (VhGather *gather, VhGatherTask *task, const VhCaps *real, const GError *failure)
{
  g_autoptr (GError) error = failure ? g_error_copy (failure) : NULL;
  const gboolean is_new = !g_hash_table_contains (gather->by_key, task->key);
  if (task->info)
    vh_gather_add (gather, task->info);
  if (!error)
    sum_up (gather, task, real, &error);
  VhSummary *summary = g_hash_table_lookup (gather->by_key, task->key);
  if (error && summary)
    vh_summary_update (summary, NULL, NULL, error->message);
  g_ptr_array_remove (gather->tasks, task);
  return is_new ? VH_GATHERED_ROWS : VH_GATHERED_ROW;
}

static gboolean
is_asked_for (const VhGather *gather, const char *kin)
{
  for (guint i = 0; i < gather->tasks->len; i++)
    {
      const VhGatherTask *task = gather->tasks->pdata[i];
      if (task->kind == VH_JOB_PROBE && task->generation && g_strcmp0 (task->kin, kin) == 0)
        return TRUE;
    }
  return FALSE;
}

static VhGathered
find_caps (VhGather *gather, VhGatherTask *task, const VhMachine *machine)
{
  VhCaps *caps = g_hash_table_lookup (gather->caps, task->kin);
  if (caps)
    return vh_gather_finish (gather, task, caps, NULL);
  if (!vh_loader_may_probe (gather->loader))
    {
      g_autoptr (GError) error = NULL;
      caps = vh_resolve_offline_caps (vh_loader_get_options (gather->loader), machine, &error);
      if (caps)
        g_hash_table_replace (gather->caps, g_strdup (task->kin), caps);
      return vh_gather_finish (gather, task, caps, error);
    }
  task->generation =
      is_asked_for (gather, task->kin)
          ? 0
          : vh_worker_probe_later (vh_loader_get_worker (gather->loader), task->document);
  task->kind = VH_JOB_PROBE;
  return VH_GATHERED_NOTHING;
}

VhGathered
vh_gather_take_look (VhGather *gather, VhGatherTask *task, VhResult *result)
{
  g_autoptr (GError) error = NULL;
  task->info = g_steal_pointer (&result->info);
  task->document = vh_document_new (result->bytes, &error);
  g_autoptr (VhMachine) machine =
      task->document ? vh_topology_read_machine (task->document, &error) : NULL;
  if (!machine)
    return vh_gather_finish (gather, task, NULL, error);
  task->kin = new_kin (task->document, machine);
  return find_caps (gather, task, machine);
}

VhGathered
vh_gather_take_caps (VhGather *gather, const char *kin, VhResult *result)
{
  VhGathered most = VH_GATHERED_NOTHING;
  if (result->caps)
    g_hash_table_replace (gather->caps, g_strdup (kin), vh_caps_dup (result->caps));
  for (guint i = gather->tasks->len; i-- > 0;)
    {
      VhGatherTask *task = gather->tasks->pdata[i];
      if (task->kind != VH_JOB_PROBE || g_strcmp0 (task->kin, kin) != 0)
        continue;
      const VhGathered done = vh_gather_finish (gather, task, result->caps, result->error);
      most = MAX (most, done);
    }
  return most;
}
