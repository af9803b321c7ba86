/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A domain is shown before its capabilities are known, and safe until they are. */
#include <string.h>

#include "fake_host.h"
#include "scratch.h"
#include "world.h"

#define ASKING "asking for capabilities"
#define REFUSAL "Capabilities are still being asked for."

/* The domains are in sight, and the cursor is on vm-0. */
static void
open_world (World *world)
{
  const char *const words[] = { "virt-hotplug", NULL };
  world_open (world, words, vh_fake_host_new (2, FALSE));
  world_expect (world, "2 domains. ");
}

static void
open_held (World *world)
{
  open_world (world);
  vh_fake_host_hold_probes (world->host);
  world_press (world, "Enter");
}

static void
test_before_the_answer (void)
{
  World world;
  open_held (&world);
  g_autofree char *title = world_dup_line (&world, "vm-0  shutoff", ASKING);
  g_assert_nonnull (title);
  g_assert_null (strstr (title, "QEMU"));
  g_assert_true (world_shows (&world, "pcie-root"));
  world_press (&world, "Down Down s");
  const VhRowKey cursor = world.app->view->cursor;
  vh_fake_host_answer_probe (world.host, TRUE);
  world_expect_both (&world, "vm-0  shutoff", "QEMU 7.2");
  g_assert_false (world_shows (&world, ASKING));
  g_assert_cmpuint (world.app->view->cursor, ==, cursor);
  g_assert_cmpuint (g_hash_table_size (world.app->view->slots), ==, 1);
  world_press (&world, "B");
  g_assert_true (world_shows (&world, "UNSAVED"));
  world_close (&world);
}

/* What was kept is there from the first picture on. */
static void
test_kept (void)
{
  World world;
  open_world (&world);
  world_press (&world, "Enter");
  g_assert_true (world_shows (&world, "QEMU 7.2"));
  world_press (&world, "B");
  g_assert_true (world_shows (&world, "UNSAVED"));
  world_close (&world);
}

/* Whatever depends on them is refused, and what does not goes on. */
static void
test_refused_keys (void)
{
  static const char *const keys[] = { "Space", "1", "0", "d", "R", "B", "p",
                                      "a",     "x", "f", "m", "w", "v", "H" };
  World world;
  open_held (&world);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      world_press (&world, keys[i]);
      g_assert_cmpstr (world.app->view->message, ==, REFUSAL);
      g_assert_cmpint (world.app->view->screen, ==, VH_SCREEN_MAIN);
      g_assert_cmpint (world.app->view->prompt, ==, VH_PROMPT_NONE);
    }
  g_assert_false (vh_session_is_changed (world.app->session));
  world_press (&world, "!");
  g_assert_cmpint (world.app->view->screen, ==, VH_SCREEN_FINDINGS);
  world_press (&world, "Esc w");
  vh_fake_host_answer_probe (world.host, TRUE);
  world_expect (&world, "QEMU 7.2");
  /* The refusal is no longer true. */
  g_assert_false (world_shows (&world, REFUSAL));
  world_close (&world);
}

static void
test_failure (void)
{
  World world;
  open_held (&world);
  vh_fake_host_answer_probe (world.host, FALSE);
  world_expect (&world, "No QEMU can be asked.");
  g_assert_true (world_shows (&world, "QEMU unknown"));
  world_press (&world, "B");
  g_assert_true (world_shows (&world, "Capabilities are not known: r asks for them again."));
  vh_fake_host_answer_probe (world.host, TRUE);
  world_press (&world, "r");
  world_expect (&world, "QEMU 7.2");
  world_press (&world, "B");
  g_assert_true (world_shows (&world, "UNSAVED"));
  world_close (&world);
}

/* It is said that they take long, and nobody is given up for that. */
static void
test_late (void)
{
  World world;
  open_held (&world);
  g_assert_cmpint (vh_runner_get_due (&world.runner), <, G_MAXINT64);
  world.runner.ask_late = 0;
  g_assert_cmpint (vh_runner_take_results (&world.runner), ==, VH_NEWS_NOW);
  g_assert_nonnull (strstr (world.app->view->message, "while " ASKING));
  g_assert_cmpint (vh_runner_get_due (&world.runner), ==, G_MAXINT64);
  world_press (&world, "Down");
  g_assert_cmpint (vh_runner_take_results (&world.runner), ==, VH_NEWS_NONE);
  g_assert_true (world_shows (&world, ASKING));
  vh_fake_host_answer_probe (world.host, TRUE);
  world_expect (&world, "QEMU 7.2");
  world_close (&world);
}

/* The answer about the domain before is none about this one. */
static void
test_another_domain (void)
{
  World world;
  open_held (&world);
  const guint first = world.runner.asked;
  world_press (&world, "L");
  world_expect (&world, "2 domains");
  vh_fake_host_answer_probe (world.host, TRUE);
  world_press (&world, "Down Enter");
  g_assert_true (world_shows (&world, "vm-1  shutoff"));
  g_assert_cmpuint (world.runner.asked, !=, first);
  vh_runner_take_results (&world.runner);
  g_assert_true (world_shows (&world, ASKING));
  vh_fake_host_answer_probe (world.host, TRUE);
  vh_fake_host_answer_probe (world.host, TRUE);
  world_expect_both (&world, "vm-1  shutoff", "QEMU 7.2");
  world_close (&world);
}

/* Read again while they are asked for: the edits, the cursor and what is known are of one text. */
static void
test_reload (void)
{
  World world;
  open_held (&world);
  vh_fake_host_answer_probe (world.host, TRUE);
  vh_fake_host_answer_probe (world.host, TRUE);
  world_press (&world, "r");
  g_assert_true (world_shows (&world, "Read again."));
  world_expect (&world, "QEMU 7.2");
  world_press (&world, "B");
  g_assert_true (world_shows (&world, "UNSAVED"));
  vh_runner_take_results (&world.runner);
  g_assert_true (world_shows (&world, "UNSAVED"));
  world_close (&world);
}

/* What an earlier run left is asked about when it can be taken up, and not in the middle of a
 * search. */
static void
test_kept_edits (void)
{
  char *scratch = vh_scratch_new ();
  World world;
  open_world (&world);
  world.runner.keeper = vh_keeper_new ();
  world_press (&world, "Enter B");
  vh_keeper_update (world.runner.keeper, world.app);
  world_close (&world);
  open_world (&world);
  world.runner.keeper = vh_keeper_new ();
  vh_fake_host_hold_probes (world.host);
  world_press (&world, "Enter / b");
  vh_fake_host_answer_probe (world.host, TRUE);
  world_expect (&world, "QEMU 7.2");
  g_assert_cmpint (world.app->view->prompt, ==, VH_PROMPT_SEARCH);
  world_press (&world, "Enter");
  world_expect (&world, "Take them up?");
  world_press (&world, "y");
  g_assert_true (world_shows (&world, "UNSAVED"));
  vh_keeper_drop (world.runner.keeper);
  world_close (&world);
  vh_scratch_free (scratch);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/opening/before-the-answer", test_before_the_answer);
  g_test_add_func ("/opening/kept", test_kept);
  g_test_add_func ("/opening/refused-keys", test_refused_keys);
  g_test_add_func ("/opening/failure", test_failure);
  g_test_add_func ("/opening/late", test_late);
  g_test_add_func ("/opening/another-domain", test_another_domain);
  g_test_add_func ("/opening/reload", test_reload);
  g_test_add_func ("/opening/kept-edits", test_kept_edits);
  return g_test_run ();
}
