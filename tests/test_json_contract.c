/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every domain that can be read, damaged ones too, keeps the contract. */
#include <string.h>

#include "tests/json_text.h"
#include "tests/sample.h"

static void
check_knob (JsonObject *knob)
{
  json_text_assert_keys (knob, KNOB_KEYS);
  gboolean applies = json_object_get_boolean_member (knob, "applies");
  gboolean settable = json_object_get_boolean_member (knob, "settable");
  g_assert_cmpint (json_object_get_null_member (knob, "state"), ==, !applies);
  g_assert_cmpint (json_object_get_null_member (knob, "configured"), ==, !applies);
  g_assert_cmpint (json_object_get_null_member (knob, "reason"), ==, settable);
  g_assert_cmpint (json_object_get_null_member (knob, "write_site"), ==, !settable);
}

static void
on_device (G_GNUC_UNUSED JsonArray *array, guint i, JsonNode *node, gpointer data)
{
  JsonObject *device = json_node_get_object (node);
  json_text_assert_keys (device, DEVICE_KEYS);
  const char **last = data;
  const char *address = json_text_string (device, "address");
  if (i > 0 && *last != NULL && address != NULL)
    g_assert_cmpstr (*last, <=, address);
  *last = address;
}

static void
on_bus (G_GNUC_UNUSED JsonArray *array, guint i, JsonNode *node, gpointer data)
{
  JsonObject *bus = json_node_get_object (node);
  gint64 *last = data;
  if (!json_object_get_null_member (bus, "index"))
    {
      gint64 index = json_object_get_int_member (bus, "index");
      g_assert_cmpint (index, >=, i == 0 ? 0 : *last);
      *last = index;
    }
  if (!json_object_get_null_member (bus, "knob"))
    check_knob (json_object_get_object_member (bus, "knob"));
  const char *address = NULL;
  json_array_foreach_element (json_object_get_array_member (bus, "devices"), on_device, &address);
  JsonObject *hotplug = json_object_get_object_member (bus, "hotplug");
  if (json_object_has_member (hotplug, "listed"))
    {
      g_assert_cmpstr (json_text_string (hotplug, "listed"), !=,
                       json_text_string (hotplug, "used"));
      g_assert_cmpstr (json_text_string (hotplug, "used"), !=, "unknown");
    }
}

static guint
rank (JsonObject *finding)
{
  const char *severity = json_text_string (finding, "severity");
  return g_str_equal (severity, "error") ? 0 : g_str_equal (severity, "warning") ? 1 : 2;
}

static void
check_findings (JsonObject *top)
{
  JsonArray *findings = json_object_get_array_member (top, "findings");
  for (guint i = 1; i < json_array_get_length (findings); i++)
    g_assert_cmpuint (rank (json_text_element (top, "findings", i - 1)), <=,
                      rank (json_text_element (top, "findings", i)));
}

static void
test_contract (gconstpointer data)
{
  g_autofree char *xml = sample_read (data);
  g_autoptr (GBytes) bytes = g_bytes_new (xml, strlen (xml));
  g_autoptr (VhDocument) document = vh_document_new (bytes, NULL);
  if (document == NULL)
    return;
  g_autoptr (VhSession) session =
      vh_session_new (document, vh_domain_info_new (), vh_caps_new (), NULL);
  if (session == NULL)
    return;
  g_autoptr (JsonNode) node = json_text_show (session);
  JsonObject *top = json_node_get_object (node);
  json_text_assert_keys (top, TOP_KEYS);
  JsonObject *knobs = json_object_get_object_member (top, "knobs");
  check_knob (json_object_get_object_member (knobs, "root"));
  check_knob (json_object_get_object_member (knobs, "bridge"));
  gint64 last = 0;
  json_array_foreach_element (json_object_get_array_member (top, "buses"), on_bus, &last);
  check_findings (top);
}

static void
add_contract (const char *folder, GPtrArray *kept)
{
  g_autoptr (GPtrArray) paths = sample_list (folder);
  for (guint i = 0; i < paths->len; i++)
    {
      char *path = g_strdup (g_ptr_array_index (paths, i));
      g_autofree char *name = sample_name (path);
      g_autofree char *test = g_strdup_printf ("/json-contract/%s", name);
      g_ptr_array_add (kept, path);
      g_test_add_data_func (test, path, test_contract);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);
  add_contract ("fixtures/domains", kept);
  add_contract ("fixtures/history", kept);
  add_contract ("../data/demo", kept);
  return g_test_run ();
}
