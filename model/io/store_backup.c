/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/io/store_folder.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#define BACKUPS_KEPT 50
#define TEXT_SUFFIX ".xml"
#define NOTE_SUFFIX ".entry"
#define NOTE_GROUP "entry"
#define NOTE_MAX_BYTES 65536

static char *
new_domain_key (const VhDomainInfo *info)
{
  char *uuid = vh_store_new_uuid (info->uuid);
  if (uuid)
    return uuid;
  const char *source = info->source ? info->source : "";
  char *real = realpath (source, NULL);
  char *key = g_compute_checksum_for_string (G_CHECKSUM_SHA256, real ? real : source, -1);
  free (real);
  return key;
}

VhDomainInfo *
vh_store_new_owner (const VhDocument *document, const char *source)
{
  VhDomainInfo *info = vh_domain_info_new ();
  gint32 uuid = vh_document_find_child (document, 0, "uuid");
  info->source = g_strdup (source);
  if (uuid >= 0)
    info->uuid = vh_document_dup_content (document, (guint) uuid);
  return info;
}

static char *
new_backup_folder (const VhDomainInfo *info)
{
  g_autofree char *backups =
      vh_store_new_folder_path ("XDG_STATE_HOME", ".local" G_DIR_SEPARATOR_S "state", "backups");
  g_autofree char *key = new_domain_key (info);
  return g_build_filename (backups, key, NULL);
}

/* Named by the time, so that names sort as the backups were made. */
static char *
new_backup_path (const char *folder)
{
  gint64 now = g_get_real_time ();
  for (;; now++)
    {
      g_autoptr (GDateTime) second = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC);
      g_autofree char *stamp = g_date_time_format (second, "%Y%m%dT%H%M%S");
      g_autofree char *name =
          g_strdup_printf ("%s.%06dZ" TEXT_SUFFIX, stamp, (int) (now % G_USEC_PER_SEC));
      g_autofree char *path = g_build_filename (folder, name, NULL);
      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
}

char *
vh_store_backup (const VhDomainInfo *info, GBytes *text, GError **error)
{
  g_autofree char *folder = new_backup_folder (info);
  if (!vh_store_make_folder (folder, error) || !vh_store_check_folder (folder, error))
    return NULL;
  g_autofree char *path = new_backup_path (folder);
  if (!vh_store_replace_file (path, text, 0600, error))
    return NULL;
  return g_steal_pointer (&path);
}

/* Where the note of a backup is. */
static char *
new_note_path (const char *path)
{
  g_autofree char *stem = g_strndup (path, strlen (path) - strlen (TEXT_SUFFIX));
  return g_strconcat (stem, NOTE_SUFFIX, NULL);
}

void
vh_store_drop_backup (const char *path)
{
  g_autofree char *note = new_note_path (path);
  g_unlink (note);
  g_unlink (path);
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const VhHistoryEntry *one = *(const VhHistoryEntry *const *) a;
  const VhHistoryEntry *other = *(const VhHistoryEntry *const *) b;
  return strcmp (other->name, one->name);
}

/* By their names alone. */
static GPtrArray *
list_names (const char *folder)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) vh_history_entry_free);
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  const char *file;
  while (directory && (file = g_dir_read_name (directory)))
    {
      if (!g_str_has_suffix (file, TEXT_SUFFIX))
        continue;
      g_autofree char *name = g_strndup (file, strlen (file) - strlen (TEXT_SUFFIX));
      if (!vh_history_is_name (name))
        continue;
      VhHistoryEntry *entry = g_new0 (VhHistoryEntry, 1);
      entry->name = g_steal_pointer (&name);
      entry->path = g_build_filename (folder, file, NULL);
      g_ptr_array_add (list, entry);
    }
  g_ptr_array_sort (list, compare_newest_first);
  return list;
}

/* Never the one just made, whatever the clock says. */
static void
remove_oldest (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GPtrArray) list = list_names (folder);
  for (guint i = BACKUPS_KEPT; i < list->len; i++)
    {
      const VhHistoryEntry *old = g_ptr_array_index (list, i);
      if (!g_str_equal (old->path, path))
        vh_store_drop_backup (old->path);
    }
}

static void
set_string (GKeyFile *file, const char *key, const char *value)
{
  g_autofree char *valid = value ? g_utf8_make_valid (value, -1) : NULL;
  if (valid)
    g_key_file_set_string (file, NOTE_GROUP, key, valid);
}

/* The path of a file from everywhere; a URI is none. */
static char *
new_absolute (const char *source)
{
  char *real = realpath (source, NULL);
  char *copy = g_strdup (real ? real : source);
  free (real);
  return copy;
}

void
vh_store_keep_backup (const char *path, const VhHistoryEntry *entry)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *note = new_note_path (path);
  g_autofree char *source = entry->source ? new_absolute (entry->source) : NULL;
  gsize length = 0;
  set_string (file, "what", entry->what);
  set_string (file, "source", source);
  set_string (file, "host", entry->host);
  set_string (file, "after", entry->after);
  char *text = g_key_file_to_data (file, &length, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, length);
  /* Without it the backup is still one. */
  vh_store_replace_file (note, bytes, 0600, NULL);
  remove_oldest (path);
}

/* ---- reading ---- */

static char *
get_string (GKeyFile *file, const char *key)
{
  g_autoptr (GError) damaged = NULL;
  g_autofree char *value = g_key_file_get_string (file, NOTE_GROUP, key, &damaged);
  return damaged ? NULL : g_steal_pointer (&value);
}

/* A note that is missing or damaged tells nothing. */
static void
read_note (VhHistoryEntry *entry)
{
  g_autofree char *path = new_note_path (entry->path);
  g_autoptr (GBytes) bytes = vh_store_read_private (path, NOTE_MAX_BYTES, NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  if (!bytes || !g_key_file_load_from_bytes (file, bytes, G_KEY_FILE_NONE, NULL))
    return;
  entry->what = get_string (file, "what");
  entry->source = get_string (file, "source");
  entry->host = get_string (file, "host");
  entry->after = get_string (file, "after");
}

GPtrArray *
vh_store_list_backups (const VhDomainInfo *info, GError **error)
{
  g_autofree char *folder = new_backup_folder (info);
  g_autoptr (GError) fault = NULL;
  if (!vh_store_check_folder (folder, &fault) &&
      !g_error_matches (fault, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_propagate_error (error, g_steal_pointer (&fault));
      return NULL;
    }
  GPtrArray *list = list_names (folder);
  for (guint i = 0; i < list->len; i++)
    read_note (g_ptr_array_index (list, i));
  return list;
}

GBytes *
vh_store_read_backup (const VhHistoryEntry *entry, GError **error)
{
  return vh_store_read_private (entry->path, VH_DOCUMENT_MAX_BYTES, error);
}
