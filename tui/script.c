/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/script.h"

#include <string.h>

#include "model/i18n.h"
#include "render/sink.h"
#include "tui/action.h"
#include "tui/output.h"
#include "tui/save.h"

G_DEFINE_QUARK (vh_script_error, vh_script_error)

static gboolean
fail (GError **error, const char *what, const char *word)
{
  g_set_error (error, VH_SCRIPT_ERROR, VH_SCRIPT_ERROR_LINE, _ ("%1$s: “%2$s”."), what, word);
  return FALSE;
}

static char *
make_picture (const VhApp *app, const char *file)
{
  g_autoptr (VhCanvas) canvas = vh_app_new_picture (app);
  if (g_str_has_suffix (file, ".svg"))
    return vh_sink_svg (canvas, "virt-hotplug");
  if (g_str_has_suffix (file, ".ans"))
    return vh_sink_ansi (canvas, vh_output_get_look ());
  return g_str_has_suffix (file, ".roles") ? vh_sink_roles (canvas) : vh_sink_text (canvas);
}

static gboolean
do_shot (VhRunner *runner, const char *file, GError **error)
{
  g_autofree char *picture = make_picture (runner->app, file);
  if (!g_str_equal (file, "-"))
    return vh_save_text (file, picture, error);
  return vh_output_print (picture) || fail (error, _ ("The picture cannot be printed"), file);
}

static gboolean
do_size (VhRunner *runner, const char *size, GError **error)
{
  g_auto (GStrv) halves = g_strsplit (size, "x", 2);
  guint64 width = 0, height = 0;
  if (!halves[0] || !halves[1] ||
      !g_ascii_string_to_unsigned (halves[0], 10, 1, 1000, &width, NULL) ||
      !g_ascii_string_to_unsigned (halves[1], 10, 1, 1000, &height, NULL))
    return fail (error, _ ("A size is written as 80x24"), size);
  vh_app_resize (runner->app, (guint) width, (guint) height);
  return TRUE;
}

static gboolean
do_expect (VhRunner *runner, const char *text, GError **error)
{
  g_autofree char *picture = make_picture (runner->app, "");
  if (strstr (picture, text))
    return TRUE;
  g_autofree char *message =
      g_strdup_printf (_ ("The screen does not show what is expected\n%s"), picture);
  return fail (error, message, text);
}

/* FALSE: the program quits. */
static gboolean
press (VhRunner *runner, VhKey key)
{
  const VhView *view = runner->app->view;
  const VhAction *action =
      view->prompt == VH_PROMPT_NONE ? vh_action_find (view->screen, key) : NULL;
  if (action)
    vh_output_debug ("action %s", action->name);
  const VhEffect effect = vh_app_key (runner->app, key);
  vh_runner_do (runner, effect);
  vh_keeper_update (runner->keeper, runner->app);
  vh_runner_settle (runner);
  return effect != VH_EFFECT_QUIT && !vh_worker_has_abandoned ();
}

typedef struct {
  VhRunner *runner;
  gboolean has_quit; /* or can do no more */
} Stage;

static gboolean
do_type (Stage *stage, const char *text)
{
  for (const char *at = text; *at && !stage->has_quit; at = g_utf8_next_char (at))
    stage->has_quit = !press (stage->runner, g_utf8_get_char (at));
  return TRUE;
}

static gboolean
do_action (Stage *stage, const char *name, GError **error)
{
  const VhAction *action = vh_action_find_by_name (name);
  if (!action)
    return fail (error, _ ("There is no such action"), name);
  const VhView *view = stage->runner->app->view;
  if (view->prompt != VH_PROMPT_NONE || !(action->screens & VH_ON (view->screen)))
    return fail (error, _ ("This screen does not have the action"), name);
  stage->has_quit = !press (stage->runner, vh_key_parse (action->key));
  return TRUE;
}

static gboolean
do_keys (Stage *stage, const char *line, GError **error)
{
  g_auto (GStrv) names = g_strsplit_set (line, " \t", -1);
  for (guint i = 0; names[i] && !stage->has_quit; i++)
    {
      const VhKey key = *names[i] ? vh_key_parse (names[i]) : 0;
      if (*names[i] && !key)
        return fail (error, _ ("There is no such key"), names[i]);
      if (key)
        stage->has_quit = !press (stage->runner, key);
    }
  return TRUE;
}

static const char *
skip_word (const char *line, const char *word)
{
  const gsize length = strlen (word);
  return g_str_has_prefix (line, word) && line[length] == ' ' ? line + length + 1 : NULL;
}

static gboolean
do_line (Stage *stage, const char *line, GError **error)
{
  const char *rest = NULL;
  if (!*line || *line == '#')
    return TRUE;
  if ((rest = skip_word (line, "type")))
    return do_type (stage, rest);
  if ((rest = skip_word (line, "do")))
    return do_action (stage, rest, error);
  if ((rest = skip_word (line, "size")))
    return do_size (stage->runner, rest, error);
  if ((rest = skip_word (line, "shot")))
    return do_shot (stage->runner, rest, error);
  if ((rest = skip_word (line, "expect")))
    return do_expect (stage->runner, rest, error);
  return do_keys (stage, line, error);
}

/* Without its worker the program can do nothing but end. */
static gboolean
has_worker (const VhRunner *runner, GError **error)
{
  const char *message = runner->app->view->message;
  if (!vh_worker_has_abandoned ())
    return TRUE;
  g_set_error_literal (error, VH_SCRIPT_ERROR, VH_SCRIPT_ERROR_LINE,
                       message ? message : _ ("There was no answer."));
  return FALSE;
}

gboolean
vh_script_run (VhRunner *runner, const char *text, GError **error)
{
  Stage stage = { runner, FALSE };
  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error_literal (error, VH_SCRIPT_ERROR, VH_SCRIPT_ERROR_LINE,
                           _ ("The script is not UTF-8."));
      return FALSE;
    }
  vh_runner_settle (runner);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] && !stage.has_quit; i++)
    if (!do_line (&stage, g_strchomp (lines[i]), error) || !has_worker (runner, error))
      {
        g_prefix_error (error, _ ("line %u: "), i + 1);
        return FALSE;
      }
  vh_keeper_drop (runner->keeper);
  return TRUE;
}
