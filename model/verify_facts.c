/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/verify_facts.h"

#include <string.h>

#include "model/document_text.h"
#include "model/secrets.h"

#define BLANKS " \t\r\n"

/* What tells an element from its siblings of the same name: two attributes, or
 * one of a child. */
typedef struct {
  const char *name;  /* NULL: any element */
  const char *child; /* NULL: its own attributes */
  const char *first, *second;
} Identity;

static const Identity identities[] = {
  { "controller", NULL, "type", "index" },
  { "disk", "target", "dev", NULL },
  { "interface", "mac", "address", NULL },
  { "filesystem", "target", "dir", NULL },
  { "arg", NULL, "value", NULL },
  { NULL, NULL, "name", NULL },
  { NULL, NULL, "alias", NULL },
  { NULL, NULL, "id", NULL },
  { NULL, NULL, "vcpu", NULL },
  { NULL, NULL, "dev", NULL },
  { NULL, "address", "bus", "slot" },
};

static char *
identity_dup (const VhDocument *document, guint element, const Identity *identity)
{
  if (identity->name && !g_str_equal (identity->name, vh_document_get_name (document, element)))
    return NULL;
  gint32 holder = (gint32) element;
  if (identity->child)
    holder = vh_document_find_child (document, element, identity->child);
  if (holder < 0)
    return NULL;
  char *first = vh_document_dup_attribute (document, (guint) holder, identity->first);
  if (!first || !identity->second)
    return first;
  g_autofree char *owned = first;
  g_autofree char *second = vh_document_dup_attribute (document, (guint) holder, identity->second);
  return second ? g_strdup_printf ("%s %s", owned, second) : NULL;
}

static char *
identify (const VhDocument *document, guint element)
{
  for (guint i = 0; i < G_N_ELEMENTS (identities); i++)
    {
      char *identity = identity_dup (document, element, &identities[i]);
      if (identity)
        return identity;
    }
  return NULL;
}

static const char *
prefix_of (const VhElement *element)
{
  switch ((VhNamespace) element->ns)
    {
    case VH_NAMESPACE_QEMU:
      return "qemu:";
    case VH_NAMESPACE_OTHER:
      return "other:";
    case VH_NAMESPACE_NONE:
    default:
      return "";
    }
}

/* The name of an element among its siblings; those that nothing tells apart
 * are numbered. `counts` says how often a path was there already. */
static char *
path_new (const VhDocument *document, guint element, const char *parent, GHashTable *counts)
{
  const VhElement *extent = vh_document_get_element (document, element);
  g_autofree char *identity = identify (document, element);
  GString *path = g_string_new (parent);
  if (*parent)
    g_string_append_c (path, '/');
  g_string_append (path, prefix_of (extent));
  g_string_append (path, vh_document_get_name (document, element));
  if (identity)
    g_string_append_printf (path, "[%s]", identity);
  guint before = GPOINTER_TO_UINT (g_hash_table_lookup (counts, path->str));
  g_hash_table_replace (counts, g_strdup (path->str), GUINT_TO_POINTER (before + 1));
  if (before > 0)
    g_string_append_printf (path, "#%u", before + 1);
  return g_string_free (path, FALSE);
}

static void
fact_free (VhVerifyFact *fact)
{
  g_free (fact->path);
  g_free (fact->value);
  g_free (fact);
}

/* Takes `value`. */
static void
push_fact (VhVerifyFacts *facts, guint element, const char *path, const char *attribute,
           char *value)
{
  VhVerifyFact *fact = g_new0 (VhVerifyFact, 1);
  fact->kind = attribute ? VH_FACT_KIND_ATTRIBUTE : VH_FACT_KIND_TEXT;
  fact->element = element;
  fact->element_path = strlen (path);
  fact->path = g_strconcat (path, "@", attribute, NULL);
  fact->value = value;
  fact->secret = vh_secrets_is (facts->document, element, attribute);
  g_ptr_array_add (facts->facts, fact);
  g_hash_table_insert (facts->by_path, fact->path, fact);
}

static void
push_element (VhVerifyFacts *facts, guint element, const char *path)
{
  VhVerifyFact *fact = g_new0 (VhVerifyFact, 1);
  fact->kind = VH_FACT_KIND_ELEMENT;
  fact->element = element;
  fact->element_path = strlen (path);
  fact->path = g_strdup (path);
  fact->value = g_strdup ("");
  g_ptr_array_add (facts->facts, fact);
  g_hash_table_insert (facts->by_path, fact->path, fact);
}

static void
push_attributes (VhVerifyFacts *facts, guint element, const char *path)
{
  const char *text = vh_document_get_text (facts->document, NULL);
  guint32 tag = vh_document_get_element (facts->document, element)->begin;
  guint32 position = vh_document_text_skip_name (text, tag);
  for (VhTextAttribute raw; vh_document_text_next_attribute (text, &position, &raw);)
    {
      g_autofree char *name = g_strndup (text + raw.name, raw.name_length);
      if (!g_str_equal (name, "xmlns") && !g_str_has_prefix (name, "xmlns:"))
        push_fact (facts, element, path, name,
                   vh_document_text_dup_value (text, raw.value, raw.value_length));
    }
}

static void
push_text (VhVerifyFacts *facts, guint element, const char *path)
{
  char *text = vh_document_dup_content (facts->document, element);
  if (text[strspn (text, BLANKS)])
    push_fact (facts, element, path, NULL, text);
  else
    g_free (text);
}

static void
append_qemu_arg (GString *args, const VhDocument *document, guint element)
{
  if (!vh_document_is_qemu (document, element, "arg"))
    return;
  g_autofree char *value = vh_document_dup_attribute (document, element, "value");
  g_string_append_printf (args, "%s\n", value ? value : "");
}

VhVerifyFacts *
vh_verify_facts_new (const VhDocument *document)
{
  VhVerifyFacts *facts = g_new0 (VhVerifyFacts, 1);
  facts->document = document;
  facts->facts = g_ptr_array_new_with_free_func ((GDestroyNotify) fact_free);
  facts->by_path = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  GString *args = g_string_new (NULL);
  guint n_elements = vh_document_get_n_elements (document);
  for (guint i = 0; i < n_elements; i++)
    {
      gint32 parent = vh_document_get_element (document, i)->parent;
      const char *above = parent > 0 ? g_ptr_array_index (paths, parent) : "";
      char *path = path_new (document, i, above, counts);
      g_ptr_array_add (paths, path);
      push_element (facts, i, path);
      push_attributes (facts, i, path);
      push_text (facts, i, path);
      append_qemu_arg (args, document, i);
    }
  facts->qemu_args = g_string_free (args, FALSE);
  return facts;
}

void
vh_verify_facts_free (VhVerifyFacts *facts)
{
  g_hash_table_unref (facts->by_path);
  g_ptr_array_unref (facts->facts);
  g_free (facts->qemu_args);
  g_free (facts);
}

const VhVerifyFact *
vh_verify_facts_find (const VhVerifyFacts *facts, const char *path)
{
  return g_hash_table_lookup (facts->by_path, path);
}
