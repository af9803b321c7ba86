/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Of the runner: a domain is opened, and shown before its capabilities are known. */
#include "model/i18n.h"
#include "tui/app_overview.h"
#include "tui/load_live.h"
#include "tui/runner_parts.h"

/* Nothing of the domain can be changed before they are known. */
static void
set_opening (VhRunner *runner, VhOpening opening)
{
  static const char *const reasons[] = {
    [VH_OPENING_DONE] = NULL,
    [VH_OPENING_ASKING] = N_ ("Capabilities are still being asked for."),
    [VH_OPENING_ANSWERED] = N_ ("Capabilities are still being asked for."),
    [VH_OPENING_FAILED] = N_ ("Capabilities are not known: r asks for them again."),
  };
  VhApp *app = runner->app;
  const char *reason = reasons[opening] ? _ (reasons[opening]) : NULL;
  if (!reason && g_strcmp0 (app->view->message, app->session->frozen) == 0)
    vh_view_set_message (app->view, VH_SEVERITY_NOTE, NULL);
  runner->opening = opening;
  app->session->frozen = reason;
  app->view->is_asking = opening == VH_OPENING_ASKING;
}

/* ---- opening ---- */

/* What waits for the next start must not be found out by chance. */
static gboolean
tell_pending (VhRunner *runner, const VhLive *live)
{
  g_autoptr (VhComparison) comparison = vh_live_compare (live, runner->app->session);
  if (comparison->n_differences > 0)
    vh_view_set_message (runner->app->view, VH_SEVERITY_NOTE,
                         _ ("What runs is not what the next start will have: v compares them."));
  return comparison->n_differences > 0;
}

/* Who cannot read what runs is told so when that is asked for. */
static void
look_for_pending (VhRunner *runner)
{
  g_autoptr (VhLive) live = NULL;
  const VhSession *session = runner->app->session;
  if (vh_domain_info_is_active (session->info) &&
      vh_load_live (runner->loader, session, &live, NULL) && live)
    tell_pending (runner, live);
}

static void
begin_asking (VhRunner *runner, guint asked)
{
  runner->asked = asked;
  runner->ask_late =
      g_get_monotonic_time () +
      (gint64) vh_wait_get_limit (vh_loader_get_uri (runner->loader), VH_JOB_PROBE) * 1000;
  vh_keeper_leave_found (runner->keeper);
  vh_keeper_drop (runner->keeper);
  set_opening (runner, VH_OPENING_ASKING);
}

/* A domain is read again by its UUID: its name may be another's by then. */
static gboolean
open_target (VhRunner *runner, const char *target, GError **error)
{
  guint asked = 0;
  VhSession *session = runner->waits ? vh_loader_load (runner->loader, target, error)
                                     : vh_loader_load_early (runner->loader, target, &asked, error);
  if (!session)
    return FALSE;
  const VhDomainInfo *info = session->info;
  char *opened = g_strdup (!info->is_file && info->uuid ? info->uuid : target);
  g_free (runner->opened);
  runner->opened = opened;
  runner->asked = runner->pending = 0;
  vh_runner_try_now (runner);
  vh_app_take_session (runner->app, session);
  vh_runner_set_places (runner);
  if (asked)
    {
      begin_asking (runner, asked);
      return TRUE;
    }
  set_opening (runner, VH_OPENING_DONE);
  look_for_pending (runner);
  vh_keeper_open (runner->keeper, runner->app);
  return TRUE;
}

gboolean
vh_runner_start (VhRunner *runner, GError **error)
{
  vh_loader_watch (runner->loader);
  return runner->target ? open_target (runner, runner->target, error)
                        : vh_runner_show_overview (runner, error);
}

void
vh_runner_open_chosen (VhRunner *runner)
{
  g_autoptr (GError) error = NULL;
  const VhSummary *summary = vh_app_get_domain (runner->app);
  g_autofree char *key = g_strdup (vh_summary_get_key (summary)); /* it may go meanwhile */
  runner->app->view->cursor = 0;
  if (!open_target (runner, key, &error))
    vh_runner_show_error (runner, error);
}

/* ---- what comes later ---- */

static VhNews
take_caps (VhRunner *runner, VhResult *result)
{
  g_autoptr (GError) error = NULL;
  VhApp *app = runner->app;
  if (!vh_loader_take_caps (runner->loader, app->session, result, &runner->asked, &error))
    {
      set_opening (runner, VH_OPENING_FAILED);
      vh_runner_show_error (runner, error);
      return VH_NEWS_NOW;
    }
  if (runner->asked)
    return VH_NEWS_NONE;
  set_opening (runner, VH_OPENING_ANSWERED);
  vh_app_refresh (app);
  return VH_NEWS_NOW;
}

/* A question or an answer that shows already is not talked over. */
static VhNews
take_pending (VhRunner *runner, VhResult *read)
{
  g_autoptr (VhLive) live = NULL;
  const VhView *view = runner->app->view;
  runner->pending = 0;
  if (read->error || view->message || view->prompt != VH_PROMPT_NONE ||
      !vh_load_take_live (runner->app->session, read, &live, NULL) || !live)
    return VH_NEWS_NONE;
  return tell_pending (runner, live) ? VH_NEWS_NOW : VH_NEWS_NONE;
}

gboolean
vh_runner_take_opened (VhRunner *runner, VhResult *result, VhNews *news)
{
  const guint generation = result->generation;
  const gboolean is_caps = generation && generation == runner->asked;
  const gboolean is_pending = generation && generation == runner->pending;
  if (is_caps)
    *news = take_caps (runner, result);
  else if (is_pending)
    *news = take_pending (runner, result);
  return is_caps || is_pending;
}

void
vh_runner_end_asking (VhRunner *runner)
{
  runner->asked = 0;
  if (runner->opening != VH_OPENING_DONE)
    set_opening (runner, VH_OPENING_ANSWERED);
}

/* The answer may still come, and is taken then. */
static VhNews
tell_late (VhRunner *runner)
{
  g_autoptr (GError) error = NULL;
  runner->ask_late = G_MAXINT64;
  vh_load_fail_without_answer (runner->loader, VH_JOB_PROBE, &error);
  vh_runner_show_error (runner, error);
  return VH_NEWS_NOW;
}

gint64
vh_runner_get_due (const VhRunner *runner)
{
  const gint64 late = runner->opening == VH_OPENING_ASKING ? runner->ask_late : G_MAXINT64;
  return runner->is_lost ? MIN (late, runner->try_at) : late;
}

/* An earlier run may have left changes, which are asked about. */
VhNews
vh_runner_go_on_opening (VhRunner *runner)
{
  VhApp *app = runner->app;
  if (runner->opening == VH_OPENING_ASKING && g_get_monotonic_time () >= runner->ask_late)
    return tell_late (runner);
  if (runner->opening != VH_OPENING_ANSWERED || app->view->screen != VH_SCREEN_MAIN ||
      app->view->prompt != VH_PROMPT_NONE)
    return VH_NEWS_NONE;
  set_opening (runner, VH_OPENING_DONE);
  runner->pending = vh_load_begin_live (runner->loader, app->session);
  vh_keeper_open (runner->keeper, app);
  return VH_NEWS_NOW;
}
