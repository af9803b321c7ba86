/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A command line up to the cursor, as far as completion needs it. Asks nobody. */
#pragma once

#include "tui/command.h"

typedef struct {
  VhOptions *options;       /* --connect and --demo are read, nothing else */
  const VhCommand *command; /* the row of the terminal UI while no command is named */
  GArray *entries;          /* of GOptionEntry: the options that may be given here */
  const GOptionEntry *open; /* whose value the word under the cursor is; NULL */
  guint n_operands;         /* without the command */
  gboolean only_operands;   /* "--" was given */
} VhCompleteLine;

/* `words`: those after the program's name; `n` of them stand before the cursor. */
VhCompleteLine *vh_complete_line_new (char **words, guint n);
void vh_complete_line_free (VhCompleteLine *line);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhCompleteLine, vh_complete_line_free)

/* What the word under the cursor may become. */
typedef enum {
  VH_COMPLETE_WORDS,   /* what was added to `offers` */
  VH_COMPLETE_FILES,   /* a file */
  VH_COMPLETE_TARGETS, /* the same as WORDS, or a domain, or a file */
} VhCompleteKind;

/* Adds "WORD\tHELP" (char *) to `offers`; those that `word` is no beginning of are added, too. */
VhCompleteKind vh_complete_line_offer (const VhCompleteLine *line, const char *word,
                                       GPtrArray *offers);
/* Adds one. A word that holds anything but visible characters is left out: it comes from outside.
 */
void vh_complete_offer (GPtrArray *offers, const char *word, const char *help);
