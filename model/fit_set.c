/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/fit_parts.h"

#include "model/slots.h"

/* hotplug= of pci-root is forgotten: its model is 0, which libvirt takes for
 * "not set" and sets again with hotplug (qemuDomainPCIAddressSetCreate;
 * libvirt 9.0, 11.3, 12.8). */
static gboolean
takes_live (const VhBus *bus)
{
  return bus->model == VH_BUS_PCI_ROOT || vh_bus_takes_live_attach (bus);
}

static void
take_slots (const VhTopology *topology, guint position, VhFitBus *bus)
{
  guint first = 0;
  guint n = vh_topology_get_bus_devices (topology, position, &first);
  guint32 others = 0;
  for (guint i = first; i < first + n; i++)
    {
      const VhDevice *device = vh_topology_get_device (topology, i);
      gint32 behind = device->secondary_bus;
      guint slot = device->at.slot % VH_FIT_N_SLOTS;
      gboolean is_port =
          behind >= 0 && vh_topology_get_bus (topology, (guint) behind)->model == VH_BUS_ROOT_PORT;
      bus->functions[slot] |= (guint8) (1u << (device->at.function % 8));
      if (is_port)
        bus->ports |= 1u << slot;
      else
        others |= 1u << slot;
    }
  bus->ports &= ~others;
  guint32 chipset = vh_slots_of_chipset (topology, vh_topology_get_bus (topology, position));
  for (guint slot = 0; slot < VH_FIT_N_SLOTS; slot++)
    if (chipset & 1u << slot)
      bus->functions[slot] |= 1;
}

GArray *
vh_fit_set_new (const VhTopology *topology)
{
  guint n = vh_topology_get_n_buses (topology);
  GArray *set = g_array_sized_new (FALSE, TRUE, sizeof (VhFitBus), n);
  for (guint i = 0; i < n; i++)
    {
      const VhBus *row = vh_topology_get_bus (topology, i);
      VhFitBus bus = { .model = row->model,
                       .index = row->index,
                       .takes_live = takes_live (row),
                       .first = row->first_slot,
                       .last = row->last_slot };
      take_slots (topology, i, &bus);
      g_array_append_val (set, bus);
    }
  return set;
}

gint32
vh_fit_set_push (GArray *set, VhBusModel model)
{
  VhFitBus bus = { .model = model, .index = (gint32) set->len, .takes_live = TRUE };
  vh_bus_model_get_slots (model, &bus.first, &bus.last);
  g_array_append_val (set, bus);
  return (gint32) set->len - 1;
}

static guint
first_free_function (guint8 functions)
{
  guint function = 0;
  while (function < 8 && (functions & 1u << function))
    function++;
  return function;
}

static gboolean
find_on_bus (const VhFitBus *bus, const VhFitNeed *need, VhFitSpot *spot)
{
  for (guint slot = bus->first; slot <= bus->last; slot++)
    {
      gboolean may_join = need->joins_others && (bus->ports & 1u << slot);
      guint function = first_free_function (bus->functions[slot]);
      if (bus->functions[slot] != 0 && !(may_join && function < 8))
        continue;
      spot->slot = slot;
      spot->function = function;
      return TRUE;
    }
  return FALSE;
}

gboolean
vh_fit_set_take (GArray *set, const VhFitNeed *need, VhFitSpot *spot)
{
  for (guint i = 0; i < set->len; i++)
    {
      VhFitBus *bus = &g_array_index (set, VhFitBus, i);
      if (!(need->on & VH_FIT_ON (bus->model)) || (need->is_live && !bus->takes_live) ||
          (bus->is_kept && !need->is_bridge) || !find_on_bus (bus, need, spot))
        continue;
      if (need->joins_others && bus->functions[spot->slot] == 0)
        bus->ports |= 1u << spot->slot;
      bus->functions[spot->slot] |= (guint8) (1u << spot->function);
      spot->position = (gint32) i;
      return TRUE;
    }
  spot->position = -1;
  return FALSE;
}

gboolean
vh_fit_set_is_full (const GArray *set)
{
  const VhFitNeed any = { .on = G_MAXUINT };
  VhFitSpot spot;
  for (guint i = 0; i < set->len; i++)
    if (find_on_bus (&g_array_index (set, VhFitBus, i), &any, &spot))
      return FALSE;
  return TRUE;
}

gboolean
vh_fit_has_pci_root (const VhTopology *topology)
{
  return vh_topology_get_n_buses (topology) > 0 &&
         vh_topology_get_bus (topology, 0)->model == VH_BUS_PCI_ROOT;
}

/* Buses that libvirt chooses by itself: AUTOASSIGN in
 * virDomainPCIAddressBusSetModel. */
VhFitNeed
vh_fit_new_need (const VhTopology *topology, VhFitWants wants, gboolean is_live)
{
  const guint express = VH_FIT_ON (VH_BUS_ROOT_PORT) | VH_FIT_ON (VH_BUS_DOWNSTREAM_PORT);
  const guint conventional = VH_FIT_ON (VH_BUS_PCI_ROOT) | VH_FIT_ON (VH_BUS_PCI_BRIDGE) |
                             VH_FIT_ON (VH_BUS_PCIE_TO_PCI_BRIDGE) |
                             VH_FIT_ON (VH_BUS_PCI_EXPANDER);
  gboolean is_express = wants == VH_FIT_WANTS_EXPRESS && !vh_fit_has_pci_root (topology);
  return (VhFitNeed){ .on = is_express ? express : conventional, .is_live = is_live };
}
