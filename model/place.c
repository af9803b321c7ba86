/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/place.h"

#define ON(MODEL) (1u << VH_BUS_##MODEL)

/* The models that libvirt itself puts on a bus of the model. */
static const guint takes[] = {
  [VH_BUS_PCI_ROOT] = ON (PCI_BRIDGE) | ON (PCI_EXPANDER),
  [VH_BUS_PCIE_ROOT] = ON (ROOT_PORT) | ON (DMI_TO_PCI_BRIDGE) | ON (PCIE_EXPANDER),
  [VH_BUS_ROOT_PORT] = ON (UPSTREAM_PORT) | ON (PCIE_TO_PCI_BRIDGE),
  [VH_BUS_UPSTREAM_PORT] = ON (DOWNSTREAM_PORT),
  [VH_BUS_DOWNSTREAM_PORT] = ON (UPSTREAM_PORT) | ON (PCIE_TO_PCI_BRIDGE),
  [VH_BUS_DMI_TO_PCI_BRIDGE] = ON (PCI_BRIDGE),
  [VH_BUS_PCIE_TO_PCI_BRIDGE] = ON (PCI_BRIDGE),
  [VH_BUS_PCI_BRIDGE] = ON (PCI_BRIDGE),
  [VH_BUS_PCI_EXPANDER] = ON (PCI_BRIDGE),
  [VH_BUS_PCIE_EXPANDER] = ON (ROOT_PORT) | ON (DMI_TO_PCI_BRIDGE),
  [VH_BUS_UNKNOWN] = 0,
};
G_STATIC_ASSERT (G_N_ELEMENTS (takes) == VH_BUS_UNKNOWN + 1);

gboolean
vh_place_fits (VhBusModel model, VhBusModel parent)
{
  return (takes[parent] & (1u << model)) != 0;
}

gboolean
vh_place_takes_devices (VhBusModel bus)
{
  return bus != VH_BUS_UPSTREAM_PORT && bus != VH_BUS_PCIE_EXPANDER;
}

gboolean
vh_place_may_stand (VhBusModel model, VhBusModel parent)
{
  if (model == VH_BUS_PCI_BRIDGE)
    return parent != VH_BUS_UNKNOWN && vh_place_takes_devices (parent);
  return vh_place_fits (model, parent);
}

/* Those up to the highest index are of the model of the chipset (qemuDomainPCIAddressSetCreate);
 * the others are what the device needs (virDomainPCIAddressSetGrow), which is one model on i440fx.
 */
VhBusModel
vh_place_get_added (const VhTopology *topology, guint bus)
{
  guint n = vh_topology_get_n_buses (topology);
  gint32 last = -1;
  for (guint i = 0; i < n; i++)
    last = MAX (last, vh_topology_get_bus (topology, i)->index);
  VhBusModel root = n > 0 ? vh_topology_get_bus (topology, 0)->model : VH_BUS_UNKNOWN;
  if (root == VH_BUS_PCI_ROOT && topology->machine->chipset == VH_CHIPSET_I440FX)
    return VH_BUS_PCI_BRIDGE;
  return root == VH_BUS_PCIE_ROOT && (gint32) bus < last ? VH_BUS_ROOT_PORT : VH_BUS_UNKNOWN;
}

gboolean
vh_place_is_sound (const VhTopology *topology, const VhBus *bus)
{
  guint broken = VH_BUS_BAD_INDEX | VH_BUS_MISSING_PARENT | VH_BUS_IN_CYCLE | VH_BUS_DOUBLE_INDEX;
  gboolean is_i440fx = topology->machine->chipset == VH_CHIPSET_I440FX;
  gboolean is_conventional = bus->model == VH_BUS_PCI_ROOT || bus->model == VH_BUS_PCI_EXPANDER;
  if ((bus->marks & broken) || bus->model == VH_BUS_UNKNOWN)
    return FALSE;
  if (bus->parent >= 0 &&
      !vh_place_may_stand (bus->model, vh_topology_get_bus (topology, (guint) bus->parent)->model))
    return FALSE;
  return bus->model == VH_BUS_PCI_BRIDGE || is_conventional == is_i440fx;
}

static VhPlace *
place_at (const GArray *places, gint32 position)
{
  return &g_array_index (places, VhPlace, position);
}

/* Positions follow the index, so that the last one put in front has the
 * highest: the order in which QEMU keeps the children of a bus, newest first
 * (hw/pci/pci_bridge.c, QLIST_INSERT_HEAD), and libvirt makes controllers in
 * the order of their index. */
static void
link_children (const VhTopology *topology, GArray *places)
{
  for (guint i = 0; i < places->len; i++)
    {
      const VhBus *bus = vh_topology_get_bus (topology, i);
      if (bus->parent < 0)
        continue;
      VhPlace *parent = place_at (places, bus->parent);
      place_at (places, (gint32) i)->next_sibling = parent->first_child;
      parent->first_child = (gint32) i;
    }
}

static void
take (GArray *places, gint32 bus, const VhAddress *at, VhHolds what)
{
  if (bus < 0 || !at->present || at->function != 0 || at->slot > 31)
    return;
  VhPlace *place = place_at (places, bus);
  place->used_slots |= 1u << at->slot;
  if (at->slot == 0 && place->slot_0 < what)
    place->slot_0 = what;
}

