/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/compare_cells.h"

#include "model/i18n.h"

/* What is configured, and what is in effect, does not depend on what may be set. */
static char *
new_knob_cell (const VhReading *reading, VhKnob knob)
{
  g_autoptr (VhCaps) nothing = vh_caps_new ();
  g_autoptr (VhKnobState) state =
      vh_check_new_knob (reading->topology, reading->inputs, nothing, knob, -1);
  if (!state->applies)
    return NULL;
  const char *effective = state->state == VH_KNOWN_UNKNOWN ? "unknown"
                          : state->state == VH_KNOWN_YES   ? "on"
                                                           : "off";
  return g_strconcat (effective, state->configured == VH_SWITCH_ABSENT ? NULL : _ (", set"), NULL);
}

char *
vh_compare_new_machine_cell (const VhReading *reading, VhCompareKind kind)
{
  if (kind == VH_COMPARE_MACHINE)
    return g_strdup (reading->topology->machine->canonical);
  if (kind == VH_COMPARE_ACPI)
    return g_strdup (reading->topology->acpi ? "on" : "off");
  if (kind == VH_COMPARE_ROOT)
    return new_knob_cell (reading, VH_KNOB_ROOT);
  if (kind == VH_COMPARE_BRIDGE)
    return new_knob_cell (reading, VH_KNOB_BRIDGE);
  char *version = vh_version_format (reading->inputs->qemu);
  return version ? version : g_strdup ("unknown");
}

static void
append_offered (GString *cell, const VhMode *mode)
{
  const VhMechanisms same = mode->used >= VH_MECHANISM_ACPI ? VH_OFFERS (mode->used) : 0;
  if (mode->offered == same)
    return;
  const char *separator = " (";
  for (VhMechanism i = VH_MECHANISM_FIRST; i < VH_N_MECHANISMS; i++)
    if (mode->offered & VH_OFFERS (i))
      {
        g_string_append_printf (cell, "%s%s", separator, vh_mechanism_to_string (i));
        separator = ",";
      }
  g_string_append (cell, mode->offered ? ")" : " (none)");
}

char *
vh_compare_new_bus_cell (const VhReading *reading, guint position)
{
  const VhMode *mode = vh_modes_get (reading->modes, position);
  const VhBus *bus = vh_topology_get_bus (reading->topology, position);
  GString *cell = g_string_new (vh_mechanism_to_string (mode->used));
  append_offered (cell, mode);
  if (bus->hotplug != VH_SWITCH_ABSENT)
    g_string_append_printf (cell, ", %s", vh_switch_to_string (bus->hotplug));
  return g_string_free (cell, FALSE);
}
