/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/export_json.h"
#include "tui/command_common.h"
#include "tui/overview.h"

static gboolean
print_table (const GPtrArray *summaries)
{
  g_autofree char *text = vh_overview_format (summaries);
  return vh_output_print (text);
}

VhExit
vh_command_list (const VhOptions *options)
{
  if (!vh_command_check_format (options))
    return VH_EXIT_USAGE;
  g_autoptr (GError) error = NULL;
  g_autoptr (VhLoader) loader = vh_loader_new (options);
  g_autoptr (GPtrArray) summaries = vh_overview_load (loader, &error);
  if (!summaries)
    return vh_command_report (error);
  VhExit status = VH_EXIT_DONE;
  for (guint i = 0; i < summaries->len; i++)
    if (((const VhSummary *) summaries->pdata[i])->error)
      status = VH_EXIT_FAILED;
  g_autofree char *json = vh_command_wants_json (options) ? vh_export_json_list (summaries) : NULL;
  if (!(json ? vh_output_print (json) : print_table (summaries)))
    return VH_EXIT_FAILED;
  return status;
}
