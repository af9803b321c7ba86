/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The columns that `list` can print. */
#pragma once

#include "model/summary.h"

typedef struct {
  const char *name;    /* as --columns takes it; its heading is the same in capitals */
  const char *meaning; /* a few words, for --columns=help */
  /* The cell, for the connection `uri` (NULL: the only one). Caller frees. */
  char *(*dup_cell) (const char *uri, const VhSummary *summary);
} VhTableColumn;

/* Those of "name,state,…", of const VhTableColumn *; NULL, with the error printed, when one is not
 * known or there is none. `text` NULL: the usual ones, with that of the connection first where
 * `with_uri` is TRUE. Caller unrefs. */
GArray *vh_columns_new (const char *text, gboolean with_uri);

/* All names with what they mean, a line each. Caller frees. */
char *vh_columns_new_help (void);
