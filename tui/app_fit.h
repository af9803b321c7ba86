/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The screen of what would fit, and the way from there to the bus. */
#pragma once

#include "tui/app.h"

/* Asks again, if the answers show; after the session changed. */
void vh_app_refresh_fits (VhApp *app);
void vh_app_clear_fits (VhApp *app);
void vh_app_move_fits (VhApp *app, gint lines);
