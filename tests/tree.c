/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/tree.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>

#define QEMU_URI "http://libvirt.org/schemas/domain/qemu/1.0"

typedef struct {
  const VhDocument *document;
  const char *text;
  guint n_seen;
  char *difference;
} Walk;

G_GNUC_PRINTF (2, 3)
static void
differ (Walk *walk, const char *format, ...)
{
  if (walk->difference)
    return;
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  walk->difference = g_strdup_printf ("element %u: %s", walk->n_seen, what);
}

static VhNamespace
namespace_of (const xmlNode *node)
{
  if (!node->ns)
    return strchr ((const char *) node->name, ':') ? VH_NAMESPACE_OTHER : VH_NAMESPACE_NONE;
  return strcmp ((const char *) node->ns->href, QEMU_URI) == 0 ? VH_NAMESPACE_QEMU
                                                               : VH_NAMESPACE_OTHER;
}

/* Without the prefix that libxml2 leaves on a name when it is not bound. */
static const char *
local_name (const xmlNode *node)
{
  const char *colon = node->ns ? NULL : strrchr ((const char *) node->name, ':');
  return colon ? colon + 1 : (const char *) node->name;
}

static void
compare_attributes (Walk *walk, guint element, const xmlNode *node)
{
  guint count = 0;
  for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next)
    {
      const char *name = (const char *) attribute->name;
      count++;
      if (attribute->ns || strchr (name, ':'))
        continue;
      xmlChar *expected = xmlNodeListGetString (node->doc, attribute->children, 1);
      const char *value = expected ? (const char *) expected : "";
      g_autofree char *found = vh_document_dup_attribute (walk->document, element, name);
      if (g_strcmp0 (found, value) != 0)
        differ (walk, "%s is \"%s\", not \"%s\"", name, found, value);
      if (!vh_document_attribute_equals (walk->document, element, name, value))
        differ (walk, "%s does not equal \"%s\"", name, value);
      xmlFree (expected);
    }
  if (count != vh_document_get_element (walk->document, element)->n_attributes)
    differ (walk, "%u attributes", count);
}

static void
compare_content (Walk *walk, guint element, const xmlNode *node)
{
  g_autoptr (GString) expected = g_string_new (NULL);
  for (const xmlNode *child = node->children; child; child = child->next)
    if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE)
      g_string_append (expected, (const char *) child->content);
  g_autofree char *found = vh_document_dup_content (walk->document, element);
  if (strcmp (found, expected->str) != 0)
    differ (walk, "content \"%s\", not \"%s\"", found, expected->str);
}

static void
compare_extent (Walk *walk, guint element)
{
  const VhElement *found = vh_document_get_element (walk->document, element);
  const char *name = vh_document_get_name (walk->document, element);
  const char *tag = walk->text + found->begin;
  gsize length = strcspn (tag + 1, " \n\t\r/>");
  g_autofree char *qualified = g_strndup (tag + 1, length);
  if (*tag != '<' || !g_str_has_suffix (qualified, name))
    differ (walk, "does not begin at <%s", name);
  if (walk->text[found->tag_end - 1] != '>' ||
      memchr (tag + 1, '<', found->tag_end - found->begin - 1))
    differ (walk, "start tag ends elsewhere");
  if (found->end == found->tag_end)
    {
      if (walk->text[found->end - 2] != '/')
        differ (walk, "is not empty");
      return;
    }
  const char *end_tag = memrchr (walk->text, '<', found->end);
  if (walk->text[found->end - 1] != '>' || strncmp (end_tag + 1, "/", 1) != 0 ||
      strncmp (end_tag + 2, qualified, length) != 0)
    differ (walk, "does not end after </%s>", qualified);
}

static const xmlNode *
next_element (const xmlNode *node)
{
  while (node && node->type != XML_ELEMENT_NODE)
    node = node->next;
  return node;
}

static void
compare_element (Walk *walk, guint element, const xmlNode *node)
{
  if (strcmp (vh_document_get_name (walk->document, element), local_name (node)) != 0)
    differ (walk, "named %s", local_name (node));
  VhNamespace ns = namespace_of (node);
  const char *name = local_name (node);
  if (vh_document_get_element (walk->document, element)->ns != ns ||
      vh_document_is (walk->document, element, name) != (ns == VH_NAMESPACE_NONE) ||
      vh_document_is_qemu (walk->document, element, name) != (ns == VH_NAMESPACE_QEMU))
    differ (walk, "in another namespace");
  compare_attributes (walk, element, node);
  compare_content (walk, element, node);
  compare_extent (walk, element);
}

static void
walk_element (Walk *walk, guint element, const xmlNode *node)
{
  compare_element (walk, element, node);
  walk->n_seen++;
  gint32 child = vh_document_find_first_child (walk->document, element);
  const xmlNode *expected = next_element (node->children);
  while (child >= 0 && expected && !walk->difference)
    {
      if (vh_document_get_element (walk->document, (guint) child)->parent != (gint32) element)
        differ (walk, "another parent");
      walk_element (walk, (guint) child, expected);
      child = vh_document_find_next_sibling (walk->document, (guint) child);
      expected = next_element (expected->next);
    }
  if (child >= 0 || expected)
    differ (walk, "another number of children");
}

VhDocument *
tree_load (const char *bytes, gsize length, GError **error)
{
  g_autoptr (GBytes) copy = g_bytes_new (bytes, length);
  return vh_document_new (copy, error);
}

VhDocument *
tree_load_good (const char *text)
{
  g_autoptr (GError) error = NULL;
  VhDocument *document = tree_load (text, strlen (text), &error);
  g_assert_no_error (error);
  g_assert_nonnull (document);
  return document;
}

char *
tree_find_difference (const VhDocument *document)
{
  gsize length = 0;
  const char *bytes = g_bytes_get_data (vh_document_get_bytes (document), &length);
  xmlDoc *tree = xmlReadMemory (bytes, (int) length, NULL, NULL,
                                XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  if (!tree)
    return g_strdup ("libxml2 cannot read it");
  Walk walk = { document, vh_document_get_text (document, NULL), 0, NULL };
  walk_element (&walk, 0, xmlDocGetRootElement (tree));
  if (walk.n_seen != vh_document_get_n_elements (document))
    differ (&walk, "%u elements expected", walk.n_seen);
  xmlFreeDoc (tree);
  return walk.difference;
}
