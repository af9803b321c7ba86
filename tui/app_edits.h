/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The screen of the edits, done and undone. */
#pragma once

#include "tui/app.h"

/* FALSE when that screen does not show. */
gboolean vh_app_move_edits (VhApp *app, gint lines);
