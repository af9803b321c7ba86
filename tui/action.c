/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/action.h"

#include "model/i18n.h"
#include "tui/action_ports.h"
#include "tui/action_run.h"

#define ON_DOMAINS VH_ON (VH_SCREEN_DOMAINS)
#define ON_MAIN VH_ON (VH_SCREEN_MAIN)
#define ON_WRITE VH_ON (VH_SCREEN_WRITE)
#define ON_HELP VH_ON (VH_SCREEN_HELP)
#define ON_FINDINGS VH_ON (VH_SCREEN_FINDINGS)
#define ON_FIT VH_ON (VH_SCREEN_FIT)
#define ON_COMPARE VH_ON (VH_SCREEN_COMPARE)
#define ON_HISTORY VH_ON (VH_SCREEN_HISTORY)
#define ON_EDITS VH_ON (VH_SCREEN_EDITS)
#define ON_READING (ON_WRITE | ON_HELP | ON_FINDINGS | ON_COMPARE | ON_FIT | ON_HISTORY | ON_EDITS)
#define ON_ALL (ON_DOMAINS | ON_MAIN | ON_READING)

/* The order is that of the bar, as far as it has room, and of the help. */
static const VhAction actions[] = {
  { "confirm", "y", NULL, N_ ("write"), N_ ("Change"), N_ ("Write what this screen shows."),
    ON_WRITE, vh_action_may_write, vh_action_run_confirm },
  { "back", "Esc", "q", N_ ("back"), N_ ("Program"), N_ ("Go back without doing anything."),
    ON_READING, NULL, vh_action_run_back },
  { "refuse", "n", NULL, NULL, N_ ("Program"), N_ ("Do not write; go back."), ON_WRITE, NULL,
    vh_action_run_back },
  { "open", "Enter", NULL, N_ ("open"), N_ ("Program"), N_ ("Open the domain under the cursor."),
    ON_DOMAINS, vh_action_may_open, vh_action_run_open },
  { "go-to-fit", "Enter", NULL, N_ ("go there"), N_ ("Look"),
    N_ ("Go to the bus that this device would be put on."), ON_FIT, vh_action_may_go_to_fit,
    vh_action_run_go_to_fit },
  { "go-to", "Enter", NULL, N_ ("go there"), N_ ("Change"),
    N_ ("Undo or redo up to the state under the cursor, at once."), ON_EDITS, NULL,
    vh_action_run_go_to },
  { "toggle", "Space", NULL, N_ ("toggle"), N_ ("Change"),
    N_ ("Turn the setting under the cursor on or off; where the default gives that state, it is "
        "left "
        "to the "
        "default."),
    ON_MAIN, vh_action_may_set, vh_action_run_toggle },
  { "write", "w", "F2", N_ ("write"), N_ ("Change"),
    N_ ("Show what would be written, and what follows from it."), ON_MAIN, vh_action_may_review,
    vh_action_run_review },
  { "undo", "u", NULL, N_ ("undo"), N_ ("Change"), N_ ("Take the last change back."),
    ON_MAIN | ON_FIT | ON_EDITS, vh_action_may_undo, vh_action_run_undo },
  { "help", "?", "F1", N_ ("help"), N_ ("Program"), N_ ("Show the keys of this screen."),
    ON_DOMAINS | ON_MAIN | ON_WRITE | ON_FINDINGS | ON_COMPARE | ON_FIT | ON_HISTORY | ON_EDITS,
    NULL, vh_action_run_help },
  { "quit", "q", NULL, N_ ("quit"), N_ ("Program"),
    N_ ("End the program; asks when changes are not written."), ON_DOMAINS | ON_MAIN, NULL,
    vh_action_run_quit },
  { "show-all", "Esc", NULL, NULL, N_ ("Look"),
    N_ ("Show all rows again and forget the search; with nothing to forget, end the program."),
    ON_MAIN | ON_DOMAINS, NULL, vh_action_run_show_all },
  { "findings", "!", "F3", N_ ("findings"), N_ ("Look"),
    N_ ("Show what is wrong with this domain."), ON_MAIN, NULL, vh_action_run_findings },
  { "fit", "f", NULL, N_ ("fit"), N_ ("Look"),
    N_ ("Show which slot each kind of device would get."), ON_MAIN, vh_action_may_look,
    vh_action_run_fit },
  { "search", "/", NULL, N_ ("search"), N_ ("Look"), N_ ("Search names, addresses and mechanisms."),
    ON_MAIN | ON_DOMAINS, NULL, vh_action_run_search },
  { "ask-qemu", "Q", NULL, N_ ("ask QEMU"), N_ ("Look"),
    N_ ("Ask the running QEMU for its own values, which taints the domain; asks before."),
    ON_COMPARE, vh_action_may_ask, vh_action_run_ask },
  { "only-different", "c", NULL, N_ ("differing"), N_ ("Look"),
    N_ ("Show only rows that differ, or all again."), ON_COMPARE, NULL,
    vh_action_run_only_different },
  { "on", "1", NULL, N_ ("on"), N_ ("Change"), N_ ("Write the setting under the cursor as on."),
    ON_MAIN, vh_action_may_set, vh_action_run_on },
  { "off", "0", NULL, N_ ("off"), N_ ("Change"), N_ ("Write the setting under the cursor as off."),
    ON_MAIN, vh_action_may_set, vh_action_run_off },
  { "default", "d", NULL, N_ ("default"), N_ ("Change"),
    N_ ("Remove the setting: the machine type decides."), ON_MAIN, vh_action_may_set,
    vh_action_run_default },
  { "redo", "U", "Ctrl-R", NULL, N_ ("Change"), N_ ("Make the change again that was taken back."),
    ON_MAIN | ON_FIT | ON_EDITS, vh_action_may_redo, vh_action_run_redo },
  { "add-ports", "a", NULL, N_ ("add ports"), N_ ("Change"),
    N_ ("Add root ports, for devices to come; asks how many, and says what moves."),
    ON_MAIN | ON_FIT, vh_action_may_add_ports, vh_action_run_add_ports },
  { "remove-port", "x", NULL, NULL, N_ ("Change"),
    N_ ("Remove the root port with the highest index, unused."), ON_MAIN, vh_action_may_remove_port,
    vh_action_run_remove_port },
  { "policy", "p", NULL, N_ ("policy"), N_ ("Change"),
    N_ ("Lock ports, forbid hotplug, make it native or default: many settings at once."), ON_MAIN,
    vh_action_may_edit, vh_action_run_policy },
  { "edits", "E", NULL, N_ ("changes"), N_ ("Change"),
    N_ ("List what was changed and what was undone, step by step, to go to any of it."), ON_MAIN,
    vh_action_may_edits, vh_action_run_edits },
  { "root", "R", NULL, NULL, N_ ("Change"), N_ ("Toggle ACPI hotplug of the root bus."), ON_MAIN,
    vh_action_may_root, vh_action_run_root },
  { "bridge", "B", NULL, NULL, N_ ("Change"), N_ ("Toggle ACPI hotplug of bridges and ports."),
    ON_MAIN, vh_action_may_bridge, vh_action_run_bridge },
  { "next", "n", NULL, NULL, N_ ("Look"), N_ ("Go to the next match."), ON_MAIN | ON_DOMAINS,
    vh_action_may_next, vh_action_run_next },
  { "previous", "N", NULL, NULL, N_ ("Look"), N_ ("Go to the match before."), ON_MAIN | ON_DOMAINS,
    vh_action_may_next, vh_action_run_previous },
  { "filter", "\\", "F4", NULL, N_ ("Look"), N_ ("Show only rows that contain a text."),
    ON_MAIN | ON_DOMAINS, NULL, vh_action_run_filter },
  { "only-empty", "e", NULL, NULL, N_ ("Look"),
    N_ ("Show only buses with free slots, or all again."), ON_MAIN, NULL,
    vh_action_run_only_empty },
  { "only-changed", "c", NULL, NULL, N_ ("Look"), N_ ("Show only what is changed, or all again."),
    ON_MAIN, NULL, vh_action_run_only_changed },
  { "only-findings", "F", NULL, NULL, N_ ("Look"),
    N_ ("Show only buses with findings, or all again."), ON_MAIN, NULL,
    vh_action_run_only_findings },
  { "slots", "s", NULL, N_ ("slots"), N_ ("Look"),
    N_ ("Show the free slots of this bus as rows, or hide them."), ON_MAIN, vh_action_may_slots,
    vh_action_run_slots },
  { "info", "i", NULL, N_ ("info"), N_ ("Look"),
    N_ ("Show the next page about the row: reasons, details, XML, or none."), ON_MAIN, NULL,
    vh_action_run_pane },
  { "fold", "-", "Left h", NULL, N_ ("Look"), N_ ("Fold the row, or go to the one above it."),
    ON_MAIN, NULL, vh_action_run_fold },
  { "unfold", "+", "Right l", NULL, N_ ("Look"), N_ ("Unfold the row."), ON_MAIN, NULL,
    vh_action_run_unfold },
  { "fold-toggle", "Enter", "t", NULL, N_ ("Look"), N_ ("Fold or unfold the row."), ON_MAIN, NULL,
    vh_action_run_fold_toggle },
  { "unfold-all", "*", NULL, NULL, N_ ("Look"), N_ ("Unfold everything."), ON_MAIN, NULL,
    vh_action_run_unfold_all },
  { "fold-all", "_", NULL, NULL, N_ ("Look"), N_ ("Fold every bus below the root buses."), ON_MAIN,
    NULL, vh_action_run_fold_all },
  { "reasons-down", "]", "Tab", NULL, N_ ("Look"), N_ ("Scroll the reasons, details or XML on."),
    ON_MAIN | ON_COMPARE | ON_FIT, NULL, vh_action_run_reasons_down },
  { "reasons-up", "[", NULL, NULL, N_ ("Look"), N_ ("Scroll them back."),
    ON_MAIN | ON_COMPARE | ON_FIT, NULL, vh_action_run_reasons_up },
  { "pane-down", "}", NULL, NULL, N_ ("Look"), N_ ("Scroll them on by a page."),
    ON_MAIN | ON_COMPARE | ON_FIT, NULL, vh_action_run_pane_down },
  { "pane-up", "{", NULL, NULL, N_ ("Look"), N_ ("Scroll them back by a page."),
    ON_MAIN | ON_COMPARE | ON_FIT, NULL, vh_action_run_pane_up },
  { "up", "Up", "k", NULL, N_ ("Move"), N_ ("One line up."), ON_ALL, NULL, vh_action_run_up },
  { "down", "Down", "j", NULL, N_ ("Move"), N_ ("One line down."), ON_ALL, NULL,
    vh_action_run_down },
  { "page-up", "PgUp", "Ctrl-B", NULL, N_ ("Move"), N_ ("One page up."), ON_ALL, NULL,
    vh_action_run_page_up },
  { "page-down", "PgDn", "Ctrl-F", NULL, N_ ("Move"), N_ ("One page down."), ON_ALL, NULL,
    vh_action_run_page_down },
  { "first", "Home", "g", NULL, N_ ("Move"), N_ ("To the first line."), ON_ALL, NULL,
    vh_action_run_first },
  { "last", "End", "G", NULL, N_ ("Move"), N_ ("To the last line."), ON_ALL, NULL,
    vh_action_run_last },
  { "reload", "r", "F5", N_ ("reload"), N_ ("Program"),
    N_ ("Read it again; changes not written are kept."), ON_DOMAINS | ON_MAIN, NULL,
    vh_action_run_reload },
  { "live", "v", NULL, N_ ("live"), N_ ("Look"),
    N_ ("Compare what runs with what the next start will have; read it anew."),
    ON_MAIN | ON_COMPARE, vh_action_may_live, vh_action_run_live },
  { "what-if", "m", NULL, N_ ("what if"), N_ ("Look"),
    N_ ("Compare the domain with itself as another machine type, or under another QEMU."),
    ON_MAIN | ON_COMPARE, vh_action_may_look, vh_action_run_what_if },
  { "history", "H", NULL, NULL, N_ ("Look"),
    N_ ("Show the backups made before each write, to go back to one."), ON_MAIN,
    vh_action_may_history, vh_action_run_history },
  { "revert", "Enter", NULL, N_ ("show"), N_ ("Change"),
    N_ ("Show what it takes to go back to before that write; what others changed since stays."),
    ON_HISTORY, NULL, vh_action_run_revert },
  { "revert-whole", "W", NULL, N_ ("whole text"), N_ ("Change"),
    N_ ("The same with the whole text of the backup, which undoes what others changed."),
    ON_HISTORY, NULL, vh_action_run_revert_whole },
  { "sort", "s", ">", N_ ("sort"), N_ ("Look"), N_ ("Sort the domains by the next column."),
    ON_DOMAINS, NULL, vh_action_run_sort },
  { "sort-back", "<", NULL, NULL, N_ ("Look"), N_ ("Sort the domains by the column before."),
    ON_DOMAINS, NULL, vh_action_run_sort_back },
  { "reverse", "S", NULL, N_ ("reverse"), N_ ("Look"), N_ ("Sort the domains the other way round."),
    ON_DOMAINS, NULL, vh_action_run_reverse },
  { "domains", "L", NULL, NULL, N_ ("Program"), N_ ("Go to the list of domains."), ON_MAIN,
    vh_action_may_list, vh_action_run_list },
  { "redraw", "Ctrl-L", NULL, NULL, N_ ("Program"), N_ ("Draw the screen anew."), ON_ALL, NULL,
    vh_action_run_redraw },
  { "suspend", "Ctrl-Z", NULL, NULL, N_ ("Program"),
    N_ ("Stop the program; “fg” in the shell continues it."), ON_ALL, NULL, vh_action_run_suspend },
  { "quit-now", "Ctrl-C", "F10", NULL, N_ ("Program"),
    N_ ("End the program, on every screen; asks likewise."), ON_ALL, NULL, vh_action_run_quit },
};

