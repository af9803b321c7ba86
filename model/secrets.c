/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/secrets.h"

#include "model/document_text.h"

gboolean
vh_secrets_is (const VhDocument *document, guint element, const char *attribute)
{
  if (attribute)
    return g_str_equal (attribute, "passwd") && vh_document_is (document, element, "graphics");
  gint32 parent = vh_document_get_element (document, element)->parent;
  return vh_document_is (document, element, "cookie") && parent >= 0 &&
         vh_document_is (document, (guint) parent, "cookies");
}

/* The element and, when nothing else stands on its lines, what indents it and
 * the line end before. */
static void
cut_element (const VhDocument *document, guint element, VhSecret *secret)
{
  gsize length;
  const char *text = vh_document_get_text (document, &length);
  const VhElement *extent = vh_document_get_element (document, element);
  guint32 at = extent->begin;
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t'))
    at--;
  if (at > 0 && text[at - 1] == '\n')
    at -= at > 1 && text[at - 2] == '\r' ? 2 : 1;
  else
    at = extent->begin;
  const char *after = text + extent->end;
  const gboolean ends_line = extent->end >= length || *after == '\n' || *after == '\r';
  secret->cut_begin = ends_line ? at : extent->begin;
  secret->cut_end = extent->end;
}

static void
push_password (GArray *secrets, const VhDocument *document, guint element)
{
  const char *text = vh_document_get_text (document, NULL);
  VhTextAttribute attribute;
  if (!vh_document_text_find_attribute (text, vh_document_get_element (document, element)->begin,
                                        "passwd", &attribute))
    return;
  VhSecret secret = { .begin = attribute.value, .cut_begin = attribute.name };
  secret.end = attribute.value + attribute.value_length;
  secret.cut_end = secret.end + 1;
  while (vh_document_text_is_space (text[secret.cut_begin - 1]))
    secret.cut_begin--;
  g_array_append_val (secrets, secret);
}

static void
push_cookie (GArray *secrets, const VhDocument *document, guint element)
{
  const VhElement *extent = vh_document_get_element (document, element);
  const char *text = vh_document_get_text (document, NULL);
  guint32 end = vh_document_text_find_end_tag (text, extent->tag_end, extent->end);
  if (end == extent->tag_end)
    return;
  VhSecret secret = { .begin = extent->tag_end, .end = end };
  cut_element (document, (guint) extent->parent, &secret);
  g_array_append_val (secrets, secret);
}

/* Those of the element and what is in it. */
static GArray *
new_secrets (const VhDocument *document, guint element)
{
  GArray *secrets = g_array_new (FALSE, FALSE, sizeof (VhSecret));
  guint32 end = vh_document_get_element (document, element)->next;
  for (guint i = element; i < end; i++)
    if (vh_secrets_is (document, i, NULL))
      push_cookie (secrets, document, i);
    else if (vh_document_is (document, i, "graphics"))
      push_password (secrets, document, i);
  return secrets;
}

GArray *
vh_secrets_new (const VhDocument *document)
{
  return new_secrets (document, 0);
}

char *
vh_secrets_dup_element (const VhDocument *document, guint element)
{
  const char *text = vh_document_get_text (document, NULL);
  const VhElement *extent = vh_document_get_element (document, element);
  g_autoptr (GArray) secrets = new_secrets (document, element);
  GString *shown = g_string_new (NULL);
  guint32 at = extent->begin;
  for (guint i = 0; i < secrets->len; i++)
    {
      const VhSecret *secret = &g_array_index (secrets, VhSecret, i);
      g_string_append_len (shown, text + at, (gssize) (secret->begin - at));
      g_string_append (shown, VH_SECRETS_MASK);
      at = secret->end;
    }
  g_string_append_len (shown, text + at, (gssize) (extent->end - at));
  return g_string_free (shown, FALSE);
}
