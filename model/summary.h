/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One line about a domain: for `list` and the overview. */
#pragma once

#include "model/domain_info.h"
#include "model/reading.h"

typedef struct {
  VhDomainInfo *info;
  VhMachine *machine; /* NULL with an error, or while it is only listed */
  VhVersion qemu;     /* whose rules were used; 0 unknown */
  VhOrigin qemu_origin;
  VhKnobState *root; /* NULL without a machine, as all that follows is not known then */
  VhKnobState *bridge;
  VhMechanism mechanism; /* that most hotpluggable buses use */
  VhFreeSlots free;
  guint n_findings[VH_N_SEVERITIES];
  GPtrArray *findings; /* of VhFinding, those of the reading; NULL without one */
  GPtrArray *cures;    /* of each of them, vh_fix_new_cures(); NULL without one */
  char *error;         /* why it could not be read; NULL */
  gboolean is_old;     /* it may have changed since it was read, and nobody would have told */
} VhSummary;

/* `reading` NULL: it could not be read because of `error`, or, with that NULL too, it is only
 * listed yet. */
VhSummary *vh_summary_new (const VhDomainInfo *info, const VhReading *reading, const VhCaps *caps,
                           const char *error);
/* The same of one that was summed up before. */
void vh_summary_update (VhSummary *summary, const VhReading *reading, const VhCaps *caps,
                        const char *error);
/* What the source says of it now. Copied. */
void vh_summary_set_info (VhSummary *summary, const VhDomainInfo *info);
gboolean vh_summary_is_read (const VhSummary *summary);
/* What names the domain for good: its UUID, or the name where there is none. */
const char *vh_summary_get_key (const VhSummary *summary);
/* A GCompareFunc for an array of them: by name. */
gint vh_summary_compare (gconstpointer a, gconstpointer b);
void vh_summary_free (VhSummary *summary);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhSummary, vh_summary_free)
