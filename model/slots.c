/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/slots.h"

#define N_SLOTS 32

/* libvirt reserves them
 * (qemuDomainValidateDevicePCISlotsPIIX3 and …Q35). */
guint32
vh_slots_of_chipset (const VhTopology *topology, const VhBus *bus)
{
  if (bus->index != 0)
    return 0;
  if (bus->model == VH_BUS_PCI_ROOT && topology->machine->chipset == VH_CHIPSET_I440FX)
    return 1u << 0x01;
  if (bus->model == VH_BUS_PCIE_ROOT && topology->machine->chipset == VH_CHIPSET_Q35)
    return 1u << 0x1f;
  return 0;
}

guint32
vh_slots_get_free (const VhTopology *topology, guint bus)
{
  guint first = 0;
  const VhBus *row = vh_topology_get_bus (topology, bus);
  guint n = vh_topology_get_bus_devices (topology, bus, &first);
  guint32 occupied = vh_slots_of_chipset (topology, row);
  for (guint i = first; i < first + n; i++)
    occupied |= 1u << (vh_topology_get_device (topology, i)->at.slot % N_SLOTS);
  guint32 free = 0;
  for (guint slot = row->first_slot; slot <= row->last_slot; slot++)
    free |= ~occupied & 1u << slot;
  return free;
}

static gint
hotpluggable (const VhBus *bus, VhMechanism used, guint n_free)
{
  if (n_free == 0 || !vh_bus_takes_live_attach (bus) || used == VH_MECHANISM_NONE)
    return 0;
  return used == VH_MECHANISM_UNKNOWN ? -1 : (gint) n_free;
}

VhSlots
vh_slots_of_bus (const VhTopology *topology, const VhModes *modes, guint bus)
{
  const VhBus *row = vh_topology_get_bus (topology, bus);
  VhSlots slots = { .first = row->first_slot, .last = row->last_slot, .hotpluggable_free = -1 };
  for (guint32 free = vh_slots_get_free (topology, bus); free; free &= free - 1)
    slots.free++;
  if (modes)
    slots.hotpluggable_free = hotpluggable (row, vh_modes_get (modes, bus)->used, slots.free);
  return slots;
}

static gint
add (gint total, gint n)
{
  return total < 0 || n < 0 ? -1 : total + n;
}

VhFreeSlots
vh_slots_count_free (const VhTopology *topology, const VhModes *modes)
{
  VhFreeSlots total = { 0, 0 };
  for (guint i = 0; i < vh_topology_get_n_buses (topology); i++)
    {
      gboolean is_port = vh_bus_is_port (vh_topology_get_bus (topology, i));
      gint n = vh_slots_of_bus (topology, modes, i).hotpluggable_free;
      if (is_port)
        total.pcie = add (total.pcie, n);
      else
        total.pci = add (total.pci, n);
    }
  return total;
}
