/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Of the runner: a connection that was lost is made again. Nothing is tried while a write runs or
 * is verified: that is waited for, and uses the same worker. */
#include "model/i18n.h"
#include "tui/runner_parts.h"

#define FIRST_PAUSE_US G_USEC_PER_SEC
#define MOST_DOUBLED 5u /* 32 s from then on */
#define CLOSED N_ ("The connection to libvirt was closed. It is being made again.")

static void
try_later (VhRunner *runner)
{
  const guint doubled = MIN (MAX (runner->n_tries, 1) - 1, MOST_DOUBLED);
  const gint64 pause = runner->n_tries ? (gint64) FIRST_PAUSE_US << doubled : 0;
  runner->try_at = g_get_monotonic_time () + pause;
}

static gboolean
shows_error (const VhView *view)
{
  return view->message && view->message_severity == VH_SEVERITY_ERROR;
}

void
vh_runner_lose (VhRunner *runner)
{
  VhView *view = runner->app->view;
  view->is_stale = TRUE;
  if (runner->gather)
    vh_gather_set_old (runner->gather);
  if (runner->is_lost)
    return;
  if (!shows_error (view))
    vh_view_set_message (view, VH_SEVERITY_WARNING, _ (CLOSED));
  runner->is_lost = TRUE;
  try_later (runner);
}

static void
end_loss (VhRunner *runner)
{
  runner->is_lost = FALSE;
  runner->connecting = 0;
  runner->app->view->is_stale = FALSE;
}

/* What happened meanwhile was told to nobody. */
void
vh_runner_find_again (VhRunner *runner)
{
  if (runner->is_lost)
    vh_runner_look_again (runner);
  runner->n_tries = 0;
  end_loss (runner);
}

void
vh_runner_try_now (VhRunner *runner)
{
  if (!runner->connecting)
    runner->try_at = 0;
}

/* Who must be asked for a password is not asked behind the screen. */
static VhNews
take_failure (VhRunner *runner, const GError *error)
{
  runner->connecting = 0;
  if (!g_error_matches (error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_DENIED))
    {
      try_later (runner);
      return VH_NEWS_NONE;
    }
  vh_runner_show_error (runner, error);
  return VH_NEWS_NOW;
}

/* The domain that was open may be gone: that is told when it is read. */
static VhNews
take_success (VhRunner *runner)
{
  g_autoptr (GError) error = NULL;
  VhView *view = runner->app->view;
  end_loss (runner);
  if (!view->message || g_strcmp0 (view->message, _ (CLOSED)) == 0)
    vh_view_set_message (view, VH_SEVERITY_NOTE, _ ("Connected again."));
  vh_runner_look_again (runner);
  if (runner->gather && !vh_gather_start (runner->gather, &error))
    vh_runner_show_error (runner, error);
  return VH_NEWS_NOW;
}

gboolean
vh_runner_take_connection (VhRunner *runner, VhResult *result, VhNews *news)
{
  if (!runner->connecting || result->generation != runner->connecting)
    return FALSE;
  const gboolean failed =
      result->error && !g_error_matches (result->error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_NOT_FOUND);
  *news = failed ? take_failure (runner, result->error) : take_success (runner);
  return TRUE;
}

void
vh_runner_go_on_connecting (VhRunner *runner)
{
  VhWorker *worker = vh_loader_get_worker (runner->loader);
  if (!runner->is_lost || !worker || g_get_monotonic_time () < runner->try_at)
    return;
  runner->try_at = G_MAXINT64;
  runner->n_tries++;
  runner->connecting = vh_worker_connect_later (worker);
}
