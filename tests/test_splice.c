/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/splice.h"

#include <string.h>

#define QEMU_URI "http://libvirt.org/schemas/domain/qemu/1.0"
#define MARK "\xEF\xBB\xBF"

typedef enum { END, SET, UNSET, APPEND, AFTER, REMOVE, REMOVE_UP, ARG, REMOVE_ARG } Verb;

typedef struct {
  Verb verb;
  guint element; /* in document order; 0 is the root */
  const char *text;
  const char *value;
} Step;

typedef struct {
  const char *name;
  const char *before;
  Step steps[4];
  const char *after;
} Row;

static const Row rows[] = {
#include "tests/splice.def"
};

static void
take_step (VhSplices *splices, const Step *step)
{
  const char *values[] = { step->text, step->value, NULL };
  switch (step->verb)
    {
    case SET:
      vh_splices_set_attribute (splices, step->element, step->text, step->value);
      break;
    case UNSET:
      vh_splices_remove_attribute (splices, step->element, step->text);
      break;
    case APPEND:
      vh_splices_append_child (splices, step->element, step->text);
      break;
    case AFTER:
      vh_splices_insert_after (splices, step->element, step->text);
      break;
    case REMOVE:
      vh_splices_remove_element (splices, step->element, VH_EMPTIED_COLLAPSE);
      break;
    case REMOVE_UP:
      vh_splices_remove_element (splices, step->element, VH_EMPTIED_REMOVE);
      break;
    case ARG:
      vh_splices_append_qemu_args (splices, values);
      break;
    case REMOVE_ARG:
      vh_splices_remove_qemu_arg (splices, step->element);
      break;
    case END:
      break;
    }
}

static VhDocument *
load (const char *text)
{
  g_autoptr (GError) error = NULL;
  VhDocument *document = vh_document_new_take (g_strdup (text), strlen (text), &error);
  g_assert_no_error (error);
  return document;
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (VhDocument) before = load (row->before);
  g_autoptr (VhSplices) splices = vh_splices_new (before);
  g_assert_true (vh_splices_is_empty (splices));
  for (guint i = 0; i < G_N_ELEMENTS (row->steps); i++)
    take_step (splices, &row->steps[i]);
  g_assert_cmpint (vh_splices_is_empty (splices), ==, strcmp (row->before, row->after) == 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (VhDocument) after = vh_splices_apply (splices, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (vh_document_get_text (after, NULL), ==, row->after);
  g_assert_cmpstr (vh_document_get_text (before, NULL), ==, row->before);
  g_autoptr (VhDocument) again = vh_splices_apply (splices, &error);
  g_assert_cmpstr (vh_document_get_text (again, NULL), ==, row->after);
}

static void
test_nothing (void)
{
  g_autoptr (VhDocument) before = load ("<a/>");
  g_autoptr (VhSplices) splices = vh_splices_new (before);
  g_autoptr (VhDocument) after = vh_splices_apply (splices, NULL);
  g_assert_true (after == before);
}

static void
test_read_only (void)
{
  g_autoptr (VhDocument) before =
      load ("<?xml version='1.0' encoding='ISO-2022-JP'?><a>\x1B(B\x1B$B0!\x1B(B</a>");
  g_autoptr (VhSplices) splices = vh_splices_new (before);
  vh_splices_set_attribute (splices, 0, "x", "1");
  g_autoptr (GError) error = NULL;
  g_assert_null (vh_splices_apply (splices, &error));
  g_assert_error (error, VH_DOCUMENT_ERROR, VH_DOCUMENT_ERROR_ENCODING);
  g_assert_cmpstr (error->message, ==, vh_document_get_read_only_reason (before));
}

/* One attribute more than a document may have is no bug of ours. */
static void
test_too_large (void)
{
  g_autoptr (GString) text = g_string_new ("<a");
  for (guint i = 0; i < 255; i++)
    g_string_append_printf (text, " a%u=''", i);
  g_string_append (text, "/>");
  g_autoptr (VhDocument) before = load (text->str);
  g_autoptr (VhSplices) splices = vh_splices_new (before);
  vh_splices_set_attribute (splices, 0, "x", "1");
  g_autoptr (GError) error = NULL;
  g_assert_null (vh_splices_apply (splices, &error));
  g_assert_error (error, VH_DOCUMENT_ERROR, VH_DOCUMENT_ERROR_TOO_LARGE);
}

static void
test_other_encoding (void)
{
  g_autoptr (VhDocument) before =
      load ("<?xml version='1.0' encoding='ISO-8859-1'?>\n<a x='\xE9'>\n  <b/>\n</a>\n");
  g_autoptr (VhSplices) splices = vh_splices_new (before);
  vh_splices_set_attribute (splices, 1, "y", "\xC3\xA9\xE2\x82\xAC");
  g_autoptr (VhDocument) after = vh_splices_apply (splices, NULL);
  static const char expected[] = "<?xml version='1.0' encoding='ISO-8859-1'?>\n<a x='\xE9'>\n"
                                 "  <b y='\xE9&#8364;'/>\n</a>\n";
  gsize length = 0;
  const char *bytes = g_bytes_get_data (vh_document_get_bytes (after), &length);
  g_assert_cmpmem (bytes, length, expected, strlen (expected));
}

/* As many changes as a large domain has ports, in no useful order. */
static void
test_many (void)
{
  enum { N = 20000 };
  g_autoptr (GString) text = g_string_new ("<a>\n");
  g_autoptr (GString) expected = g_string_new ("<a>\n");
  for (guint i = 0; i < N; i++)
    {
      g_string_append (text, "  <b/>\n");
      g_string_append_printf (expected, "  <b x='%u'>\n    <c/>\n  </b>\n", i + 1);
    }
  for (guint i = 0; i < N; i++)
    g_string_append (expected, "  <d/>\n");
  g_string_append (text, "</a>\n");
  g_string_append (expected, "</a>\n");
  g_autoptr (VhDocument) before = load (text->str);
  g_autoptr (VhSplices) splices = vh_splices_new (before);
  for (guint i = 0; i < N; i++)
    {
      guint element = 1 + (i * 7919u) % N;
      g_autofree char *value = g_strdup_printf ("%u", element);
      vh_splices_set_attribute (splices, element, "x", value);
      vh_splices_append_child (splices, element, "<c/>");
      vh_splices_append_child (splices, 0, "<d/>");
    }
  g_autoptr (VhDocument) after = vh_splices_apply (splices, NULL);
  g_assert_cmpstr (vh_document_get_text (after, NULL), ==, expected->str);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/splice/", rows[i].name, NULL);
      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/splice/nothing", test_nothing);
  g_test_add_func ("/splice/read-only", test_read_only);
  g_test_add_func ("/splice/too-large", test_too_large);
  g_test_add_func ("/splice/other-encoding", test_other_encoding);
  g_test_add_func ("/splice/many", test_many);
  return g_test_run ();
}
