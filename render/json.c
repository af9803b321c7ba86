/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/json.h"

#include <string.h>

struct VhJson {
  GString *text;
  guint depth;
  gboolean pretty;
  gboolean has_members; /* what was opened last, and is not closed */
};

VhJson *
vh_json_new (gboolean pretty)
{
  VhJson *json = g_new0 (VhJson, 1);
  json->text = g_string_new (NULL);
  json->pretty = pretty;
  return json;
}

void
vh_json_free (VhJson *json)
{
  if (!json)
    return;
  g_string_free (json->text, TRUE);
  g_free (json);
}

static void
put_escape (GString *text, guchar byte)
{
  static const char letters[] = "\"\"\\\\\bb\ff\nn\rr\tt";
  for (const char *letter = letters; *letter; letter += 2)
    if ((guchar) *letter == byte)
      {
        g_string_append_c (text, '\\');
        g_string_append_c (text, letter[1]);
        return;
      }
  g_string_append_printf (text, "\\u%04x", byte);
}

static gboolean
must_escape (guchar byte)
{
  return byte < 0x20 || byte == '"' || byte == '\\' || byte == 0x7F;
}

static void
put_string (GString *text, const char *string)
{
  g_string_append_c (text, '"');
  for (const char *clean = string;; clean = string)
    {
      while (!must_escape ((guchar) *string))
        string++;
      g_string_append_len (text, clean, string - clean);
      if (!*string)
        break;
      put_escape (text, (guchar) *string++);
    }
  g_string_append_c (text, '"');
}

static void
put_line (VhJson *json)
{
  g_string_append_c (json->text, '\n');
  for (guint i = 0; i < json->depth; i++)
    g_string_append (json->text, "  ");
}

/* What stands between the value before and this one. */
static void
begin_value (VhJson *json, const char *name)
{
  if (json->has_members)
    g_string_append_c (json->text, ',');
  json->has_members = TRUE;
  if (json->pretty && json->depth > 0)
    put_line (json);
  if (!name)
    return;
  put_string (json->text, name);
  g_string_append (json->text, json->pretty ? " : " : ":");
}

static void
open_value (VhJson *json, const char *name, char bracket)
{
  begin_value (json, name);
  g_string_append_c (json->text, bracket);
  json->has_members = FALSE;
  json->depth++;
}

static void
close_value (VhJson *json, char bracket)
{
  g_assert (json->depth > 0);
  json->depth--;
  if (json->pretty && json->has_members)
    put_line (json);
  g_string_append_c (json->text, bracket);
  json->has_members = TRUE;
}

void
vh_json_begin_object (VhJson *json, const char *name)
{
  open_value (json, name, '{');
}

void
vh_json_end_object (VhJson *json)
{
  close_value (json, '}');
}

void
vh_json_begin_array (VhJson *json, const char *name)
{
  open_value (json, name, '[');
}

void
vh_json_end_array (VhJson *json)
{
  close_value (json, ']');
}

void
vh_json_add_null (VhJson *json, const char *name)
{
  begin_value (json, name);
  g_string_append (json->text, "null");
}

void
vh_json_add_boolean (VhJson *json, const char *name, gboolean value)
{
  begin_value (json, name);
  g_string_append (json->text, value ? "true" : "false");
}

void
vh_json_add_string (VhJson *json, const char *name, const char *value)
{
  if (!value)
    {
      vh_json_add_null (json, name);
      return;
    }
  begin_value (json, name);
  put_string (json->text, value);
}

void
vh_json_add_count (VhJson *json, const char *name, gint value)
{
  if (value < 0)
    {
      vh_json_add_null (json, name);
      return;
    }
  begin_value (json, name);
  g_string_append_printf (json->text, "%d", value);
}

const GString *
vh_json_get (const VhJson *json)
{
  g_assert (json->depth == 0);
  return json->text;
}

void
vh_json_clear (VhJson *json)
{
  g_string_truncate (json->text, 0);
  json->depth = 0;
  json->has_members = FALSE;
}
