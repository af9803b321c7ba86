/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys and clicks as curses reads them from standard input. */
#pragma once

#include "tui/term.h"

/* How long a sequence may pause, and so how late a lone Esc is known. */
#define VH_TERM_INPUT_ESC_MS 25

/* Of the screen that curses has started. Without the mouse nothing is asked
 * of the terminal about it. */
void vh_term_input_init (gboolean mouse);
/* The next key or click that means something; FALSE: none has come. */
gboolean vh_term_input_take (VhTermEvent *event);
