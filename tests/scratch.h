/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A folder of its own for a test, with the XDG folders inside it. */
#pragma once

#include <glib.h>

/* Makes the folder and points XDG_STATE_HOME and XDG_CACHE_HOME into it.
 * Caller frees with vh_scratch_free(), which removes all of it. */
char *vh_scratch_new (void);
void vh_scratch_free (char *folder);

/* Writes a file; its path, caller frees. */
char *vh_scratch_write (const char *folder, const char *name, const char *text, int mode);
/* The configuration of an embedded QEMU driver whose root is `root`, for tests. */
void vh_scratch_write_qemu_conf (const char *root);
/* The whole file; fails the test when it cannot be read. Caller frees. */
char *vh_scratch_read (const char *path);
/* How many entries the folder has; 0 when it does not exist. */
guint vh_scratch_count (const char *folder);
/* The permission bits of a file, not following a link. */
guint vh_scratch_get_mode (const char *path);

/* A message of the test. GLib up to 2.66 would break the protocol with one of several lines. */
void vh_scratch_tell (const char *words);

/* For a test that changes the process itself: runs it again in a process of
 * its own, and is TRUE only there. */
gboolean vh_scratch_is_alone (void);
