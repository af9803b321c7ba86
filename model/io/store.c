/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/io/store.h"

#include "config.h"
#include "model/i18n.h"
#include "model/io/store_folder.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define PROGRAM_FOLDER "virt-hotplug"
#define ANSWERS_KEPT 200
#define ANSWER_MAX_BYTES (1024 * 1024)

char *
vh_store_new_folder_path (const char *variable, const char *below_home, const char *last)
{
  const char *base = g_getenv (variable);
  if (base && g_path_is_absolute (base))
    return g_build_filename (base, PROGRAM_FOLDER, last, NULL);
  return g_build_filename (g_get_home_dir (), below_home, PROGRAM_FOLDER, last, NULL);
}

gboolean
vh_store_make_folder (const char *folder, GError **error)
{
  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  int code = errno;
  g_set_error (error, G_FILE_ERROR, (gint) g_file_error_from_errno (code),
               _ ("The folder %1$s could not be made: %2$s."), folder, g_strerror (code));
  return FALSE;
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

static char *
new_cache_folder (void)
{
  return vh_store_new_folder_path ("XDG_CACHE_HOME", ".cache", "probes");
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
  g_autoptr (GBytes) bytes = vh_store_read_private (path, ANSWER_MAX_BYTES, NULL);
  if (!bytes)
    return NULL;
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length);
  VhCaps *caps = vh_caps_new_from_recording (text, length, NULL);
  if (caps)
    restore_origin (caps);
  return caps;
}

void
vh_store_keep_caps (const char *key, const VhCaps *caps)
{
  g_autofree char *folder = new_cache_folder ();
  if (!vh_store_make_folder (folder, NULL))
    return;
  g_autofree char *path = new_answer_path (folder, key);
  char *text = vh_caps_to_recording (caps);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));
  if (vh_store_replace_file (path, bytes, 0600, NULL))
    remove_oldest (folder, ".caps", ANSWERS_KEPT);
}
