/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The backups of the domain of a session: what `history`, `revert` and the
 * terminal UI share. */
#pragma once

#include "model/revert.h"

/* Of VhHistoryEntry, newest first; caller unrefs. NULL and G_FILE_ERROR. */
GPtrArray *vh_backups_list (const VhSession *session, GError **error);

/* The newest backup that was made from where this session comes from, or, by
 * `word`, another; see vh_history_find(). */
const VhHistoryEntry *vh_backups_find (const GPtrArray *entries, const VhSession *session,
                                       const char *word, GError **error);

/* Reads the backup and edits the session to what it was before that write; see
 * vh_revert_new() for `whole` and the errors, and G_FILE_ERROR. */
VhRevert *vh_backups_revert (VhSession *session, const VhHistoryEntry *entry, gboolean whole,
                             GError **error);
