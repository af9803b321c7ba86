/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Capabilities as the command line says: a recording, an assumption, and "what if". */
#pragma once

#include "model/caps.h"
#include "tui/options.h"

/* Without a libvirt and a binary: --caps, the recording of the demo, or what the machine type alone
 * allows to assume. NULL and an error when the file cannot be used. */
VhCaps *vh_resolve_offline_caps (const VhOptions *options, const VhMachine *machine,
                                 GError **error);

/* Those of a recording, for the machine. */
VhCaps *vh_resolve_recorded_caps (const char *text, gsize length, const VhMachine *machine,
                                  GError **error);

/* `real` as --machine and --qemu change it; a copy where they do not. */
VhCaps *vh_resolve_imagined_caps (const VhOptions *options, const VhCaps *real,
                                  const VhMachine *machine);
