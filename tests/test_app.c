/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The interactive program as a function: keys in, pictures out. */
#include <string.h>

#include "player.h"
#include "render/sink.h"
#include "tui/action.h"
#include "tui/app_move.h"

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
      vh_app_click (app, 1, y);
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
  g_autoptr (VhApp) app = player_open (size->demo, size->width, size->height);
  const guint page = MIN (vh_app_get_page (app), app->rows->len);
  g_assert_cmpuint (count_rows (app), ==, page);
  vh_app_move (app, (gint) app->rows->len / 2);
  g_assert_cmpuint (count_rows (app), <=, page);
  vh_app_move (app, G_MAXINT);
  g_assert_cmpuint (count_rows (app), <=, page);
}

/* Only the lines before a name fold, only a row that can; beside the tree nothing is a row. */
static void
test_click_folds (void)
{
  static const struct {
    guint x, y;
    gboolean folds, moves;
  } table[] = {
    { 11, 6, TRUE, TRUE },  { 13, 6, TRUE, TRUE },  { 14, 6, FALSE, TRUE },
    { 10, 6, FALSE, TRUE }, { 13, 5, FALSE, TRUE }, { 11, 4, TRUE, TRUE },
    { 12, 4, FALSE, TRUE }, { 13, 2, FALSE, TRUE }, { 13, 17, FALSE, FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (VhApp) app = player_open ("q35-numa", 80, 24);
      vh_app_move (app, G_MAXINT);
      vh_app_move (app, G_MININT);
      vh_app_move (app, 1);
      const VhRowKey before = app->view->cursor;
      vh_app_click (app, table[i].x, table[i].y);
      g_assert_cmpuint (g_hash_table_size (app->view->folded), ==, table[i].folds);
      g_assert_true ((app->view->cursor != before) == table[i].moves);
      vh_app_click (app, table[i].x, table[i].y);
      g_assert_cmpuint (g_hash_table_size (app->view->folded), ==, 0);
    }
  g_autoptr (VhApp) wide = player_open ("q35-numa", 120, 40);
  const VhRowKey before = wide->view->cursor;
  vh_app_click (wide, 100, 10);
  g_assert_cmpuint (wide->view->cursor, ==, before);
}

static void
test_wheel (void)
{
  g_autoptr (VhApp) app = player_open ("q35-numa", 80, 24);
  vh_app_turn_wheel (app, 5, 5, 1);
  g_assert_cmpuint (app->view->row, ==, 4);
  vh_app_turn_wheel (app, 5, 18, 1);
  g_assert_cmpuint (app->view->row, ==, 4);
  g_assert_cmpuint (app->view->reasons_scroll, ==, 1);
  vh_app_turn_wheel (app, 5, 18, -1);
  g_assert_cmpuint (app->view->reasons_scroll, ==, 0);
  vh_app_turn_wheel (app, 5, 5, -1);
  g_assert_cmpuint (app->view->row, ==, 1);
  vh_app_key (app, '/');
  vh_app_turn_wheel (app, 5, 5, 1);
  g_assert_cmpuint (app->view->row, ==, 1);
}

static void
test_click_on_text (void)
{
  g_autoptr (VhApp) app = player_open ("q35-numa", 80, 24);
  const VhRowKey key = app->view->cursor;
  vh_app_key (app, '?');
  for (guint y = 0; y < app->height; y++)
    vh_app_click (app, 1, y);
  g_assert_cmpuint (app->view->scroll, ==, 0);
  g_assert_cmpuint (app->view->cursor, ==, key);
}

static void
test_title_is_whole (void)
{
  g_autoptr (VhApp) app = player_open ("q35-numa", 140, 12);
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
  g_autoptr (VhApp) app = player_open ("pc-q35-6.2", 80, 24);
  g_assert_true (player_plays (app, row[0]));
  g_autofree char *bar = get_bar (app);
  g_assert_nonnull (strstr (bar, row[1]));
  g_assert_null (strstr (bar, row[2]));
}

static void
test_bar_of_unchecked (void)
{
  g_autoptr (VhApp) app = player_open ("pc-q35-6.2", 80, 24);
  app->view->prompt = VH_PROMPT_UNCHECKED;
  g_autofree char *bar = get_bar (app);
  g_assert_nonnull (strstr (bar, "any other key"));
  g_assert_null (strstr (bar, "toggle"));
}

/* ---- reasons ---- */

static void
test_reasons_end (void)
{
  g_autoptr (VhApp) app = player_open ("q35-numa", 40, 10);
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
  g_autoptr (VhApp) app = player_open ("pc-q35-6.2", 80, 24);
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
  g_autoptr (VhApp) app = player_open ("pc-q35-6.2", 80, 24);
  g_assert_true (player_plays (app, scripts[i].script) == scripts[i].done);
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
  g_test_add_func ("/app/click-folds", test_click_folds);
  g_test_add_func ("/app/wheel", test_wheel);
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
  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_autofree char *path = g_strdup_printf ("/app/script/%u", i);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_script);
    }
  return g_test_run ();
}
