/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys in the tree, and on the page of what would fit. */
#include <string.h>

#include "player.h"
#include "render/sink.h"

static gboolean
shows (const VhApp *app, const char *text)
{
  g_autoptr (VhCanvas) picture = vh_app_new_picture (app);
  g_autofree char *all = vh_sink_text (picture);
  return strstr (all, text) != NULL;
}

/* Keys, what the screen has then, and what it has not. */
static const char *const trees[][3] = {
  { "/\ntype port\nEnter", "“port”: 1 of 16.", "round" },
  { "/\ntype port\nEnter n n N", "“port”: 2 of 16.", "round" },
  { "/\ntype port\nEnter N", "“port”: 16 of 16, round the end.", "Search" },
  { "/\ntype port\nEnter N n", "“port”: 1 of 16, round the end.", "Search" },
  { "/\ntype port\nEnter B n", "“port”: 2 of 16.", "round" },
  { "/\ntype nowhere\nEnter", "Nothing here matches “nowhere”.", "Hidden" },
  { "_ /\ntype sata\nEnter n", "“sata”: 1 of 1, round the end.", "pcie-switch" },
  { "_ /\ntype switch\nEnter", "Hidden rows were not searched", "pcie-switch" },
  { "End _", "12 pcie-expander-bus", "13 pcie-root-port" },
  { "_ *", "4 pcie-switch-upstream", "round" },
  { "Down s End", "slots 05-1e free, 26", "slots 06" },
  { "Down s s End", "controller sata", "slots 05" },
  { "Down - s End", "slots 05-1e free, 26", "+0" },
  { "s", "Only a bus has slots", "slots 05" },
  { "/\ntype 3 pcie-root\nEnter s", "This bus has no free slot.", "slot 00" },
  { "e", "Only buses with a free slot. Esc shows all.", "sata" },
  { "e Esc", "free 3 PCIe 30 PCI", "Esc shows all" },
  { "F", "Only buses with findings. Esc shows all.", "0 pcie-root" },
  { "c", "Only what changed. Esc shows all.", "0 pcie-root" },
  { "\\\ntype sata\nEnter", "Only lines with \"sata\". Esc shows all.", "video" },
  { "\\\ntype sata\nEnter Esc", "video vga", "Esc shows all" },
  { "a\ntype x1y", "Add how many root ports? 1", "? x" },
};

static const char *const fits[][3] = {
  { "f", "virtio-net          bus 3, slot 0, acpi        bus 3, slot 0", "a to add" },
  { "f Enter", "virtio-net, plugged while the domain runs: bus 3, slot 0, by ACPI hotplug.",
    "WHILE IT RUNS" },
  { "_ F f Enter", "3 pcie-root-port           acpi", "Only buses" },
  { "_ f Down Down Down Enter", "6 pcie-to-pci-bridge     acpi,shpc", "+5" },
  { "p 3 f", "Press a to add root ports here.", "Enter goes" },
  { "p 3 f Enter", "virtio-net fits only in the definition: bus 3, slot 0.", "plugged while" },
  { "p 5 p 3 f a\ntype 1\nEnter", "1 root port added", "Press a to add" },
  { "p 3 f a\ntype 1\nEnter Enter", "plugged while the domain runs: bus 11, slot 0", "WHILE" },
  { "p 3 f a\ntype 1\nEnter u", "Press a to add root ports here.", "bus 11" },
  { "f End", "libvirt attaches no PCI controller", "Press a to add" },
  { "f End Enter", "There is no bus for pcie-to-pci-bridge yet.", "adds root ports" },
};

static void
play (const char *demo, const char *const *row)
{
  g_autoptr (VhApp) app = player_open (demo, 80, 24);
  g_assert_true (player_plays (app, row[0]));
  if (shows (app, row[1]) && !shows (app, row[2]))
    return;
  g_autoptr (VhCanvas) picture = vh_app_new_picture (app);
  g_autofree char *all = vh_sink_text (picture);
  g_test_message ("%s", all);
  g_test_fail ();
}

static void
test_tree (gconstpointer data)
{
  play ("q35-numa", data);
}

static void
test_fit (gconstpointer data)
{
  play ("pc-q35-6.2", data);
}

/* The cursor is on the bus that was chosen. */
static void
test_fit_goes_to_bus (void)
{
  g_autoptr (VhApp) app = player_open ("pc-q35-6.2", 80, 24);
  g_assert_true (player_plays (app, "_ e f Enter"));
  const VhTopology *topology = app->session->after->topology;
  const guint bus = (guint) vh_topology_find_bus (topology, 3);
  g_assert_cmpuint (app->view->cursor, ==, vh_row_key_of_bus (topology, bus));
  g_assert_null (app->fits);
}

/* Esc forgets first, and leaves only then. */
static void
test_escape (void)
{
  g_autoptr (VhApp) app = player_open ("q35-numa", 80, 24);
  g_assert_true (player_plays (app, "/\ntype port\nEnter"));
  g_assert_cmpint (vh_app_key (app, VH_KEY_ESC), ==, VH_EFFECT_NONE);
  g_assert_cmpuint (app->view->search->len, ==, 0);
  g_assert_cmpint (vh_app_key (app, VH_KEY_ESC), ==, VH_EFFECT_QUIT);
}

/* The cursor stays where its row was: on the bus, when its slots go. */
static void
test_cursor_leaves_slots (void)
{
  g_autoptr (VhApp) app = player_open ("q35-numa", 80, 24);
  g_assert_true (player_plays (app, "Down s /\ntype slots 05\nEnter s"));
  const VhRow *row = vh_app_get_row (app);
  g_assert_cmpuint (row->key, ==, vh_row_key_of_bus (app->session->after->topology, 0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (trees); i++)
    {
      g_autofree char *path = g_strdup_printf ("/app-tree/keys/%u", i);
      g_test_add_data_func (path, trees[i], test_tree);
    }
  for (guint i = 0; i < G_N_ELEMENTS (fits); i++)
    {
      g_autofree char *path = g_strdup_printf ("/app-tree/fit/%u", i);
      g_test_add_data_func (path, fits[i], test_fit);
    }
  g_test_add_func ("/app-tree/fit/bus", test_fit_goes_to_bus);
  g_test_add_func ("/app-tree/escape", test_escape);
  g_test_add_func ("/app-tree/slots", test_cursor_leaves_slots);
  return g_test_run ();
}
