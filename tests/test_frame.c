/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whole screens against golden pictures: text, roles, cursor. To make them
 * anew: VH_UPDATE_GOLDEN=1; then read every line of the difference. */
#include "render/frame.h"

#include <string.h>

#include "render/frame_live.h"
#include "render/sink.h"
#include "tests/scene.h"
#include "tests/stage.h"

static const VhKeyHint hints[] = {
  { "Space", NULL, "toggle", "Turn the setting under the cursor on or off.", "Change", TRUE },
  { "w", "F2", "write", "Show what would be written, and what follows from it.", "Change", TRUE },
  { "u", NULL, "undo", "Take the last change back.", "Change", FALSE },
  { "?", "F1", "help", "Show the keys of this screen.", "Program", TRUE },
  { "!", "F3", "findings", "Show what is wrong with this domain.", "Look", TRUE },
  { "/", NULL, "search", "Search names, addresses and mechanisms.", "Look", TRUE },
  { "q", "F10 Ctrl-C", "quit", "Leave the program.", "Program", TRUE },
};

static void
compare_golden (const char *name, const char *got)
{
  g_autofree char *file = g_strconcat (name, ".txt", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "frames", file, NULL);
  g_autoptr (GError) error = NULL;
  if (g_getenv ("VH_UPDATE_GOLDEN") != NULL)
    {
      g_file_set_contents (path, got, -1, &error);
      g_assert_no_error (error);
      return;
    }
  g_autofree char *expected = NULL;
  g_file_get_contents (path, &expected, NULL, &error);
  g_assert_no_error (error);
  if (strcmp (got, expected) != 0)
    {
      g_test_message ("%s is now:\n%s", name, got);
      g_test_fail ();
    }
}

/* Text, then roles, each line of a picture as it is. */
static char *
dump (const VhCanvas *canvas)
{
  g_autofree char *text = vh_sink_text (canvas);
  g_autofree char *roles = vh_sink_roles (canvas);
  return g_strdup_printf ("%s== roles\n%s== cursor %d,%d\n", text, roles, canvas->cursor_x,
                          canvas->cursor_y);
}

static void
test_picture (gconstpointer data)
{
  const StageCase *c = data;
  g_autoptr (GArray) bar = g_array_new (FALSE, FALSE, sizeof (VhKeyHint));
  g_array_append_vals (bar, hints, G_N_ELEMENTS (hints));
  Stage stage;
  stage_open (&stage, c);
  GArray *rows = stage_set (&stage, c);
  stage.scene.bar = stage.scene.help = bar;
  g_autoptr (VhCanvas) canvas = vh_canvas_new (c->width, c->height, c->ascii);
  vh_frame_paint (&stage.scene, canvas);
  g_autofree char *got = dump (canvas);
  g_assert_true (!c->ascii || g_str_is_ascii (got));
  compare_golden (c->name, got);
  g_clear_pointer (&rows, g_array_unref);
  stage_close (&stage);
}

/* No size may crash, and below the minimum it says so. */
static void
test_every_size (gconstpointer data)
{
  const StageCase *c = data;
  Stage stage;
  stage_open (&stage, c);
  GArray *rows = stage_set (&stage, c);
  for (guint width = 0; width < 150; width += width < 45 ? 4 : 19)
    for (guint height = 0; height < 45; height += height < 18 ? 1 : 11)
      {
        g_autoptr (VhCanvas) canvas = vh_canvas_new (width, height, FALSE);
        vh_frame_paint (&stage.scene, canvas);
        VhExtent extent = vh_frame_get_extent (&stage.scene, width, height);
        g_assert_cmpuint (extent.page, >, 0);
        if (width >= VH_FRAME_MIN_WIDTH && height >= VH_FRAME_MIN_HEIGHT)
          g_assert_cmpint (canvas->cursor_y, >=, 0);
      }
  g_clear_pointer (&rows, g_array_unref);
  stage_close (&stage);
}

