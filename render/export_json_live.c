/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/export_json_live.h"

#include "render/export_json_parts.h"

static void
add_index (JsonBuilder *builder, gint32 bus)
{
  json_builder_set_member_name (builder, "bus");
  if (bus >= 0)
    json_builder_add_int_value (builder, bus);
  else
    json_builder_add_null_value (builder);
}

static void
add_difference (JsonBuilder *builder, const VhCompareRow *row)
{
  g_autofree char *at = vh_address_format (&row->at);
  json_builder_begin_object (builder);
  vh_export_json_add_string (builder, "kind", vh_compare_kind_to_string (row->kind));
  add_index (builder, row->bus);
  vh_export_json_add_string (builder, "name", row->name);
  vh_export_json_add_string (builder, "address", at);
  vh_export_json_add_string (builder, "live", row->cells[0]);
  vh_export_json_add_string (builder, "next", row->cells[1]);
  json_builder_end_object (builder);
}

JsonNode *
vh_export_json_new_differences (const VhLive *live, const VhSession *next)
{
  g_autoptr (VhComparison) comparison = vh_live_compare (live, next);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_array (builder);
  for (guint i = 0; i < comparison->rows->len; i++)
    {
      const VhCompareRow *row = g_ptr_array_index (comparison->rows, i);
      if (row->differs)
        add_difference (builder, row);
    }
  json_builder_end_array (builder);
  return json_builder_get_root (builder);
}

static void
add_strings (JsonBuilder *builder, const char *name, const GPtrArray *strings)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < strings->len; i++)
    vh_export_json_add_text (builder, g_ptr_array_index (strings, i));
  json_builder_end_array (builder);
}

JsonNode *
vh_export_json_new_arguments (const VhLive *live, const VhSession *next)
{
  g_autoptr (GPtrArray) gone = NULL;
  g_autoptr (GPtrArray) added = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  vh_live_new_arguments (live, next, &gone, &added);
  json_builder_begin_object (builder);
  add_strings (builder, "live", gone);
  add_strings (builder, "next", added);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static const char *
word_of (VhKnown value)
{
  if (value == VH_KNOWN_UNKNOWN)
    return NULL;
  return vh_switch_to_string (value == VH_KNOWN_YES ? VH_SWITCH_ON : VH_SWITCH_OFF);
}

static void
add_answer (JsonBuilder *builder, const VhReading *reading, const VhAnswer *answer)
{
  const VhInput predicted = vh_answers_predict (reading->topology, reading->inputs, answer);
  json_builder_begin_object (builder);
  add_index (builder, answer->bus);
  vh_export_json_add_string (builder, "property", vh_property_to_name (answer->property));
  vh_export_json_add_string (builder, "says", word_of (answer->value));
  vh_export_json_add_string (builder, "predicted", word_of (predicted.value));
  json_builder_end_object (builder);
}

JsonNode *
vh_export_json_new_answers (const VhLive *live)
{
  const VhAnswers *answers = live->answers;
  if (answers == NULL)
    return json_node_new (JSON_NODE_NULL);
  g_autofree char *version = vh_version_format (answers->qemu);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  vh_export_json_add_string (builder, "qemu", version);
  json_builder_set_member_name (builder, "values");
  json_builder_begin_array (builder);
  for (guint i = 0; i < answers->values->len; i++)
    add_answer (builder, live->session->after, &g_array_index (answers->values, VhAnswer, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
