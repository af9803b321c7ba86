/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the subcommands share: words of --format, exit statuses of errors, and
 * doing something for several targets. */
#pragma once

#include "tui/command.h"
#include "tui/load.h"
#include "tui/output.h"

/* FALSE, with the error printed, when --format is none of text and json. */
gboolean vh_command_check_format (const VhOptions *options);
gboolean vh_command_wants_json (const VhOptions *options);

/* Prints the error and says which exit status it is. */
VhExit vh_command_report (const GError *error);

/* The worse of two, for several targets: a target that could not be read (1),
 * then a conflict (4), then a domain that says no (3). */
VhExit vh_command_worse (VhExit a, VhExit b);

/* A line of a finding, as `check` prints it. Caller frees. */
char *vh_command_format_finding (const VhDomainInfo *info, const VhFinding *finding);

/* The operands; with --demo and none, every demo domain; with --all, every domain of the
 * connection, by name; with --from, the lines of that file. Caller frees; NULL and an error. */
char **vh_command_new_targets (const VhOptions *options, VhLoader *loader, GError **error);
