/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/key.h"

static const struct {
  VhKey key;
  const char *name;
} named_keys[] = {
  { VH_KEY_ENTER, "Enter" },
  { VH_KEY_ESC, "Esc" },
  { VH_KEY_BACKSPACE, "Backspace" },
  { ' ', "Space" },
  { '\t', "Tab" },
  { VH_KEY_UP, "Up" },
  { VH_KEY_DOWN, "Down" },
  { VH_KEY_LEFT, "Left" },
  { VH_KEY_RIGHT, "Right" },
  { VH_KEY_PAGE_UP, "PgUp" },
  { VH_KEY_PAGE_DOWN, "PgDn" },
  { VH_KEY_HOME, "Home" },
  { VH_KEY_END, "End" },
};

static VhKey
parse_function_key (const char *name)
{
  guint64 number = 0;
  if (name[0] != 'F' || !g_ascii_string_to_unsigned (name + 1, 10, 1, 12, &number, NULL))
    return 0;
  return VH_KEY_F1 + (VhKey) number - 1;
}

VhKey
vh_key_parse (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (named_keys); i++)
    if (g_str_equal (named_keys[i].name, name))
      return named_keys[i].key;
  if (g_str_has_prefix (name, "Ctrl-") && name[5] >= 'A' && name[5] <= 'Z' && !name[6])
    return VH_KEY_CTRL (name[5]);
  if (name[0] && g_utf8_validate (name, -1, NULL) && !*g_utf8_next_char (name))
    return g_utf8_get_char (name);
  return parse_function_key (name);
}

gboolean
vh_key_is_text (VhKey key)
{
  return key >= ' ' && key != VH_KEY_BACKSPACE && key < VH_KEY_UP && g_unichar_isprint (key);
}
