/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The words of values where they are read by a person; the short ones of the
 * JSON format, in no language but their own, are in model/words.def. */
#pragma once

#include "model/session.h"
#include "render/canvas.h"

/* "ACPI bridge hotplug"; static. */
const char *vh_words_of_knob (VhKnob knob);
/* "<target hotplug> of the controller"; static. */
const char *vh_words_of_site (VhSite site);
/* "error"; static. */
const char *vh_words_of_severity (VhSeverity severity);
/* "domain XML"; static. */
const char *vh_words_of_origin (VhOrigin origin);
/* "3 pcie-root-port", "? pcie-root-port" without an index. Caller frees. */
char *vh_words_new_bus (const VhBus *bus);
/* "00:02.1": without the PCI domain where that is the usual 0; "" without one. Caller frees. */
char *vh_words_new_address (const VhAddress *address);
/* "acpi→none", or one of them where they are the same. Caller frees. */
char *vh_words_new_change (const char *before, const char *after, gboolean ascii);
/* The mechanisms offered, with commas, "none" or "unknown". Caller frees. */
char *vh_words_new_offered (const VhMode *mode);
/* The rule's sentence with the detail of the reason in it. Caller frees. */
char *vh_words_new_reason (const VhReason *reason);
/* "7.2.22", "7.2, assumed from the machine type"; "unknown". Caller frees. */
char *vh_words_new_qemu (const VhInputs *inputs);
/* "running", "file". Never NULL; static. */
const char *vh_words_of_state (const VhDomainInfo *info);

VhRole vh_words_role_of_mechanism (VhMechanism mechanism);
VhRole vh_words_role_of_severity (VhSeverity severity);
