/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/session.h"

#include "model/edit_ports.h"
#include "model/session_replay.h"

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

static void
drop_start (VhSession *session)
{
  g_clear_pointer (&session->start, vh_reading_unref);
  g_clear_pointer (&session->started, g_free);
}

void
vh_session_free (VhSession *session)
{
  if (!session)
    return;
  g_clear_pointer (&session->info, vh_domain_info_free);
  vh_caps_free (session->caps);
  vh_edit_list_free (session->edits);
  drop_start (session);
  vh_reading_unref (session->base);
  vh_reading_unref (session->after);
  g_free (session);
}

/* What the edits make of the text that they change; its own reading when they
 * change nothing. */
static VhReading *
derive (const VhSession *session, const VhEditList *edits, GError **error)
{
  VhReading *start = session->start ? session->start : session->base;
  if (edits->n_done == 0)
    return vh_reading_ref (start);
  g_autoptr (VhDocument) document = vh_edit_list_apply (edits, start, session->caps, error);
  if (document == start->document)
    return vh_reading_ref (start);
  return document ? vh_reading_new (document, session->caps, error) : NULL;
}

/* Takes `after`. */
static void
take_after (VhSession *session, VhReading *after)
{
  vh_reading_unref (session->after);
  session->after = after;
  session->revision++;
}

/* Everything that follows from base, capabilities and edits. On failure
 * nothing has changed. */
static gboolean
vh_session_recompute (VhSession *session, GError **error)
{
  VhReading *after = derive (session, session->edits, error);
  if (after)
    take_after (session, after);
  return after != NULL;
}

/* With what is in `list` already; on failure as it was. */
static gboolean
recompute_or (VhSession *session, VhEditList *before, gboolean good, GError **error)
{
  if (good && vh_session_recompute (session, error))
    {
      vh_edit_list_free (before);
      return TRUE;
    }
  vh_edit_list_free (session->edits);
  session->edits = before;
  return FALSE;
}

gboolean
vh_session_take_edits (VhSession *session, VhEditList *edits, GError **error)
{
  VhEditList *before = session->edits;
  session->edits = edits;
  return recompute_or (session, before, TRUE, error);
}

static gboolean
may_push (const VhSession *session, GError **error)
{
  if (session->frozen)
    g_set_error_literal (error, VH_EDIT_ERROR, VH_EDIT_ERROR_NOT_SETTABLE, session->frozen);
  return session->frozen == NULL;
}

gboolean
vh_session_push (VhSession *session, const VhEdit *edit, gboolean same_step, GError **error)
{
  if (!may_push (session, error))
    return FALSE;
  VhEditList *before = vh_edit_list_dup (session->edits);
  VhEdit full = *edit;
  full.step = same_step;
  gboolean good = vh_edit_list_push (session->edits, &full, session->after, session->caps, error);
  return recompute_or (session, before, good, error);
}

/* Is the knob set again further on? */
static gboolean
is_set_later (const GArray *edits, guint i)
{
  const VhEdit *edit = &g_array_index (edits, VhEdit, i);
  for (guint k = i + 1; k < edits->len; k++)
    {
      const VhEdit *other = &g_array_index (edits, VhEdit, k);
      if (other->knob == edit->knob && other->bus == edit->bus)
        return TRUE;
    }
  return FALSE;
}

gboolean
vh_session_push_knobs (VhSession *session, const GArray *edits, GError **error)
{
  if (!may_push (session, error))
    return FALSE;
  gboolean good = TRUE;
  VhEditList *before = vh_edit_list_dup (session->edits);
  guint n_before = session->edits->n_done;
  for (guint i = 0; i < edits->len && good; i++)
    {
      VhEdit full = g_array_index (edits, VhEdit, i);
      g_assert (!vh_edit_ports_is (&full));
      full.step = session->edits->n_done > n_before;
      if (!is_set_later (edits, i))
        good = vh_edit_list_push (session->edits, &full, session->after, session->caps, error);
    }
  return recompute_or (session, before, good, error);
}

gboolean
vh_session_set_knob (VhSession *session, VhKnob knob, gint32 bus, VhSwitch to, GError **error)
{
  VhEdit edit = { .kind = VH_EDIT_SET_KNOB, .knob = knob, .bus = bus, .to = to };
  return vh_session_push (session, &edit, FALSE, error);
}

/* Leaves the knob to its default when it has the wanted state then; else nothing has changed, and
 * FALSE. */
