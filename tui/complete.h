/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Completion: what the shells' scripts in data/completion/ ask of the program. */
#pragma once

#include "tui/command.h"

/* The hidden first argument, after which the words follow up to the cursor. */
#define VH_COMPLETE_ARGUMENT "--complete"

/* Prints "files" where the word under the cursor, the last of `words`, is to be a file; else
 * "words", and a line "WORD\tHELP" for each that may stand there. Domains are asked of libvirt for
 * a moment only, without the terminal, and never for a password. Says nothing of failures. */
VhExit vh_complete_run (char **words);
