/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A terminal for tests: the program on a pty, its output in a libvterm screen.
 * Nothing here sleeps for a time: it pumps until the screen shows what is
 * expected, or fails after 10 s x VH_TEST_SLOW. */
#pragma once

#include <glib.h>

typedef struct Terminal Terminal;

typedef struct {
  guint width, height;
  const char *type;             /* TERM; NULL: xterm-256color */
  const char *locale;           /* NULL: C.UTF-8 */
  const char *const *variables; /* further NAME, value, …, NULL; NULL: none, and no NO_COLOR */
} TerminalSetting;

/* Runs argv[0] there. */
Terminal *terminal_new_with (const TerminalSetting *setting, const char *const *argv);
/* With TERM=xterm-256color and a UTF-8 locale. */
Terminal *terminal_new (guint width, guint height, const char *const *argv);
/* Ends the program when it still runs. */
void terminal_free (Terminal *terminal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Terminal, terminal_free)

void terminal_send (Terminal *terminal, const char *bytes);
void terminal_resize (Terminal *terminal, guint width, guint height);
int terminal_get_pid (const Terminal *terminal);

/* A driver starts behind the screen: each wait may take so many times as long. */
void terminal_give_time (Terminal *terminal, guint times);

/* Until the screen shows the text; fails the test with the screen otherwise. */
void terminal_expect (Terminal *terminal, const char *text);
/* Until it no longer does. */
void terminal_expect_gone (Terminal *terminal, const char *text);
/* Until the cursor stands on a line with the text. */
void terminal_expect_cursor_on (Terminal *terminal, const char *text);
/* Until the program has ended; its wait status. */
int terminal_expect_end (Terminal *terminal);

/* The window is closed, as by its button. */
void terminal_hang_up (Terminal *terminal);

/* All bytes that were written. */
const GString *terminal_get_output (const Terminal *terminal);
/* Waits until nothing is written any more, then so long; how many bytes were
 * written in that time. */
gsize terminal_rest (Terminal *terminal, guint rest_ms);

/* Lines as they are now; caller frees. */
char *terminal_dup_text (Terminal *terminal);
/* Is the alternate screen in use? After the end it must not be. */
gboolean terminal_has_alternate_screen (const Terminal *terminal);
/* Is everything as before the program: the first screen, a cursor that can be
 * seen, no mouse, lines with an echo? */
gboolean terminal_is_restored (const Terminal *terminal);

/* ---- the program on a demo domain ---- */

/* Caller frees. */
char *terminal_get_demo_path (const char *name);
/* A copy that may be written; its path, caller frees. */
char *terminal_copy_demo (const char *folder, const char *name);
Terminal *terminal_start (guint width, guint height, const char *target);
/* It ends with this status of wait(), and leaves the terminal as it was. */
void terminal_expect_clean_end (Terminal *terminal, int status);
