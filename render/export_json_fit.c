/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/export_json_parts.h"

static void
add_number (JsonBuilder *builder, const char *name, gint32 number)
{
  json_builder_set_member_name (builder, name);
  if (number >= 0)
    json_builder_add_int_value (builder, number);
  else
    json_builder_add_null_value (builder);
}

static void
add_known (JsonBuilder *builder, const char *name, VhKnown known)
{
  json_builder_set_member_name (builder, name);
  if (known == VH_KNOWN_UNKNOWN)
    json_builder_add_null_value (builder);
  else
    json_builder_add_boolean_value (builder, known == VH_KNOWN_YES);
}

static void
add_added (JsonBuilder *builder, const GArray *added)
{
  json_builder_set_member_name (builder, "added");
  json_builder_begin_array (builder);
  for (guint i = 0; i < added->len; i++)
    {
      const VhFitAdded *row = &g_array_index (added, VhFitAdded, i);
      json_builder_begin_object (builder);
      add_number (builder, "index", row->index);
      vh_export_json_add_string (builder, "model", vh_bus_model_to_string (row->model));
      add_number (builder, "bus", row->bus);
      add_number (builder, "slot", row->slot);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* A mechanism is part of a live answer only. */
static void
add_answer (JsonBuilder *builder, const char *name, const VhFitAnswer *answer, gboolean is_live)
{
  gboolean has_mechanism = is_live && answer->bus >= 0;
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  add_known (builder, "fits", answer->fits);
  add_number (builder, "bus", answer->bus);
  add_number (builder, "slot", answer->slot);
  vh_export_json_add_string (builder, "mechanism",
                             has_mechanism ? vh_mechanism_to_string (answer->mechanism) : NULL);
  vh_export_json_add_string (builder, "error", answer->error);
  vh_export_json_add_string (builder, "advice", answer->advice);
  if (!is_live)
    add_added (builder, answer->added);
  json_builder_end_object (builder);
}

char *
vh_export_json_fit (const VhFit *fit)
{
  g_autoptr (JsonBuilder) builder = vh_export_json_begin ();
  vh_export_json_add_string (builder, "device", vh_fit_device_to_word (fit->device));
  add_answer (builder, "live", &fit->live, TRUE);
  add_answer (builder, "cold", &fit->cold, FALSE);
  g_autoptr (JsonNode) root = vh_export_json_end (builder);
  g_autofree char *text = json_to_string (root, TRUE);
  return g_strconcat (text, "\n", NULL);
}
