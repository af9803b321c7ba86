/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/list.h"

#include <string.h>

#include "model/i18n.h"
#include "render/text.h"
#include "render/words.h"

#define LEAST_NAME 17u /* when there is one as long */
#define MARGIN 1u

/* ---- the cells ---- */

static const char *
get_name (const VhSummary *summary)
{
  return summary->info->name;
}

static char *
dup_name (const VhSummary *summary)
{
  return vh_text_dup_visible (get_name (summary));
}

static const char *
get_state (const VhSummary *summary)
{
  return vh_words_of_state (summary->info);
}

static char *
dup_state (const VhSummary *summary)
{
  return g_strdup (get_state (summary));
}

static const char *
get_machine (const VhSummary *summary)
{
  return summary->machine ? summary->machine->type : NULL;
}

static char *
dup_machine (const VhSummary *summary)
{
  return vh_text_dup_visible (get_machine (summary));
}

static const char *
get_knob (const VhKnobState *state)
{
  if (state == NULL || !state->applies)
    return NULL;
  return state->state == VH_KNOWN_UNKNOWN ? "?" : state->state == VH_KNOWN_YES ? "on" : "off";
}

static char *
dup_knob (const VhKnobState *state)
{
  const char *word = get_knob (state);
  return g_strdup (word != NULL ? word : "-");
}

static const char *
get_root (const VhSummary *summary)
{
  return get_knob (summary->root);
}

static char *
dup_root (const VhSummary *summary)
{
  return dup_knob (summary->root);
}

static const char *
get_bridge (const VhSummary *summary)
{
  return get_knob (summary->bridge);
}

static char *
dup_bridge (const VhSummary *summary)
{
  return dup_knob (summary->bridge);
}

static const char *
get_used (const VhSummary *summary)
{
  const gboolean known = summary->machine && summary->mechanism != VH_MECHANISM_UNKNOWN;
  return known ? vh_mechanism_to_string (summary->mechanism) : NULL;
}

static char *
dup_used (const VhSummary *summary)
{
  const char *word = get_used (summary);
  return g_strdup (word != NULL ? word : "?");
}

static char *
dup_count (gint n)
{
  return n < 0 ? g_strdup ("?") : g_strdup_printf ("%d", n);
}

static gint64
number_of (gint n)
{
  return n < 0 ? G_MAXINT64 : n;
}

static gint64
get_pcie (const VhSummary *summary)
{
  return number_of (summary->free.pcie);
}

static char *
dup_pcie (const VhSummary *summary)
{
  return dup_count (summary->free.pcie);
}

static gint64
get_pci (const VhSummary *summary)
{
  return number_of (summary->free.pci);
}

static char *
dup_pci (const VhSummary *summary)
{
  return dup_count (summary->free.pci);
}

/* Any number of warnings is less than one error. */
static gint64
get_findings (const VhSummary *summary)
{
  gint64 sum = 0;
  if (!summary->machine)
    return G_MAXINT64;
  for (gsize i = 0; i < VH_N_SEVERITIES; i++)
    sum = sum * 100000 + summary->n_findings[i];
  return sum;
}

/* "1E 2W 3N"; the worst first. */
static char *
dup_findings (const VhSummary *summary)
{
  g_autoptr (GString) out = g_string_new (NULL);
  for (VhSeverity i = 0; i < VH_N_SEVERITIES; i++)
    if (summary->n_findings[i] > 0)
      g_string_append_printf (out, "%s%u%c", out->len > 0 ? " " : "", summary->n_findings[i],
                              g_ascii_toupper (*vh_severity_to_string (i)));
  return out->len > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : g_strdup ("0");
}

/* A name that is longer than the room is cut; without RANK 0 there is no row. */
static const VhColumn columns[] = {
  [VH_COLUMN_NAME] = { N_ ("DOMAIN"), 7, 0, 0, FALSE, TRUE, dup_name, get_name, NULL },
  [VH_COLUMN_STATE] = { N_ ("STATE"), 8, 11, 1, FALSE, TRUE, dup_state, get_state, NULL },
  [VH_COLUMN_MACHINE] = { N_ ("MACHINE"), 13, 22, 8, FALSE, FALSE, dup_machine, get_machine, NULL },
  [VH_COLUMN_ROOT] = { N_ ("ROOT"), 4, 4, 7, FALSE, FALSE, dup_root, get_root, NULL },
  [VH_COLUMN_BRIDGE] = { N_ ("BRIDGE"), 6, 6, 6, FALSE, FALSE, dup_bridge, get_bridge, NULL },
  [VH_COLUMN_USED] = { N_ ("USED"), 6, 6, 2, FALSE, FALSE, dup_used, get_used, NULL },
  [VH_COLUMN_PCIE] = { N_ ("PCIE"), 4, 4, 3, TRUE, FALSE, dup_pcie, NULL, get_pcie },
  [VH_COLUMN_PCI] = { N_ ("PCI"), 3, 3, 5, TRUE, FALSE, dup_pci, NULL, get_pci },
  [VH_COLUMN_FINDINGS] = { N_ ("FINDINGS"), 8, 11, 4, FALSE, FALSE, dup_findings, NULL,
                           get_findings },
};
G_STATIC_ASSERT (G_N_ELEMENTS (columns) == VH_N_COLUMNS);

