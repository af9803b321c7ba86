/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/plain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "model/i18n.h"
#include "render/paint.h"
#include "render/sink.h"
#include "tui/app_move.h"
#include "tui/output.h"

/* Lines as wide as a reader likes; the pane stays below the rows. */
#define WIDTH 100u
/* What a picture needs beside its rows, and a pane, which gets a quarter of it. */
#define FRAME_HEIGHT 24u
#define PANE_SHARE 4u

typedef struct {
  VhRunner *runner;
  VhScreen told;     /* the screen that was told last */
  gboolean asks_row; /* the rows were listed: a number goes to one */
  gboolean has_quit;
} Talk;

/* All of the screen as lines, as if the terminal had room for it. */
typedef struct {
  char **lines;
  guint n_lines;
  guint first; /* the line of the first row */
  guint n_rows, cursor;
} Page;

static guint
get_cursor (const VhApp *app)
{
  const VhView *view = app->view;
  switch (view->screen)
    {
    case VH_SCREEN_MAIN:
      return app->rows ? (guint) MAX (vh_rows_find_cursor (app->rows, view), 0) : 0;
    case VH_SCREEN_DOMAINS:
      return view->domain;
    case VH_SCREEN_COMPARE:
      return view->compared;
    case VH_SCREEN_FIT:
      return view->fit;
    case VH_SCREEN_HISTORY:
      return view->entry;
    case VH_SCREEN_EDITS:
      return view->edit;
    case VH_SCREEN_WRITE:
    case VH_SCREEN_HELP:
    case VH_SCREEN_FINDINGS:
    default:
      return 0;
    }
}

static Page
new_page (VhApp *app)
{
  const VhScene scene = vh_app_get_scene (app);
  const VhPrompt prompt = app->view->prompt;
  const guint pane = vh_frame_get_reasons_extent (&scene, WIDTH, FRAME_HEIGHT).total;
  Page page = { .cursor = get_cursor (app) };
  page.n_rows = vh_frame_get_extent (&scene, WIDTH, FRAME_HEIGHT).total;
  vh_app_resize (app, WIDTH, page.n_rows * 2 + pane * PANE_SHARE + FRAME_HEIGHT);
  app->view->prompt = VH_PROMPT_NONE; /* it would take the cursor from the rows */
  g_autoptr (VhCanvas) canvas = vh_app_new_picture (app);
  app->view->prompt = prompt;
  g_autofree char *text = vh_sink_text (canvas);
  page.lines = g_strsplit (g_strchomp (text), "\n", -1);
  page.n_lines = g_strv_length (page.lines);
  page.first = (guint) MAX (canvas->cursor_y, 0);
  page.first -= MIN (page.first, page.cursor);
  return page;
}

static void
clear_page (Page *page)
{
  g_strfreev (page->lines);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Page, clear_page)

static void
print_line (const char *line)
{
  g_autofree char *text = g_strconcat (line, "\n", NULL);
  vh_output_print (text);
}

/* A line across the picture says nothing. */
static gboolean
is_rule (const char *line)
{
  const gunichar first = g_utf8_get_char (line);
  if (first != '-' && first != 0x2500)
    return FALSE;
  while (g_utf8_get_char (line) == first)
    line = g_utf8_next_char (line);
  return *line == '\0';
}

/* Of [from, to) what is not blank. */
static void
print_lines (const Page *page, guint from, guint to)
{
  for (guint i = from; i < MIN (to, page->n_lines); i++)
    if (*page->lines[i] && !is_rule (page->lines[i]))
      print_line (page->lines[i]);
}

static void
print_row (const Page *page, guint row)
{
  const guint line = page->first + row;
  if (line >= page->n_lines || row >= page->n_rows)
    return;
  g_autofree char *text =
      g_strdup_printf (row == page->cursor ? _ ("Row %1$u (here): %2$s") : _ ("Row %1$u: %2$s"),
                       row + 1, page->lines[line]);
  print_line (text);
}

/* A message, a question, or what is free. */
static void
print_status (const VhApp *app)
{
  const VhScene scene = vh_app_get_scene (app);
  g_autofree char *typed = vh_paint_new_typed (&scene);
  if (typed)
    {
      print_line (typed);
      print_line (_ ("An empty line goes back."));
      return;
    }
  g_autoptr (GPtrArray) lines = vh_paint_new_status (&scene, WIDTH);
  for (guint i = 0; i < lines->len; i++)
    {
      g_autofree char *text = vh_text_dup_visible (((VhStyledLine *) lines->pdata[i])->text);
      print_line (text);
    }
}

static void
print_rows (Talk *talk)
{
  g_auto (Page) page = new_page (talk->runner->app);
  if (page.first > 1)
    print_lines (&page, page.first - 1, page.first);
  for (guint i = 0; i < page.n_rows; i++)
    print_row (&page, i);
  print_line (_ ("A number goes to that row; an empty line stays."));
  talk->asks_row = page.n_rows > 0;
}

/* The pane stands below the rows, with the status and the keys after it. */
static void
print_why (Talk *talk)
{
  g_auto (Page) page = new_page (talk->runner->app);
  print_lines (&page, page.first + page.n_rows, page.n_lines - MIN (2, page.n_lines));
}

