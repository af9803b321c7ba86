/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/summary.h"

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

VhSummary *
vh_summary_new (const VhDomainInfo *info, const VhReading *reading, const VhCaps *caps,
                const char *error)
{
  VhSummary *summary = g_new0 (VhSummary, 1);
  summary->info = vh_domain_info_dup (info);
  summary->error = g_strdup (error);
  summary->free = (VhFreeSlots){ .pcie = -1, .pci = -1 };
  if (!reading)
    return summary;
  const VhTopology *topology = reading->topology;
  summary->machine = vh_machine_dup (topology->machine);
  summary->qemu = reading->inputs->qemu;
  summary->qemu_origin = reading->inputs->qemu_origin;
  summary->qemu = reading->inputs->qemu;
  summary->qemu_origin = reading->inputs->qemu_origin;
  summary->root = vh_check_new_knob (topology, reading->inputs, caps, VH_KNOB_ROOT, -1);
  summary->bridge = vh_check_new_knob (topology, reading->inputs, caps, VH_KNOB_BRIDGE, -1);
  summary->mechanism = most_used (reading->modes);
  summary->free = reading->free;
  return summary;
}

void
vh_summary_free (VhSummary *summary)
{
  if (!summary)
    return;
  vh_domain_info_free (summary->info);
  vh_machine_free (summary->machine);
  g_clear_pointer (&summary->root, vh_knob_state_free);
  g_clear_pointer (&summary->bridge, vh_knob_state_free);
  g_free (summary->error);
  g_free (summary);
}
