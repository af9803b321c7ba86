/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The edits of a session on another base. */
#pragma once

#include "model/edit_record.h"
#include "model/session.h"

typedef struct {
  const VhEditList *edits;
  const VhReading *after; /* what the done ones lead to; NULL: not known */
  const VhReading *base;
  const VhCaps *caps;
} VhReplay;

/* The edits that still apply to `base`, knob by knob, and those of root ports
 * together; what could be redone is gone. Edits that lead where the base is
 * already go without a word, the others that do not apply are described in
 * `dropped` (may be NULL). */
VhEditList *vh_session_replay (const VhReplay *replay, GPtrArray *dropped);

/* "No longer possible, and dropped: …" of what a replay left out; NULL for
 * nothing. Caller frees. */
char *vh_session_describe_dropped (const GPtrArray *dropped);

/* What a record holds, on a session without edits: everything, also what can be redone, when they
 * were made to this text; else what vh_session_replay() leaves. FALSE and VH_EDIT_ERROR when
 * nothing may be edited here. */
gboolean vh_session_take_up (VhSession *session, const VhEditRecord *record, GPtrArray *dropped,
                             GError **error);
