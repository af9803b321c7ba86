/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/summary.h"

#include "model/fix.h"

/* Of equally many the first in the order of the enum. UNKNOWN when nothing
 * but unknown buses is left, NONE when no bus takes a device. */
static VhMechanism
most_used (const VhModes *modes)
{
  guint counts[VH_N_MECHANISMS] = { 0 };
  for (guint i = 0; i < modes->modes->len; i++)
    counts[vh_modes_get (modes, i)->used]++;
  VhMechanism most = counts[VH_MECHANISM_UNKNOWN] > 0 ? VH_MECHANISM_UNKNOWN : VH_MECHANISM_NONE;
  guint best = 0;
  for (VhMechanism i = VH_MECHANISM_FIRST; i < VH_N_MECHANISMS; i++)
    if (counts[i] > best)
      {
        best = counts[i];
        most = i;
      }
  return most;
}

static void
clear_reading (VhSummary *summary)
{
  g_clear_pointer (&summary->machine, vh_machine_free);
  g_clear_pointer (&summary->root, vh_knob_state_free);
  g_clear_pointer (&summary->bridge, vh_knob_state_free);
  g_clear_pointer (&summary->error, g_free);
  g_clear_pointer (&summary->findings, g_ptr_array_unref);
  g_clear_pointer (&summary->cures, g_ptr_array_unref);
  *summary = (VhSummary){ .info = summary->info, .free = { .pcie = -1, .pci = -1 } };
}

static void
set_reading (VhSummary *summary, const VhReading *reading, const VhCaps *caps)
{
  const VhTopology *topology = reading->topology;
  summary->machine = vh_machine_dup (topology->machine);
  summary->qemu = reading->inputs->qemu;
  summary->qemu_origin = reading->inputs->qemu_origin;
  summary->root = vh_check_new_knob (topology, reading->inputs, caps, VH_KNOB_ROOT, -1);
  summary->bridge = vh_check_new_knob (topology, reading->inputs, caps, VH_KNOB_BRIDGE, -1);
  summary->mechanism = most_used (reading->modes);
  summary->free = reading->free;
  summary->findings = g_ptr_array_ref (reading->findings);
  summary->cures = vh_fix_new_cures (reading, caps);
  for (guint i = 0; i < reading->findings->len; i++)
    summary->n_findings[((const VhFinding *) reading->findings->pdata[i])->severity]++;
}

VhSummary *
vh_summary_new (const VhDomainInfo *info, const VhReading *reading, const VhCaps *caps,
                const char *error)
{
  VhSummary *summary = g_new0 (VhSummary, 1);
  vh_summary_set_info (summary, info);
  vh_summary_update (summary, reading, caps, error);
  return summary;
}

void
vh_summary_update (VhSummary *summary, const VhReading *reading, const VhCaps *caps,
                   const char *error)
{
  clear_reading (summary);
  summary->error = g_strdup (error);
  if (reading)
    set_reading (summary, reading, caps);
}

void
vh_summary_set_info (VhSummary *summary, const VhDomainInfo *info)
{
  VhDomainInfo *copy = vh_domain_info_dup (info);
  g_clear_pointer (&summary->info, vh_domain_info_free);
  summary->info = copy;
}

gboolean
vh_summary_is_read (const VhSummary *summary)
{
  return summary->machine || summary->error;
}

const char *
vh_summary_get_key (const VhSummary *summary)
{
  return summary->info->uuid ? summary->info->uuid : summary->info->name;
}

gint
vh_summary_compare (gconstpointer a, gconstpointer b)
{
  const VhSummary *first = *(VhSummary *const *) a;
  const VhSummary *second = *(VhSummary *const *) b;
  return g_strcmp0 (first->info->name, second->info->name);
}

void
vh_summary_free (VhSummary *summary)
{
  if (!summary)
    return;
  clear_reading (summary);
  vh_domain_info_free (summary->info);
  g_free (summary);
}
