/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is typed or answered in the line at the bottom, and the search. */
#pragma once

#include "tui/app.h"

/* A prompt is open: the key goes to it. */
VhEffect vh_app_answer (VhApp *app, VhKey key);
/* Goes to the next row (direction 1), or the one before (-1), that has the text searched for; 0:
 * stays on one that has. The message counts them. */
void vh_app_search (VhApp *app, gint direction);
