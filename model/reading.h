/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One document read through all the rules. Immutable and reference counted;
 * everything in it is derived from the document and the capabilities. */
#pragma once

#include "model/check.h"

typedef struct {
  gatomicrefcount references;
  VhDocument *document;
  VhTopology *topology;
  VhInputs *inputs;
  VhModes *modes;
  GPtrArray *findings; /* of VhFinding */
  VhFreeSlots free;    /* of the whole domain */
  GArray *bus_numbers; /* vh_bus_numbers_new() */
} VhReading;

/* NULL and VH_TOPOLOGY_ERROR when the document is no domain. */
VhReading *vh_reading_new (VhDocument *document, const VhCaps *caps, GError **error);
VhReading *vh_reading_ref (VhReading *reading);
void vh_reading_unref (VhReading *reading);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhReading, vh_reading_unref)
