/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The same domain under another machine type or another QEMU. */
#pragma once

#include "model/compare.h"
#include "model/session.h"

/* What would be known of `machine` under `qemu`, given what is known of the
 * real one: what was found out about another machine type or release does not
 * count, and the machine table answers. `machine` is the imagined type, or the
 * real one; `qemu` 0: the real one. Caller frees. */
VhCaps *vh_whatif_new_caps (const VhCaps *real, const VhMachine *machine, VhVersion qemu);

#define VH_WHATIF_ERROR (vh_whatif_error_quark ())
GQuark vh_whatif_error_quark (void);
typedef enum {
  VH_WHATIF_ERROR_WORD,  /* neither a release nor a machine type of this chipset */
  VH_WHATIF_ERROR_COUNT, /* none, or too many */
} VhWhatifError;

/* The domain, edits included, as it is and under each of `words`: machine
 * types and QEMU releases between blanks, commas or bars. Caller frees; NULL and
 * VH_WHATIF_ERROR. */
VhComparison *vh_whatif_compare (const VhSession *session, const char *words, GError **error);
/* Such words: neighbours of the machine type that have other defaults; "" when
 * there are none. Caller frees. */
char *vh_whatif_propose (const VhSession *session);
