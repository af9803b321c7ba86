/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/policy.h"

#include "model/i18n.h"

static const char *const words[] = {
  [VH_POLICY_LOCK_OCCUPIED] = "lock-occupied",
  [VH_POLICY_LOCK_NON_NIC] = "lock-non-nic",
  [VH_POLICY_FORBID] = "forbid",
  [VH_POLICY_NATIVE] = "native",
  [VH_POLICY_DEFAULT] = "default",
};
G_STATIC_ASSERT (G_N_ELEMENTS (words) == VH_N_POLICIES);

const char *
vh_policy_to_string (VhPolicy policy)
{
  return words[policy];
}

gboolean
vh_policy_from_string (const char *word, VhPolicy *policy)
{
  for (VhPolicy i = 0; i < VH_N_POLICIES; i++)
    if (g_strcmp0 (word, words[i]) == 0)
      {
        *policy = i;
        return TRUE;
      }
  return FALSE;
}

/* ---- what a bus holds ---- */

typedef struct {
  guint n_bridges, n_interfaces, n_others;
} Holds;

static Holds
look_into (const VhTopology *topology, guint bus)
{
  Holds holds = { 0 };
  guint first = 0;
  guint n = vh_topology_get_bus_devices (topology, bus, &first);
  for (guint i = first; i < first + n; i++)
    {
      const VhDevice *device = vh_topology_get_device (topology, i);
      if (device->secondary_bus >= 0)
        holds.n_bridges++;
      else if (device->kind == VH_DEVICE_INTERFACE)
        holds.n_interfaces++;
      else
        holds.n_others++;
    }
  return holds;
}

static gboolean
wants_lock (VhPolicy policy, const VhTopology *topology, guint bus)
{
  Holds holds = look_into (topology, bus);
  if (policy == VH_POLICY_FORBID)
    return TRUE;
  if (holds.n_bridges > 0)
    return FALSE;
  return holds.n_others > 0 || (policy == VH_POLICY_LOCK_OCCUPIED && holds.n_interfaces > 0);
}

static gboolean
is_lock (VhPolicy policy)
{
  return policy == VH_POLICY_LOCK_OCCUPIED || policy == VH_POLICY_LOCK_NON_NIC ||
         policy == VH_POLICY_FORBID;
}

/* ---- edits ---- */

typedef struct {
  const VhReading *reading;
  const VhCaps *caps;
  VhPolicy policy;
  GArray *edits;
} Target;

/* Only what changes, and can be changed. */
static void
push_knob (const Target *target, VhKnob knob, gint32 bus, VhSwitch to)
{
  const VhReading *reading = target->reading;
  g_autoptr (VhKnobState) state =
      vh_check_new_knob (reading->topology, reading->inputs, target->caps, knob, bus);
  const VhEdit edit = { .kind = VH_EDIT_SET_KNOB,
                        .knob = knob,
                        .bus = bus,
                        .to = to,
                        .policy = 1 + (guint) target->policy };
  gboolean is_so = to == VH_SWITCH_OFF ? state->state == VH_KNOWN_NO : state->configured == to;
  if (state->applies && state->reason == NULL && !is_so)
    g_array_append_val (target->edits, edit);
}

static void
push_ports (const Target *target, VhPolicy policy)
{
  const VhTopology *topology = target->reading->topology;
  for (guint i = 0; i < vh_topology_get_n_buses (topology); i++)
    {
      const VhBus *bus = vh_topology_get_bus (topology, i);
      if (!vh_bus_is_port (bus) || bus->index < 0)
        continue;
      if (policy == VH_POLICY_DEFAULT)
        push_knob (target, VH_KNOB_PORT, bus->index, VH_SWITCH_ABSENT);
      else if (is_lock (policy) && wants_lock (policy, topology, i))
        push_knob (target, VH_KNOB_PORT, bus->index, VH_SWITCH_OFF);
    }
}

static gboolean
has_bus (const VhTopology *topology, VhBusModel model)
{
  for (guint i = 0; i < vh_topology_get_n_buses (topology); i++)
    if (vh_topology_get_bus (topology, i)->model == model)
      return TRUE;
  return FALSE;
}

/* ACPI hotplug of bridges is left on where all it does is to serve ports, which
 * have a switch of their own: off, their native hotplug would come back. */
static void
push_machine (const Target *target, VhPolicy policy)
{
  const VhTopology *topology = target->reading->topology;
  gboolean is_i440fx = topology->machine->chipset == VH_CHIPSET_I440FX;
  if (policy == VH_POLICY_DEFAULT)
    {
      push_knob (target, VH_KNOB_ROOT, -1, VH_SWITCH_ABSENT);
      push_knob (target, VH_KNOB_BRIDGE, -1, VH_SWITCH_ABSENT);
    }
  if (policy == VH_POLICY_FORBID)
    push_knob (target, VH_KNOB_ROOT, -1, VH_SWITCH_OFF);
  if (policy == VH_POLICY_NATIVE ||
      (policy == VH_POLICY_FORBID && is_i440fx && has_bus (topology, VH_BUS_PCI_BRIDGE)))
    push_knob (target, VH_KNOB_BRIDGE, -1, VH_SWITCH_OFF);
}

