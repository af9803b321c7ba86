/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Findings about controllers, slots and addresses. */
#include "model/check_parts.h"
#include "model/i18n.h"

static void
push_error (VhChecks *checks, VhRuleId rule, gint32 bus, const char *text)
{
  vh_checks_error (checks, rule, bus, "%s", text);
}

/* A PCI domain of a guest; libvirt has one (virDomainPCIAddressValidate). */
static gboolean
is_in_other_domain (const VhAddress *at)
{
  return at->present && at->domain != 0;
}

/* The slot it wants is there when libvirt adds the bus, and then it comes after that. */
static gboolean
may_stand_on_added (const VhBus *bus, VhBusModel added)
{
  guint first = 0, last = 0;
  if (bus->index <= (gint32) bus->at.bus || !vh_place_may_stand (bus->model, added))
    return FALSE;
  vh_bus_model_get_slots (added, &first, &last);
  return bus->at.slot >= first && bus->at.slot <= last;
}

static void
check_missing_parent (VhChecks *checks, const VhBus *bus)
{
  VhBusModel added = vh_place_get_added (checks->topology, bus->at.bus);
  if (is_in_other_domain (&bus->at))
    return; /* of the controller as a device */
  if (may_stand_on_added (bus, added))
    vh_checks_warning (checks, VH_RULE_MISSING_PARENT, bus->index,
                       _ ("Controller %1$d has an address on PCI bus %2$u, which does not exist; "
                          "libvirt adds a %3$s for it when the domain is defined."),
                       bus->index, bus->at.bus, vh_bus_model_to_string (added));
  else
    vh_checks_error (checks, VH_RULE_MISSING_PARENT, bus->index,
                     _ ("Controller %1$d has an address on PCI bus %2$u, which does not exist; "
                        "give it one on a bus that does."),
                     bus->index, bus->at.bus);
}

static void
check_marks (VhChecks *checks, const VhBus *bus)
{
  if (bus->marks & VH_BUS_DOUBLE_INDEX)
    vh_checks_error (
        checks, VH_RULE_DOUBLE_INDEX, bus->index,
        _ ("Two PCI controllers have the index %d, and libvirt refuses that; give one of "
           "them an index of its own."),
        bus->index);
  if (bus->marks & VH_BUS_BAD_INDEX)
    vh_checks_error (checks, VH_RULE_BAD_INDEX, bus->index,
                     _ ("The index of a %1$s controller is no number from 0 to %2$d."),
                     vh_bus_model_to_string (bus->model), VH_MAX_BUS_INDEX);
  if (bus->marks & VH_BUS_MISSING_PARENT)
    check_missing_parent (checks, bus);
  if (bus->marks & VH_BUS_IN_CYCLE)
    vh_checks_error (checks, VH_RULE_CYCLE, bus->index,
                     _ ("Controller %d hangs below itself; give it an address on another bus."),
                     bus->index);
  if (bus->marks & VH_BUS_BAD_SWITCH)
    vh_checks_error (checks, VH_RULE_BAD_SWITCH, bus->index,
                     _ ("The attribute hotplug of controller %d must be 'on' or 'off'."),
                     bus->index);
}

/* Index 0 and the model of the root belong together. */
static void
check_root (VhChecks *checks, const VhBus *bus)
{
  const VhMachine *machine = checks->topology->machine;
  const char *model = vh_bus_model_to_string (bus->model);
  VhBusModel root = machine->chipset == VH_CHIPSET_I440FX ? VH_BUS_PCI_ROOT : VH_BUS_PCIE_ROOT;
  const char *right = vh_bus_model_to_string (root);
  if (bus->index != 0 && vh_topology_is_root_model (bus->model))
    vh_checks_error (checks, VH_RULE_WRONG_ROOT, bus->index,
                     _ ("A %s controller must have the index 0."), model);
  else if (bus->index != 0)
    return;
  else if (bus->model != root && bus->marks & VH_BUS_INDEX_GIVEN)
    vh_checks_error (
        checks, VH_RULE_WRONG_ROOT, bus->index,
        _ ("This %1$s has no index, so libvirt gives it 0, the lowest that is free, which "
           "must be %2$s; write a <controller type='pci' index='0' model='%3$s'/> too."),
        model, right, right);
  else if (bus->model != root)
    vh_checks_error (
        checks, VH_RULE_WRONG_ROOT, bus->index,
        _ ("The PCI controller with index 0 must be %1$s for the machine type %2$s, not %3$s."),
        right, machine->type, model);
  else if (bus->marks & VH_BUS_NO_MODEL)
    vh_checks_error (
        checks, VH_RULE_WRONG_ROOT, bus->index,
        _ ("The PCI controller with index 0 has no model, and libvirt refuses that; write "
           "model='%s'."),
        right);
}

static void
check_model (VhChecks *checks, const VhBus *bus)
{
  if (bus->model == VH_BUS_UNKNOWN)
    vh_checks_error (checks, VH_RULE_UNKNOWN_MODEL, bus->index,
                     _ ("libvirt knows no PCI controller of the model '%s'."),
                     bus->model_text ? bus->model_text : "");
  else if (vh_machine_is_pc (checks->topology->machine))
    check_root (checks, bus);
}

