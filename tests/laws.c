/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/laws.h"

#include "tests/laws_knobs.h"
#include "tests/tree.h"

#include <libxml/parser.h>
#include <string.h>

#define ALL_KNOBS ((1u << LAWS_N_KNOBS) - 1)

typedef struct {
  const char *path;
  LawsCount *count;
} Check;

G_GNUC_PRINTF (2, 3)
static void
broken (const Check *check, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  if (check->count->n_broken++ < 20)
    g_test_message ("%s: %s", check->path, what);
  g_test_fail ();
}

static gboolean
is_same (const VhDocument *a, const VhDocument *b)
{
  return g_bytes_equal (vh_document_get_bytes (a), vh_document_get_bytes (b));
}

static VhDocument *
apply (const Check *check, VhSplices *splices)
{
  g_autoptr (GError) error = NULL;
  VhDocument *document = vh_splices_apply (splices, &error);
  if (!document)
    broken (check, "%s", error->message);
  return document;
}

/* NULL when there is nothing to set. */
static VhDocument *
set_knobs (const Check *check, VhDocument *document, guint knobs)
{
  g_autoptr (VhSplices) splices = vh_splices_new (document);
  for (guint i = 0; i < LAWS_N_KNOBS; i++)
    if (knobs & (1u << i))
      laws_knobs[i].set (splices, document);
  return vh_splices_is_empty (splices) ? NULL : apply (check, splices);
}

static VhDocument *
clear_knobs (const Check *check, VhDocument *document, guint knobs)
{
  g_autoptr (VhSplices) splices = vh_splices_new (document);
  for (guint i = 0; i < LAWS_N_KNOBS; i++)
    if (knobs & (1u << i))
      laws_knobs[i].clear (splices, document);
  return apply (check, splices);
}

/* Set, written, loaded again, cleared; NULL when there is nothing to set. */
static VhDocument *
new_cycle (const Check *check, VhDocument *document, guint knobs)
{
  g_autoptr (VhDocument) set = set_knobs (check, document, knobs);
  if (!set)
    return NULL;
  g_autofree char *difference = tree_find_difference (set);
  if (difference)
    broken (check, "knobs %u set: %s", knobs, difference);
  if (is_same (set, document))
    broken (check, "knobs %u set nothing", knobs);
  g_autoptr (VhDocument) loaded = vh_document_new (vh_document_get_bytes (set), NULL);
  return clear_knobs (check, loaded, knobs);
}

static gboolean
is_excepted (const VhDocument *document, guint knobs)
{
  for (guint i = 0; i < LAWS_N_KNOBS; i++)
    if ((knobs & (1u << i)) && laws_knobs[i].is_excepted (document))
      return TRUE;
  return FALSE;
}

static void
check_cycle (const Check *check, VhDocument *document, guint knobs)
{
  g_autoptr (VhDocument) after = new_cycle (check, document, knobs);
  if (!after)
    return;
  check->count->n_cycles++;
  if (is_same (after, document))
    return;
  if (!is_excepted (document, knobs))
    {
      broken (check, "knobs %u leave other bytes:\n%s", knobs, vh_document_get_text (after, NULL));
      return;
    }
  check->count->n_excepted++;
  g_autoptr (VhDocument) again = new_cycle (check, after, knobs);
  if (!again || !is_same (again, after))
    broken (check, "knobs %u leave other bytes each time", knobs);
}

static void
check_no_edit (const Check *check, VhDocument *document, GBytes *bytes)
{
  if (!g_bytes_equal (vh_document_get_bytes (document), bytes))
    broken (check, "other bytes when loaded");
  if (vh_document_get_read_only_reason (document))
    {
      broken (check, "%s", vh_document_get_read_only_reason (document));
      return;
    }
  gsize length = 0;
  const char *text = vh_document_get_text (document, &length);
  g_autoptr (VhDocument) same = vh_document_new_changed (document, text, length, NULL);
  if (!same || !is_same (same, document))
    broken (check, "other bytes when written");
  g_autofree char *difference = tree_find_difference (document);
  if (difference)
    broken (check, "%s", difference);
}

static void
check_form (const Check *check, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VhDocument) document = vh_document_new (bytes, &error);
  if (!document)
    {
      broken (check, "%s", error->message);
      return;
    }
  check->count->n_documents++;
  check_no_edit (check, document, bytes);
  if (!vh_document_is (document, 0, "domain"))
    return;
  check->count->n_domains++;
  guint turn = check->count->n_domains;
  for (guint i = 0; i < LAWS_N_KNOBS; i++)
    if (!check->count->is_quick || i == turn % LAWS_N_KNOBS)
      check_cycle (check, document, 1u << i);
  check_cycle (check, document, ALL_KNOBS);
}

/* What libxml2 reads may be refused for a reason only. */
static void
check_refused (const Check *check, GBytes *bytes, const GError *error)
{
  check->count->n_refused++;
  gsize length = 0;
  const char *data = g_bytes_get_data (bytes, &length);
  xmlDoc *tree = xmlReadMemory (data, (int) length, NULL, NULL,
                                XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  if (tree && g_error_matches (error, VH_DOCUMENT_ERROR, VH_DOCUMENT_ERROR_NOT_XML))
    broken (check, "libxml2 reads it, but: %s", error->message);
  xmlFreeDoc (tree);
}

static void
check_file (const char *path, LawsForm form, LawsCount *count)
{
  Check check = { path, count };
  char *data = NULL;
  gsize length = 0;
  g_autoptr (GError) error = NULL;
  if (!g_file_get_contents (path, &data, &length, &error))
    {
      broken (&check, "%s", error->message);
      return;
    }
  g_autoptr (GBytes) bytes = g_bytes_new_take (data, length);
  g_autoptr (VhDocument) document = vh_document_new (bytes, &error);
  if (!document)
    {
      check_refused (&check, bytes, error);
      return;
    }
  g_autoptr (GBytes) formed = laws_form_new (document, form);
  if (formed)
    check_form (&check, formed);
}

void
laws_check_folder (const char *folder, LawsForm form, LawsCount *count)
{
  g_autoptr (GDir) names = g_dir_open (folder, 0, NULL);
  const char *name = NULL;
  while (names && (name = g_dir_read_name (names)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        laws_check_folder (path, form, count);
      else if (g_str_has_suffix (name, ".xml") && g_str_hash (name) % MAX (count->one_of, 1) == 0)
        check_file (path, form, count);
    }
}
