/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The interactive program for tests that press its keys. */
#pragma once

#include "tui/app.h"

/* With a domain of data/demo/ open. */
VhApp *player_open (const char *demo, guint width, guint height);
/* Plays a script; FALSE when a line of it is wrong. */
gboolean player_plays (VhApp *app, const char *script);
