/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/export_json.h"

#include "tests/json_text.h"
#include "tests/sample.h"
#include "tests/scene.h"

static void
test_keys (void)
{
  g_autoptr (VhSession) session = scene_session ("contradicting");
  g_autoptr (JsonNode) node = json_text_show (session);
  JsonObject *top = json_node_get_object (node);
  json_text_assert_keys (top, TOP_KEYS);
  json_text_assert_keys (
      json_object_get_object_member (top, "domain"),
      "name uuid state persistent managed_save autostart snapshots taints source");
  json_text_assert_keys (json_object_get_object_member (top, "machine"),
                         "type canonical arch chipset version flavour qemu qemu_origin");
  JsonObject *knobs = json_object_get_object_member (top, "knobs");
  json_text_assert_keys (knobs, "root bridge");
  json_text_assert_keys (json_object_get_object_member (knobs, "root"), KNOB_KEYS);
  JsonObject *bus = json_text_element (top, "buses", 1);
  json_text_assert_keys (bus,
                         "index model alias parent address numa_node guest_bus hotplug knob slots "
                         "devices");
  json_text_assert_keys (json_object_get_object_member (bus, "slots"),
                         "first last free hotpluggable_free");
  JsonObject *hotplug = json_object_get_object_member (bus, "hotplug");
  json_text_assert_keys (hotplug, "offered used reasons");
  json_text_assert_keys (json_text_element (hotplug, "reasons", 0), "rule text origin evidence");
  json_text_assert_keys (json_text_element (bus, "devices", 0), DEVICE_KEYS);
  json_text_assert_keys (json_text_element (top, "findings", 0), "severity rule text bus");
}

static void
test_values (void)
{
  g_autoptr (VhSession) session = scene_session ("q35-numa");
  g_autoptr (JsonNode) node = json_text_show (session);
  JsonObject *top = json_node_get_object (node);
  g_assert_cmpint (json_object_get_int_member (top, "format"), ==, 1);
  g_assert_true (g_str_has_prefix (json_text_string (top, "program"), "virt-hotplug "));
  JsonObject *domain = json_object_get_object_member (top, "domain");
  g_assert_cmpstr (json_text_string (domain, "name"), ==, "q35-numa");
  g_assert_true (json_object_get_null_member (domain, "state"));
  JsonObject *machine = json_object_get_object_member (top, "machine");
  g_assert_cmpstr (json_text_string (machine, "qemu"), ==, "7.2.22");
  g_assert_cmpstr (json_text_string (machine, "qemu_origin"), ==, "recorded");
  g_assert_true (json_object_get_null_member (machine, "flavour"));
  g_assert_true (json_object_get_boolean_member (top, "acpi"));

  JsonObject *root = json_text_element (top, "buses", 0);
  g_assert_true (json_object_get_null_member (root, "parent"));
  g_assert_true (json_object_get_null_member (root, "address"));
  g_assert_true (json_object_get_null_member (root, "knob"));
  JsonObject *bridge = json_text_element (top, "buses", 19);
  g_autofree char *offered = json_to_string (
      json_object_get_member (json_object_get_object_member (bridge, "hotplug"), "offered"), FALSE);
  g_assert_cmpstr (offered, ==, "[\"acpi\",\"shpc\"]");
  g_assert_cmpstr (json_text_string (bridge, "address"), ==, "0000:12:00.0");
  g_assert_cmpint (json_object_get_int_member (bridge, "parent"), ==, 18);
  JsonObject *port = json_object_get_object_member (json_text_element (top, "buses", 3), "knob");
  g_assert_cmpstr (json_text_string (port, "state"), ==, "off");
  g_assert_cmpstr (json_text_string (port, "configured"), ==, "off");
  g_assert_cmpstr (json_text_string (port, "site"), ==, "target");
  g_assert_cmpint (json_object_get_int_member (json_text_element (top, "buses", 12), "numa_node"),
                   ==, 1);
  JsonObject *holder = json_text_element (json_text_element (top, "buses", 0), "devices", 1);
  g_assert_cmpint (json_object_get_int_member (holder, "bus_behind"), ==, 1);
}

/* The sentence and what it is about, in one text. */
static void
test_reason (void)
{
  g_autoptr (VhSession) session = scene_session ("q35-numa");
  g_autoptr (JsonNode) node = json_text_show (session);
  JsonObject *bus = json_text_element (json_node_get_object (node), "buses", 19);
  JsonObject *reason =
      json_text_element (json_object_get_object_member (bus, "hotplug"), "reasons", 0);
  g_assert_cmpstr (json_text_string (reason, "rule"), ==, "ich9-bridge-on");
  g_assert_cmpstr (json_text_string (reason, "text"), ==,
                   "ACPI hotplug of bridges and ports is on (pc-q35-7.2).");
  g_assert_cmpstr (json_text_string (reason, "origin"), ==, "machine table");
}

