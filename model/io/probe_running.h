/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Asks the QEMU that runs a domain for its own values, through its source. It
 * marks the domain as tainted until it stops. */
#pragma once

#include "model/answers.h"
#include "model/io/source.h"

/* `live` is what runs. NULL and VH_SOURCE_ERROR when it cannot be asked; what
 * it has no answer for stays UNKNOWN. Caller frees. */
VhAnswers *vh_probe_running (VhSource *source, const VhTopology *live, GError **error);
