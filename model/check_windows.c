/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Does the firmware find I/O addresses for every bridge? */
#include "model/check_parts.h"
#include "model/i18n.h"

/* From so many windows of 4 KiB on SeaBIOS runs out, whatever else needs I/O. */
#define FULL_ON_Q35 15
#define FULL_ON_I440FX 9

/* What SeaBIOS reserves for a bridge although nothing below it asks: 4 KiB for one with SHPC, and
 * where QEMU asks for it because a port that takes plugs hides that from the firmware
 * (gen_pcie_root_port.c, rp_realize; ioh3420 and switch ports do not). */
static guint
own_window (const VhBus *bus, const VhBusInputs *inputs)
{
  if (inputs->shpc.value == VH_KNOWN_YES)
    return 1;
  return vh_qom_of_bus (bus) == VH_QOM_ROOT_PORT && inputs->hpc.value == VH_KNOWN_YES &&
         inputs->native.value == VH_KNOWN_NO;
}

/* Every bus, a parent before its children. */
static GArray *
new_order (const VhTopology *topology, const VhInputs *inputs)
{
  GArray *order = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) places = vh_place_new_all (topology, inputs);
  for (guint root = 0; root < vh_topology_get_n_buses (topology); root++)
    {
      if (vh_topology_get_bus (topology, root)->parent >= 0)
        continue;
      for (gint32 at = (gint32) root; at >= 0; at = vh_place_next (places, topology, at, FALSE))
        g_array_append_val (order, at);
    }
  return order;
}

/* At the least; a device with I/O addresses needs more. */
static guint
count_windows (const VhTopology *topology, const VhInputs *inputs)
{
  g_autoptr (GArray) order = new_order (topology, inputs);
  g_autofree guint *below = g_new0 (guint, vh_topology_get_n_buses (topology) + 1);
  guint total = 0;
  for (guint i = order->len; i > 0; i--)
    {
      guint position = g_array_index (order, guint, i - 1);
      const VhBus *bus = vh_topology_get_bus (topology, position);
      guint window = MAX (below[position], own_window (bus, vh_inputs_get_bus (inputs, position)));
      if (bus->parent >= 0)
        below[bus->parent] += window;
      else
        total += window;
    }
  return total;
}

void
vh_checks_look_at_windows (VhChecks *checks)
{
  const VhTopology *topology = checks->topology;
  guint full = topology->machine->chipset == VH_CHIPSET_Q35 ? FULL_ON_Q35 : FULL_ON_I440FX;
  if (topology->uefi || !vh_machine_is_pc (topology->machine) || !vh_qom_runs (topology))
    return;
  guint count = count_windows (topology, checks->inputs);
  if (count >= full)
    vh_checks_error (
        checks, VH_RULE_TOO_MANY_PORTS, -1,
        topology->machine->chipset == VH_CHIPSET_Q35
            ? _ ("SeaBIOS must reserve I/O addresses for %1$u bridges and ports of this machine, "
                 "but has too few from %2$u on, so it does not boot; use fewer, or UEFI, or ports "
                 "that keep native hotplug.")
            : _ ("SeaBIOS must reserve I/O addresses for %1$u bridges and ports of this machine, "
                 "but has too few from %2$u on, so it does not boot; use fewer, or UEFI."),
        count, full);
}
