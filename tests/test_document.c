/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/document.h"
#include "tests/tree.h"

#include <string.h>

/* What is read and, byte for byte, what libxml2 makes of it. */
typedef struct {
  const char *name;
  const char *bytes;
  gsize length;
  gboolean editable;
} GoodRow;

#define GOOD(name, bytes)                                                                          \
  {                                                                                                \
    name, bytes, sizeof (bytes) - 1, TRUE                                                          \
  }

static const GoodRow good_rows[] = {
  GOOD ("smallest", "<a/>"),
  GOOD ("tags", "<a><b/><b /><b></b><b\n>x</b\t><b\n/></a>\n"),
  GOOD ("values", "<a one='&lt;&amp;&gt;&apos;&quot;&#65;&#x42;' two=\"'\" three = '\"' four=''/>"),
  GOOD ("value-white-space", "<a one=' a\tb\nc\r\nd\re  ' two='&#9;&#10;&#13;&#32;'/>"),
  GOOD ("greater-than", "<a one='/>' two='>'>></a>"),
  GOOD ("content", "<a>one&lt;<b>not this</b><![CDATA[<b>two&amp;</b>]]><!-- <c> -->three<?p <d>?>"
                   "</a>"),
  GOOD ("line-ends", "<a>\r\none\rtwo\n<![CDATA[\r\nthree\rfour]]>\r\n</a>\r\n"),
  GOOD ("around", "<?xml version='1.0'?>\n<!-- <a> -->\n<?p?><a/><!-- <b/> --><?q <c/>?>\n"),
  GOOD ("type", "<!DOCTYPE a SYSTEM 'file:///dev/null'>\n<a/>"),
  GOOD ("type-inside",
        "<!DOCTYPE a [<!ELEMENT a ANY><!ATTLIST a x CDATA #IMPLIED y (u|v) #REQUIRED>"
        "<!-- <!ENTITY no 'x'> --><?p <a>?>]><a y='u'/>"),
  GOOD ("namespaces",
        "<a xmlns:q='http://libvirt.org/schemas/domain/qemu/1.0' xmlns:o='urn:o' o:x='1'>"
        "<q:commandline><q:arg value='1'/></q:commandline><o:arg/><arg/>"
        "<commandline xmlns='http://libvirt.org/schemas/domain/qemu/1.0'><arg/>"
        "<x xmlns=''/></commandline><unbound:arg/></a>"),
  GOOD ("namespace-by-reference",
        "<a xmlns:q='http:&#47;/libvirt.org/schemas/domain/qemu/1.0'><q:arg/></a>"),
  GOOD ("characters", "<a \xC3\xA9='\xE2\x82\xAC'>\xF0\x9F\x90\xA7<\xC3\xA9/></a>"),
  GOOD ("mark", "\xEF\xBB\xBF<?xml version='1.0' encoding='utf-8'?><a>\xC3\xA9</a>"),
  GOOD ("mark-only", "\xEF\xBB\xBF<a/>"),
  GOOD ("utf-8-named", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a>\xC3\xA9</a>"),
  GOOD ("latin-1", "<?xml version='1.0' encoding='ISO-8859-1'?><a x='\xE9'>\xE9<b/></a>"),
  GOOD ("windows-1252", "<?xml version='1.0' encoding='windows-1252'?><a x='\x80'/>"),
  GOOD ("ascii", "<?xml version='1.0' encoding='US-ASCII'?><a x='&#233;'/>"),
  GOOD ("utf-16-le", "\xFF\xFE<\0a\0>\0\xE9\0<\0b\0/\0>\0<\0/\0a\0>\0"),
  GOOD ("utf-16-be", "\xFE\xFF\0<\0a\0>\0\xE9\0<\0b\0/\0>\0<\0/\0a\0>"),
  GOOD ("utf-16-pair", "\xFF\xFE<\0a\0>\0\x3D\xD8\x27\xDC<\0/\0a\0>\0"),
};

static VhDocument *
load_row (const GoodRow *row)
{
  g_autoptr (GError) error = NULL;
  VhDocument *document = tree_load (row->bytes, row->length, &error);
  g_assert_no_error (error);
  return document;
}

static void
assert_bytes (const VhDocument *document, const char *bytes, gsize length)
{
  gsize found_length = 0;
  const char *found = g_bytes_get_data (vh_document_get_bytes (document), &found_length);
  g_assert_cmpmem (found, found_length, bytes, length);
}

static void
test_good (gconstpointer data)
{
  const GoodRow *row = data;
  g_autoptr (VhDocument) document = load_row (row);
  assert_bytes (document, row->bytes, row->length);
  g_assert_null (vh_document_get_read_only_reason (document));
  g_autofree char *difference = tree_find_difference (document);
  g_assert_cmpstr (difference, ==, NULL);
}

/* The text given back as a change is the same document. */
static void
test_good_changed (gconstpointer data)
{
  const GoodRow *row = data;
  g_autoptr (VhDocument) document = load_row (row);
  gsize length = 0;
  const char *text = vh_document_get_text (document, &length);
  g_assert_cmpint (text[length], ==, '\0');
  g_autoptr (GError) error = NULL;
  g_autoptr (VhDocument) same = vh_document_new_changed (document, text, length, &error);
  g_assert_no_error (error);
  assert_bytes (same, row->bytes, row->length);
}

static void
test_extents (void)
{
  static const char text[] = "\xEF\xBB\xBF<?xml version='1.0'?>\n<!--<x>--><a k='>' ><b c = \"d\"\n"
                             "/><e>f</e >\n</a>";
  static const struct {
    const char *tag, *whole;
  } rows[] = {
    { "<a k='>' >", "<a k='>' ><b c = \"d\"\n/><e>f</e >\n</a>" },
    { "<b c = \"d\"\n/>", "<b c = \"d\"\n/>" },
    { "<e>", "<e>f</e >" },
  };
  g_autoptr (VhDocument) document = tree_load_good (text);
  g_assert_cmpuint (vh_document_get_n_elements (document), ==, G_N_ELEMENTS (rows));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const VhElement *element = vh_document_get_element (document, i);
      const char *begin = text + element->begin;
      g_assert_cmpmem (begin, element->tag_end - element->begin, rows[i].tag, strlen (rows[i].tag));
      g_assert_cmpmem (begin, element->end - element->begin, rows[i].whole, strlen (rows[i].whole));
    }
  guint32 begin = 0, length = 0;
  g_assert_true (vh_document_get_attribute_extent (document, 1, "c", &begin, &length));
  g_assert_cmpmem (text + begin, length, "d", 1);
  g_assert_false (vh_document_get_attribute_extent (document, 1, "k", &begin, &length));
}

