/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/bus_numbers.h"

#define UNKNOWN (-1)

typedef struct {
  const VhTopology *topology;
  GArray *numbers;
  gint32 last; /* the number given last */
} Count;

static gint32 *
number_at (const Count *count, guint position)
{
  return &g_array_index (count->numbers, gint32, position);
}

static gboolean
is_expander (const VhBus *bus)
{
  return bus->model == VH_BUS_PCI_EXPANDER || bus->model == VH_BUS_PCIE_EXPANDER;
}

/* Does the firmware look at the function? Only where function 0 is there; that
 * of the chipset's own slot always is. */
static gboolean
is_seen (const VhTopology *topology, guint first, guint device)
{
  const VhAddress *at = &vh_topology_get_device (topology, device)->at;
  gboolean is_root = at->bus == 0;
  guint8 own = topology->machine->chipset == VH_CHIPSET_Q35 ? 0x1f : 0x01;
  if (at->function == 0 || (is_root && at->slot == own))
    return TRUE;
  for (guint i = device; i-- > first;)
    {
      const VhAddress *other = &vh_topology_get_device (topology, i)->at;
      if (other->slot != at->slot)
        return FALSE;
      if (other->function == 0)
        return TRUE;
    }
  return FALSE;
}

/* Devices of a bus are in the order of their addresses. The depth is that of
 * the tree, which has 256 buses at most. */
static void
count_below (Count *count, guint bus)
{
  guint first = 0;
  guint n = vh_topology_get_bus_devices (count->topology, bus, &first);
  for (guint i = first; i < first + n; i++)
    {
      gint32 behind = vh_topology_get_device (count->topology, i)->secondary_bus;
      if (behind < 0 || is_expander (vh_topology_get_bus (count->topology, (guint) behind)) ||
          !is_seen (count->topology, first, i))
        continue;
      count->last++;
      *number_at (count, (guint) behind) = count->last > VH_MAX_BUS_INDEX ? UNKNOWN : count->last;
      count_below (count, (guint) behind);
    }
}

static void
count_root (Count *count, guint bus, gint32 number)
{
  *number_at (count, bus) = count->last = number;
  count_below (count, bus);
}

static gboolean
is_found (const VhModes *modes, guint bus)
{
  const GArray *reasons = vh_modes_get (modes, bus)->reasons;
  for (guint i = 0; i < reasons->len; i++)
    if (g_array_index (reasons, VhReason, i).rule == VH_RULE_EXPANDER_NOT_FOUND)
      return FALSE;
  return TRUE;
}

static void
count_expander (Count *count, const VhModes *modes, guint position)
{
  const VhBus *bus = vh_topology_get_bus (count->topology, position);
  gint32 own = bus->model == VH_BUS_PCI_EXPANDER ? 1 : 0;
  if (bus->bus_number >= 0 && is_found (modes, position))
    count_root (count, position, MIN (bus->bus_number + own, VH_MAX_BUS_INDEX));
}

static gboolean
is_placed (const VhTopology *topology)
{
  for (guint i = 0; i < vh_topology_get_n_buses (topology); i++)
    {
      const VhBus *bus = vh_topology_get_bus (topology, i);
      gboolean is_root = bus->index == 0 && bus->parent < 0;
      if (!is_root && (bus->parent < 0 || (bus->marks & (VH_BUS_DOUBLE_INDEX | VH_BUS_BAD_INDEX))))
        return FALSE;
    }
  return TRUE;
}

static void
forget (GArray *numbers)
{
  for (guint i = 0; i < numbers->len; i++)
    g_array_index (numbers, gint32, i) = UNKNOWN;
}

/* Do the numbers of one root run into those of another? Then the firmware
 * gives some twice. */
static gboolean
has_overlap (const GArray *numbers)
{
  gboolean seen[VH_MAX_BUS_INDEX + 1] = { FALSE };
  for (guint i = 0; i < numbers->len; i++)
    {
      gint32 number = g_array_index (numbers, gint32, i);
      if (number < 0)
        continue;
      if (seen[number])
        return TRUE;
      seen[number] = TRUE;
    }
  return FALSE;
}

GArray *
vh_bus_numbers_new (const VhTopology *topology, const VhModes *modes)
{
  guint n_buses = vh_topology_get_n_buses (topology);
  GArray *numbers = g_array_sized_new (FALSE, FALSE, sizeof (gint32), n_buses);
  g_array_set_size (numbers, n_buses);
  forget (numbers);
  if (!vh_machine_is_pc (topology->machine) || !is_placed (topology))
    return numbers;
  Count count = { topology, numbers, UNKNOWN };
  for (guint i = 0; i < n_buses; i++)
    {
      const VhBus *bus = vh_topology_get_bus (topology, i);
      if (bus->parent < 0)
        count_root (&count, i, 0);
      else if (is_expander (bus))
        count_expander (&count, modes, i);
    }
  if (has_overlap (numbers))
    forget (numbers);
  return numbers;
}
