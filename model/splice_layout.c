/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/splice_layout.h"

#include "model/document_text.h"

#include <string.h>

typedef struct {
  const char *line_start; /* NULL: no line breaks */
  const char *unit;
  char quote;
} Layout;

static guint32
skip_blanks_back (const char *text, guint32 offset)
{
  while (offset > 0 && (text[offset - 1] == ' ' || text[offset - 1] == '\t'))
    offset--;
  return offset;
}

guint32
vh_splice_layout_skip_space_back (const char *text, guint32 limit, guint32 offset)
{
  while (offset > limit && vh_document_text_is_space (text[offset - 1]))
    offset--;
  return offset;
}

/* The line break that ends just before `offset`; "" when there is none. */
static const char *
line_break_before (const char *text, guint32 offset)
{
  if (offset > 1 && text[offset - 2] == '\r' && text[offset - 1] == '\n')
    return "\r\n";
  if (offset > 0 && text[offset - 1] == '\n')
    return "\n";
  return offset > 0 && text[offset - 1] == '\r' ? "\r" : "";
}

/* The first one of the text; "" when it has none. */
static const char *
first_line_break (const char *text)
{
  gsize length = strcspn (text, "\r\n");
  if (text[length] == '\0')
    return "";
  guint32 end = (guint32) length + 1;
  return line_break_before (text, text[end - 1] == '\r' && text[end] == '\n' ? end + 1 : end);
}

/* The line break and indentation before `offset`; NULL when something else stands before it on its
 * line, or when the text has no lines. */
static char *
dup_line_start (const VhDocument *document, guint32 offset)
{
  const char *text = vh_document_get_text (document, NULL);
  guint32 blanks = skip_blanks_back (text, offset);
  const char *line_break = line_break_before (text, blanks);
  gboolean first_line = blanks == 0 || (blanks == 3 && g_str_has_prefix (text, "\xEF\xBB\xBF"));
  if (first_line)
    line_break = first_line_break (text);
  if (*line_break == '\0')
    return NULL;
  g_autofree char *indentation = g_strndup (text + blanks, offset - blanks);
  return g_strconcat (line_break, indentation, NULL);
}

static char *
dup_element_line_start (const VhDocument *document, guint element)
{
  return dup_line_start (document, vh_document_get_element (document, element)->begin);
}

/* How much further in the child is; NULL when that cannot be told. */
static char *
dup_step (const VhDocument *document, guint parent, guint child)
{
  g_autofree char *outer = dup_element_line_start (document, parent);
  g_autofree char *inner = dup_element_line_start (document, child);
  if (!outer || !inner || !g_str_has_prefix (inner, outer) || strlen (inner) == strlen (outer))
    return NULL;
  return g_strdup (inner + strlen (outer));
}

/* What one level of indentation adds, near `element`. */
static char *
dup_unit (const VhDocument *document, guint element)
{
  char *step = NULL;
  guint child = element;
  gint32 parent = vh_document_get_element (document, child)->parent;
  while (parent >= 0 && !step)
    {
      step = dup_step (document, (guint) parent, child);
      child = (guint) parent;
      parent = vh_document_get_element (document, child)->parent;
    }
  gint32 first = vh_document_find_first_child (document, 0);
  if (!step && first >= 0)
    step = dup_step (document, 0, (guint) first);
  return step ? step : g_strdup ("  ");
}

char
vh_splice_layout_find_quote (const VhDocument *document, guint element)
{
  const char *text = vh_document_get_text (document, NULL);
  for (gint32 i = (gint32) element; i >= 0;
       i = vh_document_get_element (document, (guint) i)->parent)
    {
      guint32 tag = vh_document_get_element (document, (guint) i)->begin;
      guint32 position = vh_document_text_skip_name (text, tag);
      VhTextAttribute attribute = { 0 };
      while (vh_document_text_next_attribute (text, &position, &attribute))
        continue;
      if (attribute.value > 0)
        return text[attribute.value - 1];
    }
  return '\'';
}

/* One value of a tag with the quotes of the text around, unless it holds such
 * a quote. `raw` begins with a quote; returns the rest behind the value. */
static const char *
append_quoted (GString *out, const char *raw, char quote)
{
  const char *close = strchr (raw + 1, *raw);
  g_assert (close);
  gsize length = (gsize) (close - raw) - 1;
  char used = quote;
  if (memchr (raw + 1, quote, length))
    used = *raw;
  g_string_append_c (out, used);
  g_string_append_len (out, raw + 1, (gssize) length);
  g_string_append_c (out, used);
  return close + 1;
}

static void
append_line (GString *out, const char *line, char quote)
{
  gboolean in_tag = FALSE;
  const char *p = line;
  while (*p)
    {
      if (*p == '<' || *p == '>')
        in_tag = *p == '<';
      if (in_tag && (*p == '\'' || *p == '"'))
        p = append_quoted (out, p, quote);
      else
        g_string_append_c (out, *p++);
    }
}

