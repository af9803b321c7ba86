/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/export_json_live.h"

#include "render/export_json_parts.h"

static void
add_difference (VhJson *json, const VhCompareRow *row)
{
  g_autofree char *at = vh_address_format (&row->at);
  vh_json_begin_object (json, NULL);
  vh_json_add_string (json, "kind", vh_compare_kind_to_string (row->kind));
  vh_json_add_count (json, "bus", row->bus);
  vh_json_add_string (json, "name", row->name);
  vh_json_add_string (json, "address", at);
  vh_json_add_string (json, "live", row->cells[0]);
  vh_json_add_string (json, "next", row->cells[1]);
  vh_json_end_object (json);
}

void
vh_export_json_add_differences (VhJson *json, const VhLive *live, const VhSession *next)
{
  g_autoptr (VhComparison) comparison = vh_live_compare (live, next);
  vh_json_begin_array (json, NULL);
  for (guint i = 0; i < comparison->rows->len; i++)
    {
      const VhCompareRow *row = g_ptr_array_index (comparison->rows, i);
      if (row->differs)
        add_difference (json, row);
    }
  vh_json_end_array (json);
}

static void
add_strings (VhJson *json, const char *name, const GPtrArray *strings)
{
  vh_json_begin_array (json, name);
  for (guint i = 0; i < strings->len; i++)
    vh_json_add_string (json, NULL, g_ptr_array_index (strings, i));
  vh_json_end_array (json);
}

void
vh_export_json_add_arguments (VhJson *json, const VhLive *live, const VhSession *next)
{
  g_autoptr (GPtrArray) gone = NULL;
  g_autoptr (GPtrArray) added = NULL;
  vh_live_new_arguments (live, next, &gone, &added);
  vh_json_begin_object (json, NULL);
  add_strings (json, "live", gone);
  add_strings (json, "next", added);
  vh_json_end_object (json);
}

static const char *
word_of (VhKnown value)
{
  if (value == VH_KNOWN_UNKNOWN)
    return NULL;
  return vh_switch_to_string (value == VH_KNOWN_YES ? VH_SWITCH_ON : VH_SWITCH_OFF);
}

static void
add_answer (VhJson *json, const VhReading *reading, const VhAnswer *answer)
{
  const VhInput predicted = vh_answers_predict (reading->topology, reading->inputs, answer);
  vh_json_begin_object (json, NULL);
  vh_json_add_count (json, "bus", answer->bus);
  vh_json_add_string (json, "property", vh_property_to_name (answer->property));
  vh_json_add_string (json, "says", word_of (answer->value));
  vh_json_add_string (json, "predicted", word_of (predicted.value));
  vh_json_end_object (json);
}

void
vh_export_json_add_answers (VhJson *json, const VhLive *live)
{
  const VhAnswers *answers = live->answers;
  if (answers == NULL)
    {
      vh_json_add_null (json, NULL);
      return;
    }
  g_autofree char *version = vh_version_format (answers->qemu);
  vh_json_begin_object (json, NULL);
  vh_json_add_string (json, "qemu", version);
  vh_json_begin_array (json, "values");
  for (guint i = 0; i < answers->values->len; i++)
    add_answer (json, live->session->after, &g_array_index (answers->values, VhAnswer, i));
  vh_json_end_array (json);
  vh_json_end_object (json);
}
