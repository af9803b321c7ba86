/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/key.h"

typedef struct {
  const char *name;
  VhKey key;
} Case;

static const Case cases[] = {
  { "q", 'q' },
  { "\\", '\\' },
  { "é", 0xe9 },
  { "Space", ' ' },
  { "Tab", '\t' },
  { "Enter", VH_KEY_ENTER },
  { "Esc", VH_KEY_ESC },
  { "Backspace", VH_KEY_BACKSPACE },
  { "Ctrl-R", 18 },
  { "Ctrl-Z", 26 },
  { "PgUp", VH_KEY_PAGE_UP },
  { "F1", VH_KEY_F1 },
  { "F12", VH_KEY_F12 },
  { "F", 'F' },
};

static void
test_parse (gconstpointer data)
{
  const Case *row = data;
  g_assert_cmpuint (vh_key_parse (row->name), ==, row->key);
}

static void
test_no_key (void)
{
  static const char *const names[] = {
    "", "F0", "F13", "Ctrl-", "Ctrl-a", "Ctrl-AB", "xyz", "\xff"
  };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpuint (vh_key_parse (names[i]), ==, 0);
}

static void
test_text (void)
{
  g_assert_true (vh_key_is_text ('a'));
  g_assert_true (vh_key_is_text (' '));
  g_assert_true (vh_key_is_text (0xe9));
  g_assert_false (vh_key_is_text (VH_KEY_BACKSPACE));
  g_assert_false (vh_key_is_text (VH_KEY_ESC));
  g_assert_false (vh_key_is_text (VH_KEY_F1));
  g_assert_false (vh_key_is_text (0x202e));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/key/parse/%u", i);
      g_test_add_data_func (path, &cases[i], test_parse);
    }
  g_test_add_func ("/key/no-key", test_no_key);
  g_test_add_func ("/key/text", test_text);
  return g_test_run ();
}
