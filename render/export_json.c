/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/export_json.h"

#include <string.h>

#include "render/export_json_live.h"
#include "render/export_json_parts.h"

typedef struct {
  VhJson *json;
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

/* The value that was written into `json`, which is empty after that. */
static void
put_value (Out *out)
{
  const GString *text = vh_json_get (out->json);
  if (out->good)
    out->good = out->write (text->str, text->len, out->data, out->error);
  vh_json_clear (out->json);
}

static void
put_name (Out *out, const char *name)
{
  put (out, ",\n\"");
  put (out, name);
  put (out, "\": ");
}

/* The next element, on a line of its own. */
static void
put_element (Out *out, gboolean first)
{
  put (out, first ? "\n" : ",\n");
  put_value (out);
}

static void
put_buses (Out *out, const VhSession *session)
{
  guint n_buses = vh_topology_get_n_buses (session->after->topology);
  put (out, ",\n\"buses\": [");
  for (guint bus = 0; bus < n_buses && out->good; bus++)
    {
      vh_export_json_add_bus (out->json, session, bus);
      put_element (out, bus == 0);
    }
  put (out, "]");
}

static void
put_unaddressed (Out *out, const VhReading *reading)
{
  gboolean first = TRUE;
  put (out, ",\n\"unaddressed\": [");
  for (guint i = 0; i < vh_topology_get_n_devices (reading->topology) && out->good; i++)
    {
      if (vh_topology_get_device (reading->topology, i)->bus >= 0)
        continue;
      vh_export_json_add_device (out->json, reading, i);
      put_element (out, first);
      first = FALSE;
    }
  put (out, "]");
}

static void
put_findings (Out *out, const GPtrArray *findings)
{
  put (out, ",\n\"findings\": [");
  for (guint i = 0; i < findings->len && out->good; i++)
    {
      vh_export_json_add_finding (out->json, g_ptr_array_index (findings, i));
      put_element (out, i == 0);
    }
  put (out, "]");
}

static void
put_machine (Out *out, const VhReading *reading)
{
  put_name (out, "machine");
  vh_export_json_add_machine (out->json, NULL, reading->topology->machine, reading->inputs->qemu,
                              reading->inputs->qemu_origin);
  put_value (out);
}

static void
put_domain (Out *out, const VhSession *session)
{
  put_name (out, "domain");
  vh_export_json_add_domain (out->json, NULL, session->info, session->after->topology);
  put_value (out);
}

static void
put_knobs (Out *out, const VhSession *session)
{
  put_name (out, "knobs");
  vh_export_json_add_knobs (out->json, session);
  put_value (out);
}

/* Up to the end of the object, which may go on. */
static void
put_show (Out *out, const VhSession *session)
{
  const VhReading *after = session->after;
  put (out, "{\"format\": 1,\n\"program\": \"" VH_EXPORT_JSON_PROGRAM "\"");
  put_domain (out, session);
  put_machine (out, after);
  put (out, after->topology->acpi ? ",\n\"acpi\": true" : ",\n\"acpi\": false");
  put_knobs (out, session);
  put_buses (out, session);
  put_unaddressed (out, after);
  put_findings (out, after->findings);
}

gboolean
vh_export_json_show (const VhSession *session, VhWriteFunc write, gpointer data, GError **error)
{
  g_autoptr (VhJson) json = vh_json_new (FALSE);
  Out out = { .json = json, .write = write, .data = data, .error = error, .good = TRUE };
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
  put_knobs (out, live->session);
  put_buses (out, live->session);
  put_name (out, "differences");
  vh_export_json_add_differences (out->json, live, session);
  put_value (out);
  put_name (out, "arguments");
  vh_export_json_add_arguments (out->json, live, session);
  put_value (out);
  put_name (out, "asked");
  vh_export_json_add_answers (out->json, live);
  put_value (out);
  put_findings (out, live->findings);
  put (out, "}");
}

gboolean
vh_export_json_show_live (const VhSession *session, const VhLive *live, VhWriteFunc write,
                          gpointer data, GError **error)
{
  g_autoptr (VhJson) json = vh_json_new (FALSE);
  Out out = { .json = json, .write = write, .data = data, .error = error, .good = TRUE };
  put_show (&out, session);
  if (live != NULL)
    put_live (&out, session, live);
  else
    put (&out, ",\n\"live\": null");
  put (&out, "}\n");
  return out.good;
}

char *
vh_export_json_list (const GPtrArray *summaries)
{
  g_autoptr (VhJson) json = vh_export_json_begin ();
  vh_json_begin_array (json, "domains");
  for (guint i = 0; i < summaries->len; i++)
    vh_export_json_add_summary (json, g_ptr_array_index (summaries, i));
  vh_json_end_array (json);
  return vh_export_json_end (json);
}

void
vh_check_result_free (VhCheckResult *result)
{
  if (result == NULL)
    return;
  vh_domain_info_free (result->info);
  if (result->findings != NULL)
    g_ptr_array_unref (result->findings);
  g_free (result->error);
  g_free (result);
}

char *
vh_export_json_check (const GPtrArray *results)
{
  g_autoptr (VhJson) json = vh_export_json_begin ();
  vh_json_begin_array (json, "results");
  for (guint i = 0; i < results->len; i++)
    vh_export_json_add_result (json, g_ptr_array_index (results, i));
  vh_json_end_array (json);
  return vh_export_json_end (json);
}

static void
add_fact (VhJson *json, const VhCaps *caps, VhFactId id)
{
  const VhFact *fact = vh_caps_get (caps, id);
  gboolean known = fact->value != VH_KNOWN_UNKNOWN;
  vh_json_begin_object (json, NULL);
  vh_json_add_string (json, "fact", vh_fact_to_key (id));
  vh_json_add_string (json, "text", vh_fact_to_sentence (id));
  vh_json_add_string (json, "value", vh_known_to_string (fact->value));
  vh_json_add_string (json, "origin", known ? vh_origin_to_string (fact->origin) : NULL);
  vh_json_add_string (json, "from", known ? fact->from : NULL);
  vh_json_end_object (json);
}

static void
add_lists (VhJson *json, const VhCaps *caps)
{
  vh_json_begin_array (json, "facts");
  for (guint id = 0; id < VH_N_FACTS; id++)
    add_fact (json, caps, (VhFactId) id);
  vh_json_end_array (json);
  vh_json_begin_array (json, "notes");
  for (guint i = 0; i < caps->notes->len; i++)
    vh_json_add_string (json, NULL, g_ptr_array_index (caps->notes, i));
  vh_json_end_array (json);
}

char *
vh_export_json_caps (const VhCaps *caps)
{
  g_autoptr (VhJson) json = vh_export_json_begin ();
  vh_json_add_string (json, "host", caps->host);
  vh_json_add_string (json, "emulator", caps->emulator);
  vh_export_json_add_version (json, "libvirt", caps->libvirt);
  vh_export_json_add_version (json, "qemu", caps->qemu);
  vh_json_add_string (json, "qemu_origin",
                      caps->qemu != 0 ? vh_origin_to_string (caps->qemu_origin) : NULL);
  vh_json_add_string (json, "machine", caps->machine_type);
  vh_json_add_string (json, "canonical", caps->machine_canonical);
  add_lists (json, caps);
  return vh_export_json_end (json);
}
