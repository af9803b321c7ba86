/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What may be set, where, and if not, why not. */
#include "model/check.h"

#include "model/check_parts.h"
#include "model/i18n.h"

void
vh_knob_state_free (VhKnobState *state)
{
  if (!state)
    return;
  g_free (state->reason);
  g_free (state);
}

gboolean
vh_check_get_global (const VhMachine *machine, VhKnob knob, const char **driver,
                     const char **property)
{
  VhQomClass class = vh_qom_of_machine (machine);
  gboolean has = knob == VH_KNOB_BRIDGE ? class != VH_QOM_NONE
                                        : knob == VH_KNOB_ROOT && class == VH_QOM_PIIX4_PM;
  if (!has)
    return FALSE;
  *driver = vh_qom_to_name (class);
  *property = vh_property_to_name (knob == VH_KNOB_ROOT ? VH_PROPERTY_ROOT : VH_PROPERTY_BRIDGE);
  return TRUE;
}

static VhProperty
property_of (VhKnob knob)
{
  static const VhProperty properties[] = {
    [VH_KNOB_ROOT] = VH_PROPERTY_ROOT,
    [VH_KNOB_BRIDGE] = VH_PROPERTY_BRIDGE,
    [VH_KNOB_PORT] = VH_PROPERTY_HOTPLUG,
  };
  return properties[knob];
}

static const VhBus *
find_bus (const VhTopology *topology, VhKnob knob, gint32 index)
{
  gint32 position = knob == VH_KNOB_BRIDGE
                        ? -1
                        : vh_topology_find_bus (topology, knob == VH_KNOB_ROOT ? 0 : index);
  return position < 0 ? NULL : vh_topology_get_bus (topology, (guint) position);
}

/* Why the chipset has no such switch; NULL when it has. */
static char *
explain_machine (const VhTopology *topology, VhKnob knob)
{
  const VhMachine *machine = topology->machine;
  const char *type = *machine->type ? machine->type : _ ("without a name");
  if (!vh_qom_runs (topology))
    return g_strdup_printf (_ ("A domain of type '%s' is not run by QEMU, which has this switch."),
                            topology->domain_type);
  if (knob == VH_KNOB_PORT)
    return NULL;
  if (vh_qom_of_machine (machine) == VH_QOM_NONE)
    return g_strdup_printf (*machine->arch
                                ? _ ("Only the pc and q35 machines of x86 and virt of aarch64 have "
                                     "this switch; this is a machine %1$s of %2$s.")
                                : _ ("Only the pc and q35 machines of x86 and virt of aarch64 have "
                                     "this switch; this is a machine %s."),
                            type, machine->arch);
  if (knob == VH_KNOB_ROOT && machine->chipset != VH_CHIPSET_I440FX)
    return g_strdup_printf (_ ("The root bus of a %s machine never takes a plug; set its ports "
                               "instead."),
                            vh_chipset_to_string (machine->chipset));
  return NULL;
}

static char *
explain_port (const VhBus *bus, gint32 index)
{
  if (!bus)
    return g_strdup_printf (_ ("There is no PCI controller with the index %d."), index);
  if (bus->model == VH_BUS_PCI_ROOT)
    return g_strdup (_ ("pci-root is no port; it is the switch of the root bus."));
  if (!vh_bus_is_port (bus))
    return g_strdup_printf (
        _ ("Controller %1$d is a %2$s; only root ports and downstream ports have a "
           "hotplug switch of their own."),
        index, vh_bus_model_to_string (bus->model));
  return NULL;
}

/* QEMU lacks the property. */
static char *
explain_qemu (const VhTopology *topology, const VhCaps *caps, VhKnob knob, const VhBus *bus)
{
  VhQomClass class = knob == VH_KNOB_PORT ? (bus ? vh_qom_of_bus (bus) : VH_QOM_ROOT_PORT)
                                          : vh_qom_of_machine (topology->machine);
  const char *first = class == VH_QOM_ICH9_LPC ? _ (" (QEMU 6.1 was the first)")
                      : class == VH_QOM_GED    ? _ (" (QEMU 10.1 was the first)")
                                               : "";
  g_autofree char *version = vh_version_format (caps->qemu);
  if (class == VH_QOM_NONE || vh_qom_has (class, property_of (knob), caps) != VH_KNOWN_NO)
    return NULL;
  g_autofree char *qemu = version ? g_strconcat ("QEMU ", version, NULL) : g_strdup ("QEMU");
  return g_strdup_printf (
      _ ("%1$s has no property %2$s.%3$s%4$s, so it would not start; use another QEMU."), qemu,
      vh_qom_to_name (class), vh_property_to_name (property_of (knob)), first);
}

