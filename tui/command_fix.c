/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `check --fix`. */
#include <stdio.h>
#include <string.h>

#include "model/fix.h"
#include "model/i18n.h"
#include "tui/command_common.h"
#include "tui/each.h"
#include "tui/set_report.h"

/* Each finding with what is done about it; where the result itself goes to standard output, on
 * standard error. */
static gboolean
print_findings (const VhOptions *options, const VhSession *session)
{
  const gboolean is_stream = g_str_equal (options->targets[0], "-") && !options->dry_run;
  const GPtrArray *findings = session->base->findings;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) cures = vh_fix_new_cures (session->base, session->caps);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < findings->len; i++)
    {
      g_autofree char *line = vh_command_format_finding (session->info, findings->pdata[i]);
      g_autofree char *cure = vh_text_dup_visible (cures->pdata[i] ? cures->pdata[i] : "");
      g_string_append (text, line);
      if (*cure)
        g_string_append_printf (text, _ ("  fix: %s.\n"), cure);
      else
        g_string_append (text, _ ("  no fix by this program.\n"));
    }
  if (options->quiet && (options->print_diff || is_stream))
    return TRUE;
  if (vh_output_write_to (text->str, text->len, options->print_diff || is_stream ? stderr : stdout,
                          &error))
    return TRUE;
  vh_output_report (error);
  return FALSE;
}

static gboolean
has_error (const GPtrArray *findings)
{
  /* Sorted by severity: an error comes first. */
  return findings->len > 0 && ((VhFinding *) findings->pdata[0])->severity == VH_SEVERITY_ERROR;
}

static VhExit
finish (const VhOptions *options, VhLoader *loader, const VhSession *session)
{
  const gboolean is_stream = g_str_equal (options->targets[0], "-");
  if (!vh_session_is_changed (session) && !is_stream && !options->print_diff)
    {
      vh_output_note (_ ("There is nothing to fix."));
      return VH_EXIT_DONE;
    }
  return vh_set_show_diff (options, session) ? vh_set_finish (options, loader, session)
                                             : VH_EXIT_FAILED;
}

/* The status of what was done; of what could not be cured it is in `data`. */
static VhExit
fix_session (const VhOptions *options, VhLoader *loader, VhSession *session, gpointer data)
{
  VhExit *left = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (VhDocument) fixed = vh_fix_new_document (session->base, session->caps, &error);
  if (!print_findings (options, session))
    return VH_EXIT_FAILED;
  if (!fixed || (fixed != session->base->document &&
                 !vh_session_start_from (session, fixed, VH_FIX_NAME, &error)))
    return vh_command_report (error);
  if (has_error (session->after->findings))
    *left = VH_EXIT_REFUSED;
  return finish (options, loader, session);
}

VhExit
vh_command_fix (const VhOptions *options)
{
  VhExit left = VH_EXIT_DONE;
  if (options->format)
    {
      vh_output_error (
          _ ("--fix takes no --format. The JSON of “check” without it says what can be "
             "fixed, as “fix”."));
      return VH_EXIT_USAGE;
    }
  const VhExit done = vh_each_run (options, fix_session, &left);
  return vh_command_worse (done, left);
}
