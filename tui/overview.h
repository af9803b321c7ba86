/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The list of domains for `list`. */
#pragma once

#include "model/host.h"
#include "tui/columns.h"
#include "tui/load.h"

/* Every domain of the loader's connection, read and summed up; of VhSummary,
 * by name. One that cannot be read says why. NULL and an error when there is
 * no list at all. Tells how far it is on a terminal. */
GPtrArray *vh_overview_load (VhLoader *loader, GError **error);

/* A table with a heading, of the columns of vh_columns_new(). `is_usual`: nobody chose them, so why
 * a domain could not be read stands in the last one. Caller frees. */
char *vh_overview_format (const GPtrArray *summaries, const GArray *columns, gboolean is_usual);
/* The same of several connections (of VhHost), each line with its URI, or with why it failed. */
char *vh_overview_format_hosts (const GPtrArray *hosts, const GArray *columns, gboolean is_usual);
