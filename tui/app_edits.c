/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/app_edits.h"

#include "model/edit_steps.h"
#include "model/i18n.h"
#include "tui/action_run.h"
#include "tui/app_move.h"

gboolean
vh_app_move_edits (VhApp *app, gint lines)
{
  VhView *view = app->view;
  if (view->screen != VH_SCREEN_EDITS)
    return FALSE;
  g_autoptr (GPtrArray) steps = vh_edit_steps_new (app->session->edits);
  const guint total = steps->len + 1;
  view->edit = (guint) CLAMP ((gint64) view->edit + lines, 0, (gint64) total - 1);
  view->edit_top = vh_frame_get_top (view->edit_top, view->edit, vh_app_get_page (app), total);
  return TRUE;
}

VhEffect
vh_app_show_edits_mark (VhApp *app)
{
  if (app->view->screen != VH_SCREEN_EDITS)
    return VH_EFFECT_NONE;
  g_autoptr (GPtrArray) steps = vh_edit_steps_new (app->session->edits);
  app->view->edit = vh_edit_steps_count_done (steps);
  vh_app_move_edits (app, 0);
  return VH_EFFECT_NONE;
}

/* ---- its actions ---- */

char *
vh_action_may_edits (const VhApp *app)
{
  return app->session->edits->edits->len ? NULL : g_strdup (_ ("Nothing was changed yet."));
}

VhEffect
vh_action_run_edits (VhApp *app)
{
  app->view->screen = VH_SCREEN_EDITS;
  app->view->edit_top = 0;
  return vh_app_show_edits_mark (app);
}

VhEffect
vh_action_run_go_to (VhApp *app)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) steps = vh_edit_steps_new (app->session->edits);
  const guint to = MIN (app->view->edit, steps->len);
  const guint n_done = to ? ((const VhEditStep *) g_ptr_array_index (steps, to - 1))->end : 0;
  if (!vh_session_go_to (app->session, n_done, &error))
    vh_view_set_message (app->view, VH_SEVERITY_ERROR, error->message);
  vh_app_refresh (app);
  return VH_EFFECT_NONE;
}
