/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Between the files of rows. */
#pragma once

#include "model/live.h"
#include "render/rows.h"

/* Leaves out what a selective view does not choose, but keeps what is above something chosen. */
void vh_rows_choose (GArray *rows, const VhSession *session, const VhView *view);

/* What a bus offers and what is used, after `prefix`. */
void vh_rows_push_mode (VhStyled *out, const VhMode *mode, const char *prefix, VhRole role);
/* Why it is so, for the bus with that index. */
void vh_rows_push_chain (VhStyled *out, const VhMode *mode, gint32 bus);

/* The reasons of a row of a comparison; `live` NULL: it is a what-if, else `next` is what is
 * compared with what runs. Of VhStyledLine; caller unrefs. */
GPtrArray *vh_rows_new_compared (const VhComparison *comparison, const VhCompareRow *row,
                                 const VhLive *live, const VhSession *next, guint width);
