/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is written is JSON, and has the bytes that json-glib writes for the same. */
#include "render/json.h"

#include <json-glib/json-glib.h>

/* A value of every kind at several depths. */
static void
write_all (VhJson *json)
{
  vh_json_begin_object (json, NULL);
  vh_json_add_count (json, "zero", 0);
  vh_json_add_count (json, "count", G_MAXINT);
  vh_json_add_count (json, "none", -1);
  vh_json_add_boolean (json, "yes", TRUE);
  vh_json_add_boolean (json, "no", FALSE);
  vh_json_add_string (json, "nothing", NULL);
  vh_json_add_string (json, "empty", "");
  vh_json_add_string (json, "a \"name\"\t",
                      "\\ and \"quotes\", \303\244\342\202\254\360\237\230\200");
  vh_json_begin_array (json, "array");
  vh_json_add_string (json, NULL, "first");
  vh_json_add_count (json, NULL, 2);
  vh_json_begin_object (json, NULL);
  vh_json_begin_array (json, "empty");
  vh_json_end_array (json);
  vh_json_end_object (json);
  vh_json_begin_array (json, NULL);
  vh_json_add_null (json, NULL);
  vh_json_end_array (json);
  vh_json_end_array (json);
  vh_json_add_boolean (json, "last", TRUE);
  vh_json_end_object (json);
}

static void
test_layout (gconstpointer data)
{
  const gboolean pretty = GPOINTER_TO_INT (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (VhJson) json = vh_json_new (pretty);
  write_all (json);
  g_autoptr (JsonNode) node = json_from_string (vh_json_get (json)->str, &error);
  g_assert_no_error (error);
  g_autofree char *expected = json_to_string (node, pretty);
  g_assert_cmpstr (vh_json_get (json)->str, ==, expected);
}

/* Every byte that a string can hold comes back; none is left that JSON forbids. */
static void
test_escapes (void)
{
  for (guint byte = 1; byte < 128; byte++)
    {
      const char value[] = { 'a', (char) byte, 'z', 0 };
      g_autoptr (GError) error = NULL;
      g_autoptr (VhJson) json = vh_json_new (FALSE);
      vh_json_begin_array (json, NULL);
      vh_json_add_string (json, NULL, value);
      vh_json_end_array (json);
      const char *text = vh_json_get (json)->str;
      g_autoptr (JsonNode) node = json_from_string (text, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (json_array_get_string_element (json_node_get_array (node), 0), ==, value);
      for (const char *c = text; *c; c++)
        g_assert_cmpint (*c, >=, 0x20);
      g_autofree char *expected = json_to_string (node, FALSE);
      if (byte != 0x1F) /* json-glib leaves this one as it is */
        g_assert_cmpstr (text, ==, expected);
    }
}

static void
test_one_after_the_other (void)
{
  g_autoptr (VhJson) json = vh_json_new (FALSE);
  for (guint i = 0; i < 2; i++)
    {
      vh_json_begin_object (json, NULL);
      vh_json_add_count (json, "value", 7);
      vh_json_end_object (json);
      g_assert_cmpstr (vh_json_get (json)->str, ==, "{\"value\":7}");
      g_assert_cmpuint (vh_json_get (json)->len, ==, 11);
      vh_json_clear (json);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/json/layout/compact", GINT_TO_POINTER (FALSE), test_layout);
  g_test_add_data_func ("/json/layout/pretty", GINT_TO_POINTER (TRUE), test_layout);
  g_test_add_func ("/json/escapes", test_escapes);
  g_test_add_func ("/json/one-after-the-other", test_one_after_the_other);
  return g_test_run ();
}
