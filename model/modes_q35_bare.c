/* SPDX-License-Identifier: GPL-2.0-or-later */
/* q35 without ACPI. docs/hotplug.md. */
#include "model/modes_family.h"

/* Does the guest get ACPI tables from SeaBIOS? The release of QEMU tells the release of SeaBIOS:
 * 1.16 came with 10.0 and 1.17 with 11.1. */
static VhKnown
has_seabios_tables (const VhFamily *family)
{
  VhVersion qemu = family->inputs->qemu;
  if (qemu == 0)
    return VH_KNOWN_UNKNOWN;
  if (qemu < VH_VERSION (10, 1, 0))
    return VH_KNOWN_YES;
  return qemu >= VH_VERSION (11, 0, 0) ? VH_KNOWN_NO : VH_KNOWN_UNKNOWN;
}

static void
rule_root (VhRuling *ruling)
{
  VhKnown has_tables = has_seabios_tables (ruling->family);
  vh_ruling_because (ruling, VH_RULE_PCIE_ROOT, NULL);
  if (has_tables == VH_KNOWN_NO)
    return;
  vh_ruling_because_of_machine (ruling, VH_RULE_SEABIOS_TABLES, &ruling->family->qemu);
  if (has_tables == VH_KNOWN_YES)
    vh_ruling_lies (ruling, VH_MECHANISM_ACPI);
  else
    ruling->mode->listed = VH_MECHANISM_UNKNOWN;
}

/* The window of the bridge around it, which holds the registers of its SHPC, has no room to grow.
 * That bridge's own registers are in the window of its port, and stay. */
static gboolean
is_without_room (const VhRuling *ruling)
{
  return ruling->bus->model == VH_BUS_PCI_BRIDGE && ruling->mode->used == VH_MECHANISM_SHPC;
}

static void
rule_below_expander (VhRuling *ruling)
{
  VhKnown has_tables = has_seabios_tables (ruling->family);
  if (has_tables == VH_KNOWN_YES)
    {
      vh_modes_q35_rule_expander (ruling);
      if (is_without_room (ruling))
        vh_ruling_because (ruling, VH_RULE_EXPANDER_NO_ROOM, NULL);
    }
  else if (has_tables == VH_KNOWN_NO)
    vh_ruling_because_of (ruling, VH_RULE_EXPANDER_NOT_FOUND, ruling->place->expander);
  else if (!vh_ruling_port_off (ruling))
    vh_ruling_unknown (ruling, VH_RULE_UNKNOWN_QEMU, &ruling->family->qemu);
}

static void
rule_with_tables (VhRuling *ruling)
{
  const VhInput *bridge = &ruling->family->inputs->bridge;
  vh_ruling_because_of_machine (ruling, VH_RULE_SEABIOS_TABLES, &ruling->family->qemu);
  if (bridge->value == VH_KNOWN_YES)
    vh_ruling_because_of_machine (ruling, VH_RULE_SEABIOS_RESCAN, bridge);
}

static void
rule_without_tables (VhRuling *ruling)
{
  const VhInput *bridge = &ruling->family->inputs->bridge;
  VhMode *mode = ruling->mode;
  if (bridge->value == VH_KNOWN_UNKNOWN)
    {
      vh_ruling_unknown (ruling, VH_RULE_UNKNOWN_SETTING, bridge);
      return;
    }
  gboolean is_lost = bridge->value == VH_KNOWN_YES;
  vh_ruling_because_of_machine (ruling, is_lost ? VH_RULE_NO_ACPI_LOST : VH_RULE_NO_ACPI_WORKS,
                                is_lost ? bridge : &ruling->family->qemu);
  vh_modes_q35_rule_hardware (ruling);
  if (is_lost && mode->used != VH_MECHANISM_UNKNOWN)
    mode->used = mode->live = VH_MECHANISM_NONE;
}

static void
rule_main_tree (VhRuling *ruling)
{
  VhKnown has_tables = has_seabios_tables (ruling->family);
  const VhInput *bridge = &ruling->family->inputs->bridge;
  if (ruling->bus->model == VH_BUS_UPSTREAM_PORT)
    vh_ruling_because (ruling, VH_RULE_UPSTREAM_BUS, NULL);
  else if (vh_ruling_port_off (ruling))
    return;
  else if (has_tables == VH_KNOWN_YES)
    rule_with_tables (ruling);
  else if (has_tables == VH_KNOWN_NO)
    rule_without_tables (ruling);
  else
    {
      vh_ruling_unknown (ruling, VH_RULE_UNKNOWN_QEMU, &ruling->family->qemu);
      /* Lost by either firmware; only the list is open. */
      if (bridge->value == VH_KNOWN_YES)
        ruling->mode->used = ruling->mode->live = VH_MECHANISM_NONE;
    }
}

void
vh_modes_q35_bare_rule (VhRuling *ruling)
{
  vh_ruling_because_of_machine (ruling, VH_RULE_ACPI_OFF, &ruling->family->inputs->acpi);
  if (ruling->bus->model == VH_BUS_PCIE_ROOT)
    rule_root (ruling);
  else if (vh_ruling_fixed (ruling))
    {
      if (has_seabios_tables (ruling->family) == VH_KNOWN_NO)
        vh_ruling_because (ruling, VH_RULE_EXPANDER_NOT_FOUND, &ruling->family->qemu);
    }
  else if (ruling->place->expander >= 0)
    rule_below_expander (ruling);
  else
    rule_main_tree (ruling);
}
