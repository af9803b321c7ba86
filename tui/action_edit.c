/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The actions that change a domain. */
#include "model/i18n.h"
#include "tui/action_run.h"

#include "tui/app_edits.h"
#include "tui/equivalent.h"

char *
vh_action_may_look (const VhApp *app)
{
  return g_strdup (app->session->frozen);
}

char *
vh_action_may_edit (const VhApp *app)
{
  char *reason = vh_action_may_look (app);
  return reason ? reason
                : g_strdup (vh_document_get_read_only_reason (app->session->base->document));
}

static char *
may_set (const VhApp *app, VhKnob knob, gint32 bus)
{
  char *reason = vh_action_may_edit (app);
  if (reason)
    return reason;
  g_autoptr (VhKnobState) state = vh_session_new_knob (app->session, knob, bus);
  return g_strdup (state->reason);
}

char *
vh_action_may_set (const VhApp *app)
{
  VhKnob knob = VH_KNOB_PORT;
  gint32 bus = -1;
  if (!vh_app_get_row_knob (app, &knob, &bus))
    return g_strdup (_ ("A device has no hotplug setting of its own: go to the bus it sits on."));
  return may_set (app, knob, bus);
}

char *
vh_action_may_root (const VhApp *app)
{
  return may_set (app, VH_KNOB_ROOT, -1);
}

char *
vh_action_may_bridge (const VhApp *app)
{
  return may_set (app, VH_KNOB_BRIDGE, -1);
}

static VhEffect
finish (VhApp *app, const GError *error)
{
  if (error)
    vh_view_set_message (app->view, VH_SEVERITY_ERROR, error->message);
  vh_app_refresh (app);
  return VH_EFFECT_NONE;
}

static VhEffect
set_row (VhApp *app, VhSwitch to)
{
  g_autoptr (GError) error = NULL;
  VhKnob knob = VH_KNOB_PORT;
  gint32 bus = -1;
  if (vh_app_get_row_knob (app, &knob, &bus))
    vh_session_set_knob (app->session, knob, bus, to, &error);
  return finish (app, error);
}

VhEffect
vh_action_run_on (VhApp *app)
{
  return set_row (app, VH_SWITCH_ON);
}

VhEffect
vh_action_run_off (VhApp *app)
{
  return set_row (app, VH_SWITCH_OFF);
}

VhEffect
vh_action_run_default (VhApp *app)
{
  return set_row (app, VH_SWITCH_ABSENT);
}

static VhEffect
toggle (VhApp *app, VhKnob knob, gint32 bus)
{
  g_autoptr (GError) error = NULL;
  vh_session_toggle (app->session, knob, bus, &error);
  return finish (app, error);
}

VhEffect
vh_action_run_toggle (VhApp *app)
{
  VhKnob knob = VH_KNOB_PORT;
  gint32 bus = -1;
  return vh_app_get_row_knob (app, &knob, &bus) ? toggle (app, knob, bus) : VH_EFFECT_NONE;
}

VhEffect
vh_action_run_root (VhApp *app)
{
  return toggle (app, VH_KNOB_ROOT, -1);
}

VhEffect
vh_action_run_bridge (VhApp *app)
{
  return toggle (app, VH_KNOB_BRIDGE, -1);
}

char *
vh_action_may_undo (const VhApp *app)
{
  return vh_session_may_undo (app->session) ? NULL : g_strdup (_ ("There is nothing to undo."));
}

VhEffect
vh_action_run_undo (VhApp *app)
{
  vh_session_undo (app->session);
  finish (app, NULL);
  return vh_app_show_edits_mark (app);
}

char *
vh_action_may_redo (const VhApp *app)
{
  return vh_edit_list_may_redo (app->session->edits) ? NULL
                                                     : g_strdup (_ ("There is nothing to redo."));
}

VhEffect
vh_action_run_redo (VhApp *app)
{
  vh_session_redo (app->session);
  finish (app, NULL);
  return vh_app_show_edits_mark (app);
}

/* ---- writing ---- */

char *
vh_action_may_review (const VhApp *app)
{
  char *reason = vh_action_may_look (app);
  if (reason)
    return reason;
  if (!vh_session_is_changed (app->session))
    return g_strdup (_ ("Nothing is changed: there is nothing to write."));
  return NULL;
}

VhEffect
vh_action_run_review (VhApp *app)
{
  g_clear_pointer (&app->plan, vh_plan_free);
  g_clear_pointer (&app->commands, g_ptr_array_unref);
  app->plan = vh_session_new_plan (app->session);
  app->commands = vh_equivalent_new (app->session, app->options, app->uri);
  app->view->screen = VH_SCREEN_WRITE;
  app->view->scroll = 0;
  return VH_EFFECT_NONE;
}

char *
vh_action_may_write (const VhApp *app)
{
  const VhDomainInfo *info = app->session->info;
  if (!info->persistent)
    return g_strdup (
        _ ("The domain is transient: writing would make it persistent. Define it first."));
  if (info->read_only)
    return g_strdup (_ ("The connection is read-only: nothing can be written."));
  if (app->plan && app->plan->introduced->len)
    {
      const VhFinding *first = app->plan->introduced->pdata[0];
      return g_strdup_printf (_ ("This would break the domain: %s"), first->text);
    }
  return NULL;
}

VhEffect
vh_action_run_confirm (VhApp *app)
{
  app->view->reverting = FALSE;
  vh_action_run_back (app);
  return VH_EFFECT_WRITE;
}

/* ---- the program ---- */

VhEffect
vh_action_run_reload (VhApp *app)
{
  return app->view->screen == VH_SCREEN_DOMAINS ? VH_EFFECT_LIST : VH_EFFECT_RELOAD;
}

VhEffect
vh_action_run_redraw (VhApp *app G_GNUC_UNUSED)
{
  return VH_EFFECT_REDRAW;
}

VhEffect
vh_action_run_suspend (VhApp *app G_GNUC_UNUSED)
{
  return VH_EFFECT_SUSPEND;
}

VhEffect
vh_action_run_quit (VhApp *app)
{
  if (!app->session || !vh_session_is_changed (app->session))
    return VH_EFFECT_QUIT;
  app->view->prompt = VH_PROMPT_QUIT;
  return VH_EFFECT_NONE;
}
