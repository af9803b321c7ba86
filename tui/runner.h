/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Carries out what the app asks for, with the loader: for the terminal and
 * for scripts alike. */
#pragma once

#include "tui/app.h"
#include "tui/gather.h"
#include "tui/keeper.h"

/* How far the domain is that was opened last. */
typedef enum {
  VH_OPENING_DONE,
  VH_OPENING_ASKING,   /* its capabilities are asked for: nothing of it can be changed */
  VH_OPENING_ANSWERED, /* they came; what else there is to tell waits for the screen to be free */
  VH_OPENING_FAILED,   /* they did not come */
} VhOpening;

typedef struct {
  VhApp *app;
  VhLoader *loader;
  const char *target; /* as given; NULL: the picker. Borrowed */
  char *opened;       /* the target of the session; NULL none */
  VhKeeper *keeper;   /* NULL: edits do not outlive the program */
  VhGather *gather;   /* of the overview; NULL before that was shown */
  guint watched;      /* the read of the open domain that an event asked for; 0 none */
  gboolean is_late;   /* the overview does not show yet what is known */
  gboolean waits;     /* for capabilities, before anything is shown: for who does not look again */
  VhOpening opening;
  guint asked;      /* for the capabilities that are still to come; 0 none */
  gint64 ask_late;  /* when that is told to take long; G_MAXINT64: it was told */
  guint pending;    /* the read of what runs, after the capabilities came; 0 none */
  gboolean is_lost; /* the connection is to be made again */
  guint n_tries;    /* in vain, since it was lost */
  gint64 try_at;    /* when it is tried next; G_MAXINT64: that is being done */
  guint connecting; /* the request that tries it; 0 none */
} VhRunner;

/* Brings the target to the app, or begins with the overview of domains. */
gboolean vh_runner_start (VhRunner *runner, GError **error);
/* Errors become the app's message. What ends, redraws or suspends the program
 * is the caller's to do. */
void vh_runner_do (VhRunner *runner, VhEffect effect);

/* How soon what arrived is to be shown. */
typedef enum {
  VH_NEWS_NONE,
  VH_NEWS_SOON, /* with what else comes within a moment */
  VH_NEWS_NOW,
} VhNews;
/* Takes what arrived since: domains of the overview, changes made elsewhere, a closed connection.
 * Asks for what is still missing. */
VhNews vh_runner_take_results (VhRunner *runner);
/* Before a picture is made: the overview has what is known by now. */
void vh_runner_update (VhRunner *runner);
/* When vh_runner_take_results() has something to do although nothing arrived; G_MAXINT64: never. */
gint64 vh_runner_get_due (const VhRunner *runner);
/* Waits until the overview is complete: for scripts. */
void vh_runner_settle (VhRunner *runner);
void vh_runner_clear (VhRunner *runner);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VhRunner, vh_runner_clear)
