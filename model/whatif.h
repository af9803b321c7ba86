/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The same domain under another machine type or another QEMU. */
#pragma once

#include "model/caps.h"

/* What would be known of `machine` under `qemu`, given what is known of the
 * real one: what was found out about another machine type or release does not
 * count, and the machine table answers. `machine` is the imagined type, or the
 * real one; `qemu` 0: the real one. Caller frees. */
VhCaps *vh_whatif_new_caps (const VhCaps *real, const VhMachine *machine, VhVersion qemu);
