/* SPDX-License-Identifier: GPL-2.0-or-later */
/* i440fx. docs/hotplug.md. */
#include "model/modes_family.h"

static guint
count_bridges (const VhFamily *family)
{
  guint count = 0;
  for (guint i = 0; i < vh_topology_get_n_buses (family->topology); i++)
    if (vh_topology_get_bus (family->topology, i)->model == VH_BUS_PCI_BRIDGE &&
        g_array_index (family->places, VhPlace, i).expander < 0)
      count++;
  return count;
}

/* An alias is the newest type of its QEMU. */
static VhKnown
is_old_machine (const VhMachine *machine)
{
  if (machine->version == 0)
    return machine->flavour ? VH_KNOWN_UNKNOWN : VH_KNOWN_NO;
  return machine->version < VH_VERSION (2, 1, 0) ? VH_KNOWN_YES : VH_KNOWN_NO;
}

/* They are cut to 8 KiB: 7.2 writes 9,186 bytes with one bridge, 5.2 some 6,560 with one and 8,423
 * with two. */
static VhKnown
has_damaged_tables (VhVersion qemu, guint n_bridges)
{
  if (qemu >= VH_VERSION (7, 0, 0) && qemu < VH_VERSION (8, 0, 0))
    return VH_KNOWN_YES;
  if (qemu == 0 || qemu >= VH_VERSION (6, 0, 0))
    return VH_KNOWN_UNKNOWN;
  return n_bridges > 1 ? VH_KNOWN_YES : VH_KNOWN_NO;
}

VhKnown
vh_modes_pc_tables_lost (const VhFamily *family)
{
  guint n_bridges = count_bridges (family);
  VhKnown all[] = {
    n_bridges > 0 ? VH_KNOWN_YES : VH_KNOWN_NO,
    family->inputs->acpi.value,
    family->inputs->bridge.value,
    is_old_machine (family->topology->machine),
    has_damaged_tables (family->inputs->qemu, n_bridges),
  };
  VhKnown lost = VH_KNOWN_YES;
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i] == VH_KNOWN_NO)
      return VH_KNOWN_NO;
    else if (all[i] == VH_KNOWN_UNKNOWN)
      lost = VH_KNOWN_UNKNOWN;
  return lost;
}

/* Do the tables get through to the guest? Else the answer is given, but for SHPC. */
static gboolean
has_tables (VhRuling *ruling)
{
  const VhFamily *family = ruling->family;
  if (family->tables_lost == VH_KNOWN_YES)
    vh_ruling_because_of_machine (ruling, VH_RULE_PIIX4_TABLES_LOST, &family->qemu);
  else if (family->tables_lost == VH_KNOWN_UNKNOWN)
    vh_ruling_unknown (ruling, VH_RULE_UNKNOWN_QEMU, &family->qemu);
  return family->tables_lost == VH_KNOWN_NO;
}

static void
rule_root (VhRuling *ruling)
{
  const VhInput *root = &ruling->family->inputs->root;
  if (root->value == VH_KNOWN_UNKNOWN)
    vh_ruling_unknown (ruling, VH_RULE_UNKNOWN_SETTING, root);
  else if (root->value == VH_KNOWN_NO)
    vh_ruling_because (ruling, VH_RULE_PIIX4_ROOT_OFF, root);
  else if (has_tables (ruling))
    {
      vh_ruling_because (ruling, VH_RULE_PIIX4_ROOT_ON, root);
      vh_ruling_works (ruling, VH_MECHANISM_ACPI);
    }
}

/* QEMU accepts the plug if the bridge has SHPC, or if ROOT is off too; the guest does not see it.
 */
static void
rule_bridge_off (VhRuling *ruling)
{
  const VhInputs *inputs = ruling->family->inputs;
  gboolean has_shpc = ruling->inputs->shpc.value == VH_KNOWN_YES;
  vh_ruling_because_of_machine (ruling, VH_RULE_PIIX4_BRIDGE_OFF, &inputs->bridge);
  if (has_shpc)
    vh_ruling_because (ruling, VH_RULE_PIIX4_NO_SHPC, &ruling->inputs->shpc);
  if (inputs->root.value == VH_KNOWN_NO)
    vh_ruling_because_of_machine (ruling, VH_RULE_PIIX4_BOTH_OFF, &inputs->root);
  else if (inputs->root.value == VH_KNOWN_YES && has_shpc)
    vh_ruling_because (ruling, VH_RULE_PIIX4_LATE_PLUG, NULL);
}

static void
rule_bridge (VhRuling *ruling)
{
  const VhInput *bridge = &ruling->family->inputs->bridge;
  if (bridge->value == VH_KNOWN_UNKNOWN)
    vh_ruling_unknown (ruling, VH_RULE_UNKNOWN_SETTING, bridge);
  else if (bridge->value == VH_KNOWN_NO)
    rule_bridge_off (ruling);
  else if (has_tables (ruling))
    {
      vh_ruling_because_of_machine (ruling, VH_RULE_PIIX4_BRIDGE_ON, bridge);
      vh_ruling_because (ruling, VH_RULE_BRIDGE_ACPI, NULL);
      if (ruling->inputs->shpc.value == VH_KNOWN_YES)
        vh_ruling_because (ruling, VH_RULE_PIIX4_NO_SHPC, &ruling->inputs->shpc);
      vh_ruling_works (ruling, VH_MECHANISM_ACPI);
    }
  else if (ruling->family->tables_lost == VH_KNOWN_YES &&
           ruling->inputs->shpc.value == VH_KNOWN_YES)
    vh_ruling_lies (ruling, VH_MECHANISM_SHPC);
}

static void
rule_without_acpi (VhRuling *ruling)
{
  vh_ruling_because_of_machine (ruling, VH_RULE_ACPI_OFF, &ruling->family->inputs->acpi);
  if (ruling->bus->model == VH_BUS_PCI_ROOT)
    vh_ruling_because (ruling, VH_RULE_PIIX4_NO_ACPI_ROOT, NULL);
  else if (ruling->place->expander >= 0)
    vh_ruling_because_of (ruling, VH_RULE_EXPANDER_NOT_FOUND, ruling->place->expander);
  else
    vh_ruling_shpc (ruling);
}

void
vh_modes_pc_rule (VhRuling *ruling)
{
  const VhInput *acpi = &ruling->family->inputs->acpi;
  gboolean is_root = ruling->bus->model == VH_BUS_PCI_ROOT;
  if (vh_ruling_fixed (ruling))
    {
      if (acpi->value == VH_KNOWN_NO)
        vh_ruling_because (ruling, VH_RULE_EXPANDER_NOT_FOUND, acpi);
      return;
    }
  if (!is_root && ruling->bus->model != VH_BUS_PCI_BRIDGE)
    vh_ruling_unknown (ruling, VH_RULE_MISPLACED, NULL);
  else if (acpi->value == VH_KNOWN_NO)
    rule_without_acpi (ruling);
  else if (is_root)
    rule_root (ruling);
  else if (ruling->place->expander >= 0)
    vh_ruling_because_of (ruling, VH_RULE_EXPANDER_NO_AML, ruling->place->expander);
  else
    rule_bridge (ruling);
}
