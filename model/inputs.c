/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/inputs.h"

#include "model/i18n.h"

typedef struct {
  const VhTopology *topology;
  const VhCaps *caps;
  VhInputs *inputs;
  gboolean facts_fit;    /* the default facts are about this machine type */
  GHashTable *overrides; /* alias -> GPtrArray of VhOverride */
  const VhGlobal *globals[VH_QOM_NONE + 1][VH_N_PROPERTIES];
} Build;

static const VhInput no_input = { VH_KNOWN_UNKNOWN, VH_ORIGIN_ASSUMED, "" };

static VhInput
input_of (Build *build, VhKnown value, VhOrigin origin, const char *detail)
{
  return (VhInput){ value, origin, g_string_chunk_insert_const (build->inputs->strings, detail) };
}

static VhKnown
read_bool (const char *text)
{
  VhSwitch value = VH_SWITCH_ABSENT;
  vh_qemu_args_parse_bool (text, &value);
  return vh_switch_to_known (value);
}

static VhInput
input_of_global (Build *build, const VhGlobal *global)
{
  g_autofree char *words =
      vh_qemu_args_format_global (global->driver, global->property, global->value);
  g_autofree char *detail = g_strconcat ("-global ", words, NULL);
  return input_of (build, read_bool (global->value), VH_ORIGIN_QEMU_COMMANDLINE, detail);
}

static VhInput
input_of_override (Build *build, const VhOverride *override)
{
  g_autofree char *detail = g_strdup_printf (_ ("qemu:override of %1$s: %2$s=%3$s"),
                                             override->alias, override->property, override->value);
  return input_of (build, read_bool (override->value), VH_ORIGIN_DOMAIN_XML, detail);
}

static VhInput
input_of_default (Build *build, VhMachineDefault what, VhFactId id)
{
  const VhMachine *machine = build->topology->machine;
  const VhFact *fact = vh_caps_get (build->caps, id);
  if (build->facts_fit && fact->value != VH_KNOWN_UNKNOWN)
    return input_of (build, fact->value, fact->origin, machine->canonical);
  VhKnown value = vh_machine_get_default (machine, build->caps->qemu, what, NULL);
  return input_of (build, value, VH_ORIGIN_MACHINE_TABLE, machine->canonical);
}

static gboolean
is_from_machine (const VhInput *input)
{
  return input->origin <= VH_ORIGIN_PROBED;
}

static VhInput
read_acpi (Build *build)
{
  const VhTopology *topology = build->topology;
  VhKnown value = topology->acpi ? VH_KNOWN_YES : VH_KNOWN_NO;
  if (topology->args->acpi != VH_SWITCH_ABSENT)
    return input_of (build, value, VH_ORIGIN_QEMU_COMMANDLINE,
                     topology->acpi ? "acpi=on" : "acpi=off");
  return input_of (build, value, VH_ORIGIN_DOMAIN_XML,
                   topology->acpi ? "<acpi/>" : _ ("no <acpi/> in <features>"));
}

/* The pci-root, implied or written. */
static const VhBus *
find_root (const VhTopology *topology)
{
  gint32 position = vh_topology_find_bus (topology, 0);
  return position < 0 ? NULL : vh_topology_get_bus (topology, (guint) position);
}

/* The element or attribute of the domain that sets the property. */
static char *
name_element (VhProperty property, VhSwitch element)
{
  const char *state = vh_switch_to_string (element);
  return property == VH_PROPERTY_ROOT
             ? g_strdup_printf (_ ("hotplug='%s' of pci-root"), state)
             : g_strdup_printf ("<acpi-bridge-hotplug state='%s'/>", state);
}

/* Of the chipset's own device: -global, else the element of the domain, else the machine type. */
static VhInput
read_chipset (Build *build, VhProperty property, VhSwitch element)
{
  static const struct {
    VhMachineDefault what;
    VhFactId fact;
  } defaults[] = {
    [VH_PROPERTY_ROOT] = { VH_MACHINE_DEFAULT_ROOT, VH_FACT_DEFAULT_ROOT },
    [VH_PROPERTY_BRIDGE] = { VH_MACHINE_DEFAULT_BRIDGE, VH_FACT_DEFAULT_BRIDGE },
    [VH_PROPERTY_KEEP_HPC] = { VH_MACHINE_DEFAULT_KEEP_HPC, VH_FACT_DEFAULT_KEEP_HPC },
  };
  const VhGlobal *global = build->globals[vh_qom_of_machine (build->topology->machine)][property];
  if (global)
    return input_of_global (build, global);
  if (element != VH_SWITCH_ABSENT)
    {
      g_autofree char *detail = name_element (property, element);
      return input_of (build, vh_switch_to_known (element), VH_ORIGIN_DOMAIN_XML, detail);
    }
  return input_of_default (build, defaults[property].what, defaults[property].fact);
}

