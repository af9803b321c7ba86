/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A child process that is spoken to in lines and that nobody trusts: every
 * answer has a deadline and a limit, and the child ends with its handle. */
#pragma once

#include <glib.h>

typedef struct VhProbeChild VhProbeChild;

/* Runs argv[0], a path. Its answers may take `deadline_ms` altogether. NULL
 * and VH_PROBE_ERROR_START. */
VhProbeChild *vh_probe_child_new (const char *const *argv, guint deadline_ms, GError **error);
/* Ends the child, and whatever it started in its process group. */
void vh_probe_child_free (VhProbeChild *child);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhProbeChild, vh_probe_child_free)

/* FALSE and VH_PROBE_ERROR when it does not take it. */
gboolean vh_probe_child_write (VhProbeChild *child, const char *text, GError **error);

/* The next line without its end; caller frees. NULL and VH_PROBE_ERROR_TIMEOUT
 * or VH_PROBE_ERROR_ANSWER (it ended, or wrote too much). */
char *vh_probe_child_read_line (VhProbeChild *child, GError **error);
