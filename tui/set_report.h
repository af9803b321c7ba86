/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What `set` and `revert` do with the edited domain: print, check or write it. Each
 * prints its own messages and says which exit status they mean. */
#pragma once

#include <stdio.h>

#include "tui/command.h"
#include "tui/load.h"

/* Changes and consequences, for the question. FALSE when the stream fails. */
gboolean vh_set_report_plan (const VhPlan *plan, FILE *stream);

VhExit vh_set_print_xml (const VhOptions *options, const VhSession *session);
VhExit vh_set_print_diff (const VhSession *session, const VhPlan *plan);
/* The topology before and after, as --print-svg or --print-dot want it. */
VhExit vh_set_print_picture (const VhOptions *options, const VhSession *session);
/* The diff for people, control characters made visible: before the changes and the question, where
 * nothing else prints it. FALSE when the stream fails. */
gboolean vh_set_show_diff (const VhOptions *options, const VhSession *session);
VhExit vh_set_dry_run (VhLoader *loader, const VhSession *session, const VhPlan *plan);
VhExit vh_set_write (const VhOptions *options, VhLoader *loader, const VhSession *session);

/* Do the options of how to write go together? Prints why not. */
gboolean vh_set_check_usage (const VhOptions *options);
/* May it be written, as far as the options want that? Prints why not. */
VhExit vh_set_check_writable (const VhOptions *options, const VhSession *session);
/* Whatever of these the options ask for; without any, asks and writes. */
VhExit vh_set_finish (const VhOptions *options, VhLoader *loader, const VhSession *session);
