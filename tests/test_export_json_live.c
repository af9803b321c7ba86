/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `show --live` as JSON, and what the screen says below each row of the same comparison. */
#include "render/export_json.h"

#include <string.h>

#include "render/frame_live.h"
#include "render/rows_parts.h"
#include "tests/json_text.h"
#include "tests/sample.h"
#include "tests/scene.h"

typedef struct {
  VhSession *next;
  VhLive *live;
} World;

static char *
replace (const char *text, const char *old, const char *new)
{
  g_auto (GStrv) parts = g_strsplit (text, old, -1);
  g_assert_nonnull (parts[1]);
  return g_strjoinv (new, parts);
}

/* What runs is of another machine type and has port 30 in the place of 14; the next start lets
 * nobody plug into port 13. */
static World
world_new (void)
{
  World world = { .next = scene_session ("q35-desktop") };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = sample_text (world.next->base->document);
  g_autofree char *port = replace (text, "index='14'", "index='30'");
  g_autofree char *running = replace (port, "'pc-q35-7.2'", "'pc-q35-7.1'");
  g_autoptr (VhDocument) document = sample_parse (running);
  world.live = vh_live_new (document, world.next, &error);
  g_assert_no_error (error);
  scene_set (world.next, VH_KNOB_PORT, 13, VH_SWITCH_OFF);
  return world;
}

/* QEMU says of port 13 that nothing can be plugged, which nobody predicted, of the chipset what was
 * predicted, and of the others nothing. */
static void
answer (World *world)
{
  VhAnswers *answers = vh_answers_new (world->live->session->after->topology);
  answers->qemu = VH_VERSION (7, 2, 22);
  for (guint i = 0; i < answers->values->len; i++)
    {
      VhAnswer *row = &g_array_index (answers->values, VhAnswer, i);
      if (row->bus == 13 && row->property == VH_PROPERTY_HOTPLUG)
        row->value = VH_KNOWN_NO;
      else if (row->bus < 0 && row->property == VH_PROPERTY_BRIDGE)
        row->value = VH_KNOWN_YES;
    }
  vh_live_take_answers (world->live, answers);
}

static void
world_clear (World *world)
{
  vh_live_free (world->live);
  vh_session_free (world->next);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (World, world_clear)

static JsonNode *
write_live (const VhSession *session, const VhLive *live)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  JsonSink sink = { .text = text };
  g_assert_true (vh_export_json_show_live (session, live, json_text_write, &sink, &error));
  g_assert_no_error (error);
  return json_text_parse (text->str);
}

/* "KIND BUS ADDRESS LIVE NEXT"; what is null is "-". */
static char *
format_difference (JsonObject *row)
{
  g_autofree char *bus =
      json_object_get_null_member (row, "bus")
          ? g_strdup ("-")
          : g_strdup_printf ("%d", (int) json_object_get_int_member (row, "bus"));
  const char *at =
      json_object_get_null_member (row, "address") ? "-" : json_text_string (row, "address");
  return g_strdup_printf ("%s %s %s %s %s", json_text_string (row, "kind"), bus, at,
                          json_text_string (row, "live"), json_text_string (row, "next"));
}

static void
test_differences (void)
{
  static const char *const expected[] = {
    "machine - - pc-q35-7.1 pc-q35-7.2",
    "bus 13 0000:00:03.4 acpi none, off",
    "bus 14 0000:00:03.5 - acpi",
    "bus 30 0000:00:03.5 acpi -",
  };
  g_auto (World) world = world_new ();
  g_autoptr (JsonNode) node = write_live (world.next, world.live);
  JsonObject *live = json_object_get_object_member (json_node_get_object (node), "live");
  json_text_assert_keys (live, "acpi machine knobs buses differences arguments asked findings");
  JsonArray *rows = json_object_get_array_member (live, "differences");
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      JsonObject *row = json_text_element (live, "differences", i);
      g_autofree char *text = format_difference (row);
      json_text_assert_keys (row, "kind bus name address live next");
      g_assert_cmpstr (text, ==, expected[i]);
    }
  g_assert_cmpuint (json_array_get_length (rows), ==, G_N_ELEMENTS (expected));
  g_assert_true (json_object_get_null_member (live, "asked"));
}

static void
test_arguments (void)
{
  g_auto (World) world = world_new ();
  g_autoptr (JsonNode) node = write_live (world.next, world.live);
  JsonObject *live = json_object_get_object_member (json_node_get_object (node), "live");
  JsonObject *arguments = json_object_get_object_member (live, "arguments");
  json_text_assert_keys (arguments, "live next");
  JsonArray *next = json_object_get_array_member (arguments, "next");
  g_assert_cmpuint (json_array_get_length (next), >, 0);
  g_autofree char *text = json_to_string (json_object_get_member (arguments, "next"), FALSE);
  g_assert_nonnull (strstr (text, "hotplug"));
}

