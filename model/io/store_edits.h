/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Edits that are not written yet, kept on disk while the program runs, so that
 * a crash, a killed program or a lost line does not lose them: records of
 * model/edit_record.h, no XML, in the folder "edits" of the state folder.
 *
 * A run has a file of its own for a domain, which it holds locked (flock) as
 * long as it lives; the kernel frees the lock however it ends. So two runs on
 * one domain never write to the same file, and what is locked belongs to
 * somebody who still works. The name begins with whose edits they are: the
 * UUID of the domain, printed anew, and a sum of the connection's URI and
 * host; for a file the SHA-256 of its real path. Each change replaces the file
 * by a rename; nothing is flushed to the disk, so a crash of the whole host
 * may cost what was done last. */
#pragma once

#include "model/domain_info.h"

/* A file of this run, or one that another run left; locked while this lives. */
typedef struct VhStoreEdits VhStoreEdits;

/* There is no file before the first keep. */
VhStoreEdits *vh_store_edits_new (const VhDomainInfo *info);
/* The newest that an earlier run left of this domain, and nobody holds; NULL
 * when there is none. `in_use`: another run has some and still works. */
VhStoreEdits *vh_store_edits_find (const VhDomainInfo *info, gboolean *in_use);
/* Leaves the file. */
void vh_store_edits_free (VhStoreEdits *kept);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhStoreEdits, vh_store_edits_free)

/* FALSE and G_FILE_ERROR, with what was kept before still there. */
gboolean vh_store_edits_keep (VhStoreEdits *kept, const char *text, GError **error);
/* NULL and G_FILE_ERROR. Caller unrefs. */
GBytes *vh_store_edits_read (const VhStoreEdits *kept, GError **error);
/* Removes the file, if there is one. */
void vh_store_edits_remove (VhStoreEdits *kept);

const char *vh_store_edits_get_path (const VhStoreEdits *kept);
/* When it was kept last, in seconds since 1970; 0 when it never was. */
gint64 vh_store_edits_get_time (const VhStoreEdits *kept);
