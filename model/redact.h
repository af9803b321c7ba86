/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A domain for strangers: what a prediction is made from, and no more. */
#pragma once

#include "model/reading.h"

/* A new domain XML with the machine type, the features, and of each device its kind, model and PCI
 * address; of QEMU's arguments those about machine, properties and devices. There is no name,
 * UUID, MAC address, path, password or host address in it, whatever the document holds: only what
 * is known to be harmless is taken over. It gives the same buses, modes and findings. Caller
 * frees. */
char *vh_redact_new_xml (const VhReading *reading);