/* libvirt puts a pci-bridge on the first bus that takes one, and that may be its own. */
static gboolean
has_place_for_bridge (const VhTopology *topology, const VhBus *bridge)
{
  for (guint i = 0; i < vh_topology_get_n_buses (topology); i++)
    {
      const VhBus *bus = vh_topology_get_bus (topology, i);
      if (bus->index < bridge->index && vh_place_fits (bridge->model, bus->model))
        return TRUE;
    }
  return FALSE;
}

static void
check_unaddressed (VhChecks *checks, const VhBus *bus)
{
  if (bus->model == VH_BUS_PCI_BRIDGE && bus->index > 0 && !bus->at.present &&
      !has_place_for_bridge (checks->topology, bus))
    vh_checks_error (
        checks, VH_RULE_LOWER_INDEX, bus->index,
        _ ("Controller %d has no address, and none with a lower index takes a pci-bridge, so "
           "libvirt refuses it; put a pcie-to-pci-bridge before it."),
        bus->index);
}

static void
check_parent (VhChecks *checks, const VhBus *bus)
{
  if (bus->parent < 0)
    {
      check_unaddressed (checks, bus);
      return;
    }
  const VhBus *parent = vh_topology_get_bus (checks->topology, (guint) bus->parent);
  const char *model = vh_bus_model_to_string (bus->model);
  if (bus->index >= 0 && parent->index > bus->index)
    vh_checks_error (
        checks, VH_RULE_LOWER_INDEX, bus->index,
        _ ("Controller %1$d hangs on controller %2$d, which QEMU makes later, so it does not "
           "start; swap the two indexes."),
        bus->index, parent->index);
  if (bus->model == VH_BUS_UNKNOWN || parent->model == VH_BUS_UNKNOWN)
    return;
  if (bus->model == VH_BUS_PCIE_TO_PCI_BRIDGE && parent->model == VH_BUS_PCIE_ROOT)
    push_error (checks, VH_RULE_BRIDGE_ON_ROOT, bus->index,
                _ ("libvirt refuses a pcie-to-pci-bridge on pcie-root; put it behind a "
                   "pcie-root-port."));
  else if (!vh_place_may_stand (bus->model, parent->model))
    vh_checks_error (checks, VH_RULE_MISPLACED, bus->index, _ ("libvirt refuses a %1$s on a %2$s."),
                     model, vh_bus_model_to_string (parent->model));
}

/* The model as a whole does not belong to the chipset: only where the tree itself is sound. */
static void
check_chipset (VhChecks *checks, const VhBus *bus)
{
  const VhMachine *machine = checks->topology->machine;
  gboolean is_conventional = bus->model == VH_BUS_PCI_BRIDGE || bus->model == VH_BUS_PCI_EXPANDER;
  if (vh_topology_is_root_model (bus->model) || bus->parent >= 0 || bus->model == VH_BUS_UNKNOWN ||
      machine->chipset != VH_CHIPSET_I440FX || is_conventional)
    return;
  vh_checks_error (checks, VH_RULE_MISPLACED, bus->index,
                   _ ("The machine type %1$s has no PCI Express, so it can have no %2$s."),
                   machine->type, vh_bus_model_to_string (bus->model));
}

static gint32
index_of (VhChecks *checks, const VhDevice *device)
{
  return device->bus < 0 ? -1 : vh_topology_get_bus (checks->topology, (guint) device->bus)->index;
}

/* What libvirt adds when the domain is defined may lack the slot. */
static void
check_missing_bus (VhChecks *checks, const VhDevice *device)
{
  guint first = 0, last = G_MAXUINT;
  g_autofree char *address = vh_address_format (&device->at);
  VhBusModel added = vh_place_get_added (checks->topology, device->at.bus);
  if (added != VH_BUS_UNKNOWN)
    vh_bus_model_get_slots (added, &first, &last);
  if (device->at.slot < first || device->at.slot > last)
    vh_checks_error (checks, VH_RULE_MISSING_BUS, -1,
                     _ ("\"%1$s\" has the address %2$s, but there is no such PCI bus, and a %3$s, "
                        "which libvirt would add, has slots from %4$u to %5$u."),
                     device->label, address, vh_bus_model_to_string (added), first, last);
  else
    vh_checks_warning (checks, VH_RULE_MISSING_BUS, -1,
                       _ ("\"%1$s\" has the address %2$s, but there is no such PCI bus."),
                       device->label, address);
}

