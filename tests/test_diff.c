/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/diff.h"
#include "tests/sample.h"

#include <stdlib.h>
#include <string.h>

static char *
diff (const char *before, const char *after)
{
  g_autoptr (VhDocument) a = sample_parse (before);
  g_autoptr (VhDocument) b = sample_parse (after);
  g_autoptr (GPtrArray) lines = vh_diff_new (a, b);
  return vh_diff_format (lines, "a", "b");
}

typedef struct {
  const char *name, *before, *after, *expected;
} Row;

static const Row rows[] = {
  { "equal", "<a>\n</a>\n", "<a>\n</a>\n", "" },
  { "one-line", "<a/>\n", "<b/>\n", "--- a\n+++ b\n@@ -1 +1 @@\n-<a/>\n+<b/>\n" },
  { "context", "<a>\n1\n2\n3\n4\n5\n6\n7\n8\n9\n</a>\n", "<a>\n1\n2\n3\n4\nx\n6\n7\n8\n9\n</a>\n",
    "--- a\n+++ b\n@@ -3,7 +3,7 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n" },
  { "added", "<a>\n1\n2\n</a>\n", "<a>\n1\nx\ny\n2\n</a>\n",
    "--- a\n+++ b\n@@ -1,4 +1,6 @@\n <a>\n 1\n+x\n+y\n 2\n </a>\n" },
  { "two-hunks", "<a>\n1\n2\n3\n4\n5\n6\n7\n8\n9\n</a>\n", "<a>\nx\n2\n3\n4\n5\n6\n7\n8\ny\n</a>\n",
    "--- a\n+++ b\n@@ -1,5 +1,5 @@\n <a>\n-1\n+x\n 2\n 3\n 4\n@@ -7,5 +7,5 @@\n 6\n 7\n "
    "8\n-9\n+y\n "
    "</a>\n" },
  { "six-between", "<a>\n1\n2\n3\n4\n5\n6\n7\n8\n</a>\n", "<a>\nx\n2\n3\n4\n5\n6\n7\ny\n</a>\n",
    "--- a\n+++ b\n@@ -1,10 +1,10 @@\n <a>\n-1\n+x\n 2\n 3\n 4\n 5\n 6\n 7\n-8\n+y\n </a>\n" },
  { "no-newline", "<a>\n</a>", "<a>\n1\n</a>",
    "--- a\n+++ b\n@@ -1,2 +1,3 @@\n <a>\n+1\n </a>\n\\ No newline at end of file\n" },
  { "newline-added", "<a/>", "<a/>\n",
    "--- a\n+++ b\n@@ -1 +1 @@\n-<a/>\n\\ No newline at end of file\n+<a/>\n" },
  { "crlf", "<a>\r\n1\r\n</a>\r\n", "<a>\r\n2\r\n</a>\r\n",
    "--- a\n+++ b\n@@ -1,3 +1,3 @@\n <a>\r\n-1\r\n+2\r\n </a>\r\n" },
  { "password", "<domain>\n<graphics type='vnc' passwd='tops3cret' port='1'/>\n</domain>\n",
    "<domain>\n<graphics type='vnc' passwd='tops3cret' port='2'/>\n</domain>\n",
    "--- a\n+++ b\n@@ -1,3 +1,3 @@\n <domain>\n-<graphics type='vnc' passwd='***' port='1'/>\n"
    "+<graphics type='vnc' passwd='***' port='2'/>\n </domain>\n" },
  { "password-changed", "<domain><graphics passwd=\"one\"/></domain>\n",
    "<domain><graphics passwd=\"two\"/></domain>\n",
    "--- a\n+++ b\n@@ -1 +1 @@\n-<domain><graphics passwd=\"***\"/></domain>\n"
    "+<domain><graphics passwd=\"***\"/></domain>\n" },
  { "passwd-elsewhere", "<domain><x passwd='1'/></domain>\n", "<domain><x passwd='2'/></domain>\n",
    "--- a\n+++ b\n@@ -1 +1 @@\n-<domain><x passwd='1'/></domain>\n+<domain><x "
    "passwd='2'/></domain>\n" },
  { "cookie",
    "<disk>\n<cookies><cookie name='a'>s3\ncret</cookie><cookie "
    "name='b'>t</cookie></cookies>\n</disk>\n",
    "<disk>\n<x/>\n<cookies><cookie name='a'>s3\ncret</cookie><cookie "
    "name='b'>t</cookie></cookies>\n"
    "</disk>\n",
    "--- a\n+++ b\n@@ -1,4 +1,5 @@\n <disk>\n+<x/>\n <cookies><cookie name='a'>***\n "
    "***</cookie><cookie "
    "name='b'>***</cookie></cookies>\n </disk>\n" },
};

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autofree char *text = diff (row->before, row->after);
  g_assert_cmpstr (text, ==, row->expected);
}

