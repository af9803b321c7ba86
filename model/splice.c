/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/splice.h"

#include "model/document_text.h"
#include "model/splice_private.h"

static void
clear_change (gpointer data)
{
  VhChange *change = data;
  g_free (change->name);
  if (change->text)
    g_string_free (change->text, TRUE);
}

VhSplices *
vh_splices_new (VhDocument *base)
{
  VhSplices *splices = g_new0 (VhSplices, 1);
  splices->base = vh_document_ref (base);
  splices->changes = g_array_new (FALSE, FALSE, sizeof (VhChange));
  g_array_set_clear_func (splices->changes, clear_change);
  splices->appends = g_hash_table_new (NULL, NULL);
  splices->qemu_args = g_ptr_array_new_with_free_func (g_free);
  return splices;
}

void
vh_splices_free (VhSplices *splices)
{
  if (!splices)
    return;
  vh_document_unref (splices->base);
  g_array_unref (splices->changes);
  g_hash_table_unref (splices->appends);
  g_ptr_array_unref (splices->qemu_args);
  g_free (splices);
}

static void
push_change (VhSplices *splices, VhChangeKind kind, guint element, const char *name,
             const char *text)
{
  g_assert (element < vh_document_get_n_elements (splices->base));
  VhChange change = { kind, element, g_strdup (name), text ? g_string_new (text) : NULL,
                      VH_EMPTIED_COLLAPSE };
  g_array_append_val (splices->changes, change);
}

void
vh_splices_set_attribute (VhSplices *splices, guint element, const char *name, const char *value)
{
  push_change (splices, VH_CHANGE_SET_ATTRIBUTE, element, name, value);
}

void
vh_splices_remove_attribute (VhSplices *splices, guint element, const char *name)
{
  VhTextAttribute attribute;
  guint32 tag = vh_document_get_element (splices->base, element)->begin;
  const char *text = vh_document_get_text (splices->base, NULL);
  if (vh_document_text_find_attribute (text, tag, name, &attribute))
    push_change (splices, VH_CHANGE_REMOVE_ATTRIBUTE, element, name, NULL);
}

void
vh_splices_append_child (VhSplices *splices, guint parent, const char *markup)
{
  gpointer key = GUINT_TO_POINTER (parent);
  guint position = GPOINTER_TO_UINT (g_hash_table_lookup (splices->appends, key));
  if (position > 0)
    {
      GString *before = g_array_index (splices->changes, VhChange, position - 1).text;
      g_string_append_printf (before, "\n%s", markup);
      return;
    }
  push_change (splices, VH_CHANGE_APPEND_CHILDREN, parent, NULL, markup);
  g_hash_table_insert (splices->appends, key, GUINT_TO_POINTER (splices->changes->len));
}

void
vh_splices_insert_after (VhSplices *splices, guint sibling, const char *markup)
{
  g_assert (sibling > 0);
  push_change (splices, VH_CHANGE_INSERT_AFTER, sibling, NULL, markup);
}

void
vh_splices_remove_element (VhSplices *splices, guint element, VhEmptied parent)
{
  g_assert (element > 0);
  push_change (splices, VH_CHANGE_REMOVE_ELEMENT, element, NULL, NULL);
  g_array_index (splices->changes, VhChange, splices->changes->len - 1).emptied = parent;
}

gboolean
vh_splices_is_empty (const VhSplices *splices)
{
  return splices->changes->len == 0 && splices->qemu_args->len == 0;
}

VhDocument *
vh_splices_apply (VhSplices *splices, GError **error)
{
  if (vh_splices_is_empty (splices))
    return vh_document_ref (splices->base);
  const char *reason = vh_document_get_read_only_reason (splices->base);
  if (reason)
    {
      g_set_error_literal (error, VH_DOCUMENT_ERROR, VH_DOCUMENT_ERROR_ENCODING, reason);
      return NULL;
    }
  vh_splice_qemu_finish (splices);
  g_autoptr (GString) text = vh_splice_plan_make_text (splices);
  g_autoptr (GError) problem = NULL;
  VhDocument *changed = vh_document_new_changed (splices->base, text->str, text->len, &problem);
  g_assert (!g_error_matches (problem, VH_DOCUMENT_ERROR, VH_DOCUMENT_ERROR_NOT_XML));
  if (problem)
    g_propagate_error (error, g_steal_pointer (&problem));
  return changed;
}
