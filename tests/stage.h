/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The screens that the tests of the frame look at. */
#pragma once

#include "render/frame.h"

typedef struct Stage Stage;
typedef struct {
  const char *name;
  const char *demo;   /* NULL: no domain */
  const char *cursor; /* name of the row; NULL: the first */
  guint width, height;
  gboolean ascii;
  VhScreen screen;
  void (*prepare) (Stage *stage); /* NULL */
} StageCase;

struct Stage {
  VhSession *session;
  VhView *view;
  GPtrArray *summaries;
  VhList *list;
  GPtrArray *entries;
  GPtrArray *fits;
  VhPlan *plan;
  VhLive *live;
  VhComparison *comparison;
  VhScene scene;
};

extern const StageCase stage_cases[];
extern const gsize stage_n_cases;

void stage_open (Stage *stage, const StageCase *c);
/* The scene of it. The rows, which it shows, are the caller's. */
GArray *stage_set (Stage *stage, const StageCase *c);
void stage_close (Stage *stage);
