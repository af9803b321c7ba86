/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is wrong with a domain (findings), and what may be set (knobs). */
#pragma once

#include "model/slots.h"

typedef struct {
  VhSeverity severity;
  VhRuleId rule;
  gint32 bus;      /* controller index; -1: none */
  char *text;      /* a whole sentence */
  guint32 element; /* that says it, of the document; VH_NO_ELEMENT: no single one */
} VhFinding;

/* Findings of a domain, by (severity, bus, rule). Caller unrefs; elements are
 * VhFinding. */
GPtrArray *vh_check_new_findings (const VhTopology *topology, const VhInputs *inputs,
                                  const VhModes *modes, const VhCaps *caps);
void vh_finding_free (VhFinding *finding);
/* Findings of that severity in `after` that `before` has not, nor as something worse: (rule, bus)
 * compared. Borrowed from `after`. */
GPtrArray *vh_check_new_introduced (const GPtrArray *before, const GPtrArray *after,
                                    VhSeverity severity);

/* docs/json.md, KNOB. What is configured of a port is its own attribute
 * or override; a -global of its class shows in `state` alone. */
typedef struct {
  gboolean applies;    /* the chipset has the property */
  VhKnown state;       /* effective: YES on, NO off; meaningless when !applies */
  VhSwitch configured; /* as configured where it counts; meaningless when !applies */
  VhSite site;         /* where it is configured now */
  VhSite write_site;   /* where an edit would go; NONE when not settable */
  char *reason;        /* why it cannot be set; NULL exactly when it can */
} VhKnobState;

/* `bus` is a controller index for VH_KNOB_PORT, else ignored. Caller frees. */
VhKnobState *vh_check_new_knob (const VhTopology *topology, const VhInputs *inputs,
                                const VhCaps *caps, VhKnob knob, gint32 bus);
void vh_knob_state_free (VhKnobState *state);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhKnobState, vh_knob_state_free)

/* May `knob` be written at `site` (asked for by --site)? NULL when it may;
 * else the reason, caller frees. */
char *vh_check_new_site_reason (const VhTopology *topology, const VhCaps *caps, VhKnob knob,
                                VhSite site);

/* The class and property of a -global that is the knob on this chipset;
 * FALSE when there is none. Static text. */
gboolean vh_check_get_global (const VhMachine *machine, VhKnob knob, const char **driver,
                              const char **property);