const VhAction *
vh_action_get_table (guint *n_actions)
{
  *n_actions = G_N_ELEMENTS (actions);
  return actions;
}

static gboolean
has_key (const VhAction *action, VhKey key)
{
  if (vh_key_parse (action->key) == key)
    return TRUE;
  g_auto (GStrv) names = g_strsplit (action->more_keys ? action->more_keys : "", " ", -1);
  for (guint i = 0; names[i]; i++)
    if (vh_key_parse (names[i]) == key)
      return TRUE;
  return FALSE;
}

const VhAction *
vh_action_find (VhScreen screen, VhKey key)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if ((actions[i].screens & VH_ON (screen)) && has_key (&actions[i], key))
      return &actions[i];
  return NULL;
}

const VhAction *
vh_action_find_by_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (actions[i].name, name))
      return &actions[i];
  return NULL;
}

static gboolean
is_enabled (const VhAction *action, const VhApp *app)
{
  g_autofree char *reason = action->may ? action->may (app) : NULL;
  return reason == NULL;
}

/* The bar has room for one key an action; the help names them all. */
static VhKeyHint
make_hint (const VhAction *action, const VhApp *app, gboolean bar)
{
  return (VhKeyHint){
    .key = action->key,
    .more_keys = bar ? NULL : action->more_keys,
    .label = bar ? _ (action->label) : action->name,
    .sentence = bar ? NULL : _ (action->sentence),
    .group = bar ? NULL : action->group,
    .enabled = is_enabled (action, app),
  };
}

