/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a running QEMU itself says of its settings, and where that is not what
 * was predicted of it. */
#pragma once

#include "model/check.h"
#include "model/qom.h"

typedef struct {
  gint32 bus;          /* controller index; -1: the chipset's own device */
  VhProperty property; /* of that device */
  VhKnown value;       /* UNKNOWN: QEMU has no such device or property, or was not asked yet */
} VhAnswer;

typedef struct {
  VhVersion qemu; /* the release that runs; 0: it did not say */
  GArray *values; /* of VhAnswer, the chipset first, then by bus */
} VhAnswers;

/* Every question that can be asked of this machine, none of them answered. */
VhAnswers *vh_answers_new (const VhTopology *topology);
void vh_answers_free (VhAnswers *answers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhAnswers, vh_answers_free)

/* What the same property was predicted to be. Its `detail` belongs to the inputs. */
VhInput vh_answers_predict (const VhTopology *topology, const VhInputs *inputs,
                            const VhAnswer *answer);
/* "hotplug of pci.3", "x-keep-pci-slot-hpc of ICH9-LPC". Caller frees. */
char *vh_answers_describe (const VhTopology *topology, const VhAnswer *answer);

/* The disagreements, and a note when the QEMU that runs is not `installed` (0:
 * not known). Of VhFinding; caller unrefs. */
GPtrArray *vh_answers_new_findings (const VhAnswers *answers, const VhTopology *topology,
                                    const VhInputs *inputs, VhVersion installed);
