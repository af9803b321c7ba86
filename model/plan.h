/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a write would change, bus by bus, and what follows from it: made when
 * the write screen, --print-diff or --dry-run asks. */
#pragma once

#include "model/diff.h"
#include "model/domain_info.h"
#include "model/reading.h"

/* A bus, or with bus -1 the machine, whose knob or mechanism changes. */
typedef struct {
  gint32 bus;
  char *text; /* "bus 3 pcie-root-port: hotplug default -> off; acpi -> none" */
} VhChange;

typedef struct {
  VhSeverity severity;
  char *text; /* a whole sentence */
} VhConsequence;

/* What moves when root ports come or go: of what was there before. */
typedef struct {
  gboolean counted; /* ports come or go; else nothing can move, and the rest is 0 */
  guint n_addresses, n_addresses_changed;
  guint n_buses, n_buses_changed;
  guint n_buses_unknown; /* whose number in the guest is not known, before or after */
} VhPlanNumbers;

typedef struct {
  GPtrArray *changes;      /* of VhChange, by bus */
  GPtrArray *consequences; /* of VhConsequence */
  GPtrArray *fates;        /* of char *: every device whose way of unplugging changes */
  GPtrArray *diff;         /* of VhDiffLine */
  GPtrArray *args_added;   /* of char *: QEMU arguments that appear, as predicted */
  GPtrArray *args_removed; /* of char *: and that vanish */
  GPtrArray *
      introduced; /* of VhFinding, borrowed from `after`: errors that the edit brings; they block */
  VhPlanNumbers numbers;
} VhPlan;

/* `info` NULL: nothing known besides the XML. */
VhPlan *vh_plan_new (const VhReading *before, const VhReading *after, const VhDomainInfo *info);
void vh_plan_free (VhPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhPlan, vh_plan_free)
