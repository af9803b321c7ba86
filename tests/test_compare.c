/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One domain in several ways: what is beside what, and what differs. */
#include <string.h>

#include "model/live.h"
#include "model/whatif.h"
#include "sample.h"

#define HEAD(machine)                                                                              \
  "<domain type='kvm' id='3'><name>compared</name><os><type arch='x86_64' machine='" machine       \
  "'>hvm</type></os><features><acpi/></features><devices>"
#define TAIL "</devices></domain>"
#define ROOT "<controller type='pci' index='0' model='pcie-root'/>"
#define PORT(index, at, inside)                                                                    \
  "<controller type='pci' index='" index "' model='pcie-root-port'>" inside                        \
  "<address type='pci' bus='0' slot='2' function='" at "'/></controller>"
#define OFF "<target hotplug='off'/>"
#define ON "<target hotplug='on'/>"
#define NIC(bus)                                                                                   \
  "<interface type='user'><mac address='52:54:00:00:00:01'/><model type='virtio'/>"                \
  "<address type='pci' bus='" bus "' slot='0'/></interface>"

/* "KIND BUS a|b|c *; …": every row, or those that differ. */
static char *
format (const VhComparison *comparison, gboolean all)
{
  GString *text = g_string_new (NULL);
  guint n = 0;
  for (guint i = 0; i < comparison->rows->len; i++)
    {
      const VhCompareRow *row = g_ptr_array_index (comparison->rows, i);
      g_autofree char *cells = g_strjoinv ("|", row->cells);
      n += row->differs;
      if (all || row->differs)
        g_string_append_printf (text, "%s%s %d %s%s", text->len ? "; " : "",
                                vh_compare_kind_to_string (row->kind), row->bus, cells,
                                all && row->differs ? " *" : "");
      g_assert_cmpuint (g_strv_length (row->cells), ==, comparison->variants->len);
    }
  g_assert_cmpuint (n, ==, comparison->n_differences);
  return g_string_free (text, FALSE);
}

/* ---- what runs, and the next start ---- */

typedef struct {
  const char *name, *running, *next, *differences;
} Pair;

static const Pair pairs[] = {
  { "same", HEAD ("pc-q35-7.2") ROOT PORT ("1", "0", "") NIC ("1") TAIL,
    HEAD ("pc-q35-7.2") ROOT PORT ("1", "0", "") NIC ("1") TAIL, "" },
  { "off", HEAD ("pc-q35-7.2") ROOT PORT ("1", "0", "") NIC ("1") TAIL,
    HEAD ("pc-q35-7.2") ROOT PORT ("1", "0", OFF) NIC ("1") TAIL,
    "bus 1 acpi|none, off; device 1 acpi|none" },
  { "on-is-written", HEAD ("pc-q35-7.2") ROOT PORT ("1", "0", "") TAIL,
    HEAD ("pc-q35-7.2") ROOT PORT ("1", "0", ON) TAIL, "bus 1 acpi|acpi, on" },
  { "plugged-since", HEAD ("pc-q35-7.2") ROOT PORT ("1", "0", "") NIC ("1") TAIL,
    HEAD ("pc-q35-7.2") ROOT PORT ("1", "0", "") TAIL, "device 1 acpi|-" },
  { "moved", HEAD ("pc-q35-7.2") ROOT PORT ("1", "0", "") PORT ("2", "1", "") NIC ("1") TAIL,
    HEAD ("pc-q35-7.2") ROOT PORT ("1", "0", "") PORT ("2", "1", "") NIC ("2") TAIL,
    "device 1 acpi|-; device 2 -|acpi" },
  { "port-added", HEAD ("pc-q35-7.2") ROOT PORT ("1", "0", "") TAIL,
    HEAD ("pc-q35-7.2") ROOT PORT ("1", "0", "") PORT ("2", "1", "") TAIL, "bus 2 -|acpi" },
  { "machine", HEAD ("pc-q35-6.0") ROOT PORT ("1", "0", "") TAIL,
    HEAD ("pc-q35-7.2") ROOT PORT ("1", "0", "") TAIL,
    "machine -1 pc-q35-6.0|pc-q35-7.2; bridge -1 off|on; bus 1 native|acpi" },
};

