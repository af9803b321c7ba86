/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Edits as changes of a text: what edit.c needs of it. */
#pragma once

#include "model/edit.h"

/* As configured; ABSENT when the knob does not apply. */
VhSwitch vh_edit_get_configured (const VhKnobState *knob);

/* Is everything as the edit (`from` and `to` filled) wants it? An edit that
 * names a site wants the setting there and nowhere else. */
gboolean vh_edit_changes_nothing (const VhEdit *edit, const VhKnobState *knob,
                                  const VhReading *now);

/* Why the edit may not be made in this state; NULL when it may. To clear a
 * setting needs nothing of libvirt or QEMU, so that what they refuse can be
 * taken out. Caller frees. */
char *vh_edit_new_obstacle (const VhEdit *edit, const VhKnobState *knob, const VhReading *now,
                            const VhCaps *caps);
