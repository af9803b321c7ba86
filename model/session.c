/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/session.h"

#include "model/edit_apply.h"

VhSession *
vh_session_new (VhDocument *document, VhDomainInfo *info, VhCaps *caps, GError **error)
{
  g_autoptr (VhDomainInfo) owned_info = info;
  g_autoptr (VhCaps) owned_caps = caps;
  VhReading *base = vh_reading_new (document, caps, error);
  if (!base)
    return NULL;
  VhSession *session = g_new0 (VhSession, 1);
  session->info = g_steal_pointer (&owned_info);
  session->caps = g_steal_pointer (&owned_caps);
  session->edits = vh_edit_list_new ();
  session->base = base;
  session->after = vh_reading_ref (base);
  return session;
}

void
vh_session_free (VhSession *session)
{
  if (!session)
    return;
  g_clear_pointer (&session->info, vh_domain_info_free);
  vh_caps_free (session->caps);
  vh_edit_list_free (session->edits);
  vh_reading_unref (session->base);
  vh_reading_unref (session->after);
  g_free (session);
}

/* What the edits make of the base; the base's own reading when they change
 * nothing. */
static VhReading *
derive (const VhReading *base, const VhEditList *edits, const VhCaps *caps, GError **error)
{
  g_autoptr (VhDocument) document = vh_edit_list_apply (edits, base, caps, error);
  return document ? vh_reading_new (document, caps, error) : NULL;
}

/* Everything that follows from base, capabilities and edits. On failure
 * nothing has changed. */
static gboolean
vh_session_recompute (VhSession *session, GError **error)
{
  VhReading *after = NULL;
  if (session->edits->n_done == 0)
    after = vh_reading_ref (session->base);
  else
    after = derive (session->base, session->edits, session->caps, error);
  if (!after)
    return FALSE;
  if (after->document == session->base->document)
    {
      vh_reading_unref (after);
      after = vh_reading_ref (session->base);
    }
  vh_reading_unref (session->after);
  session->after = after;
  return TRUE;
}

gboolean
vh_session_push (VhSession *session, const VhEdit *edit, gboolean same_step, GError **error)
{
  if (session->frozen)
    {
      g_set_error_literal (error, VH_EDIT_ERROR, VH_EDIT_ERROR_NOT_SETTABLE, session->frozen);
      return FALSE;
    }
  g_autoptr (VhEditList) before = vh_edit_list_dup (session->edits);
  VhEdit full = *edit;
  full.step = same_step;
  if (!vh_edit_list_push (session->edits, &full, session->after, session->caps, error))
    return FALSE;
  if (vh_session_recompute (session, error))
    return TRUE;
  vh_edit_list_free (session->edits);
  session->edits = g_steal_pointer (&before);
  return FALSE;
}

gboolean
vh_session_set_knob (VhSession *session, VhKnob knob, gint32 bus, VhSwitch to, GError **error)
{
  VhEdit edit = { .kind = VH_EDIT_SET_KNOB, .knob = knob, .bus = bus, .to = to };
  return vh_session_push (session, &edit, FALSE, error);
}

gboolean
vh_session_undo (VhSession *session)
{
  return vh_edit_list_undo (session->edits) && vh_session_recompute (session, NULL);
}

gboolean
vh_session_redo (VhSession *session)
{
  return vh_edit_list_redo (session->edits) && vh_session_recompute (session, NULL);
}

static gboolean
is_same_knob (const VhEdit *a, const VhEdit *b)
{
  return a->knob == b->knob && a->bus == b->bus;
}

/* Does the knob stand already where its last edit leads? */
static gboolean
is_reached (const VhEdit *last, const VhReading *base, const VhCaps *caps)
{
  g_autoptr (VhKnobState) knob =
      vh_check_new_knob (base->topology, base->inputs, caps, last->knob, last->bus);
  return vh_edit_get_configured (knob) == last->to &&
         (last->site == VH_SITE_NONE || last->site == knob->site);
}

