/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/app_fit.h"

#include "model/fit.h"
#include "model/i18n.h"
#include "tui/action_run.h"
#include "tui/app_move.h"

static void
free_fit (gpointer fit)
{
  vh_fit_free (fit);
}

void
vh_app_clear_fits (VhApp *app)
{
  g_clear_pointer (&app->fits, g_ptr_array_unref);
}

static void
ask (VhApp *app)
{
  const VhReading *after = app->session->after;
  vh_app_clear_fits (app);
  app->fits = g_ptr_array_new_with_free_func (free_fit);
  for (guint device = 0; device < VH_N_FIT_DEVICES; device++)
    g_ptr_array_add (app->fits, vh_fit_new (after, after, (VhFitDevice) device));
}

void
vh_app_refresh_fits (VhApp *app)
{
  if (app->fits)
    ask (app);
}

void
vh_app_move_fits (VhApp *app, gint lines)
{
  VhView *view = app->view;
  const gint64 last = (gint64) app->fits->len - 1;
  view->fit = (guint) CLAMP ((gint64) view->fit + lines, 0, last);
  if (lines)
    view->reasons_scroll = 0;
  view->fit_top =
      vh_frame_get_top (view->fit_top, view->fit, vh_app_get_page (app), app->fits->len);
}

/* ---- its actions ---- */

VhEffect
vh_action_run_fit (VhApp *app)
{
  ask (app);
  app->view->screen = VH_SCREEN_FIT;
  app->view->reasons_scroll = 0;
  vh_app_move_fits (app, 0);
  return VH_EFFECT_NONE;
}

static const VhFit *
get_fit (const VhApp *app)
{
  return g_ptr_array_index (app->fits, app->view->fit);
}

/* Where the device goes while the domain runs, else where the definition has it; -1: neither. */
static gint32
find_bus (const VhApp *app, const VhFit *fit)
{
  const gint32 index = fit->live.bus >= 0 ? fit->live.bus : fit->cold.bus;
  return index < 0 ? -1 : vh_topology_find_bus (app->session->after->topology, index);
}

char *
vh_action_may_go_to_fit (const VhApp *app)
{
  const VhFit *fit = get_fit (app);
  if (find_bus (app, fit) >= 0)
    return NULL;
  return g_strdup_printf (vh_fit_is_cured_by_ports (fit)
                              ? _ ("There is no bus for %s: a adds root ports.")
                              : _ ("There is no bus for %s yet."),
                          vh_fit_device_to_word (fit->device));
}

/* Unfolds what hides the bus. */
static void
go_to_bus (VhApp *app, guint bus)
{
  const VhTopology *topology = app->session->after->topology;
  VhView *view = app->view;
  const VhRowKey key = vh_row_key_of_bus (topology, bus);
  vh_view_show_all (view);
  for (gint32 above = vh_topology_get_bus (topology, bus)->parent; above >= 0;
       above = vh_topology_get_bus (topology, (guint) above)->parent)
    {
      const VhRowKey folded = vh_row_key_of_bus (topology, (guint) above);
      g_hash_table_remove (view->folded, &folded);
    }
  view->screen = VH_SCREEN_MAIN;
  view->cursor = key;
  vh_app_refresh (app);
}

VhEffect
vh_action_run_go_to_fit (VhApp *app)
{
  const VhFit *fit = get_fit (app);
  const gboolean is_live = fit->live.bus >= 0;
  const VhFitAnswer *answer = is_live ? &fit->live : &fit->cold;
  g_autofree char *where = vh_fit_describe (answer);
  g_autofree char *message =
      g_strdup_printf (is_live ? _ ("%1$s, plugged while the domain runs: %2$s.")
                               : _ ("%1$s fits only in the definition: %2$s."),
                       vh_fit_device_to_word (fit->device), where);
  const guint bus = (guint) find_bus (app, fit);
  vh_app_clear_fits (app);
  go_to_bus (app, bus);
  vh_view_set_message (app->view, VH_SEVERITY_NOTE, message);
  return VH_EFFECT_NONE;
}
