/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/json_text.h"

gboolean
json_text_write (const char *bytes, gsize length, gpointer data, GError **error)
{
  JsonSink *sink = data;
  sink->n_writes++;
  if (sink->n_writes == sink->fail_at)
    {
      g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC, "No space left.");
      return FALSE;
    }
  g_string_append_len (sink->text, bytes, (gssize) length);
  return TRUE;
}

static char *
show_text (const VhSession *session)
{
  JsonSink sink = { .text = g_string_new (NULL) };
  g_autoptr (GError) error = NULL;
  gboolean good = vh_export_json_show (session, json_text_write, &sink, &error);
  g_assert_no_error (error);
  g_assert_true (good);
  return g_string_free (sink.text, FALSE);
}

JsonNode *
json_text_parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);
  g_assert_no_error (error);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_true (g_str_has_suffix (text, "\n"));
  return node;
}

JsonNode *
json_text_show (const VhSession *session)
{
  g_autofree char *text = show_text (session);
  return json_text_parse (text);
}

void
json_text_assert_keys (JsonObject *object, const char *expected)
{
  g_autoptr (GList) members = json_object_get_members (object);
  g_autoptr (GString) keys = g_string_new (NULL);
  for (GList *i = members; i != NULL; i = i->next)
    g_string_append_printf (keys, "%s%s", keys->len > 0 ? " " : "", (const char *) i->data);
  g_assert_cmpstr (keys->str, ==, expected);
}

JsonObject *
json_text_element (JsonObject *object, const char *array, guint i)
{
  return json_array_get_object_element (json_object_get_array_member (object, array), i);
}

const char *
json_text_string (JsonObject *object, const char *name)
{
  return json_object_get_string_member (object, name);
}
