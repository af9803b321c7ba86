/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/app_prompt.h"

#include "tui/action_ports.h"
#include "tui/app_compare.h"
#include "tui/app_move.h"

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
key_in_text (VhApp *app, VhKey key)
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
vh_app_answer (VhApp *app, VhKey key)
{
  const VhPrompt prompt = app->view->prompt;
  if (prompt == VH_PROMPT_QUIT || prompt == VH_PROMPT_UNCHECKED || prompt == VH_PROMPT_ASK)
    return key_in_question (app, key);
  vh_view_set_message (app->view, VH_SEVERITY_NOTE, NULL);
  if (prompt != VH_PROMPT_POLICY)
    {
      key_in_text (app, key);
      return VH_EFFECT_NONE;
    }
  app->view->prompt = VH_PROMPT_NONE;
  vh_action_answer_policy (app, key);
  return VH_EFFECT_NONE;
}
