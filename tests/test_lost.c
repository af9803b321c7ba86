/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A connection that is lost: what shows may be old, and it is made again without a key. */
#include <string.h>

#include "fake_host.h"
#include "world.h"

#define OLD "may be old"
#define PAUSE_S 1

static void
open_world (World *world)
{
  const char *const words[] = { "virt-hotplug", NULL };
  world_open (world, words, vh_fake_host_new (4, FALSE));
  world_expect (world, "4 domains. PCIE");
}

/* The mark of the row. */
static gboolean
is_old (World *world, const char *name)
{
  g_autofree char *line = world_dup_line (world, name, "");
  g_assert_nonnull (line);
  return line[0] == '~';
}

/* Until a try has failed; how long it waits then, in seconds. */
static gint
await_pause (World *world)
{
  VhRunner *runner = &world->runner;
  while (runner->connecting || !runner->n_tries)
    {
      GPollFD polled = { .fd = vh_inbox_get_fd (vh_loader_get_inbox (world->loader)),
                         .events = G_IO_IN };
      g_poll (&polled, 1, 100);
      vh_runner_take_results (runner);
    }
  const gint64 left = runner->try_at - g_get_monotonic_time ();
  return (gint) ((left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
}

static void
test_rows (void)
{
  World world;
  open_world (&world);
  g_assert_false (is_old (&world, "vm-1 "));
  vh_fake_host_tell_lost (world.host);
  world_expect (&world, "The connection to libvirt was closed. It is being made again.");
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *name = g_strdup_printf ("vm-%u ", i);
      g_assert_true (is_old (&world, name));
    }
  /* It is said as long as it is so, not only until the next key. */
  world_press (&world, "Down");
  g_assert_true (world_shows (&world, "No connection: it is made again. ~ marks what " OLD));
  g_assert_true (world_shows (&world, "shutoff"));
  vh_fake_host_set_state (world.host, 1, "running");
  vh_fake_host_set_lost (world.host, FALSE);
  world_expect_both (&world, "vm-1 ", "running");
  world_expect (&world, "Connected again.");
  world_press (&world, "Down");
  world_expect (&world, "4 domains. PCIE");
  g_assert_false (world_shows (&world, OLD));
  g_assert_false (is_old (&world, "vm-3 "));
  world_close (&world);
}

/* One that is not there for long is tried ever more seldom, and keys work as always. */
static void
test_pauses (void)
{
  World world;
  open_world (&world);
  vh_fake_host_tell_lost (world.host);
  world_expect (&world, "It is being made again.");
  for (gint pause = PAUSE_S; pause <= 2 * PAUSE_S; pause *= 2)
    {
      g_assert_cmpint (await_pause (&world), ==, pause);
      g_assert_cmpint (vh_runner_get_due (&world.runner), ==, world.runner.try_at);
      const guint before = vh_fake_host_count_connects (world.host);
      vh_runner_take_results (&world.runner);
      g_assert_cmpuint (vh_fake_host_count_connects (world.host), ==, before);
      world.runner.try_at = 0;
      world_press (&world, "Down s");
      vh_runner_take_results (&world.runner);
      g_assert_cmpint (vh_runner_get_due (&world.runner), ==, G_MAXINT64);
    }
  world.runner.n_tries = 1000;
  g_assert_cmpint (await_pause (&world), ==, 32 * PAUSE_S);
  vh_fake_host_set_lost (world.host, FALSE);
  world.runner.try_at = 0;
  world_expect (&world, "Connected again.");
  world_press (&world, "Down");
  world_expect (&world, "4 domains. PCIE");
  g_assert_cmpuint (world.runner.n_tries, ==, 0);
  g_assert_cmpint (vh_runner_get_due (&world.runner), ==, G_MAXINT64);
  world_close (&world);
}

/* What was done to the open domain meanwhile is told; what the user did stays. */
static void
test_open_domain (void)
{
  World world;
  open_world (&world);
  world_press (&world, "Enter B");
  vh_fake_host_tell_lost (world.host);
  world_expect (&world, "NO CONNECTION  * UNSAVED");
  vh_fake_host_set_machine (world.host, 0, "pc-q35-6.0");
  vh_fake_host_set_lost (world.host, FALSE);
  world_expect (&world, "changed elsewhere");
  g_assert_false (world_shows (&world, "NO CONNECTION"));
  g_assert_true (world_shows (&world, "* UNSAVED"));
  world_close (&world);
}

/* What is read by a key meanwhile shows that it is there again. */
static void
test_found_by_a_key (void)
{
  World world;
  open_world (&world);
  vh_fake_host_tell_lost (world.host);
  world_expect (&world, "It is being made again.");
  await_pause (&world);
  world.runner.n_tries = 1000;
  world.runner.try_at = G_MAXINT64 - 1;
  vh_fake_host_set_lost (world.host, FALSE);
  world_press (&world, "Enter");
  world_expect (&world, "Connected again.");
  world_press (&world, "L");
  world_expect (&world, "4 domains. PCIE");
  g_assert_false (is_old (&world, "vm-1 "));
  world_close (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lost/rows", test_rows);
  g_test_add_func ("/lost/pauses", test_pauses);
  g_test_add_func ("/lost/open-domain", test_open_domain);
  g_test_add_func ("/lost/found-by-a-key", test_found_by_a_key);
  return g_test_run ();
}