static gint
compare_groups (gconstpointer a, gconstpointer b)
{
  const VhKeyHint *first = a, *second = b;
  return g_strcmp0 (first->group, second->group);
}

/* What a prompt takes, instead of the keys of the screen behind it. */
static const struct {
  VhPrompt prompt;
  const char *key, *label;
} answers[] = {
  { VH_PROMPT_SEARCH, "Enter", N_ ("stay there") },
  { VH_PROMPT_SEARCH, "Esc", N_ ("clear the search") },
  { VH_PROMPT_FILTER, "Enter", N_ ("keep the filter") },
  { VH_PROMPT_FILTER, "Esc", N_ ("show all rows") },
  { VH_PROMPT_QUIT, "y", N_ ("drop and leave") },
  { VH_PROMPT_QUIT, "w", N_ ("look and write") },
  { VH_PROMPT_QUIT, N_ ("any other key"), N_ ("back") },
  { VH_PROMPT_KEPT, "y", N_ ("take up") },
  { VH_PROMPT_KEPT, "n", N_ ("drop") },
  { VH_PROMPT_KEPT, "Esc", N_ ("later") },
  { VH_PROMPT_WHAT_IF, "Enter", N_ ("compare") },
  { VH_PROMPT_WHAT_IF, "Ctrl-U", N_ ("clear") },
  { VH_PROMPT_WHAT_IF, "Esc", N_ ("back") },
  { VH_PROMPT_ASK, "y", N_ ("ask") },
  { VH_PROMPT_ASK, N_ ("any other key"), N_ ("back") },
  { VH_PROMPT_PORTS, "Enter", N_ ("add") },
  { VH_PROMPT_PORTS, "Esc", N_ ("back") },
  { VH_PROMPT_POLICY, "1-5", N_ ("choose") },
  { VH_PROMPT_POLICY, N_ ("any other key"), N_ ("back") },
  { VH_PROMPT_UNCHECKED, "y", N_ ("write") },
  { VH_PROMPT_UNCHECKED, N_ ("any other key"), N_ ("back") },
};

