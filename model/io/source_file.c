/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/i18n.h"
#include "model/io/source.h"

#include "model/document.h"
#include "model/io/store.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK (1024u * 1024)
#define NEW_FILE_MODE 0600

typedef struct {
  VhSource source;
  GBytes *standard_input; /* read once; NULL before, and for a file */
  struct stat seen;       /* the file that was read last */
  gboolean has_seen;
} FileSource;

static gboolean
is_standard (const VhSource *source)
{
  return g_str_equal (source->name, "-");
}

static char *
new_shown_name (const VhSource *source)
{
  return is_standard (source) ? g_strdup (_ ("Standard input"))
                              : g_filename_display_name (source->name);
}

static void
fail (GError **error, int code, const char *what)
{
  VhSourceError kind = VH_SOURCE_ERROR_FAILED;
  const char *hint = "";
  if (code == ENOENT || code == ENOTDIR)
    {
      kind = VH_SOURCE_ERROR_NOT_FOUND;
      hint = _ (" Check the path; a domain is named without a slash.");
    }
  else if (code == EACCES || code == EPERM)
    {
      kind = VH_SOURCE_ERROR_DENIED;
      hint = _ (" Ask its owner for permission, or run as another user.");
    }
  g_set_error (error, VH_SOURCE_ERROR, (gint) kind, "%s: %s.%s", what, g_strerror (code), hint);
}

/* FALSE, errno set, when it could not be read. Stops past the limit. */
static gboolean
read_all (int fd, GByteArray *into)
{
  while (into->len <= VH_DOCUMENT_MAX_BYTES)
    {
      const guint length = into->len;
      g_byte_array_set_size (into, length + CHUNK);
      ssize_t done = read (fd, into->data + length, CHUNK);
      g_byte_array_set_size (into, length + (guint) MAX (done, 0));
      if (done == 0)
        return TRUE;
      if (done < 0 && errno != EINTR)
        return FALSE;
    }
  return TRUE;
}

/* A copy with a NUL behind it. */
static GBytes *
new_terminated (GBytes *bytes)
{
  const gsize length = g_bytes_get_size (bytes);
  char *copy = g_malloc0 (length + 1);
  if (length > 0)
    memcpy (copy, g_bytes_get_data (bytes, NULL), length);
  return g_bytes_new_take (copy, length);
}

static GBytes *
read_descriptor (const VhSource *source, int fd, goffset expected, GError **error)
{
  GByteArray *read =
      g_byte_array_sized_new ((guint) CLAMP (expected + CHUNK, CHUNK, VH_DOCUMENT_MAX_BYTES));
  if (!read_all (fd, read))
    {
      const int code = errno;
      g_autofree char *shown = new_shown_name (source);
      g_autofree char *what = g_strdup_printf (_ ("%s could not be read"), shown);
      fail (error, code, what);
      g_byte_array_unref (read);
      return NULL;
    }
  if (read->len > VH_DOCUMENT_MAX_BYTES)
    {
      g_autofree char *shown = new_shown_name (source);
      g_set_error (error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_FAILED,
                   _ ("%1$s is larger than %2$u MiB. That is no domain of libvirt."), shown,
                   VH_DOCUMENT_MAX_BYTES / 1024 / 1024);
      g_byte_array_unref (read);
      return NULL;
    }
  const guint length = read->len;
  g_byte_array_append (read, (const guint8 *) "", 1);
  return g_bytes_new_take (g_byte_array_free (read, FALSE), length);
}

static gboolean
is_readable (const VhSource *source, int fd, struct stat *info, GError **error)
{
  if (fstat (fd, info) != 0)
    {
      const int code = errno;
      g_autofree char *shown = new_shown_name (source);
      g_autofree char *what = g_strdup_printf (_ ("%s could not be looked at"), shown);
      fail (error, code, what);
      return FALSE;
    }
  if (S_ISREG (info->st_mode))
    return TRUE;
  g_autofree char *shown = new_shown_name (source);
  g_set_error (error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_FAILED,
               S_ISDIR (info->st_mode)
                   ? _ ("%s is a folder. Give the path of a file with a domain's XML.")
                   : _ ("%s is not a regular file. Give a file, or '-' to read standard input."),
               shown);
  return FALSE;
}

