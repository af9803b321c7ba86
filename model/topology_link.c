/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Brings buses and devices in order and ties them together. Every step is
 * linear but for the two sorts. */
#include "model/topology_private.h"

#define BUS_MARKS_FOUND_HERE (VH_BUS_DOUBLE_INDEX | VH_BUS_MISSING_PARENT | VH_BUS_IN_CYCLE)
#define DEVICE_MARKS_FOUND_HERE (VH_DEVICE_DOUBLE_ADDRESS | VH_DEVICE_MISSING_BUS)

static VhBus *
bus_at (const VhTopology *topology, guint position)
{
  return &g_array_index (topology->buses, VhBus, position);
}

static VhDevice *
device_at (const VhTopology *topology, guint position)
{
  return &g_array_index (topology->devices, VhDevice, position);
}

/* As unsigned, so that -1 comes last. */
static gint
compare_indexes (gconstpointer a, gconstpointer b, gpointer data)
{
  const VhTopology *topology = data;
  guint32 left = (guint32) bus_at (topology, *(const guint *) a)->index;
  guint32 right = (guint32) bus_at (topology, *(const guint *) b)->index;
  return (left > right) - (left < right);
}

/* Sorts the buses and lets the devices follow. */
static void
sort_buses (VhTopology *topology)
{
  guint n = topology->buses->len;
  g_autoptr (GArray) order = g_array_sized_new (FALSE, FALSE, sizeof (guint), n);
  g_autofree gint32 *moved = g_new (gint32, n + 1);
  for (guint i = 0; i < n; i++)
    g_array_append_val (order, i);
  g_array_sort_with_data (order, compare_indexes, topology);
  GArray *sorted = g_array_sized_new (FALSE, FALSE, sizeof (VhBus), n);
  for (guint i = 0; i < n; i++)
    {
      guint from = g_array_index (order, guint, i);
      moved[from] = (gint32) i;
      g_array_append_val (sorted, *bus_at (topology, from));
    }
  g_array_unref (topology->buses);
  topology->buses = sorted;
  for (guint i = 0; i < topology->devices->len; i++)
    if (device_at (topology, i)->secondary_bus >= 0)
      device_at (topology, i)->secondary_bus = moved[device_at (topology, i)->secondary_bus];
}

/* libvirt has one PCI domain for controllers, 0. */
static gint32
find_bus_of (const VhTopology *topology, const VhAddress *at)
{
  return at->present && at->domain == 0 ? vh_topology_find_bus (topology, at->bus) : -1;
}

static void
find_parents (VhTopology *topology)
{
  for (guint i = 0; i < topology->buses->len; i++)
    {
      VhBus *bus = bus_at (topology, i);
      bus->marks &= ~(guint) BUS_MARKS_FOUND_HERE;
      bus->parent = -1;
      if (i > 0 && bus->index >= 0 && bus->index == bus_at (topology, i - 1)->index)
        bus->marks |= VH_BUS_DOUBLE_INDEX;
      if (vh_topology_is_root_model (bus->model) || !bus->at.present)
        continue;
      bus->parent = find_bus_of (topology, &bus->at);
      if (bus->parent < 0)
        bus->marks |= VH_BUS_MISSING_PARENT;
    }
}

static void
mark_cycle (VhTopology *topology, guint start)
{
  guint i = start;
  do
    {
      bus_at (topology, i)->marks |= VH_BUS_IN_CYCLE;
      i = (guint) bus_at (topology, i)->parent;
    }
  while (i != start);
}

/* Walks up from every bus, stopping where a walk has been before: to come
 * upon one's own trace is to go round in a cycle. */
static void
break_cycles (VhTopology *topology)
{
  guint n = topology->buses->len;
  g_autofree guint *seen_by = g_new0 (guint, n + 1);
  for (guint start = 0; start < n; start++)
    {
      gint32 i = (gint32) start;
      while (i >= 0 && seen_by[i] == 0)
        {
          seen_by[i] = start + 1;
          i = bus_at (topology, (guint) i)->parent;
        }
      if (i >= 0 && seen_by[i] == start + 1)
        mark_cycle (topology, (guint) i);
    }
  for (guint i = 0; i < n; i++)
    if (bus_at (topology, i)->marks & VH_BUS_IN_CYCLE)
      bus_at (topology, i)->parent = -1;
}

static void
place_devices (VhTopology *topology)
{
  for (guint i = 0; i < topology->devices->len; i++)
    {
      VhDevice *device = device_at (topology, i);
      device->marks &= ~(guint) DEVICE_MARKS_FOUND_HERE;
      device->bus = find_bus_of (topology, &device->at);
      if (device->at.present && device->bus < 0)
        device->marks |= VH_DEVICE_MISSING_BUS;
      /* Who follows the tree by its devices must come to an end. */
      if (device->secondary_bus >= 0 &&
          bus_at (topology, (guint) device->secondary_bus)->marks & VH_BUS_IN_CYCLE)
        device->secondary_bus = -1;
    }
}

static gint
compare_addresses (gconstpointer a, gconstpointer b)
{
  return vh_address_compare (&((const VhDevice *) a)->at, &((const VhDevice *) b)->at);
}

static void
mark_double_addresses (VhTopology *topology)
{
  for (guint i = 1; i < topology->devices->len; i++)
    {
      VhDevice *before = device_at (topology, i - 1), *device = device_at (topology, i);
      if (!device->at.present || vh_address_compare (&before->at, &device->at) != 0)
        continue;
      before->marks |= VH_DEVICE_DOUBLE_ADDRESS;
      device->marks |= VH_DEVICE_DOUBLE_ADDRESS;
    }
}

void
vh_topology_link (VhTopology *topology)
{
  sort_buses (topology);
  find_parents (topology);
  break_cycles (topology);
  place_devices (topology);
  g_array_sort (topology->devices, compare_addresses);
  mark_double_addresses (topology);
  topology->has_pci = topology->buses->len > 0 ||
                      (topology->devices->len > 0 && device_at (topology, 0)->at.present);
}
