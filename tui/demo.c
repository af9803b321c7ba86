/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/demo.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#define RESOURCES "/org/virt_hotplug/demo/"

/* Outside a system with virtlogd the driver must write serial logs itself. */
#define QEMU_CONF "stdio_handler = \"file\"\nuser = \"root\"\ngroup = \"root\"\n"

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char **
vh_demo_get_names (void)
{
  g_auto (GStrv) files =
      g_resources_enumerate_children (RESOURCES, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (guint i = 0; files && files[i]; i++)
    if (g_str_has_suffix (files[i], ".xml"))
      g_ptr_array_add (names, g_strndup (files[i], strlen (files[i]) - strlen (".xml")));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

static GBytes *
lookup (const char *file)
{
  g_autofree char *path = g_strconcat (RESOURCES, file, NULL);
  GBytes *bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_assert (bytes);
  return bytes;
}

static gboolean
write_domain (const char *directory, const char *name, GError **error)
{
  g_autofree char *file = g_strconcat (name, ".xml", NULL);
  g_autoptr (GBytes) bytes = lookup (file);
  g_autofree char *path = vh_demo_get_path (directory, name);
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length);
  return g_file_set_contents (path, text, (gssize) length, error);
}

static gboolean
fill (const char *directory, GError **error)
{
  g_autofree char *domains = g_build_filename (directory, "etc", "qemu", NULL);
  g_autofree char *conf = g_build_filename (directory, "etc", "qemu.conf", NULL);
  if (g_mkdir_with_parents (domains, 0700) != 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s.", domains,
                   g_strerror (errno));
      return FALSE;
    }
  if (!g_file_set_contents (conf, QEMU_CONF, -1, error))
    return FALSE;
  g_auto (GStrv) names = vh_demo_get_names ();
  for (guint i = 0; names[i]; i++)
    if (!write_domain (directory, names[i], error))
      return FALSE;
  return TRUE;
}

char *
vh_demo_make_directory (GError **error)
{
  g_autofree char *directory = g_dir_make_tmp ("virt-hotplug-demo-XXXXXX", error);
  if (!directory)
    return NULL;
  if (fill (directory, error))
    return g_steal_pointer (&directory);
  vh_demo_remove (directory);
  return NULL;
}

/* Depth is bounded by what we and the driver made. Links are removed, never
 * followed. */
static void
remove_tree (const char *path)
{
  if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    {
      g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
      const char *name = NULL;
      while (dir && (name = g_dir_read_name (dir)))
        {
          g_autofree char *child = g_build_filename (path, name, NULL);
          remove_tree (child);
        }
    }
  g_remove (path);
}

void
vh_demo_remove (const char *directory)
{
  remove_tree (directory);
}

char *
vh_demo_get_uri (const char *directory)
{
  g_autofree char *escaped = g_uri_escape_string (directory, "/", FALSE);
  return g_strconcat ("qemu:///embed?root=", escaped, NULL);
}

char *
vh_demo_get_path (const char *directory, const char *name)
{
  /* The list of domains shows files by their file names. */
  const char *end = g_str_has_suffix (name, ".xml") ? "" : ".xml";
  g_autofree char *file = g_strconcat (name, end, NULL);
  return g_build_filename (directory, "etc", "qemu", file, NULL);
}

GPtrArray *
vh_demo_list (const char *directory)
{
  g_auto (GStrv) names = vh_demo_get_names ();
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) vh_domain_info_free);
  for (guint i = 0; names[i]; i++)
    {
      VhDomainInfo *info = vh_domain_info_new ();
      info->name = g_strdup (names[i]);
      info->source = vh_demo_get_path (directory, names[i]);
      info->is_file = TRUE;
      info->persistent = TRUE;
      g_ptr_array_add (list, info);
    }
  return list;
}

GBytes *
vh_demo_new_recording (void)
{
  return lookup ("qemu-7.2.caps");
}
