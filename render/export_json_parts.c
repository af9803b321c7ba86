/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/export_json_parts.h"

#include "render/words.h"

/* A copy in UTF-8 of what is none; NULL for all else. */
static char *
dup_invalid (const char *value)
{
  return g_utf8_validate (value, -1, NULL) ? NULL : g_utf8_make_valid (value, -1);
}

void
vh_export_json_set_string (JsonObject *object, const char *name, const char *value)
{
  g_autofree char *valid = value != NULL ? dup_invalid (value) : NULL;
  if (value != NULL)
    json_object_set_string_member (object, name, valid != NULL ? valid : value);
  else
    json_object_set_null_member (object, name);
}

/* Takes the object. */
static JsonNode *
to_node (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return node;
}

JsonBuilder *
vh_export_json_begin (void)
{
  JsonBuilder *builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "format");
  json_builder_add_int_value (builder, 1);
  vh_export_json_add_string (builder, "program", VH_EXPORT_JSON_PROGRAM);
  return builder;
}

JsonNode *
vh_export_json_end (JsonBuilder *builder)
{
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

void
vh_export_json_add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    vh_export_json_add_text (builder, value);
  else
    json_builder_add_null_value (builder);
}

void
vh_export_json_add_text (JsonBuilder *builder, const char *text)
{
  g_autofree char *valid = dup_invalid (text);
  json_builder_add_string_value (builder, valid != NULL ? valid : text);
}

static void
set_count (JsonObject *object, const char *name, gint count)
{
  if (count >= 0)
    json_object_set_int_member (object, name, count);
  else
    json_object_set_null_member (object, name);
}

JsonNode *
vh_export_json_new_domain (const VhDomainInfo *info, const VhTopology *topology)
{
  JsonObject *domain = json_object_new ();
  vh_export_json_set_string (domain, "name", topology != NULL ? topology->name : info->name);
  vh_export_json_set_string (domain, "uuid", topology != NULL ? topology->uuid : info->uuid);
  vh_export_json_set_string (domain, "state", info->state);
  json_object_set_boolean_member (domain, "persistent", info->persistent);
  json_object_set_boolean_member (domain, "managed_save", info->managed_save);
  json_object_set_boolean_member (domain, "autostart", info->autostart);
  if (info->n_snapshots >= 0)
    json_object_set_int_member (domain, "snapshots", info->n_snapshots);
  else
    json_object_set_null_member (domain, "snapshots");
  vh_export_json_set_string (domain, "taints", info->taints);
  vh_export_json_set_string (domain, "source", info->source);
  return to_node (domain);
}

static void
set_version (JsonObject *object, const char *name, VhVersion version)
{
  g_autofree char *text = vh_version_format (version);
  vh_export_json_set_string (object, name, text);
}

JsonNode *
vh_export_json_new_machine (const VhMachine *what, VhVersion qemu, VhOrigin origin)
{
  JsonObject *machine = json_object_new ();
  vh_export_json_set_string (machine, "type", what->type);
  vh_export_json_set_string (machine, "canonical", what->canonical);
  vh_export_json_set_string (machine, "arch", what->arch);
  vh_export_json_set_string (machine, "chipset", vh_chipset_to_string (what->chipset));
  set_version (machine, "version", what->version);
  vh_export_json_set_string (machine, "flavour", what->flavour);
  set_version (machine, "qemu", qemu);
  vh_export_json_set_string (machine, "qemu_origin",
                             qemu != 0 ? vh_origin_to_string (origin) : NULL);
  return to_node (machine);
}

static const char *
word_of_state (VhKnown value)
{
  if (value == VH_KNOWN_UNKNOWN)
    return "unknown";
  return vh_switch_to_string (value == VH_KNOWN_YES ? VH_SWITCH_ON : VH_SWITCH_OFF);
}

static JsonObject *
new_knob (const VhKnobState *state)
{
  gboolean settable = state->reason == NULL;
  JsonObject *knob = json_object_new ();
  json_object_set_boolean_member (knob, "applies", state->applies);
  vh_export_json_set_string (knob, "state", state->applies ? word_of_state (state->state) : NULL);
  vh_export_json_set_string (knob, "configured",
                             state->applies ? vh_switch_to_string (state->configured) : NULL);
  vh_export_json_set_string (knob, "site", vh_site_to_string (state->site));
  vh_export_json_set_string (knob, "write_site",
                             settable ? vh_site_to_string (state->write_site) : NULL);
  json_object_set_boolean_member (knob, "settable", settable);
  vh_export_json_set_string (knob, "reason", state->reason);
  return knob;
}

