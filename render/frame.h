/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One picture of the whole screen. */
#pragma once

#include "model/history.h"
#include "model/live.h"
#include "render/canvas.h"
#include "render/list.h"
#include "render/rows.h"

#define VH_FRAME_MIN_WIDTH 40
#define VH_FRAME_MIN_HEIGHT 10

/* A key of the bottom bar, or a line of the help. The strings belong to the
 * maker (the action table). */
typedef struct {
  const char *key;       /* "Space" */
  const char *more_keys; /* others that do the same, for help; NULL none */
  const char *label;     /* "Toggle" */
  const char *sentence;  /* for help; NULL in the bar */
  const char *group;     /* heading in the help; NULL in the bar */
  gboolean enabled;
} VhKeyHint;

/* Everything a picture is made of; all borrowed. */
typedef struct {
  const VhSession *session; /* NULL: no domain is open */
  const VhView *view;
  const GArray *rows;             /* of VhRow; NULL without a session */
  const VhPlan *plan;             /* write screen; else NULL */
  const GPtrArray *commands;      /* of char *, with the plan; NULL: not known */
  const VhComparison *comparison; /* of that screen; else NULL */
  const VhLive *live;             /* that it is about; NULL: a what-if */
  const GPtrArray *summaries;     /* of VhSummary: overview; NULL: not listed yet */
  const VhList *list;             /* which of them show; NULL likewise */
  const GPtrArray *entries;       /* of VhHistoryEntry: history; else NULL */
  const GPtrArray *fits;          /* of VhFit: what would fit; else NULL */
  const char *title;              /* program, "demo, as files", …; NULL */
  const char *uri;                /* NULL: a file */
  const GArray *bar;              /* of VhKeyHint */
  const GArray *help;             /* of VhKeyHint */
} VhScene;

/* Paints it and places the cursor. A canvas below the minimum says so. */
void vh_frame_paint (const VhScene *scene, VhCanvas *canvas);

/* Lines that fit in the scrolling part of the screen, and how many there are:
 * for keys that page. */
typedef struct {
  guint page;
  guint total;
} VhExtent;
VhExtent vh_frame_get_extent (const VhScene *scene, guint width, guint height);
/* The same of the pane of reasons, on the main screen. */
VhExtent vh_frame_get_reasons_extent (const VhScene *scene, guint width, guint height);
/* What stands at a cell, for the mouse. */
typedef enum {
  VH_HIT_NOTHING,
  VH_HIT_ROW,
  VH_HIT_FOLD, /* the lines of the tree before the name of a row that can be folded */
  VH_HIT_PANE,
} VhHitPart;
typedef struct {
  VhHitPart part;
  guint row; /* of ROW and FOLD */
} VhHit;
VhHit vh_frame_find (const VhScene *scene, guint width, guint height, guint x, guint y);
/* The first row to show so that `cursor` stays in sight. */
guint vh_frame_get_top (guint top, guint cursor, guint page, guint total);

/* A linear page of a domain as text, for `show` and for `--demo` without a
 * terminal: machine, knobs, tree with mechanisms, findings. Not limited to a
 * screen's size; `width` cells wide. */
VhCanvas *vh_frame_new_page (const VhSession *session, guint width, gboolean ascii);
