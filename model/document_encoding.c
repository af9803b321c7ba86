/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/document_encoding.h"

#include "model/document.h"
#include "model/i18n.h"

#include <string.h>

/* How the first bytes tell an encoding (XML 1.0, appendix F). Longer ones come
 * before those they begin with. NULL: not read. */
typedef struct {
  const char *bytes;
  gsize length;
  const char *encoding;
} Signature;

static const Signature signatures[] = {
  { "\xFF\xFE\0\0", 4, "UTF-32LE" }, { "\0\0\xFE\xFF", 4, "UTF-32BE" },
  { "<\0\0\0", 4, "UTF-32LE" },      { "\0\0\0<", 4, "UTF-32BE" },
  { "\xEF\xBB\xBF", 3, "UTF-8" },    { "\xFF\xFE", 2, "UTF-16LE" },
  { "\xFE\xFF", 2, "UTF-16BE" },     { "<\0", 2, "UTF-16LE" },
  { "\0<", 2, "UTF-16BE" },          { "\x4C\x6F\xA7\x94", 4, NULL },
};

static gboolean
is_utf8 (const char *encoding)
{
  return g_ascii_strcasecmp (encoding, "UTF-8") == 0 || g_ascii_strcasecmp (encoding, "UTF8") == 0;
}

static const Signature *
find_signature (const char *data, gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS (signatures); i++)
    if (length >= signatures[i].length &&
        memcmp (data, signatures[i].bytes, signatures[i].length) == 0)
      return &signatures[i];
  return NULL;
}

/* Of the XML declaration; NULL when there is none. `data` is NUL-terminated. */
static char *
dup_declared (const char *data)
{
  const char *end = g_str_has_prefix (data, "<?xml") ? strstr (data, "?>") : NULL;
  if (!end)
    return NULL;
  g_autofree char *declaration = g_strndup (data, (gsize) (end - data));
  g_autoptr (GRegex) regex =
      g_regex_new ("\\sencoding\\s*=\\s*(['\"])([A-Za-z][A-Za-z0-9._-]*)\\1", G_REGEX_RAW, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  if (!g_regex_match (regex, declaration, 0, &match))
    return NULL;
  return g_match_info_fetch (match, 2);
}

/* The encoding for g_convert(); NULL and an error when it is none we read. */
static char *
dup_encoding (const char *data, gsize length, GError **error)
{
  const Signature *signature = find_signature (data, length);
  if (!signature)
    {
      char *declared = dup_declared (data);
      return declared ? declared : g_strdup ("UTF-8");
    }
  if (!signature->encoding)
    g_set_error (
        error, VH_DOCUMENT_ERROR, VH_DOCUMENT_ERROR_ENCODING,
        _ ("The document is written in EBCDIC, which is not read here. Convert it to UTF-8."));
  return g_strdup (signature->encoding);
}

/* How many bytes from the first one on are ASCII and not NUL, eight at a time:
 * nearly every domain is nothing else. */
static gsize
count_ascii (const char *data, gsize length)
{
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);
  const guint64 tops = ones << 7;
  gsize at = 0;
  for (guint64 word; at + sizeof word <= length; at += sizeof word)
    {
      memcpy (&word, data + at, sizeof word);
      if (((word | (word - ones)) & tops) != 0)
        break;
    }
  return at;
}

static gboolean
check_utf8 (const char *data, gsize length, GError **error)
{
  const char *bad = NULL;
  const gsize ascii = count_ascii (data, length);
  if (g_utf8_validate_len (data + ascii, length - ascii, &bad))
    return TRUE;
  guint line = 1;
  for (const char *p = data; p < bad; p++)
    line += *p == '\n';
  if (*bad == '\0')
    g_set_error (error, VH_DOCUMENT_ERROR, VH_DOCUMENT_ERROR_NOT_XML,
                 _ ("The document is not well-formed XML: line %u has a NUL byte."), line);
  else
    g_set_error (error, VH_DOCUMENT_ERROR, VH_DOCUMENT_ERROR_ENCODING,
                 _ ("The document is not UTF-8: byte 0x%1$02x in line %2$u does not fit. "
                    "If it is in another encoding, its XML declaration has to name it."),
                 (guint) (guchar) *bad, line);
  return FALSE;
}

