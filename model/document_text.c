/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/document_text.h"

#include <string.h>

typedef struct {
  const char *name;
  char character;
} Entity;

static const Entity entities[] = {
  { "amp", '&' }, { "lt", '<' }, { "gt", '>' }, { "apos", '\'' }, { "quot", '"' },
};

gboolean
vh_document_text_is_space (char c)
{
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static guint32
skip_space (const char *text, guint32 at)
{
  while (vh_document_text_is_space (text[at]))
    at++;
  return at;
}

static gboolean
ends_name (char c)
{
  switch (c)
    {
    case ' ':
    case '\n':
    case '\t':
    case '\r':
    case '=':
    case '/':
    case '>':
    case '\0':
      return TRUE;
    default:
      return FALSE;
    }
}

/* Of an element or an attribute: what may not stand in a name ends it. Names
 * are too short for strcspn() to be of help. */
static guint32
skip_name (const char *text, guint32 at)
{
  while (!ends_name (text[at]))
    at++;
  return at;
}

guint32
vh_document_text_skip_name (const char *text, guint32 tag)
{
  return skip_name (text, tag + 1);
}

gboolean
vh_document_text_next_attribute (const char *text, guint32 *position, VhTextAttribute *attribute)
{
  guint32 name = skip_space (text, *position);
  guint32 name_end = skip_name (text, name);
  if (name_end == name)
    return FALSE;
  guint32 equals = skip_space (text, name_end);
  g_assert (text[equals] == '=');
  guint32 quote = skip_space (text, equals + 1);
  const char *close = strchr (text + quote + 1, text[quote]);
  g_assert (close);
  guint32 value_length = (guint32) (close - text) - quote - 1;
  *attribute = (VhTextAttribute){ name, name_end - name, quote + 1, value_length };
  *position = quote + 1 + value_length + 1;
  return TRUE;
}

gboolean
vh_document_text_find_attribute (const char *text, guint32 tag, const char *name,
                                 VhTextAttribute *attribute)
{
  gsize length = strlen (name);
  guint32 position = vh_document_text_skip_name (text, tag);
  while (vh_document_text_next_attribute (text, &position, attribute))
    if (attribute->name_length == length && memcmp (text + attribute->name, name, length) == 0)
      return TRUE;
  return FALSE;
}

guint32
vh_document_text_find_end_tag (const char *text, guint32 tag_end, guint32 end)
{
  if (end == tag_end)
    return tag_end;
  const char *end_tag = memrchr (text, '<', end);
  g_assert (end_tag);
  return (guint32) (end_tag - text);
}

guint
vh_document_text_count_attributes (const char *tag, const char *end)
{
  guint count = 0;
  char quote = '\0';
  for (const char *p = tag; p < end && (quote || *p != '>'); p++)
    {
      count += !quote && *p == '=';
      if (quote && *p == quote)
        quote = '\0';
      else if (!quote && (*p == '\'' || *p == '"'))
        quote = *p;
    }
  return count;
}

/* Returns how long the reference at `raw` is; what it stands for goes to `out`. */
static gsize
append_reference (GString *out, const char *raw)
{
  const char *semicolon = strchr (raw, ';');
  g_assert (semicolon);
  gsize length = (gsize) (semicolon - raw) + 1;
  if (raw[1] == '#')
    {
      gboolean hexadecimal = raw[2] == 'x';
      guint64 number = g_ascii_strtoull (raw + (hexadecimal ? 3 : 2), NULL, hexadecimal ? 16 : 10);
      g_string_append_unichar (out, (gunichar) number);
      return length;
    }
  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    if (strlen (entities[i].name) == length - 2 &&
        strncmp (raw + 1, entities[i].name, length - 2) == 0)
      g_string_append_c (out, entities[i].character);
  return length;
}

/* `space` replaces each white space character of the raw text, '\0' only ends
 * lines the way a parser does. */
static void
append_decoded (GString *out, const char *raw, gsize length, char space)
{
  gsize i = 0;
  while (i < length)
    {
      char c = raw[i];
      if (c == '&')
        {
          i += append_reference (out, raw + i);
          continue;
        }
      if (c == '\r' && i + 1 < length && raw[i + 1] == '\n')
        i++;
      if (space != '\0' && vh_document_text_is_space (c))
        c = space;
      else if (c == '\r')
        c = '\n';
      g_string_append_c (out, c);
      i++;
    }
}

static gboolean
is_plain (const char *raw, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (raw[i] == '&' || (raw[i] < ' ' && vh_document_text_is_space (raw[i])))
      return FALSE;
  return TRUE;
}

void
vh_document_text_append_value (GString *out, const char *text, const VhTextAttribute *attribute)
{
  const char *raw = text + attribute->value;
  if (is_plain (raw, attribute->value_length))
    g_string_append_len (out, raw, attribute->value_length);
  else
    append_decoded (out, raw, attribute->value_length, ' ');
}

char *
vh_document_text_dup_value (const char *text, guint32 begin, guint32 length)
{
  if (is_plain (text + begin, length))
    return g_strndup (text + begin, length);
  GString *out = g_string_sized_new (length);
  append_decoded (out, text + begin, length, ' ');
  return g_string_free (out, FALSE);
}

gboolean
vh_document_text_value_equals (const char *text, const VhTextAttribute *attribute,
                               const char *value)
{
  const char *raw = text + attribute->value;
  if (is_plain (raw, attribute->value_length))
    return strlen (value) == attribute->value_length &&
           memcmp (raw, value, attribute->value_length) == 0;
  g_autofree char *decoded =
      vh_document_text_dup_value (text, attribute->value, attribute->value_length);
  return strcmp (decoded, value) == 0;
}

/* What is neither text nor an element, by how it begins and ends. */
static const struct {
  const char *begin, *end;
  gboolean is_data;
} sections[] = {
  { "<!--", "-->", FALSE },
  { "<![CDATA[", "]]>", TRUE },
  { "<?", "?>", FALSE },
};

static void
append_lines (GString *out, const char *raw, const char *end)
{
  for (const char *p = raw; p < end; p++)
    if (*p != '\r')
      g_string_append_c (out, *p);
    else if (p + 1 == end || p[1] != '\n')
      g_string_append_c (out, '\n');
}

/* Returns the end of the section that begins at `raw`. */
static const char *
append_section (GString *out, const char *raw)
{
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    if (g_str_has_prefix (raw, sections[i].begin))
      {
        const char *inside = raw + strlen (sections[i].begin);
        const char *end = strstr (inside, sections[i].end);
        g_assert (end);
        if (sections[i].is_data)
          append_lines (out, inside, end);
        return end + strlen (sections[i].end);
      }
  g_assert_not_reached ();
}

void
vh_document_text_append_content (GString *out, const char *text, guint32 begin, guint32 end)
{
  const char *p = text + begin;
  while (p < text + end)
    {
      const char *markup = memchr (p, '<', (gsize) (text + end - p));
      const char *stop = markup ? markup : text + end;
      append_decoded (out, p, (gsize) (stop - p), '\0');
      p = markup ? append_section (out, markup) : stop;
    }
}

void
vh_document_text_append_escaped (GString *out, const char *value, char quote)
{
  for (const char *p = value; *p; p++)
    {
      if (*p == '&')
        g_string_append (out, "&amp;");
      else if (*p == '<')
        g_string_append (out, "&lt;");
      else if (*p == '>')
        g_string_append (out, "&gt;");
      else if (*p == quote)
        g_string_append (out, quote == '"' ? "&quot;" : "&apos;");
      else if (*p != ' ' && vh_document_text_is_space (*p))
        g_string_append_printf (out, "&#%d;", *p);
      else
        g_string_append_c (out, *p);
    }
}

guint
vh_document_text_get_line (const char *text, guint32 offset)
{
  guint line = 1;
  for (guint32 i = 0; i < offset; i++)
    line += text[i] == '\n' || (text[i] == '\r' && text[i + 1] != '\n');
  return line;
}