static void
test_walk (void)
{
  g_autoptr (VhDocument) document = tree_load_good (
      "<a xmlns:q='http://libvirt.org/schemas/domain/qemu/1.0'><b><c/><c/></b><q:c/><c "
      "one='1' two='&lt;'/></a>");
  g_assert_cmpint (vh_document_find_first_child (document, 0), ==, 1);
  g_assert_cmpint (vh_document_find_first_child (document, 1), ==, 2);
  g_assert_cmpint (vh_document_find_first_child (document, 2), ==, -1);
  g_assert_cmpint (vh_document_find_next_sibling (document, 0), ==, -1);
  g_assert_cmpint (vh_document_find_next_sibling (document, 1), ==, 4);
  g_assert_cmpint (vh_document_find_next_sibling (document, 2), ==, 3);
  g_assert_cmpint (vh_document_find_next_sibling (document, 3), ==, -1);
  g_assert_cmpint (vh_document_find_next_sibling (document, 5), ==, -1);
  g_assert_cmpint (vh_document_find_child (document, 0, "c"), ==, 5);
  g_assert_cmpint (vh_document_find_child (document, 0, "d"), ==, -1);
  g_assert_cmpint (vh_document_find_child (document, 3, "c"), ==, -1);
  g_assert_null (vh_document_dup_attribute (document, 5, "on"));
  g_assert_null (vh_document_dup_attribute (document, 5, "onet"));
  g_assert_false (vh_document_attribute_equals (document, 5, "one", "11"));
  g_assert_false (vh_document_attribute_equals (document, 5, "one", ""));
  g_assert_true (vh_document_attribute_equals (document, 5, "two", "<"));
  g_assert_false (vh_document_attribute_equals (document, 5, "two", "&lt;"));
  g_assert_false (vh_document_attribute_equals (document, 5, "three", ""));
}

/* A character that stands in the text but not in the encoding. */
static void
test_character_reference (void)
{
  static const char bytes[] = "<?xml version='1.0' encoding='ISO-8859-1'?><a x='\xE9'/>";
  static const char text[] =
      "<?xml version='1.0' encoding='ISO-8859-1'?><a x='\xC3\xA9\xE2\x82\xAC-\xF0\x9F\x90\xA7'/>";
  static const char changed[] =
      "<?xml version='1.0' encoding='ISO-8859-1'?><a x='\xE9&#8364;-&#128039;'/>";
  g_autoptr (GError) error = NULL;
  g_autoptr (VhDocument) before = tree_load (bytes, strlen (bytes), &error);
  g_assert_no_error (error);
  g_autoptr (VhDocument) after = vh_document_new_changed (before, text, strlen (text), &error);
  g_assert_no_error (error);
  assert_bytes (after, changed, strlen (changed));
  g_assert_true (
      vh_document_attribute_equals (after, 0, "x", "\xC3\xA9\xE2\x82\xAC-\xF0\x9F\x90\xA7"));
}