static VhInput
read_root (Build *build)
{
  const VhBus *root = find_root (build->topology);
  if (build->topology->machine->chipset != VH_CHIPSET_I440FX)
    return no_input;
  return read_chipset (build, VH_PROPERTY_ROOT, root ? root->hotplug : VH_SWITCH_ABSENT);
}

static VhInput
read_bridge (Build *build)
{
  VhQomClass class = vh_qom_of_machine (build->topology->machine);
  if (class == VH_QOM_NONE)
    return no_input;
  if (vh_qom_has (class, VH_PROPERTY_BRIDGE, build->caps) == VH_KNOWN_NO)
    {
      g_autofree char *version = vh_version_format (build->caps->qemu);
      g_autofree char *detail =
          version ? g_strconcat ("QEMU ", version, NULL) : g_strdup (_ ("QEMU without it"));
      return input_of (build, VH_KNOWN_NO, build->caps->qemu_origin, detail);
    }
  VhSwitch feature = class == VH_QOM_GED ? VH_SWITCH_ABSENT : build->topology->feature;
  return read_chipset (build, VH_PROPERTY_BRIDGE, feature);
}

static VhInput
read_keep_hpc (Build *build)
{
  if (build->topology->machine->chipset != VH_CHIPSET_Q35)
    return no_input;
  return read_chipset (build, VH_PROPERTY_KEEP_HPC, VH_SWITCH_ABSENT);
}

static const VhOverride *
find_override (const Build *build, const VhBus *bus, VhProperty property)
{
  const char *name = vh_property_to_name (property);
  GPtrArray *same = g_hash_table_lookup (build->overrides, bus->alias);
  for (guint i = same ? same->len : 0; i > 0; i--)
    {
      const VhOverride *override = g_ptr_array_index (same, i - 1);
      if (g_str_equal (override->property, name))
        return override;
    }
  return NULL;
}

/* A property of one device, the XML attribute left aside; FALSE when nothing but the machine
 * type decides. */
static gboolean
read_device (Build *build, const VhBus *bus, VhProperty property, VhInput *input)
{
  const VhOverride *override = find_override (build, bus, property);
  const VhGlobal *global = build->globals[vh_qom_of_bus (bus)][property];
  if (override && override->value)
    *input = input_of_override (build, override);
  else if (global)
    *input = input_of_global (build, global);
  else
    return FALSE;
  return TRUE;
}

static VhInput
read_hotplug (Build *build, const VhBus *bus)
{
  VhInput input = no_input;
  if (bus->hotplug != VH_SWITCH_ABSENT && !find_override (build, bus, VH_PROPERTY_HOTPLUG))
    return input_of (build, vh_switch_to_known (bus->hotplug), VH_ORIGIN_DOMAIN_XML,
                     bus->hotplug == VH_SWITCH_ON ? "hotplug='on'" : "hotplug='off'");
  if (read_device (build, bus, VH_PROPERTY_HOTPLUG, &input))
    return input;
  return input_of (build, VH_KNOWN_YES, VH_ORIGIN_MACHINE_TABLE,
                   build->topology->machine->canonical);
}

/* What pc_q35_init() makes of BRIDGE and KEEP_HPC. */
static VhInput
derive_native (Build *build)
{
  const VhInput *bridge = &build->inputs->bridge, *keep = &build->inputs->keep_hpc;
  VhChipset chipset = build->topology->machine->chipset;
  if (chipset != VH_CHIPSET_Q35)
    return input_of (build, chipset == VH_CHIPSET_VIRT ? VH_KNOWN_YES : VH_KNOWN_UNKNOWN,
                     VH_ORIGIN_MACHINE_TABLE, build->topology->machine->canonical);
  if (bridge->value == VH_KNOWN_NO)
    return (VhInput){ VH_KNOWN_YES, bridge->origin, bridge->detail };
  if (keep->value == VH_KNOWN_YES || bridge->value == VH_KNOWN_YES)
    return *keep;
  if (is_from_machine (bridge) && is_from_machine (keep))
    return input_of_default (build, VH_MACHINE_DEFAULT_PORT_NATIVE, VH_FACT_DEFAULT_PORT_NATIVE);
  return (VhInput){ VH_KNOWN_UNKNOWN, bridge->origin, bridge->detail };
}

