/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Changing several targets, one after the other. */
#pragma once

#include "tui/command.h"
#include "tui/load.h"

/* Changes one, which is loaded, and may be written as far as the options want that. Prints its
 * own messages. */
typedef VhExit (*VhEachFunc) (const VhOptions *options, VhLoader *loader, VhSession *session,
                              gpointer data);

/* The targets of the options; the status is VH_EXIT_USAGE where the options may not be for these.
 * Up to the first that fails, or past it with --keep-going; what is said of each stands below its
 * name, and at the end how many came to what. Of one operand nothing but its own messages. */
VhExit vh_each_run (const VhOptions *options, VhEachFunc change, gpointer data);