static GBytes *
convert (GBytes *bytes, const char *encoding, GError **error)
{
  gsize length = 0, written = 0;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autoptr (GError) reason = NULL;
  g_autofree char *text =
      g_convert (data, (gssize) length, "UTF-8", encoding, NULL, &written, &reason);
  if (!text && g_error_matches (reason, G_CONVERT_ERROR, G_CONVERT_ERROR_NO_CONVERSION))
    g_set_error (error, VH_DOCUMENT_ERROR, VH_DOCUMENT_ERROR_ENCODING,
                 _ ("The document is in the encoding %s, which is not known here. "
                    "Convert it to UTF-8."),
                 encoding);
  else if (!text || (*data == '<' && *text != '<'))
    g_set_error (error, VH_DOCUMENT_ERROR, VH_DOCUMENT_ERROR_ENCODING,
                 _ ("The document is said to be in the encoding %s, but its bytes do not fit."),
                 encoding);
  else if (written > VH_DOCUMENT_MAX_BYTES)
    g_set_error (error, VH_DOCUMENT_ERROR, VH_DOCUMENT_ERROR_TOO_LARGE,
                 _ ("The document is larger than 256 MiB as UTF-8."));
  else if (check_utf8 (text, written, error))
    return g_bytes_new_take (g_steal_pointer (&text), written);
  return NULL;
}

/* Why the text may not be edited; NULL when it converts back to `bytes`. */
static char *
dup_read_only (GBytes *bytes, GBytes *text, const char *encoding)
{
  gsize length = 0, back_length = 0;
  const char *data = g_bytes_get_data (text, &length);
  g_autofree char *back =
      g_convert (data, (gssize) length, encoding, "UTF-8", NULL, &back_length, NULL);
  gsize old_length = 0;
  const char *old = g_bytes_get_data (bytes, &old_length);
  if (back && back_length == old_length && memcmp (back, old, old_length) == 0)
    return NULL;
  return g_strdup_printf (
      _ ("The document is in the encoding %s, and its text does not convert back "
         "to the same bytes. Convert it to UTF-8 to edit it."),
      encoding);
}

GBytes *
vh_document_encoding_decode (GBytes *bytes, char **encoding, char **read_only, GError **error)
{
  *encoding = *read_only = NULL;
  gsize length = 0;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *name = dup_encoding (data, length, error);
  if (!name)
    return NULL;
  if (is_utf8 (name))
    return check_utf8 (data, length, error) ? g_bytes_ref (bytes) : NULL;
  GBytes *text = convert (bytes, name, error);
  if (!text)
    return NULL;
  *read_only = dup_read_only (bytes, text, name);
  *encoding = g_steal_pointer (&name);
  return text;
}

GBytes *
vh_document_encoding_encode (const char *text, gsize length, const char *encoding, GError **error)
{
  g_autoptr (GString) rest = g_string_new_len (text, (gssize) length);
  for (;;)
    {
      gsize good = 0, written = 0;
      g_autoptr (GError) reason = NULL;
      char *bytes =
          g_convert (rest->str, (gssize) rest->len, encoding, "UTF-8", &good, &written, &reason);
      if (bytes)
        return g_bytes_new_take (bytes, written);
      if (!g_error_matches (reason, G_CONVERT_ERROR, G_CONVERT_ERROR_ILLEGAL_SEQUENCE) ||
          good >= rest->len)
        {
          g_set_error (error, VH_DOCUMENT_ERROR, VH_DOCUMENT_ERROR_ENCODING,
                       _ ("The text does not convert to %1$s: %2$s."), encoding, reason->message);
          return NULL;
        }
      g_autofree char *reference = g_strdup_printf ("&#%u;", g_utf8_get_char (rest->str + good));
      const char *next = g_utf8_next_char (rest->str + good);
      g_string_erase (rest, (gssize) good, next - (rest->str + good));
      g_string_insert (rest, (gssize) good, reference);
    }
}
