/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The screen of the edits, done and undone. */
#pragma once

#include "tui/action.h"

/* FALSE when that screen does not show. */
gboolean vh_app_move_edits (VhApp *app, gint lines);
/* The cursor goes to the state that holds now, where that screen shows. */
VhEffect vh_app_show_edits_mark (VhApp *app);
