/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/overview.h"

#include "model/i18n.h"
#include "render/text.h"
#include "tui/gather.h"
#include "tui/output.h"

#define GAP 2
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
    vh_output_progress (_ ("Read %1$u of %2$u domains."), total - vh_gather_count_left (gather),
                        total);
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

static const VhTableColumn *
get_column (const GArray *columns, guint i)
{
  return g_array_index (columns, const VhTableColumn *, i);
}

/* In the place of the last cell. Takes `cells`. */
static char **
end_with (char **cells, const GArray *columns, const char *text)
{
  g_free (cells[columns->len - 1]);
  cells[columns->len - 1] = vh_text_dup_visible (text);
  return cells;
}

/* One line; NULL-terminated. Without a column for it, why a domain could not be read stands last.
 */
static char **
new_cells (const char *uri, const VhSummary *summary, const GArray *columns, gboolean is_usual)
{
  char **cells = g_new0 (char *, columns->len + 1);
  for (guint i = 0; i < columns->len; i++)
    cells[i] = get_column (columns, i)->dup_cell (uri, summary);
  return summary->error && is_usual ? end_with (cells, columns, summary->error) : cells;
}

/* Where a connection failed, why stands in the place of its domains. */
static char **
new_failure (const VhHost *host, const GArray *columns, gboolean is_usual)
{
  char **cells = g_new0 (char *, columns->len + 1);
  for (guint i = 0; i < columns->len; i++)
    {
      const char *name = get_column (columns, i)->name;
      const char *text = g_str_equal (name, "connection") ? host->uri
                         : g_str_equal (name, "failure")  ? host->error
                                                          : "-";
      cells[i] = vh_text_dup_visible (text);
    }
  return is_usual ? end_with (cells, columns, host->error) : cells;
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
lines_new (const GArray *columns)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  char **cells = g_new0 (char *, columns->len + 1);
  for (guint i = 0; i < columns->len; i++)
    cells[i] = g_ascii_strup (get_column (columns, i)->name, -1);
  g_ptr_array_add (lines, cells);
  return lines;
}

static char *
format_lines (const GPtrArray *lines, guint n_columns)
{
  g_autofree guint *widths = g_new0 (guint, n_columns);
  for (guint i = 0; i < lines->len; i++)
    for (guint j = 0; j < n_columns; j++)
      widths[j] = MAX (widths[j], vh_text_width (((char **) lines->pdata[i])[j]));
  GString *table = g_string_new (NULL);
  for (guint i = 0; i < lines->len; i++)
    append_line (table, lines->pdata[i], widths);
  return g_string_free (table, FALSE);
}

char *
vh_overview_format (const GPtrArray *summaries, const GArray *columns, gboolean is_usual)
{
  g_autoptr (GPtrArray) lines = lines_new (columns);
  for (guint i = 0; i < summaries->len; i++)
    g_ptr_array_add (lines, new_cells (NULL, summaries->pdata[i], columns, is_usual));
  return format_lines (lines, columns->len);
}

char *
vh_overview_format_hosts (const GPtrArray *hosts, const GArray *columns, gboolean is_usual)
{
  g_autoptr (GPtrArray) lines = lines_new (columns);
  for (guint i = 0; i < hosts->len; i++)
    {
      const VhHost *host = hosts->pdata[i];
      if (host->error)
        g_ptr_array_add (lines, new_failure (host, columns, is_usual));
      for (guint j = 0; host->summaries && j < host->summaries->len; j++)
        g_ptr_array_add (lines,
                         new_cells (host->uri, host->summaries->pdata[j], columns, is_usual));
    }
  return format_lines (lines, columns->len);
}
