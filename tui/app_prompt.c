/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/app_prompt.h"

#include "model/i18n.h"
#include "tui/action_ports.h"
#include "tui/action_run.h"
#include "tui/app_compare.h"
#include "tui/app_move.h"
#include "tui/app_overview.h"

static GString *
get_prompt_text (const VhApp *app)
{
  if (app->view->prompt == VH_PROMPT_PORTS)
    return app->view->answer;
  if (app->view->prompt == VH_PROMPT_WHAT_IF)
    return app->view->what_if;
  return app->view->prompt == VH_PROMPT_SEARCH ? vh_view_get_search (app->view)
                                               : vh_view_get_filter (app->view);
}

static void
say_nothing_found (VhApp *app)
{
  const VhView *view = app->view;
  const gboolean hides = vh_view_is_selective (view) || g_hash_table_size (view->folded);
  g_autofree char *message = g_strdup_printf (
      _ ("Nothing here matches “%1$s”.%2$s"), view->search->str,
      hides ? _ (" Hidden rows were not searched: * unfolds, Esc shows all.") : "");
  vh_view_set_message (app->view, VH_SEVERITY_NOTE, message);
}

/* While it is typed: from the cursor on, round the end. */
static void
search_typed (VhApp *app)
{
  const guint n = app->rows->len;
  const guint at = (guint) MAX (vh_rows_find_cursor (app->rows, app->view), 0);
  for (guint i = 0; i < n; i++)
    {
      const guint row = (at + i) % n;
      if (!vh_row_matches (app->session, &g_array_index (app->rows, VhRow, row),
                           app->view->search->str))
        continue;
      vh_app_move (app, (gint) row - (gint) at);
      return;
    }
  say_nothing_found (app);
}

/* Made once for each text and each change of the rows. */
static void
find_matches (VhApp *app)
{
  if (app->matches)
    return;
  app->matches = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < app->rows->len; i++)
    if (vh_row_matches (app->session, &g_array_index (app->rows, VhRow, i), app->view->search->str))
      g_array_append_val (app->matches, i);
}

/* How many matches are on rows above `row`. */
static guint
count_above (const GArray *matches, guint row)
{
  guint low = 0, high = matches->len;
  while (low < high)
    {
      const guint middle = (low + high) / 2;
      if (g_array_index (matches, guint, middle) < row)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

void
vh_app_search (VhApp *app, gint direction)
{
  if (app->view->screen == VH_SCREEN_DOMAINS)
    {
      vh_app_search_domains (app, direction);
      return;
    }
  if (!app->rows || !app->rows->len || !app->view->search->len)
    return;
  find_matches (app);
  const guint n = app->matches->len;
  if (!n)
    {
      say_nothing_found (app);
      return;
    }
  const guint row = (guint) MAX (vh_rows_find_cursor (app->rows, app->view), 0);
  const guint wanted = count_above (app->matches, direction > 0 ? row + 1 : row);
  const guint to = direction < 0 ? (wanted + n - 1) % n : wanted % n;
  const gboolean goes_round = direction < 0 ? wanted == 0 : wanted == n;
  vh_app_move (app, (gint) g_array_index (app->matches, guint, to) - (gint) row);
  g_autofree char *message = g_strdup_printf (
      goes_round ? _ ("“%1$s”: %2$u of %3$u, round the end.") : _ ("“%1$s”: %2$u of %3$u."),
      app->view->search->str, to + 1, n);
  vh_view_set_message (app->view, VH_SEVERITY_NOTE, message);
}

static void
text_changed (VhApp *app)
{
  const gboolean is_search = app->view->prompt == VH_PROMPT_SEARCH;
  if (app->view->prompt == VH_PROMPT_FILTER)
    vh_app_refresh (app);
  g_clear_pointer (&app->matches, g_array_unref);
  if (app->view->screen == VH_SCREEN_DOMAINS && is_search)
    vh_app_search_domains (app, 0);
  else if (is_search && app->view->search->len && app->rows->len)
    search_typed (app);
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

/* A count has digits. */
static gboolean
may_be_typed (VhPrompt prompt, VhKey key)
{
  return prompt == VH_PROMPT_PORTS ? key >= '0' && key <= '9' : vh_key_is_text (key);
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
      const gboolean searches = app->view->prompt == VH_PROMPT_SEARCH;
      if (key == VH_KEY_ESC)
        g_string_truncate (text, 0);
      text_changed (app);
      app->view->prompt = VH_PROMPT_NONE;
      if (searches)
        vh_app_search (app, 0);
      return;
    }
  if (key == VH_KEY_BACKSPACE && text->len)
    g_string_truncate (text, (gsize) (g_utf8_prev_char (text->str + text->len) - text->str));
  else if (key == VH_KEY_CTRL ('U'))
    g_string_truncate (text, 0);
  else if (may_be_typed (app->view->prompt, key))
    g_string_append_unichar (text, key);
  text_changed (app);
}

/* Questions that one key answers. */
static const struct {
  VhPrompt prompt;
  VhKey key;
  VhEffect effect;
} answers[] = {
  { VH_PROMPT_QUIT, 'y', VH_EFFECT_QUIT },
  { VH_PROMPT_UNCHECKED, 'y', VH_EFFECT_WRITE_UNCHECKED },
  { VH_PROMPT_ASK, 'y', VH_EFFECT_ASK },
  { VH_PROMPT_KEPT, 'y', VH_EFFECT_TAKE_UP },
  { VH_PROMPT_KEPT, 'n', VH_EFFECT_DROP_KEPT },
  { VH_PROMPT_KEPT, 'q', VH_EFFECT_LEAVE_KEPT },
  { VH_PROMPT_KEPT, VH_KEY_ESC, VH_EFFECT_LEAVE_KEPT },
  { VH_PROMPT_KEPT, VH_KEY_CTRL ('C'), VH_EFFECT_LEAVE_KEPT },
};

static gboolean
find_answer (VhPrompt prompt, VhKey key, VhEffect *effect)
{
  const VhKey small = key < 128 ? (VhKey) g_ascii_tolower ((char) key) : key;
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (answers[i].prompt == prompt && answers[i].key == small)
      {
        *effect = answers[i].effect;
        return TRUE;
      }
  return FALSE;
}

static gboolean
is_question (VhPrompt prompt)
{
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (answers[i].prompt == prompt)
      return TRUE;
  return FALSE;
}

/* Any other key is “no”, but for edits that nothing else would bring back. */
static VhEffect
key_in_question (VhApp *app, VhKey key)
{
  const VhPrompt asked = app->view->prompt;
  VhEffect effect = VH_EFFECT_NONE;
  const gboolean answered = find_answer (asked, key, &effect);
  if (!answered && asked == VH_PROMPT_KEPT)
    return VH_EFFECT_NONE;
  app->view->prompt = VH_PROMPT_NONE;
  if (!answered || asked == VH_PROMPT_KEPT)
    vh_view_set_message (app->view, VH_SEVERITY_NOTE, NULL);
  if (asked == VH_PROMPT_QUIT && (key == 'w' || key == 'W'))
    return vh_action_run_review (app);
  return effect;
}

VhEffect
vh_app_answer (VhApp *app, VhKey key)
{
  const VhPrompt prompt = app->view->prompt;
  if (is_question (prompt))
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
