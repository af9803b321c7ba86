/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/columns.h"

#include "model/i18n.h"
#include "render/text.h"
#include "render/words.h"
#include "tui/output.h"

#define USUAL "name,state,machine,root,bridge,mechanism,free-pcie,free-pci"

/* What stands where nothing is known because the domain could not be read. */
#define UNREAD "-"

static char *
dup_or_dash (const char *text)
{
  return text && *text ? vh_text_dup_visible (text) : g_strdup ("-");
}

static char *
dup_yes_no (gboolean value)
{
  return g_strdup (value ? "yes" : "no");
}

static char *
dup_connection (const char *uri, const VhSummary *summary)
{
  return dup_or_dash (uri ? uri : summary->info->source);
}

static char *
dup_name (const char *uri G_GNUC_UNUSED, const VhSummary *summary)
{
  return dup_or_dash (summary->info->name);
}

static char *
dup_uuid (const char *uri G_GNUC_UNUSED, const VhSummary *summary)
{
  return dup_or_dash (summary->info->uuid);
}

static char *
dup_state (const char *uri G_GNUC_UNUSED, const VhSummary *summary)
{
  return g_strdup (summary->info->state ? summary->info->state : "file");
}

static char *
dup_persistent (const char *uri G_GNUC_UNUSED, const VhSummary *summary)
{
  return dup_yes_no (summary->info->persistent);
}

static char *
dup_autostart (const char *uri G_GNUC_UNUSED, const VhSummary *summary)
{
  return dup_yes_no (summary->info->autostart);
}

static char *
dup_machine (const char *uri G_GNUC_UNUSED, const VhSummary *summary)
{
  return dup_or_dash (summary->machine ? summary->machine->canonical : NULL);
}

static char *
dup_qemu (const char *uri G_GNUC_UNUSED, const VhSummary *summary)
{
  g_autofree char *version = vh_version_format (summary->qemu);
  return g_strdup (summary->error ? UNREAD : version ? version : "?");
}

static char *
dup_knob (const VhKnobState *knob)
{
  if (!knob || !knob->applies)
    return g_strdup ("-");
  if (knob->state == VH_KNOWN_UNKNOWN)
    return g_strdup ("?");
  return g_strdup_printf ("%s%s", knob->state == VH_KNOWN_YES ? "on" : "off",
                          knob->configured == VH_SWITCH_ABSENT ? "" : "*");
}

static char *
dup_root (const char *uri G_GNUC_UNUSED, const VhSummary *summary)
{
  return dup_knob (summary->root);
}

static char *
dup_bridge (const char *uri G_GNUC_UNUSED, const VhSummary *summary)
{
  return dup_knob (summary->bridge);
}

static char *
dup_mechanism (const char *uri G_GNUC_UNUSED, const VhSummary *summary)
{
  return g_strdup (summary->error ? UNREAD : vh_mechanism_to_string (summary->mechanism));
}

static char *
dup_count (const VhSummary *summary, gint count)
{
  if (summary->error)
    return g_strdup (UNREAD);
  return count < 0 ? g_strdup ("?") : g_strdup_printf ("%d", count);
}

static char *
dup_free_pcie (const char *uri G_GNUC_UNUSED, const VhSummary *summary)
{
  return dup_count (summary, summary->free.pcie);
}

static char *
dup_free_pci (const char *uri G_GNUC_UNUSED, const VhSummary *summary)
{
  return dup_count (summary, summary->free.pci);
}

static char *
dup_errors (const char *uri G_GNUC_UNUSED, const VhSummary *summary)
{
  return dup_count (summary, (gint) summary->n_findings[VH_SEVERITY_ERROR]);
}

static char *
dup_warnings (const char *uri G_GNUC_UNUSED, const VhSummary *summary)
{
  return dup_count (summary, (gint) summary->n_findings[VH_SEVERITY_WARNING]);
}

static char *
dup_notes (const char *uri G_GNUC_UNUSED, const VhSummary *summary)
{
  return dup_count (summary, (gint) summary->n_findings[VH_SEVERITY_NOTE]);
}

static char *
dup_failure (const char *uri G_GNUC_UNUSED, const VhSummary *summary)
{
  return dup_or_dash (summary->error);
}

/* Names stay: scripts rely on them. */
static const VhTableColumn columns[] = {
  { "connection", N_ ("URI of the connection, or the file"), dup_connection },
  { "name", N_ ("name of the domain"), dup_name },
  { "uuid", N_ ("UUID"), dup_uuid },
  { "state", N_ ("running, shutoff, …"), dup_state },
  { "persistent", N_ ("yes or no"), dup_persistent },
  { "autostart", N_ ("yes or no"), dup_autostart },
  { "machine", N_ ("machine type, an alias resolved where that is known"), dup_machine },
  { "qemu", N_ ("QEMU release whose rules were used; ? not known"), dup_qemu },
  { "root", N_ ("ACPI hotplug of the root bus: on, off, - not there, ? not known; * configured"),
    dup_root },
  { "bridge", N_ ("ACPI hotplug of bridges and ports, likewise"), dup_bridge },
  { "mechanism", N_ ("what most of the hotpluggable buses use"), dup_mechanism },
  { "free-pcie", N_ ("free ports that take a plug"), dup_free_pcie },
  { "free-pci", N_ ("free conventional slots that take a plug"), dup_free_pci },
  { "errors", N_ ("findings of level error"), dup_errors },
  { "warnings", N_ ("findings of level warning"), dup_warnings },
  { "notes", N_ ("findings of level note"), dup_notes },
  { "failure", N_ ("why the domain could not be read"), dup_failure },
};

static const VhTableColumn *
find_column (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (g_str_equal (columns[i].name, name))
      return &columns[i];
  return NULL;
}

GArray *
vh_columns_new (const char *text, gboolean with_uri)
{
  g_auto (GStrv) names = g_strsplit (text ? text : with_uri ? "connection," USUAL : USUAL, ",", -1);
  g_autoptr (GArray) chosen = g_array_new (FALSE, FALSE, sizeof (const VhTableColumn *));
  for (guint i = 0; names[i]; i++)
    {
      const VhTableColumn *column = find_column (names[i]);
      if (!column)
        {
          vh_output_error (_ ("--columns knows no “%s”. See --columns=help."), names[i]);
          return NULL;
        }
      g_array_append_val (chosen, column);
    }
  if (chosen->len > 0)
    return g_steal_pointer (&chosen);
  vh_output_error (_ ("--columns needs names, separated by commas. See --columns=help."));
  return NULL;
}

char *
vh_columns_new_help (void)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    g_string_append_printf (text, "%-11s %s\n", columns[i].name, _ (columns[i].meaning));
  return g_string_free (text, FALSE);
}
