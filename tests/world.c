/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "world.h"

#include <string.h>

#include "render/sink.h"
#include "tui/key.h"

#define PATIENCE_S 60

void
world_open (World *world, const char *const *words, VhSource *host)
{
  g_autoptr (GError) error = NULL;
  world->options = vh_options_new ((char **) (gsize) words, &error);
  g_assert_no_error (error);
  world->host = host;
  world->loader =
      host ? vh_loader_new_for_source (world->options, host) : vh_loader_new (world->options);
  world->app = vh_app_new (80, 24, FALSE);
  world->runner = (VhRunner){ .app = world->app,
                              .loader = world->loader,
                              .target = world->options->targets[0] };
  g_assert_true (vh_runner_start (&world->runner, &error));
  g_assert_no_error (error);
}

void
world_close (World *world)
{
  vh_runner_clear (&world->runner);
  vh_loader_free (world->loader);
  vh_app_free (world->app);
  vh_options_free (world->options);
}

char *
world_dup_screen (World *world)
{
  vh_runner_update (&world->runner);
  g_autoptr (VhCanvas) picture = vh_app_new_picture (world->app);
  return vh_sink_text (picture);
}

char *
world_dup_line (World *world, const char *one, const char *two)
{
  g_autofree char *screen = world_dup_screen (world);
  g_auto (GStrv) lines = g_strsplit (screen, "\n", -1);
  for (guint i = 0; lines[i]; i++)
    if (strstr (lines[i], one) && strstr (lines[i], two))
      return g_strdup (lines[i]);
  return NULL;
}

static gboolean
shows_both (World *world, const char *one, const char *two)
{
  g_autofree char *line = world_dup_line (world, one, two);
  return line != NULL;
}

gboolean
world_shows (World *world, const char *text)
{
  return shows_both (world, text, "");
}

static gint64
find_deadline (void)
{
  const char *slow = g_getenv ("VH_TEST_SLOW");
  gdouble seconds = PATIENCE_S * (slow ? g_ascii_strtod (slow, NULL) : 1);
  return g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);
}

/* Until something may have come. */
static void
rest (World *world)
{
  GPollFD polled = { .fd = vh_inbox_get_fd (vh_loader_get_inbox (world->loader)),
                     .events = G_IO_IN };
  g_poll (&polled, 1, 100);
}

void
world_expect_both (World *world, const char *one, const char *two)
{
  const gint64 end = find_deadline ();
  while (vh_runner_take_results (&world->runner), !shows_both (world, one, two))
    {
      if (g_get_monotonic_time () > end)
        {
          g_autofree char *screen = world_dup_screen (world);
          g_error ("no line of the screen has “%s” and “%s”:\n%s", one, two, screen);
        }
      rest (world);
    }
}

void
world_await_connection (World *world)
{
  const gint64 end = find_deadline ();
  while (vh_runner_take_results (&world->runner), world->runner.is_lost)
    {
      if (g_get_monotonic_time () > end)
        g_error ("there is no connection again");
      rest (world);
    }
}

void
world_expect (World *world, const char *text)
{
  world_expect_both (world, text, "");
}

void
world_press (World *world, const char *names)
{
  g_auto (GStrv) keys = g_strsplit (names, " ", -1);
  for (guint i = 0; keys[i]; i++)
    vh_runner_do (&world->runner, vh_app_key (world->app, vh_key_parse (keys[i])));
}