static gboolean
take_default (VhSession *session, VhKnob knob, gint32 bus, VhKnown wanted)
{
  const VhEdit edit = {
    .kind = VH_EDIT_SET_KNOB, .knob = knob, .bus = bus, .to = VH_SWITCH_ABSENT
  };
  g_autoptr (VhEditList) edits = vh_edit_list_dup (session->edits);
  if (!vh_edit_list_push (edits, &edit, session->after, session->caps, NULL))
    return FALSE;
  g_autoptr (VhReading) reading = derive (session, edits, NULL);
  if (!reading)
    return FALSE;
  g_autoptr (VhKnobState) state =
      vh_check_new_knob (reading->topology, reading->inputs, session->caps, knob, bus);
  if (state->state != wanted)
    return FALSE;
  vh_edit_list_free (session->edits);
  session->edits = g_steal_pointer (&edits);
  take_after (session, g_steal_pointer (&reading));
  return TRUE;
}

gboolean
vh_session_toggle (VhSession *session, VhKnob knob, gint32 bus, GError **error)
{
  if (!may_push (session, error))
    return FALSE;
  g_autoptr (VhKnobState) state = vh_session_new_knob (session, knob, bus);
  const gboolean is_on = state->state == VH_KNOWN_YES;
  return take_default (session, knob, bus, is_on ? VH_KNOWN_NO : VH_KNOWN_YES) ||
         vh_session_set_knob (session, knob, bus, is_on ? VH_SWITCH_OFF : VH_SWITCH_ON, error);
}

gboolean
vh_session_start_from (VhSession *session, VhDocument *start, const char *what, GError **error)
{
  const char *reason = vh_document_get_read_only_reason (session->base->document);
  if (!may_push (session, error))
    return FALSE;
  if (reason)
    {
      g_set_error_literal (error, VH_EDIT_ERROR, VH_EDIT_ERROR_READ_ONLY, reason);
      return FALSE;
    }
  VhReading *reading = vh_reading_new (start, session->caps, error);
  if (!reading)
    return FALSE;
  drop_start (session);
  g_array_set_size (session->edits->edits, 0);
  session->edits->n_done = 0;
  session->start = reading;
  session->started = g_strdup (what);
  return vh_session_recompute (session, error);
}

gboolean
vh_session_may_undo (const VhSession *session)
{
  return session->start || vh_edit_list_may_undo (session->edits);
}

/* Moves the mark between what is done and what was undone. A list from
 * elsewhere may have states that cannot be: those are not gone to. */
static gboolean
move_mark (VhSession *session, gboolean (*move) (VhEditList *edits))
{
  g_autoptr (VhEditList) edits = vh_edit_list_dup (session->edits);
  return move (edits) && vh_session_take_edits (session, g_steal_pointer (&edits), NULL);
}

/* Under the edits lies the text that they were made on. */
gboolean
vh_session_undo (VhSession *session)
{
  if (vh_edit_list_may_undo (session->edits))
    return move_mark (session, vh_edit_list_undo);
  if (!session->start)
    return FALSE;
  drop_start (session);
  g_array_set_size (session->edits->edits, 0);
  return vh_session_recompute (session, NULL);
}

gboolean
vh_session_redo (VhSession *session)
{
  return move_mark (session, vh_edit_list_redo);
}

gboolean
vh_session_go_to (VhSession *session, guint n_done, GError **error)
{
  g_autoptr (VhEditList) edits = vh_edit_list_dup (session->edits);
  g_assert (n_done <= edits->edits->len);
  edits->n_done = n_done;
  return vh_session_take_edits (session, g_steal_pointer (&edits), error);
}

static gboolean
has_text_of (const VhReading *one, const VhReading *other)
{
  return g_bytes_equal (vh_document_get_bytes (one->document),
                        vh_document_get_bytes (other->document));
}

/* Takes `base`. */
static void
start_over (VhSession *session, VhReading *base, GPtrArray *dropped)
{
  const VhReading *start = session->start ? session->start : base;
  const VhReplay replay = { session->edits, session->after, start, session->caps };
  VhEditList *edits = vh_session_replay (&replay, dropped);
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
  /* The whole text would undo what others have changed meanwhile. */
  if (session->start && dropped && !has_text_of (reading, session->start))
    g_ptr_array_add (dropped, g_strdup (session->started));
  drop_start (session);
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
  if (session->start)
    {
      VhReading *start = vh_reading_new (session->start->document, caps, NULL);
      g_assert (start);
      vh_reading_unref (session->start);
      session->start = start;
    }
  start_over (session, base, NULL);
}

gboolean
vh_session_is_changed (const VhSession *session)
{
  return session->after != session->base && !has_text_of (session->after, session->base);
}

char *
vh_session_describe (const VhSession *session)
{
  GString *text = g_string_new (session->started);
  for (guint i = 0; i < session->edits->n_done; i++)
    {
      g_autofree char *one = vh_edit_describe (&g_array_index (session->edits->edits, VhEdit, i));
      g_string_append_printf (text, "%s%s", text->len ? ", " : "", one);
    }
  return g_string_free (text, FALSE);
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
