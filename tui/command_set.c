/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "render/rows.h"
#include "tui/command_common.h"
#include "tui/set_report.h"

/* ---- what the command line asks for ---- */

typedef struct {
  VhKnob knob;
  gint32 bus;
  VhSwitch to;
} Wish;

static gboolean
parse_switch (const char *option, const char *word, VhSwitch *value)
{
  if (vh_switch_from_string (word, value))
    return TRUE;
  vh_output_error ("%s takes on, off or default, not “%s”.", option, word);
  return FALSE;
}

static gboolean
parse_port (const char *text, Wish *wish)
{
  g_auto (GStrv) halves = g_strsplit (text, "=", 2);
  guint64 index = 0;
  if (!halves[0] || !halves[1] ||
      !g_ascii_string_to_unsigned (halves[0], 10, 0, G_MAXUINT16, &index, NULL))
    {
      vh_output_error ("--port takes INDEX=on, INDEX=off or INDEX=default, not “%s”.", text);
      return FALSE;
    }
  wish->knob = VH_KNOB_PORT;
  wish->bus = (gint32) index;
  return parse_switch ("--port", halves[1], &wish->to);
}

static gboolean
parse_site (const char *word, VhSite *site)
{
  *site = VH_SITE_NONE;
  if (!word)
    return TRUE;
  if (g_str_equal (word, "qemu"))
    *site = VH_SITE_QEMU_GLOBAL;
  else if (g_str_equal (word, "native"))
    *site = VH_SITE_TARGET;
  else
    {
      vh_output_error ("--site takes native or qemu, not “%s”.", word);
      return FALSE;
    }
  return TRUE;
}

/* Of Wish; NULL with the error printed. */
static GArray *
parse_wishes (const VhOptions *options)
{
  g_autoptr (GArray) wishes = g_array_new (FALSE, FALSE, sizeof (Wish));
  Wish root = { VH_KNOB_ROOT, -1, VH_SWITCH_ABSENT };
  Wish bridge = { VH_KNOB_BRIDGE, -1, VH_SWITCH_ABSENT };
  if (options->root && !parse_switch ("--root", options->root, &root.to))
    return NULL;
  if (options->bridge && !parse_switch ("--bridge", options->bridge, &bridge.to))
    return NULL;
  if (options->root)
    g_array_append_val (wishes, root);
  if (options->bridge)
    g_array_append_val (wishes, bridge);
  for (guint i = 0; options->ports && options->ports[i]; i++)
    {
      Wish port = { VH_KNOB_PORT, -1, VH_SWITCH_ABSENT };
      if (!parse_port (options->ports[i], &port))
        return NULL;
      g_array_append_val (wishes, port);
    }
  return g_steal_pointer (&wishes);
}

static gboolean
check_usage (const VhOptions *options, const GArray *wishes)
{
  const gboolean writes = !options->print_xml && !options->print_diff && !options->dry_run;
  const gboolean imagined = options->qemu || options->caps || options->emulator;
  const gboolean file = options->targets[0] && vh_load_is_file (options->targets[0]);
  if (options->print_xml + options->print_diff + options->dry_run > 1)
    vh_output_error ("Give only one of --print-xml, --print-diff and --dry-run.");
  else if (!wishes->len && !options->site)
    vh_output_error ("Nothing to set: give --root, --bridge, --port or --site.");
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

/* ---- the edits ---- */

/* --site=native is whichever native element the knob has. */
static VhSite
site_of (VhKnob knob, VhSite asked)
{
  return asked == VH_SITE_TARGET && knob == VH_KNOB_BRIDGE ? VH_SITE_FEATURE : asked;
}

static gboolean
push_wish (VhSession *session, const Wish *wish, VhSite asked, gboolean same_step, GError **error)
{
  if (wish->knob == VH_KNOB_PORT && wish->bus == 0)
    {
      g_set_error (error, VH_EDIT_ERROR, VH_EDIT_ERROR_NO_PORT,
                   "Bus 0 is the root bus and no port. Use --root for it.");
      return FALSE;
    }
  g_autoptr (VhKnobState) knob = vh_session_new_knob (session, wish->knob, wish->bus);
  if (!knob->applies && wish->to == VH_SWITCH_ABSENT && wish->knob != VH_KNOB_PORT)
    return TRUE;
  const VhEdit edit = {
    .kind = VH_EDIT_SET_KNOB,
    .knob = wish->knob,
    .bus = wish->bus,
    .to = wish->to,
    .site = wish->knob == VH_KNOB_PORT && asked != VH_SITE_TARGET ? VH_SITE_NONE
                                                                  : site_of (wish->knob, asked),
  };
  return vh_session_push (session, &edit, same_step, error);
}

/* --site alone moves what is configured, and can be moved. */
static gboolean
push_sites (VhSession *session, VhSite asked, GError **error)
{
  const VhKnob knobs[] = { VH_KNOB_ROOT, VH_KNOB_BRIDGE };
  g_autoptr (GString) refused = g_string_new (NULL);
  gboolean moved = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (knobs); i++)
    {
      g_autoptr (GError) reason = NULL;
      g_autoptr (VhKnobState) knob = vh_session_new_knob (session, knobs[i], -1);
      if (!knob->applies || knob->configured == VH_SWITCH_ABSENT)
        continue;
      const VhEdit edit = {
        .kind = VH_EDIT_SET_SITE, .knob = knobs[i], .bus = -1, .site = site_of (knobs[i], asked)
      };
      if (vh_session_push (session, &edit, moved, &reason))
        moved = TRUE;
      else
        g_string_append_printf (refused, "%s%s stays where it is: %s", refused->len ? "\n" : "",
                                vh_knob_to_string (knobs[i]), reason->message);
    }
  if (refused->len && !moved)
    {
      g_set_error (error, VH_EDIT_ERROR, VH_EDIT_ERROR_NOT_SETTABLE, "%s", refused->str);
      return FALSE;
    }
  if (refused->len)
    vh_output_warning ("%s", refused->str);
  return TRUE;
}

static gboolean
push_all (VhSession *session, const GArray *wishes, VhSite site, GError **error)
{
  if (!wishes->len)
    return push_sites (session, site, error);
  for (guint i = 0; i < wishes->len; i++)
    if (!push_wish (session, &g_array_index (wishes, Wish, i), site, i > 0, error))
      return FALSE;
  return TRUE;
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

VhExit
vh_command_set (const VhOptions *options)
{
  VhSite site = VH_SITE_NONE;
  g_autoptr (GArray) wishes = parse_wishes (options);
  if (!wishes || !parse_site (options->site, &site) || !check_usage (options, wishes))
    return VH_EXIT_USAGE;
  g_autoptr (GError) error = NULL;
  g_autoptr (VhLoader) loader = vh_loader_new (options);
  g_autoptr (VhSession) session = vh_loader_load (loader, options->targets[0], &error);
  if (!session)
    return vh_command_report (error);
  const VhExit refused = check_writable (options, session);
  if (refused != VH_EXIT_DONE)
    return refused;
  if (!push_all (session, wishes, site, &error))
    return vh_command_report (error);
  return finish (options, loader, session);
}
