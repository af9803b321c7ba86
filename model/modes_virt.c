/* SPDX-License-Identifier: GPL-2.0-or-later */
/* virt of aarch64. docs/hotplug.md. */
#include "model/modes_family.h"

/* The releases whose guests were looked at begin here; the way of the hardware is older. */
#define FIRST_COVERED VH_VERSION (5, 2, 0)

static gboolean
is_covered (const VhFamily *family)
{
  return vh_machine_is_arm_virt (family->topology->machine) &&
         family->inputs->qemu >= FIRST_COVERED;
}

static void
rule_native (VhRuling *ruling)
{
  vh_ruling_because_of_machine (ruling, VH_RULE_VIRT_NATIVE, &ruling->family->inputs->bridge);
  vh_modes_q35_rule_hardware (ruling);
}

/* A bus of the main tree whose slots the tables describe: also that of a port with hotplug off,
 * which QEMU asks its ACPI handler about instead. */
static void
rule_slots (VhRuling *ruling)
{
  gboolean is_port = vh_bus_is_port (ruling->bus);
  if (is_port && ruling->place->slot_0 == VH_HOLDS_BRIDGE)
    {
      vh_ruling_because (ruling, VH_RULE_PORT_HOLDS_BRIDGE, NULL);
      return;
    }
  if (is_port && ruling->inputs->hpc.value == VH_KNOWN_NO)
    vh_ruling_because (ruling, VH_RULE_GED_PORT_OFF, &ruling->inputs->hpc);
  vh_ruling_because (ruling, is_port ? VH_RULE_PORT_ACPI : VH_RULE_BRIDGE_ACPI, NULL);
  vh_ruling_works (ruling, VH_MECHANISM_ACPI);
  vh_modes_q35_add_denied (ruling);
}

static void
rule_acpi (VhRuling *ruling)
{
  vh_ruling_because_of_machine (ruling, VH_RULE_GED_BRIDGE_ON, &ruling->family->inputs->bridge);
  if (ruling->bus->model == VH_BUS_PCIE_ROOT)
    {
      vh_ruling_because (ruling, VH_RULE_GED_ROOT_LOST, NULL);
      vh_ruling_lies (ruling, VH_MECHANISM_ACPI);
    }
  else if (ruling->bus->model == VH_BUS_UPSTREAM_PORT)
    vh_modes_q35_rule_upstream (ruling);
  else
    rule_slots (ruling);
}

void
vh_modes_virt_rule (VhRuling *ruling)
{
  const VhInputs *inputs = ruling->family->inputs;
  gboolean has_acpi = inputs->acpi.value == VH_KNOWN_YES;
  gboolean has_ged = has_acpi && inputs->bridge.value == VH_KNOWN_YES;
  if (!is_covered (ruling->family))
    vh_ruling_unknown (ruling, inputs->qemu ? VH_RULE_UNKNOWN_MACHINE : VH_RULE_UNKNOWN_QEMU,
                       &ruling->family->qemu);
  else if (has_acpi && inputs->bridge.value == VH_KNOWN_UNKNOWN)
    vh_ruling_unknown (ruling, VH_RULE_UNKNOWN_SETTING, &inputs->bridge);
  else if (has_ged && ruling->place->expander < 0 && ruling->bus->model != VH_BUS_PCIE_EXPANDER)
    rule_acpi (ruling);
  else if (vh_ruling_fixed (ruling))
    return;
  else if (ruling->place->expander >= 0 && !has_acpi)
    vh_ruling_because_of (ruling, VH_RULE_EXPANDER_NOT_FOUND, ruling->place->expander);
  else if (has_ged)
    vh_modes_q35_rule_expander (ruling);
  else
    rule_native (ruling);
}
