/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/list.h"

#include <string.h>

static void
free_summary (gpointer summary)
{
  vh_summary_free (summary);
}

typedef struct {
  const char *name;
  const char *state;
  const char *machine; /* NULL: not read yet */
  gint pcie;
  guint errors, warnings;
} Row;

static const Row rows[] = {
  { "web-10", "running", "pc-q35-7.2", 3, 0, 9 },
  { "web-9", "shutoff", NULL, -1, 0, 0 },
  { "Web-2", "shutoff", "pc-i440fx-7.2", 0, 1, 0 },
  { "archive", "paused", "pc-q35-7.2", -1, 0, 0 },
  { "\xc3\x84rger", "shutoff", "pc-q35-10.0", 12, 0, 2 },
};

static GPtrArray *
new_summaries (void)
{
  GPtrArray *summaries = g_ptr_array_new_with_free_func (free_summary);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (VhDomainInfo) info = vh_domain_info_new ();
      info->name = g_strdup (rows[i].name);
      info->state = rows[i].state;
      VhSummary *summary = vh_summary_new (info, NULL, NULL, NULL);
      summary->machine = rows[i].machine ? vh_machine_new ("x86_64", rows[i].machine) : NULL;
      summary->mechanism = VH_MECHANISM_ACPI;
      summary->free.pcie = rows[i].pcie;
      summary->n_findings[VH_SEVERITY_ERROR] = rows[i].errors;
      summary->n_findings[VH_SEVERITY_WARNING] = rows[i].warnings;
      g_ptr_array_add (summaries, summary);
    }
  return summaries;
}

typedef struct {
  VhColumnId sort;
  gboolean reversed;
  const char *filter;
  const char *order; /* the first letters of what shows */
} Case;

/* W: web-10, w: web-9, b: Web-2, a: archive, Z: the one that begins with an umlaut. */
static const char letters[] = "Wwba"
                              "Z";

static const Case cases[] = {
  { VH_COLUMN_NAME, FALSE, "", "abwWZ" },
  { VH_COLUMN_NAME, TRUE, "", "ZWwba" },
  { VH_COLUMN_STATE, FALSE, "", "aWbwZ" },
  { VH_COLUMN_STATE, TRUE, "", "bwZWa" },
  /* What is not known is last either way; of equals the name decides, never reversed. */
  { VH_COLUMN_MACHINE, FALSE, "", "baWZw" },
  { VH_COLUMN_MACHINE, TRUE, "", "ZaWbw" },
  { VH_COLUMN_PCIE, FALSE, "", "bWZaw" },
  { VH_COLUMN_PCIE, TRUE, "", "ZWbaw" },
  { VH_COLUMN_FINDINGS, TRUE, "", "bWZaw" },
  { VH_COLUMN_FINDINGS, FALSE, "", "aZWbw" },
  { VH_COLUMN_NAME, FALSE, "WEB", "bwW" },
  { VH_COLUMN_NAME, FALSE, "shutoff", "bwZ" },
  { VH_COLUMN_NAME, FALSE, "1e", "b" },
  { VH_COLUMN_NAME, FALSE, "nothing has this", "" },
};

static void
test_order (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GPtrArray) summaries = new_summaries ();
  g_autoptr (VhView) view = vh_view_new ();
  view->sort = c->sort;
  view->sort_reversed = c->reversed;
  g_string_assign (view->domain_filter, c->filter);
  g_autoptr (VhList) list = vh_list_new (summaries, view);
  g_autoptr (GString) order = g_string_new (NULL);
  for (guint i = 0; i < list->rows->len; i++)
    g_string_append_c (order, letters[g_array_index (list->rows, guint, i)]);
  g_assert_cmpstr (order->str, ==, c->order);
  g_assert_cmpuint (list->name_width, ==, 7);
}

/* As the width shrinks, columns go one by one from the least important on, and none comes back. */
static void
test_room (void)
{
  const VhList list = { .name_width = 30 };
  guint before = VH_N_COLUMNS;
  for (guint width = 200; width > 0; width--)
    {
      guint widths[VH_N_COLUMNS];
      guint used = 1, shown = 0, most = 0;
      vh_list_lay_out (&list, width, widths);
      for (VhColumnId id = 0; id < VH_N_COLUMNS; id++)
        {
          const guint rank = vh_list_get_column (id)->rank;
          used += widths[id] ? widths[id] + 1 : 0;
          shown += widths[id] > 0;
          most = widths[id] ? MAX (most, rank + 1) : most;
        }
      g_assert_cmpuint (used, <=, MAX (width, 1));
      g_assert_cmpuint (shown, ==, most);
      g_assert_cmpuint (shown, <=, before);
      if (width >= 80)
        g_assert_cmpuint (shown, ==, VH_N_COLUMNS);
      if (width >= 40)
        g_assert_cmpuint (shown, >=, 4);
      if (width >= 120)
        g_assert_cmpuint (widths[VH_COLUMN_NAME], ==, 30);
      before = shown;
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/list/order/%u", (guint) i);
      g_test_add_data_func (path, &cases[i], test_order);
    }
  g_test_add_func ("/list/room", test_room);
  return g_test_run ();
}
