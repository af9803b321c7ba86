/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `list` and `check` of several connections. */
#include "render/export_json_parts.h"

static void
add_connections (JsonBuilder *builder, const GPtrArray *hosts)
{
  json_builder_set_member_name (builder, "connections");
  json_builder_begin_array (builder);
  for (guint i = 0; i < hosts->len; i++)
    {
      const VhHost *host = g_ptr_array_index (hosts, i);
      json_builder_begin_object (builder);
      vh_export_json_add_string (builder, "uri", host->uri);
      vh_export_json_add_string (builder, "error", host->error);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static JsonNode *
new_result (const VhSummary *summary)
{
  const VhCheckResult result = { summary->info, summary->findings, summary->cures, summary->error };
  return vh_export_json_new_result (&result);
}

static void
add_domains (JsonBuilder *builder, const VhHost *host,
             JsonNode *(*new_node) (const VhSummary *summary))
{
  for (guint i = 0; host->summaries != NULL && i < host->summaries->len; i++)
    {
      JsonNode *node = new_node (g_ptr_array_index (host->summaries, i));
      vh_export_json_set_string (json_node_get_object (node), "connection", host->uri);
      json_builder_add_value (builder, node);
    }
}

static char *
to_text (const GPtrArray *hosts, const char *name, JsonNode *(*new_node) (const VhSummary *summary))
{
  g_autoptr (JsonBuilder) builder = vh_export_json_begin ();
  add_connections (builder, hosts);
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < hosts->len; i++)
    add_domains (builder, g_ptr_array_index (hosts, i), new_node);
  json_builder_end_array (builder);
  g_autoptr (JsonNode) root = vh_export_json_end (builder);
  g_autofree char *text = json_to_string (root, TRUE);
  return g_strconcat (text, "\n", NULL);
}

char *
vh_export_json_list_hosts (const GPtrArray *hosts)
{
  return to_text (hosts, "domains", vh_export_json_new_summary);
}

char *
vh_export_json_check_hosts (const GPtrArray *hosts)
{
  return to_text (hosts, "results", new_result);
}
