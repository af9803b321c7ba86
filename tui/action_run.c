/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/action_run.h"

#include "tui/app_compare.h"
#include "tui/app_history.h"
#include "tui/app_move.h"
#include "tui/app_prompt.h"

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
vh_action_run_fit (VhApp *app)
{
  return show_screen (app, VH_SCREEN_FIT);
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
  return VH_EFFECT_NONE;
}

VhEffect
vh_action_run_search (VhApp *app)
{
  g_string_truncate (app->view->search, 0);
  app->view->prompt = VH_PROMPT_SEARCH;
  return VH_EFFECT_NONE;
}

char *
vh_action_may_next (const VhApp *app)
{
  return app->view->search->len ? NULL : g_strdup ("Nothing was searched for yet: / searches.");
}

VhEffect
vh_action_run_next (VhApp *app)
{
  vh_app_search (app, 1);
  return VH_EFFECT_NONE;
}

VhEffect
vh_action_run_previous (VhApp *app)
{
  vh_app_search (app, -1);
  return VH_EFFECT_NONE;
}

VhEffect
vh_action_run_filter (VhApp *app)
{
  g_string_truncate (app->view->filter, 0);
  vh_app_refresh (app);
  app->view->prompt = VH_PROMPT_FILTER;
  return VH_EFFECT_NONE;
}

VhEffect
vh_action_run_only_empty (VhApp *app)
{
  app->view->only_empty = !app->view->only_empty;
  vh_app_refresh (app);
  return VH_EFFECT_NONE;
}

VhEffect
vh_action_run_only_changed (VhApp *app)
{
  app->view->only_changed = !app->view->only_changed;
  vh_app_refresh (app);
  return VH_EFFECT_NONE;
}

static VhRowKey *
new_key (VhRowKey key)
{
  VhRowKey *copy = g_new (VhRowKey, 1);
  *copy = key;
  return copy;
}

static void
set_folded (VhApp *app, VhRowKey key, gboolean folded)
{
  GHashTable *set = app->view->folded;
  if (folded)
    g_hash_table_add (set, new_key (key));
  else
    g_hash_table_remove (set, &key);
  vh_app_refresh (app);
}

/* The row that this one hangs on: the nearest above that is less deep. */
static void
go_to_parent (VhApp *app, const VhRow *row)
{
  const gint from = vh_rows_find_cursor (app->rows, app->view);
  gint at = from - 1;
  while (at > 0 && g_array_index (app->rows, VhRow, at).depth >= row->depth)
    at--;
  vh_app_move (app, at - from);
}

VhEffect
vh_action_run_fold (VhApp *app)
{
  const VhRow *row = vh_app_get_row (app);
  if (!row)
    return VH_EFFECT_NONE;
  if ((row->marks & VH_ROW_FOLDABLE) && !(row->marks & VH_ROW_FOLDED))
    set_folded (app, row->key, TRUE);
  else
    go_to_parent (app, row);
  return VH_EFFECT_NONE;
}

VhEffect
vh_action_run_unfold (VhApp *app)
{
  const VhRow *row = vh_app_get_row (app);
  if (row)
    set_folded (app, row->key, FALSE);
  return VH_EFFECT_NONE;
}

VhEffect
vh_action_run_fold_toggle (VhApp *app)
{
  const VhRow *row = vh_app_get_row (app);
  if (row && (row->marks & VH_ROW_FOLDABLE))
    set_folded (app, row->key, !(row->marks & VH_ROW_FOLDED));
  return VH_EFFECT_NONE;
}

VhEffect
vh_action_run_unfold_all (VhApp *app)
{
  g_hash_table_remove_all (app->view->folded);
  vh_app_refresh (app);
  return VH_EFFECT_NONE;
}
