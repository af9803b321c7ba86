/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a document may not be, and what it may not cost. */
#include "model/document.h"
#include "tests/tree.h"

#include <libxml/parser.h>
#include <string.h>

/* What cannot be read, and the words that say why. */
typedef struct {
  const char *name;
  const char *bytes;
  gsize length;
  VhDocumentError code;
  const char *words;
} BadRow;

#define BAD(name, bytes, code, words)                                                              \
  {                                                                                                \
    name, bytes, sizeof (bytes) - 1, VH_DOCUMENT_ERROR_##code, words                               \
  }

static const BadRow bad_rows[] = {
  BAD ("empty", "", NOT_XML, "empty"),
  BAD ("white-space", " \n ", NOT_XML, "empty"),
  BAD ("words", "hello", NOT_XML, "begin with '<'"),
  BAD ("truncated", "<domain>\n  <name>x</name>\n", NOT_XML, "domain"),
  BAD ("truncated-tag", "<domain type='kvm", NOT_XML, "line 1"),
  BAD ("mismatch", "<domain>\n<a>\n</b></domain>", NOT_XML, "line 3"),
  BAD ("two-roots", "<a/><b/>", NOT_XML, "line 1"),
  BAD ("twice", "<a x='1' x='2'/>", NOT_XML, "redefined"),
  BAD ("raw-less-than", "<a x='<'/>", NOT_XML, "line 1"),
  BAD ("unquoted", "<a x=1/>", NOT_XML, "line 1"),
  BAD ("cdata-end", "<a>]]></a>", NOT_XML, "line 1"),
  BAD ("nul", "<a>\n\0</a>", NOT_XML, "line 2 has a NUL byte"),
  BAD ("nul-reference", "<a>&#0;</a>", NOT_XML, "line 1"),
  BAD ("control", "<a>\x01</a>", NOT_XML, "line 1"),
  BAD ("unknown-entity", "<a>&nbsp;</a>", ENTITY, "\"nbsp\""),
  BAD ("unknown-entity-in-value", "<a x='&nbsp;'/>", ENTITY, "\"nbsp\""),
  BAD ("overlong", "<a>\xC0\xAF</a>", ENCODING, "0xc0 in line 1"),
  BAD ("surrogate", "<a>\n\xED\xA0\x80</a>", ENCODING, "line 2"),
  BAD ("cut-character", "<a>\xE2\x82", ENCODING, "0xe2"),
  BAD ("latin-1-unnamed", "<a>caf\xE9</a>", ENCODING, "0xe9"),
  BAD ("unknown-encoding", "<?xml version='1.0' encoding='x-nobody'?><a/>", ENCODING, "x-nobody"),
  BAD ("ascii", "<?xml version='1.0' encoding='US-ASCII'?><a>\xE9</a>", ENCODING, "US-ASCII"),
  BAD ("utf-16-in-name-only", "<?xml version='1.0' encoding='UTF-16'?><a/>", ENCODING, "UTF-16"),
  BAD ("utf-16-in-name-only-even", "<?xml version='1.0' encoding='UTF-16'?><ab/>", ENCODING,
       "UTF-16"),
  BAD ("ebcdic", "\x4C\x6F\xA7\x94\x93", ENCODING, "EBCDIC"),
  BAD ("utf-16-odd", "\xFF\xFE<\0a\0/\0>", ENCODING, "UTF-16LE"),
  BAD ("utf-16-surrogate", "\xFF\xFE<\0a\0>\0\0\xD8<\0/\0a\0>\0", ENCODING, "UTF-16LE"),
  BAD ("utf-16-nul", "\xFF\xFE<\0a\0>\0\0\0<\0/\0a\0>\0", NOT_XML, "NUL"),
  BAD ("laughs",
       "<!DOCTYPE d [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>"
       "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]><d>&c;</d>",
       ENTITY, "\"a\""),
  BAD ("entity-unused", "<!DOCTYPE d [<!ENTITY a 'ha'>]><d/>", ENTITY, "\"a\""),
  BAD ("entity-external", "<!DOCTYPE d [<!ENTITY e SYSTEM 'file:///dev/null'>]><d>&e;</d>", ENTITY,
       "\"e\""),
  BAD ("entity-parameter", "<!DOCTYPE d [<!ENTITY % p SYSTEM 'file:///dev/null'>%p;]><d/>", ENTITY,
       "\"p\""),
  BAD ("entity-unparsed",
       "<!DOCTYPE d [<!NOTATION n SYSTEM 'x'><!ENTITY u SYSTEM 'file:///dev/null' NDATA n>]><d/>",
       ENTITY, "\"u\""),
  BAD ("entity-parameter-unknown", "<!DOCTYPE d [%p;]><d/>", ENTITY, "\"p\""),
  BAD ("entity-in-external-type", "<!DOCTYPE d SYSTEM 'file:///dev/null'><d>&e;</d>", ENTITY,
       "\"e\""),
  BAD ("default-attribute", "<!DOCTYPE d [<!ATTLIST d type CDATA 'kvm'>]><d/>", ENTITY, "default"),
  BAD ("default-word", "<!DOCTYPE d [<!ATTLIST d type (a|b) 'b'>]><d/>", ENTITY, "default"),
};

static void
test_bad (gconstpointer data)
{
  const BadRow *row = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (VhDocument) document = tree_load (row->bytes, row->length, &error);
  g_assert_null (document);
  g_assert_error (error, VH_DOCUMENT_ERROR, (int) row->code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, row->words));
  g_assert_true (g_str_has_suffix (error->message, "."));
}

