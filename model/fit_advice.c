/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What follows from an answer, in plain words, and the cure. */
#include "model/fit_parts.h"

#include "model/i18n.h"
#include "model/slots.h"

typedef struct {
  guint all;
  guint off;   /* by their own hotplug= */
  gint32 free; /* index of the first one that is off and free; -1 none */
} Candidates;

static Candidates
count_candidates (const VhReading *reading, const VhFitNeed *need)
{
  Candidates found = { 0, 0, -1 };
  for (guint i = 0; i < vh_topology_get_n_buses (reading->topology); i++)
    {
      const VhBus *bus = vh_topology_get_bus (reading->topology, i);
      if (!(need->on & VH_FIT_ON (bus->model)))
        continue;
      found.all++;
      if (bus->model == VH_BUS_PCI_ROOT || vh_bus_takes_live_attach (bus))
        continue;
      found.off++;
      if (found.free < 0 && vh_slots_of_bus (reading->topology, NULL, i).free > 0)
        found.free = bus->index;
    }
  return found;
}

/* That the device may be given an address on this bus by hand; NULL when it may not, or the guest
 * would not see it there. */
static char *
advise_bus (const VhReading *reading, const VhFitNeed *need, guint position)
{
  VhFitSpot spot;
  const VhBus *bus = vh_topology_get_bus (reading->topology, position);
  g_autofree char *error = NULL;
  if (!(need->on & VH_FIT_ON (bus->model)) ||
      vh_slots_of_bus (reading->topology, reading->modes, position).hotpluggable_free < 1 ||
      vh_fit_qemu_takes (reading, position, &error) != VH_KNOWN_YES)
    return NULL;
  g_autoptr (GArray) set = vh_fit_set_new (reading->topology);
  for (guint other = 0; other < position; other++)
    g_array_index (set, VhFitBus, other).model = VH_BUS_UNKNOWN;
  if (!vh_fit_set_take (set, need, &spot))
    return NULL;
  return g_strdup_printf (_ ("Bus %1$d has room: give the device the address <address type='pci' "
                             "bus='0x%2$02x' slot='0x%3$02x'/> yourself."),
                          bus->index, (guint) bus->index, spot.slot);
}

/* The first bus where that helps; NULL: none. */
static char *
advise_address (const VhReading *reading, const VhFitNeed *need)
{
  char *advice = NULL;
  for (guint i = 0; !advice && i < vh_topology_get_n_buses (reading->topology); i++)
    advice = advise_bus (reading, need, i);
  return advice;
}

static char *
advise_express (const Candidates *ports)
{
  if (ports->free >= 0)
    return g_strdup_printf (
        _ ("No port with hotplug on is free, but port %1$d is off: set --port=%2$d=on, "
           "or add a spare port with --spare-ports=1. Either takes effect when "
           "the domain is started from off."),
        ports->free, ports->free);
  return g_strdup (
      ports->all == 0
          ? _ ("There is no root port, and libvirt adds none to a running domain. Add a spare port "
               "with --spare-ports=1; it takes effect when the domain is started from off.")
          : _ ("Every root port and downstream port is taken. Add a spare port with "
               "--spare-ports=1; it takes effect when the domain is started from off."));
}

static char *
advise_conventional (const VhReading *reading, const Candidates *bridges)
{
  if (vh_fit_has_pci_root (reading->topology))
    return g_strdup (
        _ ("Every slot is taken, and libvirt adds no bridge to a running domain: add the "
           "device to the definition (--config), and start the domain from off."));
  return g_strdup (bridges->all == 0
                       ? _ ("A conventional PCI device needs a pcie-to-pci-bridge, and there is "
                            "none. Take a PCIe "
                            "model such as virtio or e1000e, or add the device to the definition "
                            "(--config), for which libvirt adds a bridge.")
                       : _ ("A conventional PCI device needs a pcie-to-pci-bridge, and all are "
                            "full. Take a PCIe "
                            "model such as virtio or e1000e, or add the device to the definition "
                            "(--config), for which libvirt adds a bridge."));
}

static char *
advise_no_slot (const VhReading *reading, const VhFitNeed *need)
{
  Candidates found = count_candidates (reading, need);
  return need->on & VH_FIT_ON (VH_BUS_ROOT_PORT) ? advise_express (&found)
                                                 : advise_conventional (reading, &found);
}

