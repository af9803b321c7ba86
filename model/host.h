/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What one of several connections has. */
#pragma once

#include "model/summary.h"

typedef struct {
  char *uri;            /* as it was given */
  GPtrArray *summaries; /* of VhSummary, by name; NULL with an error */
  char *error;          /* why there are none; NULL */
} VhHost;

VhHost *vh_host_new (const char *uri);
void vh_host_free (VhHost *host);
/* In the order of their names. */
void vh_host_take_summaries (VhHost *host, GPtrArray *summaries);