static void
repeat (GString *text, const char *piece, guint times)
{
  for (guint i = 0; i < times; i++)
    g_string_append (text, piece);
}

static void
assert_too_large (const GString *text, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VhDocument) document = tree_load (text->str, text->len, &error);
  g_assert_null (document);
  g_assert_error (error, VH_DOCUMENT_ERROR, VH_DOCUMENT_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_depth (void)
{
  for (guint depth = VH_DOCUMENT_MAX_DEPTH; depth <= VH_DOCUMENT_MAX_DEPTH + 1; depth++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      repeat (text, "<a>", depth);
      repeat (text, "</a>", depth);
      if (depth > VH_DOCUMENT_MAX_DEPTH)
        {
          assert_too_large (text, "256 deep");
          return;
        }
      g_autoptr (VhDocument) document = tree_load_good (text->str);
      g_assert_cmpuint (vh_document_get_n_elements (document), ==, depth);
    }
}

/* Neither the depth nor the end of the document matters to a deep hole. */
static void
test_bottomless (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  repeat (text, "<a>", 1000000);
  assert_too_large (text, "256 deep");
}

static void
append_attributes (GString *text, guint count)
{
  for (guint i = 0; i < count; i++)
    g_string_append_printf (text, " a%u=''", i);
}

static void
test_attributes (void)
{
  for (guint count = 255; count <= 256; count++)
    {
      g_autoptr (GString) text = g_string_new ("<a");
      append_attributes (text, count);
      g_string_append (text, "/>");
      if (count > 255)
        {
          assert_too_large (text, "255 attributes");
          return;
        }
      g_autoptr (VhDocument) document = tree_load_good (text->str);
      g_assert_cmpuint (vh_document_get_element (document, 0)->n_attributes, ==, count);
      g_assert_true (vh_document_attribute_equals (document, 0, "a254", ""));
    }
}

/* Would take hours if it were left to a comparison of each with each. */
static void
test_endless_tag (void)
{
  g_autoptr (GString) text = g_string_new ("<a><b");
  append_attributes (text, 1000000);
  g_string_append (text, "/></a>");
  assert_too_large (text, "255 attributes");
}

static void
test_long_value (void)
{
  g_autoptr (GString) text = g_string_new ("<a b='");
  repeat (text, "c=> ", 100000);
  g_string_append (text, "'>");
  repeat (text, "c=d ", 100000);
  g_string_append (text, "</a>");
  g_autoptr (VhDocument) document = tree_load_good (text->str);
  g_autofree char *difference = tree_find_difference (document);
  g_assert_cmpstr (difference, ==, NULL);
}

static void
test_names (void)
{
  g_autoptr (GString) text = g_string_new ("<a>");
  for (guint i = 0; i < 65535; i++)
    g_string_append_printf (text, "<b%u/>", i);
  g_autofree char *most = g_strconcat (text->str, "</a>", NULL);
  g_autoptr (VhDocument) document = tree_load_good (most);
  g_assert_true (vh_document_is (document, 65535, "b65534"));
  g_string_append (text, "<c/></a>");
  assert_too_large (text, "65,536 different names");
}

static void
test_size (void)
{
  gsize length = (gsize) VH_DOCUMENT_MAX_BYTES + 1;
  char *data = g_try_malloc0 (length + 1);
  if (!data)
    {
      g_test_skip ("not enough memory");
      return;
    }
  g_autoptr (GError) error = NULL;
  g_assert_null (vh_document_new_take (data, length, &error));
  g_assert_error (error, VH_DOCUMENT_ERROR, VH_DOCUMENT_ERROR_TOO_LARGE);
}

static guint n_loaded;

static xmlParserInputPtr
count_load (const char *url, const char *id, xmlParserCtxtPtr context)
{
  (void) url;
  (void) id;
  (void) context;
  n_loaded++;
  return NULL;
}

static void
test_loads_nothing (void)
{
  static const char *const texts[] = {
    "<!DOCTYPE a SYSTEM 'file:///dev/null'><a/>",
    "<!DOCTYPE a PUBLIC '-//x//y' 'http://127.0.0.1:9/x.dtd'><a>&b;</a>",
    "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///dev/null'>]><a>&b;</a>",
    "<!DOCTYPE a [<!ENTITY % b SYSTEM 'file:///dev/null'> %b;]><a/>",
    "<a xmlns:i='http://www.w3.org/2001/XInclude'><i:include href='file:///dev/null'/></a>",
    "<?xml-stylesheet href='file:///dev/null'?><a/>",
  };
  xmlExternalEntityLoader old = xmlGetExternalEntityLoader ();
  xmlSetExternalEntityLoader (count_load);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      vh_document_unref (tree_load (texts[i], strlen (texts[i]), NULL));
      g_assert_cmpuint (n_loaded, ==, 0);
    }
  xmlSetExternalEntityLoader (old);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (bad_rows); i++)
    {
      g_autofree char *path = g_strconcat ("/hostile/bad/", bad_rows[i].name, NULL);
      g_test_add_data_func (path, &bad_rows[i], test_bad);
    }
  g_test_add_func ("/hostile/depth", test_depth);
  g_test_add_func ("/hostile/bottomless", test_bottomless);
  g_test_add_func ("/hostile/attributes", test_attributes);
  g_test_add_func ("/hostile/endless-tag", test_endless_tag);
  g_test_add_func ("/hostile/long-value", test_long_value);
  g_test_add_func ("/hostile/names", test_names);
  g_test_add_func ("/hostile/size", test_size);
  g_test_add_func ("/hostile/loads-nothing", test_loads_nothing);
  return g_test_run ();
}
