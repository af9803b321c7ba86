/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/topology.h"

#include "model/topology_private.h"

#include <string.h>

static const struct {
  const char *word;
  guint8 first_slot, last_slot;
  gboolean live;
} models[] = {
#define VH_BUS_MODEL_ROW(ID, word, first, last, live)                                              \
  [VH_BUS_##ID] = { (word), (first), (last), (live) },
#include "model/bus_model.def"
};
G_STATIC_ASSERT (G_N_ELEMENTS (models) == VH_BUS_UNKNOWN + 1);

G_DEFINE_QUARK (vh_topology_error, vh_topology_error)

VhTopology *
vh_topology_new_for (VhMachine *machine)
{
  VhTopology *topology = g_new0 (VhTopology, 1);
  topology->machine = machine;
  topology->name = g_strdup ("");
  topology->feature_element = VH_NO_ELEMENT;
  topology->buses = g_array_new (FALSE, FALSE, sizeof (VhBus));
  topology->devices = g_array_new (FALSE, FALSE, sizeof (VhDevice));
  topology->strings = g_string_chunk_new (4096);
  return topology;
}

void
vh_topology_free (VhTopology *topology)
{
  if (!topology)
    return;
  vh_machine_free (topology->machine);
  vh_qemu_args_free (topology->args);
  g_free (topology->name);
  g_free (topology->uuid);
  g_free (topology->emulator);
  g_free (topology->domain_type);
  g_array_unref (topology->buses);
  g_array_unref (topology->devices);
  g_string_chunk_free (topology->strings);
  g_free (topology);
}

const char *
vh_topology_keep (VhTopology *topology, const char *text)
{
  return text ? g_string_chunk_insert (topology->strings, text) : NULL;
}

VhBus
vh_topology_make_bus (VhBusModel model, gint32 index)
{
  return (VhBus){ .index = index,
                  .parent = -1,
                  .model = model,
                  .first_slot = models[model].first_slot,
                  .last_slot = models[model].last_slot,
                  .numa_node = -1,
                  .bus_number = -1,
                  .chassis = -1,
                  .element = VH_NO_ELEMENT };
}

VhDevice
vh_topology_make_device (VhDeviceKind kind)
{
  return (VhDevice){ .bus = -1,
                     .secondary_bus = -1,
                     .kind = kind,
                     .name = vh_topology_kind_to_name (kind),
                     .label = "",
                     .element = VH_NO_ELEMENT };
}

/* qemu_alias.c, qemuAssignDeviceControllerAlias, of a QEMU that names its
 * buses by number. */
static const char *
generate_alias (VhTopology *topology, const VhBus *bus)
{
  if (bus->index < 0)
    return "";
  g_autofree char *alias =
      g_strdup_printf ("%s.%d", bus->model == VH_BUS_PCIE_ROOT ? "pcie" : "pci", bus->index);
  return vh_topology_keep (topology, alias);
}

gboolean
vh_topology_is_root_model (VhBusModel model)
{
  return model == VH_BUS_PCI_ROOT || model == VH_BUS_PCIE_ROOT;
}

void
vh_topology_add_bus (VhTopology *topology, VhBus bus, VhDevice controller)
{
  if (vh_topology_is_root_model (bus.model))
    bus.at = (VhAddress){ 0 };
  if (!bus.alias)
    bus.alias = generate_alias (topology, &bus);
  g_array_append_val (topology->buses, bus);
  if (vh_topology_is_root_model (bus.model))
    return;
  controller.secondary_bus = (gint32) topology->buses->len - 1;
  controller.at = bus.at;
  g_array_append_val (topology->devices, controller);
}

guint
vh_topology_get_n_buses (const VhTopology *topology)
{
  return topology->buses->len;
}

const VhBus *
vh_topology_get_bus (const VhTopology *topology, guint position)
{
  g_assert (position < topology->buses->len);
  return &g_array_index (topology->buses, VhBus, position);
}

guint
vh_topology_get_n_devices (const VhTopology *topology)
{
  return topology->devices->len;
}

const VhDevice *
vh_topology_get_device (const VhTopology *topology, guint position)
{
  g_assert (position < topology->devices->len);
  return &g_array_index (topology->devices, VhDevice, position);
}

gint32
vh_topology_find_bus (const VhTopology *topology, gint32 index)
{
  guint low = 0, high = topology->buses->len;
  if (index < 0)
    return -1;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      if ((guint32) vh_topology_get_bus (topology, middle)->index < (guint32) index)
        low = middle + 1;
      else
        high = middle;
    }
  gboolean is_found =
      low < topology->buses->len && vh_topology_get_bus (topology, low)->index == index;
  return is_found ? (gint32) low : -1;
}

/* Position of the first device that does not come before `at`. */
static guint
find_device (const VhTopology *topology, const VhAddress *at)
{
  guint low = 0, high = topology->devices->len;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      if (vh_address_compare (&vh_topology_get_device (topology, middle)->at, at) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

guint
vh_topology_get_bus_devices (const VhTopology *topology, guint bus, guint *first)
{
  gint32 index = vh_topology_get_bus (topology, bus)->index;
  *first = 0;
  if (index < 0 || index > VH_MAX_BUS_INDEX ||
      vh_topology_find_bus (topology, index) != (gint32) bus)
    return 0;
  VhAddress start = { .present = TRUE, .bus = (guint16) index };
  VhAddress end = { .present = TRUE, .bus = (guint16) (index + 1) };
  *first = find_device (topology, &start);
  return find_device (topology, &end) - *first;
}

gboolean
vh_topology_has_double_index (const VhTopology *topology)
{
  for (guint i = 0; i < topology->buses->len; i++)
    if (vh_topology_get_bus (topology, i)->marks & VH_BUS_DOUBLE_INDEX)
      return TRUE;
  return FALSE;
}

VhBusModel
vh_topology_model_of (const char *word)
{
  guint model = 0;
  while (model < VH_BUS_UNKNOWN && g_strcmp0 (models[model].word, word) != 0)
    model++;
  return (VhBusModel) model;
}

const char *
vh_bus_model_to_string (VhBusModel model)
{
  g_assert (model < G_N_ELEMENTS (models));
  return models[model].word;
}

void
vh_bus_model_get_slots (VhBusModel model, guint *first, guint *last)
{
  g_assert (model < G_N_ELEMENTS (models));
  *first = models[model].first_slot;
  *last = models[model].last_slot;
}

gboolean
vh_bus_is_port (const VhBus *bus)
{
  return bus->model == VH_BUS_ROOT_PORT || bus->model == VH_BUS_DOWNSTREAM_PORT;
}

gboolean
vh_bus_takes_live_attach (const VhBus *bus)
{
  /* It forgets hotplug= of pci-root when it chooses an address, up to 12.8 at
   * least (qemuDomainPCIAddressSetCreate sets the model twice). */
  return models[bus->model].live &&
         (bus->hotplug != VH_SWITCH_OFF || bus->model == VH_BUS_PCI_ROOT);
}

gboolean
vh_device_is_controller (const VhDevice *device, const char *type)
{
  const char *rest =
      g_str_has_prefix (device->label, "controller ") ? device->label + strlen ("controller ") : "";
  return g_str_has_prefix (rest, type) && strchr (" ", rest[strlen (type)]) != NULL;
}