static void
test_pair (gconstpointer data)
{
  const Pair *pair = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (VhSession) next = sample_session (pair->next);
  g_autoptr (VhDocument) document = sample_parse (pair->running);
  g_autoptr (VhLive) live = vh_live_new (document, next, &error);
  g_assert_no_error (error);
  g_autoptr (VhComparison) comparison = vh_live_compare (live, next);
  g_autofree char *differences = format (comparison, FALSE);
  g_assert_cmpstr (differences, ==, pair->differences);
}

/* What runs is to look at. */
static void
test_frozen (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VhSession) next = sample_session (pairs[0].next);
  g_autoptr (VhDocument) document = sample_parse (pairs[0].running);
  g_autoptr (VhLive) live = vh_live_new (document, next, &error);
  g_autoptr (VhKnobState) knob = vh_session_new_knob (live->session, VH_KNOB_PORT, 1);
  g_autoptr (VhKnobState) stored = vh_session_new_knob (next, VH_KNOB_PORT, 1);
  g_assert_nonnull (strstr (knob->reason, "what runs"));
  g_assert_cmpint (knob->write_site, ==, VH_SITE_NONE);
  g_assert_null (stored->reason);
  g_assert_false (vh_session_set_knob (live->session, VH_KNOB_PORT, 1, VH_SWITCH_OFF, &error));
  g_assert_error (error, VH_EDIT_ERROR, VH_EDIT_ERROR_NOT_SETTABLE);
  g_assert_false (vh_session_is_changed (live->session));
}

static void
test_arguments (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) gone = NULL;
  g_autoptr (GPtrArray) added = NULL;
  g_autoptr (VhSession) next = sample_session (pairs[1].next);
  g_autoptr (VhDocument) document = sample_parse (pairs[1].running);
  g_autoptr (VhLive) live = vh_live_new (document, next, &error);
  vh_live_new_arguments (live, next, &gone, &added);
  g_assert_cmpuint (gone->len, ==, 0);
  g_assert_cmpuint (added->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (added, 0), "\"hotplug\":false"));
}

/* A QEMU that was replaced since: the rules are those of the one that runs. */
static void
test_other_release (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VhSession) next = sample_session (pairs[0].next);
  g_autoptr (VhDocument) document = sample_parse (pairs[0].running);
  g_autoptr (VhLive) live = vh_live_new (document, next, &error);
  VhAnswers *answers = vh_answers_new (live->session->after->topology);
  answers->qemu = VH_VERSION (7, 1, 0);
  vh_live_take_answers (live, answers);
  g_assert_cmpuint (live->session->after->inputs->qemu, ==, VH_VERSION (7, 1, 0));
  g_assert_cmpuint (live->findings->len, ==, 1);
  g_assert_cmpint (((VhFinding *) g_ptr_array_index (live->findings, 0))->rule, ==,
                   VH_RULE_QEMU_REPLACED);
}

/* ---- what if ---- */

static const struct {
  const char *words, *differences; /* NULL: refused */
} imagined[] = {
  { "pc-q35-7.1", "machine -1 pc-q35-7.2|pc-q35-7.1" },
  { "pc-q35-6.0,pc-q35-6.1", "machine -1 pc-q35-7.2|pc-q35-6.0|pc-q35-6.1;"
                             " bridge -1 on|off|on; bus 1 acpi|native|acpi;"
                             " device 1 acpi|native|acpi" },
  { "10.0", "qemu -1 7.2.22|10.0" },
  { "6.0", "qemu -1 7.2.22|6.0; bridge -1 on|off; bus 1 acpi|native;"
           " device 1 acpi|native" },
  { "", NULL },
  { " | , ", NULL },
  { "pc-i440fx-7.2", NULL },
  { "7.2 nonsense", NULL },
  { "5.2 6.0 6.1 6.2 7.0 7.1", NULL },
};

