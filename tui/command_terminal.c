/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "tui/command_common.h"
#include "tui/runner.h"
#include "tui/script.h"
#include "tui/term.h"

#define FIRST_WAIT_MS 200 /* shorter waits are not worth a message */
#define NEXT_WAIT_MS 1000

typedef struct {
  VhTerm *term;
  VhRunner *runner;
  gint end_signal; /* that asks the program to end; 0 none */
  gboolean gone;   /* the terminal went away */
} Stage;

static void
show (Stage *stage)
{
  VhApp *app = stage->runner->app;
  guint width = 0, height = 0;
  vh_term_get_size (stage->term, &width, &height);
  if (width != app->width || height != app->height)
    vh_app_resize (app, width, height);
  g_autoptr (VhCanvas) picture = vh_app_new_picture (app);
  vh_term_show (stage->term, picture);
}

/* A VhWaitFunc: the screen says what is waited for, and Esc leaves it. */
static gboolean
wait_for_answer (int fd, const char *what, gint waited_ms, gpointer data)
{
  Stage *stage = data;
  if (waited_ms >= FIRST_WAIT_MS)
    {
      g_autofree char *message =
          g_strdup_printf ("Still %s (%d s). Esc leaves.", what, waited_ms / 1000);
      vh_view_set_message (stage->runner->app->view, VH_SEVERITY_NOTE, message);
      show (stage);
    }
  const VhTermEvent event =
      vh_term_wait (stage->term, fd, waited_ms ? NEXT_WAIT_MS : FIRST_WAIT_MS);
  if (event.kind == VH_TERM_END)
    {
      stage->end_signal = event.signal;
      stage->gone = event.signal == 0;
      return FALSE;
    }
  const gboolean leaves = event.key == VH_KEY_ESC || event.key == VH_KEY_CTRL ('C');
  return !(event.kind == VH_TERM_KEY && leaves);
}

/* The cursor sits on the focused row, so a click says how far it is away. */
static void
click (Stage *stage, gint y)
{
  g_autoptr (VhCanvas) picture = vh_app_new_picture (stage->runner->app);
  if (picture->cursor_y >= 0)
    vh_app_move (stage->runner->app, y - picture->cursor_y);
}

/* FALSE: the program ends. */
static gboolean
press (Stage *stage, VhKey key)
{
  const VhEffect effect = vh_app_key (stage->runner->app, key);
  if (effect == VH_EFFECT_QUIT)
    return FALSE;
  if (effect == VH_EFFECT_SUSPEND)
    vh_term_suspend (stage->term);
  if (effect == VH_EFFECT_REDRAW)
    vh_term_redraw (stage->term);
  vh_runner_do (stage->runner, effect);
  return !stage->end_signal && !stage->gone && !vh_worker_has_abandoned ();
}

static gboolean
take_event (Stage *stage, const VhTermEvent *event)
{
  switch (event->kind)
    {
    case VH_TERM_KEY:
      return press (stage, event->key);
    case VH_TERM_CLICK:
      click (stage, event->y);
      return TRUE;
    case VH_TERM_SUSPEND:
      vh_term_suspend (stage->term);
      return TRUE;
    case VH_TERM_OTHER:
      vh_runner_take_events (stage->runner);
      return TRUE;
    case VH_TERM_END:
      stage->end_signal = event->signal;
      stage->gone = event->signal == 0;
      return FALSE;
    case VH_TERM_RESIZE:
    case VH_TERM_TIMEOUT:
      return TRUE;
    }
  return TRUE;
}

static void
loop (Stage *stage)
{
  const int fd = vh_inbox_get_fd (vh_loader_get_inbox (stage->runner->loader));
  VhTermEvent event;
  do
    {
      show (stage);
      event = vh_term_wait (stage->term, fd, -1);
    }
  while (take_event (stage, &event));
}

/* What the last message was, when the program ends by itself. */
static VhExit
say_why (const VhRunner *runner)
{
  const VhView *view = runner->app->view;
  if (!vh_worker_has_abandoned ())
    return VH_EXIT_DONE;
  vh_output_error ("%s", view->message ? view->message : "libvirt did not answer.");
  return VH_EXIT_FAILED;
}

static VhExit
run_on_terminal (const VhOptions *options, VhRunner *runner)
{
  g_autoptr (GError) error = NULL;
  const VhTermOptions term_options = { .color = vh_output_has_color (), .mouse = options->mouse };
  Stage stage = { .runner = runner };
  stage.term = vh_term_new (&term_options, &error);
  if (!stage.term)
    return vh_command_report (error);
  vh_loader_set_waiter (runner->loader, wait_for_answer, &stage);
  loop (&stage);
  vh_loader_set_waiter (runner->loader, NULL, NULL);
  vh_term_free (stage.term);
  if (stage.end_signal)
    {
      signal (stage.end_signal, SIG_DFL);
      raise (stage.end_signal);
    }
  return stage.gone ? VH_EXIT_FAILED : say_why (runner);
}

static VhExit
run_script (const char *path, VhRunner *runner)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  if (g_file_get_contents (path, &text, NULL, &error) && vh_script_run (runner, text, &error))
    return VH_EXIT_DONE;
  return vh_command_report (error);
}

VhExit
vh_command_terminal (const VhOptions *options)
{
  const gboolean on_terminal = isatty (STDIN_FILENO) && isatty (STDOUT_FILENO);
  if (!options->script && !on_terminal && options->demo)
    return vh_command_show (options);
  if (!options->script && !on_terminal)
    {
      vh_output_error (
          "This is no terminal. “virt-hotplug show TARGET” prints a domain, “virt-hotplug list” "
          "all of them.");
      return VH_EXIT_FAILED;
    }
  g_autoptr (GError) error = NULL;
  g_autoptr (VhLoader) loader = vh_loader_new (options);
  g_autoptr (VhApp) app = vh_app_new (80, 24, vh_output_is_ascii ());
  g_auto (VhRunner) runner = { .app = app, .loader = loader, .target = options->targets[0] };
  if (!vh_runner_start (&runner, &error))
    return vh_command_report (error);
  return options->script ? run_script (options->script, &runner)
                         : run_on_terminal (options, &runner);
}
