/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The backups of a domain: one entry a write, with the text from before it. */
#pragma once

#include "model/document.h"

#define VH_HISTORY_ERROR (vh_history_error_quark ())
GQuark vh_history_error_quark (void);

typedef enum {
  VH_HISTORY_ERROR_NO_ENTRY, /* none of that name, or none at all */
} VhHistoryError;

/* What is not recorded (the write was interrupted, or did not end well) is
 * NULL. */
typedef struct {
  char *name;   /* when it was made, in UTC: "20261123T043501.123456Z"; names sort by time */
  char *path;   /* of the backup */
  char *what;   /* what the write did: "bridge off, port 3 default" */
  char *source; /* URI, or absolute path of the file, U+FFFD for what is no UTF-8 in it */
  char *host;   /* of the connection; NULL for a file, too */
  char *after;  /* SHA-256 of the text right after that write, in hexadecimal */
} VhHistoryEntry;

void vh_history_entry_free (VhHistoryEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhHistoryEntry, vh_history_entry_free)

/* Is it the name of an entry, and nothing that leads elsewhere? */
gboolean vh_history_is_name (const char *name);
/* "2026-11-23 04:35:01 UTC"; "?" of what is no name. Caller frees. */
char *vh_history_entry_new_time (const VhHistoryEntry *entry);

/* "qemu:///system on host", or the file; "not recorded". Caller frees. */
char *vh_history_entry_new_place (const VhHistoryEntry *entry);

/* Of `entries` (VhHistoryEntry, newest first) the one whose name begins with
 * `word` and no other does. `word` NULL: the newest that was made from
 * `source`. NULL and an error. */
const VhHistoryEntry *vh_history_find (const GPtrArray *entries, const char *word,
                                       const char *source, GError **error);
