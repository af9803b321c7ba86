/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The overview of many domains, while it fills and while they change. */
#include <string.h>

#include "fake_host.h"
#include "tui/app_overview.h"
#include "world.h"

#define N 60

static void
open_world (World *world, guint n, gboolean is_slow)
{
  const char *const words[] = { "virt-hotplug", NULL };
  world_open (world, words, vh_fake_host_new (n, is_slow));
}

static void
close_world (World *world)
{
  vh_fake_host_permit (world->host, 10000);
  world_close (world);
}

static const char *
get_name (const World *world)
{
  const VhSummary *domain = vh_app_get_domain (world->app);
  g_assert_nonnull (domain);
  return domain->info->name;
}

/* ---- while it fills ---- */

/* Nothing is waited for, and whatever is known can be used. */
static void
test_does_not_wait (void)
{
  World world;
  open_world (&world, N, TRUE);
  g_assert_true (world_shows (&world, "Reading the list of domains"));
  world_press (&world, "Down s Up End");
  g_assert_cmpint (vh_app_key (world.app, 'q'), ==, VH_EFFECT_QUIT);
  vh_fake_host_permit (world.host, 1);
  world_expect (&world, "vm-0");
  g_assert_true (world_shows (&world, "60 domains, 0 read"));
  g_autofree char *line = world_dup_line (&world, " vm-0 ", "");
  g_assert_nonnull (strstr (line, "shutoff"));
  g_assert_nonnull (strstr (line, "not read yet"));
  world_press (&world, "Down Down");
  g_assert_cmpstr (get_name (&world), ==, "vm-2");
  world_press (&world, "\\ 5 Enter");
  g_assert_true (world_shows (&world, "15 of 60 domains with \"5\", 0 read"));
  g_assert_cmpint (vh_app_key (world.app, 'q'), ==, VH_EFFECT_QUIT);
  close_world (&world);
}

/* What is in sight is read first, wherever that is by then. */
static void
test_in_sight_first (void)
{
  World world;
  open_world (&world, N, TRUE);
  world_press (&world, "S");
  vh_fake_host_permit (world.host, 1);
  world_expect (&world, "vm-59");
  vh_runner_take_results (&world.runner);
  /* What was asked for in the first moment is asked for. */
  vh_fake_host_permit (world.host, 10);
  world_expect (&world, "60 domains, 10 read");
  for (guint i = 0; i < 10; i++)
    g_assert_cmpuint (vh_fake_host_pop_look (world.host), >, N - 24);
  world_press (&world, "End");
  vh_runner_take_results (&world.runner);
  for (guint i = 0; i < 3; i++)
    vh_fake_host_permit (world.host, 1), vh_fake_host_pop_look (world.host);
  world_expect (&world, "60 domains, 13 read");
  vh_fake_host_permit (world.host, 5);
  world_expect (&world, "60 domains, 18 read");
  for (guint i = 0; i < 5; i++)
    g_assert_cmpuint (vh_fake_host_pop_look (world.host), <, 24);
  close_world (&world);
}

/* When a question about the domain that is opened waits, too. */
static gpointer
permit_later (gpointer host)
{
  for (guint i = 0; i < 2; i++)
    {
      g_usleep (200000);
      vh_fake_host_permit (host, 1);
    }
  return NULL;
}

/* It asks twice, for the XML and for capabilities; only the look that runs then is waited for. */
static void
test_opening_goes_first (void)
{
  World world;
  open_world (&world, N, TRUE);
  vh_fake_host_permit (world.host, 1);
  world_expect (&world, "60 domains, 0 read");
  vh_fake_host_pop_look (world.host);
  world_press (&world, "End");
  GThread *permitting = g_thread_new ("permit", permit_later, world.host);
  world_press (&world, "Enter");
  world_expect (&world, "vm-59  shutoff");
  g_thread_join (permitting);
  /* What was read meanwhile is not lost, and the rest goes on behind the screen. */
  vh_fake_host_permit (world.host, 2 * N);
  world_press (&world, "L");
  world_expect (&world, "60 domains. ");
  g_assert_cmpstr (get_name (&world), ==, "vm-59");
  close_world (&world);
}

static void
test_dead_line (void)
{
  World world;
  open_world (&world, N, FALSE);
  world_expect (&world, "60 domains. ");
  vh_fake_host_set_lost (world.host, TRUE);
  world_press (&world, "r");
  world_expect (&world, "The line to fake:/// is dead");
  g_assert_true (world_shows (&world, "vm-1 "));
  /* It is said as long as it is so, not only until the next key. */
  world_press (&world, "Down");
  g_assert_true (world_shows (&world, "60 domains. No connection: it is made again."));
  vh_fake_host_set_lost (world.host, FALSE);
  world_press (&world, "r");
  g_assert_false (world_shows (&world, "is dead"));
  /* By this key, or by a try behind the screen, which tells of it until the next key. */
  world_await_connection (&world);
  world_press (&world, "Down");
  world_expect (&world, "60 domains. PCIE");
  close_world (&world);
}

/* ---- while they change ---- */

static void
test_events (void)
{
  World world;
  open_world (&world, 4, FALSE);
  world_expect (&world, "4 domains. ");
  world_press (&world, "Down Down");
  vh_fake_host_set_state (world.host, 1, "running");
  vh_fake_host_tell (world.host, 1);
  world_expect (&world, "running");
  g_autofree char *line = world_dup_line (&world, " vm-1 ", "");
  g_assert_nonnull (strstr (line, "running"));
  vh_fake_host_remove (world.host, 0);
  vh_fake_host_tell (world.host, 0);
  world_expect (&world, "3 domains. ");
  g_assert_cmpstr (get_name (&world), ==, "vm-2");
  vh_fake_host_add (world.host, 7);
  vh_fake_host_tell (world.host, 7);
  world_expect (&world, "vm-7");
  vh_fake_host_rename (world.host, 2, "zebra");
  vh_fake_host_tell (world.host, 2);
  world_expect (&world, "zebra");
  g_assert_false (world_shows (&world, "vm-2"));
  g_assert_cmpstr (get_name (&world), ==, "zebra");
  g_assert_cmpuint (world.app->view->domain, ==, 3);
  close_world (&world);
}

