/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/export_json.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "render/export_json_live.h"
#include "render/export_json_parts.h"

typedef struct {
  VhWriteFunc write;
  gpointer data;
  GError **error;
  gboolean good; /* nothing has failed yet */
} Out;

static void
put (Out *out, const char *text)
{
  if (out->good)
    out->good = out->write (text, strlen (text), out->data, out->error);
}

/* Takes the node: generated, written, freed. */
static void
put_node (Out *out, JsonNode *node)
{
  g_autofree char *text = json_to_string (node, FALSE);
  json_node_unref (node);
  put (out, text);
}

static void
put_member (Out *out, const char *name, JsonNode *node)
{
  put (out, ",\n\"");
  put (out, name);
  put (out, "\": ");
  put_node (out, node);
}

/* One element a line. */
static void
put_next (Out *out, gboolean first, JsonNode *node)
{
  put (out, first ? "\n" : ",\n");
  put_node (out, node);
}

static void
put_buses (Out *out, const VhSession *session)
{
  guint n_buses = vh_topology_get_n_buses (session->after->topology);
  g_autoptr (GHashTable) words = vh_export_json_new_words ();
  put (out, ",\n\"buses\": [");
  for (guint bus = 0; bus < n_buses && out->good; bus++)
    put_next (out, bus == 0, vh_export_json_new_bus (session, bus, words));
  put (out, "]");
}

static void
put_unaddressed (Out *out, const VhReading *reading)
{
  gboolean first = TRUE;
  g_autoptr (GHashTable) words = vh_export_json_new_words ();
  put (out, ",\n\"unaddressed\": [");
  for (guint i = 0; i < vh_topology_get_n_devices (reading->topology) && out->good; i++)
    {
      if (vh_topology_get_device (reading->topology, i)->bus >= 0)
        continue;
      put_next (out, first, vh_export_json_new_device (reading, i, words));
      first = FALSE;
    }
  put (out, "]");
}

static void
put_findings (Out *out, const GPtrArray *findings)
{
  put (out, ",\n\"findings\": [");
  for (guint i = 0; i < findings->len && out->good; i++)
    put_next (out, i == 0, vh_export_json_new_finding (g_ptr_array_index (findings, i)));
  put (out, "]");
}

static void
put_machine (Out *out, const VhReading *reading)
{
  put_member (out, "machine",
              vh_export_json_new_machine (reading->topology->machine, reading->inputs->qemu,
                                          reading->inputs->qemu_origin));
}

/* Up to the end of the object, which may go on. */
static void
put_show (Out *out, const VhSession *session)
{
  const VhReading *after = session->after;
  put (out, "{\"format\": 1,\n\"program\": \"" VH_EXPORT_JSON_PROGRAM "\"");
  put_member (out, "domain", vh_export_json_new_domain (session->info, after->topology));
  put_machine (out, after);
  put (out, after->topology->acpi ? ",\n\"acpi\": true" : ",\n\"acpi\": false");
  put_member (out, "knobs", vh_export_json_new_knobs (session));
  put_buses (out, session);
  put_unaddressed (out, after);
  put_findings (out, after->findings);
}

gboolean
vh_export_json_show (const VhSession *session, VhWriteFunc write, gpointer data, GError **error)
{
  Out out = { .write = write, .data = data, .error = error, .good = TRUE };
  put_show (&out, session);
  put (&out, "}\n");
  return out.good;
}

static void
put_live (Out *out, const VhSession *session, const VhLive *live)
{
  put (out, ",\n\"live\": {\"acpi\": ");
  put (out, live->session->after->topology->acpi ? "true" : "false");
  put_machine (out, live->session->after);
  put_member (out, "knobs", vh_export_json_new_knobs (live->session));
  put_buses (out, live->session);
  put_member (out, "differences", vh_export_json_new_differences (live, session));
  put_member (out, "arguments", vh_export_json_new_arguments (live, session));
  put_member (out, "asked", vh_export_json_new_answers (live));
  put_findings (out, live->findings);
  put (out, "}");
}

