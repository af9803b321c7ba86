/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files that look for findings share. */
#pragma once

#include "model/check.h"
#include "model/place.h"

typedef struct {
  const VhTopology *topology;
  const VhInputs *inputs;
  const VhModes *modes;
  const VhCaps *caps;
  GPtrArray *findings; /* of VhFinding */
} VhChecks;

/* Add a finding about the controller with index `bus` (-1: the domain). */
void vh_checks_error (VhChecks *checks, VhRuleId rule, gint32 bus, const char *format, ...)
    G_GNUC_PRINTF (4, 5);
void vh_checks_warning (VhChecks *checks, VhRuleId rule, gint32 bus, const char *format, ...)
    G_GNUC_PRINTF (4, 5);
void vh_checks_note (VhChecks *checks, VhRuleId rule, gint32 bus, const char *format, ...)
    G_GNUC_PRINTF (4, 5);
/* The same; takes `text`. */
void vh_checks_take (VhChecks *checks, VhSeverity severity, VhRuleId rule, gint32 bus, char *text);

/* Says which element the findings after the first `n_before` are about. */
void vh_checks_place (VhChecks *checks, guint n_before, guint32 element);

void vh_checks_look_at_topology (VhChecks *checks);
void vh_checks_look_at_settings (VhChecks *checks);
void vh_checks_look_at_guest (VhChecks *checks);
void vh_checks_look_at_windows (VhChecks *checks);

/* Does this libvirt take hotplug= of pci-root, of ports, the feature element?
 * By the fact, else by its release; a file without a libvirt is taken to meet
 * one of today. */
VhKnown vh_check_libvirt_takes (const VhCaps *caps, VhFactId fact);
