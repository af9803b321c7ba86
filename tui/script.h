/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Drives the whole terminal UI without a terminal: for tests and pictures. */
#pragma once

#include "tui/runner.h"

#define VH_SCRIPT_ERROR (vh_script_error_quark ())
GQuark vh_script_error_quark (void);
typedef enum { VH_SCRIPT_ERROR_LINE } VhScriptError;

/* A script is lines of words; # begins a comment. A line is
 *   KEY…             keys by name, pressed one after the other
 *   type TEXT        each character of the rest of the line
 *   do ACTION        the action's first key
 *   size WxH         another screen size
 *   shot FILE        the picture into FILE: .svg, .ans, .roles, else text; "-" is
 *                    standard output
 *   expect TEXT      fails unless the screen shows the text
 * It ends at its end, or when the program quits. */
gboolean vh_script_run (VhRunner *runner, const char *text, GError **error);
