/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One line about a domain: for `list` and the domain picker. */
#pragma once

#include "model/domain_info.h"
#include "model/reading.h"

typedef struct {
  VhDomainInfo *info;
  VhMachine *machine; /* NULL with an error */
  VhVersion qemu;     /* whose rules were used; 0 unknown */
  VhOrigin qemu_origin;
  VhKnobState *root; /* NULL with an error */
  VhKnobState *bridge;
  VhMechanism mechanism; /* that most hotpluggable buses use */
  VhFreeSlots free;
  char *error; /* why it could not be read; NULL */
} VhSummary;

/* `reading` NULL: it could not be read because of `error`. */
VhSummary *vh_summary_new (const VhDomainInfo *info, const VhReading *reading, const VhCaps *caps,
                           const char *error);
void vh_summary_free (VhSummary *summary);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhSummary, vh_summary_free)
