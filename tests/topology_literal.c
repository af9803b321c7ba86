/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/topology_literal.h"

#include "model/topology_private.h"

VhTopology *
literal_new (const char *arch, const char *machine)
{
  VhTopology *topology = vh_topology_new_for (vh_machine_new (arch, machine));
  topology->domain_type = g_strdup ("kvm");
  topology->acpi = TRUE;
  topology->args = vh_qemu_args_new_empty ();
  return topology;
}

/* "1f.2" on the bus with the index. */
static VhAddress
parse_at (gint32 bus_index, const char *at)
{
  VhAddress address = { 0 };
  guint64 slot = 0, function = 0;
  g_auto (GStrv) parts = g_strsplit (at ? at : "", ".", 2);
  if (!at || bus_index < 0)
    return address;
  gboolean is_good = g_strv_length (parts) == 2 &&
                     g_ascii_string_to_unsigned (parts[0], 16, 0, 31, &slot, NULL) &&
                     g_ascii_string_to_unsigned (parts[1], 16, 0, 7, &function, NULL);
  g_assert (is_good);
  address.present = TRUE;
  address.bus = (guint16) bus_index;
  address.slot = (guint8) slot;
  address.function = (guint8) function;
  return address;
}

guint
literal_push_bus (VhTopology *topology, VhBusModel model, gint32 index, gint32 parent_index,
                  const char *at)
{
  VhBus bus = vh_topology_make_bus (model, index);
  VhDevice controller = vh_topology_make_device (VH_DEVICE_CONTROLLER);
  g_autofree char *label = g_strdup_printf ("%s %d", vh_bus_model_to_string (model), index);
  controller.label = vh_topology_keep (topology, label);
  bus.at = parse_at (parent_index, at);
  vh_topology_add_bus (topology, bus, controller);
  vh_topology_link (topology);
  /* The newest of the same index stands last. */
  guint position = topology->buses->len - 1;
  while (vh_topology_get_bus (topology, position)->index != index)
    position--;
  return position;
}

guint
literal_push_device (VhTopology *topology, VhDeviceKind kind, const char *label, gint32 bus_index,
                     const char *at)
{
  VhDevice device = vh_topology_make_device (kind);
  const char *kept = vh_topology_keep (topology, label);
  device.label = kept;
  device.at = parse_at (bus_index, at);
  g_array_append_val (topology->devices, device);
  vh_topology_link (topology);
  guint position = 0;
  while (vh_topology_get_device (topology, position)->label != kept)
    position++;
  return position;
}

void
literal_push_global (VhTopology *topology, const char *driver, const char *property,
                     const char *value)
{
  VhGlobal *global = g_new0 (VhGlobal, 1);
  global->driver = g_strdup (driver);
  global->property = g_strdup (property);
  global->value = g_strdup (value);
  g_ptr_array_add (topology->args->globals, global);
}

void
literal_push_override (VhTopology *topology, const char *alias, const char *property,
                       const char *value)
{
  VhOverride *override = g_new0 (VhOverride, 1);
  override->alias = g_strdup (alias);
  override->property = g_strdup (property);
  override->value = g_strdup (value);
  g_ptr_array_add (topology->args->overrides, override);
}
