/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was edited by hand, as commands to copy into a script. */
#pragma once

#include "model/session.h"
#include "tui/options.h"

/* The commands that lead from the base of the session to its edited text: of
 * char *, one line each, quoted for a POSIX shell. First those of this program,
 * which are tried on the base and given only when they lead to the very same
 * bytes; then those of virt-xml, for a domain of libvirt, where it can do the
 * same. A line that begins with "#" says what cannot be given, and why.
 * `options` are those that the program was started with, NULL for none; `uri`
 * is the connection, NULL for libvirt's default. Caller unrefs. */
GPtrArray *vh_equivalent_new (const VhSession *session, const VhOptions *options, const char *uri);
