/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/i18n.h"
#include "render/export_json.h"
#include "tui/command_common.h"
#include "tui/hosts.h"
#include "tui/overview.h"

/* Where no column has room for why a domain could not be read, that is a message. */
static void
tell_errors (const VhOptions *options, const GPtrArray *summaries)
{
  for (guint i = 0; options->columns && i < summaries->len; i++)
    {
      const VhSummary *summary = summaries->pdata[i];
      if (summary->error)
        vh_output_error ("%s: %s", summary->info->name, summary->error);
    }
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
list_hosts (const VhOptions *options, const GArray *columns)
{
  g_autoptr (GPtrArray) hosts = vh_hosts_load (options);
  VhExit status = VH_EXIT_DONE;
  for (guint i = 0; i < hosts->len; i++)
    {
      const VhHost *host = hosts->pdata[i];
      if (host->error || has_failed (host->summaries))
        status = VH_EXIT_FAILED;
      if (host->error && options->columns)
        vh_output_error ("%s: %s", host->uri, host->error);
      if (!host->error)
        tell_errors (options, host->summaries);
    }
  g_autofree char *text = vh_command_wants_json (options)
                              ? vh_export_json_list_hosts (hosts)
                              : vh_overview_format_hosts (hosts, columns, !options->columns);
  return vh_output_print (text) ? status : VH_EXIT_FAILED;
}

static VhExit
list_domains (const VhOptions *options, const GArray *columns)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VhLoader) loader = vh_loader_new (options);
  g_autoptr (GPtrArray) summaries = vh_overview_load (loader, &error);
  if (!summaries)
    return vh_command_report (error);
  tell_errors (options, summaries);
  g_autofree char *text = vh_command_wants_json (options)
                              ? vh_export_json_list (summaries)
                              : vh_overview_format (summaries, columns, !options->columns);
  if (!vh_output_print (text))
    return VH_EXIT_FAILED;
  return has_failed (summaries) ? VH_EXIT_FAILED : VH_EXIT_DONE;
}

VhExit
vh_command_list (const VhOptions *options)
{
  if (g_strcmp0 (options->columns, "help") == 0)
    {
      g_autofree char *help = vh_columns_new_help ();
      return vh_output_print (help) ? VH_EXIT_DONE : VH_EXIT_FAILED;
    }
  if (options->columns && vh_command_wants_json (options))
    {
      vh_output_error (_ ("--columns is for text; JSON has all of them."));
      return VH_EXIT_USAGE;
    }
  if (!vh_command_check_format (options))
    return VH_EXIT_USAGE;
  const gboolean has_hosts = vh_command_has_hosts (options);
  g_autoptr (GArray) columns = vh_columns_new (options->columns, has_hosts);
  if (!columns)
    return VH_EXIT_USAGE;
  return has_hosts ? list_hosts (options, columns) : list_domains (options, columns);
}
