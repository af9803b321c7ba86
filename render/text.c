/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/text.h"

#include <string.h>

guint
vh_text_char_width (gunichar character)
{
  if (character < 0x80)
    return 1;
  if (g_unichar_iszerowidth (character))
    return 0;
  return g_unichar_iswide (character) ? 2 : 1;
}

guint
vh_text_width (const char *text)
{
  guint width = 0;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    width += vh_text_char_width (g_utf8_get_char (p));
  return width;
}

/* Letters by their category that nevertheless show nothing, or change how
 * wide their neighbour is. */
static gboolean
is_invisible (gunichar character)
{
  static const struct {
    gunichar first, last;
  } ranges[] = {
    { 0x034f, 0x034f }, { 0x115f, 0x1160 },   { 0x17b4, 0x17b5 },
    { 0x180b, 0x180f }, { 0x3164, 0x3164 },   { 0xfe00, 0xfe0f },
    { 0xffa0, 0xffa0 }, { 0x1d173, 0x1d17a }, { 0xe0000, 0xe0fff },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ranges); i++)
    if (character >= ranges[i].first && character <= ranges[i].last)
      return TRUE;
  return FALSE;
}

static gboolean
is_visible (gunichar character)
{
  switch ((gint) g_unichar_type (character))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return FALSE;
    default:
      return !is_invisible (character);
    }
}

static void
append_escape (GString *out, gunichar character)
{
  if (character < 0x20 || character == 0x7f)
    g_string_append_printf (out, "^%c", (char) (character ^ 0x40));
  else
    g_string_append_printf (out, character > 0xffff ? "\\U%08x" : "\\u%04x", character);
}

static gboolean
is_plain_ascii (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (*p < 0x20 || *p >= 0x7f)
      return FALSE;
  return TRUE;
}

char *
vh_text_dup_visible (const char *text)
{
  if (is_plain_ascii (text))
    return g_strdup (text);
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean has_base = FALSE;
  for (const char *p = text; *p != '\0';)
    {
      gunichar character = g_utf8_get_char_validated (p, -1);
      if (character >= (gunichar) -2)
        {
          g_string_append_printf (out, "\\x%02x", (guchar) *p++);
          has_base = FALSE;
          continue;
        }
      gboolean mark = vh_text_char_width (character) == 0;
      if (is_visible (character) && (has_base || !mark))
        g_string_append_unichar (out, character);
      else
        append_escape (out, character);
      has_base = is_visible (character) && (has_base || !mark);
      p = g_utf8_next_char (p);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

gunichar
vh_text_to_ascii (gunichar character)
{
  static const gunichar marks[][2] = {
    { 0x201c, '"' }, { 0x201d, '"' }, { 0x2018, '\'' }, { 0x2019, '\'' },
    { 0x2013, '-' }, { 0x2026, '.' }, { 0x2192, '>' },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (marks[i][0] == character)
      return marks[i][1];
  return 0;
}

/* The end of the longest beginning of `text` with at most `width` cells, marks
 * of its last character included. */
static const char *
find_fitting_end (const char *text, guint width)
{
  guint used = 0;
  const char *p = text;
  for (; *p != '\0'; p = g_utf8_next_char (p))
    {
      used += vh_text_char_width (g_utf8_get_char (p));
      if (used > width)
        break;
    }
  return p;
}

char *
vh_text_clip (const char *text, guint width, const char *ellipsis)
{
  g_autofree char *visible = vh_text_dup_visible (text);
  const char *end = find_fitting_end (visible, width);
  if (*end == '\0')
    return g_steal_pointer (&visible);
  const char *ellipsis_end = find_fitting_end (ellipsis, width);
  g_autofree char *sign = g_strndup (ellipsis, (gsize) (ellipsis_end - ellipsis));
  end = find_fitting_end (visible, width - vh_text_width (sign));
  g_autofree char *kept = g_strndup (visible, (gsize) (end - visible));
  return g_strconcat (kept, sign, NULL);
}

/* Where the first line of `text` ends: at the last space that leaves at most
 * `width` cells, else in a word, but never with nothing. */
static const char *
find_line_end (const char *text, guint width)
{
  const char *end = find_fitting_end (text, width);
  if (*end == '\0')
    return end;
  const char *space = end;
  while (space > text && *space != ' ')
    space--;
  if (space > text)
    return space;
  if (end > text)
    return end;
  end = g_utf8_next_char (text);
  while (*end != '\0' && vh_text_char_width (g_utf8_get_char (end)) == 0)
    end = g_utf8_next_char (end);
  return end;
}

static char *
dup_without_trailing_spaces (const char *begin, const char *end)
{
  while (end > begin && end[-1] == ' ')
    end--;
  return g_strndup (begin, (gsize) (end - begin));
}

char **
vh_text_wrap (const char *text, guint width)
{
  g_autofree char *visible = vh_text_dup_visible (text);
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  const char *p = visible;
  do
    {
      const char *end = find_line_end (p, width);
      g_ptr_array_add (lines, dup_without_trailing_spaces (p, end));
      for (p = end; *p == ' '; p++)
        ;
    }
  while (*p != '\0');
  g_ptr_array_add (lines, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&lines), FALSE);
}
