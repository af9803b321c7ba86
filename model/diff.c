/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/diff.h"

#include <string.h>

#include "model/secrets.h"

#define CONTEXT 3

/* More changes than this and what is left is shown as replaced as a whole:
 * the search takes time and memory by the square of them. */
#define MAX_CHANGES 2048

typedef struct {
  const char *text;
  GArray *secrets;
  GArray *starts; /* of guint32: where each line begins, and the end of the text */
} Side;

/* What becomes of the lines of both sides: one character a step, ' ' for a
 * line of both, '-' for one of `before`, '+' for one of `after`. */
typedef GString Script;

static void
side_init (Side *side, const VhDocument *document)
{
  gsize length;
  side->text = vh_document_get_text (document, &length);
  side->secrets = vh_secrets_new (document);
  side->starts = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (gsize at = 0; at < length;)
    {
      guint32 start = (guint32) at;
      g_array_append_val (side->starts, start);
      const char *end = memchr (side->text + at, '\n', length - at);
      at = end ? (gsize) (end - side->text) + 1 : length;
    }
  guint32 total = (guint32) length;
  g_array_append_val (side->starts, total);
}

static void
side_clear (Side *side)
{
  g_array_unref (side->secrets);
  g_array_unref (side->starts);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Side, side_clear)

static int
n_lines (const Side *side)
{
  return (int) side->starts->len - 1;
}

static guint32
line_start (const Side *side, int line)
{
  return g_array_index (side->starts, guint32, line);
}

static gboolean
lines_equal (const Side *before, int a, const Side *after, int b)
{
  guint32 begin_a = line_start (before, a), begin_b = line_start (after, b);
  guint32 length = line_start (before, a + 1) - begin_a;
  return length == line_start (after, b + 1) - begin_b &&
         memcmp (before->text + begin_a, after->text + begin_b, length) == 0;
}

/* Myers' greedy search: furthest[k] is the furthest line of `before` reached on
 * diagonal k with d changes; a copy of each round leads back. */
typedef struct {
  const Side *before, *after;
  int first;         /* lines trimmed from both heads */
  int n, m;          /* lines of each side that are left */
  GPtrArray *rounds; /* of int[], with diagonals -d..d */
} Search;

static int
furthest_of (const Search *search, int d, int k)
{
  if (k < -d || k > d)
    return -1;
  const int *round = g_ptr_array_index (search->rounds, d);
  return round[k + d];
}

/* Does the best way to diagonal k with d changes come by a new line? */
static gboolean
comes_down (const Search *search, int d, int k)
{
  return k == -d ||
         (k != d && furthest_of (search, d - 1, k - 1) < furthest_of (search, d - 1, k + 1));
}

static int
step_to (const Search *search, int d, int k)
{
  if (d == 0)
    return 0;
  return comes_down (search, d, k) ? furthest_of (search, d - 1, k + 1)
                                   : furthest_of (search, d - 1, k - 1) + 1;
}

static int
slide (const Search *search, int x, int k)
{
  while (x < search->n && x - k < search->m &&
         lines_equal (search->before, search->first + x, search->after, search->first + x - k))
    x++;
  return x;
}

/* One more change; TRUE when both ends are reached. */
static gboolean
search_round (Search *search, int d)
{
  int *round = g_new (int, 2 * d + 1);
  for (int k = -d; k <= d; k++)
    round[k + d] = -1;
  g_ptr_array_add (search->rounds, round);
  for (int k = -d; k <= d; k += 2)
    {
      int x = step_to (search, d, k);
      if (x < 0 || x > search->n || x - k < 0 || x - k > search->m)
        continue;
      round[k + d] = slide (search, x, k);
      if (round[k + d] == search->n && k == search->n - search->m)
        return TRUE;
    }
  return FALSE;
}

/* Written from the end to the beginning, so turned round at last. */
static void
walk_back (const Search *search, Script *script)
{
  g_autoptr (GString) back = g_string_new (NULL);
  int x = search->n, k = search->n - search->m;
  for (int d = (int) search->rounds->len - 1; d >= 0; d--)
    {
      int from = step_to (search, d, k);
      for (; x > from; x--)
        g_string_append_c (back, ' ');
      if (d == 0)
        break;
      gboolean down = comes_down (search, d, k);
      g_string_append_c (back, down ? '+' : '-');
      x = down ? from : from - 1;
      k = down ? k + 1 : k - 1;
    }
  g_strreverse (back->str);
  g_string_append_len (script, back->str, (gssize) back->len);
}

static void
append_run (Script *script, char kind, int count)
{
  gsize length = script->len;
  g_string_set_size (script, length + (gsize) count);
  memset (script->str + length, kind, (gsize) count);
}

static void
script_middle (Search *search, Script *script)
{
  search->rounds = g_ptr_array_new_with_free_func (g_free);
  gboolean found = FALSE;
  for (int d = 0; !found && d <= MIN (MAX_CHANGES, search->n + search->m); d++)
    found = search_round (search, d);
  if (found)
    walk_back (search, script);
  else
    {
      append_run (script, '-', search->n);
      append_run (script, '+', search->m);
    }
  g_ptr_array_unref (search->rounds);
}

static Script *
script_new (const Side *before, const Side *after)
{
  int n = n_lines (before), m = n_lines (after), head = 0, tail = 0;
  while (head < MIN (n, m) && lines_equal (before, head, after, head))
    head++;
  while (tail < MIN (n, m) - head && lines_equal (before, n - 1 - tail, after, m - 1 - tail))
    tail++;
  Search search = { before, after, head, n - head - tail, m - head - tail, NULL };
  Script *script = g_string_new (NULL);
  append_run (script, ' ', head);
  script_middle (&search, script);
  append_run (script, ' ', tail);
  return script;
}

