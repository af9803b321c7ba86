/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The interactive program as a function: keys in, pictures out. */
#include <string.h>

#include "render/sink.h"
#include "scene.h"
#include "tui/action.h"
#include "tui/app_move.h"
#include "tui/script.h"

static VhApp *
open_app (const char *demo, guint width, guint height)
{
  VhApp *app = vh_app_new (width, height, FALSE);
  vh_app_take_session (app, scene_session (demo));
  return app;
}

static char *
get_line (const VhApp *app, guint y)
{
  g_autoptr (VhCanvas) picture = vh_app_new_picture (app);
  g_autofree char *text = vh_sink_text (picture);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (y, <, g_strv_length (lines));
  return g_strdup (lines[y]);
}

static char *
get_bar (const VhApp *app)
{
  return get_line (app, app->height - 1);
}

static gint
get_cursor (const VhApp *app)
{
  g_autoptr (VhCanvas) picture = vh_app_new_picture (app);
  return picture->cursor_y;
}

static gboolean
plays (VhApp *app, const char *script)
{
  VhRunner runner = { .app = app };
  g_autoptr (GError) error = NULL;
  const gboolean done = vh_script_run (&runner, script, &error);
  g_assert_true (done == (error == NULL));
  return done;
}

/* ---- clicks ---- */

typedef struct {
  const char *demo;
  guint width, height;
} Size;

static const Size sizes[] = {
  { "q35-numa", 80, 24 },  { "q35-numa", 140, 40 }, { "q35-numa", 140, 12 },
  { "q35-numa", 60, 16 },  { "q35-numa", 40, 10 },  { "i440fx-nested", 80, 24 },
  { "q35-numa", 132, 14 },
};

/* How many lines of the screen have a row under them. */
static guint
count_rows (VhApp *app)
{
  guint n = 0;
  for (guint y = 0; y < app->height; y++)
    {
      g_autofree char *before = get_line (app, y);
      const VhRowKey key = app->view->cursor;
      const gint cursor = get_cursor (app);
      vh_app_click (app, y);
      if (app->view->cursor == key && cursor != (gint) y)
        continue;
      g_autofree char *after = get_line (app, (guint) get_cursor (app));
      g_assert_true (strncmp (before, after, 38) == 0);
      n++;
    }
  return n;
}

/* A click goes to the row that stands there, wherever the cursor was, and on
 * no other line to any. */
static void
test_click (gconstpointer data)
{
  const Size *size = data;
  g_autoptr (VhApp) app = open_app (size->demo, size->width, size->height);
  const guint page = MIN (vh_app_get_page (app), app->rows->len);
  g_assert_cmpuint (count_rows (app), ==, page);
  vh_app_move (app, (gint) app->rows->len / 2);
  g_assert_cmpuint (count_rows (app), <=, page);
  vh_app_move (app, G_MAXINT);
  g_assert_cmpuint (count_rows (app), <=, page);
}

static void
test_click_on_text (void)
{
  g_autoptr (VhApp) app = open_app ("q35-numa", 80, 24);
  const VhRowKey key = app->view->cursor;
  vh_app_key (app, '?');
  for (guint y = 0; y < app->height; y++)
    vh_app_click (app, y);
  g_assert_cmpuint (app->view->scroll, ==, 0);
  g_assert_cmpuint (app->view->cursor, ==, key);
}

static void
test_title_is_whole (void)
{
  g_autoptr (VhApp) app = open_app ("q35-numa", 140, 12);
  g_autoptr (VhCanvas) picture = vh_app_new_picture (app);
  for (guint x = 0; x < picture->width; x++)
    g_assert_cmpint (vh_canvas_get (picture, x, 0)->role, ==, VH_ROLE_TITLE);
}

/* ---- the bar ---- */

static const char *const prompts[][3] = {
  /* keys, what the bar has, what it has not */
  { "B q", "any other key", "toggle" },
  { "/", "Enter", "toggle" },
  { "\\", "Esc", "toggle" },
  { "w", "toggle", "any other key" },
};

static void
test_bar (gconstpointer data)
{
  const char *const *row = data;
  g_autoptr (VhApp) app = open_app ("pc-q35-6.2", 80, 24);
  g_assert_true (plays (app, row[0]));
  g_autofree char *bar = get_bar (app);
  g_assert_nonnull (strstr (bar, row[1]));
  g_assert_null (strstr (bar, row[2]));
}

static void
test_bar_of_unchecked (void)
{
  g_autoptr (VhApp) app = open_app ("pc-q35-6.2", 80, 24);
  app->view->prompt = VH_PROMPT_UNCHECKED;
  g_autofree char *bar = get_bar (app);
  g_assert_nonnull (strstr (bar, "any other key"));
  g_assert_null (strstr (bar, "toggle"));
}

/* ---- reasons ---- */

static void
test_reasons_end (void)
{
  g_autoptr (VhApp) app = open_app ("q35-numa", 40, 10);
  for (guint i = 0; i < 500; i++)
    vh_app_key (app, ']');
  const guint last = app->view->reasons_scroll;
  g_assert_cmpuint (last, <, 100);
  g_assert_cmpuint (last, >, 0);
  vh_app_key (app, '[');
  g_assert_cmpuint (app->view->reasons_scroll, ==, last - 1);
  for (guint i = 0; i < 500; i++)
    vh_app_key (app, '[');
  g_assert_cmpuint (app->view->reasons_scroll, ==, 0);
}

