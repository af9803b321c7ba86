/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The terminal UI as lines of text: no cursor is placed and no sequence sent, so that a screen
 * reader, a dumb terminal or a pipe can follow. What can be done comes from the action table, by
 * number. */
#pragma once

#include "tui/plain_menu.h"
#include "tui/runner.h"

/* Talks on standard input and output until the user leaves or the input ends. FALSE: the input
 * ended with changes that are not written. */
gboolean vh_plain_run (VhRunner *runner);
