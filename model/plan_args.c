/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/i18n.h"
#include "model/plan_parts.h"

/* What libvirt makes of the setting of a knob that has a -global. */
static void
push_native (GPtrArray *arguments, const VhTopology *topology, VhKnob knob, VhSwitch value)
{
  const char *driver, *property;
  if (value == VH_SWITCH_ABSENT ||
      !vh_check_get_global (topology->machine, knob, &driver, &property))
    return;
  g_autofree char *global =
      vh_qemu_args_format_global (driver, property, vh_switch_to_string (value));
  g_ptr_array_add (arguments, g_strdup_printf ("-global %s", global));
}

static void
push_buses (GPtrArray *arguments, const VhTopology *topology)
{
  for (guint i = 0; i < vh_topology_get_n_buses (topology); i++)
    {
      const VhBus *bus = vh_topology_get_bus (topology, i);
      if (bus->model == VH_BUS_PCI_ROOT)
        push_native (arguments, topology, VH_KNOB_ROOT, bus->hotplug);
      else if (vh_bus_is_port (bus) && bus->hotplug != VH_SWITCH_ABSENT)
        g_ptr_array_add (arguments,
                         g_strdup_printf (_ ("\"hotplug\":%1$s on the device %2$s"),
                                          bus->hotplug == VH_SWITCH_ON ? "true" : "false",
                                          bus->alias));
    }
}

static GPtrArray *
arguments_of (const VhReading *reading)
{
  const VhTopology *topology = reading->topology;
  GPtrArray *arguments = g_ptr_array_new_with_free_func (g_free);
  push_native (arguments, topology, VH_KNOB_BRIDGE, topology->feature);
  push_buses (arguments, topology);
  for (guint i = 0; i < topology->args->globals->len; i++)
    {
      const VhGlobal *global = g_ptr_array_index (topology->args->globals, i);
      g_autofree char *value =
          vh_document_dup_attribute (reading->document, global->value_element, "value");
      g_ptr_array_add (arguments, g_strdup_printf ("-global %s", value));
    }
  return arguments;
}

/* Those of `these` that `those` lacks; what is there twice counts twice. */
static void
push_missing (GPtrArray *missing, const GPtrArray *these, const GPtrArray *those)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < those->len; i++)
    {
      char *argument = g_ptr_array_index (those, i);
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, argument));
      g_hash_table_insert (counts, argument, GUINT_TO_POINTER (count + 1));
    }
  for (guint i = 0; i < these->len; i++)
    {
      char *argument = g_ptr_array_index (these, i);
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, argument));
      if (count > 0)
        g_hash_table_insert (counts, argument, GUINT_TO_POINTER (count - 1));
      else
        g_ptr_array_add (missing, g_strdup (argument));
    }
}

void
vh_plan_push_arguments (VhPlan *plan, const VhReading *before, const VhReading *after)
{
  g_autoptr (GPtrArray) old = arguments_of (before);
  g_autoptr (GPtrArray) new = arguments_of (after);
  push_missing (plan->args_added, new, old);
  push_missing (plan->args_removed, old, new);
}
