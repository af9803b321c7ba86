/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "model/i18n.h"
#include "tui/app_move.h"
#include "tui/command_common.h"
#include "tui/plain.h"
#include "tui/runner.h"
#include "tui/script.h"
#include "tui/term.h"

#define FIRST_WAIT_MS 200 /* shorter waits are not worth a message */
#define NEXT_WAIT_MS 1000
#define LEAVE_MS 5000 /* before that nobody gives an answer up by a key meant for the screen */
#define MAX_TYPED 32
#define REST_US (G_USEC_PER_SEC / 10) /* between two pictures of what nobody asked for by a key */

/* What a picture costs, and a cell that changes: about what curses needs for them. */
#define FRAME_BYTES 40
#define CELL_BYTES 2

typedef struct {
  VhTerm *term;
  VhRunner *runner;
  gint end_signal;        /* that asks the program to end; 0 none */
  gboolean gone;          /* the terminal went away */
  VhKey typed[MAX_TYPED]; /* ahead, while an answer was waited for */
  guint n_typed;
  VhCanvas *picture; /* the last one; NULL: none, or it must be drawn anew */
  gint64 shown_at;   /* when it was made */
  gint64 free_at;    /* when a slow line will have carried it */
  gboolean is_late;  /* there is news that it does not show */
} Stage;

/* How long a slow line is busy with a picture that comes after the last one. */
static gint64
estimate_us (const Stage *stage, const VhCanvas *picture)
{
  const guint speed = vh_term_get_bytes_per_second (stage->term);
  if (speed == 0)
    return 0;
  const guint n_bytes =
      FRAME_BYTES + CELL_BYTES * vh_canvas_count_changes (stage->picture, picture);
  return (gint64) n_bytes * G_USEC_PER_SEC / speed;
}

static void
show (Stage *stage)
{
  VhApp *app = stage->runner->app;
  guint width = 0, height = 0;
  vh_term_get_size (stage->term, &width, &height);
  if (width != app->width || height != app->height)
    vh_app_resize (app, width, height);
  vh_runner_update (stage->runner);
  VhCanvas *picture = vh_app_new_picture (app);
  vh_term_show (stage->term, picture);
  stage->shown_at = g_get_monotonic_time ();
  stage->free_at = stage->shown_at + estimate_us (stage, picture);
  stage->is_late = FALSE;
  g_clear_pointer (&stage->picture, vh_canvas_free);
  stage->picture = picture;
}

/* The message of a wait is only of this picture: the one before it comes back. */
static void
show_wait (Stage *stage, const char *what, gint waited_ms)
{
  const gboolean writes = g_str_equal (what, vh_wait_describe (VH_JOB_WRITE));
  VhView *view = stage->runner->app->view;
  char *kept = g_steal_pointer (&view->message);
  const VhSeverity severity = view->message_severity;
  view->message_severity = VH_SEVERITY_NOTE;
  view->message =
      g_strdup_printf (_ ("Still %1$s (%2$d s).%3$s"), what, waited_ms / 1000,
                       waited_ms < LEAVE_MS ? ""
                       : writes ? _ (" Esc leaves; whether it was stored is not known then.")
                                : _ (" Esc leaves."));
  show (stage);
  g_free (view->message);
  view->message = kept;
  view->message_severity = severity;
}

/* FALSE: the key leaves the wait. Any other is kept for the screen. */
static gboolean
take_key_in_wait (Stage *stage, VhKey key, gint waited_ms)
{
  if (waited_ms >= LEAVE_MS && (key == VH_KEY_ESC || key == VH_KEY_CTRL ('C')))
    return FALSE;
  if (key == VH_KEY_CTRL ('Z'))
    vh_term_suspend (stage->term);
  else if (stage->n_typed < MAX_TYPED)
    stage->typed[stage->n_typed++] = key;
  return TRUE;
}

