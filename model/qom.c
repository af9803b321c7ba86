/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/qom.h"

static const char *const property_names[] = {
  [VH_PROPERTY_ROOT] = "acpi-root-pci-hotplug",
  [VH_PROPERTY_BRIDGE] = "acpi-pci-hotplug-with-bridge-support",
  [VH_PROPERTY_KEEP_HPC] = "x-keep-pci-slot-hpc",
  [VH_PROPERTY_HOTPLUG] = "hotplug",
  [VH_PROPERTY_NATIVE] = "x-native-hotplug",
  [VH_PROPERTY_HIDE_NATIVE] = "x-do-not-expose-native-hotplug-cap",
  [VH_PROPERTY_SHPC] = "shpc",
};
G_STATIC_ASSERT (G_N_ELEMENTS (property_names) == VH_N_PROPERTIES);

/* Each class, then those that it derives from: QEMU gives a -global to whatever is of its class,
 * also where that has no such property itself (qom/object.c, object_apply_global_props). */
static const char *const class_names[][6] = {
  [VH_QOM_PIIX4_PM] = { "PIIX4_PM", NULL },
  [VH_QOM_ICH9_LPC] = { "ICH9-LPC", NULL },
  [VH_QOM_GED] = { "acpi-ged", NULL },
  [VH_QOM_ROOT_PORT] = { "pcie-root-port", "pcie-root-port-base", "pcie-slot", "pcie-port",
                         "base-pci-bridge", NULL },
  [VH_QOM_IOH3420] = { "ioh3420", "pcie-root-port-base", "pcie-slot", "pcie-port",
                       "base-pci-bridge", NULL },
  [VH_QOM_DOWNSTREAM] = { "xio3130-downstream", "pcie-slot", "pcie-port", "base-pci-bridge", NULL },
  [VH_QOM_PCI_BRIDGE] = { "pci-bridge", "base-pci-bridge", NULL },
  [VH_QOM_NONE] = { NULL },
};
G_STATIC_ASSERT (G_N_ELEMENTS (class_names) == VH_QOM_NONE + 1);

/* Which class has what, in which releases (0: always). */
static const struct {
  VhQomClass first, last;
  VhProperty property;
  VhFactId fact;
  VhVersion since, until;
} rows[] = {
  { VH_QOM_PIIX4_PM, VH_QOM_PIIX4_PM, VH_PROPERTY_ROOT, VH_FACT_QEMU_PIIX4_ROOT, 0, 0 },
  { VH_QOM_PIIX4_PM, VH_QOM_PIIX4_PM, VH_PROPERTY_BRIDGE, VH_FACT_QEMU_PIIX4_BRIDGE, 0, 0 },
  { VH_QOM_ICH9_LPC, VH_QOM_ICH9_LPC, VH_PROPERTY_BRIDGE, VH_FACT_QEMU_ICH9_BRIDGE,
    VH_VERSION (6, 1, 0), 0 },
  { VH_QOM_ICH9_LPC, VH_QOM_ICH9_LPC, VH_PROPERTY_KEEP_HPC, VH_FACT_QEMU_ICH9_KEEP_HPC,
    VH_VERSION (6, 2, 0), 0 },
  { VH_QOM_GED, VH_QOM_GED, VH_PROPERTY_BRIDGE, VH_FACT_QEMU_GED_BRIDGE, VH_VERSION (10, 1, 0), 0 },
  { VH_QOM_ROOT_PORT, VH_QOM_DOWNSTREAM, VH_PROPERTY_HOTPLUG, VH_FACT_QEMU_PORT_HOTPLUG, 0, 0 },
  { VH_QOM_ROOT_PORT, VH_QOM_DOWNSTREAM, VH_PROPERTY_NATIVE, VH_FACT_QEMU_PORT_NATIVE,
    VH_VERSION (6, 1, 0), VH_VERSION (8, 0, 0) },
  { VH_QOM_ROOT_PORT, VH_QOM_DOWNSTREAM, VH_PROPERTY_HIDE_NATIVE, VH_FACT_QEMU_PORT_HIDE_NATIVE,
    VH_VERSION (8, 0, 0), 0 },
  { VH_QOM_PCI_BRIDGE, VH_QOM_PCI_BRIDGE, VH_PROPERTY_SHPC, VH_FACT_QEMU_BRIDGE_SHPC, 0, 0 },
};

