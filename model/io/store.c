/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/io/store.h"

#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define PROGRAM_FOLDER "virt-hotplug"
#define BACKUPS_KEPT 50
#define ANSWERS_KEPT 200
#define ANSWER_MAX_BYTES (1024 * 1024)
#define UUID_DIGITS 32

/* A folder of the XDG base directory specification, which ignores a relative
 * path in the variable. */
static char *
new_folder_path (const char *variable, const char *below_home, const char *last)
{
  const char *base = g_getenv (variable);
  if (base && g_path_is_absolute (base))
    return g_build_filename (base, PROGRAM_FOLDER, last, NULL);
  return g_build_filename (g_get_home_dir (), below_home, PROGRAM_FOLDER, last, NULL);
}

static gboolean
make_folder (const char *folder, GError **error)
{
  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  int code = errno;
  g_set_error (error, G_FILE_ERROR, (gint) g_file_error_from_errno (code),
               "The folder %s could not be made: %s.", folder, g_strerror (code));
  return FALSE;
}

/* The hexadecimal digits of a UUID in whichever grouping libvirt takes,
 * printed anew, so that nothing of the text itself becomes a path. */
static char *
normalise_uuid (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  for (const char *at = text; at && *at; at++)
    if (g_ascii_isxdigit (*at))
      g_string_append_c (digits, g_ascii_tolower (*at));
    else if (*at != '-' && !g_ascii_isspace (*at))
      return NULL;
  if (digits->len != UUID_DIGITS)
    return NULL;
  for (gssize at = 20; at >= 8; at -= 4)
    g_string_insert_c (digits, at, '-');
  return g_strdup (digits->str);
}

static char *
new_domain_key (const VhDomainInfo *info)
{
  char *uuid = normalise_uuid (info->uuid);
  if (uuid)
    return uuid;
  const char *source = info->source ? info->source : "";
  char *real = realpath (source, NULL);
  char *key = g_compute_checksum_for_string (G_CHECKSUM_SHA256, real ? real : source, -1);
  free (real);
  return key;
}

typedef struct {
  char *path;
  struct timespec changed;
} Kept;

static void
kept_free (gpointer data)
{
  Kept *kept = data;
  g_free (kept->path);
  g_free (kept);
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const Kept *one = *(const Kept *const *) a;
  const Kept *other = *(const Kept *const *) b;
  if (one->changed.tv_sec != other->changed.tv_sec)
    return one->changed.tv_sec < other->changed.tv_sec ? 1 : -1;
  if (one->changed.tv_nsec != other->changed.tv_nsec)
    return one->changed.tv_nsec < other->changed.tv_nsec ? 1 : -1;
  return strcmp (other->path, one->path);
}

static GPtrArray *
list_kept (const char *folder, const char *suffix)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (kept_free);
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  const char *name;
  while (directory && (name = g_dir_read_name (directory)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      struct stat info;
      if (!g_str_has_suffix (name, suffix) || lstat (path, &info) != 0)
        continue;
      Kept *kept = g_new0 (Kept, 1);
      kept->path = g_steal_pointer (&path);
      kept->changed = info.st_mtim;
      g_ptr_array_add (list, kept);
    }
  g_ptr_array_sort (list, compare_newest_first);
  return list;
}

static void
remove_oldest (const char *folder, const char *suffix, guint kept)
{
  g_autoptr (GPtrArray) list = list_kept (folder, suffix);
  for (guint i = kept; i < list->len; i++)
    {
      const Kept *old = g_ptr_array_index (list, i);
      g_unlink (old->path);
    }
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
      g_autofree char *name = g_strdup_printf ("%s.%06dZ.xml", stamp, (int) (now % G_USEC_PER_SEC));
      g_autofree char *path = g_build_filename (folder, name, NULL);
      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
}

char *
vh_store_backup (const VhDomainInfo *info, GBytes *text, GError **error)
{
  g_autofree char *backups =
      new_folder_path ("XDG_STATE_HOME", ".local" G_DIR_SEPARATOR_S "state", "backups");
  g_autofree char *key = new_domain_key (info);
  g_autofree char *folder = g_build_filename (backups, key, NULL);
  if (!make_folder (folder, error))
    return NULL;
  g_autofree char *path = new_backup_path (folder);
  if (!vh_store_replace_file (path, text, 0600, error))
    return NULL;
  remove_oldest (folder, ".xml", BACKUPS_KEPT);
  return g_steal_pointer (&path);
}

void
vh_store_drop_backup (const char *path)
{
  g_unlink (path);
}

static char *
new_cache_folder (void)
{
  return new_folder_path ("XDG_CACHE_HOME", ".cache", "probes");
}

/* Another release of the program asks other questions: its answers are apart. */
static char *
new_answer_path (const char *folder, const char *key)
{
  g_autofree char *whole =
      g_strdup_printf ("%s\n%d\n%s", VH_PROGRAM_VERSION, (int) VH_N_FACTS, key);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, whole, -1);
  g_autofree char *name = g_strconcat (sum, ".caps", NULL);
  return g_build_filename (folder, name, NULL);
}

/* What a probe found stays a probe's answer when it comes from the cache. */
static void
restore_origin (VhCaps *caps)
{
  for (guint i = 0; i < VH_N_FACTS; i++)
    if (caps->facts[i].origin == VH_ORIGIN_RECORDED)
      caps->facts[i].origin = VH_ORIGIN_PROBED;
  if (caps->qemu_origin == VH_ORIGIN_RECORDED)
    caps->qemu_origin = VH_ORIGIN_PROBED;
}

VhCaps *
vh_store_find_caps (const char *key)
{
  g_autofree char *folder = new_cache_folder ();
  g_autofree char *path = new_answer_path (folder, key);
  g_autofree char *text = NULL;
  gsize length = 0;
  struct stat info;
  if (lstat (path, &info) != 0 || !S_ISREG (info.st_mode) || info.st_size > ANSWER_MAX_BYTES)
    return NULL;
  if (!g_file_get_contents (path, &text, &length, NULL))
    return NULL;
  VhCaps *caps = vh_caps_new_from_recording (text, length, NULL);
  if (caps)
    restore_origin (caps);
  return caps;
}

void
vh_store_keep_caps (const char *key, const VhCaps *caps)
{
  g_autofree char *folder = new_cache_folder ();
  if (!make_folder (folder, NULL))
    return;
  g_autofree char *path = new_answer_path (folder, key);
  char *text = vh_caps_to_recording (caps);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));
  if (vh_store_replace_file (path, bytes, 0600, NULL))
    remove_oldest (folder, ".caps", ANSWERS_KEPT);
}