/* The hunks of `lines` put into `before` give `after`: what patch(1) does. */
static char *
patch (const char *before, const GPtrArray *lines)
{
  g_auto (GStrv) old = g_strsplit (before, "\n", -1);
  g_autoptr (GString) text = g_string_new (NULL);
  guint at = 0;
  for (guint i = 0; i < lines->len; i++)
    {
      const VhDiffLine *line = g_ptr_array_index (lines, i);
      if (line->kind == '@')
        {
          const guint64 first = g_ascii_strtoull (line->text + strlen ("@@ -"), NULL, 10);
          gboolean is_empty = strstr (line->text, ",0 +") != NULL;
          while (at + (is_empty ? 0 : 1) < first)
            g_string_append_printf (text, "%s\n", old[at++]);
          continue;
        }
      if (line->kind != '+')
        {
          g_assert_cmpstr (old[at], ==, line->text);
          at++;
        }
      if (line->kind != '-')
        g_string_append_printf (text, "%s\n", line->text);
    }
  for (; old[at] && old[at][0]; at++)
    g_string_append_printf (text, "%s\n", old[at]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Few different lines, so that there are many ways to match them. */
static char *
random_text (guint n_lines, guint n_words)
{
  GString *text = g_string_new ("<a>\n");
  for (guint i = 0; i < n_lines; i++)
    g_string_append_printf (text, "%d\n", g_test_rand_int_range (0, (gint32) n_words));
  g_string_append (text, "</a>\n");
  return g_string_free (text, FALSE);
}

static guint
count (const GPtrArray *lines, char kind)
{
  guint n = 0;
  for (guint i = 0; i < lines->len; i++)
    n += ((const VhDiffLine *) g_ptr_array_index (lines, i))->kind == kind;
  return n;
}

/* Length of the longest common subsequence, the slow and certain way. */
static guint
common_lines (const char *before, const char *after)
{
  g_auto (GStrv) a = g_strsplit (before, "\n", -1);
  g_auto (GStrv) b = g_strsplit (after, "\n", -1);
  guint m = g_strv_length (b);
  g_autofree guint *best = g_new0 (guint, m + 1);
  for (guint i = 0; a[i]; i++)
    for (guint k = 0, diagonal = 0; k < m; k++)
      {
        guint above = best[k + 1];
        best[k + 1] = g_str_equal (a[i], b[k]) ? diagonal + 1 : MAX (above, best[k]);
        diagonal = above;
      }
  return best[m] - 1;
}

static void
test_random (void)
{
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *before = random_text ((guint) g_test_rand_int_range (0, 40), 4);
      g_autofree char *after = random_text ((guint) g_test_rand_int_range (0, 40), 4);
      g_autoptr (VhDocument) a = sample_parse (before);
      g_autoptr (VhDocument) b = sample_parse (after);
      g_autoptr (GPtrArray) lines = vh_diff_new (a, b);
      g_autofree char *patched = patch (before, lines);
      g_assert_cmpstr (patched, ==, after);
      g_auto (GStrv) old = g_strsplit (before, "\n", -1);
      g_assert_cmpuint (g_strv_length (old) - 1 - count (lines, '-'), ==,
                        common_lines (before, after));
    }
}

/* More changes than are searched for. */
static void
test_all_new (void)
{
  g_autofree char *before = random_text (6000, 1000000);
  g_autofree char *after = random_text (5000, 1000000);
  g_autoptr (VhDocument) a = sample_parse (before);
  g_autoptr (VhDocument) b = sample_parse (after);
  g_autoptr (GPtrArray) lines = vh_diff_new (a, b);
  g_autofree char *patched = patch (before, lines);
  g_assert_cmpstr (patched, ==, after);
}

static void
test_without_secrets (void)
{
  g_autoptr (VhDocument) document = sample_parse (
      "<domain>\n  <graphics type='vnc'\n    passwd = 'a&lt;b' port='1'/>\n  <source>\n    "
      "<cookies>\n"
      "      <cookie name='x'>1</cookie>\n      <cookie name='y'>2</cookie>\n    </cookies>\n  "
      "</source>\n"
      "  <graphics type='spice' passwd=\"c\" passwdValidTo='2030-01-01T00:00:00'/>\n</domain>\n");
  guint n_secrets = 0;
  g_autofree char *text = vh_diff_dup_text_without_secrets (document, &n_secrets);
  g_assert_cmpuint (n_secrets, ==, 4);
  g_assert_cmpstr (text, ==,
                   "<domain>\n  <graphics type='vnc' port='1'/>\n  <source>\n  </source>\n"
                   "  <graphics type='spice' passwdValidTo='2030-01-01T00:00:00'/>\n</domain>\n");
}

static void
test_without_secrets_none (void)
{
  static const char text[] = "<domain><graphics type='vnc'/><cookies/><cookie>x</cookie></domain>";
  g_autoptr (VhDocument) document = sample_parse (text);
  guint n_secrets = 7;
  g_autofree char *same = vh_diff_dup_text_without_secrets (document, &n_secrets);
  g_assert_cmpuint (n_secrets, ==, 0);
  g_assert_cmpstr (same, ==, text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/diff/%s", rows[i].name);
      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/diff/random", test_random);
  g_test_add_func ("/diff/all-new", test_all_new);
  g_test_add_func ("/diff/without-secrets", test_without_secrets);
  g_test_add_func ("/diff/without-secrets-none", test_without_secrets_none);
  return g_test_run ();
}
