/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The one mutable thing of the model: a base text, capabilities, a list of
 * edits, and what is derived from them. Derived data are replaced as a whole
 * by each recompute; keep no pointer into them across one. */
#pragma once

#include "model/edit.h"
#include "model/plan.h"

typedef struct {
  VhDomainInfo *info;
  VhCaps *caps;
  VhEditList *edits;
  VhReading *base;
  VhReading *start;   /* the text that the edits change, where it is not the base; else NULL */
  char *started;      /* what `start` is: "revert to …"; NULL without */
  VhReading *after;   /* the same reading as `base` while nothing is edited */
  guint revision;     /* another one after every change of edits, base or capabilities */
  const char *frozen; /* why nothing in it can be set, a static sentence; NULL: edits decide */
} VhSession;

/* Takes ownership of `info` and `caps`. NULL and an error of
 * VH_TOPOLOGY_ERROR when the document is no domain (both are freed). */
VhSession *vh_session_new (VhDocument *document, VhDomainInfo *info, VhCaps *caps, GError **error);
void vh_session_free (VhSession *session);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhSession, vh_session_free)

/* Each changes the list of edits and recomputes. FALSE and VH_EDIT_ERROR when
 * it may not be: nothing has changed then. */
gboolean vh_session_set_knob (VhSession *session, VhKnob knob, gint32 bus, VhSwitch to,
                              GError **error);
/* On if it is off, or not known to be on; else off. A default that gives the wanted state is better
 * than a setting, which may taint the domain. */
gboolean vh_session_toggle (VhSession *session, VhKnob knob, gint32 bus, GError **error);
gboolean vh_session_push (VhSession *session, const VhEdit *edit, gboolean same_step,
                          GError **error);
/* Edits of knobs (a GArray of VhEdit) as one step, with one recompute; of
 * those of one knob the last counts. */
gboolean vh_session_push_knobs (VhSession *session, const GArray *edits, GError **error);
/* VH_EDIT_ERROR_NO_ROOM also when the machine would not start with them. */
gboolean vh_session_add_ports (VhSession *session, guint count, GError **error);
gboolean vh_session_remove_port (VhSession *session, GError **error);
/* Adds as many root ports as it takes to have `n` free ones that can be
 * plugged into; none, and TRUE, when there are so many. */
gboolean vh_session_ensure_spare (VhSession *session, guint n, GError **error);
/* Puts another text in the place of the base's, for the edits to change and for a write to store;
 * `what` describes it. What edits there are is dropped: the caller sees to it that they change
 * nothing. FALSE and VH_TOPOLOGY_ERROR when it is no domain, VH_EDIT_ERROR when nothing may be
 * edited. To undo it, or a new base, drops it. */
gboolean vh_session_start_from (VhSession *session, VhDocument *start, const char *what,
                                GError **error);

gboolean vh_session_undo (VhSession *session);
gboolean vh_session_redo (VhSession *session);
/* The state with the first `n_done` edits of the list, undone ones counted, in one recompute. */
gboolean vh_session_go_to (VhSession *session, guint n_done, GError **error);
/* Another list in the place of the edits; takes it. FALSE and VH_EDIT_ERROR_CHANGED when it does
 * not fit: nothing has changed then. */
gboolean vh_session_take_edits (VhSession *session, VhEditList *edits, GError **error);

/* The edits on a new base (the domain changed, or was written). Those that no
 * longer apply are dropped and described in `dropped` (of char *; may be
 * NULL). Takes `info`, which may be NULL to keep the old one. */
gboolean vh_session_rebase (VhSession *session, VhDocument *base, VhDomainInfo *info,
                            GPtrArray *dropped, GError **error);
/* New capabilities; takes ownership. */
void vh_session_set_caps (VhSession *session, VhCaps *caps);

gboolean vh_session_may_undo (const VhSession *session);

/* What is done to the base, in a few words: "bridge off, port 3 default"; "" for nothing. Caller
 * frees. */
char *vh_session_describe (const VhSession *session);

/* Is anything to be written? */
gboolean vh_session_is_changed (const VhSession *session);
/* The knob as it is in the edited text. Caller frees. */
VhKnobState *vh_session_new_knob (const VhSession *session, VhKnob knob, gint32 bus);
/* Caller frees; valid until the next recompute. */
VhPlan *vh_session_new_plan (const VhSession *session);
