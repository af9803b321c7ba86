/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs a target on the inputs that are kept: each file below the folders
 * named, and each cut short in the middle. */
#include "tests/fuzz/fuzz.h"

#include <glib.h>

static void
replay (gconstpointer data)
{
  const char *path = data;
  g_autofree char *bytes = NULL;
  gsize length = 0;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (path, &bytes, &length, &error);
  g_assert_no_error (error);
  LLVMFuzzerTestOneInput ((const uint8_t *) bytes, length);
  LLVMFuzzerTestOneInput ((const uint8_t *) bytes, length / 2);
}

static guint
add_folder (const char *folder)
{
  guint n = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) names = g_dir_open (folder, 0, &error);
  g_assert_no_error (error);
  const char *name = NULL;
  while ((name = g_dir_read_name (names)))
    {
      g_autofree char *test = g_strconcat ("/", name, NULL);
      g_test_add_data_func_full (test, g_build_filename (folder, name, NULL), replay, g_free);
      n++;
    }
  return n;
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (int i = 1; i < argc; i++)
    if (add_folder (argv[i]) == 0)
      g_error ("%s holds no seeds.", argv[i]);
  return g_test_run ();
}
