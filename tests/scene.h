/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sessions for tests of what is shown. */
#pragma once

#include "render/rows.h"

/* A domain of data/demo/ by its name, run by QEMU 7.2.22 of a libvirt 9.0 that
 * has no feature element. `source` stands for the path, which differs. */
VhSession *scene_session (const char *demo);
/* A domain of tests/. */
VhSession *scene_session_of (const char *path);
VhSession *scene_session_of_text (const char *xml);

/* A change that must be allowed. */
void scene_set (VhSession *session, VhKnob knob, gint32 bus, VhSwitch to);

/* The row with this text in its name; there must be one. */
const VhRow *scene_find (const GArray *rows, const VhSession *session, const char *name);
