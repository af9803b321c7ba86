/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/overview.h"

#include "render/text.h"

#define GAP 2
#define HEADING "NAME STATE MACHINE ROOT BRIDGE MECHANISM FREE-PCIE FREE-PCI"
#define N_COLUMNS 8

/* NULL and an error only when nothing more can be asked. */
static VhSummary *
load_one (VhLoader *loader, const VhDomainInfo *info, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (VhSession) session =
      vh_loader_load (loader, info->uuid ? info->uuid : info->name, &reason);
  if (session)
    return vh_summary_new (session->info, session->base, session->caps, NULL);
  if (!vh_worker_has_abandoned ())
    return vh_summary_new (info, NULL, NULL, reason->message);
  g_propagate_error (error, g_steal_pointer (&reason));
  return NULL;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const VhSummary *first = *(VhSummary *const *) a;
  const VhSummary *second = *(VhSummary *const *) b;
  return g_strcmp0 (first->info->name, second->info->name);
}

GPtrArray *
vh_overview_load (VhLoader *loader, GError **error)
{
  g_autoptr (GPtrArray) domains = vh_loader_list (loader, error);
  if (!domains)
    return NULL;
  g_autoptr (GPtrArray) summaries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vh_summary_free);
  for (guint i = 0; i < domains->len; i++)
    {
      VhSummary *summary = load_one (loader, domains->pdata[i], error);
      if (!summary)
        return NULL;
      g_ptr_array_add (summaries, summary);
    }
  g_ptr_array_sort (summaries, compare_names);
  return g_steal_pointer (&summaries);
}

static char *
format_knob (const VhKnobState *knob)
{
  if (!knob || !knob->applies)
    return g_strdup ("-");
  if (knob->state == VH_KNOWN_UNKNOWN)
    return g_strdup ("?");
  return g_strdup_printf ("%s%s", knob->state == VH_KNOWN_YES ? "on" : "off",
                          knob->configured == VH_SWITCH_ABSENT ? "" : "*");
}

static char *
format_count (gint count)
{
  return count < 0 ? g_strdup ("?") : g_strdup_printf ("%d", count);
}

/* The words of one line; NULL-terminated. */
static char **
new_cells (const VhSummary *summary)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new ();
  g_ptr_array_add (cells, vh_text_dup_visible (summary->info->name));
  g_ptr_array_add (cells, g_strdup (summary->info->state ? summary->info->state : "file"));
  g_ptr_array_add (cells, summary->machine ? vh_text_dup_visible (summary->machine->canonical)
                                           : g_strdup ("-"));
  g_ptr_array_add (cells, format_knob (summary->root));
  g_ptr_array_add (cells, format_knob (summary->bridge));
  g_ptr_array_add (cells,
                   g_strdup (summary->error ? "-" : vh_mechanism_to_string (summary->mechanism)));
  g_ptr_array_add (cells, summary->error ? g_strdup ("-") : format_count (summary->free.pcie));
  g_ptr_array_add (cells, summary->error ? vh_text_dup_visible (summary->error)
                                         : format_count (summary->free.pci));
  g_ptr_array_add (cells, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&cells), FALSE);
}

/* The last column is as wide as it is. */
static void
append_line (GString *table, char **cells, const guint *widths)
{
  for (guint i = 0; cells[i]; i++)
    {
      g_string_append (table, cells[i]);
      if (!cells[i + 1])
        break;
      for (guint pad = vh_text_width (cells[i]); pad < widths[i] + GAP; pad++)
        g_string_append_c (table, ' ');
    }
  g_string_append_c (table, '\n');
}

char *
vh_overview_format (const GPtrArray *summaries)
{
  char **heading = g_strsplit (HEADING, " ", -1);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  guint widths[N_COLUMNS] = { 0 };
  for (guint i = 0; heading[i]; i++)
    widths[i] = vh_text_width (heading[i]);
  g_ptr_array_add (lines, heading);
  for (guint i = 0; i < summaries->len; i++)
    {
      char **cells = new_cells (summaries->pdata[i]);
      for (guint j = 0; cells[j]; j++)
        widths[j] = MAX (widths[j], vh_text_width (cells[j]));
      g_ptr_array_add (lines, cells);
    }
  GString *table = g_string_new (NULL);
  for (guint i = 0; i < lines->len; i++)
    append_line (table, lines->pdata[i], widths);
  return g_string_free (table, FALSE);
}