static void
set_knob (JsonObject *object, const char *name, const VhSession *session, VhKnob knob)
{
  g_autoptr (VhKnobState) state = vh_session_new_knob (session, knob, -1);
  json_object_set_object_member (object, name, new_knob (state));
}

JsonNode *
vh_export_json_new_knobs (const VhSession *session)
{
  JsonObject *knobs = json_object_new ();
  set_knob (knobs, "root", session, VH_KNOB_ROOT);
  set_knob (knobs, "bridge", session, VH_KNOB_BRIDGE);
  return to_node (knobs);
}

static JsonObject *
new_free (VhFreeSlots slots)
{
  JsonObject *object = json_object_new ();
  set_count (object, "pcie", slots.pcie);
  set_count (object, "pci", slots.pci);
  return object;
}

/* A domain that could not be read has null for what is not known. */
JsonNode *
vh_export_json_new_summary (const VhSummary *summary)
{
  JsonObject *object = json_object_new ();
  json_object_set_member (object, "domain", vh_export_json_new_domain (summary->info, NULL));
  if (summary->error == NULL)
    {
      JsonObject *knobs = json_object_new ();
      json_object_set_object_member (knobs, "root", new_knob (summary->root));
      json_object_set_object_member (knobs, "bridge", new_knob (summary->bridge));
      json_object_set_member (
          object, "machine",
          vh_export_json_new_machine (summary->machine, summary->qemu, summary->qemu_origin));
      json_object_set_object_member (object, "knobs", knobs);
      json_object_set_object_member (object, "free", new_free (summary->free));
    }
  else
    {
      json_object_set_null_member (object, "machine");
      json_object_set_null_member (object, "knobs");
      json_object_set_null_member (object, "free");
    }
  vh_export_json_set_string (object, "error", summary->error);
  return to_node (object);
}

static JsonArray *
new_offered (VhMechanisms offered)
{
  JsonArray *array = json_array_new ();
  for (VhMechanism i = VH_MECHANISM_FIRST; i < VH_N_MECHANISMS; i++)
    if ((offered & VH_OFFERS (i)) != 0)
      json_array_add_string_element (array, vh_mechanism_to_string (i));
  return array;
}

static JsonArray *
new_reasons (const GArray *reasons)
{
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < reasons->len; i++)
    {
      const VhReason *reason = &g_array_index (reasons, VhReason, i);
      g_autofree char *text = vh_words_new_reason (reason);
      JsonObject *object = json_object_new ();
      vh_export_json_set_string (object, "rule", vh_rule_to_word (reason->rule));
      vh_export_json_set_string (object, "text", text);
      vh_export_json_set_string (object, "origin", vh_origin_to_string (reason->origin));
      vh_export_json_set_string (object, "evidence", vh_rule_to_evidence (reason->rule));
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonObject *
new_hotplug (const VhMode *mode)
{
  JsonObject *hotplug = json_object_new ();
  json_object_set_array_member (hotplug, "offered", new_offered (mode->offered));
  vh_export_json_set_string (hotplug, "used", vh_mechanism_to_string (mode->used));
  if (mode->used != VH_MECHANISM_UNKNOWN && mode->listed != mode->used)
    vh_export_json_set_string (hotplug, "listed", vh_mechanism_to_string (mode->listed));
  json_object_set_array_member (hotplug, "reasons", new_reasons (mode->reasons));
  return hotplug;
}

static JsonObject *
new_slots (VhSlots slots)
{
  JsonObject *object = json_object_new ();
  set_count (object, "first", (gint) slots.first);
  set_count (object, "last", (gint) slots.last);
  set_count (object, "free", (gint) slots.free);
  set_count (object, "hotpluggable_free", slots.hotpluggable_free);
  return object;
}

GHashTable *
vh_export_json_new_words (void)
{
  return g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) json_node_unref);
}

/* A word that stays where it is, or NULL for null. */
static void
set_word (JsonObject *object, const char *name, const char *word, GHashTable *words)
{
  JsonNode *node = g_hash_table_lookup (words, word);
  if (node == NULL)
    {
      node = word != NULL ? json_node_init_string (json_node_alloc (), word)
                          : json_node_init_null (json_node_alloc ());
      g_hash_table_insert (words, (gpointer) (guintptr) word, node);
    }
  json_object_set_member (object, name, json_node_ref (node));
}

