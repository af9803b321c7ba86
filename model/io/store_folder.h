/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The folders and files of the store; for store*.c alone. */
#pragma once

#include "model/io/store.h"

/* `last` below the program's folder of the XDG base directory specification,
 * which ignores a relative path in `variable`. Caller frees. */
char *vh_store_new_folder_path (const char *variable, const char *below_home, const char *last);
/* With those above it, 0700; one that is there stays as it is. */
gboolean vh_store_make_folder (const char *folder, GError **error);

/* The hexadecimal digits of a UUID in whichever grouping libvirt takes,
 * printed anew, so that nothing of the text itself becomes a path. NULL for
 * anything else; caller frees. */
char *vh_store_new_uuid (const char *text);

/* Opened without following a link, and without waiting for a pipe; -1 and
 * G_FILE_ERROR when it is not a `type` of this user's that nobody else may
 * touch. */
int vh_store_open_private (const char *path, mode_t type, GError **error);
gboolean vh_store_check_folder (const char *folder, GError **error);
/* FALSE with errno set. */
gboolean vh_store_write_all (int fd, const char *bytes, gsize length);
/* All of it, up to `limit`; NULL and G_FILE_ERROR. Caller unrefs. */
GBytes *vh_store_read_open (int fd, const char *path, gsize limit, GError **error);
GBytes *vh_store_read_private (const char *path, gsize limit, GError **error);
