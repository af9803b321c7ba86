/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The edits of a list, step by step: what one undo takes back, in words. */
#pragma once

#include "model/edit.h"

typedef struct {
  guint end; /* how many edits of the list are done after it */
  gboolean is_done;
  char *text; /* "port 3: default -> off", "policy lock-occupied: 12 settings" */
} VhEditStep;

/* Of VhEditStep, also those that were undone and can be redone. */
GPtrArray *vh_edit_steps_new (const VhEditList *list);
/* How many of the steps are done. */
guint vh_edit_steps_count_done (const GPtrArray *steps);
