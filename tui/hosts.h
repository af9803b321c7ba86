/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Several connections at once, for all their domains. */
#pragma once

#include "model/host.h"
#include "tui/options.h"

/* A VhHost for each --connect, in that order, with every domain read and summed up, or the error.
 * So many are asked at a time that one that is slow or dead does not hold the others. Nobody is
 * asked for a password. Tells how far it is on a terminal. */
GPtrArray *vh_hosts_load (const VhOptions *options);
