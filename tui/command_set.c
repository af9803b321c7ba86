/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "render/rows.h"
#include "tui/command_common.h"
#include "tui/set_report.h"
#include "tui/set_request.h"

static gboolean
check_usage (const VhOptions *options, const VhSetRequest *request)
{
  const gboolean writes = !options->print_xml && !options->print_diff && !options->dry_run;
  const gboolean imagined = options->qemu || options->caps || options->emulator;
  const gboolean file = options->targets[0] && vh_load_is_file (options->targets[0]);
  if (options->print_xml + options->print_diff + options->dry_run > 1)
    vh_output_error ("Give only one of --print-xml, --print-diff and --dry-run.");
  else if (vh_set_request_is_empty (request))
    vh_output_error ("Nothing to set: give --policy, --root, --bridge, --port, --spare-ports or --site.");
  else if (options->machine)
    vh_output_error ("“set” takes no --machine: what is written must be for the machine type that "
                     "the domain has.");
  else if (writes && imagined && !file)
    vh_output_error ("“set” takes --qemu, --caps and --emulator only for a file, or with "
                     "--print-xml, --print-diff or "
                     "--dry-run: what is written to libvirt is checked against the real one.");
  else
    return TRUE;
  return FALSE;
}

/* ---- what is done with them ---- */

static VhExit
refuse_introduced (const VhPlan *plan)
{
  for (guint i = 0; i < plan->introduced->len; i++)
    vh_output_error ("%s", ((const VhFinding *) plan->introduced->pdata[i])->text);
  return plan->introduced->len ? VH_EXIT_REFUSED : VH_EXIT_DONE;
}

/* Nothing is written that was not shown, also where nobody is asked. */
static VhExit
ask_and_write (const VhOptions *options, VhLoader *loader, const VhSession *session,
               const VhPlan *plan)
{
  if (!options->yes && !vh_output_may_ask ())
    {
      vh_output_error (
          "Not asked, because this is no terminal. Give --yes to write, or --print-diff "
          "to look.");
      return VH_EXIT_FAILED;
    }
  if (!(options->yes && options->quiet) && !vh_set_report_plan (plan, stderr))
    return VH_EXIT_FAILED;
  if (!options->yes && !vh_output_confirm ("Write these changes?"))
    {
      vh_output_note ("Nothing was written.");
      return VH_EXIT_DONE;
    }
  return vh_set_write (options, loader, session);
}

static VhExit
finish (const VhOptions *options, VhLoader *loader, const VhSession *session)
{
  g_autoptr (VhPlan) plan = vh_session_new_plan (session);
  if (refuse_introduced (plan) != VH_EXIT_DONE)
    return VH_EXIT_REFUSED;
  /* What came from standard input goes to standard output, changed or not. */
  const gboolean is_stream = g_str_equal (options->targets[0], "-");
  if (options->print_xml || (is_stream && !options->print_diff && !options->dry_run))
    return vh_set_print_xml (options, session);
  if (options->print_diff)
    return vh_set_print_diff (session, plan);
  if (options->dry_run)
    return vh_set_dry_run (loader, session, plan);
  if (!vh_session_is_changed (session))
    {
      vh_output_note ("Nothing to change: the domain is configured like that already.");
      return VH_EXIT_DONE;
    }
  return ask_and_write (options, loader, session, plan);
}

static VhExit
check_writable (const VhOptions *options, const VhSession *session)
{
  const gboolean writes = !options->print_xml && !options->print_diff;
  if (!session->info->persistent)
    {
      vh_output_error (
          "Domain “%s” is transient: writing its configuration would make it persistent. Make it "
          "persistent first if you want that (“virsh define”).",
          session->info->name);
      return VH_EXIT_REFUSED;
    }
  if (writes && !options->dry_run && session->info->read_only)
    {
      vh_output_error (
          "%s is open read-only: nothing can be written. Connect with an account that may write.",
          session->info->source);
      return VH_EXIT_FAILED;
    }
  return VH_EXIT_DONE;
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
  const VhExit refused = check_writable (options, session);
  if (refused != VH_EXIT_DONE)
    return refused;
  if (!vh_set_request_push (request, session, &error))
    return vh_command_report (error);
  warn_of_leftovers (request, session);
  return finish (options, loader, session);
}
