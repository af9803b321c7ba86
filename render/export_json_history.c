/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/export_json_parts.h"

static void
add_entry (JsonBuilder *builder, const VhHistoryEntry *entry)
{
  g_autofree char *time = vh_history_entry_new_time (entry);
  json_builder_begin_object (builder);
  vh_export_json_add_string (builder, "entry", entry->name);
  vh_export_json_add_string (builder, "time", time);
  vh_export_json_add_string (builder, "what", entry->what);
  vh_export_json_add_string (builder, "source", entry->source);
  vh_export_json_add_string (builder, "host", entry->host);
  vh_export_json_add_string (builder, "backup", entry->path);
  json_builder_end_object (builder);
}

char *
vh_export_json_history (const VhSession *session, const GPtrArray *entries)
{
  g_autoptr (JsonBuilder) builder = vh_export_json_begin ();
  json_builder_set_member_name (builder, "domain");
  json_builder_add_value (builder,
                          vh_export_json_new_domain (session->info, session->base->topology));
  json_builder_set_member_name (builder, "entries");
  json_builder_begin_array (builder);
  for (guint i = 0; i < entries->len; i++)
    add_entry (builder, g_ptr_array_index (entries, i));
  json_builder_end_array (builder);
  g_autoptr (JsonNode) root = vh_export_json_end (builder);
  g_autofree char *text = json_to_string (root, TRUE);
  return g_strconcat (text, "\n", NULL);
}
