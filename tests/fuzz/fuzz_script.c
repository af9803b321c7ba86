/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The whole headless program: each byte is a key or a size of the screen, on
 * a demo domain that may be written. Laws: every key has an effect or a
 * reason, no picture is wider than its screen, and the file stays a domain. */
#include "tests/fuzz/fuzz.h"
#include "tui/action.h"
#include "tui/demo.h"
#include "tui/script.h"

#include <stdlib.h>

#define MAX_KEYS 100

static const char *const sizes[] = { "80x24", "40x10", "20x5", "1x1", "132x43", "300x100" };
static char *folder, *path;
static char *fresh;
static gsize fresh_length;

static void
remove_folder (void)
{
  vh_demo_remove (folder);
}

static void
set_up (void)
{
  g_autoptr (GError) error = NULL;
  folder = vh_demo_make_directory (&error);
  g_assert_no_error (error);
  atexit (remove_folder);
  g_setenv ("XDG_STATE_HOME", folder, TRUE);
  g_setenv ("XDG_CACHE_HOME", folder, TRUE);
  path = vh_demo_get_path (folder, "pc-q35-6.2");
  g_file_get_contents (path, &fresh, &fresh_length, &error);
  g_assert_no_error (error);
}

/* A line of a script; every key of the table is reached. Caller frees. */
static char *
new_line (guint8 which)
{
  guint n_actions = 0;
  const VhAction *actions = vh_action_get_table (&n_actions);
  if (which < n_actions)
    return g_strdup (actions[which].key);
  if (which < n_actions + G_N_ELEMENTS (sizes))
    return g_strdup_printf ("size %s", sizes[which - n_actions]);
  return g_strdup_printf ("type %c", (char) ('!' + which % 94));
}

/* Leaving is where a script ends: nothing is pressed after it. */
static gboolean
press (VhRunner *runner, guint8 which)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = new_line (which);
  const gboolean done = vh_script_run (runner, line, &error);
  g_assert_true (done || error);
  g_autoptr (VhCanvas) picture = vh_app_new_picture (runner->app);
  g_assert_cmpuint (picture->width, ==, runner->app->width);
  return done;
}

static void
check_stored (void)
{
  g_autoptr (GError) error = NULL;
  char *stored = NULL;
  gsize length = 0;
  g_file_get_contents (path, &stored, &length, &error);
  g_assert_no_error (error);
  g_autoptr (VhDocument) document = vh_document_new_take (stored, length, &error);
  g_assert_no_error (error);
  g_assert_true (vh_document_is (document, 0, "domain"));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (!folder)
    set_up ();
  g_autoptr (GError) error = NULL;
  g_file_set_contents (path, fresh, (gssize) fresh_length, &error);
  g_assert_no_error (error);
  char qemu[] = "7.2";
  VhOptions options = { .qemu = qemu };
  g_autoptr (VhLoader) loader = vh_loader_new (&options);
  g_autoptr (VhApp) app = vh_app_new (80, 24, FALSE);
  g_auto (VhRunner) runner = { .app = app, .loader = loader, .target = path };
  g_assert_true (vh_runner_start (&runner, &error));
  for (size_t i = 0; i < MIN (size, MAX_KEYS) && press (&runner, data[i]); i++)
    ;
  check_stored ();
  return 0;
}
