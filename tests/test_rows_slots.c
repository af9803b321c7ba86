/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows of free slots, and the marks of findings. */
#include "render/rows.h"

#include "tests/scene.h"

#define KNOBS "ACPI root hotplug\nACPI bridge hotplug\n"

static void
put_in (GHashTable *set, VhRowKey key)
{
  VhRowKey *copy = g_new (VhRowKey, 1);
  *copy = key;
  g_hash_table_add (set, copy);
}

static VhRowKey
key_of (const VhSession *session, gint32 index)
{
  const VhTopology *topology = session->after->topology;
  return vh_row_key_of_bus (topology, (guint) vh_topology_find_bus (topology, index));
}

/* Names, two blanks in for each depth, with the letters of their findings. */
static void
assert_names (const VhSession *session, const VhView *view, const char *expected)
{
  g_autoptr (GArray) rows = vh_rows_new (session, view);
  g_autoptr (GString) out = g_string_new (NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      const VhRow *row = &g_array_index (rows, VhRow, i);
      VhRowText text;
      vh_row_text_init (&text, session, row, TRUE);
      g_string_append_printf (out, "%*s%s%s%s%s\n", 2 * row->depth, "", text.name,
                              (row->marks & VH_ROW_ERROR) ? " E" : "",
                              (row->marks & VH_ROW_WARNING) ? " W" : "",
                              (row->marks & VH_ROW_NOTE) ? " N" : "");
      vh_row_text_clear (&text);
    }
  g_assert_cmpstr (out->str, ==, expected);
}

static void
show_slots (VhView *view, const VhSession *session, gint32 index)
{
  put_in (view->slots, key_of (session, index));
}

static void
test_slots (void)
{
  g_autoptr (VhSession) session = scene_session ("i440fx-nested");
  g_autoptr (VhView) view = vh_view_new ();
  show_slots (view, session, 0);
  show_slots (view, session, 4);
  put_in (view->folded, key_of (session, 1));
  assert_names (session, view,
                KNOBS "0 pci-root\n"
                      "  controller ide 0\n"
                      "  controller usb 0 piix3-uhci\n"
                      "  video vga\n"
                      "  interface 52:54:00:1a:40:10 e1000\n"
                      "  1 pci-bridge\n"
                      "  4 pci-bridge\n"
                      "    disk vda virtio\n"
                      "    slots 02-1f free, 30\n"
                      "  controller virtio-serial 0\n"
                      "  memballoon virtio\n"
                      "  slots 08-1f free, 24\n");
}

/* Whatever a port takes from below, the run above keeps its key; and what is
 * in the middle divides it. */
static void
test_slots_of_edits (void)
{
  g_autoptr (VhSession) session = scene_session ("q35-numa");
  g_autoptr (VhView) view = vh_view_new ();
  g_autoptr (GError) error = NULL;
  show_slots (view, session, 0);
  g_autoptr (GArray) before = vh_rows_new (session, view);
  const VhRowKey key = scene_find (before, session, "slots 05-1e free, 26")->key;
  vh_session_add_ports (session, 8, &error);
  g_assert_no_error (error);
  g_autoptr (GArray) after = vh_rows_new (session, view);
  const gint at = vh_rows_find (after, key);
  g_assert_cmpint (at, >=, 0);
  const VhRow *row = &g_array_index (after, VhRow, at);
  g_assert_true (row == scene_find (after, session, "slots 06-1e free, 25"));
  g_assert_cmpuint (row->slot, ==, 0x06);
  g_assert_cmpuint (vh_row_get_last_slot (row), ==, 0x1e);
}

