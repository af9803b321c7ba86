/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From recorded changes to replaced bytes. */
#include "model/document_text.h"
#include "model/splice_layout.h"
#include "model/splice_private.h"

/* Bytes of the base text that are replaced. */
typedef struct {
  guint32 begin, end;
  guint order;
  char *bytes;
} Splice;

/* What happens to each element: the first two are asked for, the others
 * follow from all changes together. */
typedef struct {
  const VhDocument *document;
  gboolean *removed;   /* by element; what is in a removed element goes with it */
  gboolean *collapsed; /* becomes an empty-element tag */
  gboolean *kept;      /* gets something new */
  guint8 *emptied;     /* 1 + VhEmptied when it lost an element */
  GArray *splices;     /* of Splice */
} Plan;

static void
clear_splice (gpointer data)
{
  Splice *splice = data;
  g_free (splice->bytes);
}

static gboolean
find_attribute (const VhDocument *document, guint element, const char *name,
                VhTextAttribute *attribute)
{
  guint32 tag = vh_document_get_element (document, element)->begin;
  return vh_document_text_find_attribute (vh_document_get_text (document, NULL), tag, name,
                                          attribute);
}

static guint
parent_of (const VhDocument *document, guint element)
{
  return (guint) vh_document_get_element (document, element)->parent;
}

static void
note_change (Plan *plan, const VhChange *change)
{
  switch (change->kind)
    {
      case VH_CHANGE_REMOVE_ELEMENT: {
        guint8 *emptied = &plan->emptied[parent_of (plan->document, change->element)];
        plan->removed[change->element] = TRUE;
        *emptied = MAX (*emptied, (guint8) (1 + change->emptied));
        break;
      }
    case VH_CHANGE_INSERT_AFTER:
      plan->kept[parent_of (plan->document, change->element)] = TRUE;
      break;
    case VH_CHANGE_APPEND_CHILDREN:
    case VH_CHANGE_SET_ATTRIBUTE:
      plan->kept[change->element] = TRUE;
      break;
    case VH_CHANGE_REMOVE_ATTRIBUTE:
      break;
    }
}

static gboolean
is_space (const VhDocument *document, guint32 begin, guint32 end)
{
  const char *text = vh_document_get_text (document, NULL);
  return vh_splice_layout_skip_space_back (text, begin, end) == begin;
}

/* Do the removals leave nothing but white space in the element? */
static gboolean
is_emptied (const Plan *plan, guint element)
{
  const VhDocument *document = plan->document;
  const VhElement *parent = vh_document_get_element (document, element);
  guint32 at = parent->tag_end;
  for (gint32 i = vh_document_find_first_child (document, element); i >= 0;
       i = vh_document_find_next_sibling (document, (guint) i))
    {
      const VhElement *child = vh_document_get_element (document, (guint) i);
      if (!plan->removed[i] || !is_space (document, at, child->begin))
        return FALSE;
      at = child->end;
    }
  const char *text = vh_document_get_text (document, NULL);
  return is_space (document, at,
                   vh_document_text_find_end_tag (text, parent->tag_end, parent->end));
}

/* From the innermost outwards, since what is removed may empty its parent. */
static void
note_emptied (Plan *plan)
{
  for (guint i = vh_document_get_n_elements (plan->document); i-- > 0;)
    {
      if (!plan->emptied[i] || plan->kept[i] || plan->removed[i] || !is_emptied (plan, i))
        continue;
      const VhElement *element = vh_document_get_element (plan->document, i);
      if (plan->emptied[i] == 1 + VH_EMPTIED_COLLAPSE || element->n_attributes > 0 ||
          element->parent < 0)
        {
          plan->collapsed[i] = TRUE;
          continue;
        }
      plan->removed[i] = TRUE;
      plan->emptied[element->parent] = 1 + VH_EMPTIED_REMOVE;
    }
}

/* Is it in something that is replaced as a whole? */
static gboolean
is_swallowed (const Plan *plan, guint element)
{
  gint32 i = vh_document_get_element (plan->document, element)->parent;
  while (i >= 0 && !plan->removed[i] && !plan->collapsed[i])
    i = vh_document_get_element (plan->document, (guint) i)->parent;
  return i >= 0;
}

static void
push_splice (Plan *plan, guint32 begin, guint32 end, char *bytes)
{
  Splice splice = { begin, end, plan->splices->len, bytes };
  g_array_append_val (plan->splices, splice);
}

static void
splice_value (Plan *plan, const VhTextAttribute *attribute, const char *value)
{
  const char *text = vh_document_get_text (plan->document, NULL);
  GString *bytes = g_string_new (NULL);
  vh_document_text_append_escaped (bytes, value, text[attribute->value - 1]);
  push_splice (plan, attribute->value, attribute->value + attribute->value_length,
               g_string_free (bytes, FALSE));
}

static void
splice_new_attribute (Plan *plan, const VhChange *change)
{
  const char *text = vh_document_get_text (plan->document, NULL);
  guint32 tag = vh_document_get_element (plan->document, change->element)->begin;
  guint32 position = vh_document_text_skip_name (text, tag);
  VhTextAttribute last;
  while (vh_document_text_next_attribute (text, &position, &last))
    continue;
  char quote = vh_splice_layout_find_quote (plan->document, change->element);
  GString *bytes = g_string_new (NULL);
  g_string_append_printf (bytes, " %s=%c", change->name, quote);
  vh_document_text_append_escaped (bytes, change->text->str, quote);
  g_string_append_c (bytes, quote);
  push_splice (plan, position, position, g_string_free (bytes, FALSE));
}

