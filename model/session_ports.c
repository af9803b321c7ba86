/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Root ports of a session: added, removed, made sure of. */
#include "model/i18n.h"
#include "model/session.h"
#include "model/spare.h"

/* An error that the last edit brings. */
static gboolean
check_introduced (const VhSession *session, const VhReading *before, GError **error)
{
  g_autoptr (GPtrArray) introduced =
      vh_check_new_introduced (before->findings, session->after->findings, VH_SEVERITY_ERROR);
  if (introduced->len == 0)
    return TRUE;
  const VhFinding *first = g_ptr_array_index (introduced, 0);
  g_set_error_literal (error, VH_EDIT_ERROR, VH_EDIT_ERROR_NO_ROOM, first->text);
  return FALSE;
}

static gboolean
push_ports (VhSession *session, const VhEdit *edit, GError **error)
{
  g_autoptr (VhEditList) before = vh_edit_list_dup (session->edits);
  g_autoptr (VhReading) was = vh_reading_ref (session->after);
  if (!vh_session_push (session, edit, FALSE, error))
    return FALSE;
  if (check_introduced (session, was, error))
    return TRUE;
  vh_session_take_edits (session, g_steal_pointer (&before), NULL);
  return FALSE;
}

gboolean
vh_session_add_ports (VhSession *session, guint count, GError **error)
{
  const VhEdit edit = { .kind = VH_EDIT_ADD_PORTS, .bus = -1, .count = count };
  return push_ports (session, &edit, error);
}

gboolean
vh_session_remove_port (VhSession *session, GError **error)
{
  const VhEdit edit = { .kind = VH_EDIT_REMOVE_PORT, .bus = -1 };
  return push_ports (session, &edit, error);
}

/* Why a new root port, the last bus, is no spare one. */
static void
set_useless (const VhReading *after, GError **error)
{
  guint last = vh_topology_get_n_buses (after->topology) - 1;
  const VhMode *mode = vh_modes_get (after->modes, last);
  const VhReason *reason = mode->reasons->len > 0
                               ? &g_array_index (mode->reasons, VhReason, mode->reasons->len - 1)
                               : NULL;
  g_set_error (error, VH_EDIT_ERROR, VH_EDIT_ERROR_NO_ROOM,
               mode->used == VH_MECHANISM_UNKNOWN
                   ? _ ("It is not known whether devices can be plugged into root ports here. A "
                        "new root port would be no spare one.%1$s%2$s")
                   : _ ("Nothing can be plugged into a root port of this machine. A new root port "
                        "would be no spare one.%1$s%2$s"),
               reason ? " " : "", reason ? vh_rule_to_sentence (reason->rule) : "");
}

gboolean
vh_session_ensure_spare (VhSession *session, guint n, GError **error)
{
  g_autoptr (VhEditList) before = vh_edit_list_dup (session->edits);
  gint free = vh_spare_count_free (session->after);
  if (free >= (gint) n)
    return TRUE;
  if (!vh_session_add_ports (session, n - (guint) MAX (free, 0), error))
    return FALSE;
  if (vh_spare_count_free (session->after) >= (gint) n)
    return TRUE;
  set_useless (session->after, error);
  vh_session_take_edits (session, g_steal_pointer (&before), NULL);
  return FALSE;
}