static void
test_listed (void)
{
  g_autoptr (VhSession) session = scene_session_of_text (SCENE_BEHIND_OFF);
  g_autoptr (JsonNode) node = json_text_show (session);
  JsonObject *top = json_node_get_object (node);
  JsonObject *lost = json_object_get_object_member (json_text_element (top, "buses", 3), "hotplug");
  json_text_assert_keys (lost, "offered used listed reasons");
  g_assert_cmpstr (json_text_string (lost, "used"), ==, "none");
  g_assert_cmpstr (json_text_string (lost, "listed"), ==, "acpi");
}

static void
test_edited (void)
{
  g_autoptr (VhSession) session = scene_session ("q35-numa");
  scene_set (session, VH_KNOB_BRIDGE, -1, VH_SWITCH_OFF);
  g_autoptr (JsonNode) node = json_text_show (session);
  JsonObject *top = json_node_get_object (node);
  JsonObject *bridge =
      json_object_get_object_member (json_object_get_object_member (top, "knobs"), "bridge");
  g_assert_cmpstr (json_text_string (bridge, "state"), ==, "off");
  g_assert_cmpstr (json_text_string (bridge, "site"), ==, "qemu-global");
  JsonObject *hotplug =
      json_object_get_object_member (json_text_element (top, "buses", 19), "hotplug");
  g_assert_cmpstr (json_text_string (hotplug, "used"), ==, "shpc");
}

static void
test_unaddressed (void)
{
  g_autoptr (VhSession) session = scene_session_of ("fixtures/domains/no-addresses.xml");
  g_autoptr (JsonNode) node = json_text_show (session);
  JsonObject *top = json_node_get_object (node);
  JsonArray *unaddressed = json_object_get_array_member (top, "unaddressed");
  g_assert_cmpuint (json_array_get_length (unaddressed), >=, 4);
  for (guint i = 0; i < json_array_get_length (unaddressed); i++)
    {
      JsonObject *device = json_array_get_object_element (unaddressed, i);
      json_text_assert_keys (device, DEVICE_KEYS);
      g_assert_true (json_object_get_null_member (device, "address"));
    }
}

/* Names that would break out of a string. */
static void
test_hostile (void)
{
  g_autoptr (VhSession) session = scene_session_of_text (
      "<domain type='kvm'><name>a\"b\\c&#10;\xe2\x80\xae&#x7f;</name>"
      "<os><type arch='x86_64' machine='pc-q35-7.2&quot;,'>hvm</type></os></domain>");
  g_autoptr (JsonNode) node = json_text_show (session);
  JsonObject *top = json_node_get_object (node);
  g_assert_cmpstr (json_text_string (json_object_get_object_member (top, "domain"), "name"), ==,
                   "a\"b\\c\n\xe2\x80\xae\x7f");
  g_assert_cmpstr (json_text_string (json_object_get_object_member (top, "machine"), "type"), ==,
                   "pc-q35-7.2\",");
}

/* One bus at a time, and nothing after a write that failed. */
static void
test_failing_write (void)
{
  g_autoptr (VhSession) session = scene_session ("i440fx-nested");
  JsonSink whole = { .text = g_string_new (NULL) };
  g_assert_true (vh_export_json_show (session, json_text_write, &whole, NULL));
  g_assert_cmpuint (whole.n_writes, >, 2 * vh_topology_get_n_buses (session->after->topology));
  for (guint at = 1; at <= whole.n_writes; at++)
    {
      JsonSink sink = { .text = g_string_new (NULL), .fail_at = at };
      g_autoptr (GError) error = NULL;
      g_assert_false (vh_export_json_show (session, json_text_write, &sink, &error));
      g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
      g_assert_cmpuint (sink.n_writes, ==, at);
      g_string_free (sink.text, TRUE);
    }
  g_string_free (whole.text, TRUE);
}

static void
free_summary (gpointer summary)
{
  vh_summary_free (summary);
}

