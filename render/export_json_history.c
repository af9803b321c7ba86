/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/export_json_parts.h"

static void
add_entry (VhJson *json, const VhHistoryEntry *entry)
{
  g_autofree char *time = vh_history_entry_new_time (entry);
  vh_json_begin_object (json, NULL);
  vh_json_add_string (json, "entry", entry->name);
  vh_json_add_string (json, "time", time);
  vh_json_add_string (json, "what", entry->what);
  vh_json_add_string (json, "source", entry->source);
  vh_json_add_string (json, "host", entry->host);
  vh_json_add_string (json, "backup", entry->path);
  vh_json_end_object (json);
}

char *
vh_export_json_history (const VhSession *session, const GPtrArray *entries)
{
  g_autoptr (VhJson) json = vh_export_json_begin ();
  vh_export_json_add_domain (json, "domain", session->info, session->base->topology);
  vh_json_begin_array (json, "entries");
  for (guint i = 0; i < entries->len; i++)
    add_entry (json, g_ptr_array_index (entries, i));
  vh_json_end_array (json);
  return vh_export_json_end (json);
}
