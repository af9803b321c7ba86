/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What moves when root ports come or go. */
#include "model/i18n.h"
#include "model/plan_parts.h"

#define MAX_LISTED 8

/* By element of the text: an edit may change what is around it, but the
 * devices stay in their order. Devices without an address cannot move. */
static void
count_addresses (VhPlanNumbers *numbers, const VhReading *before, const VhReading *after)
{
  g_autoptr (GHashTable) there = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < vh_topology_get_n_devices (after->topology); i++)
    {
      const VhDevice *device = vh_topology_get_device (after->topology, i);
      g_autofree char *at = vh_address_format (&device->at);
      g_hash_table_add (there, g_strdup_printf ("%s %s", at, device->label));
    }
  for (guint i = 0; i < vh_topology_get_n_devices (before->topology); i++)
    {
      const VhDevice *device = vh_topology_get_device (before->topology, i);
      g_autofree char *at = vh_address_format (&device->at);
      g_autofree char *key = g_strdup_printf ("%s %s", at, device->label);
      numbers->n_addresses += at != NULL;
      numbers->n_addresses_changed += at != NULL && !g_hash_table_contains (there, key);
    }
}

static gint32
number_after (const VhReading *after, gint32 index)
{
  gint32 position = vh_topology_find_bus (after->topology, index);
  return position < 0 ? -1 : g_array_index (after->bus_numbers, gint32, position);
}

/* "bus 3: 2 -> 4, bus 4: 3 -> 5 and 2 more" of those that move. Caller frees. */
static char *
count_buses (VhPlanNumbers *numbers, const VhReading *before, const VhReading *after)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < before->bus_numbers->len; i++)
    {
      gint32 index = vh_topology_get_bus (before->topology, i)->index;
      gint32 from = g_array_index (before->bus_numbers, gint32, i);
      gint32 to = number_after (after, index);
      numbers->n_buses++;
      numbers->n_buses_unknown += from < 0 || to < 0;
      if (from < 0 || to < 0 || from == to)
        continue;
      if (++numbers->n_buses_changed <= MAX_LISTED)
        {
          g_string_append (text, text->len > 0 ? ", " : "");
          g_string_append_printf (text, _ ("bus %1$d: %2$d -> %3$d"), index, from, to);
        }
    }
  if (numbers->n_buses_changed > MAX_LISTED)
    g_string_append_printf (
        text, P_ (" and %u more", " and %u more", numbers->n_buses_changed - MAX_LISTED),
        numbers->n_buses_changed - MAX_LISTED);
  return g_string_free (text, FALSE);
}

/* A bus or device that goes by itself does not move. */
static void
forgive_removed (VhPlanNumbers *numbers, const VhReading *before, const VhReading *after)
{
  for (guint i = 0; i < vh_topology_get_n_buses (before->topology); i++)
    {
      if (vh_topology_find_bus (after->topology,
                                vh_topology_get_bus (before->topology, i)->index) >= 0)
        continue;
      numbers->n_addresses--;
      numbers->n_addresses_changed--;
      numbers->n_buses--;
      numbers->n_buses_unknown--;
    }
}

static void
tell (VhPlan *plan, const char *moves)
{
  const VhPlanNumbers *numbers = &plan->numbers;
  gboolean moved = numbers->n_buses_changed > 0 || numbers->n_addresses_changed > 0;
  g_autofree char *text = g_strdup_printf (
      _ ("%1$u of %2$u PCI addresses and %3$u of %4$u bus numbers in the guest change."),
      numbers->n_addresses_changed, numbers->n_addresses, numbers->n_buses_changed,
      numbers->n_buses);
  vh_plan_add_consequence (plan, moved ? VH_SEVERITY_WARNING : VH_SEVERITY_NOTE, text);
  g_autofree char *named = g_strdup_printf (_ ("The guest numbers these buses anew, and names "
                                               "network interfaces on them anew (enp1s0 may "
                                               "become enp2s0): %s."),
                                            moves);
  if (numbers->n_buses_changed > 0)
    vh_plan_add_consequence (plan, VH_SEVERITY_WARNING, named);
  g_autofree char *unknown = g_strdup_printf (
      P_ ("The bus number in the guest of %u bus is not known, so it may change.",
          "The bus numbers in the guest of %u buses are not known, so they may change.",
          numbers->n_buses_unknown),
      numbers->n_buses_unknown);
  if (numbers->n_buses_unknown > 0)
    vh_plan_add_consequence (plan, VH_SEVERITY_WARNING, unknown);
}

void
vh_plan_push_numbers (VhPlan *plan, const VhReading *before, const VhReading *after)
{
  if (vh_topology_get_n_buses (before->topology) == vh_topology_get_n_buses (after->topology))
    return;
  plan->numbers.counted = TRUE;
  count_addresses (&plan->numbers, before, after);
  g_autofree char *moves = count_buses (&plan->numbers, before, after);
  forgive_removed (&plan->numbers, before, after);
  tell (plan, moves);
}
