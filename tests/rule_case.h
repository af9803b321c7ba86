/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Cases of the rules, as text.
 *
 * A setup is statements separated by ';', of words separated by blanks:
 *   TYPE [ARCH]                          the machine type; always first
 *   qemu VERSION [assumed]               without: unknown
 *   libvirt VERSION
 *   fact KEY yes|no
 *   recorded-machine TYPE                the default facts are about this type
 *   acpi off | uefi | type DOMAINTYPE | feature on|off | joined
 *   global DRIVER PROPERTY VALUE
 *   override ALIAS PROPERTY [VALUE]
 *   bus INDEX MODEL [on INDEX [at SLOT.FUNCTION]] [hotplug=on|off] [name=ioh3420]
 *   bad-index INDEX | bad-switch INDEX | index-given INDEX | no-model INDEX     marks
 *   bad-address INDEX
 *   device KIND on INDEX at SLOT.FUNCTION [domain=N] [mark=busy|fixed]
 *   runs VERSION | says INDEX|-1 PROPERTY on|off     what the running QEMU answers
 * Expectations likewise:
 *   bus INDEX USED [offers A,B] [lists L] [+RULE…] [-RULE…]   reasons of the bus
 *   finds [+SEVERITY:RULE[@INDEX]…] [-RULE…]                  findings
 *   unplug BUS SLOT.FUNCTION MECHANISM                        of the device there */
#pragma once

#include "model/answers.h"

typedef struct {
  const char *name, *setup, *expect;
} RuleCase;

typedef struct {
  VhTopology *topology;
  VhCaps *caps;
  VhInputs *inputs;
  VhModes *modes;
  GPtrArray *findings; /* what QEMU disagrees with at the end */
  VhAnswers *answers;
} RuleWorld;

RuleWorld *rule_world_new (const char *setup);
void rule_world_free (RuleWorld *world);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RuleWorld, rule_world_free)

/* The mode of the bus with the index. */
const VhMode *rule_world_get_mode (const RuleWorld *world, gint32 index);

/* A test function for one RuleCase. */
void rule_case_run (gconstpointer data);
void rule_case_add_all (const char *prefix, const RuleCase *cases, guint n);

/* The parts of a text without the blanks around them; none is empty. Caller frees with g_strfreev. */
char **rule_case_split (const char *text, const char *separators);

extern const RuleCase pc_cases[], q35_cases[], other_cases[], check_cases[], near_cases[];
extern const guint n_pc_cases, n_q35_cases, n_other_cases, n_check_cases, n_near_cases;
