/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/i18n.h"
#include "render/rows.h"
#include "tui/command_common.h"
#include "tui/each.h"
#include "tui/set_report.h"
#include "tui/set_request.h"

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

static VhExit
set_session (const VhOptions *options, VhLoader *loader, VhSession *session, gpointer data)
{
  const VhSetRequest *request = data;
  g_autoptr (GError) error = NULL;
  if (!vh_set_request_push (request, session, &error))
    return vh_command_report (error);
  warn_of_leftovers (request, session);
  return vh_set_finish (options, loader, session);
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
          _ ("Nothing to set: give --policy, --root, --bridge, --port, --spare-ports or --site."));
      return VH_EXIT_USAGE;
    }
  return vh_each_run (options, set_session, request);
}
