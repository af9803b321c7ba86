/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The defaults of a machine type: from its compatibility properties where
 * QEMU lists them and they tell, else from a stopped machine. */
#pragma once

#include "model/caps.h"
#include "model/io/probe_qmp.h"

typedef struct {
  const char *binary;
  const char *machine_type; /* NULL: not asked for */
  guint deadline_ms;
  VhCaps *caps;                      /* what was found so far */
  VhKnown type_defaults[VH_N_FACTS]; /* of the property of a QEMU_* fact, where QEMU tells */
  char *canonical;                   /* owned; NULL when QEMU has no such machine type */
  VhChipset chipset;
  gboolean was_tried; /* a start of the machine with its devices */
} VhProbeDefaults;

/* Starts the machine, stopped, with devices to ask: the one start that answers everything. NULL
 * without an error when nothing of this machine type is to be known, or it is no plain word; NULL
 * and VH_PROBE_ERROR when it cannot be spoken to. */
VhProbeChild *vh_probe_defaults_start_whole (VhProbeDefaults *probe, GError **error);
/* What that machine says, when its type was found. A failure leaves a note. */
void vh_probe_defaults_read_whole (VhProbeDefaults *probe, VhProbeChild *child);

/* Looks the machine type up in a child that runs, and takes what its
 * compatibility properties say if `takes_compat`. An unknown type leaves a note. FALSE and
 * VH_PROBE_ERROR when the child cannot be spoken to. */
gboolean vh_probe_defaults_find_machine (VhProbeDefaults *probe, VhProbeChild *child,
                                         gboolean takes_compat, GError **error);

/* Starts the machine, stopped, if anything is still to be known: without the devices if it was
 * tried with them. A failure leaves a note. */
void vh_probe_defaults_start (VhProbeDefaults *probe);
