/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What runs: the live XML of a domain through the same rules, and what its
 * QEMU said if it was asked. To look at, never a base for edits. */
#pragma once

#include "model/answers.h"
#include "model/compare.h"
#include "model/session.h"

typedef struct {
  VhSession *session;  /* frozen; its base and after are one reading */
  VhVersion installed; /* the QEMU of the next start; 0 not known */
  VhAnswers *answers;  /* NULL: QEMU was not asked */
  GPtrArray *findings; /* of VhFinding: where QEMU says otherwise */
} VhLive;

/* `document` is the live XML, `next` what the next start will have. NULL and
 * VH_TOPOLOGY_ERROR when it is no domain. */
VhLive *vh_live_new (VhDocument *document, const VhSession *next, GError **error);
void vh_live_free (VhLive *live);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhLive, vh_live_free)

/* Takes what QEMU said. Of a release other than the installed one the rules are applied anew. */
void vh_live_take_answers (VhLive *live, VhAnswers *answers);

/* What runs beside what the next start will have, edits included. Caller frees. */
VhComparison *vh_live_compare (const VhLive *live, const VhSession *next);
/* QEMU arguments, as predicted, that what runs has and the next start has not,
 * and the other way round; of char *. Caller unrefs. */
void vh_live_new_arguments (const VhLive *live, const VhSession *next, GPtrArray **gone,
                            GPtrArray **added);
