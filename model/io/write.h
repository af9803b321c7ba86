/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One write while it runs: what its steps share. */
#pragma once

#include "model/io/writer.h"

typedef struct {
  VhSource *source;
  VhDocument *base, *after;
  const VhWriteOptions *options;
  VhWriteReport *report;
  guint defines_before; /* when the text was compared */
} VhWrite;

G_GNUC_PRINTF (3, 4)
void vh_write_end (VhWrite *write, VhWriteOutcome outcome, const char *format, ...);
/* The domain is gone: it is never brought back. */
void vh_write_end_gone (VhWrite *write);

/* Where the old text can be found, as a sentence with a space before it; ""
 * without a backup. Caller frees. */
char *vh_write_describe_backup (const VhWrite *write);
/* What is stored now, also into the report. Caller unrefs. */
GBytes *vh_write_read_now (VhWrite *write, GError **error);
/* What is stored is no longer known. */
void vh_write_forget (VhWrite *write);
gboolean vh_write_is_document (GBytes *bytes, const VhDocument *document);
guint vh_write_count_defines (const VhWrite *write);

/* After the source took the new text: reads it back, compares, and puts the
 * old one back if it did not take. */
void vh_write_verify (VhWrite *write);
/* After the connection went during a call that stores: only looking tells
 * which of the two texts is there. */
void vh_write_recover (VhWrite *write, const GError *lost, gboolean rolling_back);
