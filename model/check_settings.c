/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Findings about what is configured: elements, -global, qemu:override. */
#include "model/check_parts.h"
#include "model/i18n.h"

static const char *
word_of (VhKnown value)
{
  return value == VH_KNOWN_YES ? "on" : "off";
}

/* Which classes the domain has devices of, by bit. */
static guint
find_classes (const VhTopology *topology)
{
  guint classes = 1u << vh_qom_of_machine (topology->machine);
  for (guint i = 0; i < vh_topology_get_n_buses (topology); i++)
    classes |= 1u << vh_qom_of_bus (vh_topology_get_bus (topology, i));
  return classes & ~(1u << VH_QOM_NONE);
}

/* The class of the domain that a -global names; NONE when it names no such. */
static VhQomClass
find_class (guint classes, const char *driver)
{
  for (VhQomClass class = 0; class < VH_QOM_NONE; class ++)
    if ((classes & (1u << class)) && vh_qom_is (class, driver))
      return class;
  return VH_QOM_NONE;
}

static void
check_property (VhChecks *checks, VhQomClass class, VhProperty property, const char *setting,
                gint32 bus)
{
  g_autofree char *version = vh_version_format (checks->caps->qemu);
  g_autofree char *qemu = version ? g_strconcat ("QEMU ", version, NULL) : g_strdup ("QEMU");
  if (vh_qom_has (class, property, checks->caps) == VH_KNOWN_NO)
    vh_checks_error (
        checks, VH_RULE_PROPERTY_MISSING, bus,
        _ ("%1$s has no property %2$s.%3$s, so it does not start with %4$s; remove that."), qemu,
        vh_qom_to_name (class), vh_property_to_name (property), setting);
}

static void
check_value (VhChecks *checks, const char *value, const char *setting, gint32 bus)
{
  VhSwitch read = VH_SWITCH_ABSENT;
  if (!vh_qemu_args_parse_bool (value, &read))
    vh_checks_error (checks, VH_RULE_BAD_VALUE, bus,
                     _ ("QEMU takes 'on' or 'off' and does not start with %s."), setting);
}

/* A name of ours that differs in case only; NULL when there is none. */
static const char *
guess_class (const char *driver)
{
  for (VhQomClass class = 0; class < VH_QOM_NONE; class ++)
    if (g_ascii_strcasecmp (driver, vh_qom_to_name (class)) == 0)
      return vh_qom_to_name (class);
  return NULL;
}

/* A -global of a class that the domain has no device of. */
static void
check_stranger (VhChecks *checks, const VhGlobal *global, VhProperty property, const char *setting)
{
  const char *right = vh_qom_to_name (vh_qom_of_machine (checks->topology->machine));
  const char *guess = guess_class (global->driver);
  gboolean is_ged = vh_qom_is (VH_QOM_GED, global->driver);
  gboolean is_of_chipset = is_ged || vh_qom_is (VH_QOM_PIIX4_PM, global->driver) ||
                           vh_qom_is (VH_QOM_ICH9_LPC, global->driver);
  gboolean is_for_chipset = property == VH_PROPERTY_ROOT || property == VH_PROPERTY_BRIDGE ||
                            property == VH_PROPERTY_KEEP_HPC;
  /* Some machines without rules have a generic event device, too. */
  if (!is_for_chipset || (is_ged && !vh_machine_is_pc (checks->topology->machine)))
    return;
  if (!is_of_chipset)
    vh_checks_warning (checks, VH_RULE_GLOBAL_UNKNOWN_CLASS, -1,
                       _ ("%1$s has no effect: the class of this property is %2$s."), setting,
                       guess   ? guess
                       : right ? right
                               : _ ("that of the chipset"));
  else if (right)
    vh_checks_warning (checks, VH_RULE_GLOBAL_WRONG_CLASS, -1,
                       _ ("%1$s has no effect here: the class on %2$s is %3$s."), setting,
                       vh_chipset_to_string (checks->topology->machine->chipset), right);
  else
    vh_checks_warning (checks, VH_RULE_GLOBAL_WRONG_CLASS, -1,
                       _ ("%1$s has no effect: a %2$s machine has no such device."), setting,
                       checks->topology->machine->type);
}

static void
check_global (VhChecks *checks, guint classes, const VhGlobal *global)
{
  VhProperty property;
  if (!vh_property_from_name (global->property, &property))
    return;
  g_autofree char *words =
      vh_qemu_args_format_global (global->driver, global->property, global->value);
  g_autofree char *setting = g_strconcat ("-global ", words, NULL);
  VhQomClass class = find_class (classes, global->driver);
  const guint n_before = checks->findings->len;
  if (class == VH_QOM_NONE)
    check_stranger (checks, global, property, setting);
  else
    {
      check_property (checks, class, property, setting, -1);
      check_value (checks, global->value, setting, -1);
    }
  vh_checks_place (checks, n_before, global->value_element);
}

