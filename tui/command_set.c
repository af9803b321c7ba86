/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "render/rows.h"
#include "tui/command_common.h"
#include "tui/set_report.h"
#include "tui/set_request.h"

static gboolean
check_usage (const VhOptions *options, const VhSetRequest *request)
{
  if (!vh_set_request_is_empty (request))
    return vh_set_check_usage (options);
  vh_output_error (
      "Nothing to set: give --policy, --root, --bridge, --port, --spare-ports or --site.");
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

VhExit
vh_command_set (const VhOptions *options)
{
  g_autoptr (VhSetRequest) request = vh_set_request_new (options);
  if (!request || !check_usage (options, request))
    return VH_EXIT_USAGE;
  g_autoptr (GError) error = NULL;
  g_autoptr (VhLoader) loader = vh_loader_new (options);
  g_autoptr (VhSession) session = vh_loader_load (loader, options->targets[0], &error);
  if (!session)
    return vh_command_report (error);
  const VhExit refused = vh_set_check_writable (options, session);
  if (refused != VH_EXIT_DONE)
    return refused;
  if (!vh_set_request_push (request, session, &error))
    return vh_command_report (error);
  warn_of_leftovers (request, session);
  return vh_set_finish (options, loader, session);
}
