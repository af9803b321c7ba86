/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A bus, device or knob of the edited state beside the same one of the base.
 * Edits add and remove only buses behind the last one that stays, so the same
 * position is the same bus. */
#pragma once

#include "model/session.h"

/* The mode before the edits; NULL when the bus was not there. */
const VhMode *vh_change_find_mode (const VhSession *session, guint bus);
/* The knob before the edits. Caller frees. */
VhKnobState *vh_change_new_knob (const VhSession *session, VhKnob knob, gint32 bus);

/* The position of the device before the edits, which may have added and removed
 * controllers; -1 when it was not there. */
gint32 vh_change_find_device (const VhSession *session, guint device);

gboolean vh_change_is_bus (const VhSession *session, guint bus);
gboolean vh_change_is_device (const VhSession *session, guint device);
gboolean vh_change_is_knob (const VhSession *session, VhKnob knob);
