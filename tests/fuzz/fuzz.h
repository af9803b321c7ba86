/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the fuzz targets share. A target is one LLVMFuzzerTestOneInput(); it is
 * linked with libFuzzer to search, and with replay.c to run the seeds again. */
#pragma once

#include "model/caps.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Capabilities with which every knob of the chipset can be set. Caller frees. */
VhCaps *fuzz_new_caps (void);
