/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/action.h"

static const VhScreen screens[] = {
  VH_SCREEN_DOMAINS, VH_SCREEN_MAIN, VH_SCREEN_WRITE,   VH_SCREEN_HELP,  VH_SCREEN_FINDINGS,
  VH_SCREEN_COMPARE, VH_SCREEN_FIT,  VH_SCREEN_HISTORY, VH_SCREEN_EDITS,
};

/* Key names of a row; caller frees. */
static char **
get_keys (const VhAction *action)
{
  g_autofree char *all = g_strjoin (" ", action->key, action->more_keys, NULL);
  return g_strsplit (all, " ", -1);
}

static void
test_names (void)
{
  guint n = 0;
  const VhAction *actions = vh_action_get_table (&n);
  g_assert_cmpuint (n, >, 30);
  for (guint i = 0; i < n; i++)
    {
      g_assert_true (vh_action_find_by_name (actions[i].name) == &actions[i]);
      g_assert_true (g_str_has_suffix (actions[i].sentence, "."));
      g_assert_nonnull (actions[i].group);
      g_assert_nonnull (actions[i].run);
      g_assert_cmpuint (actions[i].screens, !=, 0);
    }
}

static void
test_keys_have_names (void)
{
  guint n = 0;
  const VhAction *actions = vh_action_get_table (&n);
  for (guint i = 0; i < n; i++)
    {
      g_auto (GStrv) keys = get_keys (&actions[i]);
      for (guint j = 0; keys[j]; j++)
        g_assert_cmpuint (vh_key_parse (keys[j]), !=, 0);
      /* A bar that shows an F-key is of no use where the terminal keeps it. */
      g_assert_cmpuint (vh_key_parse (actions[i].key) - VH_KEY_F1, >, 11);
    }
}

static void
check_key (const VhAction *action, const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (screens); i++)
    if (action->screens & VH_ON (screens[i]))
      {
        const VhAction *found = vh_action_find (screens[i], vh_key_parse (key));
        g_assert_cmpstr (found->name, ==, action->name);
      }
}

/* Every key of a row leads to that row, on each of its screens: so none is
 * there twice. */
static void
test_no_key_twice (void)
{
  guint n = 0;
  const VhAction *actions = vh_action_get_table (&n);
  for (guint i = 0; i < n; i++)
    {
      g_auto (GStrv) keys = get_keys (&actions[i]);
      for (guint j = 0; keys[j]; j++)
        check_key (&actions[i], keys[j]);
    }
}

/* The key that opens the write screen must not be the one that writes, and no
 * key of the main screen writes. */
static void
test_confirm_is_another_key (void)
{
  const VhAction *confirm = vh_action_find (VH_SCREEN_WRITE, 'y');
  g_assert_cmpstr (confirm->name, ==, "confirm");
  g_assert_null (vh_action_find (VH_SCREEN_MAIN, 'y'));
  g_assert_null (vh_action_find (VH_SCREEN_WRITE, 'w'));
  g_assert_null (vh_action_find (VH_SCREEN_WRITE, VH_KEY_ENTER));
}

static void
test_every_screen_can_be_left (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (screens); i++)
    {
      g_assert_nonnull (vh_action_find (screens[i], VH_KEY_ESC));
      g_assert_nonnull (vh_action_find (screens[i], VH_KEY_CTRL ('C')));
      g_assert_nonnull (vh_action_find (screens[i], VH_KEY_CTRL ('Z')));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/action/names", test_names);
  g_test_add_func ("/action/keys", test_keys_have_names);
  g_test_add_func ("/action/no-key-twice", test_no_key_twice);
  g_test_add_func ("/action/confirm", test_confirm_is_another_key);
  g_test_add_func ("/action/leave", test_every_screen_can_be_left);
  return g_test_run ();
}
