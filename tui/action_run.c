/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/action_run.h"

#include "tui/app_compare.h"
#include "tui/app_fit.h"
#include "tui/app_history.h"
#include "tui/app_move.h"

/* ---- moving ---- */

VhEffect
vh_action_run_up (VhApp *app)
{
  vh_app_move (app, -1);
  return VH_EFFECT_NONE;
}

VhEffect
vh_action_run_down (VhApp *app)
{
  vh_app_move (app, 1);
  return VH_EFFECT_NONE;
}

VhEffect
vh_action_run_page_up (VhApp *app)
{
  vh_app_move (app, -(gint) vh_app_get_page (app));
  return VH_EFFECT_NONE;
}

VhEffect
vh_action_run_page_down (VhApp *app)
{
  vh_app_move (app, (gint) vh_app_get_page (app));
  return VH_EFFECT_NONE;
}

VhEffect
vh_action_run_first (VhApp *app)
{
  vh_app_move (app, G_MININT);
  return VH_EFFECT_NONE;
}

VhEffect
vh_action_run_last (VhApp *app)
{
  vh_app_move (app, G_MAXINT);
  return VH_EFFECT_NONE;
}

VhEffect
vh_action_run_reasons_down (VhApp *app)
{
  vh_app_scroll_reasons (app, 1);
  return VH_EFFECT_NONE;
}

VhEffect
vh_action_run_reasons_up (VhApp *app)
{
  vh_app_scroll_reasons (app, -1);
  return VH_EFFECT_NONE;
}

VhEffect
vh_action_run_pane_down (VhApp *app)
{
  vh_app_scroll_reasons (app, (gint) vh_app_get_pane_page (app));
  return VH_EFFECT_NONE;
}

VhEffect
vh_action_run_pane_up (VhApp *app)
{
  vh_app_scroll_reasons (app, -(gint) vh_app_get_pane_page (app));
  return VH_EFFECT_NONE;
}

VhEffect
vh_action_run_pane (VhApp *app)
{
  app->view->pane = (VhPane) ((app->view->pane + 1) % VH_N_PANES);
  vh_app_move_tree (app, 0);
  return VH_EFFECT_NONE;
}

/* ---- looking ---- */

static VhEffect
show_screen (VhApp *app, VhScreen screen)
{
  app->view->screen = screen;
  app->view->scroll = 0;
  return VH_EFFECT_NONE;
}

VhEffect
vh_action_run_help (VhApp *app)
{
  app->view->before_help = app->view->screen;
  return show_screen (app, VH_SCREEN_HELP);
}

VhEffect
vh_action_run_findings (VhApp *app)
{
  return show_screen (app, VH_SCREEN_FINDINGS);
}

VhEffect
vh_action_run_back (VhApp *app)
{
  if (vh_app_drop_revert (app))
    return VH_EFFECT_NONE;
  const gboolean from_help = app->view->screen == VH_SCREEN_HELP;
  show_screen (app, from_help ? app->view->before_help : VH_SCREEN_MAIN);
  if (app->view->screen != VH_SCREEN_WRITE)
    g_clear_pointer (&app->plan, vh_plan_free);
  if (app->view->screen != VH_SCREEN_COMPARE)
    vh_app_clear_compared (app);
  if (app->view->screen != VH_SCREEN_FIT)
    vh_app_clear_fits (app);
  return VH_EFFECT_NONE;
}
