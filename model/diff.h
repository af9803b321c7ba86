/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Unified line diff, passwords masked. */
#pragma once

#include "model/document.h"

typedef struct {
  char kind;       /* ' ' context, '-' gone, '+' new, '@' header of a hunk */
  char *text;      /* without line end; valid UTF-8 */
  const char *end; /* its line end: "\n", "\r\n", or "" for a last line without one; static */
} VhDiffLine;

/* Context of three lines. No lines when the texts are equal. Secrets (the
 * values that libvirt gives only with VIR_DOMAIN_XML_SECURE: graphics
 * passwords and cookies) are replaced by asterisks. Elements are VhDiffLine. */
GPtrArray *vh_diff_new (const VhDocument *before, const VhDocument *after);

/* As `diff -u` prints it, with these two labels; "" when nothing differs.
 * Caller frees. */
char *vh_diff_format (const GPtrArray *lines, const char *before_label, const char *after_label);

/* The text with its secrets left out as libvirt does without SECURE (whole
 * attribute or element), and how many there were. Caller frees. */
char *vh_diff_dup_text_without_secrets (const VhDocument *document, guint *n_secrets);
