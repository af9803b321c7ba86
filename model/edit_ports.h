/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Edits that add and remove root ports. Only the highest index can go, and a
 * new port gets the next one, so that all of them together come to one number:
 * so many ports more than the base has, or fewer. */
#pragma once

#include "model/edit.h"
#include "model/splice.h"

gboolean vh_edit_ports_is (const VhEdit *edit);

/* Checks the edit against the reading with all done edits, and fills its bus.
 * FALSE and VH_EDIT_ERROR_NO_ROOM when it may not be made. */
gboolean vh_edit_ports_fill (VhEdit *edit, const VhEditList *list, const VhReading *now,
                             GError **error);

/* What the done edits make of the ports of `base`. NULL and
 * VH_EDIT_ERROR_CHANGED when an edit no longer fits it. */
typedef struct VhEditPorts VhEditPorts;
VhEditPorts *vh_edit_ports_new (const VhEditList *list, const VhReading *base, GError **error);
void vh_edit_ports_free (VhEditPorts *ports);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhEditPorts, vh_edit_ports_free)

/* Takes the setting of a port that is new or goes: TRUE, and nothing else is
 * to be done about it. */
gboolean vh_edit_ports_take_knob (VhEditPorts *ports, const VhEdit *edit);
void vh_edit_ports_write (const VhEditPorts *ports, VhSplices *splices);

/* The ports among the edits of `list` as they stand in `after`, which has them
 * all, are there in `base` already, at the same places: they were written.
 * `after` NULL: it is not known, and their indexes alone decide. */
gboolean vh_edit_ports_is_reached (const VhEditList *list, const VhReading *after,
                                   const VhReading *base);
