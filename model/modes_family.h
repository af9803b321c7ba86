/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of the machine families share. */
#pragma once

#include "model/modes.h"
#include "model/place.h"

typedef struct {
  const VhTopology *topology;
  const VhInputs *inputs;
  const GArray *places; /* of VhPlace */
  VhInput qemu;         /* "QEMU 7.2", to name the release as a reason */
  VhKnown tables_lost;  /* i440fx: the guest drops all ACPI tables */
} VhFamily;

/* One bus as the rules look at it, and the answer. */
typedef struct {
  const VhFamily *family;
  const VhBus *bus;
  const VhPlace *place;
  const VhBusInputs *inputs;
  VhMode *mode; /* nothing offered, nothing listed, NONE used, until a rule says otherwise */
} VhRuling;

/* Adds a reason about this bus. `input`: what made the rule apply; NULL when
 * the place of the bus did. */
void vh_ruling_because (VhRuling *ruling, VhRuleId rule, const VhInput *input);
/* The same about the machine. */
void vh_ruling_because_of_machine (VhRuling *ruling, VhRuleId rule, const VhInput *input);
/* The same about the bus at another position; its place did it. */
void vh_ruling_because_of (VhRuling *ruling, VhRuleId rule, gint32 position);

/* Answers: offered, listed, used. */
void vh_ruling_works (VhRuling *ruling, VhMechanism mechanism);
/* Offered and listed, but no plug gets through; a device that holds the slot
 * of a port is still owned by the driver. */
void vh_ruling_lies (VhRuling *ruling, VhMechanism mechanism);
void vh_ruling_unknown (VhRuling *ruling, VhRuleId rule, const VhInput *input);

/* Answers for a bridge whose SHPC the guest may use, and for a bus that
 * takes part in no hotplug by its model alone; FALSE when it is none of them. */
void vh_ruling_shpc (VhRuling *ruling);
gboolean vh_ruling_fixed (VhRuling *ruling);

/* Answers for a port whose own hotplug decides: FALSE when it is on. */
gboolean vh_ruling_port_off (VhRuling *ruling);

/* NO, YES or, when the release is not known, UNKNOWN. */
VhKnown vh_family_is_qemu_before (const VhFamily *family, VhVersion version);

/* The families. */
VhKnown vh_modes_pc_tables_lost (const VhFamily *family);
void vh_modes_pc_rule (VhRuling *ruling);
void vh_modes_q35_rule (VhRuling *ruling);
void vh_modes_q35_bare_rule (VhRuling *ruling); /* without ACPI */
void vh_modes_virt_rule (VhRuling *ruling);     /* of aarch64 */
void vh_modes_other_rule (VhRuling *ruling);

/* For the case without ACPI: as if it stood in the main tree with BRIDGE off,
 * and as it is below an expander bus. */
void vh_modes_q35_rule_hardware (VhRuling *ruling);
void vh_modes_q35_rule_expander (VhRuling *ruling);
/* The bus inside a switch, with ACPI. */
void vh_modes_q35_rule_upstream (VhRuling *ruling);
/* Reasons: what the guest may not use where ACPI is responsible, although the hardware has it. */
void vh_modes_q35_add_denied (VhRuling *ruling);
