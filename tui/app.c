/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/app.h"

#include "tui/action.h"
#include "tui/app_compare.h"
#include "tui/app_fit.h"
#include "tui/app_move.h"
#include "tui/app_overview.h"
#include "tui/app_prompt.h"

VhApp *
vh_app_new (guint width, guint height, gboolean ascii)
{
  VhApp *app = g_new0 (VhApp, 1);
  app->view = vh_view_new ();
  app->width = width;
  app->height = height;
  app->ascii = ascii;
  return app;
}

void
vh_app_free (VhApp *app)
{
  if (!app)
    return;
  vh_app_clear_compared (app);
  vh_app_clear_fits (app);
  g_clear_pointer (&app->plan, vh_plan_free);
  g_clear_pointer (&app->commands, g_ptr_array_unref);
  g_clear_pointer (&app->session, vh_session_free);
  g_clear_pointer (&app->rows, g_array_unref);
  g_clear_pointer (&app->matches, g_array_unref);
  g_clear_pointer (&app->list, vh_list_free);
  g_clear_pointer (&app->summaries, g_ptr_array_unref);
  g_clear_pointer (&app->entries, g_ptr_array_unref);
  vh_view_free (app->view);
  g_free (app->title);
  g_free (app->uri);
  g_free (app);
}

VhScene
vh_app_get_scene (const VhApp *app)
{
  return (VhScene){
    .session = app->session,
    .view = app->view,
    .rows = app->rows,
    .plan = app->plan,
    .commands = app->commands,
    .comparison = app->comparison,
    .live = app->live,
    .summaries = app->summaries,
    .list = app->list,
    .entries = app->entries,
    .fits = app->fits,
    .title = app->title,
    .uri = app->uri,
  };
}

GArray *
vh_app_new_help (const VhApp *app)
{
  return app->view->screen == VH_SCREEN_HELP ? vh_action_new_hints (app, FALSE) : NULL;
}

VhCanvas *
vh_app_new_picture (const VhApp *app)
{
  g_autoptr (GArray) bar = vh_action_new_hints (app, TRUE);
  g_autoptr (GArray) help = vh_app_new_help (app);
  VhScene scene = vh_app_get_scene (app);
  scene.bar = bar;
  scene.help = help;
  VhCanvas *canvas = vh_canvas_new (app->width, app->height, app->ascii);
  vh_frame_paint (&scene, canvas);
  return canvas;
}

const VhRow *
vh_app_get_row (const VhApp *app)
{
  if (!app->rows)
    return NULL;
  const gint at = vh_rows_find_cursor (app->rows, app->view);
  return at < 0 ? NULL : &g_array_index (app->rows, VhRow, at);
}

gboolean
vh_app_get_row_knob (const VhApp *app, VhKnob *knob, gint32 *bus)
{
  const VhRow *row = vh_app_get_row (app);
  *bus = -1;
  if (!row)
    return FALSE;
  switch ((VhRowKind) row->kind)
    {
    case VH_ROW_ROOT_KNOB:
      *knob = VH_KNOB_ROOT;
      return TRUE;
    case VH_ROW_BRIDGE_KNOB:
      *knob = VH_KNOB_BRIDGE;
      return TRUE;
    case VH_ROW_BUS:
      *knob = VH_KNOB_PORT;
      *bus = vh_topology_get_bus (app->session->after->topology, (guint) row->item)->index;
      return TRUE;
    case VH_ROW_DEVICE:
    case VH_ROW_UNADDRESSED_HEADING:
    case VH_ROW_UNADDRESSED:
    case VH_ROW_SLOTS:
      break;
    }
  return FALSE;
}

void
vh_app_refresh (VhApp *app)
{
  if (app->view->screen == VH_SCREEN_DOMAINS)
    vh_app_refresh_overview (app);
  if (app->view->screen == VH_SCREEN_DOMAINS || !app->session)
    return;
  const gint before = app->rows ? vh_rows_find_cursor (app->rows, app->view) : 0;
  g_clear_pointer (&app->rows, g_array_unref);
  g_clear_pointer (&app->matches, g_array_unref);
  app->rows = vh_rows_new (app->session, app->view);
  vh_app_refresh_fits (app);
  if (vh_rows_find_cursor (app->rows, app->view) < 0 && app->rows->len)
    {
      const guint nearest = MIN ((guint) MAX (before, 0), app->rows->len - 1);
      app->view->cursor = g_array_index (app->rows, VhRow, nearest).key;
    }
  vh_app_move_tree (app, 0);
}

void
vh_app_resize (VhApp *app, guint width, guint height)
{
  app->width = width;
  app->height = height;
  vh_app_move (app, 0);
}

/* The first setting that this machine has. */
static VhRowKey
get_first_key (const VhSession *session)
{
  g_autoptr (VhKnobState) root = vh_session_new_knob (session, VH_KNOB_ROOT, -1);
  return vh_row_key_of_knob (root->applies ? VH_KNOB_ROOT : VH_KNOB_BRIDGE);
}

void
vh_app_take_session (VhApp *app, VhSession *session)
{
  vh_app_clear_compared (app);
  vh_app_clear_fits (app);
  g_clear_pointer (&app->plan, vh_plan_free);
  g_clear_pointer (&app->session, vh_session_free);
  app->session = session;
  app->view->screen = VH_SCREEN_MAIN;
  if (!app->view->cursor)
    app->view->cursor = get_first_key (session);
  vh_app_refresh (app);
}

VhEffect
vh_app_key (VhApp *app, VhKey key)
{
  if (app->view->prompt != VH_PROMPT_NONE)
    return vh_app_answer (app, key);
  vh_view_set_message (app->view, VH_SEVERITY_NOTE, NULL);
  const VhAction *action = vh_action_find (app->view->screen, key);
  if (!action)
    return VH_EFFECT_NONE;
  g_autofree char *reason = action->may ? action->may (app) : NULL;
  if (!reason)
    return action->run (app);
  vh_view_set_message (app->view, VH_SEVERITY_WARNING, reason);
  return VH_EFFECT_NONE;
}
