/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Carries out what the app asks for, with the loader: for the terminal and
 * for scripts alike. */
#pragma once

#include "tui/app.h"
#include "tui/keeper.h"
#include "tui/load.h"

typedef struct {
  VhApp *app;
  VhLoader *loader;
  const char *target; /* as given; NULL: the picker. Borrowed */
  char *opened;       /* the target of the session; NULL none */
  VhKeeper *keeper;   /* NULL: edits do not outlive the program */
} VhRunner;

/* Brings the target, or the list of domains, to the app. */
gboolean vh_runner_start (VhRunner *runner, GError **error);
/* Errors become the app's message. What ends, redraws or suspends the program
 * is the caller's to do. */
void vh_runner_do (VhRunner *runner, VhEffect effect);
/* What arrived without being asked for: the domain changed elsewhere, or the
 * connection closed. */
void vh_runner_take_events (VhRunner *runner);
void vh_runner_clear (VhRunner *runner);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VhRunner, vh_runner_clear)