static void
test_what_if (gconstpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (VhSession) session = sample_session (pairs[0].next);
  g_autoptr (VhComparison) comparison = vh_whatif_compare (session, imagined[i].words, &error);
  g_assert_cmpint (comparison != NULL, ==, imagined[i].differences != NULL);
  if (!comparison)
    {
      g_assert_nonnull (error);
      return;
    }
  g_autofree char *differences = format (comparison, FALSE);
  g_assert_cmpstr (differences, ==, imagined[i].differences);
}

static const struct {
  const char *machine, *bridge, *proposed;
} proposals[] = {
  { "pc-q35-7.2", "", "pc-q35-6.0 pc-q35-6.1" },
  { "pc-q35-6.0", "", "pc-q35-6.1 pc-q35-6.2" },
  { "pc-q35-6.1", "", "pc-q35-6.0 pc-q35-6.2" },
  { "pc-i440fx-7.2", "", "pc-i440fx-1.7" },
  { "pc-i440fx-1.7", "", "pc-i440fx-2.0" },
  { "pc-i440fx-7.2", "<controller type='pci' index='1' model='pci-bridge'/>",
    "pc-i440fx-1.7 pc-i440fx-2.9" },
};

static void
test_proposal (gconstpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);
  g_autofree char *xml = g_strdup_printf (
      "<domain type='kvm'><name>a</name><os><type arch='x86_64' machine='%s'>hvm</type></os>"
      "<features><acpi/></features><devices>%s</devices></domain>",
      proposals[i].machine, proposals[i].bridge);
  g_autoptr (VhSession) session = sample_session (xml);
  g_autofree char *words = vh_whatif_propose (session);
  g_assert_cmpstr (words, ==, proposals[i].proposed);
  g_autoptr (GError) error = NULL;
  g_autoptr (VhComparison) comparison = vh_whatif_compare (session, words, &error);
  g_assert_no_error (error);
  g_assert_nonnull (comparison);
}

/* Rows stand as the tree does: every bus and device once, below its bus. */
static void
test_tree (void)
{
  g_autoptr (VhSession) session = sample_session (HEAD ("pc-q35-7.2") ROOT PORT ("2", "0", "")
                                                      PORT ("1", "1", "") NIC ("2") TAIL);
  GPtrArray *variants = vh_variants_new ();
  vh_variants_push (variants, "ONE", "1", session->after);
  g_autoptr (VhComparison) comparison = vh_compare_new (variants);
  g_autofree char *all = format (comparison, TRUE);
  g_assert_cmpstr (all, ==,
                   "machine -1 pc-q35-7.2; qemu -1 7.2.22; acpi -1 on; root -1 -;"
                   " bridge -1 on; bus 0 none; bus 2 acpi; device 2 acpi; bus 1 acpi");
}

static void
add_rows (const char *path, guint n, GTestDataFunc function)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s/%u", path, i);
      g_test_add_data_func (name, GUINT_TO_POINTER (i), function);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *path = g_strconcat ("/compare/live/", pairs[i].name, NULL);
      g_test_add_data_func (path, &pairs[i], test_pair);
    }
  g_test_add_func ("/compare/frozen", test_frozen);
  g_test_add_func ("/compare/arguments", test_arguments);
  g_test_add_func ("/compare/other-release", test_other_release);
  g_test_add_func ("/compare/tree", test_tree);
  add_rows ("/compare/what-if", G_N_ELEMENTS (imagined), test_what_if);
  add_rows ("/compare/proposal", G_N_ELEMENTS (proposals), test_proposal);
  return g_test_run ();
}
