/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files that an option names, to write a result to. */
#pragma once

#include <glib.h>

/* Is there something else than a regular file, such as a pipe or a device? It is written to as it
 * is. */
gboolean vh_save_is_special (const char *path);

/* Would the domain of the target be written over? Prints that. `target` NULL: none is given. */
gboolean vh_save_is_domain (const char *path, const char *target);

/* Writes all of the bytes, or leaves what was there: a link is followed, mode and owner stay. FALSE
 * and G_FILE_ERROR. */
gboolean vh_save (const char *path, const char *bytes, gsize length, GError **error);
/* The same of a text. */
gboolean vh_save_text (const char *path, const char *text, GError **error);
