/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The actions of the tree: search, views, folds, free slots. */
#include "model/i18n.h"
#include "tui/action_run.h"
#include "tui/app_move.h"
#include "tui/app_prompt.h"

VhEffect
vh_action_run_search (VhApp *app)
{
  g_string_truncate (vh_view_get_search (app->view), 0);
  app->view->prompt = VH_PROMPT_SEARCH;
  return VH_EFFECT_NONE;
}

char *
vh_action_may_next (const VhApp *app)
{
  return vh_view_get_search (app->view)->len
             ? NULL
             : g_strdup (_ ("Nothing was searched for yet: / searches."));
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
  g_string_truncate (vh_view_get_filter (app->view), 0);
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

VhEffect
vh_action_run_only_findings (VhApp *app)
{
  app->view->only_findings = !app->view->only_findings;
  vh_app_refresh (app);
  return VH_EFFECT_NONE;
}

/* Esc goes back step by step: what was searched for or left out, then the program. */
VhEffect
vh_action_run_show_all (VhApp *app)
{
  VhView *view = app->view;
  const gboolean hides = view->screen == VH_SCREEN_DOMAINS ? view->domain_filter->len > 0
                                                           : vh_view_is_selective (view);
  if (!vh_view_get_search (view)->len && !hides)
    return vh_action_run_quit (app);
  vh_view_show_all (view);
  vh_app_refresh (app);
  return VH_EFFECT_NONE;
}

/* ---- folds ---- */

static void
put_in (GHashTable *set, VhRowKey key, gboolean in)
{
  if (!in)
    {
      g_hash_table_remove (set, &key);
      return;
    }
  VhRowKey *copy = g_new (VhRowKey, 1);
  *copy = key;
  g_hash_table_add (set, copy);
}

static void
set_folded (VhApp *app, VhRowKey key, gboolean folded)
{
  put_in (app->view->folded, key, folded);
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

/* The roots stay open: a list of them alone says nothing. The cursor goes to what hides its row. */
VhEffect
vh_action_run_fold_all (VhApp *app)
{
  const VhTopology *topology = app->session->after->topology;
  const VhRow *row = vh_app_get_row (app);
  while (row && row->depth > 1)
    {
      go_to_parent (app, row);
      row = vh_app_get_row (app);
    }
  for (guint i = 0; i < vh_topology_get_n_buses (topology); i++)
    if (vh_topology_get_bus (topology, i)->parent >= 0)
      put_in (app->view->folded, vh_row_key_of_bus (topology, i), TRUE);
  vh_app_refresh (app);
  return VH_EFFECT_NONE;
}

/* ---- free slots ---- */

/* The bus of the row under the cursor: its own, or the one that it is on. */
static gint32
get_bus (const VhApp *app)
{
  const VhRow *row = vh_app_get_row (app);
  if (!row)
    return -1;
  if (row->kind == VH_ROW_BUS || row->kind == VH_ROW_SLOTS)
    return (gint32) row->item;
  return row->kind == VH_ROW_DEVICE
             ? vh_topology_get_device (app->session->after->topology, row->item)->bus
             : -1;
}

char *
vh_action_may_slots (const VhApp *app)
{
  const gint32 bus = get_bus (app);
  if (bus < 0)
    return g_strdup (_ ("Only a bus has slots: go to one, or to a device on it."));
  if (!vh_slots_get_free (app->session->after->topology, (guint) bus))
    return g_strdup (_ ("This bus has no free slot."));
  return NULL;
}

/* From a row of slots that goes, the cursor goes to the bus. */
VhEffect
vh_action_run_slots (VhApp *app)
{
  const VhRowKey key = vh_row_key_of_bus (app->session->after->topology, (guint) get_bus (app));
  const gboolean shown = g_hash_table_contains (app->view->slots, &key);
  const VhRow *row = vh_app_get_row (app);
  if (shown && row->kind == VH_ROW_SLOTS)
    go_to_parent (app, row);
  put_in (app->view->slots, key, !shown);
  if (!shown)
    put_in (app->view->folded, key, FALSE);
  vh_app_refresh (app);
  return VH_EFFECT_NONE;
}
