/* SPDX-License-Identifier: GPL-2.0-or-later */
/* aarch64 virt. docs/hotplug.md. */
#include "model/modes_family.h"

/* The binary of 10.0 has no ACPI hotplug for this machine, and that of 11.1 has it switched off. */
static gboolean
is_covered (const VhFamily *family)
{
  return g_str_equal (family->topology->machine->arch, "aarch64") &&
         family->inputs->qemu >= VH_VERSION (10, 0, 0) &&
         !vh_qemu_args_find_global (family->topology->args, "acpi-ged",
                                    vh_property_to_name (VH_PROPERTY_BRIDGE));
}

void
vh_modes_virt_rule (VhRuling *ruling)
{
  gboolean has_acpi = ruling->family->inputs->acpi.value == VH_KNOWN_YES;
  if (!is_covered (ruling->family))
    {
      vh_ruling_unknown (ruling, VH_RULE_UNKNOWN_MACHINE, &ruling->family->qemu);
      return;
    }
  if (vh_ruling_fixed (ruling))
    return;
  if (ruling->place->expander >= 0 && !has_acpi)
    {
      vh_ruling_because_of (ruling, VH_RULE_EXPANDER_NOT_FOUND, ruling->place->expander);
      return;
    }
  vh_ruling_because_of_machine (ruling, VH_RULE_VIRT_NATIVE, &ruling->family->qemu);
  vh_modes_q35_rule_hardware (ruling);
}