static void
splice_attribute (Plan *plan, const VhChange *change)
{
  VhTextAttribute attribute;
  if (find_attribute (plan->document, change->element, change->name, &attribute))
    splice_value (plan, &attribute, change->text->str);
  else
    splice_new_attribute (plan, change);
}

static void
splice_attribute_away (Plan *plan, guint element, const char *name)
{
  const char *text = vh_document_get_text (plan->document, NULL);
  VhTextAttribute attribute;
  if (!find_attribute (plan->document, element, name, &attribute))
    return;
  guint32 begin = vh_splice_layout_skip_space_back (text, 0, attribute.name);
  push_splice (plan, begin, attribute.value + attribute.value_length + 1, g_strdup (""));
}

static void
splice_markup (Plan *plan, const VhChange *change)
{
  g_assert (!plan->removed[change->element] || change->kind == VH_CHANGE_INSERT_AFTER);
  guint32 begin = 0, end = 0;
  char *bytes = NULL;
  if (change->kind == VH_CHANGE_INSERT_AFTER)
    {
      bytes = vh_splice_layout_insert_after (plan->document, change->element, change->text->str,
                                             &begin);
      end = begin;
    }
  else
    bytes =
        vh_splice_layout_append (plan->document, change->element, change->text->str, &begin, &end);
  push_splice (plan, begin, end, bytes);
}

static void
splice_change (Plan *plan, const VhChange *change)
{
  gboolean swallowed = plan->removed[change->element] || is_swallowed (plan, change->element);
  if (change->kind == VH_CHANGE_SET_ATTRIBUTE && !swallowed)
    splice_attribute (plan, change);
  else if (change->kind == VH_CHANGE_REMOVE_ATTRIBUTE && !swallowed)
    splice_attribute_away (plan, change->element, change->name);
  else if (change->text && change->kind != VH_CHANGE_SET_ATTRIBUTE)
    splice_markup (plan, change);
}

/* Removed and collapsed elements. */
static void
splice_element (Plan *plan, guint element)
{
  if ((!plan->removed[element] && !plan->collapsed[element]) || is_swallowed (plan, element))
    return;
  const char *text = vh_document_get_text (plan->document, NULL);
  const VhElement *gone = vh_document_get_element (plan->document, element);
  if (plan->collapsed[element])
    {
      push_splice (plan, gone->tag_end - 1, gone->end, g_strdup ("/>"));
      return;
    }
  guint32 limit = vh_document_get_element (plan->document, (guint) gone->parent)->tag_end;
  guint32 begin = vh_splice_layout_skip_space_back (text, limit, gone->begin);
  push_splice (plan, begin, gone->end, g_strdup (""));
}

/* What only inserts comes before what replaces at the same place. */
static int
compare_splices (gconstpointer left, gconstpointer right)
{
  const Splice *a = left, *b = right;
  if (a->begin != b->begin)
    return a->begin < b->begin ? -1 : 1;
  if ((a->begin == a->end) != (b->begin == b->end))
    return a->begin == a->end ? -1 : 1;
  return a->order < b->order ? -1 : 1;
}

static GString *
join (const Plan *plan)
{
  gsize length = 0;
  const char *text = vh_document_get_text (plan->document, &length);
  GString *joined = g_string_sized_new (length);
  g_array_sort (plan->splices, compare_splices);
  guint32 at = 0;
  for (guint i = 0; i < plan->splices->len; i++)
    {
      const Splice *splice = &g_array_index (plan->splices, Splice, i);
      g_assert (splice->begin >= at);
      g_string_append_len (joined, text + at, splice->begin - at);
      g_string_append (joined, splice->bytes);
      at = splice->end;
    }
  g_string_append_len (joined, text + at, (gssize) (length - at));
  return joined;
}

GString *
vh_splice_plan_make_text (const VhSplices *splices)
{
  guint n = vh_document_get_n_elements (splices->base);
  g_autofree gboolean *removed = g_new0 (gboolean, n);
  g_autofree gboolean *collapsed = g_new0 (gboolean, n);
  g_autofree gboolean *kept = g_new0 (gboolean, n);
  g_autofree guint8 *emptied = g_new0 (guint8, n);
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (Splice));
  g_array_set_clear_func (list, clear_splice);
  Plan plan = { splices->base, removed, collapsed, kept, emptied, list };
  for (guint i = 0; i < splices->changes->len; i++)
    note_change (&plan, &g_array_index (splices->changes, VhChange, i));
  note_emptied (&plan);
  for (guint i = 0; i < splices->changes->len; i++)
    splice_change (&plan, &g_array_index (splices->changes, VhChange, i));
  for (guint i = 0; i < n; i++)
    splice_element (&plan, i);
  g_autoptr (GPtrArray) unused =
      splices->qemu_arg_removed ? vh_splice_qemu_find_unused (splices->base, removed) : NULL;
  for (guint i = 0; unused && i < unused->len; i++)
    splice_attribute_away (&plan, 0, g_ptr_array_index (unused, i));
  return join (&plan);
}
