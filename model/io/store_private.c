/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of the store have in common: whose they are, and that nobody
 * else's are taken for them. */
#include "model/i18n.h"
#include "model/io/store_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define UUID_DIGITS 32

char *
vh_store_new_uuid (const char *text)
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

/* What is wrong with something of the store, as words; NULL when it is a
 * `type` of this user's that nobody else may touch. */
static const char *
find_fault (int fd, mode_t type)
{
  struct stat info;
  if (fstat (fd, &info) != 0)
    return g_strerror (errno);
  if ((info.st_mode & S_IFMT) != type)
    return type == S_IFDIR ? _ ("it is no folder") : _ ("it is no regular file");
  if (info.st_uid != geteuid ())
    return _ ("it belongs to another user");
  return info.st_mode & 077 ? _ ("others may read or change it") : NULL;
}

int
vh_store_open_private (const char *path, mode_t type, GError **error)
{
  int fd = open (path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  int code = errno;
  const char *fault = fd < 0 ? g_strerror (code) : find_fault (fd, type);
  if (!fault)
    return fd;
  if (fd >= 0)
    close (fd);
  g_autofree char *shown = g_filename_display_name (path);
  const gboolean is_link = fd < 0 && (code == ELOOP || code == ENOTDIR);
  g_set_error (
      error, G_FILE_ERROR, fd < 0 ? (gint) g_file_error_from_errno (code) : G_FILE_ERROR_PERM,
      _ ("%1$s cannot be used: %2$s.%3$s"), shown, is_link ? _ ("it is a symbolic link") : fault,
      fd >= 0 || is_link ? _ (" Look who made it so; it must be this user's alone (chmod "
                              "go=), or XDG_STATE_HOME another folder.")
                         : "");
  return -1;
}

gboolean
vh_store_check_folder (const char *folder, GError **error)
{
  int fd = vh_store_open_private (folder, S_IFDIR, error);
  if (fd < 0)
    return FALSE;
  close (fd);
  return TRUE;
}

gboolean
vh_store_write_all (int fd, const char *bytes, gsize length)
{
  while (length > 0)
    {
      ssize_t done = write (fd, bytes, length);
      if (done < 0 && errno != EINTR)
        return FALSE;
      bytes += MAX (done, 0);
      length -= (gsize) MAX (done, 0);
    }
  return TRUE;
}

GBytes *
vh_store_read_open (int fd, const char *path, gsize limit, GError **error)
{
  g_autoptr (GByteArray) read_bytes = g_byte_array_new ();
  guint8 chunk[65536];
  ssize_t done = 0;
  while (read_bytes->len <= limit &&
         ((done = read (fd, chunk, sizeof chunk)) > 0 || (done < 0 && errno == EINTR)))
    g_byte_array_append (read_bytes, chunk, (guint) MAX (done, 0));
  int code = errno;
  if (done >= 0 && read_bytes->len <= limit)
    return g_byte_array_free_to_bytes (g_steal_pointer (&read_bytes));
  g_autofree char *shown = g_filename_display_name (path);
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, _ ("%1$s cannot be read: %2$s."), shown,
               done < 0 ? g_strerror (code) : _ ("it is too large"));
  return NULL;
}

GBytes *
vh_store_read_private (const char *path, gsize limit, GError **error)
{
  int fd = vh_store_open_private (path, S_IFREG, error);
  if (fd < 0)
    return NULL;
  GBytes *bytes = vh_store_read_open (fd, path, limit, error);
  close (fd);
  return bytes;
}
