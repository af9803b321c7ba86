/* SPDX-License-Identifier: GPL-2.0-or-later */
/* q35 with ACPI. docs/hotplug.md. */
#include "model/modes_family.h"

#define FIRST_WITH_BRIDGE VH_VERSION (6, 1, 0)
/* acpi-build.c and pcihp.c were written anew. */
#define FIRST_WITH_NEW_TABLES VH_VERSION (8, 0, 0)

/* The link of switch ports was repaired for QEMU 9.1; the last 7.2 has the repair, 5.2 does not. */
static VhKnown
is_link_down (const VhFamily *family)
{
  VhVersion qemu = family->inputs->qemu;
  if (qemu == 0)
    return VH_KNOWN_UNKNOWN;
  if (qemu < VH_VERSION (6, 0, 0))
    return VH_KNOWN_YES;
  gboolean is_tried = qemu >= VH_VERSION (7, 2, 0) && qemu < VH_VERSION (8, 0, 0);
  return is_tried || qemu >= VH_VERSION (9, 1, 0) ? VH_KNOWN_NO : VH_KNOWN_UNKNOWN;
}

static void
rule_native (VhRuling *ruling)
{
  const VhInput *native = &ruling->inputs->native;
  VhKnown link_down =
      ruling->bus->model == VH_BUS_DOWNSTREAM_PORT ? is_link_down (ruling->family) : VH_KNOWN_NO;
  if (native->value == VH_KNOWN_UNKNOWN)
    vh_ruling_unknown (ruling, VH_RULE_UNKNOWN_SETTING, native);
  else if (native->value == VH_KNOWN_NO)
    vh_ruling_because (
        ruling, ruling->place->expander >= 0 ? VH_RULE_EXPANDER_NOTHING : VH_RULE_PORT_HPC_HIDDEN,
        native);
  else if (link_down == VH_KNOWN_UNKNOWN)
    vh_ruling_unknown (ruling, VH_RULE_UNKNOWN_QEMU, &ruling->family->qemu);
  else if (link_down == VH_KNOWN_YES)
    {
      vh_ruling_because (ruling, VH_RULE_PORT_LINK_DOWN, &ruling->family->qemu);
      vh_ruling_lies (ruling, VH_MECHANISM_NATIVE);
      /* The link of what was there at boot is up, and it can be taken out [q5.2-switch]. */
      ruling->mode->live = ruling->mode->used;
    }
  else
    {
      vh_ruling_because (ruling, VH_RULE_PORT_NATIVE, native);
      vh_ruling_works (ruling, VH_MECHANISM_NATIVE);
    }
}

void
vh_modes_q35_rule_hardware (VhRuling *ruling)
{
  if (vh_ruling_port_off (ruling))
    return;
  if (vh_bus_is_port (ruling->bus))
    rule_native (ruling);
  else if (ruling->bus->model == VH_BUS_UPSTREAM_PORT)
    vh_ruling_because (ruling, VH_RULE_UPSTREAM_BUS, NULL);
  else if (ruling->bus->model == VH_BUS_DMI_TO_PCI_BRIDGE)
    vh_ruling_because (ruling, VH_RULE_DMI_NONE, NULL);
  else
    vh_ruling_shpc (ruling);
}

void
vh_modes_q35_rule_expander (VhRuling *ruling)
{
  vh_ruling_because_of (ruling, VH_RULE_EXPANDER_GRANTS, ruling->place->expander);
  vh_modes_q35_rule_hardware (ruling);
}

void
vh_modes_q35_add_denied (VhRuling *ruling)
{
  if (vh_bus_is_port (ruling->bus) && ruling->inputs->native.value == VH_KNOWN_YES)
    vh_ruling_because (ruling, VH_RULE_PORT_NATIVE_DENIED, &ruling->inputs->native);
  if (ruling->inputs->shpc.value != VH_KNOWN_YES)
    return;
  vh_ruling_because (ruling, VH_RULE_ACPI_BEFORE_SHPC, &ruling->inputs->shpc);
  ruling->mode->offered |= VH_OFFERS (VH_MECHANISM_SHPC);
}

/* The tables of QEMU 6.1 to 7.2 lack the bus, so that no slot is taken by ACPI and the guest drives
 * the SHPC of a bridge. Behind an off port QEMU does so too. */
static void
rule_gap (VhRuling *ruling)
{
  vh_ruling_because_of (ruling, VH_RULE_SWITCH_GAP, ruling->place->gap);
  if (ruling->inputs->shpc.value != VH_KNOWN_YES)
    return;
  vh_ruling_because (ruling, VH_RULE_GAP_LEAVES_SHPC, &ruling->inputs->shpc);
  if (ruling->place->off_port >= 0)
    vh_ruling_works (ruling, VH_MECHANISM_SHPC);
  else
    vh_ruling_lies (ruling, VH_MECHANISM_SHPC);
}

static void
rule_behind_off (VhRuling *ruling)
{
  vh_ruling_because_of (ruling, VH_RULE_BEHIND_OFF_LOST, ruling->place->off_port);
  if (vh_place_has_handler (ruling->place, ruling->bus, ruling->inputs))
    vh_ruling_lies (ruling, VH_MECHANISM_ACPI);
}

