/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/i18n.h"
#include "tui/backups.h"
#include "tui/command_common.h"
#include "tui/set_report.h"

/* What cannot be put back alone is a conflict with the one who changed it. */
static VhExit
report_refused (const GError *error)
{
  if (!g_error_matches (error, VH_EDIT_ERROR, VH_EDIT_ERROR_CHANGED))
    return vh_command_report (error);
  vh_output_report (error);
  vh_output_note (
      _ ("--whole puts the whole text of the backup back, and undoes what others changed "
         "since: look at it with --print-diff."));
  return VH_EXIT_CONFLICT;
}

static VhExit
revert (const VhOptions *options, VhLoader *loader, VhSession *session)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = vh_backups_list (session, &error);
  if (!entries)
    return vh_command_report (error);
  const VhHistoryEntry *entry = vh_backups_find (entries, session, options->targets[1], &error);
  g_autoptr (VhRevert) done =
      entry ? vh_backups_revert (session, entry, options->whole, &error) : NULL;
  if (!done)
    return report_refused (error);
  g_autofree char *note = vh_revert_new_note (done);
  if (note)
    vh_output_warning (_ ("%s --whole puts the whole text of the backup back."), note);
  return vh_set_show_diff (options, session) ? vh_set_finish (options, loader, session)
                                             : VH_EXIT_FAILED;
}

VhExit
vh_command_revert (const VhOptions *options)
{
  if (!vh_set_check_usage (options))
    return VH_EXIT_USAGE;
  g_autoptr (GError) error = NULL;
  g_autoptr (VhLoader) loader = vh_loader_new (options);
  g_autoptr (VhSession) session = vh_loader_load (loader, options->targets[0], &error);
  if (!session)
    return vh_command_report (error);
  const VhExit refused = vh_set_check_writable (options, session);
  return refused == VH_EXIT_DONE ? revert (options, loader, session) : refused;
}
