/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What plan.c needs of its parts: each fills its arrays of a plan. */
#pragma once

#include "model/plan.h"

void vh_plan_push_consequences (VhPlan *plan, const VhReading *before, const VhReading *after,
                                const VhDomainInfo *info);
void vh_plan_push_arguments (VhPlan *plan, const VhReading *before, const VhReading *after);
