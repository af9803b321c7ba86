/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of actions: from it come dispatch, the bar of keys, the help, the
 * KEYS section of the man page and the names that scripts use. */
#pragma once

#include "tui/app.h"

#define VH_ON(screen) (1u << (screen))

typedef struct {
  const char *name;                /* "toggle"; unique */
  const char *key;                 /* its name; a letter where there is one: the bar shows it */
  const char *more_keys;           /* further names, separated by spaces; NULL none */
  const char *label;               /* for the bar; NULL: only in the help */
  const char *group;               /* heading in the help */
  const char *sentence;            /* for the help and the man page */
  guint screens;                   /* of VH_ON() */
  char *(*may) (const VhApp *app); /* NULL, or why not (caller frees); the pointer NULL: always */
  VhEffect (*run) (VhApp *app);
} VhAction;

const VhAction *vh_action_get_table (guint *n_actions);
/* By a key on a screen, by name; NULL when there is none. */
const VhAction *vh_action_find (VhScreen screen, VhKey key);
const VhAction *vh_action_find_by_name (const char *name);

/* For the bar and the help of the screen; of VhKeyHint. Caller frees. */
GArray *vh_action_new_hints (const VhApp *app, gboolean bar);
/* The KEYS section of the man page, in reStructuredText. Caller frees. */
char *vh_action_format_manual (void);
