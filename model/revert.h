/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Back to the configuration of a backup. What others changed since stays: the
 * whole text comes back only if nothing changed since that write, or when
 * that is asked for. */
#pragma once

#include "model/history.h"
#include "model/session.h"

typedef enum {
  VH_REVERT_WHOLE, /* the whole text of the backup */
  VH_REVERT_KNOBS, /* the hotplug settings as they were in it, everything else as it is now */
} VhRevertKind;

typedef struct {
  VhRevertKind kind;
  GPtrArray *differing; /* of char *: of KNOBS, what stays and is not as in the backup, as
                           sentences; of WHOLE, none */
} VhRevert;

/* Edits the session, which must have no edits, so that it is as in `backup`,
 * the text from before the write of `entry`. The whole text when `whole`, or
 * when the SHA-256 of the text is the one right after that write; else the
 * knobs. NULL and VH_EDIT_ERROR_CHANGED with the reason, and the session
 * unchanged, when the knobs cannot be put back alone. VH_TOPOLOGY_ERROR when
 * the backup is no domain. */
VhRevert *vh_revert_new (VhSession *session, const VhHistoryEntry *entry, VhDocument *backup,
                         gboolean whole, GError **error);
void vh_revert_free (VhRevert *revert);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhRevert, vh_revert_free)

/* What it does to the rest of the domain, in one sentence; NULL when there is nothing to
 * say. Caller frees. */
char *vh_revert_new_note (const VhRevert *revert);
