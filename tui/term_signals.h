/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Signals as bytes in a pipe, which a poll wakes up for. One set a program. */
#pragma once

#include <glib.h>

/* What came since it was taken last. */
typedef struct {
  gint end; /* the number of one that ends programs; 0 none */
  gboolean suspend;
  gboolean resize; /* also after the program was stopped and continued */
} VhTermSignals;

/* Before curses starts, which has handlers of its own. */
void vh_term_signals_save (void);
/* FALSE: there is no pipe to be had. */
gboolean vh_term_signals_catch (void);
/* Back to what was saved. */
void vh_term_signals_leave (void);

/* Can be read while there is a signal to note. */
int vh_term_signals_get_fd (void);
/* Adds to `signals` what came. */
void vh_term_signals_note (VhTermSignals *signals);
/* Stops the program as Ctrl-Z does in a shell; returns when it is continued.
 * `leave` is called before, unless whoever started the program could not
 * continue it: then FALSE, and nothing happens. */
gboolean vh_term_signals_stop (void (*leave) (void));