static void
take_slots (const VhTopology *topology, GArray *places)
{
  for (guint i = 0; i < vh_topology_get_n_buses (topology); i++)
    {
      const VhBus *bus = vh_topology_get_bus (topology, i);
      take (places, bus->parent, &bus->at, VH_HOLDS_BRIDGE);
    }
  for (guint i = 0; i < vh_topology_get_n_devices (topology); i++)
    {
      const VhDevice *device = vh_topology_get_device (topology, i);
      take (places, device->bus, &device->at, VH_HOLDS_DEVICE);
    }
}

gint32
vh_place_next (const GArray *places, const VhTopology *topology, gint32 at, gboolean skip)
{
  const VhPlace *place = place_at (places, at);
  if (place->first_child >= 0 && !skip)
    return place->first_child;
  while (at >= 0 && place_at (places, at)->next_sibling < 0)
    at = vh_topology_get_bus (topology, (guint) at)->parent;
  return at < 0 ? -1 : place_at (places, at)->next_sibling;
}

static void
inherit (const VhTopology *topology, const VhInputs *inputs, GArray *places, gint32 at)
{
  const VhBus *bus = vh_topology_get_bus (topology, (guint) at);
  VhPlace *place = place_at (places, at);
  if (bus->parent < 0)
    return;
  const VhBus *parent = vh_topology_get_bus (topology, (guint) bus->parent);
  const VhPlace *above = place_at (places, bus->parent);
  const VhBusInputs *settings = vh_inputs_get_bus (inputs, (guint) bus->parent);
  gboolean is_expander =
      parent->model == VH_BUS_PCI_EXPANDER || parent->model == VH_BUS_PCIE_EXPANDER;
  gboolean is_off = vh_bus_is_port (parent) && settings->hpc.value == VH_KNOWN_NO;
  place->expander = is_expander ? bus->parent : above->expander;
  place->off_port = is_off ? bus->parent : above->off_port;
}

gboolean
vh_place_has_handler (const VhPlace *place, const VhBus *bus, const VhBusInputs *inputs)
{
  gboolean is_port = vh_bus_is_port (bus);
  if (place->off_port < 0)
    return !is_port || inputs->hpc.value != VH_KNOWN_NO;
  if (bus->model == VH_BUS_PCI_BRIDGE)
    return inputs->shpc.value != VH_KNOWN_NO;
  return is_port || bus->model == VH_BUS_PCIE_TO_PCI_BRIDGE;
}

/* The first slot from which the tables describe nothing; 32 when there is none. */
static guint
first_gap (const VhTopology *topology, const VhInputs *inputs, const VhPlace *place, gint32 at)
{
  const VhBus *bus = vh_topology_get_bus (topology, (guint) at);
  const VhBusInputs *settings = vh_inputs_get_bus (inputs, (guint) at);
  if (bus->model != VH_BUS_UPSTREAM_PORT || !vh_place_has_handler (place, bus, settings))
    return 32;
  guint slot = 1;
  while (slot < 32 && (place->used_slots & (1u << slot)))
    slot++;
  return slot;
}

/* hw/i386/acpi-build.c of QEMU 7.2, build_append_pci_bus_devices(): what is below a bus is
 * described until the first empty slot above 0 of an express bus with hotplug. */
static void
describe (const VhTopology *topology, const VhInputs *inputs, GArray *places, gint32 at)
{
  const VhBus *bus = vh_topology_get_bus (topology, (guint) at);
  VhPlace *place = place_at (places, at);
  place->described = bus->parent < 0;
  if (bus->parent < 0 || place->expander >= 0)
    return;
  const VhPlace *above = place_at (places, bus->parent);
  gboolean behind_gap = bus->at.slot >= first_gap (topology, inputs, above, bus->parent);
  place->described = above->described && !behind_gap;
  if (!place->described)
    place->gap = above->described ? bus->parent : above->gap;
}

/* The method PCNT of the same function: a bus, then its children from the newest to the oldest,
 * each with all that is below it; the first that the tables lack ends it. */
static void
walk_events (const VhTopology *topology, GArray *places, gint32 root)
{
  gint32 broken = -1;
  for (gint32 at = root; at >= 0;)
    {
      VhPlace *place = place_at (places, at);
      gboolean is_elsewhere = place->expander >= 0;
      if (!place->described && !is_elsewhere && broken < 0)
        broken = place->gap;
      place->reached = !is_elsewhere && broken < 0;
      if (place->described && broken >= 0)
        place->gap = broken;
      at = vh_place_next (places, topology, at, is_elsewhere);
    }
}

GArray *
vh_place_new_all (const VhTopology *topology, const VhInputs *inputs)
{
  guint n_buses = vh_topology_get_n_buses (topology);
  GArray *places = g_array_sized_new (FALSE, FALSE, sizeof (VhPlace), n_buses);
  VhPlace empty = { -1, -1, -1, -1, 0, VH_HOLDS_NOTHING, FALSE, FALSE, -1 };
  for (guint i = 0; i < n_buses; i++)
    g_array_append_val (places, empty);
  link_children (topology, places);
  take_slots (topology, places);
  for (guint i = 0; i < n_buses; i++)
    {
      if (vh_topology_get_bus (topology, i)->parent >= 0)
        continue;
      for (gint32 at = (gint32) i; at >= 0; at = vh_place_next (places, topology, at, FALSE))
        {
          inherit (topology, inputs, places, at);
          describe (topology, inputs, places, at);
        }
      walk_events (topology, places, (gint32) i);
    }
  return places;
}