static char *
explain_target (const VhCaps *caps, VhKnob knob)
{
  g_autofree char *version = vh_version_format (caps->libvirt);
  VhFactId fact = knob == VH_KNOB_ROOT ? VH_FACT_LIBVIRT_ROOT_TARGET : VH_FACT_LIBVIRT_PORT_TARGET;
  if (knob == VH_KNOB_BRIDGE)
    return g_strdup (_ ("The switch of the bridges is no attribute of a controller; it goes into "
                        "<qemu:commandline>."));
  if (vh_check_libvirt_takes (caps, fact) != VH_KNOWN_NO)
    return NULL;
  g_autofree char *libvirt =
      version ? g_strconcat ("libvirt ", version, NULL) : g_strdup ("libvirt");
  return g_strdup_printf (
      knob == VH_KNOB_ROOT
          ? _ ("%s does not take hotplug= on pci-root (7.9 was the first); use <qemu:commandline> "
               "instead.")
          : _ ("%s does not take hotplug= on ports of this machine; use another libvirt."),
      libvirt);
}

static char *
explain_feature (const VhTopology *topology, const VhCaps *caps, VhKnob knob)
{
  VhKnown takes = vh_check_libvirt_takes (caps, VH_FACT_LIBVIRT_BRIDGE_FEATURE);
  if (knob != VH_KNOB_BRIDGE)
    return g_strdup (_ ("This switch is an attribute of its controller, not an element of "
                        "<features>."));
  if (!vh_machine_is_pc (topology->machine))
    return g_strdup (_ ("<acpi-bridge-hotplug> is for the pc and q35 machines of x86; use "
                        "<qemu:commandline> instead."));
  if (takes == VH_KNOWN_YES)
    return NULL;
  return g_strdup (
      takes == VH_KNOWN_NO
          ? _ ("This libvirt does not know <acpi-bridge-hotplug>; use <qemu:commandline> instead.")
          : _ ("No release of libvirt up to 12.8 knows <acpi-bridge-hotplug>; use "
               "<qemu:commandline> instead."));
}

char *
vh_check_new_site_reason (const VhTopology *topology, const VhCaps *caps, VhKnob knob, VhSite site)
{
  char *reason = explain_machine (topology, knob);
  if (!reason)
    reason = explain_qemu (topology, caps, knob, NULL);
  if (reason)
    return reason;
  switch (site)
    {
    case VH_SITE_TARGET:
      return explain_target (caps, knob);
    case VH_SITE_FEATURE:
      return explain_feature (topology, caps, knob);
    case VH_SITE_QEMU_GLOBAL:
      return knob == VH_KNOB_PORT
                 ? g_strdup (_ ("A -global sets all ports at once; a single port is set by its own "
                                "attribute."))
                 : NULL;
    case VH_SITE_QEMU_OVERRIDE:
      return g_strdup (_ ("A <qemu:override> is read, but not written."));
    case VH_SITE_NONE:
    default:
      return g_strdup (_ ("There is no such place."));
    }
}

static void
read_port (VhKnobState *state, const VhTopology *topology, const VhBus *bus, const VhInput *hpc)
{
  const VhOverride *override = vh_qemu_args_find_override (
      topology->args, bus->alias, vh_property_to_name (VH_PROPERTY_HOTPLUG));
  state->state = hpc->value;
  state->configured = bus->hotplug;
  state->site = bus->hotplug == VH_SWITCH_ABSENT ? VH_SITE_NONE : VH_SITE_TARGET;
  if (!override)
    return;
  state->configured = VH_SWITCH_ABSENT;
  state->site = VH_SITE_QEMU_OVERRIDE;
  vh_qemu_args_parse_bool (override->value, &state->configured);
}

