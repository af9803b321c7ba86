/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/app.h"

#include "tui/action.h"
#include "tui/action_ports.h"
#include "tui/app_compare.h"
#include "tui/app_history.h"

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
  g_clear_pointer (&app->plan, vh_plan_free);
  g_clear_pointer (&app->session, vh_session_free);
  g_clear_pointer (&app->rows, g_array_unref);
  g_clear_pointer (&app->summaries, g_ptr_array_unref);
  g_clear_pointer (&app->entries, g_ptr_array_unref);
  vh_view_free (app->view);
  g_free (app->title);
  g_free (app->uri);
  g_free (app);
}

/* What the painters need, all borrowed but the hints. */
static VhScene
make_scene (const VhApp *app, GArray *bar, GArray *help)
{
  return (VhScene){
    .session = app->session,
    .view = app->view,
    .rows = app->rows,
    .plan = app->plan,
    .comparison = app->comparison,
    .live = app->live,
    .summaries = app->summaries,
    .entries = app->entries,
    .title = app->title,
    .uri = app->uri,
    .bar = bar,
    .help = help,
  };
}

static GArray *
new_help (const VhApp *app)
{
  return app->view->screen == VH_SCREEN_HELP ? vh_action_new_hints (app, FALSE) : NULL;
}

static VhExtent
get_extent (const VhApp *app)
{
  g_autoptr (GArray) help = new_help (app);
  const VhScene scene = make_scene (app, NULL, help);
  return vh_frame_get_extent (&scene, app->width, app->height);
}

VhCanvas *
vh_app_new_picture (const VhApp *app)
{
  g_autoptr (GArray) bar = vh_action_new_hints (app, TRUE);
  g_autoptr (GArray) help = new_help (app);
  const VhScene scene = make_scene (app, bar, help);
  VhCanvas *canvas = vh_canvas_new (app->width, app->height, app->ascii);
  vh_frame_paint (&scene, canvas);
  return canvas;
}

guint
vh_app_get_page (const VhApp *app)
{
  return MAX (get_extent (app).page, 1);
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
      break;
    }
  return FALSE;
}

static guint
moved (guint from, gint lines, guint total)
{
  const gint64 to = (gint64) from + lines;
  return total == 0 ? 0 : (guint) CLAMP (to, 0, (gint64) total - 1);
}

static void
move_row (VhApp *app, gint lines)
{
  const gint at = vh_rows_find_cursor (app->rows, app->view);
  const guint to = moved ((guint) MAX (at, 0), lines, app->rows->len);
  app->view->row = to;
  if (app->rows->len)
    app->view->cursor = g_array_index (app->rows, VhRow, to).key;
  app->view->reasons_scroll = 0;
  app->view->top = vh_frame_get_top (app->view->top, to, vh_app_get_page (app), app->rows->len);
}

static void
move_domain (VhApp *app, gint lines)
{
  const guint total = app->summaries ? app->summaries->len : 0;
  app->view->domain = moved (app->view->domain, lines, total);
  app->view->domain_top =
      vh_frame_get_top (app->view->domain_top, app->view->domain, vh_app_get_page (app), total);
}

void
vh_app_move (VhApp *app, gint lines)
{
  if (app->view->screen == VH_SCREEN_DOMAINS)
    {
      move_domain (app, lines);
      return;
    }
  if (app->view->screen == VH_SCREEN_MAIN)
    {
      if (app->rows)
        move_row (app, lines);
      return;
    }
  if (app->view->screen == VH_SCREEN_COMPARE)
    {
      vh_app_move_compared (app, lines);
      return;
    }
  if (vh_app_move_history (app, lines))
    return;
  const VhExtent extent = get_extent (app);
  const guint last = extent.total > extent.page ? extent.total - extent.page : 0;
  app->view->scroll = moved (app->view->scroll, lines, last + 1);
}

void
vh_app_scroll_reasons (VhApp *app, gint lines)
{
  const VhScene scene = make_scene (app, NULL, NULL);
  const VhExtent extent = vh_frame_get_reasons_extent (&scene, app->width, app->height);
  const guint last = extent.total > extent.page ? extent.total - extent.page : 0;
  /* A pane that grew meanwhile shows its end, whatever the count says. */
  app->view->reasons_scroll = moved (MIN (app->view->reasons_scroll, last), lines, last + 1);
}

/* Which row of the screen's list is the focused one. */
static gint
get_focus (const VhApp *app)
{
  if (app->view->screen == VH_SCREEN_DOMAINS)
    return (gint) app->view->domain;
  if (app->view->screen == VH_SCREEN_COMPARE)
    return (gint) app->view->compared;
  return MAX (vh_rows_find_cursor (app->rows, app->view), 0);
}

void
vh_app_click (VhApp *app, guint y)
{
  if (app->view->prompt != VH_PROMPT_NONE)
    return;
  const VhScene scene = make_scene (app, NULL, NULL);
  const gint to = vh_frame_find_row (&scene, app->width, app->height, y);
  if (to < 0)
    return;
  vh_app_move (app, to - get_focus (app));
}

void
vh_app_refresh (VhApp *app)
{
  if (!app->session)
    return;
  const gint before = app->rows ? vh_rows_find_cursor (app->rows, app->view) : 0;
  g_clear_pointer (&app->rows, g_array_unref);
  app->rows = vh_rows_new (app->session, app->view);
  if (vh_rows_find_cursor (app->rows, app->view) < 0 && app->rows->len)
    {
      const guint nearest = MIN ((guint) MAX (before, 0), app->rows->len - 1);
      app->view->cursor = g_array_index (app->rows, VhRow, nearest).key;
    }
  move_row (app, 0);
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
  g_clear_pointer (&app->plan, vh_plan_free);
  g_clear_pointer (&app->session, vh_session_free);
  app->session = session;
  app->view->screen = VH_SCREEN_MAIN;
  if (!app->view->cursor)
    app->view->cursor = get_first_key (session);
  vh_app_refresh (app);
}

