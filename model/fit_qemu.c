/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What QEMU says to a plug on a bus that libvirt chose. Whether a guest then
 * sees it is the business of modes.c. */
#include "model/fit_parts.h"
#include "model/place.h"

/* From QEMU 8.0 on the handler of a bus is asked whether the bus takes a plug at all
 * (is_hotpluggable_bus of hw/core/hotplug.c), instead of at the plug. Seen on 7.2 and 10.0. */
static gboolean
asks_handler (const VhInputs *inputs)
{
  return inputs->qemu >= VH_VERSION (8, 0, 0);
}

/* QEMU before 8.0 gives no handler of ACPI hotplug to what is behind a port that is off
 * (hw/acpi/pcihp.c:360). */
static gboolean
is_left_alone (const VhInputs *inputs, const VhPlace *place)
{
  return place->off_port >= 0 && inputs->qemu < VH_VERSION (8, 0, 0);
}

/* hw/pci-bridge/pci_bridge_dev.c: a bridge with SHPC takes a plug by itself;
 * hw/acpi/pcihp.c: so does every bridge of the main tree under ACPI hotplug. */
static VhKnown
bridge_takes (const VhReading *reading, guint position, const VhPlace *place)
{
  const VhInputs *inputs = reading->inputs;
  VhKnown shpc = vh_inputs_get_bus (inputs, position)->shpc.value;
  gboolean has_acpi =
      inputs->acpi.value == VH_KNOWN_YES && place->expander < 0 && !is_left_alone (inputs, place);
  gboolean is_i440fx = reading->topology->machine->chipset == VH_CHIPSET_I440FX;
  if (shpc == VH_KNOWN_YES || !has_acpi)
    return shpc;
  if (inputs->bridge.value == VH_KNOWN_YES)
    return VH_KNOWN_YES;
  /* With both switches off the bridges keep the handler (piix4.c:564), which before QEMU 8.0 was
   * all that counted. */
  if (is_i440fx && inputs->bridge.value == VH_KNOWN_NO && inputs->root.value == VH_KNOWN_NO)
    return inputs->qemu == 0 ? VH_KNOWN_UNKNOWN : asks_handler (inputs) ? shpc : VH_KNOWN_YES;
  return inputs->bridge.value == VH_KNOWN_NO ? shpc : VH_KNOWN_UNKNOWN;
}

/* ACPI hotplug has taken the port over, or may have. */
static gboolean
is_under_acpi (const VhReading *reading, const VhPlace *place)
{
  const VhInputs *inputs = reading->inputs;
  return reading->topology->machine->chipset == VH_CHIPSET_Q35 && place->expander < 0 &&
         !is_left_alone (inputs, place) && inputs->bridge.value != VH_KNOWN_NO;
}

/* virt: the device of general events asks no port whether it has the bit (hw/acpi/pcihp.c; a guest:
 * tests/fixtures/ground-truth/arm-ged-on.json). */
static gboolean
is_under_ged (const VhReading *reading, const VhPlace *place)
{
  const VhInputs *inputs = reading->inputs;
  return vh_machine_is_arm_virt (reading->topology->machine) && place->expander < 0 &&
         inputs->acpi.value == VH_KNOWN_YES && inputs->bridge.value == VH_KNOWN_YES;
}

/* hw/pci/pcie.c: else the port refuses by itself when it lacks the bit. */
static VhKnown
port_takes (const VhReading *reading, guint position, const VhPlace *place)
{
  const VhBusInputs *settings = vh_inputs_get_bus (reading->inputs, position);
  gboolean is_taken_over = is_under_acpi (reading, place);
  if (is_under_ged (reading, place))
    return VH_KNOWN_YES;
  if (settings->hpc.value != VH_KNOWN_YES)
    return settings->hpc.value;
  return is_taken_over && settings->native.value != VH_KNOWN_YES ? reading->inputs->bridge.value
                                                                 : settings->native.value;
}

static VhKnown
root_takes (const VhReading *reading)
{
  const VhInputs *inputs = reading->inputs;
  if (reading->topology->machine->chipset != VH_CHIPSET_I440FX)
    return VH_KNOWN_UNKNOWN;
  return inputs->acpi.value == VH_KNOWN_YES ? inputs->root.value : inputs->acpi.value;
}

static VhKnown
takes (const VhReading *reading, guint position, const VhPlace *place)
{
  switch (vh_topology_get_bus (reading->topology, position)->model)
    {
    case VH_BUS_PCI_ROOT:
      return root_takes (reading);
    case VH_BUS_ROOT_PORT:
    case VH_BUS_DOWNSTREAM_PORT:
      return port_takes (reading, position, place);
    case VH_BUS_PCI_BRIDGE:
    case VH_BUS_PCIE_TO_PCI_BRIDGE:
      return bridge_takes (reading, position, place);
    case VH_BUS_PCI_EXPANDER:
    case VH_BUS_PCIE_EXPANDER:
    case VH_BUS_PCIE_ROOT:
    case VH_BUS_UPSTREAM_PORT:
    case VH_BUS_DMI_TO_PCI_BRIDGE:
      return VH_KNOWN_NO;
    case VH_BUS_UNKNOWN:
    default:
      return VH_KNOWN_UNKNOWN;
    }
}

static char *
word_refusal (const VhReading *reading, guint position, const VhPlace *place)
{
  const VhBus *bus = vh_topology_get_bus (reading->topology, position);
  const VhKnown hpc = vh_inputs_get_bus (reading->inputs, position)->hpc.value;
  gboolean is_refused_before = asks_handler (reading->inputs) && hpc == VH_KNOWN_NO;
  gboolean is_by_port =
      vh_bus_is_port (bus) && !is_under_acpi (reading, place) && !is_refused_before;
  return g_strdup_printf (is_by_port ? "internal error: unable to execute QEMU command "
                                       "'device_add': Hot-plug failed: unsupported by the port "
                                       "device '%s'"
                                     : "internal error: unable to execute QEMU command "
                                       "'device_add': Bus '%s' does not support hotplugging",
                          bus->alias);
}

VhKnown
vh_fit_qemu_takes (const VhReading *reading, guint position, char **error)
{
  g_autoptr (GArray) places = vh_place_new_all (reading->topology, reading->inputs);
  const VhPlace *place = &g_array_index (places, VhPlace, position);
  VhKnown known = takes (reading, position, place);
  *error = known == VH_KNOWN_NO ? word_refusal (reading, position, place) : NULL;
  return known;
}
