/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of subcommands: names, usage, options and what runs them. */
#pragma once

#include "tui/options.h"

/* EXIT STATUS of the manual. */
typedef enum {
  VH_EXIT_DONE = 0,
  VH_EXIT_FAILED = 1,
  VH_EXIT_USAGE = 2,
  VH_EXIT_REFUSED = 3, /* the domain says no */
  VH_EXIT_CONFLICT = 4,
} VhExit;

typedef enum {
  VH_OPTION_FORMAT = 1 << 0,
  VH_OPTION_OUTPUT = 1 << 1,
  VH_OPTION_KNOBS = 1 << 2, /* what `set` sets */
  VH_OPTION_MANY = 1 << 3,  /* targets by other means than operands */
  VH_OPTION_RECORD = 1 << 4,
  VH_OPTION_LIVE = 1 << 5,
  VH_OPTION_WRITE = 1 << 6, /* how it is written, or only shown */
  VH_OPTION_WHOLE = 1 << 7,
  VH_OPTION_PICTURE = 1 << 8, /* --format with pictures, and the width of text */
  VH_OPTION_FIX = 1 << 9,     /* what `check` may write */
  VH_OPTION_HOSTS = 1 << 10,  /* --connect several times, for all domains */
  VH_OPTION_COLUMNS = 1 << 11,
} VhOptionSet;

typedef struct {
  const char *name;  /* NULL: the terminal UI */
  const char *usage; /* operands, for --help */
  const char *help;  /* one sentence */
  guint min_targets, max_targets;
  gboolean takes_all; /* without a target, with --demo: every domain */
  VhOptionSet options;
  VhExit (*run) (const VhOptions *options);
} VhCommand;

/* The row of a name; of NULL the terminal UI's. NULL: no such command. */
const VhCommand *vh_command_find (const char *name);
/* Every row, by its number; NULL after the last. */
const VhCommand *vh_command_get (guint i);
/* All names and help sentences, for --help. Static; never NULL. */
const char *vh_command_get_summary (void);

/* Was --connect given more than once? */
gboolean vh_command_has_hosts (const VhOptions *options);

/* Checks operands and words, then runs. */
VhExit vh_command_run (const VhOptions *options);

VhExit vh_command_show (const VhOptions *options);
VhExit vh_command_set (const VhOptions *options);
VhExit vh_command_list (const VhOptions *options);
VhExit vh_command_check (const VhOptions *options);
/* `check --fix`. */
VhExit vh_command_fix (const VhOptions *options);
VhExit vh_command_fit (const VhOptions *options);
VhExit vh_command_history (const VhOptions *options);
VhExit vh_command_revert (const VhOptions *options);
VhExit vh_command_caps (const VhOptions *options);
VhExit vh_command_report_domain (const VhOptions *options);
VhExit vh_command_terminal (const VhOptions *options);