/* The line as it may be shown. */
static char *
line_text (const Side *side, guint32 begin, guint32 end)
{
  GString *text = g_string_new (NULL);
  guint32 at = begin;
  for (guint i = 0; i < side->secrets->len; i++)
    {
      const VhSecret *secret = &g_array_index (side->secrets, VhSecret, i);
      if (secret->end <= begin || secret->begin >= end)
        continue;
      guint32 from = MAX (secret->begin, begin);
      g_string_append_len (text, side->text + at, (gssize) (from - at));
      g_string_append (text, VH_SECRETS_MASK);
      at = MIN (secret->end, end);
    }
  g_string_append_len (text, side->text + at, (gssize) (end - at));
  return g_string_free (text, FALSE);
}

static VhDiffLine *
line_new (const Side *side, int line, char kind)
{
  guint32 begin = line_start (side, line), end = line_start (side, line + 1);
  VhDiffLine *diff_line = g_new0 (VhDiffLine, 1);
  diff_line->kind = kind;
  diff_line->end = "";
  if (side->text[end - 1] == '\n')
    {
      gboolean crlf = end - begin > 1 && side->text[end - 2] == '\r';
      diff_line->end = crlf ? "\r\n" : "\n";
      end -= crlf ? 2 : 1;
    }
  diff_line->text = line_text (side, begin, end);
  return diff_line;
}

/* Numbered as `diff -u` does: an empty side counts from the line before. */
static char *
format_range (int first, int count)
{
  if (count == 1)
    return g_strdup_printf ("%d", first + 1);
  return g_strdup_printf ("%d,%d", count == 0 ? first : first + 1, count);
}

typedef struct {
  gsize step; /* of the script */
  int a, b;   /* the lines of both sides it stands at */
} Cursor;

static void
advance (Cursor *cursor, const Script *script)
{
  char kind = script->str[cursor->step++];
  cursor->a += kind != '+';
  cursor->b += kind != '-';
}

static void
push_header (GPtrArray *lines, Cursor from, const Script *script, gsize end)
{
  Cursor to = from;
  while (to.step < end)
    advance (&to, script);
  g_autofree char *range_a = format_range (from.a, to.a - from.a);
  g_autofree char *range_b = format_range (from.b, to.b - from.b);
  VhDiffLine *line = g_new0 (VhDiffLine, 1);
  line->kind = '@';
  line->text = g_strdup_printf ("@@ -%s +%s @@", range_a, range_b);
  line->end = "\n";
  g_ptr_array_add (lines, line);
}

/* The last step of the hunk that begins with the change at `step`: changes
 * with less than two contexts between them are one hunk. */
static gsize
hunk_end (const Script *script, gsize step)
{
  gsize end = step + 1;
  for (gsize i = end; i < script->len && i - end <= 2 * CONTEXT; i++)
    if (script->str[i] != ' ')
      end = i + 1;
  return MIN (end + CONTEXT, script->len);
}

static void
push_hunk (GPtrArray *lines, const Side *before, const Side *after, const Script *script,
           Cursor *cursor)
{
  gsize change = cursor->step;
  while (script->str[change] == ' ')
    change++;
  gsize end = hunk_end (script, change);
  while (cursor->step + CONTEXT < change)
    advance (cursor, script);
  push_header (lines, *cursor, script, end);
  for (; cursor->step < end; advance (cursor, script))
    {
      char kind = script->str[cursor->step];
      g_ptr_array_add (lines, kind == '+' ? line_new (after, cursor->b, kind)
                                          : line_new (before, cursor->a, kind));
    }
}

static void
line_free (gpointer data)
{
  VhDiffLine *line = data;
  g_free (line->text);
  g_free (line);
}

GPtrArray *
vh_diff_new (const VhDocument *before, const VhDocument *after)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (line_free);
  if (before == after)
    return lines;
  g_auto (Side) a = { 0 };
  g_auto (Side) b = { 0 };
  side_init (&a, before);
  side_init (&b, after);
  g_autoptr (GString) script = script_new (&a, &b);
  Cursor cursor = { 0 };
  while (strpbrk (script->str + cursor.step, "+-"))
    push_hunk (lines, &a, &b, script, &cursor);
  return lines;
}

char *
vh_diff_format (const GPtrArray *lines, const char *before_label, const char *after_label)
{
  GString *text = g_string_new (NULL);
  if (lines->len > 0)
    g_string_append_printf (text, "--- %s\n+++ %s\n", before_label, after_label);
  for (guint i = 0; i < lines->len; i++)
    {
      const VhDiffLine *line = g_ptr_array_index (lines, i);
      if (line->kind != '@')
        g_string_append_c (text, line->kind);
      g_string_append (text, line->text);
      g_string_append (text, *line->end ? line->end : "\n\\ No newline at end of file\n");
    }
  return g_string_free (text, FALSE);
}

char *
vh_diff_dup_text_without_secrets (const VhDocument *document, guint *n_secrets)
{
  gsize length;
  const char *text = vh_document_get_text (document, &length);
  g_autoptr (GArray) secrets = vh_secrets_new (document);
  GString *shown = g_string_sized_new (length);
  guint32 at = 0;
  for (guint i = 0; i < secrets->len; i++)
    {
      const VhSecret *secret = &g_array_index (secrets, VhSecret, i);
      if (secret->cut_begin < at)
        continue;
      g_string_append_len (shown, text + at, (gssize) (secret->cut_begin - at));
      at = secret->cut_end;
    }
  g_string_append_len (shown, text + at, (gssize) (length - at));
  *n_secrets = secrets->len;
  return g_string_free (shown, FALSE);
}