/* A VhWaitFunc: the screen says what is waited for, and when Esc leaves it. */
static gboolean
wait_for_answer (int fd, const char *what, gint waited_ms, gpointer data)
{
  Stage *stage = data;
  const gboolean shows = waited_ms >= FIRST_WAIT_MS;
  if (shows)
    show_wait (stage, what, waited_ms);
  const VhTermEvent event =
      vh_term_wait (stage->term, fd, shows ? NEXT_WAIT_MS : FIRST_WAIT_MS - waited_ms);
  if (event.kind == VH_TERM_END)
    {
      stage->end_signal = event.signal;
      stage->gone = event.signal == 0;
      return FALSE;
    }
  if (event.kind == VH_TERM_SUSPEND)
    vh_term_suspend (stage->term);
  return event.kind != VH_TERM_KEY || take_key_in_wait (stage, event.key, waited_ms);
}

/* What y would do now that cannot be taken back; 0 nothing. */
static guint
get_question (const VhView *view)
{
  static const VhPrompt questions[] = { VH_PROMPT_QUIT, VH_PROMPT_ASK, VH_PROMPT_UNCHECKED,
                                        VH_PROMPT_KEPT };
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    if (view->prompt == questions[i])
      return view->prompt;
  return view->prompt == VH_PROMPT_NONE && view->screen == VH_SCREEN_WRITE ? G_MAXUINT : 0;
}

/* What was typed, or pasted into the wrong window, before a question showed
 * cannot be the answer to it. */
static void
drop_typed (Stage *stage)
{
  stage->free_at = 0;
  vh_term_drop_keys (stage->term);
  stage->n_typed = 0;
}

static void
redraw (Stage *stage)
{
  vh_term_redraw (stage->term);
  g_clear_pointer (&stage->picture, vh_canvas_free);
}

/* FALSE: the program ends. */
static gboolean
press (Stage *stage, VhKey key)
{
  const VhView *view = stage->runner->app->view;
  const guint question = get_question (view);
  const VhEffect effect = vh_app_key (stage->runner->app, key);
  if (effect == VH_EFFECT_SUSPEND)
    vh_term_suspend (stage->term);
  if (effect == VH_EFFECT_REDRAW)
    redraw (stage);
  vh_runner_do (stage->runner, effect);
  if (get_question (view) != question && get_question (view))
    drop_typed (stage);
  return effect != VH_EFFECT_QUIT && !stage->end_signal && !stage->gone &&
         !vh_worker_has_abandoned ();
}

/* The keys that were typed ahead too. */
static gboolean
press_all (Stage *stage, VhKey key)
{
  gboolean goes_on = press (stage, key);
  while (goes_on && stage->n_typed)
    {
      const VhKey next = stage->typed[0];
      stage->n_typed--;
      memmove (stage->typed, stage->typed + 1, stage->n_typed * sizeof *stage->typed);
      goes_on = press (stage, next);
    }
  stage->n_typed = 0;
  return goes_on;
}

static gboolean
take_event (Stage *stage, const VhTermEvent *event)
{
  switch (event->kind)
    {
    case VH_TERM_KEY:
      return press_all (stage, event->key);
    case VH_TERM_CLICK:
      vh_app_click (stage->runner->app, (guint) MAX (event->x, 0), (guint) MAX (event->y, 0));
      return TRUE;
    case VH_TERM_WHEEL:
      vh_app_turn_wheel (stage->runner->app, (guint) MAX (event->x, 0), (guint) MAX (event->y, 0),
                         event->notches);
      return TRUE;
    case VH_TERM_SUSPEND:
      vh_term_suspend (stage->term);
      return TRUE;
    case VH_TERM_END:
      stage->end_signal = event->signal;
      stage->gone = event->signal == 0;
      return FALSE;
    case VH_TERM_OTHER:
    case VH_TERM_RESIZE:
    case VH_TERM_TIMEOUT:
      return TRUE;
    }
  return TRUE;
}

/* A question may come by itself, too. */
static VhNews
take_results (Stage *stage)
{
  const VhView *view = stage->runner->app->view;
  const guint question = get_question (view);
  const VhNews news = vh_runner_take_results (stage->runner);
  if (get_question (view) != question && get_question (view))
    drop_typed (stage);
  return news;
}

/* What a key did is shown at once, or when a slow line is done with the picture before: a key held
 * down must not leave the screen behind. What came by itself may come by the thousand: some times a
 * second is enough, and nothing is painted for what is not seen. */
