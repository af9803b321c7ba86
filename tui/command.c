/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/command.h"

#include "model/i18n.h"
#include "model/machine.h"
#include "tui/output.h"

static const VhCommand commands[] = {
  { NULL, "[TARGET]", N_ ("Shows and changes PCI hotplug of a domain on the terminal."), 0, 1,
    FALSE, 0, vh_command_terminal },
  { "show", "show TARGET", N_ ("Prints the PCI topology with the hotplug mechanism of every bus."),
    1, 1, TRUE, VH_OPTION_PICTURE | VH_OPTION_OUTPUT | VH_OPTION_LIVE, vh_command_show },
  { "set", "set TARGET…|--all",
    N_ ("Changes hotplug settings and writes the domain, or several, one after the other."), 1,
    G_MAXUINT, FALSE, VH_OPTION_KNOBS | VH_OPTION_WRITE | VH_OPTION_MANY, vh_command_set },
  { "list", "list", N_ ("Lists every domain: machine, settings, mechanism, free slots."), 0, 0,
    FALSE, VH_OPTION_FORMAT | VH_OPTION_COLUMNS | VH_OPTION_HOSTS, vh_command_list },
  { "check", "check TARGET…|--all",
    N_ ("Prints findings, and mends what can be; exit status 3 when one is an error."), 1,
    G_MAXUINT, TRUE, VH_OPTION_FORMAT | VH_OPTION_MANY | VH_OPTION_FIX | VH_OPTION_HOSTS,
    vh_command_check },
  { "fit", "fit TARGET DEVICE",
    N_ ("Says whether a device would find a slot, and which; exit status 3 when it would not."), 2,
    2, FALSE, VH_OPTION_FORMAT, vh_command_fit },
  { "history", "history TARGET", N_ ("Lists the backups made before each write."), 1, 1, FALSE,
    VH_OPTION_FORMAT, vh_command_history },
  { "revert", "revert TARGET [ENTRY]",
    N_ ("Goes back to before a write, the last one without ENTRY; what others changed since "
        "stays."),
    1, 2, FALSE, VH_OPTION_WRITE | VH_OPTION_WHOLE, vh_command_revert },
  { "caps", "caps [TARGET]",
    N_ ("Prints what is known of this libvirt and this QEMU, and how it is known."), 0, 1, FALSE,
    VH_OPTION_FORMAT | VH_OPTION_RECORD, vh_command_caps },
  { "report", "report TARGET",
    N_ ("Collects what a report of a wrong prediction needs, without names and secrets."), 1, 1,
    FALSE, VH_OPTION_OUTPUT, vh_command_report_domain },
};

const VhCommand *
vh_command_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_strcmp0 (commands[i].name, name) == 0)
      return &commands[i];
  return NULL;
}

const VhCommand *
vh_command_get (guint i)
{
  return i < G_N_ELEMENTS (commands) ? &commands[i] : NULL;
}

const char *
vh_command_get_summary (void)
{
  return _ ("Without a command the terminal UI starts; without TARGET it lists the domains to pick "
            "from.\n"
            "TARGET is a domain (id, UUID or name) or, with a “/” in it, a file; “-” is standard "
            "input.\n\n"
            "Commands:\n"
            "  show TARGET       print the PCI topology with the hotplug mechanism of every bus\n"
            "  set TARGET…       change hotplug settings and write the domain\n"
            "  list              list every domain\n"
            "  check TARGET…     print findings\n"
            "  fit TARGET DEVICE say whether a device would find a slot\n"
            "  history TARGET    list the backups made before each write\n"
            "  revert TARGET     go back to before a write\n"
            "  caps [TARGET]     print what is known of libvirt and QEMU\n"
            "  report TARGET     collect what a report of a wrong prediction needs\n"
            "“virt-hotplug COMMAND --help” prints the options of a command.");
}

static VhExit
check_operands (const VhCommand *command, const VhOptions *options)
{
  const guint n = g_strv_length (options->targets);
  const gboolean many = options->all || options->from;
  const gboolean all = many || (command->takes_all && options->demo);
  if (n < command->min_targets && command->min_targets > 1)
    vh_output_error (
        _ ("“%1$s” needs a domain or a file, and a device. See “virt-hotplug %2$s --help”."),
        command->name, command->name);
  else if (n < command->min_targets && !all)
    vh_output_error (_ ("“%1$s” needs a domain or a file. See “virt-hotplug %2$s --help”."),
                     command->name, command->name);
  else if (n > command->max_targets && !command->name)
    vh_output_error (_ ("“%s” is no command. See “virt-hotplug --help”."), options->targets[0]);
  else if (n > command->max_targets)
    vh_output_error (_ ("One operand too many: “%s”."), options->targets[command->max_targets]);
  else if ((n > 0) + options->all + (options->from != NULL) > 1)
    vh_output_error (_ ("Give targets, --all or --from, but one of them only."));
  else if (options->output && !*options->output)
    vh_output_error (_ ("--output needs the name of a file."));
  else
    return VH_EXIT_DONE;
  return VH_EXIT_USAGE;
}

gboolean
vh_command_has_hosts (const VhOptions *options)
{
  return options->connects && options->connects[1];
}

static VhExit
check_release (const VhOptions *options)
{
  VhVersion release = 0;
  if (!options->qemu || vh_version_parse (options->qemu, &release))
    return VH_EXIT_DONE;
  vh_output_error (_ ("“%s” is no QEMU release. Write it as 7.2 or 10.0.3."), options->qemu);
  return VH_EXIT_USAGE;
}

/* What is done to one domain is done on one connection. */
static VhExit
check_connections (const VhCommand *command, const VhOptions *options)
{
  const gboolean every = options->all || command->max_targets == 0;
  if (!vh_command_has_hosts (options) ||
      ((command->options & VH_OPTION_HOSTS) && every && !options->demo && !options->fix))
    return VH_EXIT_DONE;
  vh_output_error (_ ("One --connect only, please: several are for “list” and “check --all”."));
  return VH_EXIT_USAGE;
}

VhExit
vh_command_run (const VhOptions *options)
{
  const VhCommand *command = vh_command_find (options->command);
  g_assert (command);
  if (check_operands (command, options) != VH_EXIT_DONE ||
      check_release (options) != VH_EXIT_DONE ||
      check_connections (command, options) != VH_EXIT_DONE)
    return VH_EXIT_USAGE;
  return command->run (options);
}