/* Every free slot is in one row, whatever else is on the bus. */
static void
test_slots_are_whole (void)
{
  g_autoptr (VhSession) session = scene_session ("q35-numa");
  g_autoptr (VhView) view = vh_view_new ();
  const VhTopology *topology = session->after->topology;
  const guint n = vh_topology_get_n_buses (topology);
  g_autofree guint32 *seen = g_new0 (guint32, n);
  for (guint i = 0; i < n; i++)
    put_in (view->slots, vh_row_key_of_bus (topology, i));
  g_autoptr (GArray) rows = vh_rows_new (session, view);
  for (guint i = 0; i < rows->len; i++)
    {
      const VhRow *row = &g_array_index (rows, VhRow, i);
      g_assert_cmpint (vh_rows_find (rows, row->key), ==, (gint) i);
      for (guint slot = row->slot; row->kind == VH_ROW_SLOTS && slot <= vh_row_get_last_slot (row);
           slot++)
        seen[row->item] |= 1u << slot;
    }
  for (guint i = 0; i < n; i++)
    g_assert_cmphex (seen[i], ==, vh_slots_get_free (topology, i));
}

/* A slot says what a plug there goes through. */
static void
test_text_of_slots (void)
{
  g_autoptr (VhSession) session = scene_session ("q35-numa");
  scene_set (session, VH_KNOB_BRIDGE, -1, VH_SWITCH_OFF);
  static const struct {
    gint32 index;
    guint8 first, last;
    const char *expected;
  } table[] = {
    { 0, 5, 5, "slot 05 free|none" },
    { 8, 0, 0, "slot 00 free|acpi>native" },
    { 14, 0, 0, "slot 00 free|none" },
    { 19, 2, 31, "slots 02-1f free, 30|acpi>shpc" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const VhTopology *topology = session->after->topology;
      const guint bus = (guint) vh_topology_find_bus (topology, table[i].index);
      const VhRow row = { .key = vh_row_key_of_slots (topology, bus, table[i].last),
                          .item = bus,
                          .kind = VH_ROW_SLOTS,
                          .slot = table[i].first };
      VhRowText text;
      vh_row_text_init (&text, session, &row, TRUE);
      g_autofree char *joined = g_strjoin ("|", text.name, text.used_text, NULL);
      g_assert_cmpstr (joined, ==, table[i].expected);
      vh_row_text_clear (&text);
    }
}

/* ---- findings ---- */

static void
test_findings (void)
{
  g_autoptr (VhSession) session = scene_session ("pc-q35-6.1");
  g_autoptr (VhView) view = vh_view_new ();
  view->only_findings = TRUE;
  assert_names (session, view,
                KNOBS "0 pcie-root\n"
                      "  8 pcie-expander-bus\n"
                      "    9 pcie-root-port W\n"
                      "    10 pcie-root-port W\n");
  view->only_findings = FALSE;
  put_in (view->folded, key_of (session, 8));
  g_autoptr (GArray) rows = vh_rows_new (session, view);
  g_assert_cmpuint (scene_find (rows, session, "8 pcie-expander-bus")->marks & VH_ROW_FINDINGS, ==,
                    VH_ROW_WARNING);
  g_assert_cmpuint (scene_find (rows, session, "0 pcie-root")->marks & VH_ROW_FINDINGS, ==, 0);
}

/* What is about no bus is about the settings of the machine. */
static void
test_findings_of_machine (void)
{
  g_autoptr (VhSession) session = scene_session ("contradicting");
  g_autoptr (GArray) rows = vh_rows_new (session, NULL);
  g_assert_true (scene_find (rows, session, "ACPI bridge")->marks & VH_ROW_WARNING);
  g_assert_true (scene_find (rows, session, "0 pci-root")->marks & VH_ROW_WARNING);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rows-slots/rows", test_slots);
  g_test_add_func ("/rows-slots/of-edits", test_slots_of_edits);
  g_test_add_func ("/rows-slots/whole", test_slots_are_whole);
  g_test_add_func ("/rows-slots/text", test_text_of_slots);
  g_test_add_func ("/rows-slots/findings", test_findings);
  g_test_add_func ("/rows-slots/findings-of-machine", test_findings_of_machine);
  return g_test_run ();
}
