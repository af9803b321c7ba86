/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keeps the edits of the open session on disk while they are not written, and
 * offers those that an earlier run left. Every function takes a `keeper` of
 * NULL, which keeps nothing: the demo, and domains from standard input, have
 * no later start. */
#pragma once

#include "tui/app.h"

typedef struct VhKeeper VhKeeper;

VhKeeper *vh_keeper_new (void);
/* What is kept stays: the program was ended. */
void vh_keeper_free (VhKeeper *keeper);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhKeeper, vh_keeper_free)

/* The app has opened another domain: lets go of the one before, and asks
 * (VH_PROMPT_KEPT) about edits that were left of this one. */
void vh_keeper_open (VhKeeper *keeper, VhApp *app);
/* After a key, and after its picture: costs nothing while the edits are the
 * same, else one file written and renamed. TRUE when there is a message about
 * it that the picture lacks. */
gboolean vh_keeper_update (VhKeeper *keeper, VhApp *app);

/* The answers to the question. */
void vh_keeper_take_up (VhKeeper *keeper, VhApp *app);
void vh_keeper_drop_found (VhKeeper *keeper);
void vh_keeper_leave_found (VhKeeper *keeper);

/* The user leaves, and has been asked: nothing is kept. */
void vh_keeper_drop (VhKeeper *keeper);
