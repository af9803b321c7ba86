/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What plan.c needs of its parts: each fills its arrays of a plan. */
#pragma once

#include "model/plan.h"

void vh_plan_push_consequences (VhPlan *plan, const VhReading *before, const VhReading *after,
                                const VhDomainInfo *info);
/* The device in `after`: edits move none, but may add a controller before it. `hint` begins at 0
 * and is kept from one device to the next. -1 when it is gone. */
gint32 vh_plan_find_after (const VhReading *before, const VhReading *after, guint old, guint *hint);
/* What guests are known to do with it, by documents. */
void vh_plan_push_guest (VhPlan *plan, const VhReading *before, const VhReading *after);
/* Counts what moves, and says so. */
void vh_plan_push_numbers (VhPlan *plan, const VhReading *before, const VhReading *after);
/* Takes nothing: `text` is copied. */
void vh_plan_add_consequence (VhPlan *plan, VhSeverity severity, const char *text);
void vh_plan_push_arguments (VhPlan *plan, const VhReading *before, const VhReading *after);
