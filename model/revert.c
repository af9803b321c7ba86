/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/revert.h"

#include "model/i18n.h"
#include "model/verify.h"

/* Sentences about what differs, before "and N more". */
#define MAX_TOLD 5

void
vh_revert_free (VhRevert *revert)
{
  if (!revert)
    return;
  g_clear_pointer (&revert->differing, g_ptr_array_unref);
  g_free (revert);
}

static gboolean
is_right_after (const VhSession *session, const VhHistoryEntry *entry)
{
  GBytes *now = vh_document_get_bytes (session->base->document);
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, now);
  return g_strcmp0 (sum, entry->after) == 0;
}

static VhKnobState *
new_knob (const VhSession *session, const VhReading *reading, VhKnob knob, gint32 bus)
{
  return vh_check_new_knob (reading->topology, reading->inputs, session->caps, knob, bus);
}

/* The edit that makes the knob as it was, if it is not. */
static void
push_edit (const VhSession *session, const VhReading *backup, const VhEdit *which, GArray *edits)
{
  g_autoptr (VhKnobState) was = new_knob (session, backup, which->knob, which->bus);
  g_autoptr (VhKnobState) now = new_knob (session, session->base, which->knob, which->bus);
  if (!was->applies || !now->applies)
    return;
  const gboolean same_site = was->configured == VH_SWITCH_ABSENT || was->site == now->site;
  if (was->configured == now->configured && same_site)
    return;
  VhEdit edit = *which;
  edit.to = was->configured;
  edit.site =
      was->configured == VH_SWITCH_ABSENT || which->knob == VH_KNOB_PORT ? VH_SITE_NONE : was->site;
  g_array_append_val (edits, edit);
}

/* Ports by controller index: one that went is an edit that fails if it was
 * set. */
static GArray *
new_edits (const VhSession *session, const VhReading *backup)
{
  GArray *edits = g_array_new (FALSE, FALSE, sizeof (VhEdit));
  VhEdit which = { .kind = VH_EDIT_SET_KNOB, .knob = VH_KNOB_ROOT, .bus = -1 };
  push_edit (session, backup, &which, edits);
  which.knob = VH_KNOB_BRIDGE;
  push_edit (session, backup, &which, edits);
  which.knob = VH_KNOB_PORT;
  for (guint i = 0; i < vh_topology_get_n_buses (backup->topology); i++)
    {
      which.bus = vh_topology_get_bus (backup->topology, i)->index;
      push_edit (session, backup, &which, edits);
    }
  return edits;
}

/* A port that was set then and is none now: what it was cannot be put back. */
static gboolean
check_ports (const VhSession *session, const VhReading *backup, GError **error)
{
  for (guint i = 0; i < vh_topology_get_n_buses (backup->topology); i++)
    {
      const gint32 bus = vh_topology_get_bus (backup->topology, i)->index;
      g_autoptr (VhKnobState) was = new_knob (session, backup, VH_KNOB_PORT, bus);
      g_autoptr (VhKnobState) now = new_knob (session, session->base, VH_KNOB_PORT, bus);
      if (!was->applies || now->applies || was->configured == VH_SWITCH_ABSENT)
        continue;
      g_set_error (error, VH_EDIT_ERROR, VH_EDIT_ERROR_CHANGED,
                   _ ("Port %1$d was set to %2$s in the backup, and is no port any more."), bus,
                   vh_switch_to_string (was->configured));
      return FALSE;
    }
  return TRUE;
}

static gboolean
put_knobs_back (VhSession *session, const VhReading *backup, GError **error)
{
  g_autoptr (GError) refused = NULL;
  g_autoptr (GArray) edits = new_edits (session, backup);
  if (check_ports (session, backup, &refused) && vh_session_push_knobs (session, edits, &refused))
    return TRUE;
  g_set_error (error, VH_EDIT_ERROR, VH_EDIT_ERROR_CHANGED,
               _ ("The domain was changed since, and the settings of the backup cannot be put back "
                  "alone: %s"),
               refused->message);
  return FALSE;
}

VhRevert *
vh_revert_new (VhSession *session, const VhHistoryEntry *entry, VhDocument *backup, gboolean whole,
               GError **error)
{
  g_autoptr (VhReading) reading = vh_reading_new (backup, session->caps, error);
  if (!reading)
    return NULL;
  g_autoptr (VhRevert) revert = g_new0 (VhRevert, 1);
  if (whole || is_right_after (session, entry))
    {
      g_autofree char *what = g_strdup_printf ("revert to %s", entry->name);
      revert->kind = VH_REVERT_WHOLE;
      revert->differing = g_ptr_array_new_with_free_func (g_free);
      return vh_session_start_from (session, backup, what, error) ? g_steal_pointer (&revert)
                                                                  : NULL;
    }
  revert->kind = VH_REVERT_KNOBS;
  if (!put_knobs_back (session, reading, error))
    return NULL;
  revert->differing = vh_verify_new_differences (backup, session->after->document);
  return g_steal_pointer (&revert);
}

char *
vh_revert_new_note (const VhRevert *revert)
{
  if (revert->differing->len == 0)
    return NULL;
  GString *text = g_string_new (_ ("More than the hotplug settings changed since that write, and "
                                   "stays as it is now:"));
  for (guint i = 0; i < MIN (revert->differing->len, MAX_TOLD); i++)
    g_string_append_printf (text, " %s", (const char *) g_ptr_array_index (revert->differing, i));
  if (revert->differing->len > MAX_TOLD)
    g_string_append_printf (
        text, P_ (" And %u more.", " And %u more.", revert->differing->len - MAX_TOLD),
        revert->differing->len - MAX_TOLD);
  return g_string_free (text, FALSE);
}
