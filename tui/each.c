/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/each.h"

#include "model/i18n.h"
#include "tui/command_common.h"
#include "tui/set_report.h"

/* What is done to each of them. */
typedef struct {
  VhLoader *loader;
  VhEachFunc change;
  gpointer data;
} Work;

/* It is about several targets, or a list of them, be it of one. */
static gboolean
is_many (const VhOptions *options, char **targets)
{
  return options->all || options->from || (targets[0] && targets[1]);
}

/* The options, for one of the targets. */
static VhOptions
options_for (const VhOptions *options, char **target)
{
  VhOptions one = *options;
  one.targets = target;
  return one;
}

/* May these options be for these targets? Prints why not. */
static gboolean
check_usage (const VhOptions *options, char **targets)
{
  const gboolean whole = options->print_xml || options->print_svg || options->print_dot;
  if (is_many (options, targets) && whole)
    vh_output_error (_ ("Of several domains only --print-diff can be printed."));
  else if (is_many (options, targets) && g_strv_contains ((const char *const *) targets, "-"))
    vh_output_error (_ ("“-” is one domain on standard input. A list of targets is --from=-."));
  else
    {
      gboolean good = TRUE;
      for (guint i = 0; targets[i] && good; i++)
        {
          const VhOptions one = options_for (options, targets + i);
          good = vh_set_check_usage (&one);
        }
      return good;
    }
  return FALSE;
}

static VhExit
change_session (const VhOptions *options, const Work *work, VhSession *session)
{
  const VhExit refused = vh_set_check_writable (options, session);
  return refused != VH_EXIT_DONE ? refused
                                 : work->change (options, work->loader, session, work->data);
}

static VhExit
change_one (const VhOptions *options, const Work *work)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VhSession) session = vh_loader_load (work->loader, options->targets[0], &error);
  return session ? change_session (options, work, session) : vh_command_report (error);
}

/* Each under its name, which the messages do not all have. */
static VhExit
change_named (const VhOptions *options, const Work *work)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VhSession) session = vh_loader_load (work->loader, options->targets[0], &error);
  if (!session)
    return vh_command_report (error);
  const char *name = session->info->is_file ? session->info->source : session->info->name;
  vh_output_note ("%s:", name);
  const VhExit status = change_session (options, work, session);
  if (status != VH_EXIT_DONE)
    vh_output_error (_ ("%s was not changed."), name);
  return status;
}

static void
tell_count (guint n_done, guint n_failed, guint n_left)
{
  const guint n = n_done + n_failed + n_left;
  g_autofree char *done = g_strdup_printf (_ ("%u done"), n_done);
  g_autofree char *failed = g_strdup_printf (_ ("%u failed"), n_failed);
  g_autofree char *left = g_strdup_printf (_ ("%u not tried (see --keep-going)"), n_left);
  g_autofree char *counts = g_strconcat (done, n_failed > 0 ? ", " : "", n_failed > 0 ? failed : "",
                                         n_left > 0 ? ", " : "", n_left > 0 ? left : "", NULL);
  vh_output_note (P_ ("Of %1$u domain: %2$s.", "Of %1$u domains: %2$s.", n), n, counts);
}

/* A worker that was abandoned takes no more. */
static VhExit
change_each (const VhOptions *options, const Work *work, char **targets)
{
  guint n_done = 0, n_failed = 0, i = 0;
  VhExit status = VH_EXIT_DONE;
  for (;
       targets[i] && (status == VH_EXIT_DONE || options->keep_going) && !vh_worker_has_abandoned ();
       i++)
    {
      char *target[] = { targets[i], NULL };
      const VhOptions one = options_for (options, target);
      const VhExit result = change_named (&one, work);
      n_done += result == VH_EXIT_DONE;
      n_failed += result != VH_EXIT_DONE;
      status = vh_command_worse (status, result);
    }
  tell_count (n_done, n_failed, g_strv_length (targets) - i);
  return status;
}

VhExit
vh_each_run (const VhOptions *options, VhEachFunc change, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VhLoader) loader = vh_loader_new (options);
  g_auto (GStrv) targets = vh_command_new_targets (options, loader, &error);
  if (!targets)
    return vh_command_report (error);
  if (!check_usage (options, targets))
    return VH_EXIT_USAGE;
  const Work work = { loader, change, data };
  if (is_many (options, targets))
    return change_each (options, &work, targets);
  const VhOptions one = options_for (options, targets);
  return change_one (&one, &work);
}
