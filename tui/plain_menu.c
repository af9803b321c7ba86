/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/plain_menu.h"

#include "model/i18n.h"

#define WITH_ROWS                                                                                  \
  (VH_ON (VH_SCREEN_DOMAINS) | VH_ON (VH_SCREEN_MAIN) | VH_ON (VH_SCREEN_COMPARE) |                \
   VH_ON (VH_SCREEN_FIT) | VH_ON (VH_SCREEN_HISTORY) | VH_ON (VH_SCREEN_EDITS))
#define WITH_PANE (VH_ON (VH_SCREEN_MAIN) | VH_ON (VH_SCREEN_COMPARE) | VH_ON (VH_SCREEN_FIT))

static const struct {
  VhPlainKind kind;
  guint screens;
  const char *name, *sentence;
} own[] = {
  { VH_PLAIN_ROWS, WITH_ROWS, "rows", N_ ("List the rows with their numbers, to go to one.") },
  { VH_PLAIN_WHY, WITH_PANE, "why",
    N_ ("Say all about the row: why it is so, its details, or its XML.") },
};

/* They scroll or draw a picture, which lines do not need. */
static const char *const of_pictures[] = {
  "reasons-down", "reasons-up", "pane-down", "pane-up", "help", "redraw", "suspend", "quit-now",
};

static gboolean
is_of_pictures (const VhAction *action)
{
  if (g_str_equal (action->group, "Move"))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (of_pictures); i++)
    if (g_str_equal (action->name, of_pictures[i]))
      return TRUE;
  return FALSE;
}

gboolean
vh_plain_has_rows (VhScreen screen)
{
  return (VH_ON (screen) & WITH_ROWS) != 0;
}

GArray *
vh_plain_menu_new (VhScreen screen)
{
  guint n_actions = 0;
  const VhAction *actions = vh_action_get_table (&n_actions);
  GArray *menu = g_array_new (FALSE, FALSE, sizeof (VhPlainEntry));
  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    {
      const VhPlainEntry entry = { .kind = own[i].kind };
      if (own[i].screens & VH_ON (screen))
        g_array_append_val (menu, entry);
    }
  for (guint i = 0; i < n_actions; i++)
    {
      const VhPlainEntry entry = { .kind = VH_PLAIN_ACTION, .action = &actions[i] };
      if ((actions[i].screens & VH_ON (screen)) && !is_of_pictures (&actions[i]))
        g_array_append_val (menu, entry);
    }
  return menu;
}

static const char *
get_name (const VhPlainEntry *entry)
{
  return entry->kind == VH_PLAIN_ACTION ? entry->action->name : own[entry->kind - 1].name;
}

static const char *
get_sentence (const VhPlainEntry *entry)
{
  return _ (entry->kind == VH_PLAIN_ACTION ? entry->action->sentence
                                           : own[entry->kind - 1].sentence);
}

const VhPlainEntry *
vh_plain_menu_find (const GArray *menu, VhScreen screen, const char *text)
{
  guint64 number = 0;
  if (g_ascii_string_to_unsigned (text, 10, 1, menu->len, &number, NULL))
    return &g_array_index (menu, VhPlainEntry, number - 1);
  const VhAction *by_key = vh_action_find (screen, vh_key_parse (text));
  for (guint i = 0; i < menu->len; i++)
    {
      const VhPlainEntry *entry = &g_array_index (menu, VhPlainEntry, i);
      if (g_str_equal (get_name (entry), text) || (by_key && entry->action == by_key))
        return entry;
    }
  return NULL;
}

char *
vh_plain_menu_format (const GArray *menu, const VhApp *app)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < menu->len; i++)
    {
      const VhPlainEntry *entry = &g_array_index (menu, VhPlainEntry, i);
      const VhAction *action = entry->action;
      g_autofree char *reason = action && action->may ? action->may (app) : NULL;
      g_string_append_printf (text, "%u %s: %s", i + 1, get_name (entry), get_sentence (entry));
      if (reason)
        g_string_append_printf (text, _ (" Not now: %s"), reason);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}
