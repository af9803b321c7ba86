/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What booted guests showed, bus by bus: fixtures/ground-truth/NAME.xml is the
 * domain, NAME.json what the guest did with it under the QEMU it names. Those with "unplug" were
 * measured by tests/guest/run --measure. */
#include "model/modes.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define CASES "fixtures", "ground-truth"

static GBytes *
read_fixture (const char *name, const char *extension)
{
  g_autofree char *file = g_strconcat (name, extension, NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, CASES, file, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  gsize length = 0;
  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (text, length);
}

static JsonObject *
read_truth (JsonParser *parser, const char *name)
{
  g_autoptr (GBytes) bytes = read_fixture (name, ".json");
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length);
  json_parser_load_from_data (parser, text, (gssize) length, &error);
  g_assert_no_error (error);
  return json_node_get_object (json_parser_get_root (parser));
}

static VhTopology *
read_domain (const char *name)
{
  g_autoptr (GBytes) bytes = read_fixture (name, ".xml");
  g_autoptr (GError) error = NULL;
  g_autoptr (VhDocument) document = vh_document_new (bytes, &error);
  g_assert_no_error (error);
  VhTopology *topology = vh_topology_new (document, NULL, &error);
  g_assert_no_error (error);
  return topology;
}

/* Some slots of a "-+acpi" list have no driver; our bus has one word. */
static const char *
simplify (const char *listed)
{
  return g_str_has_prefix (listed, "-+") ? listed + 2 : listed;
}

static char *
describe_reasons (const VhMode *mode)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < mode->reasons->len; i++)
    {
      const VhReason *reason = &g_array_index (mode->reasons, VhReason, i);
      g_string_append_printf (text, " %s@%d", vh_rule_to_word (reason->rule), reason->bus);
    }
  return g_string_free (text, FALSE);
}

static void
check_bus (const VhTopology *topology, const VhModes *modes, JsonObject *bus)
{
  gint64 index = json_object_get_int_member (bus, "index");
  gint32 position = vh_topology_find_bus (topology, (gint32) index);
  g_assert_cmpint (position, >=, 0);
  const VhMode *mode = vh_modes_get (modes, (guint) position);
  g_autofree char *reasons = describe_reasons (mode);
  const char *listed = simplify (json_object_get_string_member (bus, "listed"));
  g_test_message ("bus %d because%s", (int) index, reasons);
  if (!json_object_get_null_member (bus, "used"))
    g_assert_cmpstr (vh_mechanism_to_string (mode->used), ==,
                     json_object_get_string_member (bus, "used"));
  g_assert_cmpstr (vh_mechanism_to_string (mode->listed), ==, listed);
  g_assert_cmpuint (mode->reasons->len, >, 0);
}

/* Of some cases: by what each device came out when libvirt was asked to detach it. */
static void
check_devices (const VhTopology *topology, const VhModes *modes, JsonObject *unplug)
{
  guint found = 0;
  for (guint i = 0; unplug && i < vh_topology_get_n_devices (topology); i++)
    {
      g_autofree char *address = vh_address_format (&vh_topology_get_device (topology, i)->at);
      if (!address || !json_object_has_member (unplug, address))
        continue;
      g_test_message ("device %s", address);
      g_assert_cmpstr (vh_mechanism_to_string (vh_modes_get_unplug (modes, i)), ==,
                       json_object_get_string_member (unplug, address));
      found++;
    }
  if (unplug)
    g_assert_cmpuint (found, ==, json_object_get_size (unplug));
}

static void
test_case (gconstpointer data)
{
  const char *name = data;
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *truth = read_truth (parser, name);
  g_autoptr (VhTopology) topology = read_domain (name);
  g_autoptr (VhCaps) caps = vh_caps_new ();
  VhVersion qemu = 0;
  g_assert_true (vh_version_parse (json_object_get_string_member (truth, "qemu"), &qemu));
  vh_caps_set_qemu (caps, qemu, VH_ORIGIN_USER);
  g_autoptr (VhInputs) inputs = vh_inputs_new (topology, caps);
  g_autoptr (VhModes) modes = vh_modes_new (topology, inputs);
  JsonArray *buses = json_object_get_array_member (truth, "buses");
  g_assert_cmpuint (json_array_get_length (buses), ==, vh_topology_get_n_buses (topology));
  for (guint i = 0; i < json_array_get_length (buses); i++)
    check_bus (topology, modes, json_array_get_object_element (buses, i));
  if (json_object_has_member (truth, "unplug"))
    check_devices (topology, modes, json_object_get_object_member (truth, "unplug"));
}

/* Every case that is there; a folder that is missing or half copied fails. */
static guint
add_cases (GPtrArray *names)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, CASES, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  for (const char *file = g_dir_read_name (dir); file; file = g_dir_read_name (dir))
    {
      if (!g_str_has_suffix (file, ".json"))
        continue;
      char *name = g_strndup (file, strlen (file) - strlen (".json"));
      g_autofree char *path = g_strconcat ("/ground-truth/", name, NULL);
      g_ptr_array_add (names, name);
      g_test_add_data_func (path, name, test_case);
    }
  return names->len;
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_assert_cmpuint (add_cases (names), >=, 90);
  return g_test_run ();
}
