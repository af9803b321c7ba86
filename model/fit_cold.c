/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A device that is added to the definition: libvirt places it among all the
 * others as at a define, in two passes, and adds controllers where there is no
 * room (src/qemu/qemu_domain_address.c, qemuDomainAssignPCIAddresses, and
 * src/conf/domain_addr.c, virDomainPCIAddressSetGrow). */
#include "model/fit_parts.h"
#include "model/place.h"

#define NO_SLOT "internal error: No more available PCI slots"

typedef struct {
  const VhTopology *topology;
  GArray *set;
  guint n_before; /* buses that are there already */
  char *error;
} Cold;

/* What a controller of the model stands on. */
static VhFitNeed
need_of_controller (VhBusModel model)
{
  VhFitNeed need = { .joins_others = model == VH_BUS_ROOT_PORT,
                     .is_bridge = model == VH_BUS_PCIE_TO_PCI_BRIDGE };
  for (guint parent = 0; parent < VH_BUS_UNKNOWN; parent++)
    if (vh_place_fits (model, (VhBusModel) parent))
      need.on |= VH_FIT_ON (parent);
  return need;
}

static gboolean
accepts_bridges (const GArray *set)
{
  for (guint i = 0; i < set->len; i++)
    if (vh_place_fits (VH_BUS_PCI_BRIDGE, g_array_index (set, VhFitBus, i).model))
      return TRUE;
  return FALSE;
}

/* The first port of a pair is kept for the bridge that comes with it. */
static void
grow_conventional (Cold *cold)
{
  if (cold->topology->machine->chipset == VH_CHIPSET_PSERIES)
    vh_fit_set_push (cold->set, VH_BUS_PCI_ROOT);
  else if (accepts_bridges (cold->set))
    vh_fit_set_push (cold->set, VH_BUS_PCI_BRIDGE);
  else
    {
      gint32 port = vh_fit_set_push (cold->set, VH_BUS_ROOT_PORT);
      g_array_index (cold->set, VhFitBus, port).is_kept = TRUE;
      vh_fit_set_push (cold->set, VH_BUS_PCIE_TO_PCI_BRIDGE);
    }
}

static void
take_or_grow (Cold *cold, const VhFitNeed *need)
{
  VhFitSpot spot;
  if (vh_fit_set_take (cold->set, need, &spot))
    return;
  if (need->on & VH_FIT_ON (VH_BUS_ROOT_PORT))
    vh_fit_set_push (cold->set, VH_BUS_ROOT_PORT);
  else
    grow_conventional (cold);
  gboolean found = vh_fit_set_take (cold->set, need, &spot);
  g_assert (found);
}

static gboolean
is_root (VhBusModel model)
{
  return model == VH_BUS_PCI_ROOT || model == VH_BUS_PCIE_ROOT;
}

/* Is there room for the controllers that the devices made necessary? */
static gboolean
place_controllers (Cold *cold, GArray *added)
{
  for (guint i = cold->n_before; i < cold->set->len; i++)
    {
      VhFitSpot spot = { .position = -1 };
      VhBusModel model = g_array_index (cold->set, VhFitBus, i).model;
      VhFitNeed need = need_of_controller (model);
      if (!is_root (model) && !vh_fit_set_take (cold->set, &need, &spot))
        {
          cold->error = g_strdup_printf (
              "internal error: a PCI slot is needed to connect a PCI controller model='%s', but "
              "none is available, and it cannot be automatically added",
              vh_bus_model_to_string (model));
          return FALSE;
        }
      VhFitAdded row = { (gint32) i, model, spot.position,
                         is_root (model) ? -1 : (gint32) spot.slot };
      if (added)
        g_array_append_val (added, row);
    }
  return TRUE;
}

/* The first pass finds out how many controllers there must be. */
static gboolean
make_room (Cold *cold, const VhFitNeed *need)
{
  const VhFitNeed conventional = vh_fit_new_need (cold->topology, VH_FIT_WANTS_CONVENTIONAL, FALSE);
  const VhFitNeed express = vh_fit_new_need (cold->topology, VH_FIT_WANTS_EXPRESS, FALSE);
  gboolean has_pci_root = vh_fit_has_pci_root (cold->topology);
  /* One slot more, for a bridge some day. */
  if (has_pci_root && !vh_fit_set_is_full (cold->set))
    take_or_grow (cold, &conventional);
  take_or_grow (cold, need);
  /* A domain that leaves the controllers to libvirt gets a spare port once. */
  if (!has_pci_root && cold->n_before == 1 && cold->set->len > 1)
    take_or_grow (cold, &express);
  return place_controllers (cold, NULL);
}

/* The second pass, with the controllers of the first: they choose first. */
static gboolean
assign (Cold *cold, const VhFitNeed *need, VhFitAnswer *answer, VhFitSpot *spot)
{
  g_autoptr (GArray) planned = g_steal_pointer (&cold->set);
  cold->set = vh_fit_set_new (cold->topology);
  for (guint i = cold->n_before; i < planned->len; i++)
    vh_fit_set_push (cold->set, g_array_index (planned, VhFitBus, i).model);
  gboolean placed = place_controllers (cold, answer->added);
  if (!placed || !vh_fit_set_take (cold->set, need, spot))
    {
      g_free (cold->error);
      cold->error = g_strdup (NO_SLOT);
      return FALSE;
    }
  for (guint i = 0; i < answer->added->len; i++)
    {
      const VhFitAdded *row = &g_array_index (answer->added, VhFitAdded, i);
      if (row->model != VH_BUS_PCI_BRIDGE || row->index > row->bus)
        continue;
      cold->error = g_strdup_printf (
          "unsupported configuration: PCI controller at index %d (0x%02x) has bus='0x%02x', but "
          "index must be larger than bus",
          row->index, (guint) row->index, (guint) row->bus);
      return FALSE;
    }
  return TRUE;
}

void
vh_fit_answer_cold (const VhReading *reading, VhFitWants wants, VhFitAnswer *answer)
{
  const VhTopology *topology = reading->topology;
  const VhFitNeed need = vh_fit_new_need (topology, wants, FALSE);
  VhFitSpot spot = { .position = -1 };
  Cold cold = { topology, vh_fit_set_new (topology), vh_topology_get_n_buses (topology), NULL };
  gboolean fits = make_room (&cold, &need) && assign (&cold, &need, answer, &spot);
  answer->fits = fits ? VH_KNOWN_YES : VH_KNOWN_NO;
  answer->error = cold.error;
  if (fits)
    {
      answer->bus = spot.position;
      answer->slot = (gint32) spot.slot;
    }
  else
    g_array_set_size (answer->added, 0);
  g_array_unref (cold.set);
}
