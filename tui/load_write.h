/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes the edited text of a session, and looks again when nobody answers. */
#pragma once

#include "tui/load.h"

/* The result has a report. A write that hangs is abandoned, and a second
 * connection looks which of the two texts is stored: the report says so, or
 * that it cannot be told (VH_WRITE_UNKNOWN). NULL and an error when there was
 * nothing to write with. The program must end then or after a look, see
 * vh_worker_has_abandoned(). */
VhResult *vh_load_write (VhLoader *loader, const VhSession *session, gboolean no_validate,
                         GError **error);
