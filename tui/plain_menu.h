/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What can be done on a screen, as a list with numbers. */
#pragma once

#include "tui/action.h"

/* What only lines need; everything else is an action. */
typedef enum {
  VH_PLAIN_ACTION,
  VH_PLAIN_ROWS, /* list the rows, to go to one */
  VH_PLAIN_WHY,  /* the pane about the row */
} VhPlainKind;

typedef struct {
  VhPlainKind kind;
  const VhAction *action; /* of ACTION */
} VhPlainEntry;

/* Of VhPlainEntry, in the order of their numbers, which begin with 1; without what only moves a
 * cursor or a picture. Caller unrefs. */
GArray *vh_plain_menu_new (VhScreen screen);
/* Where `text` leads: a number, the name of an entry, or a key of the screen. NULL: nowhere. */
const VhPlainEntry *vh_plain_menu_find (const GArray *menu, VhScreen screen, const char *text);
/* A line an entry; what may not be done now says why. Caller frees. */
char *vh_plain_menu_format (const GArray *menu, const VhApp *app);
/* Does that screen have rows to go to? */
gboolean vh_plain_has_rows (VhScreen screen);
