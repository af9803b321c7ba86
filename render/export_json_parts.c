/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/export_json_parts.h"

#include "render/words.h"

VhJson *
vh_export_json_begin (void)
{
  VhJson *json = vh_json_new (TRUE);
  vh_json_begin_object (json, NULL);
  vh_json_add_count (json, "format", 1);
  vh_json_add_string (json, "program", VH_EXPORT_JSON_PROGRAM);
  return json;
}

char *
vh_export_json_end (VhJson *json)
{
  vh_json_end_object (json);
  return g_strconcat (vh_json_get (json)->str, "\n", NULL);
}

void
vh_export_json_add_domain (VhJson *json, const char *name, const VhDomainInfo *info,
                           const VhTopology *topology)
{
  vh_json_begin_object (json, name);
  vh_json_add_string (json, "name", topology != NULL ? topology->name : info->name);
  vh_json_add_string (json, "uuid", topology != NULL ? topology->uuid : info->uuid);
  vh_json_add_string (json, "state", info->state);
  vh_json_add_boolean (json, "persistent", info->persistent);
  vh_json_add_boolean (json, "managed_save", info->managed_save);
  vh_json_add_boolean (json, "autostart", info->autostart);
  vh_json_add_count (json, "snapshots", info->n_snapshots);
  vh_json_add_string (json, "taints", info->taints);
  vh_json_add_string (json, "source", info->source);
  vh_json_end_object (json);
}

void
vh_export_json_add_version (VhJson *json, const char *name, VhVersion version)
{
  g_autofree char *text = vh_version_format (version);
  vh_json_add_string (json, name, text);
}

void
vh_export_json_add_machine (VhJson *json, const char *name, const VhMachine *machine,
                            VhVersion qemu, VhOrigin origin)
{
  vh_json_begin_object (json, name);
  vh_json_add_string (json, "type", machine->type);
  vh_json_add_string (json, "canonical", machine->canonical);
  vh_json_add_string (json, "arch", machine->arch);
  vh_json_add_string (json, "chipset", vh_chipset_to_string (machine->chipset));
  vh_export_json_add_version (json, "version", machine->version);
  vh_json_add_string (json, "flavour", machine->flavour);
  vh_export_json_add_version (json, "qemu", qemu);
  vh_json_add_string (json, "qemu_origin", qemu != 0 ? vh_origin_to_string (origin) : NULL);
  vh_json_end_object (json);
}

static const char *
word_of_state (VhKnown value)
{
  if (value == VH_KNOWN_UNKNOWN)
    return "unknown";
  return vh_switch_to_string (value == VH_KNOWN_YES ? VH_SWITCH_ON : VH_SWITCH_OFF);
}

static void
add_knob (VhJson *json, const char *name, const VhKnobState *state)
{
  gboolean settable = state->reason == NULL;
  vh_json_begin_object (json, name);
  vh_json_add_boolean (json, "applies", state->applies);
  vh_json_add_string (json, "state", state->applies ? word_of_state (state->state) : NULL);
  vh_json_add_string (json, "configured",
                      state->applies ? vh_switch_to_string (state->configured) : NULL);
  vh_json_add_string (json, "site", vh_site_to_string (state->site));
  vh_json_add_string (json, "write_site", settable ? vh_site_to_string (state->write_site) : NULL);
  vh_json_add_boolean (json, "settable", settable);
  vh_json_add_string (json, "reason", state->reason);
  vh_json_end_object (json);
}

static void
add_knob_of (VhJson *json, const char *name, const VhSession *session, VhKnob knob)
{
  g_autoptr (VhKnobState) state = vh_session_new_knob (session, knob, -1);
  add_knob (json, name, state);
}

void
vh_export_json_add_knobs (VhJson *json, const VhSession *session)
{
  vh_json_begin_object (json, NULL);
  add_knob_of (json, "root", session, VH_KNOB_ROOT);
  add_knob_of (json, "bridge", session, VH_KNOB_BRIDGE);
  vh_json_end_object (json);
}

static void
add_free (VhJson *json, VhFreeSlots slots)
{
  vh_json_begin_object (json, "free");
  vh_json_add_count (json, "pcie", slots.pcie);
  vh_json_add_count (json, "pci", slots.pci);
  vh_json_end_object (json);
}

static void
add_what_was_read (VhJson *json, const VhSummary *summary)
{
  vh_export_json_add_machine (json, "machine", summary->machine, summary->qemu,
                              summary->qemu_origin);
  vh_json_begin_object (json, "knobs");
  add_knob (json, "root", summary->root);
  add_knob (json, "bridge", summary->bridge);
  vh_json_end_object (json);
  add_free (json, summary->free);
}

/* A domain that could not be read has null for what is not known. */
void
vh_export_json_add_summary (VhJson *json, const VhSummary *summary)
{
  vh_json_begin_object (json, NULL);
  vh_export_json_add_domain (json, "domain", summary->info, NULL);
  if (summary->error == NULL)
    add_what_was_read (json, summary);
  else
    {
      vh_json_add_null (json, "machine");
      vh_json_add_null (json, "knobs");
      vh_json_add_null (json, "free");
    }
  vh_json_add_string (json, "error", summary->error);
  vh_json_end_object (json);
}

static void
add_offered (VhJson *json, VhMechanisms offered)
{
  vh_json_begin_array (json, "offered");
  for (VhMechanism i = VH_MECHANISM_FIRST; i < VH_N_MECHANISMS; i++)
    if ((offered & VH_OFFERS (i)) != 0)
      vh_json_add_string (json, NULL, vh_mechanism_to_string (i));
  vh_json_end_array (json);
}

