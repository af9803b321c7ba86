/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The overview of domains: its columns, and which domains show in which order. */
#pragma once

#include "render/view.h"

typedef struct {
  const char *heading;
  guint least, most;  /* cells it needs, and more than it can use */
  guint rank;         /* of less importance give way to those of more: 0 is the last to go */
  gboolean is_number; /* stands at the right */
  gboolean is_listed; /* known before the domain was read */
  char *(*dup_text) (const VhSummary *summary); /* of one that has it; caller frees */
  /* What it is sorted by: a word (NULL: none), or a number, G_MAXINT64 for none. */
  const char *(*get_word) (const VhSummary *summary);
  gint64 (*get_number) (const VhSummary *summary);
} VhColumn;

const VhColumn *vh_list_get_column (VhColumnId id);

typedef struct {
  GArray *rows;     /* of guint, positions in the summaries */
  guint name_width; /* cells of the longest name of all */
} VhList;

/* What the view shows of all summaries, in its order. Of equals the one whose name comes first is
 * first, whichever way they are sorted; what is not known is last. Caller frees. */
VhList *vh_list_new (const GPtrArray *summaries, const VhView *view);
void vh_list_free (VhList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhList, vh_list_free)

/* Does anything that stands in its row contain the text, in whichever case? */
gboolean vh_list_matches (const VhSummary *summary, const char *text);

/* How many cells each column gets in a line of that width, without the blank behind it; 0: it is
 * left out. */
void vh_list_lay_out (const VhList *list, guint width, guint widths[VH_N_COLUMNS]);
