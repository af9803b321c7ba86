/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/i18n.h"
#include "tui/command_common.h"
#include "tui/set_report.h"

static gboolean
is_printed (const VhOptions *options)
{
  return options->print_xml || options->print_diff || options->print_svg || options->print_dot;
}

gboolean
vh_set_check_usage (const VhOptions *options)
{
  const char *command = options->command;
  const gboolean writes = !is_printed (options) && !options->dry_run;
  const gboolean imagined = options->qemu || options->caps || options->emulator;
  if (options->print_xml + options->print_diff + options->print_svg + options->print_dot +
          options->dry_run >
      1)
    vh_output_error (
        _ ("Give only one of --print-xml, --print-diff, --print-svg, --print-dot and --dry-run."));
  else if (options->machine)
    vh_output_error (
        _ ("“%s” takes no --machine: what is written must be for the machine type that "
           "the domain has."),
        command);
  else if (writes && imagined && !vh_load_is_file (options->targets[0]))
    vh_output_error (_ ("“%s” takes --qemu, --caps and --emulator only for a file, or with "
                        "a --print option or --dry-run: what is written to libvirt is "
                        "checked against the real one."),
                     command);
  else
    return TRUE;
  return FALSE;
}

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
          _ ("Not asked, because this is no terminal. Give --yes to write, or --print-diff "
             "to look."));
      return VH_EXIT_FAILED;
    }
  if (!(options->yes && options->quiet) && !vh_set_report_plan (plan, stderr))
    return VH_EXIT_FAILED;
  if (!options->yes && !vh_output_confirm (_ ("Write these changes?")))
    {
      vh_output_note (_ ("Nothing was written."));
      return VH_EXIT_DONE;
    }
  return vh_set_write (options, loader, session);
}

VhExit
vh_set_finish (const VhOptions *options, VhLoader *loader, const VhSession *session)
{
  g_autoptr (VhPlan) plan = vh_session_new_plan (session);
  if (refuse_introduced (plan) != VH_EXIT_DONE)
    return VH_EXIT_REFUSED;
  /* What came from standard input goes to standard output, changed or not. */
  const gboolean is_stream = g_str_equal (options->targets[0], "-");
  if (options->print_xml || (is_stream && !is_printed (options) && !options->dry_run))
    return vh_set_print_xml (options, session);
  if (options->print_diff)
    return vh_set_print_diff (session, plan);
  if (is_printed (options))
    return vh_set_print_picture (options, session);
  if (options->dry_run)
    return vh_set_dry_run (loader, session, plan);
  if (!vh_session_is_changed (session))
    {
      vh_output_note (_ ("Nothing to change: the domain is configured like that already."));
      return VH_EXIT_DONE;
    }
  return ask_and_write (options, loader, session, plan);
}

VhExit
vh_set_check_writable (const VhOptions *options, const VhSession *session)
{
  const gboolean writes = !is_printed (options) && !options->dry_run;
  if (!session->info->persistent)
    {
      vh_output_error (_ ("Domain “%s” is transient: writing its configuration would make it "
                          "persistent. Make it "
                          "persistent first if you want that (“virsh define”)."),
                       session->info->name);
      return VH_EXIT_REFUSED;
    }
  if (writes && session->info->read_only)
    {
      vh_output_error (_ ("%s is open read-only: nothing can be written. Connect with an account "
                          "that may write."),
                       session->info->source);
      return VH_EXIT_FAILED;
    }
  return VH_EXIT_DONE;
}
