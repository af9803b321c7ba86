/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/summary.h"

#include "tests/sample.h"

typedef struct {
  const char *name;
  const char *mechanism;
  gboolean root_applies;
  VhSwitch bridge;
  VhKnown bridge_state;
} Row;

static const Row rows[] = {
  { "q35-desktop", "acpi", FALSE, VH_SWITCH_ABSENT, VH_KNOWN_YES },
  { "pc-q35-6.0", "native", FALSE, VH_SWITCH_ABSENT, VH_KNOWN_NO },
  { "pc-q35-6.1", "acpi", FALSE, VH_SWITCH_ABSENT, VH_KNOWN_YES },
  { "i440fx-nested", "acpi", TRUE, VH_SWITCH_ABSENT, VH_KNOWN_YES },
  { "contradicting", "acpi", TRUE, VH_SWITCH_ON, VH_KNOWN_YES },
};

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autofree char *file = g_strdup_printf ("../data/demo/%s.xml", row->name);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, file, NULL);
  g_autofree char *text = sample_read (path);
  g_autoptr (VhDocument) document = sample_parse (text);
  g_autoptr (VhCaps) caps = sample_caps (FALSE);
  g_autoptr (VhReading) reading = sample_reading (document, caps);
  g_autoptr (VhDomainInfo) info = vh_domain_info_new ();
  info->name = g_strdup (row->name);
  g_autoptr (VhSummary) summary = vh_summary_new (info, reading, caps, NULL);
  g_assert_cmpstr (summary->info->name, ==, row->name);
  g_assert_cmpstr (vh_mechanism_to_string (summary->mechanism), ==, row->mechanism);
  g_assert_cmpint (summary->root->applies, ==, row->root_applies);
  g_assert_cmpint (summary->bridge->configured, ==, row->bridge);
  g_assert_cmpint (summary->bridge->state, ==, row->bridge_state);
  VhFreeSlots free = vh_slots_count_free (reading->topology, reading->modes);
  g_assert_cmpint (summary->free.pcie, ==, free.pcie);
  g_assert_cmpint (summary->free.pci, ==, free.pci);
  g_assert_null (summary->error);
}

static void
test_error (void)
{
  g_autoptr (VhDomainInfo) info = vh_domain_info_new ();
  g_autoptr (VhCaps) caps = vh_caps_new ();
  g_autoptr (VhSummary) summary = vh_summary_new (info, NULL, caps, "No such file.");
  g_assert_cmpstr (summary->error, ==, "No such file.");
  g_assert_null (summary->machine);
  g_assert_null (summary->root);
  g_assert_cmpint (summary->mechanism, ==, VH_MECHANISM_UNKNOWN);
  g_assert_cmpint (summary->free.pcie, ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/summary/%s", rows[i].name);
      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/summary/error", test_error);
  return g_test_run ();
}