const VhColumn *
vh_list_get_column (VhColumnId id)
{
  return &columns[id];
}

gboolean
vh_list_matches (const VhSummary *summary, const char *text)
{
  g_autoptr (GString) line = g_string_new (NULL);
  for (gsize i = 0; i < VH_N_COLUMNS; i++)
    {
      if (!columns[i].is_listed && summary->machine == NULL)
        continue;
      g_autofree char *cell = columns[i].dup_text (summary);
      g_string_append_printf (line, "%s ", cell);
    }
  g_string_append (line, summary->error != NULL ? summary->error : "");
  g_autofree char *hay = g_utf8_casefold (line->str, -1);
  g_autofree char *needle = g_utf8_casefold (text, -1);
  return strstr (hay, needle) != NULL;
}

/* ---- the order ---- */

static gint
compare_numbers (gint64 a, gint64 b)
{
  return (a > b) - (a < b);
}

/* "web-9" stands before "web-10", and case counts least. */
static gint
compare_words (const char *a, const char *b)
{
  const char *one = a, *two = b;
  while (*one && *two)
    {
      const gboolean digits = g_ascii_isdigit (*one) && g_ascii_isdigit (*two);
      char *one_end = NULL, *two_end = NULL;
      const gint order = digits ? compare_numbers (g_ascii_strtoll (one, &one_end, 10),
                                                   g_ascii_strtoll (two, &two_end, 10))
                                : (guchar) g_ascii_tolower (*one) - (guchar) g_ascii_tolower (*two);
      if (order)
        return order;
      one = digits ? one_end : one + 1;
      two = digits ? two_end : two + 1;
    }
  return *one || *two ? (*one != 0) - (*two != 0) : strcmp (a, b);
}

typedef struct {
  const GPtrArray *summaries;
  const VhColumn *column;
  gint direction;
} Order;

/* What is not known is last in either direction. */
static gint
compare_cells (const Order *order, const VhSummary *a, const VhSummary *b)
{
  if (order->column->get_number != NULL)
    {
      const gint64 one = order->column->get_number (a), two = order->column->get_number (b);
      const gboolean known = one != G_MAXINT64 && two != G_MAXINT64;
      return compare_numbers (one, two) * (known ? order->direction : 1);
    }
  const char *one = order->column->get_word (a), *two = order->column->get_word (b);
  if (one == NULL || two == NULL)
    return (one == NULL) - (two == NULL);
  return compare_words (one, two) * order->direction;
}

static gint
compare_rows (gconstpointer a, gconstpointer b, gpointer data)
{
  const Order *order = data;
  const guint one = *(const guint *) a, two = *(const guint *) b;
  const VhSummary *first = g_ptr_array_index (order->summaries, one);
  const VhSummary *second = g_ptr_array_index (order->summaries, two);
  gint result = compare_cells (order, first, second);
  if (result == 0)
    result = compare_words (get_name (first), get_name (second));
  return result != 0 ? result : compare_numbers (one, two);
}

VhList *
vh_list_new (const GPtrArray *summaries, const VhView *view)
{
  VhList *list = g_new0 (VhList, 1);
  list->rows = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < summaries->len; i++)
    {
      const VhSummary *summary = g_ptr_array_index (summaries, i);
      g_autofree char *name = dup_name (summary);
      list->name_width = MAX (list->name_width, vh_text_width (name));
      if (view->domain_filter->len == 0 || vh_list_matches (summary, view->domain_filter->str))
        g_array_append_val (list->rows, i);
    }
  Order order = { summaries, &columns[view->sort], view->sort_reversed ? -1 : 1 };
  g_array_sort_with_data (list->rows, compare_rows, &order);
  return list;
}

void
vh_list_free (VhList *list)
{
  if (list == NULL)
    return;
  g_array_unref (list->rows);
  g_free (list);
}

/* ---- the room ---- */

static VhColumnId
find_rank (guint rank)
{
  VhColumnId id = 0;
  while (columns[id].rank != rank)
    id++;
  return id;
}

void
vh_list_lay_out (const VhList *list, guint width, guint widths[VH_N_COLUMNS])
{
  const guint name_width = MAX (list->name_width, columns[VH_COLUMN_NAME].least);
  guint left = width > MARGIN ? width - MARGIN : 0;
  memset (widths, 0, VH_N_COLUMNS * sizeof *widths);
  for (guint rank = 0; rank < VH_N_COLUMNS; rank++)
    {
      const VhColumnId id = find_rank (rank);
      const guint least = rank == 0 ? MIN (name_width, LEAST_NAME) : columns[id].least;
      if (least + 1 > left)
        break;
      widths[id] = least;
      left -= least + 1;
    }
  for (VhColumnId id = 0; id < VH_N_COLUMNS; id++)
    {
      const guint most = id == VH_COLUMN_NAME ? name_width : columns[id].most;
      const guint more = widths[id] > 0 && most > widths[id] ? MIN (most - widths[id], left) : 0;
      widths[id] += more;
      left -= more;
    }
}
