/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/options.h"

#include <string.h>

#include "model/i18n.h"
#include "tui/command.h"
#include "tui/show.h"

static gboolean
parse_connect (const char *name G_GNUC_UNUSED, const char *value, gpointer data,
               GError **error G_GNUC_UNUSED)
{
  VhOptions *options = data;
  const guint n = options->connects ? g_strv_length (options->connects) : 0;
  options->connects = g_renew (char *, options->connects, n + 2);
  options->connects[n] = g_strdup (value);
  options->connects[n + 1] = NULL;
  options->connect = options->connects[0];
  return TRUE;
}

static gboolean
parse_color (const char *name, const char *value, gpointer data, GError **error)
{
  static const char *const words[] = { "auto", "always", "never" };
  VhOptions *options = data;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (value, words[i]))
      {
        options->color = (VhColor) i;
        return TRUE;
      }
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("%1$s takes auto, always or never, not “%2$s”."), name, value);
  return FALSE;
}

static gboolean
parse_look (const char *name, const char *value, gpointer data, GError **error)
{
  VhOptions *options = data;
  options->has_look = vh_look_parse (value, &options->look);
  if (!options->has_look)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _ ("%1$s takes default, high-contrast, light or mono, not “%2$s”."), name, value);
  return options->has_look;
}

static void
add_global_entries (GArray *entries, VhOptions *o)
{
  const GOptionEntry rows[] = {
    { "connect", 'c', 0, G_OPTION_ARG_CALLBACK, (gpointer) parse_connect,
      _ ("Connect to this libvirt"), "URI" },
    { "readonly", 'r', 0, G_OPTION_ARG_NONE, &o->read_only, _ ("Connect read-only"), NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &o->quiet, _ ("No messages but errors"), NULL },
    { "color", 0, 0, G_OPTION_ARG_CALLBACK, (gpointer) parse_color,
      _ ("Colours, or attributes alone"), "auto|always|never" },
    { "look", 0, 0, G_OPTION_ARG_CALLBACK, (gpointer) parse_look, _ ("How colours are used"),
      "default|high-contrast|light|mono" },
    { "ascii", 0, 0, G_OPTION_ARG_NONE, &o->ascii, _ ("Draw with ASCII characters only"), NULL },
    { "mouse", 0, 0, G_OPTION_ARG_NONE, &o->mouse, _ ("Take mouse clicks"), NULL },
    { "plain", 0, 0, G_OPTION_ARG_NONE, &o->plain, _ ("Lines and numbers instead of a screen"),
      NULL },
    { "machine", 0, 0, G_OPTION_ARG_STRING, &o->machine, _ ("What if: as this machine type"),
      "TYPE" },
    { "qemu", 0, 0, G_OPTION_ARG_STRING, &o->qemu, _ ("What if: under this QEMU release"),
      "VERSION" },
    { "emulator", 0, 0, G_OPTION_ARG_FILENAME, &o->emulator, _ ("Ask this QEMU binary"), "PATH" },
    { "caps", 0, 0, G_OPTION_ARG_FILENAME, &o->caps, _ ("Take capabilities from a recording"),
      "FILE" },
    { "script", 0, 0, G_OPTION_ARG_FILENAME, &o->script,
      _ ("Drive the terminal UI by a file of keys"), "FILE" },
    { "demo", 0, 0, G_OPTION_ARG_NONE, &o->demo, _ ("Use the built-in domains"), NULL },
    { "security-info", 0, 0, G_OPTION_ARG_NONE, &o->security_info,
      _ ("Print passwords with the XML"), NULL },
    { "debug", 'd', 0, G_OPTION_ARG_NONE, &o->debug, _ ("Say on standard error what is done"),
      NULL },
    { "no-pkttyagent", 0, 0, G_OPTION_ARG_NONE, &o->no_pkttyagent,
      _ ("Let no polkit agent ask for a password"), NULL },
    { "version", 'V', 0, G_OPTION_ARG_NONE, &o->version, _ ("Print the version"), NULL },
    { "version", 'v', G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &o->version, NULL, NULL },
  };
  g_array_append_vals (entries, rows, G_N_ELEMENTS (rows));
}

/* An option that some commands have. */
typedef struct {
  VhOptionSet option;
  GOptionEntry entry;
} Row;

static void
add_rows (GArray *entries, VhOptionSet allowed, const Row *rows, gsize n_rows)
{
  for (gsize i = 0; i < n_rows; i++)
    if (allowed & rows[i].option)
      g_array_append_val (entries, rows[i].entry);
}

