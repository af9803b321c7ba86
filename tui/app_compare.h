/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The screen that compares: what runs with the next start, or what if. */
#pragma once

#include "tui/app.h"

/* Takes what runs and shows it beside what the next start will have; NULL: it
 * does not run, and there is nothing to show. */
void vh_app_take_live (VhApp *app, VhLive *live);
/* Ends the prompt for other machine types and releases by Enter, which shows the domain under them
 * or says why not, or by Esc. */
void vh_app_finish_what_if (VhApp *app, VhKey key);
/* Forgets what is compared. */
void vh_app_clear_compared (VhApp *app);
/* Moves the cursor of that screen. */
void vh_app_move_compared (VhApp *app, gint lines);
