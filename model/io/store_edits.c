/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/io/store_edits.h"

#include "model/edit_record.h"
#include "model/i18n.h"
#include "model/io/store_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define SUFFIX ".edits"
#define NEW_SUFFIX ".new"
#define PLACE_DIGITS 12 /* of the sum of a connection: enough to tell a user's few apart */

struct VhStoreEdits {
  char *key;  /* what the names of the domain's files begin with */
  char *path; /* NULL: there is no file yet */
  int fd;     /* of it, locked; -1 */
};

/* ---- names ---- */

static char *
new_path_key (const char *path)
{
  char *real = realpath (path, NULL);
  char *key = g_compute_checksum_for_string (G_CHECKSUM_SHA256, real ? real : path, -1);
  free (real);
  return key;
}

static char *
new_key (const VhDomainInfo *info)
{
  const char *source = info->source ? info->source : "";
  if (info->is_file)
    return new_path_key (source);
  g_autofree char *place = g_strdup_printf ("%s\n%s", source, info->host ? info->host : "");
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, place, -1);
  g_autofree char *uuid = vh_store_new_uuid (info->uuid);
  if (!uuid) /* of a hypervisor that has none of the usual form */
    uuid = g_compute_checksum_for_string (G_CHECKSUM_SHA256, info->name ? info->name : "", -1);
  return g_strdup_printf ("%s-%.*s", uuid, PLACE_DIGITS, sum);
}

static char *
new_folder_path (void)
{
  return vh_store_new_folder_path ("XDG_STATE_HOME", ".local" G_DIR_SEPARATOR_S "state", "edits");
}

/* ---- life ---- */

VhStoreEdits *
vh_store_edits_new (const VhDomainInfo *info)
{
  VhStoreEdits *kept = g_new0 (VhStoreEdits, 1);
  kept->key = new_key (info);
  kept->fd = -1;
  return kept;
}

static void
forget (VhStoreEdits *kept)
{
  if (kept->fd >= 0)
    close (kept->fd);
  kept->fd = -1;
  g_clear_pointer (&kept->path, g_free);
}

void
vh_store_edits_free (VhStoreEdits *kept)
{
  if (!kept)
    return;
  forget (kept);
  g_free (kept->key);
  g_free (kept);
}

void
vh_store_edits_remove (VhStoreEdits *kept)
{
  if (!kept->path)
    return;
  g_autofree char *beside = g_strconcat (kept->path, NEW_SUFFIX, NULL);
  g_unlink (beside);
  g_unlink (kept->path);
  forget (kept);
}

const char *
vh_store_edits_get_path (const VhStoreEdits *kept)
{
  return kept->path;
}

gint64
vh_store_edits_get_time (const VhStoreEdits *kept)
{
  struct stat info;
  return kept->fd >= 0 && fstat (kept->fd, &info) == 0 ? (gint64) info.st_mtim.tv_sec : 0;
}

/* ---- keeping ---- */

static gboolean
fail (GError **error, const char *path, int code)
{
  g_autofree char *shown = g_filename_display_name (path);
  g_set_error (error, G_FILE_ERROR, (gint) g_file_error_from_errno (code),
               _ ("%1$s could not be written: %2$s."), shown, g_strerror (code));
  return FALSE;
}

/* A name of its own, taken by an empty file. */
static gboolean
take_name (VhStoreEdits *kept, GError **error)
{
  g_autofree char *folder = new_folder_path ();
  if (!vh_store_make_folder (folder, error) || !vh_store_check_folder (folder, error))
    return FALSE;
  g_autofree char *name = g_strconcat (kept->key, "-XXXXXX" SUFFIX, NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  int fd = g_mkstemp_full (path, O_WRONLY | O_CLOEXEC, 0600);
  if (fd < 0)
    return fail (error, path, errno);
  flock (fd, LOCK_EX | LOCK_NB);
  kept->path = g_steal_pointer (&path);
  kept->fd = fd;
  return TRUE;
}

/* The new file is locked before it gets the name, so that there is no moment
 * in which it seems to be nobody's. */
gboolean
vh_store_edits_keep (VhStoreEdits *kept, const char *text, GError **error)
{
  if (!kept->path && !take_name (kept, error))
    return FALSE;
  g_autofree char *beside = g_strconcat (kept->path, NEW_SUFFIX, NULL);
  int fd = open (beside, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0)
    return fail (error, beside, errno);
  flock (fd, LOCK_EX | LOCK_NB);
  if (!vh_store_write_all (fd, text, strlen (text)) || rename (beside, kept->path) != 0)
    {
      int code = errno;
      close (fd);
      g_unlink (beside);
      return fail (error, kept->path, code);
    }
  close (kept->fd);
  kept->fd = fd;
  return TRUE;
}

/* ---- finding ---- */

/* Is the file that was opened still the one of that name? Its owner may have
 * replaced it meanwhile. */
static gboolean
is_current (int fd, const char *path)
{
  struct stat opened, named;
  return fstat (fd, &opened) == 0 && lstat (path, &named) == 0 && opened.st_dev == named.st_dev &&
         opened.st_ino == named.st_ino;
}

/* Takes `path`. NULL when somebody holds it, or it is none of ours. A file
 * system without locks has no holders. */
static VhStoreEdits *
try_take (char *path, const char *key, gboolean *in_use)
{
  g_autoptr (VhStoreEdits) kept = g_new0 (VhStoreEdits, 1);
  kept->key = g_strdup (key);
  kept->path = path;
  kept->fd = vh_store_open_private (path, S_IFREG, NULL);
  if (kept->fd < 0)
    return NULL;
  const gboolean held = flock (kept->fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  if (!held && is_current (kept->fd, path))
    return g_steal_pointer (&kept);
  *in_use = TRUE;
  return NULL;
}

static gboolean
is_empty (const VhStoreEdits *kept)
{
  struct stat info;
  return fstat (kept->fd, &info) == 0 && info.st_size == 0;
}

/* The newer of the two; the other is let go. */
static VhStoreEdits *
choose_newer (VhStoreEdits *one, VhStoreEdits *other)
{
  const gboolean is_newer = !one || vh_store_edits_get_time (other) > vh_store_edits_get_time (one);
  vh_store_edits_free (is_newer ? one : other);
  return is_newer ? other : one;
}

VhStoreEdits *
vh_store_edits_find (const VhDomainInfo *info, gboolean *in_use)
{
  VhStoreEdits *found = NULL;
  g_autofree char *folder = new_folder_path ();
  g_autofree char *key = new_key (info);
  g_autofree char *start = g_strconcat (key, "-", NULL);
  *in_use = FALSE;
  if (!vh_store_check_folder (folder, NULL))
    return NULL;
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  const char *name;
  while (directory && (name = g_dir_read_name (directory)))
    {
      if (!g_str_has_prefix (name, start) || !g_str_has_suffix (name, SUFFIX))
        continue;
      VhStoreEdits *kept = try_take (g_build_filename (folder, name, NULL), key, in_use);
      if (kept && is_empty (kept))
        {
          vh_store_edits_remove (kept); /* a run that ended before it kept anything */
          g_clear_pointer (&kept, vh_store_edits_free);
        }
      if (kept)
        found = choose_newer (found, kept);
    }
  return found;
}

GBytes *
vh_store_edits_read (const VhStoreEdits *kept, GError **error)
{
  return vh_store_read_open (kept->fd, kept->path, VH_EDIT_RECORD_MAX_BYTES, error);
}