/* What is looked at, and how it is printed. */
static void
add_show_entries (GArray *entries, VhOptions *o, VhOptionSet allowed)
{
  const Row rows[] = {
    { VH_OPTION_FORMAT,
      { "format", 0, 0, G_OPTION_ARG_STRING, &o->format, _ ("How to print it"), "text|json" } },
    { VH_OPTION_PICTURE,
      { "format", 0, 0, G_OPTION_ARG_STRING, &o->format, _ ("How to print it"),
        "text|tree|json|svg|dot" } },
    { VH_OPTION_PICTURE,
      { "width", 0, 0, G_OPTION_ARG_STRING, &o->width, _ ("Columns of text"), "COLUMNS" } },
    { VH_OPTION_OUTPUT,
      { "output", 0, 0, G_OPTION_ARG_FILENAME, &o->output, _ ("Write to a file"), "FILE" } },
    { VH_OPTION_COLUMNS,
      { "columns", 0, 0, G_OPTION_ARG_STRING, &o->columns,
        _ ("Columns of the table; “help” names them"), "NAME,..." } },
    { VH_OPTION_MANY,
      { "all", 0, 0, G_OPTION_ARG_NONE, &o->all, _ ("Every domain of the connection"), NULL } },
    { VH_OPTION_MANY,
      { "from", 0, 0, G_OPTION_ARG_FILENAME, &o->from,
        _ ("The targets in a file, one a line; “-” is standard input"), "FILE" } },
    { VH_OPTION_LIVE,
      { "live", 0, 0, G_OPTION_ARG_NONE, &o->live,
        _ ("What runs, beside what the next start will have"), NULL } },
    { VH_OPTION_LIVE,
      { "ask-qemu", 0, 0, G_OPTION_ARG_NONE, &o->ask_qemu,
        _ ("With --live: ask the running QEMU, which taints the domain"), NULL } },
    { VH_OPTION_RECORD,
      { "record", 0, 0, G_OPTION_ARG_FILENAME, &o->record, _ ("Save as a recording for --caps"),
        "FILE" } },
  };
  add_rows (entries, allowed, rows, G_N_ELEMENTS (rows));
}

/* What is changed, and how it is written. */
static void
add_set_entries (GArray *entries, VhOptions *o, VhOptionSet allowed)
{
  const Row rows[] = {
    { VH_OPTION_KNOBS,
      { "policy", 0, 0, G_OPTION_ARG_STRING, &o->policy, _ ("Many settings at once"),
        "lock-occupied|lock-non-nic|forbid|native|default" } },
    { VH_OPTION_KNOBS,
      { "root", 0, 0, G_OPTION_ARG_STRING, &o->root, _ ("ACPI hotplug of the root bus"),
        "on|off|default" } },
    { VH_OPTION_KNOBS,
      { "bridge", 0, 0, G_OPTION_ARG_STRING, &o->bridge, _ ("ACPI hotplug of bridges and ports"),
        "on|off|default" } },
    { VH_OPTION_KNOBS,
      { "port", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o->ports, _ ("Hotplug of one port"),
        "INDEX=on|off|default" } },
    { VH_OPTION_KNOBS,
      { "site", 0, 0, G_OPTION_ARG_STRING, &o->site, _ ("Where it is written"), "native|qemu" } },
    { VH_OPTION_KNOBS,
      { "spare-ports", 0, 0, G_OPTION_ARG_STRING, &o->spare_ports,
        _ ("Have at least so many free root ports for hotplug"), "N" } },
    { VH_OPTION_FIX,
      { "fix", 0, 0, G_OPTION_ARG_NONE, &o->fix, _ ("Do what cures a finding, and write it"),
        NULL } },
    { VH_OPTION_KNOBS | VH_OPTION_FIX,
      { "keep-going", 0, 0, G_OPTION_ARG_NONE, &o->keep_going,
        _ ("Of several, go on after one that fails"), NULL } },
    { VH_OPTION_WRITE,
      { "print-xml", 0, 0, G_OPTION_ARG_NONE, &o->print_xml, _ ("Print the result, write nothing"),
        NULL } },
    { VH_OPTION_WRITE | VH_OPTION_FIX,
      { "print-diff", 0, 0, G_OPTION_ARG_NONE, &o->print_diff,
        _ ("Print what would change, write nothing"), NULL } },
    { VH_OPTION_WRITE,
      { "print-svg", 0, 0, G_OPTION_ARG_NONE, &o->print_svg,
        _ ("Draw before and after, write nothing"), NULL } },
    { VH_OPTION_WRITE,
      { "print-dot", 0, 0, G_OPTION_ARG_NONE, &o->print_dot, _ ("The same as a graph for Graphviz"),
        NULL } },
    { VH_OPTION_WRITE | VH_OPTION_FIX,
      { "dry-run", 0, 0, G_OPTION_ARG_NONE, &o->dry_run, _ ("Only check everything"), NULL } },
    { VH_OPTION_WRITE | VH_OPTION_FIX,
      { "yes", 'y', 0, G_OPTION_ARG_NONE, &o->yes, _ ("Do not ask"), NULL } },
    { VH_OPTION_WRITE | VH_OPTION_FIX,
      { "no-validate", 0, 0, G_OPTION_ARG_NONE, &o->no_validate,
        _ ("Write without libvirt's schema check"), NULL } },
    { VH_OPTION_WHOLE,
      { "whole", 0, 0, G_OPTION_ARG_NONE, &o->whole, _ ("Undo what others changed, too"), NULL } },
  };
  add_rows (entries, allowed, rows, G_N_ELEMENTS (rows));
}

