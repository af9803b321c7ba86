/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The overview on a real daemon: what others do to its domains shows, and what they do to the one
 * that is open. */
#include "backend.h"
#include "render/sink.h"
#include "tui/app_overview.h"
#include "tui/runner.h"

#include <string.h>

#define PATIENCE_S 60

static VhBackend *backend;

typedef struct {
  VhOptions *options;
  VhLoader *loader;
  VhApp *app;
  VhRunner runner;
} World;

static void
open_world (World *world)
{
  const char *words[] = { "virt-hotplug", "-c", backend->uri, NULL };
  g_autoptr (GError) error = NULL;
  world->options = vh_options_new ((char **) (gsize) words, &error);
  g_assert_no_error (error);
  world->loader = vh_loader_new (world->options);
  world->app = vh_app_new (80, 24, FALSE);
  world->runner = (VhRunner){ .app = world->app, .loader = world->loader };
  g_assert_true (vh_runner_start (&world->runner, &error));
  g_assert_no_error (error);
}

static void
close_world (World *world)
{
  vh_runner_clear (&world->runner);
  vh_loader_free (world->loader);
  vh_app_free (world->app);
  vh_options_free (world->options);
}

/* Does one line of the screen have both texts? */
static gboolean
shows (World *world, const char *one, const char *two)
{
  vh_runner_update (&world->runner);
  g_autoptr (VhCanvas) picture = vh_app_new_picture (world->app);
  g_autofree char *screen = vh_sink_text (picture);
  g_auto (GStrv) lines = g_strsplit (screen, "\n", -1);
  for (guint i = 0; lines[i]; i++)
    if (strstr (lines[i], one) && strstr (lines[i], two))
      return TRUE;
  return FALSE;
}

static void
expect (World *world, const char *one, const char *two)
{
  const char *slow = g_getenv ("VH_TEST_SLOW");
  const gint64 patience = (gint64) (PATIENCE_S * (slow ? g_ascii_strtod (slow, NULL) : 1));
  const gint64 end = g_get_monotonic_time () + patience * G_USEC_PER_SEC;
  while (vh_runner_take_results (&world->runner), !shows (world, one, two))
    {
      if (g_get_monotonic_time () > end)
        g_error ("no line of the screen has “%s” and “%s”", one, two);
      GPollFD polled = { .fd = vh_inbox_get_fd (vh_loader_get_inbox (world->loader)),
                         .events = G_IO_IN };
      g_poll (&polled, 1, 100);
    }
}

static void
press (World *world, VhKey key)
{
  vh_runner_do (&world->runner, vh_app_key (world->app, key));
}

static void
define (const char *name, const char *machine)
{
  g_autofree char *xml = vh_backend_new_domain (name, machine, "");
  g_free (vh_backend_define (backend, xml));
}

/* Somebody else's connection, and the domain over it. */
typedef struct {
  virConnectPtr connection;
  virDomainPtr domain;
} Other;

static Other
find (const char *name)
{
  Other other = { .connection = vh_backend_connect (backend) };
  other.domain = virDomainLookupByName (other.connection, name);
  g_assert_nonnull (other.domain);
  return other;
}

static void
leave (Other *other)
{
  virDomainFree (other->domain);
  virConnectClose (other->connection);
}

static void
test_rows (void)
{
  World world;
  define ("alpha", "pc-q35-7.2");
  define ("beta", "pc-i440fx-7.2");
  open_world (&world);
  expect (&world, "alpha", "pc-q35-7.2");
  expect (&world, "2 domains. ", "");
  define ("gamma", "pc-q35-6.0");
  expect (&world, "gamma", "native");
  Other other = find ("alpha");
  g_assert_cmpint (virDomainRename (other.domain, "omega", 0), ==, 0);
  expect (&world, "omega", "pc-q35-7.2");
  g_assert_false (shows (&world, "alpha", ""));
  leave (&other);
  vh_backend_undefine (backend, "gamma");
  expect (&world, "2 domains. ", "");
  g_assert_false (shows (&world, "gamma", ""));
  close_world (&world);
  vh_backend_undefine (backend, "omega");
  vh_backend_undefine (backend, "beta");
}

/* In the overview, and in the title of the domain that is open. */
static void
test_states (void)
{
  World world;
  define ("runner", "pc-q35-7.2");
  open_world (&world);
  expect (&world, "runner", "shutoff");
  Other other = find ("runner");
  g_assert_cmpint (virDomainCreateWithFlags (other.domain, VIR_DOMAIN_START_PAUSED), ==, 0);
  expect (&world, "runner", "paused");
  expect (&world, "1 domain. ", "");
  press (&world, VH_KEY_ENTER);
  expect (&world, "runner", "paused  pc-q35-7.2  QEMU");
  g_assert_cmpint (virDomainDestroy (other.domain), ==, 0);
  expect (&world, "runner", "shutoff  pc-q35-7.2  QEMU");
  g_assert_false (shows (&world, "changed elsewhere", ""));
  leave (&other);
  close_world (&world);
  vh_backend_undefine (backend, "runner");
}

/* Its own write is no news; the row of what was written is new. */
static void
test_own_write (void)
{
  World world;
  define ("written", "pc-q35-7.2");
  open_world (&world);
  expect (&world, "written", " on ");
  press (&world, VH_KEY_ENTER);
  press (&world, 'B');
  press (&world, 'w');
  press (&world, 'y');
  expect (&world, "stored", "");
  press (&world, 'L');
  expect (&world, "written", " off ");
  g_assert_false (shows (&world, "changed elsewhere", ""));
  close_world (&world);
  vh_backend_undefine (backend, "written");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autofree char *missing = NULL;
  backend = vh_backend_new (VH_BACKEND_DAEMON, &missing);
  if (!backend)
    {
      g_print ("1..0 # SKIP %s\n", g_strdelimit (missing, "\n", ' '));
      return 0;
    }
  g_test_add_func ("/overview/rows", test_rows);
  g_test_add_func ("/overview/states", test_states);
  g_test_add_func ("/overview/own-write", test_own_write);
  const int status = g_test_run ();
  vh_backend_free (backend);
  return status;
}