static void
append_markup (GString *out, const char *markup, const Layout *layout)
{
  g_auto (GStrv) lines = g_strsplit (markup, "\n", -1);
  for (char **line = lines; *line; line++)
    {
      gsize depth = strspn (*line, " ");
      if (layout->line_start)
        g_string_append (out, layout->line_start);
      for (gsize level = 0; layout->line_start && level < depth / 2; level++)
        g_string_append (out, layout->unit);
      append_line (out, *line + depth, layout->quote);
    }
}

static gint32
find_last_child (const VhDocument *document, guint parent)
{
  gint32 last = -1;
  for (gint32 i = vh_document_find_first_child (document, parent); i >= 0;
       i = vh_document_find_next_sibling (document, (guint) i))
    last = i;
  return last;
}

static gboolean
has_line_break (const char *text, guint32 begin, guint32 end)
{
  return memchr (text + begin, '\n', end - begin) || memchr (text + begin, '\r', end - begin);
}

/* Children for a parent that has nothing but white space. */
static void
append_first (GString *out, const VhDocument *document, guint parent, const char *markup,
              const Layout *inner)
{
  const char *text = vh_document_get_text (document, NULL);
  const VhElement *element = vh_document_get_element (document, parent);
  gboolean is_tag = element->end == element->tag_end;
  guint32 close = vh_document_text_find_end_tag (text, element->tag_end, element->end);
  if (is_tag)
    g_string_append_c (out, '>');
  append_markup (out, markup, inner);
  g_autofree char *outer = dup_element_line_start (document, parent);
  if (outer && (is_tag || !has_line_break (text, element->tag_end, close)))
    g_string_append (out, outer);
  if (!is_tag)
    return;
  guint32 name_end = vh_document_text_skip_name (text, element->begin);
  g_string_append (out, "</");
  g_string_append_len (out, text + element->begin + 1, name_end - element->begin - 1);
  g_string_append_c (out, '>');
}

/* Where the lines of a parent's further children begin; NULL: no line breaks. */
static char *
dup_inner_line_start (const VhDocument *document, guint parent, const char *unit)
{
  gint32 last = find_last_child (document, parent);
  if (last >= 0)
    return dup_element_line_start (document, (guint) last);
  const char *text = vh_document_get_text (document, NULL);
  const VhElement *element = vh_document_get_element (document, parent);
  guint32 close = vh_document_text_find_end_tag (text, element->tag_end, element->end);
  guint32 last_byte = vh_splice_layout_skip_space_back (text, element->tag_end, close);
  if (last_byte > element->tag_end && !has_line_break (text, last_byte, close))
    return NULL;
  g_autofree char *outer = dup_element_line_start (document, parent);
  return outer ? g_strconcat (outer, unit, NULL) : NULL;
}

char *
vh_splice_layout_append (const VhDocument *document, guint parent, const char *markup,
                         guint32 *begin, guint32 *end)
{
  const char *text = vh_document_get_text (document, NULL);
  const VhElement *element = vh_document_get_element (document, parent);
  guint32 close = vh_document_text_find_end_tag (text, element->tag_end, element->end);
  guint32 last_byte = vh_splice_layout_skip_space_back (text, element->tag_end, close);
  g_autofree char *unit = dup_unit (document, parent);
  g_autofree char *line_start = dup_inner_line_start (document, parent, unit);
  Layout layout = { line_start, unit, vh_splice_layout_find_quote (document, parent) };
  GString *out = g_string_new (NULL);
  *begin = *end = last_byte;
  if (element->end == element->tag_end)
    *begin = element->tag_end - 2;
  else if (last_byte == element->tag_end && !has_line_break (text, last_byte, close))
    *end = close;
  if (last_byte == element->tag_end)
    append_first (out, document, parent, markup, &layout);
  else
    append_markup (out, markup, &layout);
  return g_string_free (out, FALSE);
}

/* Behind the comments that share the line with what ends at `end`. */
static guint32
skip_comments_of_line (const char *text, guint32 end)
{
  guint32 at = end + (guint32) strspn (text + end, " \t");
  while (g_str_has_prefix (text + at, "<!--"))
    {
      const char *close = strstr (text + at, "-->");
      g_assert (close);
      guint32 after = (guint32) (close - text) + 3;
      if (has_line_break (text, at, after))
        return end;
      at = after + (guint32) strspn (text + after, " \t");
    }
  if (text[at] != '\n' && text[at] != '\r')
    return end;
  return skip_blanks_back (text, at);
}

char *
vh_splice_layout_insert_after (const VhDocument *document, guint sibling, const char *markup,
                               guint32 *at)
{
  const char *text = vh_document_get_text (document, NULL);
  g_autofree char *line_start = dup_element_line_start (document, sibling);
  g_autofree char *unit = dup_unit (document, sibling);
  Layout layout = { line_start, unit, vh_splice_layout_find_quote (document, sibling) };
  GString *out = g_string_new (NULL);
  *at = vh_document_get_element (document, sibling)->end;
  if (line_start)
    *at = skip_comments_of_line (text, *at);
  append_markup (out, markup, &layout);
  return g_string_free (out, FALSE);
}