static void
read_chipset (VhKnobState *state, const VhTopology *topology, const VhInputs *inputs, VhKnob knob)
{
  const VhBus *root = find_bus (topology, VH_KNOB_ROOT, 0);
  const VhGlobal *global = vh_qom_find_global (vh_qom_of_machine (topology->machine),
                                               property_of (knob), topology->args);
  gboolean is_root = knob == VH_KNOB_ROOT;
  VhSwitch feature = vh_machine_is_pc (topology->machine) ? topology->feature : VH_SWITCH_ABSENT;
  VhSwitch written = is_root ? (root ? root->hotplug : VH_SWITCH_ABSENT) : feature;
  state->state = is_root ? inputs->root.value : inputs->bridge.value;
  state->configured = written;
  if (written != VH_SWITCH_ABSENT)
    state->site = is_root ? VH_SITE_TARGET : VH_SITE_FEATURE;
  if (!global)
    return;
  state->site = VH_SITE_QEMU_GLOBAL;
  state->configured = VH_SWITCH_ABSENT;
  vh_qemu_args_parse_bool (global->value, &state->configured);
}

/* A -global that is there stays where it is, since it would beat the element. */
static VhSite
choose_site (const VhKnobState *state, const VhTopology *topology, const VhCaps *caps, VhKnob knob)
{
  if (knob == VH_KNOB_PORT)
    return VH_SITE_TARGET;
  if (state->site == VH_SITE_QEMU_GLOBAL)
    return VH_SITE_QEMU_GLOBAL;
  g_autofree char *refusal =
      knob == VH_KNOB_ROOT ? explain_target (caps, knob) : explain_feature (topology, caps, knob);
  if (refusal)
    return VH_SITE_QEMU_GLOBAL;
  return knob == VH_KNOB_ROOT ? VH_SITE_TARGET : VH_SITE_FEATURE;
}

/* Why a switch that is there cannot be set; NULL when it can. */
static char *
explain_refusal (const VhTopology *topology, const VhCaps *caps, const VhKnobState *state,
                 VhKnob knob, const VhBus *bus)
{
  if (bus && (bus->marks & VH_BUS_BAD_INDEX))
    return g_strdup_printf (_ ("The index of this controller is no number from 0 to %d; correct it "
                               "first."),
                            VH_MAX_BUS_INDEX);
  if (knob == VH_KNOB_ROOT && bus && bus->model != VH_BUS_PCI_ROOT)
    return g_strdup_printf (_ ("Controller 0 is a %s here, and the root bus of this machine is a "
                               "pci-root; correct its model first."),
                            vh_bus_model_to_string (bus->model));
  if (vh_topology_has_double_index (topology))
    return g_strdup (_ ("Two PCI controllers have the same index, so no edit can be trusted; give "
                        "each its own first."));
  if (bus && state->site == VH_SITE_QEMU_OVERRIDE)
    return g_strdup_printf (_ ("The <qemu:override> of %s sets hotplug and is stronger than the "
                               "attribute; remove that property first."),
                            bus->alias);
  char *reason = explain_qemu (topology, caps, knob, bus);
  return !reason && knob == VH_KNOB_PORT ? explain_target (caps, knob) : reason;
}

VhKnobState *
vh_check_new_knob (const VhTopology *topology, const VhInputs *inputs, const VhCaps *caps,
                   VhKnob knob, gint32 bus)
{
  VhKnobState *state = g_new0 (VhKnobState, 1);
  gint32 position = knob == VH_KNOB_PORT ? vh_topology_find_bus (topology, bus) : -1;
  const VhBus *port = find_bus (topology, knob, bus);
  state->reason = explain_machine (topology, knob);
  if (!state->reason && knob == VH_KNOB_PORT)
    state->reason = explain_port (port, bus);
  if (state->reason)
    return state;
  state->applies = TRUE;
  if (knob == VH_KNOB_PORT)
    read_port (state, topology, port, &vh_inputs_get_bus (inputs, (guint) position)->hpc);
  else
    read_chipset (state, topology, inputs, knob);
  state->reason = explain_refusal (topology, caps, state, knob, port);
  if (!state->reason)
    state->write_site = choose_site (state, topology, caps, knob);
  return state;
}
