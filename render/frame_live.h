/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What runs beside what the next start will have, as a linear page. */
#pragma once

#include "model/live.h"
#include "render/canvas.h"

/* Only what differs, QEMU's arguments, and what QEMU said if it was asked. */
VhCanvas *vh_frame_new_live_page (const VhLive *live, const VhSession *next, guint width,
                                  gboolean ascii);
/* The pieces of it, of VhStyledLine. Caller unrefs. */
GPtrArray *vh_frame_new_live_tail (const VhLive *live, const VhSession *next, guint width);
