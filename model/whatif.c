/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/whatif.h"

/* Facts of the range [first, last]. */
static void
copy_facts (VhCaps *caps, const VhCaps *from, VhFactId first, VhFactId last)
{
  for (VhFactId id = first; id <= last; id++)
    {
      const VhFact *fact = vh_caps_get (from, id);
      vh_caps_set (caps, id, fact->value, fact->origin, fact->from);
    }
}

/* Whether libvirt takes hotplug= of the root differs by chipset. */
static gboolean
has_same_chipset (const VhCaps *real, const VhMachine *machine)
{
  g_autoptr (VhMachine) other = vh_machine_new (machine->arch, real->machine_type);
  return other->chipset == machine->chipset;
}

VhCaps *
vh_whatif_new_caps (const VhCaps *real, const VhMachine *machine, VhVersion qemu)
{
  const gboolean known = real->qemu && real->qemu_origin != VH_ORIGIN_ASSUMED;
  VhCaps *caps = qemu || known ? vh_caps_new () : vh_caps_new_assumed (machine);
  copy_facts (caps, real, VH_FACT_LIBVIRT_PORT_TARGET, VH_FACT_LIBVIRT_BRIDGE_FEATURE);
  if (has_same_chipset (real, machine))
    copy_facts (caps, real, VH_FACT_LIBVIRT_ROOT_TARGET, VH_FACT_LIBVIRT_ROOT_TARGET);
  caps->libvirt = real->libvirt;
  caps->host = g_strdup (real->host);
  if (qemu)
    vh_caps_set_qemu (caps, qemu, VH_ORIGIN_USER);
  else if (known)
    {
      vh_caps_set_qemu (caps, real->qemu, real->qemu_origin);
      copy_facts (caps, real, VH_FACT_QEMU_PIIX4_ROOT, VH_FACT_QEMU_GED_BRIDGE);
    }
  caps->machine_canonical = g_strdup (machine->canonical);
  return caps;
}
