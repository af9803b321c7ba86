/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/modes_family.h"

static void
push_reason (VhRuling *ruling, VhRuleId rule, const VhInput *input, gint32 bus)
{
  VhReason reason = { rule, VH_ORIGIN_DOMAIN_XML, bus, NULL };
  if (input)
    {
      reason.origin = input->origin;
      reason.detail = g_strdup (input->detail);
    }
  g_array_append_val (ruling->mode->reasons, reason);
}

void
vh_ruling_because (VhRuling *ruling, VhRuleId rule, const VhInput *input)
{
  push_reason (ruling, rule, input, ruling->bus->index);
}

void
vh_ruling_because_of_machine (VhRuling *ruling, VhRuleId rule, const VhInput *input)
{
  push_reason (ruling, rule, input, -1);
}

void
vh_ruling_because_of (VhRuling *ruling, VhRuleId rule, gint32 position)
{
  const VhBus *bus =
      position < 0 ? ruling->bus : vh_topology_get_bus (ruling->family->topology, (guint) position);
  push_reason (ruling, rule, NULL, bus->index);
}

void
vh_ruling_works (VhRuling *ruling, VhMechanism mechanism)
{
  VhMode *mode = ruling->mode;
  mode->offered |= VH_OFFERS (mechanism);
  mode->listed = mode->used = mode->live = mechanism;
}

void
vh_ruling_lies (VhRuling *ruling, VhMechanism mechanism)
{
  VhMode *mode = ruling->mode;
  mode->offered |= VH_OFFERS (mechanism);
  mode->listed = mechanism;
  mode->used = mode->live = VH_MECHANISM_NONE;
  if (!vh_bus_is_port (ruling->bus) || ruling->place->slot_0 == VH_HOLDS_NOTHING)
    return;
  mode->used = mechanism;
  vh_ruling_because (ruling, VH_RULE_PORT_OCCUPIED, NULL);
}

void
vh_ruling_unknown (VhRuling *ruling, VhRuleId rule, const VhInput *input)
{
  VhMode *mode = ruling->mode;
  mode->offered = 0;
  mode->listed = mode->used = mode->live = VH_MECHANISM_UNKNOWN;
  vh_ruling_because (ruling, rule, input);
}

void
vh_ruling_shpc (VhRuling *ruling)
{
  const VhInput *shpc = &ruling->inputs->shpc;
  if (shpc->value == VH_KNOWN_UNKNOWN)
    {
      vh_ruling_unknown (ruling, VH_RULE_UNKNOWN_SETTING, shpc);
      return;
    }
  gboolean has_shpc = shpc->value == VH_KNOWN_YES;
  vh_ruling_because (ruling, has_shpc ? VH_RULE_SHPC_WORKS : VH_RULE_SHPC_ABSENT, shpc);
  if (has_shpc)
    vh_ruling_works (ruling, VH_MECHANISM_SHPC);
}

gboolean
vh_ruling_fixed (VhRuling *ruling)
{
  switch (ruling->bus->model)
    {
    case VH_BUS_PCIE_ROOT:
      vh_ruling_because (ruling, VH_RULE_PCIE_ROOT, NULL);
      return TRUE;
    case VH_BUS_PCI_EXPANDER:
    case VH_BUS_PCIE_EXPANDER:
      vh_ruling_because (ruling, VH_RULE_EXPANDER_BUS, NULL);
      return TRUE;
    case VH_BUS_PCI_ROOT:
    case VH_BUS_ROOT_PORT:
    case VH_BUS_UPSTREAM_PORT:
    case VH_BUS_DOWNSTREAM_PORT:
    case VH_BUS_DMI_TO_PCI_BRIDGE:
    case VH_BUS_PCIE_TO_PCI_BRIDGE:
    case VH_BUS_PCI_BRIDGE:
    case VH_BUS_UNKNOWN:
    default:
      return FALSE;
    }
}

gboolean
vh_ruling_port_off (VhRuling *ruling)
{
  const VhInput *hpc = &ruling->inputs->hpc;
  if (!vh_bus_is_port (ruling->bus) || hpc->value == VH_KNOWN_YES)
    return FALSE;
  if (hpc->value == VH_KNOWN_UNKNOWN)
    vh_ruling_unknown (ruling, VH_RULE_UNKNOWN_SETTING, hpc);
  else
    vh_ruling_because (ruling, VH_RULE_PORT_OFF, hpc);
  return TRUE;
}

VhKnown
vh_family_is_qemu_before (const VhFamily *family, VhVersion version)
{
  if (family->inputs->qemu == 0)
    return VH_KNOWN_UNKNOWN;
  return family->inputs->qemu < version ? VH_KNOWN_YES : VH_KNOWN_NO;
}
