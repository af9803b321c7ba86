/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/backups.h"

#include <stdlib.h>

#include "model/io/store.h"

GPtrArray *
vh_backups_list (const VhSession *session, GError **error)
{
  g_autoptr (VhDomainInfo) owner =
      vh_store_new_owner (session->base->document, session->info->source);
  return vh_store_list_backups (owner, error);
}

const VhHistoryEntry *
vh_backups_find (const GPtrArray *entries, const VhSession *session, const char *word,
                 GError **error)
{
  const VhDomainInfo *info = session->info;
  char *real = info->is_file ? realpath (info->source, NULL) : NULL;
  const VhHistoryEntry *entry = vh_history_find (entries, word, real ? real : info->source, error);
  free (real);
  return entry;
}

VhRevert *
vh_backups_revert (VhSession *session, const VhHistoryEntry *entry, gboolean whole, GError **error)
{
  g_autoptr (GBytes) bytes = vh_store_read_backup (entry, error);
  g_autoptr (VhDocument) backup = bytes ? vh_document_new (bytes, error) : NULL;
  return backup ? vh_revert_new (session, entry, backup, whole, error) : NULL;
}