/* The last value of each property against those before. */
static void
check_contradictions (VhChecks *checks, guint classes)
{
  const GPtrArray *globals = checks->topology->args->globals;
  g_autoptr (GHashTable) last = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) told = g_hash_table_new (NULL, NULL);
  for (guint i = globals->len; i > 0; i--)
    {
      VhGlobal *global = g_ptr_array_index (globals, i - 1), *wins;
      VhProperty property;
      VhSwitch value = VH_SWITCH_ABSENT, winner = VH_SWITCH_ABSENT;
      if (!vh_property_from_name (global->property, &property) ||
          find_class (classes, global->driver) == VH_QOM_NONE)
        continue;
      g_autofree char *name = g_strconcat (global->driver, ".", global->property, NULL);
      wins = g_hash_table_lookup (last, name);
      if (!wins)
        {
          g_hash_table_insert (last, g_steal_pointer (&name), global);
          continue;
        }
      vh_qemu_args_parse_bool (global->value, &value);
      vh_qemu_args_parse_bool (wins->value, &winner);
      if (value == winner || !g_hash_table_add (told, wins))
        continue;
      vh_checks_warning (
          checks, VH_RULE_GLOBAL_CONTRADICTION, -1,
          _ ("Several -global arguments set %1$s to different values; QEMU obeys the "
             "last, %2$s."),
          name, wins->value);
      vh_checks_place (checks, checks->findings->len - 1, wins->value_element);
    }
}

static void
check_override (VhChecks *checks, const VhBus *bus, const VhOverride *override)
{
  VhProperty property;
  VhQomClass class = vh_qom_of_bus (bus);
  if (class == VH_QOM_NONE || !override->value ||
      !vh_property_from_name (override->property, &property))
    return;
  g_autofree char *setting = g_strdup_printf (_ ("%1$s=%2$s in the qemu:override of %3$s"),
                                              override->property, override->value, override->alias);
  const guint n_before = checks->findings->len;
  check_property (checks, class, property, setting, bus->index);
  check_value (checks, override->value, setting, bus->index);
  vh_checks_place (checks, n_before, override->element);
}

static void
check_overrides (VhChecks *checks)
{
  const VhTopology *topology = checks->topology;
  g_autoptr (GHashTable) overrides = vh_qom_index_overrides (topology->args);
  for (guint i = 0; i < vh_topology_get_n_buses (topology); i++)
    {
      const VhBus *bus = vh_topology_get_bus (topology, i);
      GPtrArray *same = g_hash_table_lookup (overrides, bus->alias);
      for (guint k = 0; same && k < same->len; k++)
        check_override (checks, bus, g_ptr_array_index (same, k));
    }
}

static void
check_overridden (VhChecks *checks, VhSwitch written, const VhInput *effective, const char *what,
                  gint32 bus)
{
  if (written == VH_SWITCH_ABSENT || effective->value == VH_KNOWN_UNKNOWN ||
      vh_switch_to_known (written) == effective->value)
    return;
  vh_checks_warning (checks, VH_RULE_SETTING_OVERRIDDEN, bus,
                     _ ("%1$s says %2$s, but %3$s is stronger, so it is %4$s."), what,
                     vh_switch_to_string (written), effective->detail, word_of (effective->value));
}

static void
check_hotplug (VhChecks *checks, guint position)
{
  const VhBus *bus = vh_topology_get_bus (checks->topology, position);
  const VhMachine *machine = checks->topology->machine;
  gboolean is_port = vh_bus_is_port (bus);
  gboolean is_root = bus->model == VH_BUS_PCI_ROOT && machine->chipset == VH_CHIPSET_I440FX;
  VhFactId fact = is_root ? VH_FACT_LIBVIRT_ROOT_TARGET : VH_FACT_LIBVIRT_PORT_TARGET;
  /* A pci-root of another machine: nothing is known. */
  if (bus->hotplug == VH_SWITCH_ABSENT ||
      (bus->model == VH_BUS_PCI_ROOT && !vh_machine_is_pc (machine)))
    return;
  if (!is_port && !is_root)
    vh_checks_error (checks, VH_RULE_HOTPLUG_REFUSED, bus->index,
                     _ ("libvirt refuses hotplug='%1$s' on a %2$s; remove the attribute."),
                     vh_switch_to_string (bus->hotplug), vh_bus_model_to_string (bus->model));
  else if (vh_check_libvirt_takes (checks->caps, fact) == VH_KNOWN_NO)
    vh_checks_error (checks, VH_RULE_HOTPLUG_REFUSED, bus->index,
                     is_root ? _ ("This libvirt does not take hotplug= on a %s; libvirt 7.9 was "
                                  "the first, and a -global does the same.")
                             : _ ("This libvirt does not take hotplug= on a %s."),
                     vh_bus_model_to_string (bus->model));
  if (is_port)
    check_overridden (checks, bus->hotplug, &vh_inputs_get_bus (checks->inputs, position)->hpc,
                      _ ("The attribute hotplug"), bus->index);
  else if (is_root)
    check_overridden (checks, bus->hotplug, &checks->inputs->root,
                      _ ("The attribute hotplug of pci-root"), bus->index);
}

