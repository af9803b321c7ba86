/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A line that somebody types on the terminal, while the terminal UI does not run. */
#pragma once

#include <glib.h>

/* Asks for `who` (untrusted, as is `prompt`) on the terminal itself, whatever the standard streams
 * are; a secret is not shown while it is typed. NULL: there is no terminal, or Ctrl-C or Ctrl-D was
 * pressed. Goes back by vh_ask_forget(). */
char *vh_ask (const char *who, const char *prompt, gboolean is_secret);
/* Overwrites and frees it; NULL does nothing. */
void vh_ask_forget (char *answer);