static void
add_reason (VhJson *json, const VhReason *reason)
{
  g_autofree char *text = vh_words_new_reason (reason);
  vh_json_begin_object (json, NULL);
  vh_json_add_string (json, "rule", vh_rule_to_word (reason->rule));
  vh_json_add_string (json, "text", text);
  vh_json_add_string (json, "origin", vh_origin_to_string (reason->origin));
  vh_json_add_string (json, "evidence", vh_rule_to_evidence (reason->rule));
  vh_json_end_object (json);
}

static void
add_hotplug (VhJson *json, const VhMode *mode)
{
  vh_json_begin_object (json, "hotplug");
  add_offered (json, mode->offered);
  vh_json_add_string (json, "used", vh_mechanism_to_string (mode->used));
  if (mode->used != VH_MECHANISM_UNKNOWN && mode->listed != mode->used)
    vh_json_add_string (json, "listed", vh_mechanism_to_string (mode->listed));
  vh_json_begin_array (json, "reasons");
  for (guint i = 0; i < mode->reasons->len; i++)
    add_reason (json, &g_array_index (mode->reasons, VhReason, i));
  vh_json_end_array (json);
  vh_json_end_object (json);
}

static void
add_slots (VhJson *json, VhSlots slots)
{
  vh_json_begin_object (json, "slots");
  vh_json_add_count (json, "first", (gint) slots.first);
  vh_json_add_count (json, "last", (gint) slots.last);
  vh_json_add_count (json, "free", (gint) slots.free);
  vh_json_add_count (json, "hotpluggable_free", slots.hotpluggable_free);
  vh_json_end_object (json);
}

/* null for the position of no bus. */
static void
add_index (VhJson *json, const char *name, const VhTopology *topology, gint32 position)
{
  vh_json_add_count (json, name,
                     position < 0 ? -1 : vh_topology_get_bus (topology, (guint) position)->index);
}

void
vh_export_json_add_device (VhJson *json, const VhReading *reading, guint position)
{
  const VhDevice *device = vh_topology_get_device (reading->topology, position);
  g_autofree char *address = vh_address_format (&device->at);
  vh_json_begin_object (json, NULL);
  vh_json_add_string (json, "kind", device->name);
  vh_json_add_string (json, "label", device->label);
  vh_json_add_string (json, "address", address);
  add_index (json, "bus_behind", reading->topology, device->secondary_bus);
  vh_json_add_string (json, "unplug",
                      vh_mechanism_to_string (vh_modes_get_unplug (reading->modes, position)));
  vh_json_end_object (json);
}

static void
add_devices (VhJson *json, const VhReading *reading, guint bus)
{
  guint first = 0;
  guint n_devices = vh_topology_get_bus_devices (reading->topology, bus, &first);
  vh_json_begin_array (json, "devices");
  for (guint i = 0; i < n_devices; i++)
    vh_export_json_add_device (json, reading, first + i);
  vh_json_end_array (json);
}

/* Who a bus is and where it sits. */
static void
add_bus_identity (VhJson *json, const VhTopology *topology, const VhBus *bus)
{
  g_autofree char *address = vh_address_format (&bus->at);
  vh_json_add_count (json, "index", bus->index);
  vh_json_add_string (json, "model",
                      bus->model == VH_BUS_UNKNOWN && bus->model_text != NULL
                          ? bus->model_text
                          : vh_bus_model_to_string (bus->model));
  vh_json_add_string (json, "alias", bus->alias);
  add_index (json, "parent", topology, bus->parent);
  vh_json_add_string (json, "address", address);
  vh_json_add_count (json, "numa_node", bus->numa_node);
}

static void
add_knob_of_bus (VhJson *json, const VhSession *session, const VhBus *bus)
{
  if (vh_bus_is_port (bus) && bus->index >= 0)
    {
      g_autoptr (VhKnobState) state = vh_session_new_knob (session, VH_KNOB_PORT, bus->index);
      add_knob (json, "knob", state);
    }
  else
    vh_json_add_null (json, "knob");
}

void
vh_export_json_add_bus (VhJson *json, const VhSession *session, guint position)
{
  const VhReading *after = session->after;
  const VhBus *bus = vh_topology_get_bus (after->topology, position);
  vh_json_begin_object (json, NULL);
  add_bus_identity (json, after->topology, bus);
  vh_json_add_count (json, "guest_bus", g_array_index (after->bus_numbers, gint32, position));
  add_hotplug (json, vh_modes_get (after->modes, position));
  add_knob_of_bus (json, session, bus);
  add_slots (json, vh_slots_of_bus (after->topology, after->modes, position));
  add_devices (json, after, position);
  vh_json_end_object (json);
}

void
vh_export_json_add_finding (VhJson *json, const VhFinding *finding)
{
  vh_json_begin_object (json, NULL);
  vh_json_add_string (json, "severity", vh_severity_to_string (finding->severity));
  vh_json_add_string (json, "rule", vh_rule_to_word (finding->rule));
  vh_json_add_string (json, "text", finding->text);
  vh_json_add_count (json, "bus", finding->bus);
  vh_json_end_object (json);
}

static void
add_findings (VhJson *json, const GPtrArray *findings)
{
  vh_json_begin_array (json, "findings");
  for (guint i = 0; i < findings->len; i++)
    vh_export_json_add_finding (json, g_ptr_array_index (findings, i));
  vh_json_end_array (json);
}

void
vh_export_json_add_result (VhJson *json, const VhCheckResult *result)
{
  vh_json_begin_object (json, NULL);
  vh_export_json_add_domain (json, "domain", result->info, NULL);
  if (result->findings != NULL)
    add_findings (json, result->findings);
  else
    vh_json_add_null (json, "findings");
  vh_json_add_string (json, "error", result->error);
  vh_json_end_object (json);
}
