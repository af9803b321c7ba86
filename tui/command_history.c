/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/i18n.h"
#include "render/export_json.h"
#include "tui/backups.h"
#include "tui/command_common.h"

static void
append_entry (GString *text, const VhHistoryEntry *entry)
{
  g_autofree char *time = vh_history_entry_new_time (entry);
  g_autofree char *place = vh_history_entry_new_place (entry);
  g_autofree char *where = vh_text_dup_visible (place);
  g_autofree char *what = vh_text_dup_visible (entry->what ? entry->what : _ ("not recorded"));
  g_string_append_printf (text, _ ("%1$s  %2$s\n  before: %3$s\n  in:     %4$s\n"), entry->name,
                          time, what, where);
}

static char *
format_text (const GPtrArray *entries)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < entries->len; i++)
    append_entry (text, g_ptr_array_index (entries, i));
  return g_string_free (text, FALSE);
}

VhExit
vh_command_history (const VhOptions *options)
{
  if (!vh_command_check_format (options))
    return VH_EXIT_USAGE;
  g_autoptr (GError) error = NULL;
  g_autoptr (VhLoader) loader = vh_loader_new (options);
  g_autoptr (VhSession) session = vh_loader_load (loader, options->targets[0], &error);
  g_autoptr (GPtrArray) entries = session ? vh_backups_list (session, &error) : NULL;
  if (!entries)
    return vh_command_report (error);
  if (entries->len == 0)
    vh_output_note (_ ("There is no backup: this user has written nothing to this domain yet."));
  g_autofree char *text = vh_command_wants_json (options)
                              ? vh_export_json_history (session, entries)
                              : format_text (entries);
  return vh_output_print (text) ? VH_EXIT_DONE : VH_EXIT_FAILED;
}