/* libvirt found a slot, and QEMU refuses. */
static char *
advise_refused (const VhReading *reading, const VhFitNeed *need, const VhFitAnswer *answer)
{
  g_autofree char *address = advise_address (reading, need);
  const VhBus *bus = vh_topology_get_bus (reading->topology, (guint) answer->bus);
  if (bus->model == VH_BUS_PCI_ROOT && reading->inputs->acpi.value == VH_KNOWN_YES)
    return g_strdup_printf (_ ("libvirt chooses the root bus although its hotplug is off, and QEMU "
                               "refuses. %s"),
                            address ? address : _ ("Turn it on with --root=on."));
  return g_strdup_printf (
      _ ("libvirt chooses bus %1$d, which takes no plug; the reasons of bus %2$d say "
         "why.%3$s%4$s"),
      answer->bus, answer->bus, address ? " " : "", address ? address : "");
}

static char *
advise_unseen (const VhReading *reading, const VhFitNeed *need, const VhFitAnswer *answer)
{
  g_autofree char *address = advise_address (reading, need);
  return g_strdup_printf (
      _ ("The attach succeeds, but no driver of the guest notices; the reasons of "
         "bus %1$d say why.%2$s%3$s"),
      answer->bus, address ? " " : "", address ? address : "");
}

/* Of a device that this libvirt has no word for. */
static gboolean
is_no_word (const VhFitAnswer *answer)
{
  return g_str_has_prefix (answer->error, "XML error: Invalid value for attribute");
}

static char *
advise_never (VhFitDevice device, const VhFitAnswer *answer)
{
  if (vh_fit_device_get_wants (device) == VH_FIT_WANTS_CONTROLLER)
    return g_strdup (
        _ ("libvirt attaches no PCI controller, running or not: add it to the definition "
           "as a whole; root ports with --spare-ports=N."));
  if (is_no_word (answer))
    return g_strdup (_ ("This libvirt knows no emulated NVMe; libvirt 12.8 takes one into the "
                        "definition. Take virtio-blk or virtio-scsi."));
  return g_strdup (_ ("libvirt plugs no such controller into a running domain: add it to the "
                      "definition (--config), and start the domain from off."));
}

char *
vh_fit_advise_live (const VhReading *reading, VhFitDevice device, const VhFitAnswer *answer)
{
  const VhFitNeed need =
      vh_fit_new_need (reading->topology, vh_fit_device_get_wants (device), TRUE);
  if (answer->fits == VH_KNOWN_YES)
    return answer->mechanism == VH_MECHANISM_NONE ? advise_unseen (reading, &need, answer) : NULL;
  if (answer->fits == VH_KNOWN_UNKNOWN)
    return NULL;
  if (answer->bus >= 0)
    return advise_refused (reading, &need, answer);
  return g_str_has_suffix (answer->error, "No more available PCI slots")
             ? advise_no_slot (reading, &need)
             : advise_never (device, answer);
}

static void
append_added (GString *text, const VhFitAdded *row, gboolean is_first)
{
  const char *model = vh_bus_model_to_string (row->model);
  g_string_append (text, is_first ? "" : ", ");
  if (row->bus >= 0)
    g_string_append_printf (text, _ ("%1$s %2$d (on bus %3$d, slot %4$d)"), model, row->index,
                            row->bus, row->slot);
  else
    g_string_append_printf (text, "%s %d", model, row->index);
}

char *
vh_fit_advise_cold (VhFitDevice device, const VhFitAnswer *answer)
{
  if (answer->fits == VH_KNOWN_UNKNOWN)
    return NULL;
  if (answer->fits == VH_KNOWN_NO)
    return vh_fit_device_get_wants (device) == VH_FIT_WANTS_CONTROLLER || is_no_word (answer)
               ? advise_never (device, answer)
               : g_strdup (_ ("There is no room for another controller either: remove a device."));
  if (answer->added->len == 0)
    return NULL;
  g_autoptr (GString) added = g_string_new (NULL);
  for (guint i = 0; i < answer->added->len; i++)
    append_added (added, &g_array_index (answer->added, VhFitAdded, i), i == 0);
  return g_strdup_printf (_ ("libvirt adds %s; the guest's bus numbers may change with it."),
                          added->str);
}
