/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Of the runner: the overview of domains, and what comes by itself. */
#include "model/i18n.h"
#include "tui/app_overview.h"
#include "tui/output.h"
#include "tui/runner_parts.h"

static VhNews
show_message (VhRunner *runner, VhSeverity severity, const char *message)
{
  vh_view_set_message (runner->app->view, severity, message);
  return VH_NEWS_NOW;
}

/* ---- the overview ---- */

static void
go_on (VhRunner *runner)
{
  if (!runner->gather)
    return;
  g_autoptr (GArray) in_sight = vh_app_new_domains_in_sight (runner->app);
  vh_gather_go_on (runner->gather, in_sight);
  runner->app->view->n_unread = vh_gather_count_left (runner->gather);
}

static GPtrArray *
get_listed (const VhRunner *runner)
{
  return vh_gather_is_listed (runner->gather) ? vh_gather_get_summaries (runner->gather) : NULL;
}

gboolean
vh_runner_start_list (VhRunner *runner, GError **error)
{
  if (!runner->gather)
    runner->gather = vh_gather_new (runner->loader);
  if (!vh_gather_start (runner->gather, error))
    return FALSE;
  vh_runner_set_places (runner);
  vh_output_debug ("overview: opened");
  vh_app_show_overview (runner->app, get_listed (runner));
  go_on (runner);
  return TRUE;
}

gboolean
vh_runner_show_overview (VhRunner *runner, GError **error)
{
  const VhDomainInfo *info = runner->app->session ? runner->app->session->info : NULL;
  const char *name = info ? info->name : NULL;
  const char *key = info && info->uuid ? info->uuid : name;
  if (key)
    vh_app_set_domain (runner->app, key);
  if (!runner->gather || !vh_gather_is_listed (runner->gather))
    return vh_runner_start_list (runner, error);
  vh_gather_mark (runner->gather, vh_loader_has_files (runner->loader) ? name : key);
  vh_app_show_overview (runner->app, get_listed (runner));
  go_on (runner);
  return TRUE;
}

/* ---- what comes by itself ---- */

static gboolean
is_open (const VhRunner *runner, const char *uuid)
{
  const VhSession *session = runner->app->session;
  return session && !session->info->is_file && g_strcmp0 (session->info->uuid, uuid) == 0;
}

static VhNews
take_event (VhRunner *runner, const VhResult *event)
{
  if (event->error)
    {
      vh_runner_lose (runner);
      return VH_NEWS_NOW;
    }
  if (runner->gather)
    vh_gather_mark (runner->gather, event->uuid);
  if (is_open (runner, event->uuid))
    vh_runner_look_again (runner);
  return VH_NEWS_NONE;
}

void
vh_runner_look_again (VhRunner *runner)
{
  VhWorker *worker = vh_loader_get_worker (runner->loader);
  const VhSession *session = runner->app->session;
  if (worker && session && !session->info->is_file)
    runner->watched = vh_worker_read_later (worker);
}

/* It may have been our own write that was told, or a start or a stop, which changes the title. */
static VhNews
take_watched (VhRunner *runner, VhResult *read)
{
  runner->watched = 0;
  if (read->error)
    return show_message (runner, VH_SEVERITY_WARNING, read->error->message);
  if (!runner->is_lost)
    runner->n_tries = 0;
  if (!is_open (runner, read->info->uuid))
    return VH_NEWS_NONE;
  VhSession *session = runner->app->session;
  const gboolean same =
      g_bytes_equal (read->bytes, vh_document_get_bytes (session->base->document));
  vh_domain_info_free (session->info);
  session->info = g_steal_pointer (&read->info);
  if (same)
    return VH_NEWS_NOW;
  return show_message (runner, VH_SEVERITY_WARNING,
                       _ ("The domain was changed elsewhere: r reads it again."));
}

/* For those who measure. */
static void
tell_when (const VhRunner *runner, const VhResult *result)
{
  if (result->kind == VH_JOB_LIST)
    vh_output_debug ("overview: listed");
  else if (!vh_gather_count_left (runner->gather))
    vh_output_debug ("overview: complete");
}

static VhNews
take_gathered (VhRunner *runner, VhResult *result)
{
  g_autoptr (GError) error = NULL;
  const gboolean is_seen = runner->app->view->screen == VH_SCREEN_DOMAINS;
  const VhGathered done = vh_gather_take (runner->gather, result, &error);
  tell_when (runner, result);
  if (done == VH_GATHERED_FAILURE)
    {
      if (g_error_matches (error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_LOST))
        vh_runner_lose (runner);
      runner->app->view->is_stale = TRUE;
      return show_message (runner, VH_SEVERITY_ERROR, error->message);
    }
  if (result->kind == VH_JOB_LIST)
    vh_runner_find_again (runner);
  if (done == VH_GATHERED_ROWS && is_seen)
    vh_app_show_overview (runner->app, get_listed (runner));
  if (done == VH_GATHERED_ROW)
    runner->is_late = TRUE;
  if (!is_seen || done == VH_GATHERED_FOREIGN || done == VH_GATHERED_NOTHING)
    return VH_NEWS_NONE;
  return done == VH_GATHERED_ROWS ? VH_NEWS_NOW : VH_NEWS_SOON;
}

static VhNews
take_result (VhRunner *runner, VhResult *result)
{
  VhNews news = VH_NEWS_NONE;
  if (result->kind == VH_JOB_EVENT)
    return take_event (runner, result);
  if (vh_runner_take_opened (runner, result, &news) ||
      vh_runner_take_connection (runner, result, &news))
    return news;
  if (runner->watched && result->generation == runner->watched)
    return take_watched (runner, result);
  return runner->gather ? take_gathered (runner, result) : VH_NEWS_NONE;
}

VhNews
vh_runner_take_results (VhRunner *runner)
{
  VhNews most = VH_NEWS_NONE;
  for (;;)
    {
      g_autoptr (VhResult) result = vh_loader_pop (runner->loader);
      if (!result)
        break;
      const VhNews news = take_result (runner, result);
      most = MAX (most, news);
    }
  go_on (runner);
  vh_runner_go_on_connecting (runner);
  const VhNews opened = vh_runner_go_on_opening (runner);
  return MAX (most, opened);
}

void
vh_runner_update (VhRunner *runner)
{
  if (runner->is_late && runner->app->view->screen == VH_SCREEN_DOMAINS)
    vh_app_refresh_overview (runner->app);
  runner->is_late = FALSE;
}

void
vh_runner_settle (VhRunner *runner)
{
  g_autoptr (GError) error = NULL;
  VhJobKind kind = VH_JOB_LIST;
  if (!runner->gather)
    return;
  go_on (runner);
  while (!error && vh_gather_is_waiting (runner->gather, &kind))
    {
      g_autoptr (VhResult) result = vh_loader_wait_any (runner->loader, kind, &error);
      if (result)
        take_result (runner, result);
      go_on (runner);
    }
  if (error)
    vh_runner_show_error (runner, error);
  vh_runner_update (runner);
}