/* Running text is told whole; of rows the one under the cursor. */
static void
tell (Talk *talk)
{
  VhApp *app = talk->runner->app;
  const gboolean has_rows = vh_plain_has_rows (app->view->screen);
  g_auto (Page) page = new_page (app);
  if (talk->told != app->view->screen)
    print_lines (&page, 0, 1);
  if (!has_rows && talk->told != app->view->screen)
    print_lines (&page, 1, page.n_lines - MIN (2, page.n_lines));
  talk->told = app->view->screen;
  if (has_rows && app->view->prompt == VH_PROMPT_NONE)
    print_row (&page, page.cursor);
  print_status (app);
}

static void
print_menu (const Talk *talk)
{
  const VhApp *app = talk->runner->app;
  g_autoptr (GArray) menu = vh_plain_menu_new (app->view->screen);
  g_autofree char *text = vh_plain_menu_format (menu, app);
  vh_output_print (text);
}

/* ---- what is typed ---- */

static void
press (Talk *talk, VhKey key)
{
  if (talk->has_quit)
    return;
  VhRunner *runner = talk->runner;
  const VhEffect effect = vh_app_key (runner->app, key);
  vh_runner_do (runner, effect);
  vh_keeper_update (runner->keeper, runner->app);
  vh_runner_settle (runner);
  talk->has_quit = effect == VH_EFFECT_QUIT || vh_worker_has_abandoned ();
}

static gboolean
takes_text (VhPrompt prompt)
{
  return prompt == VH_PROMPT_SEARCH || prompt == VH_PROMPT_FILTER || prompt == VH_PROMPT_WHAT_IF ||
         prompt == VH_PROMPT_PORTS;
}

/* An empty line is Esc; else the whole line for a prompt that takes text, its first letter for
 * others. */
static void
answer (Talk *talk, const char *line)
{
  if (!*line)
    press (talk, VH_KEY_ESC);
  else if (!takes_text (talk->runner->app->view->prompt))
    press (talk, g_utf8_get_char (line));
  else
    {
      press (talk, VH_KEY_CTRL ('U'));
      for (const char *at = line; *at; at = g_utf8_next_char (at))
        press (talk, g_utf8_get_char (at));
      press (talk, VH_KEY_ENTER);
    }
  tell (talk);
}

/* FALSE: the line is about something else. */
static gboolean
go_to_row (Talk *talk, const char *line)
{
  guint64 number = 0;
  VhApp *app = talk->runner->app;
  const gboolean asked = talk->asks_row;
  talk->asks_row = FALSE;
  if (!asked || (*line && !g_ascii_string_to_unsigned (line, 10, 1, G_MAXINT, &number, NULL)))
    return FALSE;
  if (*line)
    vh_app_move (app, (gint) number - 1 - (gint) get_cursor (app));
  tell (talk);
  return TRUE;
}

static void
choose (Talk *talk, const char *line)
{
  VhApp *app = talk->runner->app;
  g_autoptr (GArray) menu = vh_plain_menu_new (app->view->screen);
  const VhPlainEntry *entry = vh_plain_menu_find (menu, app->view->screen, line);
  if (!entry)
    print_line (_ ("There is no such entry: an empty line lists them."));
  else if (entry->kind == VH_PLAIN_ROWS)
    print_rows (talk);
  else if (entry->kind == VH_PLAIN_WHY)
    print_why (talk);
  else
    {
      press (talk, vh_key_parse (entry->action->key));
      if (!talk->has_quit)
        tell (talk);
    }
}

static void
take_line (Talk *talk, const char *line)
{
  const VhView *view = talk->runner->app->view;
  if (view->prompt != VH_PROMPT_NONE)
    answer (talk, line);
  else if (view->screen == VH_SCREEN_WRITE)
    answer (talk, g_ascii_strcasecmp (line, "y") == 0 ? line : "");
  else if (go_to_row (talk, line))
    return;
  else if (!*line)
    print_menu (talk);
  else
    choose (talk, line);
}

/* What was typed, or pasted, before a question showed is no answer to it. */
static void
drop_typed (const VhView *view)
{
  if (view->prompt != VH_PROMPT_NONE || view->screen == VH_SCREEN_WRITE)
    tcflush (STDIN_FILENO, TCIFLUSH);
}

static gboolean
is_unsaved (const VhApp *app)
{
  return app->session && vh_session_is_changed (app->session);
}

gboolean
vh_plain_run (VhRunner *runner)
{
  Talk talk = { .runner = runner, .told = VH_SCREEN_HELP };
  g_autofree char *line = NULL;
  char *read = NULL;
  gsize size = 0;
  vh_runner_settle (runner);
  tell (&talk);
  print_line (_ ("An empty line lists what can be done; answer by number or name."));
  while (!talk.has_quit)
    {
      drop_typed (runner->app->view);
      if (!vh_output_print ("> ") || !vh_output_flush () || getline (&read, &size, stdin) < 0)
        break;
      g_free (line);
      line = g_utf8_make_valid (read, -1);
      take_line (&talk, g_strstrip (line));
    }
  free (read);
  if (talk.has_quit || !is_unsaved (runner->app))
    return TRUE;
  vh_output_warning (_ ("The input ended with changes that are not written."));
  return FALSE;
}
