/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the tests of the store keep. */
#pragma once

#include "model/domain_info.h"

GBytes *stored_bytes (const char *text);
/* `uuid` NULL: a file that has none. Caller frees. */
VhDomainInfo *stored_info (const char *uuid, const char *source);