gboolean
vh_qom_runs_type (const char *domain_type)
{
  static const char *const types[] = { "", "qemu", "kvm", "kqemu", "hvf", "nvmm", NULL };
  return !domain_type || g_strv_contains (types, domain_type);
}

gboolean
vh_qom_runs (const VhTopology *topology)
{
  return vh_qom_runs_type (topology->domain_type);
}

const char *
vh_property_to_name (VhProperty property)
{
  g_assert (property < VH_N_PROPERTIES);
  return property_names[property];
}

gboolean
vh_property_from_name (const char *name, VhProperty *property)
{
  for (guint i = 0; i < VH_N_PROPERTIES; i++)
    if (g_str_equal (name, property_names[i]))
      {
        *property = i;
        return TRUE;
      }
  return FALSE;
}

const char *
vh_qom_to_name (VhQomClass class)
{
  g_assert (class <= VH_QOM_NONE);
  return class_names[class][0];
}

VhQomClass
vh_qom_of_machine (const VhMachine *machine)
{
  if (machine->chipset == VH_CHIPSET_I440FX)
    return VH_QOM_PIIX4_PM;
  if (machine->chipset == VH_CHIPSET_Q35)
    return VH_QOM_ICH9_LPC;
  return vh_machine_is_arm_virt (machine) ? VH_QOM_GED : VH_QOM_NONE;
}

VhQomClass
vh_qom_of_bus (const VhBus *bus)
{
  if (bus->model == VH_BUS_ROOT_PORT)
    return g_strcmp0 (bus->model_name, "ioh3420") == 0 ? VH_QOM_IOH3420 : VH_QOM_ROOT_PORT;
  if (bus->model == VH_BUS_DOWNSTREAM_PORT)
    return VH_QOM_DOWNSTREAM;
  return bus->model == VH_BUS_PCI_BRIDGE ? VH_QOM_PCI_BRIDGE : VH_QOM_NONE;
}

gboolean
vh_qom_is (VhQomClass class, const char *name)
{
  return g_strv_contains (class_names[class], name);
}

VhKnown
vh_qom_has (VhQomClass class, VhProperty property, const VhCaps *caps)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (rows[i].property != property || class < rows[i].first || class > rows[i].last)
        continue;
      VhKnown fact = vh_caps_get (caps, rows[i].fact)->value;
      gboolean always = rows[i].since == 0 && rows[i].until == 0;
      if (fact != VH_KNOWN_UNKNOWN)
        return fact;
      if (caps->qemu == 0 && !always)
        return VH_KNOWN_UNKNOWN;
      gboolean ended = rows[i].until != 0 && caps->qemu >= rows[i].until;
      return always || (caps->qemu >= rows[i].since && !ended) ? VH_KNOWN_YES : VH_KNOWN_NO;
    }
  return VH_KNOWN_NO;
}

const VhGlobal *
vh_qom_find_global (VhQomClass class, VhProperty property, const VhQemuArgs *args)
{
  for (guint i = args->globals->len; i > 0; i--)
    {
      const VhGlobal *global = g_ptr_array_index (args->globals, i - 1);
      if (g_str_equal (global->property, property_names[property]) &&
          vh_qom_is (class, global->driver))
        return global;
    }
  return NULL;
}

GHashTable *
vh_qom_index_overrides (const VhQemuArgs *args)
{
  GHashTable *index =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < args->overrides->len; i++)
    {
      VhOverride *override = g_ptr_array_index (args->overrides, i);
      GPtrArray *same = g_hash_table_lookup (index, override->alias);
      if (!same)
        {
          same = g_ptr_array_new ();
          g_hash_table_insert (index, override->alias, same);
        }
      g_ptr_array_add (same, override);
    }
  return index;
}
