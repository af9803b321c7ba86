/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The overview of domains: what it shows, and where its cursor is. */
#pragma once

#include "tui/app.h"

/* Shows the overview; `summaries` (referenced; of VhSummary) is what it is made of, NULL while
 * there is no list yet. */
void vh_app_show_overview (VhApp *app, GPtrArray *summaries);
/* After summaries, order or filter changed: the cursor stays on its domain, and that on its line
 * of the screen; where it went, the cursor is on the one that follows. */
void vh_app_refresh_overview (VhApp *app);
/* The cursor goes to that domain as soon as it is there. */
void vh_app_set_domain (VhApp *app, const char *key);
/* The domain under the cursor; NULL when there is none. */
const VhSummary *vh_app_get_domain (const VhApp *app);
/* Those that are in sight, as positions in the summaries (of guint); NULL when the overview is
 * not. Caller unrefs. */
GArray *vh_app_new_domains_in_sight (const VhApp *app);
void vh_app_move_domains (VhApp *app, gint lines);
/* As vh_app_search(). */
void vh_app_search_domains (VhApp *app, gint direction);
/* The next column that shows (direction 1), or the one before (-1). */
void vh_app_sort_domains (VhApp *app, gint direction);
