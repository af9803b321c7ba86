/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What `set` does with the edited domain: print, check or write it. Each
 * prints its own messages and says which exit status they mean. */
#pragma once

#include <stdio.h>

#include "tui/command.h"
#include "tui/load.h"

/* Changes and consequences, for the question. FALSE when the stream fails. */
gboolean vh_set_report_plan (const VhPlan *plan, FILE *stream);

VhExit vh_set_print_xml (const VhOptions *options, const VhSession *session);
VhExit vh_set_print_diff (const VhSession *session, const VhPlan *plan);
VhExit vh_set_dry_run (VhLoader *loader, const VhSession *session, const VhPlan *plan);
VhExit vh_set_write (const VhOptions *options, VhLoader *loader, const VhSession *session);
