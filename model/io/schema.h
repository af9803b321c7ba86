/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where in a text libvirt's schema finds fault. The daemon decides whether it
 * is valid, but only names the part of the domain; this machine's own copy of
 * the schema can be asked for the place. */
#pragma once

#include <glib.h>

/* "line 12, <disk>"; caller frees. NULL when this machine has no schema, or
 * its schema takes the text. */
char *vh_schema_locate (const char *text, gsize length);
