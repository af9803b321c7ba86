/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SVG and DOT are sound whatever the domain says. VH_UPDATE_GOLDEN=1 makes the golden ones anew:
 * look at them. */
#include "render/export_picture.h"

#include <libxml/xmlreader.h>
#include <string.h>

#include "tests/scene.h"

static void
on_xml_error (void *data, const char *message, G_GNUC_UNUSED xmlParserSeverities severity,
              G_GNUC_UNUSED xmlTextReaderLocatorPtr locator)
{
  g_test_message ("%s", message);
  *(gboolean *) data = TRUE;
}

/* Nothing but shapes and text, no attribute that runs or fetches anything. */
static void
assert_element (xmlTextReaderPtr reader, GHashTable *ids)
{
  static const char *const elements[] = { "svg", "title", "style", "g", "rect", "text", NULL };
  static const char *const attributes[] = { "xmlns",      "width",        "height", "viewBox",
                                            "id",         "class",        "x",      "y",
                                            "textLength", "lengthAdjust", "rx",     NULL };
  g_assert_true (g_strv_contains (elements, (const char *) xmlTextReaderConstName (reader)));
  while (xmlTextReaderMoveToNextAttribute (reader) == 1)
    {
      const char *name = (const char *) xmlTextReaderConstName (reader);
      g_assert_true (g_strv_contains (attributes, name));
      if (g_str_equal (name, "id"))
        g_assert_true (
            g_hash_table_add (ids, g_strdup ((const char *) xmlTextReaderConstValue (reader))));
    }
}

/* Returns how many elements have an id. */
static guint
assert_svg (const char *svg)
{
  gboolean failed = FALSE;
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  xmlTextReaderPtr reader =
      xmlReaderForMemory (svg, (int) strlen (svg), NULL, NULL, XML_PARSE_NONET);
  xmlTextReaderSetErrorHandler (reader, on_xml_error, &failed);
  while (xmlTextReaderRead (reader) == 1)
    if (xmlTextReaderNodeType (reader) == XML_READER_TYPE_ELEMENT)
      assert_element (reader, ids);
  xmlFreeTextReader (reader);
  g_assert_false (failed);
  g_assert_null (strstr (svg, "url("));
  return g_hash_table_size (ids);
}

/* Strings end, braces and brackets match, and edges join nodes that there are. */
static void
assert_dot (const char *dot)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) lines = g_strsplit (dot, "\n", -1);
  int depth = 0, brackets = 0;
  for (guint i = 0; lines[i] != NULL; i++)
    {
      gboolean quoted = FALSE;
      for (const char *at = lines[i]; *at != '\0'; at++)
        {
          if (quoted && *at == '\\')
            {
              at++;
              g_assert_cmpint (*at, !=, '\0');
            }
          else if (*at == '"')
            quoted = !quoted;
          else if (!quoted)
            {
              depth += *at == '{' ? 1 : *at == '}' ? -1 : 0;
              brackets += *at == '[' ? 1 : *at == ']' ? -1 : 0;
            }
          g_assert_cmpint (depth, >=, 0);
        }
      g_assert_false (quoted);
      g_assert_cmpint (brackets, ==, 0);
      g_auto (GStrv) words = g_strsplit (lines[i], "\"", -1);
      if (g_str_has_prefix (lines[i], "\"") && strstr (lines[i], " -> ") == NULL)
        g_assert_true (g_hash_table_add (names, g_strdup (words[1])));
      else if (g_str_has_prefix (lines[i], "\""))
        g_assert_true (g_hash_table_contains (names, words[1]) &&
                       g_hash_table_contains (names, words[3]));
    }
  g_assert_cmpint (depth, ==, 0);
}

static void
assert_picture (const VhPicture *picture)
{
  g_autofree char *svg = vh_export_svg (picture);
  g_autofree char *again = vh_export_svg (picture);
  g_autofree char *dot = vh_export_dot (picture);
  g_assert_cmpuint (assert_svg (svg), ==, picture->boxes->len);
  assert_dot (dot);
  g_assert_true (strcmp (svg, again) == 0);
}

