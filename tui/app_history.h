/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The screen of the backups. */
#pragma once

#include "model/revert.h"
#include "tui/app.h"

/* Takes the list, of VhHistoryEntry, and shows it. */
void vh_app_take_history (VhApp *app, GPtrArray *entries);
/* FALSE when that screen does not show. */
gboolean vh_app_move_history (VhApp *app, gint lines);
/* The session was reverted: shows what that would write. */
void vh_app_review_revert (VhApp *app, const VhRevert *revert);
/* Back from that to the history, with the session as it was; FALSE when it is about no revert. */
gboolean vh_app_drop_revert (VhApp *app);
