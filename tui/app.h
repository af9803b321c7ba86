/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The interactive program without a terminal: a session, a view, and what a
 * key does to them. */
#pragma once

#include "render/frame.h"
#include "tui/key.h"
#include "tui/options.h"

/* What a key asks of the one who runs the app. */
typedef enum {
  VH_EFFECT_NONE,
  VH_EFFECT_QUIT,
  VH_EFFECT_SUSPEND,
  VH_EFFECT_REDRAW,
  VH_EFFECT_OVERVIEW, /* show the overview, as it was left or for the first time */
  VH_EFFECT_LIST,     /* read the list of domains again, and each of them */
  VH_EFFECT_OPEN,     /* the domain under the cursor of the overview */
  VH_EFFECT_RELOAD,   /* read the domain again, edits kept */
  VH_EFFECT_LIVE,     /* read what runs, and compare it */
  VH_EFFECT_ASK,      /* ask its QEMU, too: the question was answered with y */
  VH_EFFECT_HISTORY,  /* read the list of backups, and show it */
  VH_EFFECT_REVERT,   /* to the backup under the cursor: edit the session, show the write screen */
  VH_EFFECT_REVERT_WHOLE, /* the same, the whole text */
  VH_EFFECT_WRITE,
  VH_EFFECT_WRITE_UNCHECKED, /* the question after VH_WRITE_INVALID_BEFORE was answered with y */
  VH_EFFECT_TAKE_UP,         /* the edits that an earlier run left, as asked by VH_PROMPT_KEPT */
  VH_EFFECT_DROP_KEPT,
  VH_EFFECT_LEAVE_KEPT, /* for another time */
} VhEffect;

typedef struct {
  VhSession *session; /* NULL: no domain is open */
  VhView *view;
  GArray *rows;             /* of VhRow; NULL without a session */
  GArray *matches;          /* of guint: rows that have the text searched for; NULL: not counted */
  VhPlan *plan;             /* while the write screen shows */
  GPtrArray *commands;      /* of char *: what leads to the plan, too; NULL before the first one */
  const VhOptions *options; /* of the program, borrowed; NULL in tests */
  VhComparison *comparison; /* while that screen shows */
  VhLive *live;             /* what runs, if it is about that */
  GPtrArray *fits;          /* of VhFit, while that screen shows */
  GPtrArray *entries;       /* of VhHistoryEntry, once the history was shown */
  GPtrArray *summaries;     /* of VhSummary; NULL: there is no list yet */
  VhList *list;             /* which of them show; NULL likewise */
  char *title;
  char *uri;
  guint width, height;
  gboolean ascii;
} VhApp;

VhApp *vh_app_new (guint width, guint height, gboolean ascii);
void vh_app_free (VhApp *app);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhApp, vh_app_free)

/* Takes the session and shows its main screen. */
void vh_app_take_session (VhApp *app, VhSession *session);
void vh_app_resize (VhApp *app, guint width, guint height);
/* After the session changed: rows are made anew, the cursor stays on its row
 * or goes to the nearest. */
void vh_app_refresh (VhApp *app);

/* Does what the key says. A key that may not be used here leaves its reason
 * as the message. */
VhEffect vh_app_key (VhApp *app, VhKey key);

/* What the painters need, all borrowed; without bar and help. */
VhScene vh_app_get_scene (const VhApp *app);
/* The lines of the help while it shows, else NULL. Caller frees. */
GArray *vh_app_new_help (const VhApp *app);
/* The picture of now; caller frees. */
VhCanvas *vh_app_new_picture (const VhApp *app);

/* The row under the cursor of the main screen; NULL when there is none. */
const VhRow *vh_app_get_row (const VhApp *app);
/* The knob that row has; FALSE when none. */
gboolean vh_app_get_row_knob (const VhApp *app, VhKnob *knob, gint32 *bus);
