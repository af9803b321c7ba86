/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What one variant of a comparison says in a row. Caller frees. */
#pragma once

#include "model/compare.h"

/* NULL: it does not apply. */
char *vh_compare_new_machine_cell (const VhReading *reading, VhCompareKind kind);
char *vh_compare_new_bus_cell (const VhReading *reading, guint position);
