/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fills the overview of domains while the user goes on: the list first, then a
 * summary of each, one after the other. Nothing here waits. */
#pragma once

#include "model/summary.h"
#include "tui/load.h"

typedef struct VhGather VhGather;

/* `loader` is borrowed; what the domains are asked of must be open. */
VhGather *vh_gather_new (VhLoader *loader);
void vh_gather_free (VhGather *gather);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhGather, vh_gather_free)

/* Asks for the list, and then for every domain of it; also again: what is known
 * stays until it is read anew. FALSE and an error when there is nobody to ask. */
gboolean vh_gather_start (VhGather *gather, GError **error);
/* Something happened to a domain, or it may be a new one: it is read again, before others. */
void vh_gather_mark (VhGather *gather, const char *key);

/* Nobody tells what happens to the domains any more: what is known of each may be old until it is
 * read again. */
void vh_gather_set_old (VhGather *gather);

/* What a result did. */
typedef enum {
  VH_GATHERED_FOREIGN, /* it was for somebody else */
  VH_GATHERED_NOTHING, /* nothing that is seen */
  VH_GATHERED_ROW,     /* one summary is new */
  VH_GATHERED_ROWS,    /* summaries came or went: positions in them have changed */
  VH_GATHERED_FAILURE, /* nothing more is asked before the next start: *error says why */
} VhGathered;
VhGathered vh_gather_take (VhGather *gather, VhResult *result, GError **error);

/* Keeps the worker busy: those of `first` (guint, positions in the summaries; NULL: none) come
 * before all others. Asks only for a few at a time, so that what is asked meanwhile is not late. */
void vh_gather_go_on (VhGather *gather, const GArray *first);

/* Of VhSummary, in no order. Borrowed; the same array as long as this lives. */
GPtrArray *vh_gather_get_summaries (const VhGather *gather);
/* Has the first list come? */
gboolean vh_gather_is_listed (const VhGather *gather);
/* How many domains are still to be read. */
guint vh_gather_count_left (const VhGather *gather);
/* Is anything asked and not answered? `kind` (may be NULL): what for longest. */
gboolean vh_gather_is_waiting (const VhGather *gather, VhJobKind *kind);