static GBytes *
read_path (FileSource *file, GError **error)
{
  const VhSource *source = &file->source;
  /* Opening a FIFO or a device must not wait for anything. */
  int fd = open (source->name, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (fd < 0)
    {
      const int code = errno;
      g_autofree char *shown = new_shown_name (source);
      g_autofree char *what = g_strdup_printf (_ ("%s could not be opened"), shown);
      fail (error, code, what);
      return NULL;
    }
  GBytes *bytes = NULL;
  if (is_readable (source, fd, &file->seen, error))
    bytes = read_descriptor (source, fd, file->seen.st_size, error);
  file->has_seen = bytes != NULL;
  close (fd);
  return bytes;
}

static GBytes *
read_standard (FileSource *file, GError **error)
{
  if (!file->standard_input)
    file->standard_input = read_descriptor (&file->source, STDIN_FILENO, 0, error);
  return file->standard_input ? g_bytes_ref (file->standard_input) : NULL;
}

static VhDomainInfo *
new_info (const VhSource *source)
{
  VhDomainInfo *info = vh_domain_info_new ();
  info->name = is_standard (source) ? g_strdup ("-") : g_path_get_basename (source->name);
  info->source = g_strdup (source->name);
  info->is_file = TRUE;
  info->persistent = TRUE;
  info->id = -1;
  info->n_snapshots = -1;
  return info;
}

static GBytes *
file_read (VhSource *source, VhDomainInfo **info, GError **error)
{
  GBytes *bytes = is_standard (source) ? read_standard ((FileSource *) source, error)
                                       : read_path ((FileSource *) source, error);
  if (bytes && info)
    *info = new_info (source);
  return bytes;
}

static VhCaps *
file_probe (VhSource *source G_GNUC_UNUSED, const VhTopology *topology,
            GError **error G_GNUC_UNUSED)
{
  return vh_caps_new_assumed (topology->machine);
}

static gboolean
file_validate (VhSource *source, const char *reduced_xml G_GNUC_UNUSED,
               GPtrArray **args G_GNUC_UNUSED, GError **error)
{
  g_set_error (
      error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_UNSUPPORTED,
      _ ("%s is a file: no libvirt is asked about it. Use --connect to have one check it."),
      source->name);
  return FALSE;
}

static gboolean
write_standard (FileSource *file, GBytes *bytes, GError **error)
{
  gsize left = 0;
  const char *at = g_bytes_get_data (bytes, &left);
  while (left > 0)
    {
      ssize_t done = write (STDOUT_FILENO, at, left);
      if (done < 0 && errno != EINTR)
        {
          int code = errno;
          g_set_error (error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_FAILED,
                       _ ("Standard output could not be written: %s."), g_strerror (code));
          return FALSE;
        }
      at += MAX (done, 0);
      left -= (gsize) MAX (done, 0);
    }
  /* What was written is what is there now. */
  g_clear_pointer (&file->standard_input, g_bytes_unref);
  file->standard_input = new_terminated (bytes);
  return TRUE;
}

static gboolean
file_replace (VhSource *source, GBytes *bytes, VhReplaceFlags flags G_GNUC_UNUSED, GError **error)
{
  if (is_standard (source))
    return write_standard ((FileSource *) source, bytes, error);
  FileSource *file = (FileSource *) source;
  g_autoptr (GError) failure = NULL;
  if (file->has_seen ? vh_store_replace_same_file (source->name, &file->seen, bytes, &failure)
                     : vh_store_replace_file (source->name, bytes, NEW_FILE_MODE, &failure))
    {
      /* It is a new file now. */
      file->has_seen = FALSE;
      return TRUE;
    }
  if (g_error_matches (failure, G_FILE_ERROR, G_FILE_ERROR_AGAIN))
    {
      g_set_error_literal (error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_CONFLICT, failure->message);
      return FALSE;
    }
  gboolean denied = g_error_matches (failure, G_FILE_ERROR, G_FILE_ERROR_ACCES) ||
                    g_error_matches (failure, G_FILE_ERROR, G_FILE_ERROR_PERM) ||
                    g_error_matches (failure, G_FILE_ERROR, G_FILE_ERROR_ROFS);
  g_set_error_literal (error, VH_SOURCE_ERROR,
                       denied ? VH_SOURCE_ERROR_DENIED : VH_SOURCE_ERROR_FAILED, failure->message);
  return FALSE;
}

static void
file_free (VhSource *source)
{
  FileSource *file = (FileSource *) source;
  g_clear_pointer (&file->standard_input, g_bytes_unref);
  g_free (file);
}

static const VhSourceOps file_ops = {
  .read = file_read,
  .probe = file_probe,
  .validate = file_validate,
  .replace = file_replace,
  .free = file_free,
};

VhSource *
vh_source_new_file (const char *path)
{
  FileSource *file = g_new0 (FileSource, 1);
  file->source.ops = &file_ops;
  file->source.name = g_strdup (path);
  return &file->source;
}