static char *
find_obstacle (VhPolicy policy, const VhTopology *topology)
{
  gboolean has_ports =
      has_bus (topology, VH_BUS_ROOT_PORT) || has_bus (topology, VH_BUS_DOWNSTREAM_PORT);
  if (policy == VH_POLICY_DEFAULT || policy == VH_POLICY_FORBID || has_ports)
    return NULL;
  if (policy == VH_POLICY_NATIVE)
    return g_strdup_printf (_ ("The machine type %s has no PCI Express ports here, so there is no "
                               "native hotplug."),
                            topology->machine->type);
  return g_strdup (
      _ ("This domain has no ports that could be locked one by one. Hotplug of a whole "
         "bus can be turned off with the policy forbid."));
}

GArray *
vh_policy_new_edits (VhPolicy policy, const VhReading *reading, const VhCaps *caps, char **reason)
{
  *reason = find_obstacle (policy, reading->topology);
  if (*reason)
    return NULL;
  const Target target = { reading, caps, policy, g_array_new (FALSE, FALSE, sizeof (VhEdit)) };
  push_machine (&target, policy);
  push_ports (&target, policy);
  return target.edits;
}

/* ---- leftovers ---- */

static gboolean
works (VhMechanism mechanism)
{
  return mechanism != VH_MECHANISM_NONE && mechanism != VH_MECHANISM_UNKNOWN;
}

static void
push_bus (GPtrArray *leftovers, VhPolicy policy, const VhReading *after, guint position)
{
  const VhBus *bus = vh_topology_get_bus (after->topology, position);
  VhMechanism used = vh_modes_get (after->modes, position)->live;
  const char *model = vh_bus_model_to_string (bus->model);
  if (policy == VH_POLICY_FORBID && bus->hotplug == VH_SWITCH_OFF && vh_bus_is_port (bus))
    return;
  if (policy == VH_POLICY_FORBID && works (used))
    g_ptr_array_add (
        leftovers,
        g_strdup_printf (_ ("Bus %1$d, a %2$s, still takes plugs by %3$s: libvirt cannot switch "
                            "that off here."),
                         bus->index, model, vh_mechanism_to_string (used)));
  if (policy == VH_POLICY_NATIVE && works (used) && used != VH_MECHANISM_NATIVE)
    g_ptr_array_add (leftovers,
                     g_strdup_printf (_ ("Bus %1$d, a %2$s, uses %3$s: it has no native hotplug."),
                                      bus->index, model, vh_mechanism_to_string (used)));
  if ((policy == VH_POLICY_FORBID || policy == VH_POLICY_NATIVE) && used == VH_MECHANISM_UNKNOWN)
    g_ptr_array_add (leftovers, g_strdup_printf (_ ("Bus %1$d, a %2$s: what it uses is not known."),
                                                 bus->index, model));
}

static void
push_device (GPtrArray *leftovers, VhPolicy policy, const VhReading *after, guint position)
{
  const VhDevice *device = vh_topology_get_device (after->topology, position);
  VhMechanism eject = vh_modes_get_eject (after->modes, position);
  gboolean is_spared = policy == VH_POLICY_LOCK_NON_NIC && device->kind == VH_DEVICE_INTERFACE;
  if (device->bus < 0 || device->secondary_bus >= 0 || is_spared || eject == VH_MECHANISM_NONE)
    return;
  const VhBus *bus = vh_topology_get_bus (after->topology, (guint) device->bus);
  const char *model = vh_bus_model_to_string (bus->model);
  if (eject == VH_MECHANISM_UNKNOWN)
    g_ptr_array_add (
        leftovers,
        g_strdup_printf (_ ("\"%1$s\" on bus %2$d, a %3$s: whether it can be ejected is not "
                            "known."),
                         device->label, bus->index, model));
  else
    g_ptr_array_add (
        leftovers,
        g_strdup_printf (_ ("\"%1$s\" on bus %2$d, a %3$s, can still be ejected by %4$s: libvirt "
                            "cannot switch that off here."),
                         device->label, bus->index, model, vh_mechanism_to_string (eject)));
}

GPtrArray *
vh_policy_new_leftovers (VhPolicy policy, const VhReading *after)
{
  GPtrArray *leftovers = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < vh_topology_get_n_buses (after->topology); i++)
    push_bus (leftovers, policy, after, i);
  for (guint i = 0; is_lock (policy) && i < vh_topology_get_n_devices (after->topology); i++)
    push_device (leftovers, policy, after, i);
  return leftovers;
}