static const char *const paths[] = {
  "../data/demo/contradicting.xml",
  "../data/demo/i440fx-nested.xml",
  "../data/demo/pc-q35-6.0.xml",
  "../data/demo/q35-desktop.xml",
  "../data/demo/q35-numa.xml",
  "fixtures/domains/bhyve.xml",
  "fixtures/domains/bridge-cycle.xml",
  "fixtures/domains/bus-255.xml",
  "fixtures/domains/control-characters.xml",
  "fixtures/domains/double-address.xml",
  "fixtures/domains/double-index.xml",
  "fixtures/domains/double-root.xml",
  "fixtures/domains/lower-index-than-parent.xml",
  "fixtures/domains/lxc.xml",
  "fixtures/domains/missing-parent.xml",
  "fixtures/domains/no-addresses.xml",
  "fixtures/domains/own-parent.xml",
  "fixtures/domains/vbox.xml",
  "fixtures/domains/wild-numbers.xml",
  "fixtures/domains/xen.xml",
};

static void
test_sound (gconstpointer data)
{
  g_autoptr (VhSession) session = scene_session_of (data);
  g_autoptr (VhPicture) picture = vh_picture_new (session);
  assert_picture (picture);
}

#define DOMAIN(name, devices)                                                                      \
  "<domain type='kvm'><name>" name "</name>"                                                       \
  "<os><type arch='x86_64' machine='pc-i440fx-7.2'>hvm</type></os>"                                \
  "<features><acpi/></features><devices>"                                                          \
  "<controller type='pci' index='0' model='pci-root'/>" devices "</devices></domain>"

/* As in text, in the syntax of SVG and of DOT, and against who reads it. */
static void
test_hostile (void)
{
  g_autoptr (VhSession) session = scene_session_of_text (
      DOMAIN ("&lt;/title&gt;&lt;script&gt;\\N&amp;amp;&quot;]]&gt;",
              "<interface type='user'><mac address='&quot; URL=&quot;x&lt;!--'/>"
              "<model type='&#x202e;\\&quot;};&#10;x&#9;&#x85;'/>"
              "<address type='pci' bus='0' slot='3'/></interface>"));
  g_autoptr (VhPicture) picture = vh_picture_new (session);
  assert_picture (picture);
  g_autofree char *svg = vh_export_svg (picture);
  g_autofree char *dot = vh_export_dot (picture);
  g_assert_nonnull (strstr (svg, "&lt;/title&gt;&lt;script&gt;\\N&amp;amp;&quot;]]&gt;"));
  g_assert_nonnull (strstr (svg, "\\u202e"));
  g_assert_null (strstr (svg, "\xe2\x80\xae"));
  g_assert_nonnull (strstr (dot, "</title><script>\\\\N&amp;amp;\\\"]]>"));
  g_assert_nonnull (strstr (dot, "\\\\u202e"));
  g_assert_null (strstr (dot, "\xe2\x80\xae"));
}

static void
compare_golden (const char *file, const char *got)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "pictures", file, NULL);
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;
  if (g_getenv ("VH_UPDATE_GOLDEN") != NULL)
    g_file_set_contents (path, got, -1, &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &expected, NULL, &error);
  g_assert_no_error (error);
  if (strcmp (got, expected) != 0)
    {
      g_test_message ("%s is now:\n%s", file, got);
      g_test_fail ();
    }
}

static void
test_golden (void)
{
  g_autoptr (VhSession) session = scene_session_of_text (SCENE_BEHIND_OFF);
  scene_set (session, VH_KNOB_PORT, 1, VH_SWITCH_ON);
  g_autoptr (VhPicture) picture = vh_picture_new (session);
  g_autofree char *svg = vh_export_svg (picture);
  g_autofree char *dot = vh_export_dot (picture);
  compare_golden ("behind-off.svg", svg);
  compare_golden ("behind-off.dot", dot);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *base = g_path_get_basename (paths[i]);
      g_autofree char *name = g_strconcat ("/export-picture/sound/", base, NULL);
      g_test_add_data_func (name, paths[i], test_sound);
    }
  g_test_add_func ("/export-picture/hostile", test_hostile);
  g_test_add_func ("/export-picture/golden", test_golden);
  return g_test_run ();
}
