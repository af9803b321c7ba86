/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/app_history.h"

#include "model/i18n.h"
#include "tui/action_run.h"
#include "tui/app_move.h"

void
vh_app_take_history (VhApp *app, GPtrArray *entries)
{
  g_clear_pointer (&app->entries, g_ptr_array_unref);
  app->entries = entries;
  app->view->screen = VH_SCREEN_HISTORY;
  app->view->entry = app->view->entry_top = 0;
}

gboolean
vh_app_move_history (VhApp *app, gint lines)
{
  VhView *view = app->view;
  if (view->screen != VH_SCREEN_HISTORY)
    return FALSE;
  const gint64 last = (gint64) app->entries->len - 1;
  view->entry = (guint) CLAMP ((gint64) view->entry + lines, 0, last);
  view->entry_top =
      vh_frame_get_top (view->entry_top, view->entry, vh_app_get_page (app), app->entries->len);
  return TRUE;
}

void
vh_app_review_revert (VhApp *app, const VhRevert *revert)
{
  if (!vh_session_is_changed (app->session))
    {
      vh_view_set_message (
          app->view, VH_SEVERITY_NOTE,
          _ ("There is nothing to revert: the domain is as it was before that write."));
      return;
    }
  g_autofree char *note = vh_revert_new_note (revert);
  g_autofree char *message =
      note ? g_strconcat (note, _ (" W in the history takes the whole text."), NULL) : NULL;
  vh_app_refresh (app);
  vh_action_run_review (app);
  app->view->reverting = TRUE;
  vh_view_set_message (app->view, VH_SEVERITY_WARNING, message);
}

gboolean
vh_app_drop_revert (VhApp *app)
{
  if (app->view->screen != VH_SCREEN_WRITE || !app->view->reverting)
    return FALSE;
  app->view->reverting = FALSE;
  while (vh_session_undo (app->session))
    continue;
  vh_app_refresh (app);
  g_clear_pointer (&app->plan, vh_plan_free);
  app->view->screen = VH_SCREEN_HISTORY;
  return TRUE;
}

/* ---- its actions ---- */

char *
vh_action_may_history (const VhApp *app)
{
  if (vh_session_is_changed (app->session))
    return g_strdup (_ ("Changes are not written: write them (w) or undo them (u) first."));
  return vh_action_may_look (app);
}

VhEffect
vh_action_run_history (VhApp *app G_GNUC_UNUSED)
{
  return VH_EFFECT_HISTORY;
}

VhEffect
vh_action_run_revert (VhApp *app G_GNUC_UNUSED)
{
  return VH_EFFECT_REVERT;
}

VhEffect
vh_action_run_revert_whole (VhApp *app G_GNUC_UNUSED)
{
  return VH_EFFECT_REVERT_WHOLE;
}