static JsonObject *
new_device (const VhReading *reading, guint position, GHashTable *words)
{
  const VhTopology *topology = reading->topology;
  const VhDevice *device = vh_topology_get_device (topology, position);
  JsonObject *object = json_object_new ();
  g_autofree char *address = vh_address_format (&device->at);
  set_word (object, "kind", device->name, words);
  vh_export_json_set_string (object, "label", device->label);
  vh_export_json_set_string (object, "address", address);
  if (device->secondary_bus < 0)
    set_word (object, "bus_behind", NULL, words);
  else
    set_count (object, "bus_behind",
               vh_topology_get_bus (topology, (guint) device->secondary_bus)->index);
  set_word (object, "unplug",
            vh_mechanism_to_string (vh_modes_get_unplug (reading->modes, position)), words);
  return object;
}

JsonNode *
vh_export_json_new_device (const VhReading *reading, guint device, GHashTable *words)
{
  return to_node (new_device (reading, device, words));
}

static JsonArray *
new_devices (const VhReading *reading, guint bus, GHashTable *words)
{
  JsonArray *array = json_array_new ();
  guint first = 0;
  guint n_devices = vh_topology_get_bus_devices (reading->topology, bus, &first);
  for (guint i = 0; i < n_devices; i++)
    json_array_add_object_element (array, new_device (reading, first + i, words));
  return array;
}

/* Who a bus is and where it sits. */
static JsonObject *
new_bus_identity (const VhTopology *topology, guint position)
{
  const VhBus *bus = vh_topology_get_bus (topology, position);
  g_autofree char *address = vh_address_format (&bus->at);
  JsonObject *object = json_object_new ();
  set_count (object, "index", bus->index);
  vh_export_json_set_string (object, "model",
                             bus->model == VH_BUS_UNKNOWN && bus->model_text != NULL
                                 ? bus->model_text
                                 : vh_bus_model_to_string (bus->model));
  vh_export_json_set_string (object, "alias", bus->alias);
  set_count (object, "parent",
             bus->parent < 0 ? -1 : vh_topology_get_bus (topology, (guint) bus->parent)->index);
  vh_export_json_set_string (object, "address", address);
  set_count (object, "numa_node", bus->numa_node);
  return object;
}

JsonNode *
vh_export_json_new_bus (const VhSession *session, guint position, GHashTable *words)
{
  const VhReading *after = session->after;
  const VhBus *bus = vh_topology_get_bus (after->topology, position);
  JsonObject *object = new_bus_identity (after->topology, position);
  set_count (object, "guest_bus", g_array_index (after->bus_numbers, gint32, position));
  json_object_set_object_member (object, "hotplug",
                                 new_hotplug (vh_modes_get (after->modes, position)));
  if (vh_bus_is_port (bus) && bus->index >= 0)
    {
      g_autoptr (VhKnobState) state = vh_session_new_knob (session, VH_KNOB_PORT, bus->index);
      json_object_set_object_member (object, "knob", new_knob (state));
    }
  else
    json_object_set_null_member (object, "knob");
  json_object_set_object_member (
      object, "slots", new_slots (vh_slots_of_bus (after->topology, after->modes, position)));
  json_object_set_array_member (object, "devices", new_devices (after, position, words));
  return to_node (object);
}

JsonNode *
vh_export_json_new_finding (const VhFinding *finding)
{
  JsonObject *object = json_object_new ();
  vh_export_json_set_string (object, "severity", vh_severity_to_string (finding->severity));
  vh_export_json_set_string (object, "rule", vh_rule_to_word (finding->rule));
  vh_export_json_set_string (object, "text", finding->text);
  set_count (object, "bus", finding->bus);
  return to_node (object);
}

static JsonArray *
new_findings (const VhCheckResult *result)
{
  JsonArray *findings = json_array_new ();
  for (guint i = 0; i < result->findings->len; i++)
    {
      JsonNode *node = vh_export_json_new_finding (g_ptr_array_index (result->findings, i));
      vh_export_json_set_string (json_node_get_object (node), "fix",
                                 g_ptr_array_index (result->cures, i));
      json_array_add_element (findings, node);
    }
  return findings;
}

JsonNode *
vh_export_json_new_result (const VhCheckResult *result)
{
  JsonObject *object = json_object_new ();
  json_object_set_member (object, "domain", vh_export_json_new_domain (result->info, NULL));
  if (result->findings != NULL)
    json_object_set_array_member (object, "findings", new_findings (result));
  else
    json_object_set_null_member (object, "findings");
  vh_export_json_set_string (object, "error", result->error);
  return to_node (object);
}