/* Moves the edits of the knob of the first one to `picked`. */
static void
pick_knob (VhEditList *edits, VhEditList *picked)
{
  VhEdit first = g_array_index (edits->edits, VhEdit, 0);
  for (guint i = 0; i < edits->edits->len;)
    {
      VhEdit edit = g_array_index (edits->edits, VhEdit, i);
      if (!is_same_knob (&edit, &first))
        {
          i++;
          continue;
        }
      g_array_append_val (picked->edits, edit);
      g_array_remove_index (edits->edits, i);
    }
  picked->n_done = picked->edits->len;
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

/* The edits that still apply to `base`, knob by knob; what could be redone is
 * gone. Edits that lead where the base is already go without a word. */
static VhEditList *
replay (const VhEditList *old, const VhReading *base, const VhCaps *caps, GPtrArray *dropped)
{
  VhEditList *kept = vh_edit_list_new ();
  g_autoptr (VhEditList) rest = vh_edit_list_dup (old);
  g_array_set_size (rest->edits, rest->n_done);
  while (rest->edits->len > 0)
    {
      g_autoptr (VhEditList) picked = vh_edit_list_new ();
      pick_knob (rest, picked);
      if (is_reached (&g_array_index (picked->edits, VhEdit, picked->n_done - 1), base, caps))
        continue;
      g_autoptr (VhDocument) document = vh_edit_list_apply (picked, base, caps, NULL);
      if (document)
        g_array_append_vals (kept->edits, picked->edits->data, picked->n_done);
      else
        describe_all (picked, dropped);
    }
  g_array_sort (kept->edits, compare_steps);
  kept->n_done = kept->edits->len;
  return kept;
}

/* Takes `base`. */
static void
start_over (VhSession *session, VhReading *base, GPtrArray *dropped)
{
  VhEditList *edits = replay (session->edits, base, session->caps, dropped);
  vh_edit_list_free (session->edits);
  session->edits = edits;
  vh_reading_unref (session->base);
  session->base = base;
  if (vh_session_recompute (session, NULL))
    return;
  /* Each knob's edits apply by themselves, so this is a text that cannot be
   * edited at all. */
  g_array_set_size (session->edits->edits, 0);
  session->edits->n_done = 0;
  vh_session_recompute (session, NULL);
}

gboolean
vh_session_rebase (VhSession *session, VhDocument *base, VhDomainInfo *info, GPtrArray *dropped,
                   GError **error)
{
  g_autoptr (VhDomainInfo) owned_info = info;
  VhReading *reading = vh_reading_new (base, session->caps, error);
  if (!reading)
    return FALSE;
  if (owned_info)
    {
      g_clear_pointer (&session->info, vh_domain_info_free);
      session->info = g_steal_pointer (&owned_info);
    }
  start_over (session, reading, dropped);
  return TRUE;
}

void
vh_session_set_caps (VhSession *session, VhCaps *caps)
{
  vh_caps_free (session->caps);
  session->caps = caps;
  /* The document was read before, and that does not depend on capabilities. */
  VhReading *base = vh_reading_new (session->base->document, caps, NULL);
  g_assert (base);
  start_over (session, base, NULL);
}

gboolean
vh_session_is_changed (const VhSession *session)
{
  return session->after != session->base &&
         !g_bytes_equal (vh_document_get_bytes (session->after->document),
                         vh_document_get_bytes (session->base->document));
}

VhKnobState *
vh_session_new_knob (const VhSession *session, VhKnob knob, gint32 bus)
{
  VhKnobState *state = vh_check_new_knob (session->after->topology, session->after->inputs,
                                          session->caps, knob, bus);
  if (!session->frozen || state->reason)
    return state;
  state->reason = g_strdup (session->frozen);
  state->write_site = VH_SITE_NONE;
  return state;
}

VhPlan *
vh_session_new_plan (const VhSession *session)
{
  return vh_plan_new (session->base, session->after, session->info);
}