static void
push_feature_refused (VhChecks *checks, VhKnown takes, gboolean has_property)
{
  const VhTopology *topology = checks->topology;
  g_autofree char *words = vh_qemu_args_format_global (
      vh_qom_to_name (vh_qom_of_machine (topology->machine)),
      vh_property_to_name (VH_PROPERTY_BRIDGE), topology->feature == VH_SWITCH_OFF ? "off" : "on");
  const gboolean is_old = takes == VH_KNOWN_NO;
  g_autofree char *with_cure = g_strdup_printf (
      is_old ? _ ("This libvirt does not know <acpi-bridge-hotplug>; -global %s in "
                  "<qemu:commandline> does the same.")
             : _ ("No release of libvirt up to 12.8 knows <acpi-bridge-hotplug>; -global %s in "
                  "<qemu:commandline> does the same."),
      words);
  const char *without =
      is_old
          ? _ ("This libvirt does not know <acpi-bridge-hotplug>; remove the element.")
          : _ ("No release of libvirt up to 12.8 knows <acpi-bridge-hotplug>; remove the element.");
  vh_checks_take (checks, is_old ? VH_SEVERITY_ERROR : VH_SEVERITY_WARNING, VH_RULE_FEATURE_REFUSED,
                  -1, g_strdup (has_property ? with_cure : without));
}

static void
check_feature (VhChecks *checks)
{
  const VhTopology *topology = checks->topology;
  VhQomClass class = vh_qom_of_machine (topology->machine);
  VhKnown takes = vh_check_libvirt_takes (checks->caps, VH_FACT_LIBVIRT_BRIDGE_FEATURE);
  gboolean has_property = vh_qom_has (class, VH_PROPERTY_BRIDGE, checks->caps) != VH_KNOWN_NO;
  if (topology->feature_element == VH_NO_ELEMENT && topology->feature == VH_SWITCH_ABSENT)
    return;
  if (!vh_machine_is_pc (topology->machine))
    {
      vh_checks_error (
          checks, VH_RULE_FEATURE_MACHINE, -1,
          _ ("<acpi-bridge-hotplug> is for the pc and q35 machines of x86, and this is a "
             "%1$s machine of %2$s; remove the element."),
          topology->machine->type, topology->machine->arch);
      return;
    }
  if (takes != VH_KNOWN_YES)
    push_feature_refused (checks, takes, has_property);
  if (has_property)
    check_overridden (checks, topology->feature, &checks->inputs->bridge, "<acpi-bridge-hotplug>",
                      -1);
  else
    check_property (checks, class, VH_PROPERTY_BRIDGE, "<acpi-bridge-hotplug>", -1);
}

void
vh_checks_look_at_settings (VhChecks *checks)
{
  const VhTopology *topology = checks->topology;
  guint classes = find_classes (topology);
  if (!vh_qom_runs (topology))
    return;
  if (topology->args->joined_global != 0)
    {
      vh_checks_error (
          checks, VH_RULE_GLOBAL_JOINED, -1,
          _ ("QEMU does not take -global=…, so it does not start; write -global and the "
             "setting as two arguments."));
      vh_checks_place (checks, checks->findings->len - 1, topology->args->joined_global);
    }
  for (guint i = 0; i < topology->args->globals->len; i++)
    check_global (checks, classes, g_ptr_array_index (topology->args->globals, i));
  check_contradictions (checks, classes);
  check_overrides (checks);
  for (guint i = 0; i < vh_topology_get_n_buses (topology); i++)
    check_hotplug (checks, i);
  const guint n_before = checks->findings->len;
  check_feature (checks);
  vh_checks_place (checks, n_before, topology->feature_element);
}
