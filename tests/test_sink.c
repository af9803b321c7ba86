/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/sink.h"

#include <string.h>

static VhCanvas *
new_canvas (void)
{
  VhCanvas *canvas = vh_canvas_new (12, 2, FALSE);
  VhBox where = { .width = 12, .height = 1 };
  where.x = vh_canvas_put (canvas, &where, VH_ROLE_BUS, "<&\"'>");
  vh_canvas_put (canvas, &where, VH_ROLE_PLAIN, " \xe6\x97\xa5 e\xcc\x81");
  where = (VhBox){ .y = 1, .width = 5, .height = 1 };
  vh_canvas_fill (canvas, &where, VH_ROLE_TITLE);
  where.x = 1;
  vh_canvas_put (canvas, &where, VH_ROLE_TITLE, "ok");
  return canvas;
}

static void
test_text (void)
{
  g_autoptr (VhCanvas) canvas = new_canvas ();
  g_autofree char *text = vh_sink_text (canvas);
  g_assert_cmpstr (text, ==, "<&\"'> \xe6\x97\xa5 e\xcc\x81\n ok\n");
}

static void
test_roles (void)
{
  g_autoptr (VhCanvas) canvas = new_canvas ();
  g_autofree char *roles = vh_sink_roles (canvas);
  g_assert_cmpstr (roles, ==, "bbbbb\nTTTTT\n");
}

/* In high contrast the page itself has colours, to the end of each line. */
static void
test_ansi (void)
{
  static const char *const texts[] = {
    [VH_LOOK_DEFAULT] = "\033[0;1m<&\"'>\033[0m \xe6\x97\xa5 e\xcc\x81\n"
                        "\033[0;37;44m ok  \033[0m\n",
    [VH_LOOK_CONTRAST] = "\033[0;1;97;40m<&\"'>\033[0;97;40m \xe6\x97\xa5 e\xcc\x81  \033[0m\n"
                         "\033[0;30;107m ok  \033[0;97;40m       \033[0m\n",
    [VH_LOOK_LIGHT] = "\033[0;1m<&\"'>\033[0m \xe6\x97\xa5 e\xcc\x81\n"
                      "\033[0;97;44m ok  \033[0m\n",
    [VH_LOOK_MONO] = "\033[0;1m<&\"'>\033[0m \xe6\x97\xa5 e\xcc\x81\n"
                     "\033[0;7m ok  \033[0m\n",
  };
  g_autoptr (VhCanvas) canvas = new_canvas ();
  for (guint look = 0; look < G_N_ELEMENTS (texts); look++)
    {
      g_autofree char *text = vh_sink_ansi (canvas, (VhLook) look);
      g_assert_cmpstr (text, ==, texts[look]);
    }
}

/* Each tag that opens is closed, nothing of the text became one. */
static void
on_element (G_GNUC_UNUSED GMarkupParseContext *context, const char *name, const char **names,
            G_GNUC_UNUSED const char **values, gpointer data, G_GNUC_UNUSED GError **error)
{
  static const char *const expected[] = { "svg", "title", "rect", "text", NULL };
  g_assert_true (g_strv_contains (expected, name));
  for (guint i = 0; names[i] != NULL; i++)
    g_assert_false (g_str_has_prefix (names[i], "on"));
  if (g_str_equal (name, "rect"))
    ++*(guint *) data;
}

static void
test_svg (void)
{
  static const GMarkupParser parser = { .start_element = on_element };
  guint n_rects = 0;
  g_autoptr (VhCanvas) canvas = new_canvas ();
  g_autofree char *svg = vh_sink_svg (canvas, "</title><script>\x1b");
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &n_rects, NULL);
  g_autoptr (GError) error = NULL;
  g_markup_parse_context_parse (context, svg, -1, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_rects, ==, 2);
  g_assert_nonnull (strstr (svg, "&lt;&amp;&quot;"));
  g_assert_nonnull (strstr (svg, "&lt;/title&gt;&lt;script&gt;^["));
  g_assert_nonnull (strstr (svg, "textLength=\"18\""));
}

static void
test_same_bytes (void)
{
  g_autoptr (VhCanvas) canvas = new_canvas ();
  g_autofree char *first = vh_sink_svg (canvas, "t");
  g_autofree char *second = vh_sink_svg (canvas, "t");
  g_assert_cmpstr (first, ==, second);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sink/text", test_text);
  g_test_add_func ("/sink/roles", test_roles);
  g_test_add_func ("/sink/ansi", test_ansi);
  g_test_add_func ("/sink/svg", test_svg);
  g_test_add_func ("/sink/same-bytes", test_same_bytes);
  return g_test_run ();
}
