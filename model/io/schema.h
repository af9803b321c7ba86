/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where in a text libvirt's schema finds fault. The daemon decides whether it
 * is valid, but only names the part of the domain; this machine's own copy of
 * the schema can be asked for the place. */
#pragma once

#include "model/types.h"

/* Does this machine's schema take the text (UTF-8)? UNKNOWN when it has none,
 * or it cannot be asked.
 * For NO, *place is "line 12, <disk>"; caller frees; NULL when the schema
 * names no place. */
VhKnown vh_schema_check (const char *text, gsize length, char **place);

/* The place alone; caller frees. NULL when this machine has no schema, or its
 * schema takes the text. */
char *vh_schema_locate (const char *text, gsize length);