gboolean
vh_export_json_show_live (const VhSession *session, const VhLive *live, VhWriteFunc write,
                          gpointer data, GError **error)
{
  Out out = { .write = write, .data = data, .error = error, .good = TRUE };
  put_show (&out, session);
  if (live != NULL)
    put_live (&out, session, live);
  else
    put (&out, ",\n\"live\": null");
  put (&out, "}\n");
  return out.good;
}

static char *
to_text (JsonNode *node)
{
  g_autofree char *text = json_to_string (node, TRUE);
  json_node_unref (node);
  return g_strconcat (text, "\n", NULL);
}

typedef JsonNode *(*NewNodeFunc) (gconstpointer item);

/* A document that is one array. */
static char *
array_to_text (const char *name, const GPtrArray *items, NewNodeFunc new_node)
{
  g_autoptr (JsonBuilder) builder = vh_export_json_begin ();
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < items->len; i++)
    json_builder_add_value (builder, new_node (g_ptr_array_index (items, i)));
  json_builder_end_array (builder);
  return to_text (vh_export_json_end (builder));
}

static JsonNode *
new_summary (gconstpointer item)
{
  return vh_export_json_new_summary (item);
}

char *
vh_export_json_list (const GPtrArray *summaries)
{
  return array_to_text ("domains", summaries, new_summary);
}

void
vh_check_result_free (VhCheckResult *result)
{
  if (result == NULL)
    return;
  vh_domain_info_free (result->info);
  if (result->findings != NULL)
    g_ptr_array_unref (result->findings);
  g_clear_pointer (&result->cures, g_ptr_array_unref);
  g_free (result->error);
  g_free (result);
}

static JsonNode *
new_result (gconstpointer item)
{
  return vh_export_json_new_result (item);
}

char *
vh_export_json_check (const GPtrArray *results)
{
  return array_to_text ("results", results, new_result);
}

static void
add_fact (JsonBuilder *builder, const VhCaps *caps, VhFactId id)
{
  const VhFact *fact = vh_caps_get (caps, id);
  gboolean known = fact->value != VH_KNOWN_UNKNOWN;
  json_builder_begin_object (builder);
  vh_export_json_add_string (builder, "fact", vh_fact_to_key (id));
  vh_export_json_add_string (builder, "text", vh_fact_to_sentence (id));
  vh_export_json_add_string (builder, "value", vh_known_to_string (fact->value));
  vh_export_json_add_string (builder, "origin", known ? vh_origin_to_string (fact->origin) : NULL);
  vh_export_json_add_string (builder, "from", known ? fact->from : NULL);
  json_builder_end_object (builder);
}

static void
add_version (JsonBuilder *builder, const char *name, VhVersion version)
{
  g_autofree char *text = vh_version_format (version);
  vh_export_json_add_string (builder, name, text);
}

static void
add_notes (JsonBuilder *builder, const GPtrArray *notes)
{
  json_builder_set_member_name (builder, "notes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < notes->len; i++)
    vh_export_json_add_text (builder, g_ptr_array_index (notes, i));
  json_builder_end_array (builder);
}

char *
vh_export_json_caps (const VhCaps *caps)
{
  g_autoptr (JsonBuilder) builder = vh_export_json_begin ();
  vh_export_json_add_string (builder, "host", caps->host);
  vh_export_json_add_string (builder, "emulator", caps->emulator);
  add_version (builder, "libvirt", caps->libvirt);
  add_version (builder, "qemu", caps->qemu);
  vh_export_json_add_string (builder, "qemu_origin",
                             caps->qemu != 0 ? vh_origin_to_string (caps->qemu_origin) : NULL);
  vh_export_json_add_string (builder, "machine", caps->machine_type);
  vh_export_json_add_string (builder, "canonical", caps->machine_canonical);
  json_builder_set_member_name (builder, "facts");
  json_builder_begin_array (builder);
  for (guint id = 0; id < VH_N_FACTS; id++)
    add_fact (builder, caps, (VhFactId) id);
  json_builder_end_array (builder);
  add_notes (builder, caps->notes);
  return to_text (vh_export_json_end (builder));
}
