/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/text.h"

#include <string.h>

typedef struct {
  const char *name;
  const char *text;
  guint width;
} WidthCase;

static const WidthCase width_cases[] = {
  { "empty", "", 0 },
  { "ascii", "root", 4 },
  { "box", "\xe2\x94\x9c\xe2\x94\x80", 2 },
  { "wide", "\xe6\x97\xa5\xe6\x9c\xac", 4 },
  { "combining", "e\xcc\x81", 1 },
  { "fullwidth", "\xef\xbc\xa1", 2 },
};

static void
test_width (gconstpointer data)
{
  const WidthCase *c = data;
  g_assert_cmpuint (vh_text_width (c->text), ==, c->width);
}

typedef struct {
  const char *name;
  const char *text;
  const char *visible;
} VisibleCase;

static const VisibleCase visible_cases[] = {
  { "plain", "web-01 / disk", "web-01 / disk" },
  { "escape", "\x1b[2J", "^[[2J" },
  { "newline", "a\nb\tc\r", "a^Jb^Ic^M" },
  { "delete", "\x7f", "^?" },
  { "c1", "\xc2\x9b", "\\u009b" },
  { "override",
    "a\xe2\x80\xae"
    "b",
    "a\\u202eb" },
  { "isolate", "\xe2\x81\xa6", "\\u2066" },
  { "mark", "\xe2\x80\x8f", "\\u200f" },
  { "line-separator", "\xe2\x80\xa8", "\\u2028" },
  { "zero-width-space", "a\xe2\x80\x8b", "a\\u200b" },
  { "byte-order-mark", "\xef\xbb\xbf", "\\ufeff" },
  { "variation-selector", "\xe2\x9c\x94\xef\xb8\x8f", "\xe2\x9c\x94\\ufe0f" },
  { "tag", "\xf3\xa0\x81\x81", "\\U000e0041" },
  { "filler", "\xe3\x85\xa4", "\\u3164" },
  { "noncharacter", "\xef\xbf\xbf", "\\uffff" },
  { "invalid", "a\xff\xfe", "a\\xff\\xfe" },
  { "truncated", "\xe6\x97", "\\xe6\\x97" },
  { "surrogate", "\xed\xa0\x80", "\\xed\\xa0\\x80" },
  { "accents", "\xc3\xa9\xcc\x82", "\xc3\xa9\xcc\x82" },
  { "lone-accent", "\xcc\x81", "\\u0301" },
  { "accent-after-escape", "\n\xcc\x81", "^J\\u0301" },
};

static void
test_visible (gconstpointer data)
{
  const VisibleCase *c = data;
  g_autofree char *visible = vh_text_dup_visible (c->text);
  g_assert_cmpstr (visible, ==, c->visible);
  g_autofree char *again = vh_text_dup_visible (visible);
  g_assert_cmpstr (again, ==, visible);
}

typedef struct {
  const char *name;
  const char *text;
  guint width;
  const char *ellipsis;
  const char *clipped;
} ClipCase;

static const ClipCase clip_cases[] = {
  { "fits", "abc", 3, "\xe2\x80\xa6", "abc" },
  { "cut", "abcd", 3, "\xe2\x80\xa6", "ab\xe2\x80\xa6" },
  { "ascii", "abcdef", 5, "..", "abc.." },
  { "none", "abc", 0, "..", "" },
  { "narrow", "abc", 1, "..", "." },
  { "wide-does-not-fit", "\xe6\x97\xa5\xe6\x9c\xac", 3, "\xe2\x80\xa6",
    "\xe6\x97\xa5\xe2\x80\xa6" },
  { "wide-half", "\xe6\x97\xa5\xe6\x9c\xac", 2, "\xe2\x80\xa6", "\xe2\x80\xa6" },
  { "keeps-mark",
    "e\xcc\x81"
    "bc",
    2, "\xe2\x80\xa6", "e\xcc\x81\xe2\x80\xa6" },
  { "makes-visible", "a\nb", 3, "\xe2\x80\xa6", "a^\xe2\x80\xa6" },
};

static void
test_clip (gconstpointer data)
{
  const ClipCase *c = data;
  g_autofree char *clipped = vh_text_clip (c->text, c->width, c->ellipsis);
  g_assert_cmpstr (clipped, ==, c->clipped);
}

typedef struct {
  const char *name;
  const char *text;
  guint width;
  const char *lines; /* joined by | */
} WrapCase;

static const WrapCase wrap_cases[] = {
  { "empty", "", 10, "" },
  { "one", "a bus", 10, "a bus" },
  { "exact", "hot plug", 8, "hot plug" },
  { "breaks", "hot plug is off", 8, "hot plug|is off" },
  { "long-word", "abcdefghij k", 4, "abcd|efgh|ij k" },
  { "word-then-long", "ab cdefghij", 4, "ab|cdef|ghij" },
  { "spaces", "a   b", 3, "a|b" },
  { "wide", "\xe6\x97\xa5\xe6\x9c\xac", 3, "\xe6\x97\xa5|\xe6\x9c\xac" },
  { "too-narrow-for-wide",
    "\xe6\x97\xa5"
    "a",
    1, "\xe6\x97\xa5|a" },
  { "trailing", "ab ", 2, "ab" },
  { "marks-stay",
    "e\xcc\x81"
    "e\xcc\x81",
    1, "e\xcc\x81|e\xcc\x81" },
  { "zero", "ab", 0, "a|b" },
};

static void
test_wrap (gconstpointer data)
{
  const WrapCase *c = data;
  g_auto (GStrv) lines = vh_text_wrap (c->text, c->width);
  g_autofree char *joined = g_strjoinv ("|", lines);
  g_assert_cmpstr (joined, ==, c->lines);
  g_assert_cmpuint (g_strv_length (lines), >=, 1);
}

#define ADD(table, function)                                                                       \
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)                                                 \
    {                                                                                              \
      g_autofree char *path = g_strdup_printf ("/text/" #function "/%s", table[i].name);           \
      g_test_add_data_func (path, &table[i], test_##function);                                     \
    }

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD (width_cases, width)
  ADD (visible_cases, visible)
  ADD (clip_cases, clip)
  ADD (wrap_cases, wrap)
  return g_test_run ();
}