static JsonObject *
find_answer (JsonObject *asked, gint64 bus, const char *property)
{
  JsonArray *values = json_object_get_array_member (asked, "values");
  for (guint i = 0; i < json_array_get_length (values); i++)
    {
      JsonObject *row = json_text_element (asked, "values", i);
      const gint64 at =
          json_object_get_null_member (row, "bus") ? -1 : json_object_get_int_member (row, "bus");
      json_text_assert_keys (row, "bus property says predicted");
      if (at == bus && g_str_equal (json_text_string (row, "property"), property))
        return row;
    }
  g_error ("%s of bus %d is not there", property, (int) bus);
}

static void
test_answers (void)
{
  g_auto (World) world = world_new ();
  answer (&world);
  g_autoptr (JsonNode) node = write_live (world.next, world.live);
  JsonObject *live = json_object_get_object_member (json_node_get_object (node), "live");
  JsonObject *asked = json_object_get_object_member (live, "asked");
  json_text_assert_keys (asked, "qemu values");
  g_assert_cmpstr (json_text_string (asked, "qemu"), ==, "7.2.22");
  JsonObject *port = find_answer (asked, 13, "hotplug");
  g_assert_cmpstr (json_text_string (port, "says"), ==, "off");
  g_assert_cmpstr (json_text_string (port, "predicted"), ==, "on");
  JsonObject *chipset = find_answer (asked, -1, "acpi-pci-hotplug-with-bridge-support");
  g_assert_cmpstr (json_text_string (chipset, "says"), ==, "on");
  g_assert_true (json_object_get_null_member (find_answer (asked, 12, "hotplug"), "says"));
  JsonObject *finding = json_text_element (live, "findings", 0);
  g_assert_cmpstr (json_text_string (finding, "rule"), ==, "qemu-disagrees");
  g_assert_cmpint (json_object_get_int_member (finding, "bus"), ==, 13);
}

static void
test_not_running (void)
{
  g_auto (World) world = world_new ();
  g_autoptr (JsonNode) node = write_live (world.next, NULL);
  g_assert_true (json_object_get_null_member (json_node_get_object (node), "live"));
}

/* ---- the pane below a row ---- */

static char *
pane_of (const World *world, const VhComparison *comparison, const VhCompareRow *row)
{
  g_autoptr (GPtrArray) lines =
      vh_rows_new_compared (comparison, row, world->live, world->next, 200);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (text, "%s ", ((const VhStyledLine *) lines->pdata[i])->text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const struct {
  VhCompareKind kind;
  gint32 bus;
  const char *says;
} panes[] = {
  { VH_COMPARE_MACHINE, -1, "RUNS: pc-q35-7.1." },
  { VH_COMPARE_MACHINE, -1, "NEXT START: pc-q35-7.2." },
  { VH_COMPARE_QEMU, -1, "RUNS: 7.2.22." },
  { VH_COMPARE_ACPI, -1, "domain XML" },
  { VH_COMPARE_BRIDGE, -1, "machine table" },
  { VH_COMPARE_BRIDGE, -1, "QEMU says: acpi-pci-hotplug-with-bridge-support of ICH9-LPC is on." },
  { VH_COMPARE_ROOT, -1, "NEXT START: " },
  { VH_COMPARE_BUS, 13, "QEMU says: hotplug of pci.13 is off." },
  { VH_COMPARE_BUS, 13, "warning: " },
  { VH_COMPARE_BUS, 13, "RUNS: Offered" },
  { VH_COMPARE_BUS, 30, "NEXT START: it is not there." },
  { VH_COMPARE_BUS, 14, "RUNS: it is not there." },
  { VH_COMPARE_DEVICE, 0, "a detach while the guest runs: none." },
  { VH_COMPARE_DEVICE, 1, "a detach while the guest runs: acpi." },
};

/* Is it said below a row of that kind on that bus? */
static gboolean
is_told (const World *world, const VhComparison *comparison, guint pane)
{
  for (guint i = 0; i < comparison->rows->len; i++)
    {
      const VhCompareRow *row = comparison->rows->pdata[i];
      if (row->kind != panes[pane].kind || row->bus != panes[pane].bus)
        continue;
      g_autofree char *text = pane_of (world, comparison, row);
      if (strstr (text, panes[pane].says))
        return TRUE;
    }
  return FALSE;
}

static void
test_panes (void)
{
  g_auto (World) world = world_new ();
  answer (&world);
  g_autoptr (VhComparison) comparison = vh_live_compare (world.live, world.next);
  for (guint i = 0; i < G_N_ELEMENTS (panes); i++)
    if (!is_told (&world, comparison, i))
      g_error ("no row of kind %d on bus %d says: %s", (int) panes[i].kind, panes[i].bus,
               panes[i].says);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export-json-live/differences", test_differences);
  g_test_add_func ("/export-json-live/arguments", test_arguments);
  g_test_add_func ("/export-json-live/answers", test_answers);
  g_test_add_func ("/export-json-live/not-running", test_not_running);
  g_test_add_func ("/export-json-live/panes", test_panes);
  return g_test_run ();
}
