/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/laws_form.h"

#include <string.h>

#define MARK "\xEF\xBB\xBF"

const char *
laws_get_form_name (LawsForm form)
{
  static const char *const names[LAWS_N_FORMS] = { "as-it-is",  "crlf",      "tabs",   "one-line",
                                                   "utf-16-le", "utf-16-be", "latin-1" };
  return names[form];
}

/* Behind the prefix, if the text has it. */
static const char *
skip (const char *text, const char *prefix)
{
  const gsize length = strlen (prefix);
  return strncmp (text, prefix, length) == 0 ? text + length : text;
}

/* With line feeds only, and without a byte order mark or XML declaration. */
static char *
dup_plain (const VhDocument *document)
{
  const char *text = skip (vh_document_get_text (document, NULL), MARK);
  if (skip (text, "<?xml ") != text)
    text = strstr (text, "?>") + 2;
  g_auto (GStrv) pieces = g_strsplit (text, "\r\n", -1);
  return g_strdelimit (g_strjoinv ("\n", pieces), "\r", '\n');
}

static char *
dup_crlf (const char *plain)
{
  g_auto (GStrv) lines = g_strsplit (plain, "\n", -1);
  return g_strjoinv ("\r\n", lines);
}

static char *
dup_tabs (const char *plain)
{
  g_auto (GStrv) lines = g_strsplit (plain, "\n", -1);
  for (char **line = lines; *line; line++)
    {
      gsize spaces = strspn (*line, " ");
      g_autofree char *tabs = g_strnfill (spaces / 2, '\t');
      char *indented = g_strconcat (tabs, *line + spaces / 2 * 2, NULL);
      g_free (*line);
      *line = indented;
    }
  return g_strjoinv ("\n", lines);
}

/* Takes away the white space with line breaks between tags. */
static char *
dup_one_line (const char *plain)
{
  GString *out = g_string_new (NULL);
  const char *p = plain;
  while (*p)
    {
      gsize space = strspn (p, " \t\n");
      gboolean between =
          (out->len == 0 || out->str[out->len - 1] == '>') && (p[space] == '<' || p[space] == '\0');
      gsize length = MAX (space, 1);
      if (!between || !memchr (p, '\n', space))
        g_string_append_len (out, p, (gssize) length);
      p += length;
    }
  return g_string_free (out, FALSE);
}

static GBytes *
encode (const char *text, const char *encoding)
{
  gsize length = 0;
  char *bytes = g_convert (text, -1, encoding, "UTF-8", NULL, &length, NULL);
  return bytes ? g_bytes_new_take (bytes, length) : NULL;
}

static GBytes *
encode_marked (const char *plain, const char *encoding)
{
  g_autofree char *marked = g_strconcat (MARK, plain, NULL);
  return encode (marked, encoding);
}

/* NULL when it has a character that cannot be written so. */
static GBytes *
encode_latin_1 (const char *plain)
{
  static const char piece[] = "\xC3\xA9 and much else ";
  g_autoptr (GString) text = g_string_new ("<?xml version='1.0' encoding='ISO-8859-1'?>\n<!-- ");
  while (text->len < 110 * 1024)
    g_string_append (text, piece);
  g_string_append_printf (text, " -->\n%s", plain + strspn (plain, " \t\n"));
  return encode (text->str, "ISO-8859-1");
}

static GBytes *
take (char *text)
{
  return g_bytes_new_take (text, strlen (text));
}

GBytes *
laws_form_new (const VhDocument *document, LawsForm form)
{
  g_autofree char *plain = dup_plain (document);
  switch (form)
    {
    case LAWS_CRLF:
      return take (dup_crlf (plain));
    case LAWS_TABS:
      return take (dup_tabs (plain));
    case LAWS_ONE_LINE:
      return take (dup_one_line (plain));
    case LAWS_UTF_16_LE:
      return encode_marked (plain, "UTF-16LE");
    case LAWS_UTF_16_BE:
      return encode_marked (plain, "UTF-16BE");
    case LAWS_LATIN_1:
      return encode_latin_1 (plain);
    case LAWS_AS_IT_IS:
    case LAWS_N_FORMS:
      break;
    }
  return g_bytes_ref (vh_document_get_bytes (document));
}