static VhInput
read_native (Build *build, const VhBus *bus)
{
  VhInput input = no_input;
  if (read_device (build, bus, VH_PROPERTY_NATIVE, &input))
    return input;
  if (!read_device (build, bus, VH_PROPERTY_HIDE_NATIVE, &input))
    return derive_native (build);
  input.value = vh_known_negate (input.value);
  return input;
}

static VhInput
read_shpc (Build *build, const VhBus *bus)
{
  VhInput input = no_input;
  if (bus->model == VH_BUS_PCIE_TO_PCI_BRIDGE)
    return (VhInput){ VH_KNOWN_YES, VH_ORIGIN_MACHINE_TABLE, "pcie-pci-bridge" };
  if (read_device (build, bus, VH_PROPERTY_SHPC, &input))
    return input;
  if (build->topology->machine->chipset == VH_CHIPSET_VIRT)
    return input_of (build, VH_KNOWN_YES, VH_ORIGIN_MACHINE_TABLE,
                     build->topology->machine->canonical);
  return input_of_default (build, VH_MACHINE_DEFAULT_SHPC, VH_FACT_DEFAULT_SHPC);
}

static void
read_bus (Build *build, guint position)
{
  const VhBus *bus = vh_topology_get_bus (build->topology, position);
  VhBusInputs inputs = { no_input, no_input, no_input };
  if (vh_bus_is_port (bus))
    {
      inputs.hpc = read_hotplug (build, bus);
      inputs.native = read_native (build, bus);
    }
  else if (bus->model == VH_BUS_PCI_BRIDGE || bus->model == VH_BUS_PCIE_TO_PCI_BRIDGE)
    inputs.shpc = read_shpc (build, bus);
  g_array_append_val (build->inputs->buses, inputs);
}

/* Once for all buses. */
static void
read_globals (Build *build)
{
  for (VhQomClass class = 0; class < VH_QOM_NONE; class ++)
    for (VhProperty property = 0; property < VH_N_PROPERTIES; property++)
      build->globals[class][property] = vh_qom_find_global (class, property, build->topology->args);
}

static gboolean
facts_fit (const VhMachine *machine, const VhCaps *caps)
{
  return !caps->machine_type || g_str_equal (caps->machine_type, machine->type) ||
         g_str_equal (caps->machine_type, machine->canonical) ||
         g_strcmp0 (caps->machine_canonical, machine->canonical) == 0;
}

VhInputs *
vh_inputs_new (const VhTopology *topology, const VhCaps *caps)
{
  VhInputs *inputs = g_new0 (VhInputs, 1);
  g_autoptr (GHashTable) overrides = vh_qom_index_overrides (topology->args);
  Build build = {
    topology, caps, inputs, facts_fit (topology->machine, caps), overrides, { { 0 } }
  };
  read_globals (&build);
  inputs->strings = g_string_chunk_new (256);
  inputs->qemu = caps->qemu;
  inputs->qemu_origin = caps->qemu_origin;
  inputs->libvirt = caps->libvirt;
  inputs->acpi = read_acpi (&build);
  inputs->root = read_root (&build);
  inputs->bridge = read_bridge (&build);
  inputs->keep_hpc = read_keep_hpc (&build);
  inputs->buses = g_array_new (FALSE, FALSE, sizeof (VhBusInputs));
  for (guint i = 0; i < vh_topology_get_n_buses (topology); i++)
    read_bus (&build, i);
  return inputs;
}

void
vh_inputs_free (VhInputs *inputs)
{
  if (!inputs)
    return;
  g_array_unref (inputs->buses);
  g_string_chunk_free (inputs->strings);
  g_free (inputs);
}

const VhBusInputs *
vh_inputs_get_bus (const VhInputs *inputs, guint bus)
{
  g_assert (bus < inputs->buses->len);
  return &g_array_index (inputs->buses, VhBusInputs, bus);
}
