/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The actions of the screen that compares. */
#include "model/i18n.h"
#include "model/whatif.h"
#include "tui/action_run.h"
#include "tui/app_compare.h"

char *
vh_action_may_live (const VhApp *app)
{
  if (app->session->info->is_file)
    return g_strdup (_ ("This is a file: it does not run."));
  if (app->session->frozen)
    return vh_action_may_look (app);
  return vh_domain_info_is_active (app->session->info)
             ? NULL
             : g_strdup (_ ("The domain did not run when it was read: r reads it again."));
}

VhEffect
vh_action_run_live (VhApp *app G_GNUC_UNUSED)
{
  return VH_EFFECT_LIVE;
}

char *
vh_action_may_ask (const VhApp *app)
{
  return app->live ? NULL : g_strdup (_ ("Only what runs has a QEMU to ask: v shows it."));
}

VhEffect
vh_action_run_ask (VhApp *app)
{
  app->view->prompt = VH_PROMPT_ASK;
  return VH_EFFECT_NONE;
}

/* What was asked last is offered again, else neighbours with other defaults. */
VhEffect
vh_action_run_what_if (VhApp *app)
{
  GString *words = app->view->what_if;
  g_autofree char *proposed = words->len ? NULL : vh_whatif_propose (app->session);
  if (proposed)
    g_string_assign (words, proposed);
  app->view->prompt = VH_PROMPT_WHAT_IF;
  return VH_EFFECT_NONE;
}

VhEffect
vh_action_run_only_different (VhApp *app)
{
  app->view->only_different = !app->view->only_different;
  vh_app_move_compared (app, G_MININT);
  return VH_EFFECT_NONE;
}