static GArray *
new_answers (VhPrompt prompt)
{
  GArray *hints = g_array_new (FALSE, FALSE, sizeof (VhKeyHint));
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      const VhKeyHint hint = { .key = _ (answers[i].key),
                               .label = _ (answers[i].label),
                               .enabled = TRUE };
      if (answers[i].prompt == prompt)
        g_array_append_val (hints, hint);
    }
  return hints;
}

GArray *
vh_action_new_hints (const VhApp *app, gboolean bar)
{
  if (bar && app->view->prompt != VH_PROMPT_NONE)
    return new_answers (app->view->prompt);
  const VhScreen screen =
      !bar && app->view->screen == VH_SCREEN_HELP ? app->view->before_help : app->view->screen;
  GArray *hints = g_array_new (FALSE, FALSE, sizeof (VhKeyHint));
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      if (!(actions[i].screens & VH_ON (screen)) || (bar && !actions[i].label))
        continue;
      const VhKeyHint hint = make_hint (&actions[i], app, bar);
      g_array_append_val (hints, hint);
    }
  if (!bar)
    g_array_sort (hints, compare_groups);
  return hints;
}

char *
vh_action_format_manual (void)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autofree char *names = g_strjoin (" ", actions[i].key, actions[i].more_keys, NULL);
      g_auto (GStrv) keys = g_strsplit (names, " ", -1);
      g_autofree char *joined = g_strjoinv ("``, ``", keys);
      g_string_append_printf (text, "``%s``\n    %s\n\n", joined, actions[i].sentence);
    }
  return g_string_free (text, FALSE);
}
