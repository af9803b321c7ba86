/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Machines of which no more is known than one guest showed. docs/hotplug.md. */
#include "model/modes_family.h"

void
vh_modes_other_rule (VhRuling *ruling)
{
  VhChipset chipset = ruling->family->topology->machine->chipset;
  gboolean is_root = ruling->bus->model == VH_BUS_PCI_ROOT;
  if (chipset == VH_CHIPSET_PSERIES && is_root)
    {
      vh_ruling_because (ruling, VH_RULE_PSERIES_DLPAR, NULL);
      vh_ruling_works (ruling, VH_MECHANISM_PAPR);
    }
  else if (chipset == VH_CHIPSET_S390_CCW && is_root && ruling->bus->index == 0)
    {
      vh_ruling_because (ruling, VH_RULE_S390_ZPCI, NULL);
      vh_ruling_works (ruling, VH_MECHANISM_SCLP);
    }
  else
    vh_ruling_unknown (ruling, VH_RULE_UNKNOWN_MACHINE, NULL);
}
