/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/canvas.h"
#include "render/sink.h"

#include <string.h>

static const VhBox whole_line = { .width = G_MAXUINT, .height = 1 };

static void
assert_text (const VhCanvas *canvas, const char *expected)
{
  g_autofree char *text = vh_sink_text (canvas);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_empty (void)
{
  g_autoptr (VhCanvas) canvas = vh_canvas_new (0, 0, FALSE);
  g_assert_cmpuint (vh_canvas_put (canvas, &whole_line, VH_ROLE_PLAIN, "text"), ==, 0);
  vh_canvas_draw_horizontal (canvas, 0, 0, 5, VH_ROLE_TREE);
  vh_canvas_draw_vertical (canvas, 0, 0, 5, VH_ROLE_TREE);
  assert_text (canvas, "");
}

typedef struct {
  const char *name;
  VhBox where;
  gboolean ascii;
  const char *text;
  guint used;
  const char *picture;
} PutCase;

/* On a canvas of 8 x 2. */
static const PutCase put_cases[] = {
  { "whole", { 0, 0, 8, 1 }, FALSE, "12345678", 8, "12345678\n\n" },
  { "cut", { 0, 1, 8, 1 }, FALSE, "123456789", 8, "\n1234567\xe2\x80\xa6\n" },
  { "cut-ascii", { 0, 0, 8, 1 }, TRUE, "123456789", 8, "123456..\n\n" },
  { "box", { 2, 0, 3, 1 }, FALSE, "abcdef", 3, "  ab\xe2\x80\xa6\n\n" },
  { "edge", { 6, 0, 9, 1 }, FALSE, "abc", 2, "      a\xe2\x80\xa6\n\n" },
  { "outside", { 8, 0, 3, 1 }, FALSE, "abc", 0, "\n\n" },
  { "below", { 0, 2, 3, 1 }, FALSE, "abc", 0, "\n\n" },
  { "wide",
    { 0, 0, 8, 1 },
    FALSE,
    "\xe6\x97\xa5\xe6\x9c\xac"
    "a",
    5,
    "\xe6\x97\xa5\xe6\x9c\xac"
    "a\n\n" },
  { "wide-ascii",
    { 0, 0, 8, 1 },
    TRUE,
    "\xe6\x97\xa5"
    "a",
    3,
    "??a\n\n" },
  { "wide-at-edge", { 7, 0, 8, 1 }, FALSE, "\xe6\x97\xa5", 1, "       \xe2\x80\xa6\n\n" },
  { "mark", { 0, 0, 8, 1 }, FALSE, "e\xcc\x81x", 2, "e\xcc\x81x\n\n" },
  { "quotes-ascii",
    { 0, 0, 8, 1 },
    TRUE,
    "\xe2\x80\x9cx\xe2\x80\x9d \xe2\x80\xa6\xc3\xa4",
    6,
    "\"x\" .?\n\n" },
  { "mark-ascii", { 0, 0, 8, 1 }, TRUE, "e\xcc\x81x", 2, "ex\n\n" },
  { "marks-beyond-one", { 0, 0, 8, 1 }, FALSE, "e\xcc\x82\xcc\x81x", 2, "e\xcc\x81x\n\n" },
  { "control", { 0, 0, 8, 1 }, FALSE, "a\x1b[31m", 7, "a^[[31m\n\n" },
  { "override",
    { 0, 0, 8, 1 },
    FALSE,
    "\xe2\x80\xae"
    "x",
    7,
    "\\u202ex\n\n" },
};

static void
test_put (gconstpointer data)
{
  const PutCase *c = data;
  g_autoptr (VhCanvas) canvas = vh_canvas_new (8, 2, c->ascii);
  g_assert_cmpuint (vh_canvas_put (canvas, &c->where, VH_ROLE_BUS, c->text), ==, c->used);
  assert_text (canvas, c->picture);
}

static void
test_half_of_wide (void)
{
  const VhBox second = { .x = 1, .width = 1, .height = 1 };
  const VhBox first = { .x = 2, .width = 1, .height = 1 };
  g_autoptr (VhCanvas) canvas = vh_canvas_new (4, 1, FALSE);
  vh_canvas_put (canvas, &whole_line, VH_ROLE_PLAIN, "\xe6\x97\xa5\xe6\x9c\xac");
  g_assert_cmpuint (vh_canvas_get (canvas, 1, 0)->character, ==, 0);
  vh_canvas_put (canvas, &second, VH_ROLE_PLAIN, "x");
  assert_text (canvas, " x\xe6\x9c\xac\n");
  vh_canvas_put (canvas, &first, VH_ROLE_PLAIN, "y");
  assert_text (canvas, " xy\n");
}

static void
test_roles (void)
{
  const VhBox middle = { .x = 1, .width = 2, .height = 5 };
  g_autoptr (VhCanvas) canvas = vh_canvas_new (4, 2, FALSE);
  vh_canvas_put (canvas, &whole_line, VH_ROLE_BUS, "abcd");
  vh_canvas_set_role (canvas, &middle, VH_ROLE_SELECTED);
  g_autofree char *roles = vh_sink_roles (canvas);
  g_assert_cmpstr (roles, ==, "bSSb\n.SS\n");
  vh_canvas_fill (canvas, &middle, VH_ROLE_TITLE);
  assert_text (canvas, "a  d\n\n");
}

static void
test_lines (gconstpointer data)
{
  gboolean ascii = GPOINTER_TO_INT (data);
  g_autoptr (VhCanvas) canvas = vh_canvas_new (5, 4, ascii);
  vh_canvas_draw_vertical (canvas, 2, 0, 4, VH_ROLE_TREE);
  vh_canvas_draw_horizontal (canvas, 0, 0, 5, VH_ROLE_TREE);
  vh_canvas_draw_horizontal (canvas, 0, 1, 5, VH_ROLE_TREE);
  vh_canvas_draw_horizontal (canvas, 2, 2, 9, VH_ROLE_TREE);
  vh_canvas_draw_horizontal (canvas, 0, 3, 5, VH_ROLE_TREE);
  assert_text (canvas, ascii ? "--+--\n--+--\n  +--\n--+--\n"
                             : "\xe2\x94\x80\xe2\x94\x80\xe2\x94\xac\xe2\x94\x80\xe2\x94\x80\n"
                               "\xe2\x94\x80\xe2\x94\x80\xe2\x94\xbc\xe2\x94\x80\xe2\x94\x80\n"
                               "  \xe2\x94\x9c\xe2\x94\x80\xe2\x94\x80\n"
                               "\xe2\x94\x80\xe2\x94\x80\xe2\x94\xb4\xe2\x94\x80\xe2\x94\x80\n");
}

/* Tag letters tell roles apart in dumps. */
static void
test_tags (void)
{
  g_autoptr (GString) seen = g_string_new (NULL);
  for (guint role = 0; role < VH_N_ROLES; role++)
    {
      const VhRoleLook *look = vh_role_get_look ((VhRole) role);
      g_assert_null (strchr (seen->str, look->tag));
      g_string_append_c (seen, look->tag);
      g_assert_cmpstr (look->svg_foreground, !=, "");
    }
}

/* Relative luminance of the usual palette, of WCAG 2. */
static gdouble
get_luminance (gint color)
{
  static const gdouble luminances[] = { 0.00, 0.13, 0.43, 0.56, 0.05, 0.18, 0.48, 0.78,
                                        0.21, 0.21, 0.72, 0.93, 0.13, 0.28, 0.79, 1.00 };
  return luminances[color];
}

static gdouble
get_contrast (VhColors colors)
{
  const gdouble a = get_luminance (colors.foreground), b = get_luminance (colors.background);
  return (MAX (a, b) + 0.05) / (MIN (a, b) + 0.05);
}

/* Both colours are given, and text can be told from what is behind it even
 * where bold does not make it brighter. */
static void
test_high_contrast (void)
{
  for (guint role = 0; role < VH_N_ROLES; role++)
    {
      const VhStyle style = vh_role_get_style ((VhRole) role, VH_LOOK_CONTRAST);
      g_assert_cmpint (style.colors.foreground, >=, 0);
      g_assert_cmpint (style.colors.background, >=, 0);
      g_assert_cmpfloat (get_contrast (style.colors), >=, 4.5);
      g_assert_cmpint (style.colors.foreground % 8, !=, style.colors.background % 8);
      /* Many terminals make black grey by bold. */
      g_assert_true (style.colors.foreground != 0 || style.attribute == VH_MONO_NORMAL);
    }
}

/* On a white page: dark colours, in which text can be told from it, also where bold makes them
 * brighter. */
static void
test_light (void)
{
  static const gint8 white = 15, black = 0;
  for (guint role = 0; role < VH_N_ROLES; role++)
    {
      const VhStyle style = vh_role_get_style ((VhRole) role, VH_LOOK_LIGHT);
      VhColors seen = style.colors;
      if (seen.foreground < 0)
        seen.foreground = black;
      if (seen.background < 0)
        seen.background = white;
      g_assert_cmpfloat (get_contrast (seen), >=, 4.5);
      if (style.attribute == VH_MONO_BOLD && seen.foreground > 0 && seen.foreground < 8)
        seen.foreground = (gint8) (seen.foreground + 8);
      g_assert_cmpfloat (get_contrast (seen), >=, 4.5);
    }
}

/* In mono what must not be missed has an attribute, and no look but its own
 * has colours. */
static void
test_mono (void)
{
  static const VhRole loud[] = { VH_ROLE_TITLE,   VH_ROLE_SELECTED, VH_ROLE_ERROR,
                                 VH_ROLE_WARNING, VH_ROLE_CHANGED,  VH_ROLE_MATCH };
  for (guint role = 0; role < VH_N_ROLES; role++)
    {
      const VhStyle style = vh_role_get_style ((VhRole) role, VH_LOOK_MONO);
      g_assert_cmpint (style.colors.foreground, ==, -1);
      g_assert_cmpint (style.colors.background, ==, -1);
    }
  for (guint i = 0; i < G_N_ELEMENTS (loud); i++)
    g_assert_cmpint (vh_role_get_style (loud[i], VH_LOOK_MONO).attribute, !=, VH_MONO_NORMAL);
}

static void
test_glyphs (void)
{
  for (guint glyph = 0; glyph < VH_N_GLYPHS; glyph++)
    {
      const char *ascii = vh_glyph_to_string ((VhGlyph) glyph, TRUE);
      g_assert_true (g_str_is_ascii (ascii));
      g_assert_cmpuint (strlen (ascii), ==, glyph == VH_GLYPH_ELLIPSIS ? 2 : 1);
      g_assert_cmpuint (vh_text_width (vh_glyph_to_string ((VhGlyph) glyph, FALSE)), ==, 1);
    }
}

/* What is found is tagged m; the right half of a wide character with it. */
static void
test_mark (void)
{
  static const struct {
    const char *text, *needle, *roles;
  } table[] = {
    { "port PORT", "port", "mmmm.mmmm" },
    { "a.b a.b", ".", ".m...m." },
    { "aaa", "aa", "mmm" },
    { "\xe6\x97\xa5\xe6\x9c\xac"
      "a",
      "\xe6\x9c\xac", "..mm." },
    { "ne\xcc\x81x", "e\xcc\x81", ".m." },
    { "STRASSE", "\xc3\x9f", "......." },
    { "port", "ports", "...." },
    { "port", "", "...." },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const guint width = (guint) strlen (table[i].roles);
      const VhBox line = { .width = width, .height = 1 };
      g_autoptr (VhCanvas) canvas = vh_canvas_new (width, 1, FALSE);
      vh_canvas_put (canvas, &line, VH_ROLE_PLAIN, table[i].text);
      const gboolean found = vh_canvas_mark (canvas, &line, VH_ROLE_MATCH, table[i].needle);
      g_autoptr (GString) roles = g_string_new (NULL);
      for (guint x = 0; x < width; x++)
        g_string_append_c (roles,
                           vh_role_get_look ((VhRole) vh_canvas_get (canvas, x, 0)->role)->tag);
      g_assert_cmpstr (roles->str, ==, table[i].roles);
      g_assert_true (found == (strchr (roles->str, 'm') != NULL));
    }
}

/* What a terminal has to draw of a picture that comes after another. */
static void
test_changes (void)
{
  const char *const lines[] = { "one", "two", "three" };
  g_autoptr (VhCanvas) before = vh_canvas_new (10, 3, FALSE);
  g_autoptr (VhCanvas) moved = vh_canvas_new (10, 3, FALSE);
  g_autoptr (VhCanvas) narrow = vh_canvas_new (9, 3, FALSE);
  for (guint y = 0; y < 3; y++)
    {
      VhBox line = { .y = y, .width = 10, .height = 1 };
      vh_canvas_put (before, &line, VH_ROLE_PLAIN, lines[y]);
      vh_canvas_put (moved, &line, VH_ROLE_PLAIN, y < 2 ? lines[y + 1] : "four");
    }
  g_assert_cmpuint (vh_canvas_count_changes (NULL, before), ==, strlen ("onetwothree"));
  g_assert_cmpuint (vh_canvas_count_changes (narrow, before), ==, strlen ("onetwothree"));
  g_assert_cmpuint (vh_canvas_count_changes (before, before), ==, 0);
  g_assert_cmpuint (vh_canvas_count_changes (before, moved), ==, strlen ("four"));
  const VhBox word = { .width = 3, .height = 1 };
  vh_canvas_set_role (before, &word, VH_ROLE_SELECTED);
  g_assert_cmpuint (vh_canvas_count_changes (moved, before), ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/canvas/empty", test_empty);
  for (gsize i = 0; i < G_N_ELEMENTS (put_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/canvas/put/%s", put_cases[i].name);
      g_test_add_data_func (path, &put_cases[i], test_put);
    }
  g_test_add_func ("/canvas/half-of-wide", test_half_of_wide);
  g_test_add_func ("/canvas/roles", test_roles);
  g_test_add_data_func ("/canvas/lines/utf-8", GINT_TO_POINTER (FALSE), test_lines);
  g_test_add_data_func ("/canvas/lines/ascii", GINT_TO_POINTER (TRUE), test_lines);
  g_test_add_func ("/canvas/tags", test_tags);
  g_test_add_func ("/canvas/high-contrast", test_high_contrast);
  g_test_add_func ("/canvas/light", test_light);
  g_test_add_func ("/canvas/mono", test_mono);
  g_test_add_func ("/canvas/glyphs", test_glyphs);
  g_test_add_func ("/canvas/mark", test_mark);
  g_test_add_func ("/canvas/changes", test_changes);
  return g_test_run ();
}
