/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/app_move.h"

#include "tui/action_run.h"
#include "tui/app_compare.h"
#include "tui/app_edits.h"
#include "tui/app_fit.h"
#include "tui/app_history.h"
#include "tui/app_overview.h"

/* Of a list, for one notch. */
#define WHEEL_LINES 3

static VhExtent
get_extent (const VhApp *app)
{
  g_autoptr (GArray) help = vh_app_new_help (app);
  VhScene scene = vh_app_get_scene (app);
  scene.help = help;
  return vh_frame_get_extent (&scene, app->width, app->height);
}

guint
vh_app_get_page (const VhApp *app)
{
  return MAX (get_extent (app).page, 1);
}

static guint
moved (guint from, gint lines, guint total)
{
  const gint64 to = (gint64) from + lines;
  return total == 0 ? 0 : (guint) CLAMP (to, 0, (gint64) total - 1);
}

void
vh_app_move_tree (VhApp *app, gint lines)
{
  const gint at = vh_rows_find_cursor (app->rows, app->view);
  const guint to = moved ((guint) MAX (at, 0), lines, app->rows->len);
  app->view->row = to;
  if (app->rows->len)
    app->view->cursor = g_array_index (app->rows, VhRow, to).key;
  app->view->reasons_scroll = 0;
  app->view->top = vh_frame_get_top (app->view->top, to, vh_app_get_page (app), app->rows->len);
}

void
vh_app_move (VhApp *app, gint lines)
{
  if (app->view->screen == VH_SCREEN_DOMAINS)
    {
      vh_app_move_domains (app, lines);
      return;
    }
  if (app->view->screen == VH_SCREEN_MAIN)
    {
      if (app->rows)
        vh_app_move_tree (app, lines);
      return;
    }
  if (app->view->screen == VH_SCREEN_COMPARE)
    {
      vh_app_move_compared (app, lines);
      return;
    }
  if (app->view->screen == VH_SCREEN_FIT)
    {
      vh_app_move_fits (app, lines);
      return;
    }
  if (vh_app_move_history (app, lines) || vh_app_move_edits (app, lines))
    return;
  const VhExtent extent = get_extent (app);
  const guint last = extent.total > extent.page ? extent.total - extent.page : 0;
  app->view->scroll = moved (app->view->scroll, lines, last + 1);
}

void
vh_app_scroll_reasons (VhApp *app, gint lines)
{
  const VhScene scene = vh_app_get_scene (app);
  const VhExtent extent = vh_frame_get_reasons_extent (&scene, app->width, app->height);
  const guint last = extent.total > extent.page ? extent.total - extent.page : 0;
  /* A pane that grew meanwhile shows its end, whatever the count says. */
  app->view->reasons_scroll = moved (MIN (app->view->reasons_scroll, last), lines, last + 1);
}

guint
vh_app_get_pane_page (const VhApp *app)
{
  const VhScene scene = vh_app_get_scene (app);
  return MAX (vh_frame_get_reasons_extent (&scene, app->width, app->height).page, 1);
}

/* Which row of the screen's list is the focused one. */
static gint
get_focus (const VhApp *app)
{
  if (app->view->screen == VH_SCREEN_DOMAINS)
    return (gint) app->view->domain;
  if (app->view->screen == VH_SCREEN_COMPARE)
    return (gint) app->view->compared;
  if (app->view->screen == VH_SCREEN_FIT)
    return (gint) app->view->fit;
  return MAX (vh_rows_find_cursor (app->rows, app->view), 0);
}

static VhHit
find (const VhApp *app, guint x, guint y)
{
  const VhScene scene = vh_app_get_scene (app);
  if (app->view->prompt != VH_PROMPT_NONE)
    return (VhHit){ .part = VH_HIT_NOTHING };
  return vh_frame_find (&scene, app->width, app->height, x, y);
}

void
vh_app_click (VhApp *app, guint x, guint y)
{
  const VhHit hit = find (app, x, y);
  if (hit.part != VH_HIT_ROW && hit.part != VH_HIT_FOLD)
    return;
  vh_app_move (app, (gint) hit.row - get_focus (app));
  if (hit.part == VH_HIT_FOLD)
    vh_action_run_fold_toggle (app);
}

void
vh_app_turn_wheel (VhApp *app, guint x, guint y, gint notches)
{
  if (app->view->prompt != VH_PROMPT_NONE)
    return;
  if (find (app, x, y).part == VH_HIT_PANE)
    vh_app_scroll_reasons (app, notches);
  else
    vh_app_move (app, notches * WHEEL_LINES);
}