static void
test_list (void)
{
  g_autoptr (VhSession) session = scene_session ("i440fx-nested");
  g_autoptr (GPtrArray) summaries = g_ptr_array_new_with_free_func (free_summary);
  g_ptr_array_add (summaries, vh_summary_new (session->info, session->base, session->caps, NULL));
  g_ptr_array_add (summaries, vh_summary_new (session->info, NULL, NULL, "No such domain."));
  g_autofree char *text = vh_export_json_list (summaries);
  g_autoptr (JsonNode) node = json_text_parse (text);
  JsonObject *top = json_node_get_object (node);
  json_text_assert_keys (top, "format program domains");
  JsonObject *good = json_text_element (top, "domains", 0),
             *bad = json_text_element (top, "domains", 1);
  json_text_assert_keys (good, "domain machine knobs free error");
  json_text_assert_keys (bad, "domain machine knobs free error");
  g_assert_true (json_object_get_null_member (good, "error"));
  JsonObject *slots = json_object_get_object_member (good, "free");
  g_assert_cmpint (json_object_get_int_member (slots, "pcie"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (slots, "pci"), >, 0);
  json_text_assert_keys (json_object_get_object_member (good, "machine"),
                         "type canonical arch chipset version flavour qemu qemu_origin");
  g_assert_true (json_object_get_null_member (bad, "machine"));
  g_assert_cmpstr (json_text_string (bad, "error"), ==, "No such domain.");
}

static void
free_result (gpointer result)
{
  vh_check_result_free (result);
}

static VhCheckResult *
new_result (const char *domain, GPtrArray *findings, const char *error)
{
  VhCheckResult *result = g_new0 (VhCheckResult, 1);
  result->info = vh_domain_info_new ();
  result->info->name = g_strdup (domain);
  result->findings = findings != NULL ? g_ptr_array_ref (findings) : NULL;
  if (findings != NULL)
    result->cures = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; findings != NULL && i < findings->len; i++)
    g_ptr_array_add (result->cures, i == 0 ? g_strdup ("do it") : NULL);
  result->error = g_strdup (error);
  return result;
}

static void
test_check (void)
{
  g_autoptr (VhSession) session = scene_session ("contradicting");
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func (free_result);
  g_ptr_array_add (results, new_result ("contradicting", session->after->findings, NULL));
  g_ptr_array_add (results, new_result ("gone", NULL, "No such domain."));
  g_autofree char *text = vh_export_json_check (results);
  g_autoptr (JsonNode) node = json_text_parse (text);
  JsonObject *top = json_node_get_object (node);
  json_text_assert_keys (top, "format program results");
  json_text_assert_keys (json_text_element (top, "results", 0), "domain findings error");
  JsonObject *domain =
      json_object_get_object_member (json_text_element (top, "results", 1), "domain");
  json_text_assert_keys (
      domain, "name uuid state persistent managed_save autostart snapshots taints source");
  g_assert_cmpstr (json_text_string (domain, "name"), ==, "gone");
  g_assert_cmpstr (
      json_text_string (json_text_element (json_text_element (top, "results", 0), "findings", 0),
                        "severity"),
      ==, "warning");
  JsonObject *first = json_text_element (json_text_element (top, "results", 0), "findings", 0);
  JsonObject *second = json_text_element (json_text_element (top, "results", 0), "findings", 1);
  g_assert_cmpstr (json_text_string (first, "fix"), ==, "do it");
  g_assert_true (json_object_get_null_member (second, "fix"));
  g_assert_true (json_object_get_null_member (json_text_element (top, "results", 1), "findings"));
}

static void
test_caps (void)
{
  g_autoptr (VhCaps) caps = sample_caps (FALSE);
  g_autofree char *text = vh_export_json_caps (caps);
  g_autoptr (JsonNode) node = json_text_parse (text);
  JsonObject *top = json_node_get_object (node);
  json_text_assert_keys (
      top, "format program host emulator libvirt qemu qemu_origin machine canonical facts "
           "notes");
  g_assert_cmpstr (json_text_string (top, "qemu"), ==, "7.2.22");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (top, "facts")), ==,
                    VH_N_FACTS);
  JsonObject *fact = json_text_element (top, "facts", 0);
  json_text_assert_keys (fact, "fact text value origin from");
  g_assert_cmpstr (json_text_string (fact, "value"), ==, "yes");
  JsonObject *unknown = json_text_element (top, "facts", VH_FACT_DEFAULT_ROOT);
  g_assert_cmpstr (json_text_string (unknown, "value"), ==, "unknown");
  g_assert_true (json_object_get_null_member (unknown, "origin"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export-json/keys", test_keys);
  g_test_add_func ("/export-json/values", test_values);
  g_test_add_func ("/export-json/reason", test_reason);
  g_test_add_func ("/export-json/listed", test_listed);
  g_test_add_func ("/export-json/edited", test_edited);
  g_test_add_func ("/export-json/unaddressed", test_unaddressed);
  g_test_add_func ("/export-json/hostile", test_hostile);
  g_test_add_func ("/export-json/failing-write", test_failing_write);
  g_test_add_func ("/export-json/list", test_list);
  g_test_add_func ("/export-json/check", test_check);
  g_test_add_func ("/export-json/caps", test_caps);
  return g_test_run ();
}
