/* SPDX-License-Identifier: GPL-2.0-or-later */
/* <qemu:commandline>, under whatever prefix the document gives it. */
#include "model/document_text.h"
#include "model/splice_private.h"

#include <string.h>

#define QEMU_URI "http://libvirt.org/schemas/domain/qemu/1.0"
#define DECLARATION "xmlns:"

static gboolean
declares_prefix (const char *text, const VhTextAttribute *attribute)
{
  return g_str_has_prefix (text + attribute->name, DECLARATION);
}

/* The prefix that the root binds to the namespace; NULL when it binds none. */
static char *
dup_bound_prefix (const VhDocument *document)
{
  const char *text = vh_document_get_text (document, NULL);
  guint32 position =
      vh_document_text_skip_name (text, vh_document_get_element (document, 0)->begin);
  VhTextAttribute attribute;
  while (vh_document_text_next_attribute (text, &position, &attribute))
    if (declares_prefix (text, &attribute) &&
        vh_document_text_value_equals (text, &attribute, QEMU_URI))
      return g_strndup (text + attribute.name + strlen (DECLARATION),
                        attribute.name_length - strlen (DECLARATION));
  return NULL;
}

/* One that the root does not bind yet. */
static char *
dup_free_prefix (const VhDocument *document)
{
  const char *text = vh_document_get_text (document, NULL);
  guint32 tag = vh_document_get_element (document, 0)->begin;
  for (guint i = 0;; i++)
    {
      g_autofree char *prefix = i == 0 ? g_strdup ("qemu") : g_strdup_printf ("qemu%u", i);
      g_autofree char *name = g_strconcat (DECLARATION, prefix, NULL);
      VhTextAttribute attribute;
      if (!vh_document_text_find_attribute (text, tag, name, &attribute))
        return g_steal_pointer (&prefix);
    }
}

/* With its colon; "" when the element has none. */
static char *
dup_element_prefix (const VhDocument *document, guint element)
{
  const char *text = vh_document_get_text (document, NULL);
  guint32 tag = vh_document_get_element (document, element)->begin;
  gsize length = vh_document_text_skip_name (text, tag) - tag - 1;
  const char *colon = memchr (text + tag + 1, ':', length);
  return colon ? g_strndup (text + tag + 1, (gsize) (colon - text) - tag) : g_strdup ("");
}

static char *
dup_arg_markup (const char *prefix, const char *value)
{
  GString *markup = g_string_new (NULL);
  g_string_append_printf (markup, "<%sarg value='", prefix);
  vh_document_text_append_escaped (markup, value, '\'');
  g_string_append (markup, "'/>");
  return g_string_free (markup, FALSE);
}

/* The last one, for the last argument is the one that counts. */
static gint32
find_commandline (const VhDocument *document)
{
  gint32 found = -1;
  for (gint32 i = vh_document_find_first_child (document, 0); i >= 0;
       i = vh_document_find_next_sibling (document, (guint) i))
    if (vh_document_is_qemu (document, (guint) i, "commandline"))
      found = i;
  return found;
}

void
vh_splices_append_qemu_args (VhSplices *splices, const char *const *values)
{
  gint32 commandline = find_commandline (splices->base);
  g_autofree char *prefix =
      commandline < 0 ? NULL : dup_element_prefix (splices->base, (guint) commandline);
  for (guint i = 0; values[i]; i++)
    {
      if (!prefix)
        {
          g_ptr_array_add (splices->qemu_args, g_strdup (values[i]));
          continue;
        }
      g_autofree char *markup = dup_arg_markup (prefix, values[i]);
      vh_splices_append_child (splices, (guint) commandline, markup);
    }
}

void
vh_splices_remove_qemu_arg (VhSplices *splices, guint element)
{
  vh_splices_remove_element (splices, element, VH_EMPTIED_REMOVE);
  splices->qemu_arg_removed = TRUE;
}

void
vh_splice_qemu_finish (VhSplices *splices)
{
  if (splices->qemu_args->len == 0)
    return;
  g_autofree char *bound = dup_bound_prefix (splices->base);
  g_autofree char *name = bound ? g_strdup (bound) : dup_free_prefix (splices->base);
  g_autofree char *prefix = g_strconcat (name, ":", NULL);
  g_autofree char *declaration = g_strconcat (DECLARATION, name, NULL);
  if (!bound)
    vh_splices_set_attribute (splices, 0, declaration, QEMU_URI);
  g_autoptr (GString) markup = g_string_new (NULL);
  g_string_append_printf (markup, "<%scommandline>\n", prefix);
  for (guint i = 0; i < splices->qemu_args->len; i++)
    {
      g_autofree char *arg = dup_arg_markup (prefix, g_ptr_array_index (splices->qemu_args, i));
      g_string_append_printf (markup, "  %s\n", arg);
    }
  g_string_append_printf (markup, "</%scommandline>", prefix);
  vh_splices_append_child (splices, 0, markup->str);
  g_ptr_array_set_size (splices->qemu_args, 0);
}

/* Does an attribute of the start tag at `tag` have the prefix? */
static gboolean
tag_uses_prefix (const char *text, guint32 tag, const char *prefix)
{
  guint32 position = vh_document_text_skip_name (text, tag);
  VhTextAttribute attribute;
  while (vh_document_text_next_attribute (text, &position, &attribute))
    if (g_str_has_prefix (text + attribute.name, prefix))
      return TRUE;
  return FALSE;
}

/* Is anything left that is in the namespace, or may use `prefix`? */
static gboolean
is_needed (const VhDocument *document, const gboolean *is_removed, const char *prefix)
{
  const char *text = vh_document_get_text (document, NULL);
  guint i = 0;
  while (i < vh_document_get_n_elements (document))
    {
      const VhElement *element = vh_document_get_element (document, i);
      if (!is_removed[i] &&
          (element->ns == VH_NAMESPACE_QEMU || tag_uses_prefix (text, element->begin, prefix)))
        return TRUE;
      i = is_removed[i] ? element->next : i + 1;
    }
  return FALSE;
}

GPtrArray *
vh_splice_qemu_find_unused (const VhDocument *document, const gboolean *is_removed)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *text = vh_document_get_text (document, NULL);
  guint32 position =
      vh_document_text_skip_name (text, vh_document_get_element (document, 0)->begin);
  VhTextAttribute attribute;
  while (vh_document_text_next_attribute (text, &position, &attribute))
    {
      g_autofree char *name = g_strndup (text + attribute.name, attribute.name_length);
      if (!declares_prefix (text, &attribute) ||
          !vh_document_text_value_equals (text, &attribute, QEMU_URI))
        continue;
      g_autofree char *prefix = g_strconcat (name + strlen (DECLARATION), ":", NULL);
      if (!is_needed (document, is_removed, prefix))
        g_ptr_array_add (names, g_steal_pointer (&name));
    }
  return names;
}
