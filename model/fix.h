/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Findings that can be cured without asking what was meant: the cure leaves what is in effect as
 * it is, or mends a domain that does not start. */
#pragma once

#include "model/reading.h"

/* What a session that starts from a fixed text says it starts from. */
#define VH_FIX_NAME "check --fix"

/* What would be done about a finding of `reading`, "remove -global X.p=off"; NULL when it is for
 * people to decide. Caller frees. */
char *vh_fix_new_cure (const VhReading *reading, const VhCaps *caps, const VhFinding *finding);

/* That of each finding of `reading`, in their order, NULL among them. Caller unrefs. */
GPtrArray *vh_fix_new_cures (const VhReading *reading, const VhCaps *caps);

/* The text with every cure, also of what shows only after another one; the document of `reading`
 * itself (a new reference) when there is none. NULL and an error when it cannot be edited. */
VhDocument *vh_fix_new_document (VhReading *reading, const VhCaps *caps, GError **error);