/* ---- toggling ---- */

/* One step each, and the second is the default again. */
static void
test_toggle (void)
{
  g_autoptr (VhApp) app = open_app ("pc-q35-6.2", 80, 24);
  vh_app_key (app, 'B');
  g_assert_cmpuint (app->session->edits->edits->len, ==, 1);
  vh_app_key (app, 'B');
  g_assert_cmpuint (app->session->edits->edits->len, ==, 2);
  g_assert_cmpint (g_array_index (app->session->edits->edits, VhEdit, 1).to, ==, VH_SWITCH_ABSENT);
  g_assert_false (vh_session_is_changed (app->session));
  vh_app_key (app, 'u');
  g_assert_true (vh_session_is_changed (app->session));
  vh_app_key (app, 'u');
  g_assert_false (vh_edit_list_may_undo (app->session->edits));
}

/* ---- the tree ---- */

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
};

static void
check_shown (const VhApp *app, const char *const *row)
{
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
  const char *const *row = data;
  g_autoptr (VhApp) app = open_app ("q35-numa", 80, 24);
  g_assert_true (plays (app, row[0]));
  check_shown (app, row);
}

/* ---- fit ---- */

static const char *const fits[][3] = {
  /* keys, what the screen has then, what it has not */
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
test_fit (gconstpointer data)
{
  const char *const *row = data;
  g_autoptr (VhApp) app = open_app ("pc-q35-6.2", 80, 24);
  g_assert_true (plays (app, row[0]));
  check_shown (app, row);
}

/* The cursor is on the bus that was chosen. */
static void
test_fit_goes_to_bus (void)
{
  g_autoptr (VhApp) app = open_app ("pc-q35-6.2", 80, 24);
  g_assert_true (plays (app, "_ e f Enter"));
  const VhTopology *topology = app->session->after->topology;
  const guint bus = (guint) vh_topology_find_bus (topology, 3);
  g_assert_cmpuint (app->view->cursor, ==, vh_row_key_of_bus (topology, bus));
  g_assert_null (app->fits);
}

/* Esc forgets first, and leaves only then. */
static void
test_escape (void)
{
  g_autoptr (VhApp) app = open_app ("q35-numa", 80, 24);
  g_assert_true (plays (app, "/\ntype port\nEnter"));
  g_assert_cmpint (vh_app_key (app, VH_KEY_ESC), ==, VH_EFFECT_NONE);
  g_assert_cmpuint (app->view->search->len, ==, 0);
  g_assert_cmpint (vh_app_key (app, VH_KEY_ESC), ==, VH_EFFECT_QUIT);
}

/* The cursor stays where its row was: on the bus, when its slots go. */
static void
test_cursor_leaves_slots (void)
{
  g_autoptr (VhApp) app = open_app ("q35-numa", 80, 24);
  g_assert_true (plays (app, "Down s /\ntype slots 05\nEnter s"));
  const VhRow *row = vh_app_get_row (app);
  g_assert_cmpuint (row->key, ==, vh_row_key_of_bus (app->session->after->topology, 0));
}

/* ---- scripts ---- */

static const struct {
  const char *script;
  gboolean done;
} scripts[] = {
  { "do toggle\ndo undo", TRUE },    { "do confirm", FALSE }, /* lives on the write screen */
  { "do search\ndo toggle", FALSE },                          /* would be typed */
  { "do nonsense", FALSE },          { "/\ntype \xff\xfe", FALSE },
  { "/\ntype \xc3", FALSE },         { "/\ntype pc\xc3\xad", TRUE },
};

static void
test_script (gconstpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);
  g_autoptr (VhApp) app = open_app ("pc-q35-6.2", 80, 24);
  g_assert_true (plays (app, scripts[i].script) == scripts[i].done);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/app/click/%u", i);
      g_test_add_data_func (path, &sizes[i], test_click);
    }
  g_test_add_func ("/app/click-on-text", test_click_on_text);
  g_test_add_func ("/app/title", test_title_is_whole);
  for (guint i = 0; i < G_N_ELEMENTS (prompts); i++)
    {
      g_autofree char *path = g_strdup_printf ("/app/bar/%u", i);
      g_test_add_data_func (path, prompts[i], test_bar);
    }
  g_test_add_func ("/app/bar/unchecked", test_bar_of_unchecked);
  g_test_add_func ("/app/reasons", test_reasons_end);
  g_test_add_func ("/app/toggle", test_toggle);
  for (guint i = 0; i < G_N_ELEMENTS (trees); i++)
    {
      g_autofree char *path = g_strdup_printf ("/app/tree/%u", i);
      g_test_add_data_func (path, trees[i], test_tree);
    }
  for (guint i = 0; i < G_N_ELEMENTS (fits); i++)
    {
      g_autofree char *path = g_strdup_printf ("/app/fit/%u", i);
      g_test_add_data_func (path, fits[i], test_fit);
    }
  g_test_add_func ("/app/fit/bus", test_fit_goes_to_bus);
  g_test_add_func ("/app/escape", test_escape);
  g_test_add_func ("/app/slots", test_cursor_leaves_slots);
  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_autofree char *path = g_strdup_printf ("/app/script/%u", i);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_script);
    }
  return g_test_run ();
}
