/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Results on standard output, messages on standard error. */
#pragma once

#include "render/canvas.h"
#include "tui/options.h"

/* Once, from the options: --quiet, --debug, --color, --look, --ascii, and the
 * locale. */
void vh_output_init (const VhOptions *options);

/* "error: …", "warning: …" and plain notes, one line each, untrusted parts
 * made visible. Warnings and notes are silent with --quiet. */
void vh_output_error (const char *format, ...) G_GNUC_PRINTF (1, 2);
void vh_output_warning (const char *format, ...) G_GNUC_PRINTF (1, 2);
void vh_output_note (const char *format, ...) G_GNUC_PRINTF (1, 2);
/* With --debug only. */
void vh_output_debug (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* How far something is, in a line of the terminal that the next one replaces, at most twice a
 * second; elsewhere, and with --quiet, nothing. The end wipes it away. */
void vh_output_progress (const char *format, ...) G_GNUC_PRINTF (1, 2);
void vh_output_end_progress (void);

/* Prints an error, but not that the reader of a pipe has seen enough. */
void vh_output_report (const GError *error);

/* Everything, or FALSE with the error printed: a full disk, a closed pipe. */
gboolean vh_output_write (const char *bytes, gsize length);
gboolean vh_output_print (const char *text);
/* A VhWriteFunc (render/export_json.h) to the FILE * in `data`. */
gboolean vh_output_write_to (const char *bytes, gsize length, gpointer data, GError **error);
/* Does standard output take colour? */
gboolean vh_output_has_color (void);
/* In which look, then. */
VhLook vh_output_get_look (void);
/* What was written has arrived; FALSE with the error printed. */
gboolean vh_output_flush (void);

gboolean vh_output_is_ascii (void);
/* Are standard input and standard error a terminal: may a question be asked? */
gboolean vh_output_may_ask (void);
/* From now on nobody is asked: nor by a program that is started, such as ssh, which would
 * open the terminal itself. */
void vh_output_leave_terminal (void);
/* Asks on standard error; TRUE for y or yes. */
gboolean vh_output_confirm (const char *question);
