/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was asked against what came back from the one who stored it. Elements
 * are compared by what identifies them (a controller by type and index, other
 * devices by address, target or content), not by their order. */
#pragma once

#include "model/document.h"

typedef struct {
  GPtrArray *not_taken; /* of char *: asked for and not there */
  GPtrArray *lost;      /* of char *: in the base, not asked to go, and gone or changed */
  GPtrArray *added;     /* of char *: neither in the base nor asked for */
  guint n_changed;      /* of `lost`: what has another value now. libvirt drops what it does not
                           know and completes what it lacks, but gives nothing another value. */
} VhVerdict;

VhVerdict *vh_verify_new (const VhDocument *base, const VhDocument *wanted,
                          const VhDocument *stored);
void vh_verdict_free (VhVerdict *verdict);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhVerdict, vh_verdict_free)

/* Nothing not taken and nothing lost; additions are notes. */
gboolean vh_verdict_is_good (const VhVerdict *verdict);

/* What `now` has otherwise than `before`, of char *: "<memory>: the text '1' is '2' now.";
 * secrets are masked. Caller unrefs. */
GPtrArray *vh_verify_new_differences (const VhDocument *before, const VhDocument *now);
