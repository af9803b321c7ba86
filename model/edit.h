/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Edits as a list over a text that stays as it is: undo and redo move a
 * mark, and the edited text is made anew from the base each time. */
#pragma once

#include "model/reading.h"

#define VH_EDIT_ERROR (vh_edit_error_quark ())
GQuark vh_edit_error_quark (void);

typedef enum {
  VH_EDIT_ERROR_READ_ONLY,    /* the document cannot be edited */
  VH_EDIT_ERROR_NOT_SETTABLE, /* the knob cannot be set (there); the message is its reason */
  VH_EDIT_ERROR_NO_PORT,      /* no bus with that index, or it is no port */
  VH_EDIT_ERROR_CHANGED,      /* replayed on a base where the knob is no longer as it was */
  VH_EDIT_ERROR_NO_ROOM,      /* no place for another root port, or none that can be removed */
} VhEditError;

typedef enum {
  VH_EDIT_SET_KNOB,
  VH_EDIT_SET_SITE,    /* move what is configured to another site */
  VH_EDIT_ADD_PORTS,   /* `count` root ports, at the places of spare.h */
  VH_EDIT_REMOVE_PORT, /* the unused root port with the highest index */
} VhEditKind;

typedef struct {
  VhEditKind kind;
  VhKnob knob;
  gint32 bus;    /* controller index; -1 unless knob is VH_KNOB_PORT; of ADD_PORTS the first one,
                    filled by push, as that of REMOVE_PORT */
  guint count;   /* of ADD_PORTS, at least 1 */
  VhSwitch from; /* configured before; filled by vh_edit_list_push() */
  VhSwitch to;
  VhSite site;  /* where to write; NONE: where the knob is or its write_site */
  guint policy; /* 1 + the VhPolicy that made it; 0 none: for words alone */
  guint step;   /* edits of one step are undone together; filled by push, for which any but 0 joins
                  the edit to the one before */
} VhEdit;

typedef struct {
  GArray *edits; /* of VhEdit; those past n_done can be redone */
  guint n_done;
} VhEditList;

VhEditList *vh_edit_list_new (void);
VhEditList *vh_edit_list_dup (const VhEditList *list);
void vh_edit_list_free (VhEditList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhEditList, vh_edit_list_free)

/* Checks the edit against `now`, the reading with all done edits, and appends
 * it; what could be redone is dropped. An edit that changes nothing is
 * accepted and not appended. FALSE and VH_EDIT_ERROR when it may not be made. */
gboolean vh_edit_list_push (VhEditList *list, const VhEdit *edit, const VhReading *now,
                            const VhCaps *caps, GError **error);

/* The index of the first root port that the done edits add; -1 when they add
 * none. */
gint32 vh_edit_list_find_first_added (const VhEditList *list);

/* One step; FALSE when there is none. */
gboolean vh_edit_list_undo (VhEditList *list);
gboolean vh_edit_list_redo (VhEditList *list);
gboolean vh_edit_list_may_undo (const VhEditList *list);
gboolean vh_edit_list_may_redo (const VhEditList *list);

/* The text of `base` with the done edits: `base`'s own document (a new
 * reference) when they change nothing. VH_EDIT_ERROR_CHANGED when an edit no
 * longer fits this base. */
VhDocument *vh_edit_list_apply (const VhEditList *list, const VhReading *base, const VhCaps *caps,
                                GError **error);

/* "bridge off", "port 3 default": for messages; caller frees. */
char *vh_edit_describe (const VhEdit *edit);
