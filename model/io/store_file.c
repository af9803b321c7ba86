/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/i18n.h"
#include "model/io/store.h"

#include "model/io/store_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#define ATTRIBUTE_VALUE_MAX 65536

static gboolean
fail (GError **error, int code, const char *path, const char *doing)
{
  g_autofree char *shown = g_filename_display_name (path);
  const char *hint = "";
  if (code == EACCES || code == EPERM)
    hint =
        _ (" Ask the owner of the file and of its folder for permission, or run as another user.");
  else if (code == EROFS)
    hint = _ (" Its file system is read-only: work on a copy of the file elsewhere.");
  g_set_error (error, G_FILE_ERROR, (gint) g_file_error_from_errno (code),
               _ ("%1$s could not be written (%2$s): %3$s. What was there is untouched.%4$s"),
               shown, doing, g_strerror (code), hint);
  return FALSE;
}

/* The file behind links; the path itself when there is no such file yet. */
static char *
resolve (const char *path, GError **error)
{
  char *real = realpath (path, NULL);
  if (real)
    {
      char *copy = g_strdup (real);
      free (real);
      return copy;
    }
  int code = errno;
  if (code == ENOENT && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    return g_strdup (path);
  fail (error, code, path, _ ("finding it"));
  return NULL;
}

/* Labels and access lists, as far as the file system lets us. */
static void
copy_attributes (const char *from, int to)
{
  ssize_t room = listxattr (from, NULL, 0);
  if (room <= 0)
    return;
  g_autofree char *names = g_malloc ((gsize) room);
  ssize_t length = listxattr (from, names, (gsize) room);
  g_autofree char *value = g_malloc (ATTRIBUTE_VALUE_MAX);
  for (ssize_t at = 0; at < length; at += (ssize_t) strlen (names + at) + 1)
    {
      ssize_t size = getxattr (from, names + at, value, ATTRIBUTE_VALUE_MAX);
      if (size >= 0)
        fsetxattr (to, names + at, value, (gsize) size, 0);
    }
}

static gboolean
copy_owner (int fd, const struct stat *old)
{
  struct stat now;
  if (fstat (fd, &now) != 0)
    return FALSE;
  gboolean same = now.st_uid == old->st_uid && now.st_gid == old->st_gid;
  return same || fchown (fd, old->st_uid, old->st_gid) == 0;
}

/* What is wrong, as a word for the message; NULL when all was done. */
static const char *
fill (int fd, const char *target, const struct stat *old, GBytes *bytes)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length);
  if (!vh_store_write_all (fd, text, length))
    return _ ("writing it");
  if (old && !copy_owner (fd, old))
    return _ ("keeping its owner");
  if (old && fchmod (fd, old->st_mode & 07777) != 0)
    return _ ("keeping its mode");
  if (old)
    copy_attributes (target, fd);
  return fsync (fd) == 0 ? NULL : _ ("flushing it");
}

static void
sync_folder (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

static gboolean
write_beside (const char *target, const struct stat *old, int mode, GBytes *bytes, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (target);
  g_autofree char *beside = g_build_filename (folder, ".virt-hotplug-XXXXXX", NULL);
  int fd = g_mkstemp_full (beside, O_WRONLY | O_CLOEXEC, old ? 0600 : mode);
  if (fd < 0)
    return fail (error, errno, target, _ ("making a file beside it"));

  const char *doing = fill (fd, target, old, bytes);
  int code = errno;
  if (close (fd) != 0 && !doing)
    {
      doing = _ ("closing it");
      code = errno;
    }
  if (!doing && rename (beside, target) != 0)
    {
      doing = _ ("giving it its name");
      code = errno;
    }
  if (doing)
    {
      unlink (beside);
      return fail (error, code, target, doing);
    }
  sync_folder (folder);
  return TRUE;
}

/* The entry itself is looked at when it has to be a certain file: a link that
 * somebody put there meanwhile is not followed. */
static gboolean
replace (const char *path, const struct stat *same, int mode, GBytes *bytes, GError **error)
{
  g_autofree char *target = resolve (path, error);
  if (!target)
    return FALSE;
  struct stat old;
  const gboolean is_there = (same ? lstat (target, &old) : stat (target, &old)) == 0;
  if (same && (!is_there || old.st_dev != same->st_dev || old.st_ino != same->st_ino))
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_AGAIN,
                   _ ("%s is another file than the one that was read. Load it again."), path);
      return FALSE;
    }
  if (!is_there)
    return write_beside (target, NULL, mode, bytes, error);
  if (S_ISDIR (old.st_mode))
    return fail (error, EISDIR, path, _ ("looking at it"));
  if (!S_ISREG (old.st_mode))
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                   _ ("%s is not a regular file. Give the path of a file."), path);
      return FALSE;
    }
  /* A rename would go through where the folder lets us: the file's own mode counts. */
  if (faccessat (AT_FDCWD, target, W_OK, AT_EACCESS) != 0)
    return fail (error, errno, path, _ ("asking for permission"));
  return write_beside (target, &old, mode, bytes, error);
}

gboolean
vh_store_replace_file (const char *path, GBytes *bytes, int mode, GError **error)
{
  return replace (path, NULL, mode, bytes, error);
}

gboolean
vh_store_replace_same_file (const char *path, const struct stat *same, GBytes *bytes,
                            GError **error)
{
  return replace (path, same, 0600, bytes, error);
}