/* A bus with slots that ACPI hotplug is responsible for. */
static void
rule_acpi (VhRuling *ruling)
{
  const VhPlace *place = ruling->place;
  VhKnown is_old = vh_family_is_qemu_before (ruling->family, FIRST_WITH_NEW_TABLES);
  gboolean is_port = vh_bus_is_port (ruling->bus);
  gboolean is_behind_off = place->off_port >= 0;
  if (is_port && place->slot_0 == VH_HOLDS_BRIDGE)
    {
      vh_ruling_because (ruling, VH_RULE_PORT_HOLDS_BRIDGE, NULL);
      return;
    }
  if (is_old == VH_KNOWN_UNKNOWN && (is_behind_off || !place->reached))
    {
      vh_ruling_unknown (ruling, VH_RULE_UNKNOWN_QEMU, &ruling->family->qemu);
      return;
    }
  if (is_old == VH_KNOWN_YES && !place->described)
    {
      rule_gap (ruling);
      return;
    }
  vh_ruling_because (ruling, is_port ? VH_RULE_PORT_ACPI : VH_RULE_BRIDGE_ACPI, NULL);
  if (is_old == VH_KNOWN_YES && is_behind_off)
    rule_behind_off (ruling);
  else if (is_old == VH_KNOWN_YES && !place->reached)
    {
      vh_ruling_because_of (ruling, VH_RULE_SWITCH_WALK, place->gap);
      vh_ruling_lies (ruling, VH_MECHANISM_ACPI);
    }
  else
    {
      if (is_behind_off)
        vh_ruling_because_of (ruling, VH_RULE_BEHIND_OFF_WORKS, place->off_port);
      vh_ruling_works (ruling, VH_MECHANISM_ACPI);
    }
  vh_modes_q35_add_denied (ruling);
}

static gboolean
has_listed_slot_0 (const VhRuling *ruling)
{
  const VhPlace *place = ruling->place;
  gboolean is_old =
      vh_family_is_qemu_before (ruling->family, FIRST_WITH_NEW_TABLES) == VH_KNOWN_YES;
  if (place->slot_0 != VH_HOLDS_NOTHING || ruling->family->inputs->bridge.value != VH_KNOWN_YES)
    return FALSE;
  return !is_old || (place->described && vh_place_has_handler (place, ruling->bus, ruling->inputs));
}

void
vh_modes_q35_rule_upstream (VhRuling *ruling)
{
  vh_ruling_because (ruling, VH_RULE_UPSTREAM_BUS, NULL);
  if (!has_listed_slot_0 (ruling))
    return;
  vh_ruling_because (ruling, VH_RULE_UPSTREAM_SLOT_0, &ruling->family->inputs->bridge);
  vh_ruling_lies (ruling, VH_MECHANISM_ACPI);
}

/* QEMU before 8.0 gives its own handler to a port behind an off port, so that the tables list the
 * slot, even if that port is off as well. */
static void
rule_port_off (VhRuling *ruling)
{
  const VhPlace *place = ruling->place;
  gboolean is_old =
      vh_family_is_qemu_before (ruling->family, FIRST_WITH_NEW_TABLES) == VH_KNOWN_YES;
  gboolean is_listed = place->off_port >= 0 && place->described && is_old &&
                       ruling->family->inputs->bridge.value == VH_KNOWN_YES;
  if (ruling->inputs->hpc.value == VH_KNOWN_NO && is_listed && place->slot_0 != VH_HOLDS_BRIDGE)
    rule_behind_off (ruling);
}

static void
rule_main_tree (VhRuling *ruling)
{
  const VhInput *bridge = &ruling->family->inputs->bridge;
  gboolean has_none = vh_family_is_qemu_before (ruling->family, FIRST_WITH_BRIDGE) == VH_KNOWN_YES;
  if (ruling->bus->model == VH_BUS_UPSTREAM_PORT)
    vh_modes_q35_rule_upstream (ruling);
  else if (vh_ruling_port_off (ruling))
    rule_port_off (ruling);
  else if (bridge->value == VH_KNOWN_UNKNOWN)
    vh_ruling_unknown (ruling, VH_RULE_UNKNOWN_SETTING, bridge);
  else if (bridge->value == VH_KNOWN_YES)
    {
      vh_ruling_because_of_machine (ruling, VH_RULE_ICH9_BRIDGE_ON, bridge);
      rule_acpi (ruling);
    }
  else
    {
      vh_ruling_because_of_machine (
          ruling, has_none ? VH_RULE_ICH9_NO_PROPERTY : VH_RULE_ICH9_BRIDGE_OFF, bridge);
      vh_modes_q35_rule_hardware (ruling);
    }
}

void
vh_modes_q35_rule (VhRuling *ruling)
{
  if (vh_ruling_fixed (ruling))
    return;
  if (ruling->place->expander >= 0)
    vh_modes_q35_rule_expander (ruling);
  else
    rule_main_tree (ruling);
}
