/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the overview of domains can do of its own. */
#include "model/i18n.h"
#include "tui/action_run.h"

#include "tui/app_overview.h"

VhEffect
vh_action_run_sort (VhApp *app)
{
  vh_app_sort_domains (app, 1);
  return VH_EFFECT_NONE;
}

VhEffect
vh_action_run_sort_back (VhApp *app)
{
  vh_app_sort_domains (app, -1);
  return VH_EFFECT_NONE;
}

VhEffect
vh_action_run_reverse (VhApp *app)
{
  app->view->sort_reversed = !app->view->sort_reversed;
  vh_app_refresh_overview (app);
  return VH_EFFECT_NONE;
}

char *
vh_action_may_open (const VhApp *app)
{
  return vh_app_get_domain (app) ? NULL : g_strdup (_ ("There is no domain here."));
}

VhEffect
vh_action_run_open (VhApp *app G_GNUC_UNUSED)
{
  return VH_EFFECT_OPEN;
}

char *
vh_action_may_list (const VhApp *app)
{
  if (vh_session_is_changed (app->session))
    return g_strdup (_ ("Changes are not written: write them (w) or undo them (u) first."));
  return app->summaries || !app->session->info->is_file
             ? NULL
             : g_strdup (_ ("This is a file: there is no list of domains."));
}

VhEffect
vh_action_run_list (VhApp *app G_GNUC_UNUSED)
{
  return VH_EFFECT_OVERVIEW;
}