static gboolean
is_due (Stage *stage, const VhTermEvent *event)
{
  const VhNews news = take_results (stage);
  const gboolean at_once =
      news == VH_NEWS_NOW || (event->kind != VH_TERM_OTHER && event->kind != VH_TERM_TIMEOUT);
  const gint64 now = g_get_monotonic_time ();
  if (now < stage->free_at)
    {
      stage->is_late = stage->is_late || at_once || news == VH_NEWS_SOON;
      return FALSE;
    }
  stage->is_late = stage->is_late || news == VH_NEWS_SOON;
  return at_once || (stage->is_late && now - stage->shown_at >= REST_US);
}

/* Until the next picture is due, or the runner has something to do; -1: as long as it takes. */
static gint
get_rest_ms (const Stage *stage)
{
  gint64 due_at = vh_runner_get_due (stage->runner);
  if (stage->is_late)
    due_at = MIN (due_at, MAX (stage->shown_at + REST_US, stage->free_at));
  const gint64 left = due_at - g_get_monotonic_time ();
  return due_at < G_MAXINT64 ? (gint) (MAX (left, 0) / 1000 + 1) : -1;
}

static void
loop (Stage *stage)
{
  const int fd = vh_inbox_get_fd (vh_loader_get_inbox (stage->runner->loader));
  VhTermEvent event = { .kind = VH_TERM_RESIZE };
  do
    {
      if (is_due (stage, &event))
        show (stage);
      if (vh_keeper_update (stage->runner->keeper, stage->runner->app))
        show (stage);
      event = vh_term_wait (stage->term, fd, get_rest_ms (stage));
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
  vh_output_error ("%s", view->message ? view->message : _ ("libvirt did not answer."));
  return VH_EXIT_FAILED;
}

static VhExit
run_on_terminal (const VhOptions *options, VhRunner *runner, gint *end_signal)
{
  g_autoptr (GError) error = NULL;
  const VhTermOptions term_options = { .look = vh_output_has_color () ? vh_output_get_look ()
                                                                      : VH_LOOK_MONO,
                                       .mouse = options->mouse };
  Stage stage = { .runner = runner };
  stage.term = vh_term_new (&term_options, &error);
  if (!stage.term)
    return vh_command_report (error);
  vh_loader_set_waiter (runner->loader, wait_for_answer, &stage);
  loop (&stage);
  vh_loader_set_waiter (runner->loader, NULL, NULL);
  vh_term_free (stage.term);
  g_clear_pointer (&stage.picture, vh_canvas_free);
  *end_signal = stage.end_signal;
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

static VhExit
run_plain (VhRunner *runner)
{
  return vh_plain_run (runner) ? say_why (runner) : VH_EXIT_FAILED;
}

/* The signal is for after all is put away. */
static VhExit
run (const VhOptions *options, gint *end_signal)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VhLoader) loader = vh_loader_new (options);
  g_autoptr (VhApp) app = vh_app_new (80, 24, vh_output_is_ascii ());
  app->options = options;
  g_auto (VhRunner) runner = {
    .app = app,
    .loader = loader,
    .target = options->targets[0],
    .keeper = options->demo ? NULL : vh_keeper_new (),
    .waits = options->script || options->plain,
  };
  if (!vh_runner_start (&runner, &error))
    return vh_command_report (error);
  if (options->script)
    return run_script (options->script, &runner);
  return options->plain ? run_plain (&runner) : run_on_terminal (options, &runner, end_signal);
}

VhExit
vh_command_terminal (const VhOptions *options)
{
  const gboolean on_terminal = isatty (STDIN_FILENO) && isatty (STDOUT_FILENO);
  const gboolean needs_terminal = !options->script && !options->plain;
  if (needs_terminal && !on_terminal && options->demo)
    return vh_command_show (options);
  if (needs_terminal && !on_terminal)
    {
      vh_output_error (
          _ ("This is no terminal. “virt-hotplug show TARGET” prints a domain, “virt-hotplug list” "
             "all of them, and “virt-hotplug --plain TARGET” talks by lines."));
      return VH_EXIT_FAILED;
    }
  gint end_signal = 0;
  const VhExit status = run (options, &end_signal);
  if (end_signal)
    {
      signal (end_signal, SIG_DFL);
      raise (end_signal);
    }
  return status;
}
