/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/runner.h"

#include "model/i18n.h"
#include "model/session_replay.h"
#include "tui/app_compare.h"
#include "tui/app_history.h"
#include "tui/app_overview.h"
#include "tui/backups.h"
#include "tui/load_live.h"
#include "tui/load_write.h"
#include "tui/runner_parts.h"

void
vh_runner_show_error (VhRunner *runner, const GError *error)
{
  vh_view_set_message (runner->app->view, VH_SEVERITY_ERROR, error->message);
}

void
vh_runner_set_places (VhRunner *runner)
{
  g_free (runner->app->title);
  g_free (runner->app->uri);
  runner->app->title = g_strdup (vh_loader_get_title (runner->loader));
  runner->app->uri = g_strdup (vh_loader_get_uri (runner->loader));
}

/* ---- reading again ---- */

/* The edits on top of what is stored now, which may be for another machine or
 * QEMU; `said` comes first in the message. `info` is taken. */
static gboolean
rebase (VhRunner *runner, VhDocument *document, VhDomainInfo *info, const char *said,
        GError **error)
{
  g_autoptr (VhDomainInfo) owned = info;
  g_autoptr (GPtrArray) dropped = g_ptr_array_new_with_free_func (g_free);
  VhSession *session = runner->app->session;
  VhCaps *caps = vh_loader_find_caps (runner->loader, document, error);
  if (!caps)
    return FALSE;
  vh_session_set_caps (session, caps);
  if (!vh_session_rebase (session, document, g_steal_pointer (&owned), dropped, error))
    return FALSE;
  g_autofree char *lost = vh_session_describe_dropped (dropped);
  g_autofree char *message = g_strjoin (" ", said, lost, NULL);
  vh_view_set_message (runner->app->view, lost ? VH_SEVERITY_WARNING : VH_SEVERITY_NOTE, message);
  vh_app_refresh (runner->app);
  vh_runner_end_asking (runner);
  vh_runner_try_now (runner);
  return TRUE;
}

static void
reload (VhRunner *runner)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VhResult) read = vh_loader_read_again (runner->loader, runner->opened, &error);
  g_autoptr (VhDocument) document = read ? vh_document_new (read->bytes, &error) : NULL;
  if (!document ||
      !rebase (runner, document, g_steal_pointer (&read->info), _ ("Read again."), &error))
    vh_runner_show_error (runner, error);
}

/* ---- writing ---- */

/* What was written is the base now; the edits are done with. */
static void
start_over (VhRunner *runner, VhWriteReport *report)
{
  g_autoptr (GError) error = NULL;
  VhApp *app = runner->app;
  VhDomainInfo *info =
      report->info ? g_steal_pointer (&report->info) : vh_domain_info_dup (app->session->info);
  VhSession *session = vh_session_new (report->now, info, vh_caps_dup (app->session->caps), &error);
  if (session)
    vh_app_take_session (app, session);
  else
    vh_runner_show_error (runner, error);
}

static char *
format_report (const VhWriteReport *report)
{
  GString *text = g_string_new (report->message);
  for (guint i = 0; i < report->notes->len; i++)
    g_string_append_printf (text, " %s", (const char *) report->notes->pdata[i]);
  return g_string_free (text, FALSE);
}

static void
take_report (VhRunner *runner, VhWriteReport *report)
{
  g_autoptr (GError) error = NULL;
  VhView *view = runner->app->view;
  g_autofree char *message = format_report (report);
  const gboolean done = report->outcome == VH_WRITE_DONE;
  vh_view_set_message (view, done ? VH_SEVERITY_NOTE : VH_SEVERITY_ERROR, message);
  if (done && report->now)
    start_over (runner, report);
  if (report->outcome == VH_WRITE_CONFLICT && report->now)
    {
      g_autofree char *said = g_strconcat (
          message, _ (" Your changes are on top of the new text: w shows them."), NULL);
      if (!rebase (runner, report->now, g_steal_pointer (&report->info), said, &error))
        vh_runner_show_error (runner, error);
      view->message_severity = VH_SEVERITY_ERROR;
    }
  if (report->outcome == VH_WRITE_INVALID_BEFORE)
    view->prompt = VH_PROMPT_UNCHECKED;
}

