/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The edits of a session on another base. */
#pragma once

#include "model/session.h"

/* The edits that still apply to `base`, knob by knob, and those of root ports
 * together; what could be redone is gone. Edits that lead where the base is
 * already go without a word, the others that do not apply are described in
 * `dropped` (may be NULL). */
VhEditList *vh_session_replay (const VhSession *session, const VhReading *base, GPtrArray *dropped);
