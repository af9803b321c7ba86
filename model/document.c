/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/document.h"

#include "model/document_encoding.h"
#include "model/document_private.h"
#include "model/document_text.h"
#include "model/i18n.h"

#include <string.h>

G_STATIC_ASSERT (sizeof (VhElement) == 24);

G_DEFINE_QUARK (vh_document_error, vh_document_error)

/* Takes `bytes`, which are NUL-terminated. */
static VhDocument *
new_of (GBytes *bytes, GError **error)
{
  g_autoptr (VhDocument) document = g_new0 (VhDocument, 1);
  g_atomic_ref_count_init (&document->references);
  document->original = bytes;
  document->elements = g_array_new (FALSE, FALSE, sizeof (VhElement));
  document->names = g_ptr_array_new_with_free_func (g_free);
  if (g_bytes_get_size (bytes) > VH_DOCUMENT_MAX_BYTES)
    {
      g_set_error (error, VH_DOCUMENT_ERROR, VH_DOCUMENT_ERROR_TOO_LARGE,
                   _ ("The document is larger than 256 MiB."));
      return NULL;
    }
  document->text =
      vh_document_encoding_decode (bytes, &document->encoding, &document->read_only, error);
  if (!document->text || !vh_document_parse (document, error))
    return NULL;
  return g_steal_pointer (&document);
}

VhDocument *
vh_document_new_take (char *data, gsize length, GError **error)
{
  return new_of (g_bytes_new_take (data, length), error);
}

VhDocument *
vh_document_new_terminated (GBytes *bytes, GError **error)
{
  return new_of (g_bytes_ref (bytes), error);
}

VhDocument *
vh_document_new (GBytes *bytes, GError **error)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (bytes, &length);
  char *copy = g_malloc (length + 1);
  if (length > 0)
    memcpy (copy, data, length);
  copy[length] = '\0';
  return vh_document_new_take (copy, length, error);
}

VhDocument *
vh_document_new_changed (VhDocument *original, const char *text, gsize length, GError **error)
{
  if (original->read_only)
    {
      g_set_error_literal (error, VH_DOCUMENT_ERROR, VH_DOCUMENT_ERROR_ENCODING,
                           original->read_only);
      return NULL;
    }
  if (!original->encoding)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (text, length);
      return vh_document_new (bytes, error);
    }
  GBytes *bytes = vh_document_encoding_encode (text, length, original->encoding, error);
  return bytes ? new_of (bytes, error) : NULL;
}

VhDocument *
vh_document_ref (VhDocument *document)
{
  g_atomic_ref_count_inc (&document->references);
  return document;
}

void
vh_document_unref (VhDocument *document)
{
  if (!document || !g_atomic_ref_count_dec (&document->references))
    return;
  g_clear_pointer (&document->original, g_bytes_unref);
  g_clear_pointer (&document->text, g_bytes_unref);
  g_free (document->encoding);
  g_free (document->read_only);
  g_array_unref (document->elements);
  g_ptr_array_unref (document->names);
  g_free (document);
}

GBytes *
vh_document_get_bytes (const VhDocument *document)
{
  return document->original;
}

const char *
vh_document_get_text (const VhDocument *document, gsize *length)
{
  return g_bytes_get_data (document->text, length);
}

const char *
vh_document_get_read_only_reason (const VhDocument *document)
{
  return document->read_only;
}

guint
vh_document_get_n_elements (const VhDocument *document)
{
  return document->elements->len;
}

const VhElement *
vh_document_get_element (const VhDocument *document, guint element)
{
  g_assert (element < document->elements->len);
  return &g_array_index (document->elements, VhElement, element);
}

gint32
vh_document_find_first_child (const VhDocument *document, guint element)
{
  return vh_document_get_element (document, element)->next > element + 1 ? (gint32) element + 1
                                                                         : -1;
}

gint32
vh_document_find_next_sibling (const VhDocument *document, guint element)
{
  const VhElement *here = vh_document_get_element (document, element);
  if (here->next >= document->elements->len)
    return -1;
  const VhElement *next = vh_document_get_element (document, here->next);
  return next->parent == here->parent ? (gint32) here->next : -1;
}

gint32
vh_document_find_child (const VhDocument *document, guint element, const char *name)
{
  gint32 child = vh_document_find_first_child (document, element);
  while (child >= 0 && !vh_document_is (document, (guint) child, name))
    child = vh_document_find_next_sibling (document, (guint) child);
  return child;
}

const char *
vh_document_get_name (const VhDocument *document, guint element)
{
  return g_ptr_array_index (document->names, vh_document_get_element (document, element)->name);
}

static gboolean
is_in (const VhDocument *document, guint element, VhNamespace ns, const char *name)
{
  const VhElement *found = vh_document_get_element (document, element);
  const char *own = g_ptr_array_index (document->names, found->name);
  return found->ns == ns && own[0] == name[0] && strcmp (own, name) == 0;
}

gboolean
vh_document_is (const VhDocument *document, guint element, const char *name)
{
  return is_in (document, element, VH_NAMESPACE_NONE, name);
}

gboolean
vh_document_is_qemu (const VhDocument *document, guint element, const char *name)
{
  return is_in (document, element, VH_NAMESPACE_QEMU, name);
}

static gboolean
find_attribute (const VhDocument *document, guint element, const char *name,
                VhTextAttribute *attribute)
{
  const VhElement *found = vh_document_get_element (document, element);
  return found->n_attributes > 0 &&
         vh_document_text_find_attribute (vh_document_get_text (document, NULL), found->begin, name,
                                          attribute);
}

char *
vh_document_dup_attribute (const VhDocument *document, guint element, const char *name)
{
  VhTextAttribute attribute;
  if (!find_attribute (document, element, name, &attribute))
    return NULL;
  return vh_document_text_dup_value (vh_document_get_text (document, NULL), attribute.value,
                                     attribute.value_length);
}

gboolean
vh_document_append_attribute (const VhDocument *document, guint element, const char *name,
                              GString *out)
{
  VhTextAttribute attribute;
  if (!find_attribute (document, element, name, &attribute))
    return FALSE;
  vh_document_text_append_value (out, vh_document_get_text (document, NULL), &attribute);
  return TRUE;
}

gboolean
vh_document_attribute_equals (const VhDocument *document, guint element, const char *name,
                              const char *value)
{
  VhTextAttribute attribute;
  return find_attribute (document, element, name, &attribute) &&
         vh_document_text_value_equals (vh_document_get_text (document, NULL), &attribute, value);
}

gboolean
vh_document_get_attribute_extent (const VhDocument *document, guint element, const char *name,
                                  guint32 *begin, guint32 *length)
{
  VhTextAttribute attribute;
  if (!find_attribute (document, element, name, &attribute))
    return FALSE;
  *begin = attribute.value;
  *length = attribute.value_length;
  return TRUE;
}

char *
vh_document_dup_content (const VhDocument *document, guint element)
{
  const VhElement *parent = vh_document_get_element (document, element);
  const char *text = vh_document_get_text (document, NULL);
  GString *content = g_string_new (NULL);
  guint32 at = parent->tag_end;
  for (gint32 i = vh_document_find_first_child (document, element); i >= 0;
       i = vh_document_find_next_sibling (document, (guint) i))
    {
      const VhElement *child = vh_document_get_element (document, (guint) i);
      vh_document_text_append_content (content, text, at, child->begin);
      at = child->end;
    }
  vh_document_text_append_content (
      content, text, at, vh_document_text_find_end_tag (text, parent->tag_end, parent->end));
  return g_string_free (content, FALSE);
}
