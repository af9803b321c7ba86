/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The screens that are running text: made whole, shown a part at a time. */
#pragma once

#include "render/frame.h"
#include "render/styled.h"

/* Each returns VhStyledLine; caller unrefs. */
GPtrArray *vh_pages_new_write (const VhScene *scene, guint width);
GPtrArray *vh_pages_new_help (const VhScene *scene, guint width);
GPtrArray *vh_pages_new_findings (const VhSession *session, guint width);
