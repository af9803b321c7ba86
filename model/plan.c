/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/plan.h"

#include "model/i18n.h"
#include "model/plan_parts.h"

static void
change_free (VhChange *change)
{
  g_free (change->text);
  g_free (change);
}

static void
consequence_free (VhConsequence *consequence)
{
  g_free (consequence->text);
  g_free (consequence);
}

/* Takes `text`. */
static void
push_change (VhPlan *plan, gint32 bus, char *text)
{
  VhChange *change = g_new0 (VhChange, 1);
  change->bus = bus;
  change->text = text;
  g_ptr_array_add (plan->changes, change);
}

/* What is configured, and where, does not depend on capabilities. */
static VhKnobState *
knob_new (const VhReading *reading, VhKnob knob, gint32 bus)
{
  g_autoptr (VhCaps) nothing = vh_caps_new ();
  return vh_check_new_knob (reading->topology, reading->inputs, nothing, knob, bus);
}

/* "default -> off"; NULL when the setting and its place stay. */
static char *
format_setting (const VhReading *before, const VhReading *after, VhKnob knob, gint32 bus)
{
  g_autoptr (VhKnobState) old = knob_new (before, knob, bus);
  g_autoptr (VhKnobState) new = knob_new (after, knob, bus);
  if (!old->applies || !new->applies)
    return NULL;
  if (old->configured != new->configured)
    return g_strdup_printf ("%s -> %s", vh_switch_to_string (old->configured),
                            vh_switch_to_string (new->configured));
  if (old->site != new->site)
    return g_strdup_printf (_ ("%1$s, moved from %2$s to %3$s"),
                            vh_switch_to_string (new->configured), vh_site_to_string (old->site),
                            vh_site_to_string (new->site));
  return NULL;
}

static void
push_knob (VhPlan *plan, const VhReading *before, const VhReading *after, VhKnob knob)
{
  g_autofree char *setting = format_setting (before, after, knob, -1);
  if (setting)
    push_change (plan, -1, g_strdup_printf ("%s: %s", vh_knob_to_string (knob), setting));
}

static char *
format_free (gint free)
{
  return free < 0 ? g_strdup (_ ("unknown")) : g_strdup_printf ("%d", free);
}

static void
append_part (GString *parts, const char *text)
{
  g_string_append_printf (parts, "%s%s", parts->len > 0 ? "; " : "", text);
}

static void
append_slots (GString *parts, const VhReading *before, guint old, const VhReading *after, guint new)
{
  VhSlots old_slots = vh_slots_of_bus (before->topology, before->modes, old);
  VhSlots new_slots = vh_slots_of_bus (after->topology, after->modes, new);
  if (old_slots.hotpluggable_free == new_slots.hotpluggable_free)
    return;
  g_autofree char *old_text = format_free (old_slots.hotpluggable_free);
  g_autofree char *new_text = format_free (new_slots.hotpluggable_free);
  g_autofree char *text =
      g_strdup_printf (_ ("free hotpluggable slots %1$s -> %2$s"), old_text, new_text);
  append_part (parts, text);
}

typedef struct {
  const VhReading *before, *after;
} Pair;

static void
append_number (GString *parts, const Pair *pair, guint old, guint new)
{
  gint32 from = g_array_index (pair->before->bus_numbers, gint32, old);
  gint32 to = g_array_index (pair->after->bus_numbers, gint32, new);
  g_autofree char *text = g_strdup_printf (_ ("bus number in the guest %1$d -> %2$d"), from, to);
  if (from >= 0 && to >= 0 && from != to)
    append_part (parts, text);
}

static void
append_used (GString *parts, const Pair *pair, guint old, guint new)
{
  VhMechanism old_used = vh_modes_get (pair->before->modes, old)->used;
  VhMechanism new_used = vh_modes_get (pair->after->modes, new)->used;
  g_autofree char *used = g_strdup_printf ("%s -> %s", vh_mechanism_to_string (old_used),
                                           vh_mechanism_to_string (new_used));
  if (old_used != new_used)
    append_part (parts, used);
}

/* Takes no text that is empty. */
static void
push_bus_change (VhPlan *plan, const VhBus *bus, const char *text)
{
  if (*text)
    push_change (plan, bus->index,
                 g_strdup_printf (_ ("bus %1$d %2$s: %3$s"), bus->index,
                                  vh_bus_model_to_string (bus->model), text));
}

