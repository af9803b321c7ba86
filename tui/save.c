/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/save.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "model/i18n.h"
#include "model/io/store.h"
#include "tui/load.h"
#include "tui/output.h"

#define NEW_FILE_MODE 0666 /* less what the umask takes */

gboolean
vh_save_is_special (const char *path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

static gboolean
is_same_file (const char *one, const char *other)
{
  GStatBuf a, b;
  return g_stat (one, &a) == 0 && g_stat (other, &b) == 0 && a.st_dev == b.st_dev &&
         a.st_ino == b.st_ino;
}

gboolean
vh_save_is_domain (const char *path, const char *target)
{
  if (!target || !vh_load_is_file (target) || !is_same_file (target, path))
    return FALSE;
  vh_output_error (_ ("%s is the domain itself. Write to another file."), path);
  return TRUE;
}

static gboolean
write_special (const char *path, const char *bytes, gsize length)
{
  FILE *file = fopen (path, "we");
  if (!file)
    return FALSE;
  const gboolean written = fwrite (bytes, 1, length, file) == length;
  return fclose (file) == 0 && written;
}

gboolean
vh_save (const char *path, const char *bytes, gsize length, GError **error)
{
  if (!vh_save_is_special (path))
    {
      g_autoptr (GBytes) text = g_bytes_new_static (bytes, length);
      return vh_store_replace_file (path, text, NEW_FILE_MODE, error);
    }
  if (write_special (path, bytes, length))
    return TRUE;
  const int code = errno;
  g_autofree char *shown = g_filename_display_name (path);
  g_set_error (error, G_FILE_ERROR, (gint) g_file_error_from_errno (code),
               _ ("%1$s could not be written: %2$s."), shown, g_strerror (code));
  return FALSE;
}

gboolean
vh_save_text (const char *path, const char *text, GError **error)
{
  return vh_save (path, text, strlen (text), error);
}