void
vh_app_take_summaries (VhApp *app, GPtrArray *summaries)
{
  g_clear_pointer (&app->summaries, g_ptr_array_unref);
  app->summaries = summaries;
  app->view->screen = VH_SCREEN_DOMAINS;
  move_domain (app, 0);
}

/* ---- text typed at the bottom ---- */

static GString *
get_prompt_text (const VhApp *app)
{
  if (app->view->prompt == VH_PROMPT_PORTS)
    return app->view->answer;
  if (app->view->prompt == VH_PROMPT_WHAT_IF)
    return app->view->what_if;
  return app->view->prompt == VH_PROMPT_SEARCH ? app->view->search : app->view->filter;
}

/* The next row after the cursor that matches, round the end. */
static gboolean
search_from (VhApp *app, gint start, gint direction)
{
  const gint n = (gint) app->rows->len;
  for (gint i = 0; i < n; i++)
    {
      const gint at = (((start + i * direction) % n) + n) % n;
      const VhRow *row = &g_array_index (app->rows, VhRow, at);
      if (vh_row_matches (app->session, row, app->view->search->str))
        {
          vh_app_move (app, at - vh_rows_find_cursor (app->rows, app->view));
          return TRUE;
        }
    }
  return FALSE;
}

void
vh_app_search (VhApp *app, gint direction)
{
  if (!app->rows || !app->rows->len || !app->view->search->len)
    return;
  const gint at = vh_rows_find_cursor (app->rows, app->view);
  if (search_from (app, at + direction, direction ? direction : 1))
    return;
  g_autofree char *message = g_strdup_printf ("Nothing here matches “%s”.", app->view->search->str);
  vh_view_set_message (app->view, VH_SEVERITY_NOTE, message);
}

static void
text_changed (VhApp *app)
{
  if (app->view->prompt == VH_PROMPT_FILTER)
    vh_app_refresh (app);
  else if (app->view->prompt == VH_PROMPT_SEARCH)
    vh_app_search (app, 0);
}

/* Of a prompt that does something else than to search. TRUE: it is over. */
static gboolean
finish_prompt (VhApp *app, VhKey key)
{
  if (app->view->prompt == VH_PROMPT_WHAT_IF)
    {
      vh_app_finish_what_if (app, key);
      return TRUE;
    }
  if (app->view->prompt != VH_PROMPT_PORTS)
    return FALSE;
  app->view->prompt = VH_PROMPT_NONE;
  if (key == VH_KEY_ENTER)
    vh_action_answer_ports (app);
  return TRUE;
}

static void
key_in_prompt (VhApp *app, VhKey key)
{
  GString *text = get_prompt_text (app);
  const gboolean ends = key == VH_KEY_ENTER || key == VH_KEY_ESC;
  if (ends && finish_prompt (app, key))
    return;
  if (ends)
    {
      if (key == VH_KEY_ESC)
        g_string_truncate (text, 0);
      text_changed (app);
      app->view->prompt = VH_PROMPT_NONE;
      return;
    }
  if (key == VH_KEY_BACKSPACE && text->len)
    g_string_truncate (text, (gsize) (g_utf8_prev_char (text->str + text->len) - text->str));
  else if (key == VH_KEY_CTRL ('U'))
    g_string_truncate (text, 0);
  else if (vh_key_is_text (key))
    g_string_append_unichar (text, key);
  text_changed (app);
}

static VhEffect
key_in_question (VhApp *app, VhKey key)
{
  const VhPrompt asked = app->view->prompt;
  app->view->prompt = VH_PROMPT_NONE;
  if (key != 'y' && key != 'Y')
    {
      vh_view_set_message (app->view, VH_SEVERITY_NOTE, NULL);
      return VH_EFFECT_NONE;
    }
  if (asked == VH_PROMPT_ASK)
    return VH_EFFECT_ASK;
  return asked == VH_PROMPT_QUIT ? VH_EFFECT_QUIT : VH_EFFECT_WRITE_UNCHECKED;
}

VhEffect
vh_app_key (VhApp *app, VhKey key)
{
  const VhPrompt prompt = app->view->prompt;
  if (prompt == VH_PROMPT_QUIT || prompt == VH_PROMPT_UNCHECKED || prompt == VH_PROMPT_ASK)
    return key_in_question (app, key);
  vh_view_set_message (app->view, VH_SEVERITY_NOTE, NULL);
  if (prompt == VH_PROMPT_POLICY)
    {
      app->view->prompt = VH_PROMPT_NONE;
      vh_action_answer_policy (app, key);
      return VH_EFFECT_NONE;
    }
  if (prompt != VH_PROMPT_NONE)
    {
      key_in_prompt (app, key);
      return VH_EFFECT_NONE;
    }
  const VhAction *action = vh_action_find (app->view->screen, key);
  if (!action)
    return VH_EFFECT_NONE;
  g_autofree char *reason = action->may ? action->may (app) : NULL;
  if (!reason)
    return action->run (app);
  vh_view_set_message (app->view, VH_SEVERITY_WARNING, reason);
  return VH_EFFECT_NONE;
}
