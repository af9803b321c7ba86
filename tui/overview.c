/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/overview.h"

#include "model/i18n.h"
#include "render/text.h"
#include "tui/gather.h"
#include "tui/output.h"

#define GAP 2
#define HEADING "NAME STATE MACHINE ROOT BRIDGE MECHANISM FREE-PCIE FREE-PCI"
#define HOSTS_HEADING "CONNECTION " HEADING
#define N_COLUMNS 8
#define PATIENCE_US G_USEC_PER_SEC /* before progress is told */

/* One result, or nothing but an error. */
static gboolean
take_one (VhGather *gather, VhLoader *loader, GError **error)
{
  VhJobKind kind = VH_JOB_LIST;
  vh_gather_is_waiting (gather, &kind);
  g_autoptr (VhResult) result = vh_loader_wait_any (loader, kind, error);
  return result && vh_gather_take (gather, result, error) != VH_GATHERED_FAILURE;
}

static void
tell_progress (const VhGather *gather, gint64 begun)
{
  const guint total = vh_gather_get_summaries (gather)->len;
  if (g_get_monotonic_time () - begun > PATIENCE_US)
    vh_output_progress (_ ("Read %u of %u domains."), total - vh_gather_count_left (gather), total);
}

GPtrArray *
vh_overview_load (VhLoader *loader, GError **error)
{
  if (!vh_loader_open (loader, NULL, error))
    return NULL;
  const gint64 begun = g_get_monotonic_time ();
  g_autoptr (VhGather) gather = vh_gather_new (loader);
  gboolean good = vh_gather_start (gather, error);
  while (good && vh_gather_is_waiting (gather, NULL))
    {
      good = take_one (gather, loader, error);
      vh_gather_go_on (gather, NULL);
      tell_progress (gather, begun);
    }
  vh_output_end_progress ();
  if (!good)
    return NULL;
  g_autoptr (GPtrArray) summaries = g_ptr_array_ref (vh_gather_get_summaries (gather));
  g_ptr_array_sort (summaries, vh_summary_compare);
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

/* The words of one line; NULL-terminated. `uri` NULL: without its column. */
static char **
new_cells (const char *uri, const VhSummary *summary)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new ();
  if (uri)
    g_ptr_array_add (cells, vh_text_dup_visible (uri));
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

/* Where a connection failed, why stands in the place of its domains. */
static char **
new_failure (const VhHost *host)
{
  char **cells = g_new0 (char *, N_COLUMNS + 2);
  cells[0] = vh_text_dup_visible (host->uri);
  for (guint i = 1; i < N_COLUMNS; i++)
    cells[i] = g_strdup ("-");
  cells[N_COLUMNS] = vh_text_dup_visible (host->error);
  return cells;
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

static GPtrArray *
lines_new (const char *heading)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_ptr_array_add (lines, g_strsplit (heading, " ", -1));
  return lines;
}

static char *
format_lines (const GPtrArray *lines)
{
  guint widths[N_COLUMNS + 1] = { 0 };
  for (guint i = 0; i < lines->len; i++)
    {
      char **cells = lines->pdata[i];
      for (guint j = 0; cells[j]; j++)
        widths[j] = MAX (widths[j], vh_text_width (cells[j]));
    }
  GString *table = g_string_new (NULL);
  for (guint i = 0; i < lines->len; i++)
    append_line (table, lines->pdata[i], widths);
  return g_string_free (table, FALSE);
}

char *
vh_overview_format (const GPtrArray *summaries)
{
  g_autoptr (GPtrArray) lines = lines_new (HEADING);
  for (guint i = 0; i < summaries->len; i++)
    g_ptr_array_add (lines, new_cells (NULL, summaries->pdata[i]));
  return format_lines (lines);
}

char *
vh_overview_format_hosts (const GPtrArray *hosts)
{
  g_autoptr (GPtrArray) lines = lines_new (HOSTS_HEADING);
  for (guint i = 0; i < hosts->len; i++)
    {
      const VhHost *host = hosts->pdata[i];
      if (host->error)
        g_ptr_array_add (lines, new_failure (host));
      for (guint j = 0; host->summaries && j < host->summaries->len; j++)
        g_ptr_array_add (lines, new_cells (host->uri, host->summaries->pdata[j]));
    }
  return format_lines (lines);
}
