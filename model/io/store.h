/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the program keeps between runs, in the user's XDG folders: backups
 * (state) and answers of probes (cache). Folders 0700, files 0600. */
#pragma once

#include "model/caps.h"
#include "model/domain_info.h"

/* Writes a backup, fsynced, and keeps the newest 50 of this domain. Its path,
 * caller frees; NULL and G_FILE_ERROR. */
char *vh_store_backup (const VhDomainInfo *info, GBytes *text, GError **error);
/* Takes back a backup of a write that did not happen. */
void vh_store_drop_backup (const char *path);

/* Replaces `path` atomically: mode and owner kept, symlink followed, fsynced.
 * FALSE and G_FILE_ERROR with the old file untouched. `mode` for a new file. */
gboolean vh_store_replace_file (const char *path, GBytes *bytes, int mode, GError **error);

/* Probe cache, by a key of the asker's making. NULL when not there (no error
 * is told: a cache may fail). */
VhCaps *vh_store_find_caps (const char *key);
void vh_store_keep_caps (const char *key, const VhCaps *caps);
