/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/spare.h"

#include "model/i18n.h"

#define N_FUNCTIONS 8
#define LAST_SLOT 0x1e /* libvirt keeps 0x1f of q35 for the chipset */

/* What a slot of the root bus holds. */
typedef struct {
  guint n_devices;
  guint n_ports;  /* of them, root ports */
  guint function; /* the first behind the highest that is taken */
  gboolean is_multifunction;
} Slot;

typedef struct {
  Slot slots[LAST_SLOT + 1];
  guint top; /* slot and function of the highest bridge, as a devfn */
} Root;

gint
vh_spare_count_free (const VhReading *reading)
{
  gint total = 0;
  for (guint i = 0; i < vh_topology_get_n_buses (reading->topology); i++)
    {
      if (vh_topology_get_bus (reading->topology, i)->model != VH_BUS_ROOT_PORT)
        continue;
      gint free = vh_slots_of_bus (reading->topology, reading->modes, i).hotpluggable_free;
      if (free < 0)
        return -1;
      total += free;
    }
  return total;
}

gint32
vh_spare_find_next_index (const VhTopology *topology)
{
  gint32 next = 0;
  for (guint i = 0; i < vh_topology_get_n_buses (topology); i++)
    next = MAX (next, vh_topology_get_bus (topology, i)->index + 1);
  return next;
}

static void
note_device (Root *root, const VhTopology *topology, const VhDevice *device)
{
  const VhAddress *at = &device->at;
  if (at->slot > LAST_SLOT)
    return;
  Slot *slot = &root->slots[at->slot];
  slot->n_devices++;
  slot->function = MAX (slot->function, at->function + 1u);
  if (at->function == 0)
    slot->is_multifunction = at->multifunction == VH_SWITCH_ON;
  if (device->secondary_bus < 0)
    return;
  VhBusModel model = vh_topology_get_bus (topology, (guint) device->secondary_bus)->model;
  slot->n_ports += model == VH_BUS_ROOT_PORT;
  root->top = MAX (root->top, at->slot * N_FUNCTIONS + at->function);
}

static Root
read_root (const VhTopology *topology)
{
  guint first = 0;
  Root root = { 0 };
  guint n = vh_topology_get_bus_devices (topology, 0, &first);
  for (guint i = first; i < first + n; i++)
    note_device (&root, topology, vh_topology_get_device (topology, i));
  return root;
}

/* The devfn of the place that a port could take in the slot; 0 when it is full
 * or holds something else. An address that is there already is not touched, so
 * a lone function 0 keeps its slot for itself. */
static guint
place_in (const Root *root, guint slot)
{
  const Slot *row = &root->slots[slot];
  if (row->n_devices == 0)
    return slot * N_FUNCTIONS;
  gboolean is_open = row->n_ports == row->n_devices && row->is_multifunction;
  return is_open && row->function < N_FUNCTIONS ? slot * N_FUNCTIONS + row->function : 0;
}

/* The lowest place above the highest bridge; without one the highest below,
 * where it moves the fewest. */
static guint
find_place (const Root *root)
{
  guint below = 0;
  for (guint slot = 1; slot <= LAST_SLOT; slot++)
    {
      guint place = place_in (root, slot);
      if (place > root->top)
        return place;
      below = MAX (below, place);
    }
  return below;
}

static void
take_place (Root *root, guint place)
{
  Slot *slot = &root->slots[place / N_FUNCTIONS];
  slot->n_devices++;
  slot->n_ports++;
  slot->function = place % N_FUNCTIONS + 1;
  slot->is_multifunction = TRUE;
  root->top = MAX (root->top, place);
}

/* Chassis numbers of the domain. QEMU starts no two ports with the same. */
typedef struct {
  gboolean taken[VH_MAX_BUS_INDEX + 1];
} Chassis;

static Chassis
read_chassis (const VhTopology *topology)
{
  Chassis chassis = { 0 };
  for (guint i = 0; i < vh_topology_get_n_buses (topology); i++)
    {
      const VhBus *bus = vh_topology_get_bus (topology, i);
      gint32 number = bus->chassis < 0 ? bus->index : bus->chassis;
      if (number >= 0 && number <= VH_MAX_BUS_INDEX)
        chassis.taken[number] = TRUE;
    }
  return chassis;
}

/* libvirt takes the index. */
static guint
take_chassis (Chassis *chassis, gint32 index)
{
  guint free = (guint) index;
  for (guint i = 1; i <= VH_MAX_BUS_INDEX && chassis->taken[free]; i++)
    free = free % VH_MAX_BUS_INDEX + 1;
  chassis->taken[free] = TRUE;
  return free;
}

/* Does every controller and device stand where libvirt put it? Else nobody
 * knows which port the next of them takes. NULL when they do. */
static char *
find_incomplete (const VhTopology *topology)
{
  guint n_devices = vh_topology_get_n_devices (topology);
  guint n_buses = vh_topology_get_n_buses (topology);
  guint n_lost = vh_topology_get_bus (topology, n_buses - 1)->index < 0;
  for (guint i = 0; i < n_devices; i++)
    {
      const VhDevice *device = vh_topology_get_device (topology, i);
      gboolean is_root = device->secondary_bus >= 0 &&
                         vh_topology_get_bus (topology, (guint) device->secondary_bus)->index == 0;
      n_lost += device->bus < 0 && !is_root;
    }
  if (n_lost == 0 && !(vh_topology_get_bus (topology, 0)->marks & VH_BUS_IMPLIED))
    return NULL;
  return g_strdup_printf (
      P_ ("libvirt has not given every device of this domain a PCI address yet (%u has none), so "
          "nobody knows which ports they will take: define the domain first.",
          "libvirt has not given every device of this domain a PCI address yet (%u have none), so "
          "nobody knows which ports they will take: define the domain first.",
          n_lost),
      n_lost);
}