static void
push_bus (VhPlan *plan, const Pair *pair, guint old)
{
  const VhBus *bus = vh_topology_get_bus (pair->before->topology, old);
  gint32 found = vh_topology_find_bus (pair->after->topology, bus->index);
  g_autoptr (GString) parts = g_string_new (found < 0 ? _ ("removed") : NULL);
  g_autofree char *setting = NULL;
  if (found >= 0 && vh_bus_is_port (bus))
    setting = format_setting (pair->before, pair->after, VH_KNOB_PORT, bus->index);
  if (setting)
    g_string_append_printf (parts, _ ("hotplug %s"), setting);
  if (found >= 0)
    {
      append_used (parts, pair, old, (guint) found);
      append_slots (parts, pair->before, old, pair->after, (guint) found);
      append_number (parts, pair, old, (guint) found);
    }
  push_bus_change (plan, bus, parts->str);
}

/* "new at 0000:00:03.0, hotplug off; acpi; free hotpluggable slots 1" */
static void
push_new_bus (VhPlan *plan, const Pair *pair, guint new)
{
  const VhBus *bus = vh_topology_get_bus (pair->after->topology, new);
  if (bus->index < 0 || vh_topology_find_bus (pair->before->topology, bus->index) >= 0)
    return;
  gint32 number = g_array_index (pair->after->bus_numbers, gint32, new);
  VhSlots slots = vh_slots_of_bus (pair->after->topology, pair->after->modes, new);
  g_autofree char *at = vh_address_format (&bus->at);
  g_autofree char *free = format_free (slots.hotpluggable_free);
  g_autoptr (GString) text = g_string_new (NULL);
  if (bus->hotplug == VH_SWITCH_ABSENT)
    g_string_printf (text, _ ("new at %s"), at);
  else
    g_string_printf (text, _ ("new at %1$s, hotplug %2$s"), at, vh_switch_to_string (bus->hotplug));
  append_part (text, vh_mechanism_to_string (vh_modes_get (pair->after->modes, new)->used));
  g_autofree char *slots_text = g_strdup_printf (_ ("free hotpluggable slots %s"), free);
  append_part (text, slots_text);
  g_autofree char *number_text = g_strdup_printf (_ ("bus number in the guest %d"), number);
  if (number >= 0)
    append_part (text, number_text);
  push_bus_change (plan, bus, text->str);
}

static void
push_buses (VhPlan *plan, const VhReading *before, const VhReading *after)
{
  const Pair pair = { before, after };
  for (guint i = 0; i < vh_topology_get_n_buses (before->topology); i++)
    push_bus (plan, &pair, i);
  for (guint i = 0; i < vh_topology_get_n_buses (after->topology); i++)
    push_new_bus (plan, &pair, i);
  vh_plan_push_numbers (plan, before, after);
}

void
vh_plan_add_consequence (VhPlan *plan, VhSeverity severity, const char *text)
{
  VhConsequence *consequence = g_new0 (VhConsequence, 1);
  consequence->severity = severity;
  consequence->text = g_strdup (text);
  g_ptr_array_add (plan->consequences, consequence);
}

static VhPlan *
plan_new_empty (void)
{
  VhPlan *plan = g_new0 (VhPlan, 1);
  plan->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) change_free);
  plan->consequences = g_ptr_array_new_with_free_func ((GDestroyNotify) consequence_free);
  plan->fates = g_ptr_array_new_with_free_func (g_free);
  plan->args_added = g_ptr_array_new_with_free_func (g_free);
  plan->args_removed = g_ptr_array_new_with_free_func (g_free);
  return plan;
}

VhPlan *
vh_plan_new (const VhReading *before, const VhReading *after, const VhDomainInfo *info)
{
  VhPlan *plan = plan_new_empty ();
  plan->diff = vh_diff_new (before->document, after->document);
  plan->introduced = vh_check_new_introduced (before->findings, after->findings, VH_SEVERITY_ERROR);
  if (plan->diff->len == 0)
    return plan;
  push_knob (plan, before, after, VH_KNOB_ROOT);
  push_knob (plan, before, after, VH_KNOB_BRIDGE);
  push_buses (plan, before, after);
  vh_plan_push_arguments (plan, before, after);
  vh_plan_push_consequences (plan, before, after, info);
  vh_plan_push_guest (plan, before, after);
  return plan;
}

void
vh_plan_free (VhPlan *plan)
{
  if (!plan)
    return;
  g_ptr_array_unref (plan->changes);
  g_ptr_array_unref (plan->consequences);
  g_ptr_array_unref (plan->diff);
  g_ptr_array_unref (plan->fates);
  g_ptr_array_unref (plan->args_added);
  g_ptr_array_unref (plan->args_removed);
  g_ptr_array_unref (plan->introduced);
  g_free (plan);
}
