/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Asks a QEMU binary about its properties and the defaults of a machine
 * type: a child with a deadline, QMP over its standard streams. */
#pragma once

#include "model/caps.h"

#define VH_PROBE_ERROR (vh_probe_error_quark ())
GQuark vh_probe_error_quark (void);
typedef enum {
  VH_PROBE_ERROR_START,   /* the binary cannot be run */
  VH_PROBE_ERROR_TIMEOUT, /* no answer until the deadline; the child was ended */
  VH_PROBE_ERROR_ANSWER,  /* not QMP, too long, or an error */
} VhProbeError;

/* What the binary says; facts have the origin PROBED. `machine_type` NULL or
 * "": properties only. `deadline_ms` for each child. */
VhCaps *vh_probe_qemu (const char *binary, const char *machine_type, guint deadline_ms,
                       GError **error);
