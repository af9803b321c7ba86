/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What every bus offers, lists and really uses for hotplug, and why. */
#pragma once

#include "model/inputs.h"

/* Rows of rules.def: id, word, sentence, evidence. */
typedef enum {
#define VH_RULE_ROW(ID, word, sentence, evidence) VH_RULE_##ID,
#include "model/rules.def"
  VH_N_RULES
} VhRuleId;

typedef struct {
  VhRuleId rule;
  VhOrigin origin; /* of the input that made the rule apply */
  gint32 bus;      /* controller index it speaks of; -1: the machine */
  char *detail;    /* the input's own words; NULL when the sentence says it all */
} VhReason;

/* docs/json.md defines the first three. */
typedef struct {
  VhMechanisms offered;
  VhMechanism listed;
  VhMechanism used;
  VhMechanism live; /* what a plug or unplug really goes through: differs from `used` only where
                       a device holds a slot whose driver never hears of it */
  GArray *reasons;  /* of VhReason, the chain in the order it is read */
} VhMode;

typedef struct {
  GArray *modes;         /* of VhMode, by position of the topology's buses */
  GArray *device_unplug; /* of guint8 (VhMechanism), by position of its devices */
  GArray *device_eject;  /* likewise */
  gboolean rescans_root; /* surprise 2: a plug makes the guest tear down bus 0 */
  gboolean keeps_memory; /* QEMU lets no virtio-mem or virtio-pmem go */
} VhModes;

/* Pure: the same topology, inputs and capabilities give the same answer. */
VhModes *vh_modes_new (const VhTopology *topology, const VhInputs *inputs);
void vh_modes_free (VhModes *modes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhModes, vh_modes_free)

const VhMode *vh_modes_get (const VhModes *modes, guint bus);
/* The mechanism by which a detach of the device completes in a booted guest. */
VhMechanism vh_modes_get_unplug (const VhModes *modes, guint device);
/* The same for what the guest does by itself, which libvirt is not asked about: a SCSI controller
 * goes with its disks. */
VhMechanism vh_modes_get_eject (const VhModes *modes, guint device);
/* Why the first is not simply what a plug into the bus goes through, as a sentence; NULL: it is.
 * `topology` is what the modes are of. Static. */
const char *vh_modes_explain_unplug (const VhModes *modes, const VhTopology *topology,
                                     guint device);

const char *vh_rule_to_word (VhRuleId rule);
const char *vh_rule_to_sentence (VhRuleId rule);
const char *vh_rule_to_evidence (VhRuleId rule);
