/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/export_json.h"
#include "tui/command_common.h"
#include "tui/hosts.h"
#include "tui/overview.h"

static gboolean
print_table (const GPtrArray *summaries)
{
  g_autofree char *text = vh_overview_format (summaries);
  return vh_output_print (text);
}

static gboolean
has_failed (const GPtrArray *summaries)
{
  for (guint i = 0; i < summaries->len; i++)
    if (((const VhSummary *) summaries->pdata[i])->error)
      return TRUE;
  return FALSE;
}

/* The domains of several connections. */
static VhExit
list_hosts (const VhOptions *options)
{
  g_autoptr (GPtrArray) hosts = vh_hosts_load (options);
  VhExit status = VH_EXIT_DONE;
  for (guint i = 0; i < hosts->len; i++)
    {
      const VhHost *host = hosts->pdata[i];
      if (host->error || has_failed (host->summaries))
        status = VH_EXIT_FAILED;
    }
  g_autofree char *text = vh_command_wants_json (options) ? vh_export_json_list_hosts (hosts)
                                                          : vh_overview_format_hosts (hosts);
  return vh_output_print (text) ? status : VH_EXIT_FAILED;
}

VhExit
vh_command_list (const VhOptions *options)
{
  if (!vh_command_check_format (options))
    return VH_EXIT_USAGE;
  if (vh_command_has_hosts (options))
    return list_hosts (options);
  g_autoptr (GError) error = NULL;
  g_autoptr (VhLoader) loader = vh_loader_new (options);
  g_autoptr (GPtrArray) summaries = vh_overview_load (loader, &error);
  if (!summaries)
    return vh_command_report (error);
  g_autofree char *json = vh_command_wants_json (options) ? vh_export_json_list (summaries) : NULL;
  if (!(json ? vh_output_print (json) : print_table (summaries)))
    return VH_EXIT_FAILED;
  return has_failed (summaries) ? VH_EXIT_FAILED : VH_EXIT_DONE;
}