GArray *
vh_options_new_entries (VhOptions *options, guint allowed)
{
  GArray *entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));
  add_global_entries (entries, options);
  add_show_entries (entries, options, allowed);
  add_set_entries (entries, options, allowed);
  return entries;
}

/* One pass over *argv, which keeps what is no option. `command` NULL: the
 * options before the command's name. */
static gboolean
parse (VhOptions *options, const VhCommand *command, char ***argv, GError **error)
{
  g_autoptr (GOptionContext) context =
      g_option_context_new (command ? command->usage : "[COMMAND] [TARGET]");
  GOptionGroup *group = g_option_group_new ("global", _ ("Options:"), "", options, NULL);
  g_autoptr (GArray) entries = vh_options_new_entries (options, command ? command->options : 0);
  g_option_group_add_entries (group, (const GOptionEntry *) entries->data);
  g_option_context_set_main_group (context, group);
  g_option_context_set_strict_posix (context, command == NULL);
  g_option_context_set_summary (context, command ? _ (command->help) : vh_command_get_summary ());
  return g_option_context_parse_strv (context, argv, error);
}

/* Did "--" stand right before the last `n` of `argv`? What follows it is a
 * target, even if it is the name of a command. */
static gboolean
is_after_dashes (char **argv, guint n)
{
  const guint all = g_strv_length (argv);
  return all > n && g_str_equal (argv[all - n - 1], "--");
}

VhOptions *
vh_options_new (char **argv, GError **error)
{
  g_autoptr (VhOptions) options = g_new0 (VhOptions, 1);
  g_auto (GStrv) rest = g_strdupv (argv);
  if (!parse (options, NULL, &rest, error))
    return NULL;
  const guint n_operands = g_strv_length (rest) - 1;
  const VhCommand *command = NULL;
  if (n_operands > 0 && !is_after_dashes (argv, n_operands))
    command = vh_command_find (rest[1]);
  if (command)
    options->command = g_strdup (command->name);
  else
    command = vh_command_find (NULL);
  if (n_operands > 0 && !is_after_dashes (argv, n_operands) &&
      !parse (options, command, &rest, error))
    return NULL;
  const guint n_skipped = MIN (g_strv_length (rest), options->command ? 2 : 1);
  options->targets = g_strdupv (rest + n_skipped);
  return g_steal_pointer (&options);
}

gboolean
vh_options_are_for_programs (const VhOptions *o)
{
  VhShowFormat format = VH_SHOW_TEXT;
  return (vh_show_find_format (o, &format) && format != VH_SHOW_TEXT) || o->record ||
         g_strcmp0 (o->command, "report") == 0 || o->print_xml || o->print_diff || o->print_svg ||
         o->print_dot;
}

void
vh_options_free (VhOptions *o)
{
  if (!o)
    return;
  char **owned[] = { &o->machine, &o->qemu,    &o->emulator, &o->caps, &o->script,      &o->format,
                     &o->output,  &o->root,    &o->bridge,   &o->site, &o->spare_ports, &o->policy,
                     &o->record,  &o->command, &o->width,    &o->from, &o->columns };
  for (guint i = 0; i < G_N_ELEMENTS (owned); i++)
    g_free (*owned[i]);
  g_strfreev (o->connects);
  g_strfreev (o->ports);
  g_strfreev (o->targets);
  g_free (o);
}
