/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text for a grid of cells: width, clipping, wrapping, and making the
 * invisible visible. Needs no locale: widths are those of Unicode. */
#pragma once

#include <glib.h>

/* Cells of a character: 0 (combining), 1 or 2. */
guint vh_text_char_width (gunichar character);
/* Cells of valid UTF-8 text. */
guint vh_text_width (const char *text);

/* Untrusted text made safe to show: control characters, bidirectional
 * overrides, line ends and invalid UTF-8 become visible escapes (^[, \u202e,
 * \xff). Caller frees. */
char *vh_text_dup_visible (const char *text);

/* What stands for a mark of ours (quotes, ellipsis, dash) where only ASCII can
 * be shown; 0: nothing does. */
gunichar vh_text_to_ascii (gunichar character);

/* At most `width` cells; a cut text ends with `ellipsis` ("…" or "..").
 * Caller frees. */
char *vh_text_clip (const char *text, guint width, const char *ellipsis);

/* Lines of at most `width` cells, broken at spaces where there are any.
 * NULL-terminated, caller frees with g_strfreev(). */
char **vh_text_wrap (const char *text, guint width);