static char *
find_obstacle (const VhTopology *topology)
{
  if (vh_topology_get_n_buses (topology) == 0 ||
      vh_topology_get_bus (topology, 0)->model != VH_BUS_PCIE_ROOT)
    return g_strdup_printf (
        _ ("The machine type %s has no PCI Express root bus, so there are no root "
           "ports: devices go on the root bus and on PCI bridges."),
        topology->machine->type);
  if (vh_topology_has_double_index (topology))
    return g_strdup (
        _ ("Two PCI controllers have the same index: give one of them another first."));
  return find_incomplete (topology);
}

/* Of so many ports only the first `n_placed` get both. */
static char *
new_lack (gboolean has_slot, guint count, guint n_placed)
{
  if (has_slot)
    return g_strdup_printf (_ ("No PCI controller has an index above %1$d: of %2$u root ports only "
                               "%3$u get one. Give the controller with the highest index a lower "
                               "one."),
                            VH_MAX_BUS_INDEX, count, n_placed);
  return g_strdup_printf (_ ("The root bus has no slot for another root port: of %1$u only %2$u "
                             "find a place. Each of its free slots takes eight."),
                          count, n_placed);
}

GArray *
vh_spare_new_ports (const VhTopology *topology, guint count, char **reason)
{
  *reason = find_obstacle (topology);
  if (*reason)
    return NULL;
  g_autoptr (GArray) ports = g_array_new (FALSE, FALSE, sizeof (VhSparePort));
  Root root = read_root (topology);
  Chassis chassis = read_chassis (topology);
  gint32 next = vh_spare_find_next_index (topology);
  for (guint i = 0; i < count; i++)
    {
      guint place = find_place (&root);
      if (place == 0 || next > VH_MAX_BUS_INDEX)
        {
          *reason = new_lack (place != 0, count, i);
          return NULL;
        }
      VhSparePort port = { .index = next, .chassis = take_chassis (&chassis, next) };
      port.at.present = TRUE;
      port.at.slot = (guint8) (place / N_FUNCTIONS);
      port.at.function = (guint8) (place % N_FUNCTIONS);
      port.at.multifunction = port.at.function == 0 ? VH_SWITCH_ON : VH_SWITCH_ABSENT;
      g_array_append_val (ports, port);
      take_place (&root, place);
      next++;
    }
  return g_steal_pointer (&ports);
}

char *
vh_spare_format (const VhSparePort *port, VhSwitch hotplug)
{
  g_autofree char *setting = hotplug == VH_SWITCH_ABSENT
                                 ? g_strdup ("")
                                 : g_strdup_printf (" hotplug='%s'", vh_switch_to_string (hotplug));
  return g_strdup_printf (
      "<controller type='pci' index='%d' model='pcie-root-port'>\n"
      "  <model name='pcie-root-port'/>\n"
      "  <target chassis='%u' port='0x%x'%s/>\n"
      "  <address type='pci' domain='0x0000' bus='0x00' slot='0x%02x' function='0x%x'%s/>\n"
      "</controller>",
      port->index, port->chassis, port->at.slot * N_FUNCTIONS + port->at.function, setting,
      port->at.slot, port->at.function,
      port->at.multifunction == VH_SWITCH_ON ? " multifunction='on'" : "");
}

/* ---- away ---- */

/* The functions of its slot that are found only through the port; 0 when it is
 * none of the kind. */
static guint
count_dependents (const VhTopology *topology, const VhBus *port, gint32 limit)
{
  guint first = 0, n_dependents = 0;
  guint n = vh_topology_get_bus_devices (topology, (guint) port->parent, &first);
  if (port->at.function != 0)
    return 0;
  for (guint i = first; i < first + n; i++)
    {
      const VhDevice *device = vh_topology_get_device (topology, i);
      n_dependents += device->at.slot == port->at.slot && device->at.function != 0 &&
                      device->secondary_bus < limit;
    }
  return n_dependents;
}

static char *
find_tie (const VhTopology *topology, gint32 position)
{
  guint first = 0;
  const VhBus *bus = vh_topology_get_bus (topology, (guint) position);
  const char *model = vh_bus_model_to_string (bus->model);
  if (bus->model != VH_BUS_ROOT_PORT || bus->parent < 0)
    return g_strdup_printf (_ ("Only the controller with the highest index can go, since libvirt "
                               "fills gaps anew, and that is %1$d, a %2$s and no spare root port."),
                            bus->index, model);
  if (vh_topology_get_bus_devices (topology, (guint) position, &first) > 0)
    return g_strdup_printf (_ ("Only the controller with the highest index can go, since libvirt "
                               "fills gaps anew, and root port %1$d is in use: it holds \"%2$s\"."),
                            bus->index, vh_topology_get_device (topology, first)->label);
  if (count_dependents (topology, bus, position) > 0)
    return g_strdup_printf (
        _ ("Root port %d is function 0 of its slot: without it the guest would not "
           "find the other ports there."),
        bus->index);
  return NULL;
}

gint32
vh_spare_find_removable (const VhTopology *topology, guint n_gone, char **reason)
{
  guint n = vh_topology_get_n_buses (topology);
  if (n <= n_gone + 1)
    *reason = g_strdup (_ ("There is no root port to remove."));
  else if (vh_topology_has_double_index (topology))
    *reason =
        g_strdup (_ ("Two PCI controllers have the same index: give one of them another first."));
  else
    *reason = find_tie (topology, (gint32) (n - n_gone) - 1);
  return *reason ? -1 : vh_topology_get_bus (topology, n - n_gone - 1)->index;
}
