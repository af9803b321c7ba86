/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys as the action table and scripts name them. */
#pragma once

#include <glib.h>

/* A Unicode character (control keys are theirs: Ctrl-A is 1, Enter 13, Esc 27,
 * Backspace 127), or one of the values below. 0 is no key. */
typedef guint32 VhKey;

enum {
  VH_KEY_ENTER = 13,
  VH_KEY_ESC = 27,
  VH_KEY_BACKSPACE = 127,
  VH_KEY_UP = 0x110000,
  VH_KEY_DOWN,
  VH_KEY_LEFT,
  VH_KEY_RIGHT,
  VH_KEY_PAGE_UP,
  VH_KEY_PAGE_DOWN,
  VH_KEY_HOME,
  VH_KEY_END,
  VH_KEY_F1, /* F2 … F12 follow */
  VH_KEY_F12 = VH_KEY_F1 + 11,
};

#define VH_KEY_CTRL(letter) ((VhKey) ((letter) - 'A' + 1))

/* Of "Up", "Space", "Ctrl-R", "F1", "q"; 0 when the name is none. */
VhKey vh_key_parse (const char *name);
/* One that writes itself into a text being typed. */
gboolean vh_key_is_text (VhKey key);
