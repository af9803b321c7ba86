/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/io/probe_qmp.h"

#include "model/i18n.h"
#include "model/io/probe.h"
#include "model/qemu_args.h"

#include <json-glib/json-glib.h>

#define DEPTH_MAX 32
#define ANSWERS_SKIPPED_MAX 1000

/* The parser recurses: how deep is bounded before it sees the text. */
static gboolean
is_shallow (const char *text)
{
  guint depth = 0;
  gboolean in_string = FALSE;
  for (const char *at = text; *at; at++)
    {
      if (in_string && *at == '\\' && at[1])
        at++;
      else if (*at == '"')
        in_string = !in_string;
      else if (!in_string && (*at == '{' || *at == '['))
        depth++;
      else if (!in_string && (*at == '}' || *at == ']') && depth > 0)
        depth--;
      if (depth > DEPTH_MAX)
        return FALSE;
    }
  return TRUE;
}

JsonNode *
vh_probe_qmp_parse (const char *line)
{
  if (!g_utf8_validate (line, -1, NULL) || !is_shallow (line))
    return NULL;
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, line, -1, NULL))
    return NULL;
  JsonNode *root = json_parser_steal_root (parser);
  if (root && JSON_NODE_HOLDS_OBJECT (root))
    return root;
  g_clear_pointer (&root, json_node_unref);
  return NULL;
}

static JsonNode *
read_object (VhProbeChild *child, GError **error)
{
  g_autofree char *line = vh_probe_child_read_line (child, error);
  if (!line)
    return NULL;
  JsonNode *node = vh_probe_qmp_parse (line);
  if (!node)
    g_set_error (error, VH_PROBE_ERROR, VH_PROBE_ERROR_ANSWER,
                 _ ("It does not speak QMP. Is it a QEMU system emulator?"));
  return node;
}

void
vh_probe_qmp_free (JsonNode *node)
{
  if (node)
    json_node_unref (node);
}

JsonNode *
vh_probe_qmp_ref (JsonNode *node)
{
  return json_node_ref (node);
}

JsonNode *
vh_probe_qmp_get_member (JsonNode *node, const char *name)
{
  if (!node || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  return json_object_get_member (json_node_get_object (node), name);
}

const char *
vh_probe_qmp_get_string (JsonNode *node, const char *name)
{
  JsonNode *member = vh_probe_qmp_get_member (node, name);
  if (!member || !JSON_NODE_HOLDS_VALUE (member) ||
      json_node_get_value_type (member) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (member);
}

JsonNode *
vh_probe_qmp_get_element (JsonNode *array, guint position)
{
  if (position >= vh_probe_qmp_get_length (array))
    return NULL;
  return json_array_get_element (json_node_get_array (array), position);
}

guint
vh_probe_qmp_get_length (JsonNode *array)
{
  if (!array || !JSON_NODE_HOLDS_ARRAY (array))
    return 0;
  return json_array_get_length (json_node_get_array (array));
}

VhKnown
vh_probe_qmp_get_known (JsonNode *node)
{
  if (!node || !JSON_NODE_HOLDS_VALUE (node))
    return VH_KNOWN_UNKNOWN;
  GType type = json_node_get_value_type (node);
  if (type == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node) ? VH_KNOWN_YES : VH_KNOWN_NO;
  VhSwitch value = VH_SWITCH_ABSENT;
  if (type == G_TYPE_STRING)
    vh_qemu_args_parse_bool (json_node_get_string (node), &value);
  return vh_switch_to_known (value);
}

char *
vh_probe_qmp_quote (const char *text)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_VALUE);
  json_node_set_string (node, text);
  return json_to_string (node, FALSE);
}

static gboolean
get_count (JsonNode *node, const char *name, guint *count)
{
  JsonNode *member = vh_probe_qmp_get_member (node, name);
  if (!member || !JSON_NODE_HOLDS_VALUE (member) ||
      json_node_get_value_type (member) != G_TYPE_INT64)
    return FALSE;
  gint64 value = json_node_get_int (member);
  if (value < 0 || value > 999)
    return FALSE;
  *count = (guint) value;
  return TRUE;
}

gboolean
vh_probe_qmp_get_version (JsonNode *node, VhVersion *version)
{
  JsonNode *qemu = vh_probe_qmp_get_member (node, "qemu");
  guint major, minor, micro;
  if (!get_count (qemu, "major", &major) || !get_count (qemu, "minor", &minor) ||
      !get_count (qemu, "micro", &micro))
    return FALSE;
  *version = VH_VERSION (major, minor, micro);
  return TRUE;
}

gboolean
vh_probe_qmp_open (VhProbeChild *child, VhVersion *version, GError **error)
{
  g_autoptr (JsonNode) greeting = read_object (child, error);
  if (!greeting)
    return FALSE;
  JsonNode *qmp = vh_probe_qmp_get_member (greeting, "QMP");
  if (!vh_probe_qmp_get_version (vh_probe_qmp_get_member (qmp, "version"), version))
    {
      g_set_error (error, VH_PROBE_ERROR, VH_PROBE_ERROR_ANSWER,
                   _ ("It greets without a QEMU release. Is it a QEMU system emulator?"));
      return FALSE;
    }
  g_autoptr (JsonNode) answer = NULL;
  return vh_probe_qmp_execute (child, "qmp_capabilities", NULL, &answer, error);
}

gboolean
vh_probe_qmp_execute (VhProbeChild *child, const char *command, const char *arguments,
                      JsonNode **answer, GError **error)
{
  g_autofree char *line =
      arguments ? g_strdup_printf ("{\"execute\":\"%s\",\"arguments\":%s}\n", command, arguments)
                : g_strdup_printf ("{\"execute\":\"%s\"}\n", command);
  *answer = NULL;
  if (!vh_probe_child_write (child, line, error))
    return FALSE;
  for (guint i = 0; i < ANSWERS_SKIPPED_MAX; i++)
    {
      g_autoptr (JsonNode) node = read_object (child, error);
      if (!node)
        return FALSE;
      JsonNode *returned = vh_probe_qmp_get_member (node, "return");
      if (returned)
        *answer = json_node_ref (returned);
      if (returned || vh_probe_qmp_get_member (node, "error"))
        return TRUE;
    }
  g_set_error (error, VH_PROBE_ERROR, VH_PROBE_ERROR_ANSWER, _ ("It never answers the command %s."),
               command);
  return FALSE;
}

/* The entry of the list that is of the type; NULL when none is. */
static const char *
find_entry (VhQmpNode *list, const char *type)
{
  for (guint i = 0; i < vh_probe_qmp_get_length (list); i++)
    {
      VhQmpNode *row = vh_probe_qmp_get_element (list, i);
      if (g_strcmp0 (vh_probe_qmp_get_string (row, "type"), type) == 0)
        return vh_probe_qmp_get_string (row, "name");
    }
  return NULL;
}

char *
vh_probe_qmp_find_device (VhQmpNode *list, const char *type)
{
  g_autofree char *child_type = g_strdup_printf ("child<%s>", type);
  const char *name = find_entry (list, child_type);
  if (name)
    return g_strconcat (VH_PROBE_QMP_UNATTACHED "/", name, NULL);
  /* QEMU 10.0 and 11.1 have it inside the south bridge. */
  name = g_str_equal (type, "PIIX4_PM") ? find_entry (list, "child<PIIX3>") : NULL;
  return name ? g_strconcat (VH_PROBE_QMP_UNATTACHED "/", name, "/pm", NULL) : NULL;
}