/* Many at once about one domain are one question, and the last state counts. */
static void
test_many_events (void)
{
  World world;
  open_world (&world, 4, FALSE);
  world_expect (&world, "4 domains. ");
  for (guint i = 0; i < 4; i++)
    vh_fake_host_pop_look (world.host);
  vh_fake_host_set_machine (world.host, 3, "pc-i440fx-6.0");
  for (guint i = 0; i < 500; i++)
    vh_fake_host_tell (world.host, 3);
  world_expect (&world, "pc-i440fx-6.0");
  vh_runner_settle (&world.runner);
  guint n = 0;
  vh_fake_host_tell (world.host, 0);
  world_expect (&world, "4 domains. ");
  vh_runner_settle (&world.runner);
  while (vh_fake_host_pop_look (world.host) == 3)
    n++;
  g_assert_cmpuint (n, <, 100);
  close_world (&world);
}

/* The title of the open domain follows its state; its stored text did not change. */
static void
test_open_domain (void)
{
  World world;
  open_world (&world, 4, FALSE);
  world_expect (&world, "4 domains. ");
  world_press (&world, "Down Enter");
  g_assert_true (world_shows (&world, "vm-1  shutoff"));
  vh_fake_host_set_state (world.host, 1, "running");
  vh_fake_host_tell (world.host, 1);
  world_expect (&world, "vm-1  running");
  g_assert_false (world_shows (&world, "changed elsewhere"));
  vh_fake_host_set_machine (world.host, 1, "pc-i440fx-6.0");
  vh_fake_host_tell (world.host, 1);
  world_expect (&world, "changed elsewhere");
  world_press (&world, "r");
  g_assert_true (world_shows (&world, "pc-i440fx-6.0"));
  /* Another domain is no news here. */
  vh_fake_host_tell (world.host, 2);
  vh_runner_settle (&world.runner);
  g_assert_false (world_shows (&world, "changed elsewhere"));
  world_press (&world, "L");
  g_assert_cmpstr (get_name (&world), ==, "vm-1");
  world_expect (&world, "pc-i440fx-6.0");
  close_world (&world);
}

/* ---- order, filter, cursor ---- */

static void
test_cursor (void)
{
  World world;
  open_world (&world, N, FALSE);
  world_expect (&world, "60 domains. ");
  world_press (&world, "Down Down Down");
  g_assert_cmpstr (get_name (&world), ==, "vm-3");
  world_press (&world, "S");
  g_assert_cmpstr (get_name (&world), ==, "vm-3");
  g_assert_cmpuint (world.app->view->domain, ==, N - 4);
  world_press (&world, "s s");
  g_assert_cmpint (world.app->view->sort, ==, VH_COLUMN_MACHINE);
  g_assert_cmpstr (get_name (&world), ==, "vm-3");
  world_press (&world, "< < S");
  g_assert_cmpuint (world.app->view->domain, ==, 3);
  world_press (&world, "\\ v m - 3 Enter");
  g_assert_cmpuint (world.app->list->rows->len, ==, 11);
  g_assert_cmpstr (get_name (&world), ==, "vm-3");
  world_press (&world, "Esc");
  g_assert_cmpuint (world.app->list->rows->len, ==, N);
  g_assert_cmpstr (get_name (&world), ==, "vm-3");
  world_press (&world, "/ v m - 4 Enter");
  g_assert_cmpstr (get_name (&world), ==, "vm-4");
  world_press (&world, "n n N");
  g_assert_cmpstr (get_name (&world), ==, "vm-40");
  vh_app_resize (world.app, 40, 10);
  g_assert_cmpstr (get_name (&world), ==, "vm-40");
  world_press (&world, "Esc");
  g_assert_cmpint (vh_app_key (world.app, VH_KEY_ESC), ==, VH_EFFECT_QUIT);
  close_world (&world);
}

static void
test_no_domains (void)
{
  World world;
  open_world (&world, 0, FALSE);
  world_expect (&world, "There are no domains here");
  world_press (&world, "Down Enter s S");
  g_assert_true (world_shows (&world, "0 domains"));
  close_world (&world);
}

/* A window dragged to nothing has no column to sort by. */
static void
test_no_columns (void)
{
  World world;
  open_world (&world, 3, FALSE);
  world_expect (&world, "3 domains");
  vh_app_resize (world.app, 1, 24);
  const VhColumnId before = world.app->view->sort;
  world_press (&world, "> < > <");
  g_assert_cmpint (world.app->view->sort, ==, before);
  close_world (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/overview/does-not-wait", test_does_not_wait);
  g_test_add_func ("/overview/in-sight-first", test_in_sight_first);
  g_test_add_func ("/overview/opening-goes-first", test_opening_goes_first);
  g_test_add_func ("/overview/dead-line", test_dead_line);
  g_test_add_func ("/overview/events", test_events);
  g_test_add_func ("/overview/many-events", test_many_events);
  g_test_add_func ("/overview/open-domain", test_open_domain);
  g_test_add_func ("/overview/cursor", test_cursor);
  g_test_add_func ("/overview/no-domains", test_no_domains);
  g_test_add_func ("/overview/no-columns", test_no_columns);
  return g_test_run ();
}
