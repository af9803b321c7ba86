/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/session_replay.h"

#include "model/edit_apply.h"
#include "model/edit_ports.h"
#include "model/i18n.h"
#include "model/spare.h"

/* Is the edit about a root port that the edits add, or about which there are?
 * Those go together. `first_added`: the lowest index of those added; -1. */
static gboolean
is_of_ports (const VhEdit *edit, gint32 first_added)
{
  return vh_edit_ports_is (edit) ||
         (first_added >= 0 && edit->knob == VH_KNOB_PORT && edit->bus >= first_added);
}

static gboolean
belongs (const VhEdit *a, const VhEdit *b, gint32 first_added)
{
  gboolean of_ports = is_of_ports (a, first_added);
  if (of_ports || is_of_ports (b, first_added))
    return of_ports && is_of_ports (b, first_added);
  return a->knob == b->knob && a->bus == b->bus;
}

/* Do the knob or the ports stand already where their edits lead? */
static gboolean
is_reached (const VhEditList *picked, const VhReplay *replay)
{
  const VhReading *base = replay->base;
  const VhEdit *last = &g_array_index (picked->edits, VhEdit, picked->n_done - 1);
  if (vh_edit_ports_is (&g_array_index (picked->edits, VhEdit, 0)))
    return vh_edit_ports_is_reached (picked, replay->after, base);
  g_autoptr (VhKnobState) knob =
      vh_check_new_knob (base->topology, base->inputs, replay->caps, last->knob, last->bus);
  return vh_edit_get_configured (knob) == last->to &&
         (last->site == VH_SITE_NONE || last->site == knob->site);
}

/* Moves the edits that belong to the first one to `picked`. */
static void
pick (VhEditList *edits, VhEditList *picked, gint32 first_added)
{
  VhEdit first = g_array_index (edits->edits, VhEdit, 0);
  for (guint i = 0; i < edits->edits->len;)
    {
      VhEdit edit = g_array_index (edits->edits, VhEdit, i);
      if (!belongs (&edit, &first, first_added))
        {
          i++;
          continue;
        }
      g_array_append_val (picked->edits, edit);
      g_array_remove_index (edits->edits, i);
    }
  picked->n_done = picked->edits->len;
}

/* Where others added controllers meanwhile, the new ports come after those. */
static void
shift_ports (VhEditList *picked, const VhReading *base)
{
  gint32 first = vh_edit_list_find_first_added (picked);
  gint32 next = vh_spare_find_next_index (base->topology);
  for (guint i = 0; first >= 0 && i < picked->n_done; i++)
    {
      VhEdit *edit = &g_array_index (picked->edits, VhEdit, i);
      if (edit->bus >= first)
        edit->bus += next - first;
    }
}

static int
compare_steps (gconstpointer a, gconstpointer b)
{
  const VhEdit *edit_a = a, *edit_b = b;
  return edit_a->step < edit_b->step ? -1 : edit_a->step > edit_b->step;
}

static void
describe_all (const VhEditList *picked, GPtrArray *dropped)
{
  for (guint i = 0; dropped && i < picked->n_done; i++)
    g_ptr_array_add (dropped, vh_edit_describe (&g_array_index (picked->edits, VhEdit, i)));
}

VhEditList *
vh_session_replay (const VhReplay *replay, GPtrArray *dropped)
{
  VhEditList *kept = vh_edit_list_new ();
  g_autoptr (VhEditList) rest = vh_edit_list_dup (replay->edits);
  gint32 first_added = vh_edit_list_find_first_added (rest);
  g_array_set_size (rest->edits, rest->n_done);
  while (rest->edits->len > 0)
    {
      g_autoptr (VhEditList) picked = vh_edit_list_new ();
      pick (rest, picked, first_added);
      if (is_reached (picked, replay))
        continue;
      shift_ports (picked, replay->base);
      g_autoptr (VhDocument) document =
          vh_edit_list_apply (picked, replay->base, replay->caps, NULL);
      if (document)
        g_array_append_vals (kept->edits, picked->edits->data, picked->n_done);
      else
        describe_all (picked, dropped);
    }
  g_array_sort (kept->edits, compare_steps);
  kept->n_done = kept->edits->len;
  return kept;
}

char *
vh_session_describe_dropped (const GPtrArray *dropped)
{
  if (dropped->len == 0)
    return NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < dropped->len; i++)
    g_string_append_printf (text, "%s%s", i ? ", " : "", (const char *) dropped->pdata[i]);
  return g_strdup_printf (_ ("No longer possible, and dropped: %s."), text->str);
}

/* Why nothing can be edited here; NULL when it can. */
static const char *
find_obstacle (const VhSession *session)
{
  return session->frozen ? session->frozen
                         : vh_document_get_read_only_reason (session->base->document);
}

gboolean
vh_session_take_up (VhSession *session, const VhEditRecord *record, GPtrArray *dropped,
                    GError **error)
{
  g_assert (session->edits->edits->len == 0 && !session->start);
  const char *obstacle = find_obstacle (session);
  if (obstacle)
    {
      g_set_error_literal (error, VH_EDIT_ERROR, VH_EDIT_ERROR_READ_ONLY, obstacle);
      return FALSE;
    }
  g_autofree char *sum = vh_edit_record_new_sum (session->base->document);
  if (g_str_equal (sum, record->base) &&
      vh_session_take_edits (session, vh_edit_list_dup (record->edits), NULL))
    return TRUE;
  const VhReplay replay = { record->edits, NULL, session->base, session->caps };
  VhEditList *edits = vh_session_replay (&replay, dropped);
  g_autoptr (VhEditList) whole = vh_edit_list_dup (edits);
  if (!vh_session_take_edits (session, edits, NULL))
    describe_all (whole, dropped);
  return TRUE;
}
