/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What runs, of the domain that a session was loaded of. */
#pragma once

#include "model/live.h"
#include "tui/load.h"

/* *live becomes NULL when the domain does not run. FALSE and VH_SOURCE_ERROR or VH_LOAD_ERROR when
 * that cannot be told, as of a file, or when --machine or --qemu imagine another one. */
gboolean vh_load_live (VhLoader *loader, const VhSession *next, VhLive **live, GError **error);

/* The same without waiting: the request whose result vh_load_take_live() takes, which must have no
 * error. 0: the domain does not run, or there is nothing to compare it with. */
guint vh_load_begin_live (VhLoader *loader, const VhSession *next);
gboolean vh_load_take_live (const VhSession *next, VhResult *read, VhLive **live, GError **error);

/* Asks the QEMU that runs it, which marks the domain as tainted until it
 * stops: only after a warning. */
gboolean vh_load_answers (VhLoader *loader, VhLive *live, GError **error);
