/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/rows.h"

#include <string.h>

#include "tests/sample.h"
#include "tests/scene.h"

/* Every row as "depth name", marks behind: L last, + foldable, F folded, * changed. */
static char *
dump (const GArray *rows, const VhSession *session)
{
  g_autoptr (GString) out = g_string_new (NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      const VhRow *row = &g_array_index (rows, VhRow, i);
      VhRowText text;
      vh_row_text_init (&text, session, row, TRUE);
      g_string_append_printf (
          out, "%u %s%s%s%s%s\n", row->depth, text.name, (row->marks & VH_ROW_LAST) ? " L" : "",
          (row->marks & VH_ROW_FOLDABLE) ? " +" : "", (row->marks & VH_ROW_FOLDED) ? " F" : "",
          (row->marks & VH_ROW_CHANGED) ? " *" : "");
      vh_row_text_clear (&text);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
assert_rows (const VhSession *session, const VhView *view, const char *expected)
{
  g_autoptr (GArray) rows = vh_rows_new (session, view);
  g_autofree char *text = dump (rows, session);
  g_assert_cmpstr (text, ==, expected);
}

static void
fold (VhView *view, VhRowKey key)
{
  VhRowKey *copy = g_new (VhRowKey, 1);
  *copy = key;
  g_hash_table_add (view->folded, copy);
}

#define KNOBS "0 ACPI root hotplug\n0 ACPI bridge hotplug\n"

static void
test_whole (void)
{
  g_autoptr (VhSession) session = scene_session ("i440fx-nested");
  assert_rows (session, NULL,
               KNOBS "0 0 pci-root L +\n"
                     "1 controller ide 0\n"
                     "1 controller usb 0 piix3-uhci\n"
                     "1 video vga\n"
                     "1 interface 52:54:00:1a:40:10 e1000\n"
                     "1 1 pci-bridge +\n"
                     "2 2 pci-bridge +\n"
                     "3 3 pci-bridge +\n"
                     "4 interface 52:54:00:1a:40:12 virtio L\n"
                     "3 interface 52:54:00:1a:40:11 rtl8139 L\n"
                     "2 controller scsi 0 lsilogic L\n"
                     "1 4 pci-bridge +\n"
                     "2 disk vda virtio L\n"
                     "1 controller virtio-serial 0\n"
                     "1 memballoon virtio L\n");
}

static void
test_folded (void)
{
  g_autoptr (VhSession) session = scene_session ("i440fx-nested");
  g_autoptr (VhView) view = vh_view_new ();
  fold (view, vh_row_key_of_bus (session->after->topology, 1));
  fold (view, vh_row_key_of_bus (session->after->topology, 4));
  assert_rows (session, view,
               KNOBS "0 0 pci-root L +\n"
                     "1 controller ide 0\n"
                     "1 controller usb 0 piix3-uhci\n"
                     "1 video vga\n"
                     "1 interface 52:54:00:1a:40:10 e1000\n"
                     "1 1 pci-bridge + F\n"
                     "1 4 pci-bridge + F\n"
                     "1 controller virtio-serial 0\n"
                     "1 memballoon virtio L\n");
}

static void
test_folded_tells_of_changes (void)
{
  g_autoptr (VhSession) session = scene_session ("q35-numa");
  g_autoptr (VhView) view = vh_view_new ();
  scene_set (session, VH_KNOB_PORT, 10, VH_SWITCH_OFF);
  gint32 expander = vh_topology_find_bus (session->after->topology, 9);
  fold (view, vh_row_key_of_bus (session->after->topology, (guint) expander));
  g_autoptr (GArray) rows = vh_rows_new (session, view);
  const VhRow *row = scene_find (rows, session, "9 pcie-expander-bus");
  g_assert_cmpuint (row->marks & (VH_ROW_FOLDED | VH_ROW_CHANGED), ==,
                    VH_ROW_FOLDED | VH_ROW_CHANGED);
}

static void
test_filter (void)
{
  g_autoptr (VhSession) session = scene_session ("i440fx-nested");
  g_autoptr (VhView) view = vh_view_new ();
  fold (view, vh_row_key_of_bus (session->after->topology, 1));
  g_string_assign (view->filter, "RTL8139");
  assert_rows (session, view,
               KNOBS "0 0 pci-root L +\n"
                     "1 1 pci-bridge L +\n"
                     "2 2 pci-bridge L +\n"
                     "3 interface 52:54:00:1a:40:11 rtl8139 L\n");
  g_string_assign (view->filter, "no such thing");
  assert_rows (session, view, "0 ACPI root hotplug\n0 ACPI bridge hotplug L\n");
}

static void
test_only_empty (void)
{
  g_autoptr (VhSession) session = scene_session ("q35-numa");
  g_autoptr (VhView) view = vh_view_new ();
  view->only_empty = TRUE;
  g_autoptr (GArray) rows = vh_rows_new (session, view);
  g_autofree char *text = dump (rows, session);
  g_assert_nonnull (strstr (text, "11 pcie-root-port"));
  g_assert_null (strstr (text, "10 pcie-root-port"));
  g_assert_null (strstr (text, "interface"));
  g_assert_nonnull (strstr (text, "1 1 pcie-root-port")); /* above a bus that has room */
}

static void
test_only_changed (void)
{
  g_autoptr (VhSession) session = scene_session ("q35-numa");
  g_autoptr (VhView) view = vh_view_new ();
  view->only_changed = TRUE;
  assert_rows (session, view, "0 ACPI root hotplug\n0 ACPI bridge hotplug L\n");
  scene_set (session, VH_KNOB_PORT, 14, VH_SWITCH_ON);
  assert_rows (session, view,
               KNOBS "0 0 pcie-root L +\n"
                     "1 12 pcie-expander-bus node 1 L +\n"
                     "2 14 pcie-root-port L *\n");
}

static void
test_changed (void)
{
  g_autoptr (VhSession) session = scene_session ("i440fx-nested");
  scene_set (session, VH_KNOB_ROOT, -1, VH_SWITCH_OFF);
  g_autoptr (GArray) rows = vh_rows_new (session, NULL);
  g_assert_true (scene_find (rows, session, "ACPI root hotplug")->marks & VH_ROW_CHANGED);
  g_assert_false (scene_find (rows, session, "ACPI bridge hotplug")->marks & VH_ROW_CHANGED);
  g_assert_true (scene_find (rows, session, "0 pci-root")->marks & VH_ROW_CHANGED);
  g_assert_false (scene_find (rows, session, "1 pci-bridge")->marks & VH_ROW_CHANGED);
  g_assert_true (scene_find (rows, session, "1a:40:10")->marks & VH_ROW_CHANGED);
  g_assert_false (scene_find (rows, session, "video")->marks & VH_ROW_CHANGED);
}

/* The columns of a row, joined by |. */
static void
assert_text (const VhSession *session, const char *name, VhMechanism used, const char *expected)
{
  g_autoptr (GArray) rows = vh_rows_new (session, NULL);
  VhRowText text;
  vh_row_text_init (&text, session, scene_find (rows, session, name), TRUE);
  g_autofree char *joined = g_strjoin ("|", text.name, text.address, text.offered, text.used_text,
                                       text.free_text, text.knob_text, text.note, NULL);
  g_assert_cmpstr (joined, ==, expected);
  g_assert_cmpint (text.used, ==, used);
  vh_row_text_clear (&text);
}

static void
test_text (void)
{
  g_autoptr (VhSession) session = scene_session ("q35-numa");
  assert_text (session, "19 pcie", VH_MECHANISM_ACPI,
               "19 pcie-to-pci-bridge|12:00.0|acpi,shpc|acpi|30||");
  assert_text (session, "3 pcie-root-port", VH_MECHANISM_NONE,
               "3 pcie-root-port|00:02.2|none|none|0|off|");
  assert_text (session, "50:20", VH_MECHANISM_ACPI,
               "interface 52:54:00:2b:50:20 virtio|05:00.0||acpi|||");
  assert_text (session, "ACPI bridge", VH_MECHANISM_UNKNOWN,
               "ACPI bridge hotplug|||||default (on)|from pc-q35-7.2");
}

static void
test_text_of_changes (void)
{
  g_autoptr (VhSession) session = scene_session ("q35-numa");
  scene_set (session, VH_KNOB_BRIDGE, -1, VH_SWITCH_OFF);
  scene_set (session, VH_KNOB_PORT, 3, VH_SWITCH_ON);
  assert_text (session, "3 pcie-root-port", VH_MECHANISM_NATIVE,
               "3 pcie-root-port|00:02.2|native|none>native|0|off>on|");
  assert_text (session, "50:20", VH_MECHANISM_NATIVE,
               "interface 52:54:00:2b:50:20 virtio|05:00.0||acpi>native|||");
  assert_text (session, "ACPI bridge", VH_MECHANISM_UNKNOWN,
               "ACPI bridge hotplug|||||default (on)>off|in a -global of <qemu:commandline>");
}

/* Keys are unique in every domain, damaged ones too, and an edit keeps them. */
static void
check_keys (const char *path)
{
  g_autofree char *xml = sample_read (path);
  g_autoptr (GBytes) bytes = g_bytes_new (xml, strlen (xml));
  g_autoptr (VhDocument) document = vh_document_new (bytes, NULL);
  VhDomainInfo *info = vh_domain_info_new ();
  g_autoptr (VhSession) session =
      document != NULL ? vh_session_new (document, info, vh_caps_new (), NULL) : NULL;
  if (document == NULL)
    vh_domain_info_free (info);
  if (session == NULL)
    return;
  g_autoptr (GArray) rows = vh_rows_new (session, NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      VhRowKey key = g_array_index (rows, VhRow, i).key;
      g_assert_cmpuint (key, !=, 0);
      g_assert_cmpint (vh_rows_find (rows, key), ==, (gint) i);
    }
}

static void
test_keys (void)
{
  static const char *const folders[] = { "fixtures/domains", "../data/demo", "fixtures/history" };
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autoptr (GPtrArray) paths = sample_list (folders[i]);
      for (guint j = 0; j < paths->len; j++)
        check_keys (g_ptr_array_index (paths, j));
    }
}

static void
test_keys_stay (void)
{
  g_autoptr (VhSession) session = scene_session ("i440fx-nested");
  g_autoptr (GArray) before = vh_rows_new (session, NULL);
  scene_set (session, VH_KNOB_BRIDGE, -1, VH_SWITCH_OFF);
  scene_set (session, VH_KNOB_ROOT, -1, VH_SWITCH_OFF);
  g_autoptr (GArray) after = vh_rows_new (session, NULL);
  g_assert_cmpuint (before->len, ==, after->len);
  for (guint i = 0; i < before->len; i++)
    g_assert_cmpuint (g_array_index (before, VhRow, i).key, ==,
                      g_array_index (after, VhRow, i).key);
  g_assert_cmpint (vh_rows_find (after, 1), ==, -1);
}

/* What the XML damages is shown all the same, each bus once. */
static void
test_damaged (void)
{
  g_autoptr (VhSession) cycle = scene_session_of ("fixtures/domains/bridge-cycle.xml");
  assert_rows (cycle, NULL,
               KNOBS "0 0 pci-root +\n"
                     "1 interface 52:54:00:6f:01:01 virtio\n"
                     "1 4 pci-bridge L\n"
                     "0 1 pci-bridge +\n"
                     "1 pci-bridge 3 L\n"
                     "0 2 pci-bridge +\n"
                     "1 pci-bridge 1\n"
                     "1 interface 52:54:00:6f:01:02 e1000 L\n"
                     "0 3 pci-bridge L +\n"
                     "1 pci-bridge 2 L\n");
  g_autoptr (VhSession) lost = scene_session_of ("fixtures/domains/no-addresses.xml");
  assert_rows (lost, NULL,
               KNOBS "0 0 pcie-root\n"
                     "0 1 pcie-root-port\n"
                     "0 2 pcie-root-port\n"
                     "0 without a place on a PCI bus L\n"
                     "1 controller virtio-serial\n"
                     "1 interface virtio\n"
                     "1 interface e1000\n"
                     "1 disk vda virtio L\n");
  g_autoptr (VhSession) wild = scene_session_of ("fixtures/domains/wild-numbers.xml");
  assert_rows (wild, NULL,
               KNOBS "0 0 pcie-root +\n"
                     "1 ? pcie-root-port\n"
                     "1 ? pcie-root-port\n"
                     "1 2 no-such-model L\n"
                     "0 1 pcie-root-port\n"
                     "0 without a place on a PCI bus L\n"
                     "1 interface 52:54:00:6f:09:01 virtio\n"
                     "1 interface 52:54:00:6f:09:02 virtio L\n");
}

static void
test_matches (void)
{
  g_autoptr (VhSession) session = scene_session ("q35-numa");
  g_autoptr (GArray) rows = vh_rows_new (session, NULL);
  const VhRow *bridge = scene_find (rows, session, "19 pcie");
  const VhRow *port = scene_find (rows, session, "3 pcie-root-port");
  static const char *const yes[] = { "PCIE-TO", "12:00", "shpc", "" };
  for (gsize i = 0; i < G_N_ELEMENTS (yes); i++)
    g_assert_true (vh_row_matches (session, bridge, yes[i]));
  g_assert_false (vh_row_matches (session, bridge, "native"));
  g_assert_true (vh_row_matches (session, port, "off"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rows/whole", test_whole);
  g_test_add_func ("/rows/folded", test_folded);
  g_test_add_func ("/rows/folded-tells-of-changes", test_folded_tells_of_changes);
  g_test_add_func ("/rows/filter", test_filter);
  g_test_add_func ("/rows/only-empty", test_only_empty);
  g_test_add_func ("/rows/only-changed", test_only_changed);
  g_test_add_func ("/rows/changed", test_changed);
  g_test_add_func ("/rows/text", test_text);
  g_test_add_func ("/rows/text-of-changes", test_text_of_changes);
  g_test_add_func ("/rows/keys", test_keys);
  g_test_add_func ("/rows/keys-stay", test_keys_stay);
  g_test_add_func ("/rows/damaged", test_damaged);
  g_test_add_func ("/rows/matches", test_matches);
  return g_test_run ();
}