static void
write_session (VhRunner *runner, gboolean no_validate)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VhResult) result =
      vh_load_write (runner->loader, runner->app->session, no_validate, &error);
  if (result)
    take_report (runner, result->report);
  else
    vh_runner_show_error (runner, error);
}

/* ---- what runs ---- */

static void
compare_live (VhRunner *runner)
{
  g_autoptr (GError) error = NULL;
  VhLive *live = NULL;
  if (vh_load_live (runner->loader, runner->app->session, &live, &error))
    vh_app_take_live (runner->app, live);
  else
    vh_runner_show_error (runner, error);
}

static void
ask_qemu (VhRunner *runner)
{
  g_autoptr (GError) error = NULL;
  VhApp *app = runner->app;
  if (vh_load_answers (runner->loader, app->live, &error))
    vh_app_take_live (app, app->live);
  else
    vh_runner_show_error (runner, error);
}

/* ---- the history ---- */

static void
show_history (VhRunner *runner)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = vh_backups_list (runner->app->session, &error);
  if (!entries)
    vh_runner_show_error (runner, error);
  else if (entries->len == 0)
    vh_view_set_message (runner->app->view, VH_SEVERITY_NOTE,
                         _ ("There is no backup: you have written nothing to this domain yet."));
  else
    vh_app_take_history (runner->app, g_steal_pointer (&entries));
}

static void
revert (VhRunner *runner, gboolean whole)
{
  g_autoptr (GError) error = NULL;
  VhApp *app = runner->app;
  const VhHistoryEntry *entry = app->entries->pdata[app->view->entry];
  g_autoptr (VhRevert) done = vh_backups_revert (app->session, entry, whole, &error);
  if (done)
    vh_app_review_revert (app, done);
  else
    vh_runner_show_error (runner, error);
}

void
vh_runner_do (VhRunner *runner, VhEffect effect)
{
  g_autoptr (GError) error = NULL;
  switch (effect)
    {
    case VH_EFFECT_OVERVIEW:
      if (!vh_runner_show_overview (runner, &error))
        vh_runner_show_error (runner, error);
      break;
    case VH_EFFECT_LIST:
      if (!vh_runner_start_list (runner, &error))
        vh_runner_show_error (runner, error);
      break;
    case VH_EFFECT_OPEN:
      vh_runner_open_chosen (runner);
      break;
    case VH_EFFECT_RELOAD:
      reload (runner);
      break;
    case VH_EFFECT_LIVE:
      compare_live (runner);
      break;
    case VH_EFFECT_ASK:
      ask_qemu (runner);
      break;
    case VH_EFFECT_HISTORY:
      show_history (runner);
      break;
    case VH_EFFECT_REVERT:
    case VH_EFFECT_REVERT_WHOLE:
      revert (runner, effect == VH_EFFECT_REVERT_WHOLE);
      break;
    case VH_EFFECT_WRITE:
    case VH_EFFECT_WRITE_UNCHECKED:
      write_session (runner, effect == VH_EFFECT_WRITE_UNCHECKED);
      break;
    case VH_EFFECT_TAKE_UP:
      vh_keeper_take_up (runner->keeper, runner->app);
      break;
    case VH_EFFECT_DROP_KEPT:
      vh_keeper_drop_found (runner->keeper);
      break;
    case VH_EFFECT_LEAVE_KEPT:
      vh_keeper_leave_found (runner->keeper);
      break;
    case VH_EFFECT_QUIT:
      vh_keeper_drop (runner->keeper);
      break;
    case VH_EFFECT_NONE:
    case VH_EFFECT_SUSPEND:
    case VH_EFFECT_REDRAW:
      break;
    }
}

void
vh_runner_clear (VhRunner *runner)
{
  g_clear_pointer (&runner->gather, vh_gather_free);
  g_clear_pointer (&runner->opened, g_free);
  g_clear_pointer (&runner->keeper, vh_keeper_free);
}
