/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "render/rows.h"
#include "tui/command_common.h"
#include "tui/set_report.h"
#include "tui/set_request.h"

/* It is about several targets, or a list of them, be it of one. */
static gboolean
is_many (const VhOptions *options)
{
  return options->all || options->from || (options->targets[0] && options->targets[1]);
}

/* The options, for one of the targets. */
static VhOptions
options_for (const VhOptions *options, char **target)
{
  VhOptions one = *options;
  one.targets = target;
  return one;
}

static gboolean
check_usage (const VhOptions *options, char **targets)
{
  const gboolean whole = options->print_xml || options->print_svg || options->print_dot;
  if (is_many (options) && whole)
    vh_output_error ("Of several domains only --print-diff can be printed.");
  else if (is_many (options) && g_strv_contains ((const char *const *) targets, "-"))
    vh_output_error ("“-” is one domain on standard input. A list of targets is --from=-.");
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

/* Nobody shall think that a policy does more than it can. */
static void
warn_of_leftovers (const VhSetRequest *request, const VhSession *session)
{
  if (!request->has_policy)
    return;
  g_autoptr (GPtrArray) leftovers = vh_policy_new_leftovers (request->policy, session->after);
  for (guint i = 0; i < leftovers->len; i++)
    {
      g_autofree char *visible = vh_text_dup_visible (leftovers->pdata[i]);
      vh_output_warning ("%s", visible);
    }
}

/* How many targets came to what. */
typedef struct {
  guint done, failed, left;
} Count;

static VhExit
set_session (const VhOptions *options, VhLoader *loader, const VhSetRequest *request,
             VhSession *session)
{
  const VhExit refused = vh_set_check_writable (options, session);
  if (refused != VH_EXIT_DONE)
    return refused;
  g_autoptr (GError) error = NULL;
  if (!vh_set_request_push (request, session, &error))
    return vh_command_report (error);
  warn_of_leftovers (request, session);
  return vh_set_finish (options, loader, session);
}

static VhExit
set_one (const VhOptions *options, VhLoader *loader, const VhSetRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VhSession) session = vh_loader_load (loader, options->targets[0], &error);
  return session ? set_session (options, loader, request, session) : vh_command_report (error);
}

/* Each under its name, which the messages do not all have. */
static VhExit
set_named (const VhOptions *options, VhLoader *loader, const VhSetRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VhSession) session = vh_loader_load (loader, options->targets[0], &error);
  if (!session)
    return vh_command_report (error);
  const char *name = session->info->is_file ? session->info->source : session->info->name;
  vh_output_note ("%s:", name);
  const VhExit status = set_session (options, loader, request, session);
  if (status != VH_EXIT_DONE)
    vh_output_error ("%s was not changed.", name);
  return status;
}

static void
tell_count (guint n_done, guint n_failed, guint n_left)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const guint n = n_done + n_failed + n_left;
  g_string_printf (text, "Of %u domain%s: %u done", n, n == 1 ? "" : "s", n_done);
  if (n_failed > 0)
    g_string_append_printf (text, ", %u failed", n_failed);
  if (n_left > 0)
    g_string_append_printf (text, ", %u not tried (see --keep-going)", n_left);
  vh_output_note ("%s.", text->str);
}

/* One after the other, up to the first that fails unless it shall go on. A
 * worker that was abandoned takes no more. */
static VhExit
set_each (const VhOptions *options, VhLoader *loader, const VhSetRequest *request, char **targets)
{
  guint n_done = 0, n_failed = 0, i = 0;
  VhExit status = VH_EXIT_DONE;
  for (;
       targets[i] && (status == VH_EXIT_DONE || options->keep_going) && !vh_worker_has_abandoned ();
       i++)
    {
      char *target[] = { targets[i], NULL };
      const VhOptions one = options_for (options, target);
      const VhExit result = set_named (&one, loader, request);
      n_done += result == VH_EXIT_DONE;
      n_failed += result != VH_EXIT_DONE;
      status = vh_command_worse (status, result);
    }
  tell_count (n_done, n_failed, g_strv_length (targets) - i);
  return status;
}

VhExit
vh_command_set (const VhOptions *options)
{
  g_autoptr (VhSetRequest) request = vh_set_request_new (options);
  if (!request)
    return VH_EXIT_USAGE;
  if (vh_set_request_is_empty (request))
    {
      vh_output_error (
          "Nothing to set: give --policy, --root, --bridge, --port, --spare-ports or --site.");
      return VH_EXIT_USAGE;
    }
  g_autoptr (GError) error = NULL;
  g_autoptr (VhLoader) loader = vh_loader_new (options);
  g_auto (GStrv) targets = vh_command_new_targets (options, loader, &error);
  if (!targets)
    return vh_command_report (error);
  if (!check_usage (options, targets))
    return VH_EXIT_USAGE;
  return is_many (options) ? set_each (options, loader, request, targets)
                           : set_one (options, loader, request);
}
