/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the program keeps between runs, in the user's XDG folders: backups
 * (state) and answers of probes (cache). Folders 0700, files 0600. */
#pragma once

#include "model/caps.h"
#include "model/domain_info.h"
#include "model/history.h"

#include <sys/stat.h>

/* Whose backups those of a domain are: its UUID as its text says, else the
 * real path of the file `source`. Caller frees. */
VhDomainInfo *vh_store_new_owner (const VhDocument *document, const char *source);

/* Writes a backup, fsynced. Its path, caller frees; NULL and G_FILE_ERROR.
 * Either of the two below must follow. */
char *vh_store_backup (const VhDomainInfo *info, GBytes *text, GError **error);
/* Takes back a backup of a write that did not happen. */
void vh_store_drop_backup (const char *path);
/* Notes beside the backup what its write did (`name` and `path` of the entry do not count), and
 * keeps the newest 50 of this domain: only now, so that a write that fails costs none. */
void vh_store_keep_backup (const char *path, const VhHistoryEntry *entry);

/* The backups of a domain, of VhHistoryEntry, newest first; none when there is no folder. What is
 * no backup of ours is left out. NULL and G_FILE_ERROR when the folder is not this user's alone. */
GPtrArray *vh_store_list_backups (const VhDomainInfo *info, GError **error);
/* The text of one, of at most VH_DOCUMENT_MAX_BYTES. NULL and G_FILE_ERROR: it is gone, a link, not
 * this user's, or open to others. Caller unrefs. */
GBytes *vh_store_read_backup (const VhHistoryEntry *entry, GError **error);

/* Replaces `path` atomically: mode and owner kept, symlink followed, fsynced.
 * FALSE and G_FILE_ERROR with the old file untouched. `mode` for a new file. */
gboolean vh_store_replace_file (const char *path, GBytes *bytes, int mode, GError **error);
/* The same, when it still is the file `same`; G_FILE_ERROR_AGAIN when it is another one, so that
 * who may write the folder cannot lead the write to a file of their choice by a link. */
gboolean vh_store_replace_same_file (const char *path, const struct stat *same, GBytes *bytes,
                                     GError **error);

/* Probe cache, by a key of the asker's making. NULL when not there (no error
 * is told: a cache may fail). */
VhCaps *vh_store_find_caps (const char *key);
void vh_store_keep_caps (const char *key, const VhCaps *caps);