static void
test_changed_is_checked (void)
{
  g_autoptr (VhDocument) document = tree_load_good ("<a/>");
  g_autoptr (GError) error = NULL;
  g_assert_null (vh_document_new_changed (document, "<a>", 3, &error));
  g_assert_error (error, VH_DOCUMENT_ERROR, VH_DOCUMENT_ERROR_NOT_XML);
}

/* ISO-2022-JP can write the same text in several ways. */
static void
test_read_only (void)
{
  static const char bytes[] =
      "<?xml version='1.0' encoding='ISO-2022-JP'?><a>\x1B(B\x1B$B0!\x1B(B</a>";
  g_autoptr (GError) error = NULL;
  g_autoptr (VhDocument) document = tree_load (bytes, strlen (bytes), &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (vh_document_get_read_only_reason (document), "ISO-2022-JP"));
  assert_bytes (document, bytes, strlen (bytes));
  g_autofree char *content = vh_document_dup_content (document, 0);
  g_assert_cmpstr (content, ==, "\xE4\xBA\x9C");
  gsize length = 0;
  const char *text = vh_document_get_text (document, &length);
  g_assert_null (vh_document_new_changed (document, text, length, &error));
  g_assert_error (error, VH_DOCUMENT_ERROR, VH_DOCUMENT_ERROR_ENCODING);
}

static void
repeat (GString *text, const char *piece, guint times)
{
  for (guint i = 0; i < times; i++)
    g_string_append (text, piece);
}

/* Everything that can stand at the edge of a chunk stands at one. */
static void
test_chunks (void)
{
  static const char piece[] =
      "<b c='d&lt;e\xE2\x82\xAC' f=\"\xE2\x82\xAC\">\r\n\xF0\x9F\x90\xA7&amp;"
      "<![CDATA[]] >\xE2\x82\xAC]]><!-- \xF0\x9F\x90\xA7 - -->\r\n<?p \xE2\x82\xAC ? >?>"
      "\xC3\xA9<\xC3\xA9 x=''/>\n</b>";
  for (guint shift = 0; shift < sizeof piece; shift++)
    {
      g_autoptr (GString) text = g_string_new ("<a>");
      for (guint i = 0; i < 65536 - sizeof piece - 3 + shift; i++)
        g_string_append_c (text, 'x');
      repeat (text, piece, 3);
      g_string_append (text, "</a>");
      g_autoptr (VhDocument) document = tree_load_good (text->str);
      g_autofree char *difference = tree_find_difference (document);
      g_assert_cmpstr (difference, ==, NULL);
    }
}

static void
add_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good_rows); i++)
    {
      g_autofree char *path = g_strconcat ("/document/good/", good_rows[i].name, NULL);
      g_test_add_data_func (path, &good_rows[i], test_good);
      g_autofree char *changed = g_strconcat ("/document/changed/", good_rows[i].name, NULL);
      g_test_add_data_func (changed, &good_rows[i], test_good_changed);
    }
}

/* Bytes are looked at eight at a time: what is wrong is found wherever it stands. */
static void
test_bad_bytes_anywhere (void)
{
  static const struct {
    const char *bytes;
    gsize length;
    gboolean is_good;
  } rows[] = {
    { "\0", 1, FALSE },   { "\xE9", 1, FALSE },         { "\xC3\xA9", 2, TRUE },
    { "\x80", 1, FALSE }, { "\xED\xA0\x80", 3, FALSE }, { "\x7F", 1, TRUE },
  };
  for (guint row = 0; row < G_N_ELEMENTS (rows); row++)
    for (guint before = 0; before < 20; before++)
      {
        g_autoptr (GString) text = g_string_new ("<a>");
        for (guint i = 0; i < before; i++)
          g_string_append_c (text, 'x');
        g_string_append_len (text, rows[row].bytes, (gssize) rows[row].length);
        g_string_append (text, "</a>");
        g_autoptr (GBytes) bytes = g_bytes_new (text->str, text->len);
        g_autoptr (VhDocument) document = vh_document_new (bytes, NULL);
        g_assert_cmpint (document != NULL, ==, rows[row].is_good);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_rows ();
  g_test_add_func ("/document/extents", test_extents);
  g_test_add_func ("/document/walk", test_walk);
  g_test_add_func ("/document/character-reference", test_character_reference);
  g_test_add_func ("/document/changed-is-checked", test_changed_is_checked);
  g_test_add_func ("/document/read-only", test_read_only);
  g_test_add_func ("/document/chunks", test_chunks);
  g_test_add_func ("/document/bad-bytes-anywhere", test_bad_bytes_anywhere);
  return g_test_run ();
}