/* Wherever the cursor goes, the picture shows it. */
static void
test_cursor_in_sight (void)
{
  static const StageCase c = { "cursor", "q35-numa", NULL, 0, 0, FALSE, VH_SCREEN_MAIN, NULL };
  Stage stage;
  stage_open (&stage, &c);
  GArray *rows = stage_set (&stage, &c);
  for (guint height = VH_FRAME_MIN_HEIGHT; height < 30; height += 7)
    for (guint i = 0; i < 2 * rows->len; i++)
      {
        guint at = i < rows->len ? i : 2 * rows->len - 1 - i;
        guint page = vh_frame_get_extent (&stage.scene, 80, height).page;
        stage.view->cursor = g_array_index (rows, VhRow, at).key;
        stage.view->top = vh_frame_get_top (stage.view->top, at, page, rows->len);
        g_autoptr (VhCanvas) canvas = vh_canvas_new (80, height, FALSE);
        vh_frame_paint (&stage.scene, canvas);
        g_assert_cmpint (canvas->cursor_y, >=, 0);
        g_assert_cmpint (vh_canvas_get (canvas, 0, (guint) canvas->cursor_y)->role, ==,
                         VH_ROLE_SELECTED);
      }
  g_array_unref (rows);
  stage_close (&stage);
}

static void
test_top (void)
{
  static const guint table[][5] = {
    /* top, cursor, page, total: top */
    { 0, 0, 10, 5, 0 },     { 0, 9, 10, 20, 0 },   { 0, 10, 10, 20, 1 }, { 5, 3, 10, 20, 3 },
    { 15, 19, 10, 20, 10 }, { 0, 19, 10, 20, 10 }, { 3, 4, 0, 20, 4 },   { 0, 0, 10, 0, 0 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    g_assert_cmpuint (vh_frame_get_top (table[i][0], table[i][1], table[i][2], table[i][3]), ==,
                      table[i][4]);
}

static void
test_page (gconstpointer data)
{
  const char *demo = data;
  gboolean ascii = g_str_equal (demo, "contradicting");
  g_autoptr (VhSession) session = scene_session (demo);
  g_autoptr (VhCanvas) canvas = vh_frame_new_page (session, 100, ascii);
  g_autofree char *text = vh_sink_text (canvas);
  g_autofree char *name = g_strconcat ("page-", demo, NULL);
  compare_golden (name, text);
}

/* A page of any width, though no line of it may be whole. */
static void
test_page_widths (void)
{
  g_autoptr (VhSession) session = scene_session ("q35-numa");
  for (guint width = 0; width < 130; width += width < 25 ? 1 : 21)
    {
      g_autoptr (VhCanvas) canvas = vh_frame_new_page (session, width, FALSE);
      g_assert_cmpuint (canvas->width, ==, width);
      g_assert_cmpuint (canvas->height, >, session->after->topology->devices->len);
    }
}

static void
test_live_page (void)
{
  gsize at = 0;
  while (!g_str_equal (stage_cases[at].name, "live-140x40"))
    at++;
  Stage stage;
  stage_open (&stage, &stage_cases[at]);
  g_autoptr (VhCanvas) canvas = vh_frame_new_live_page (stage.live, stage.session, 100, FALSE);
  g_autofree char *text = vh_sink_text (canvas);
  compare_golden ("page-live", text);
  for (guint width = 0; width < 130; width += width < 25 ? 1 : 21)
    {
      g_autoptr (VhCanvas) any = vh_frame_new_live_page (stage.live, stage.session, width, FALSE);
      g_assert_cmpuint (any->width, ==, width);
    }
  stage_close (&stage);
}

static void
test_page_without_pci (void)
{
  g_autoptr (VhSession) session = scene_session_of ("fixtures/domains/lxc.xml");
  g_autoptr (VhCanvas) canvas = vh_frame_new_page (session, 100, FALSE);
  g_autofree char *text = vh_sink_text (canvas);
  g_assert_nonnull (strstr (text, "This domain has no PCI bus."));
}

static void
add (const char *kind, const StageCase *c, GTestDataFunc function)
{
  g_autofree char *path = g_strdup_printf ("/frame/%s/%s", kind, c->name);
  g_test_add_data_func (path, c, function);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < stage_n_cases; i++)
    add ("picture", &stage_cases[i], test_picture);
  for (gsize i = 0; i < stage_n_cases; i += 4)
    add ("every-size", &stage_cases[i], test_every_size);
  g_test_add_func ("/frame/cursor-in-sight", test_cursor_in_sight);
  g_test_add_func ("/frame/top", test_top);
  g_test_add_data_func ("/frame/page/q35-numa", "q35-numa", test_page);
  g_test_add_data_func ("/frame/page/contradicting", "contradicting", test_page);
  g_test_add_func ("/frame/page/live", test_live_page);
  g_test_add_func ("/frame/page/widths", test_page_widths);
  g_test_add_func ("/frame/page/without-pci", test_page_without_pci);
  return g_test_run ();
}