static void
check_slot (VhChecks *checks, const VhDevice *device, const VhBus *bus)
{
  const char *model = vh_bus_model_to_string (bus->model);
  if (device->secondary_bus < 0 && !vh_place_takes_devices (bus->model))
    vh_checks_error (checks, VH_RULE_MISPLACED_DEVICE, bus->index,
                     _ ("libvirt refuses \"%1$s\" on a %2$s; put it behind a port of its own."),
                     device->label, model);
  if (device->at.slot >= bus->first_slot && device->at.slot <= bus->last_slot)
    return;
  g_autofree char *address = vh_address_format (&device->at);
  vh_checks_error (checks, VH_RULE_BAD_SLOT, bus->index,
                   _ ("\"%1$s\" has the address %2$s, but a %3$s has slots from %4$u to %5$u."),
                   device->label, address, model, bus->first_slot, bus->last_slot);
}

static void
check_address (VhChecks *checks, const VhDevice *device)
{
  if (device->marks & VH_DEVICE_BAD_ADDRESS)
    vh_checks_error (checks, VH_RULE_BAD_ADDRESS, index_of (checks, device),
                     _ ("The PCI address of \"%s\" is malformed or out of range."), device->label);
  if (is_in_other_domain (&device->at))
    vh_checks_error (
        checks, VH_RULE_BAD_ADDRESS, index_of (checks, device),
        _ ("\"%1$s\" has an address in PCI domain %2$u, but a guest has domain 0 alone."),
        device->label, device->at.domain);
  /* A controller's own is a finding about its bus. */
  else if ((device->marks & VH_DEVICE_MISSING_BUS) && device->secondary_bus < 0)
    check_missing_bus (checks, device);
  if (device->bus >= 0 && device->at.present)
    check_slot (checks, device, vh_topology_get_bus (checks->topology, (guint) device->bus));
}

/* The chipset's own device is function 0 there. */
static gboolean
is_chipset_slot (const VhTopology *topology, const VhDevice *device)
{
  VhChipset chipset = topology->machine->chipset;
  if (vh_topology_get_bus (topology, (guint) device->bus)->index != 0)
    return FALSE;
  return (chipset == VH_CHIPSET_I440FX && device->at.slot == 0x01) ||
         (chipset == VH_CHIPSET_Q35 && device->at.slot == 0x1f);
}

/* Function 3 is SMBus or power management; one of the others is the disk controller, which has to
 * be there (qemuDomainValidateDevicePCISlotsPIIX3 and …Q35; libvirt lets a device into 00:01.1, and
 * QEMU ends). */
static gboolean
is_chipset_function (const VhTopology *topology, const VhDevice *device)
{
  const gboolean is_q35 = topology->machine->chipset == VH_CHIPSET_Q35;
  if (device->bus < 0 || !device->at.present || !is_chipset_slot (topology, device))
    return FALSE;
  if (device->at.function == (is_q35 ? 2 : 1))
    return !vh_device_is_controller (device, is_q35 ? "sata" : "ide");
  return device->at.function == 0 || device->at.function == 3;
}

/* No function 0 in its slot: the firmware looks no further. */
static gboolean
is_hidden (const VhTopology *topology, const VhDevice *before, const VhDevice *device)
{
  if (device->bus < 0 || device->at.function == 0 || is_chipset_slot (topology, device))
    return FALSE;
  return !before || before->bus != device->bus || before->at.slot != device->at.slot;
}

/* `before` is the device with the next lower address; NULL for the first. */
static void
check_neighbours (VhChecks *checks, const VhDevice *before, const VhDevice *device)
{
  const gboolean is_double = before && vh_address_compare (&before->at, &device->at) == 0;
  const gboolean hides = is_hidden (checks->topology, before, device);
  const gboolean is_chipset = is_chipset_function (checks->topology, device);
  if (!device->at.present || (!is_double && !hides && !is_chipset))
    return;
  const gint32 bus = index_of (checks, device);
  g_autofree char *address = vh_address_format (&device->at);
  if (is_double)
    vh_checks_error (
        checks, VH_RULE_DOUBLE_ADDRESS, bus,
        _ ("\"%1$s\" and \"%2$s\" have the same PCI address %3$s; libvirt refuses that."),
        before->label, device->label, address);
  if (is_chipset)
    vh_checks_error (checks, VH_RULE_DOUBLE_ADDRESS, bus,
                     _ ("\"%1$s\" has the PCI address %2$s, which a device of the chipset has; the "
                        "domain does not start."),
                     device->label, address);
  if (hides)
    vh_checks_warning (
        checks, VH_RULE_FUNCTION_0_EMPTY, bus,
        _ ("\"%1$s\" is at %2$s, but function 0 of that slot is empty, so the guest does not "
           "find it."),
        device->label, address);
}

void
vh_checks_look_at_topology (VhChecks *checks)
{
  const VhTopology *topology = checks->topology;
  const VhDevice *before = NULL;
  for (guint i = 0; i < vh_topology_get_n_buses (topology); i++)
    {
      const VhBus *bus = vh_topology_get_bus (topology, i);
      check_marks (checks, bus);
      check_model (checks, bus);
      check_parent (checks, bus);
      check_chipset (checks, bus);
    }
  for (guint i = 0; i < vh_topology_get_n_devices (topology); i++)
    {
      const VhDevice *device = vh_topology_get_device (topology, i);
      check_address (checks, device);
      check_neighbours (checks, before, device);
      before = device;
    }
}
