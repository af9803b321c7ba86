/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the QEMU of this machine says of itself, against what is known of its
 * machine types. */
#include "model/io/probe.h"

#include <string.h>

#define QEMU "/usr/bin/qemu-system-x86_64"
#define DEADLINE_MS 30000

#define UNKNOWN VH_KNOWN_UNKNOWN
#define YES VH_KNOWN_YES
#define NO VH_KNOWN_NO

typedef struct {
  const char *machine;
  VhKnown root, bridge, keep_hpc, port_native, shpc;
} Row;

static const Row rows[] = {
  { "pc-i440fx-2.8", YES, YES, UNKNOWN, UNKNOWN, YES },
  { "pc-i440fx-2.9", YES, YES, UNKNOWN, UNKNOWN, NO },
  { "pc-i440fx-1.7", YES, NO, UNKNOWN, UNKNOWN, YES },
  { "pc-i440fx-5.2", YES, YES, UNKNOWN, UNKNOWN, YES },
  { "pc-i440fx-7.2", YES, YES, UNKNOWN, UNKNOWN, YES },
  { "pc-q35-2.9", UNKNOWN, NO, YES, YES, NO },
  { "pc-q35-5.2", UNKNOWN, NO, YES, YES, YES },
  { "pc-q35-6.0", UNKNOWN, NO, YES, YES, YES },
  { "pc-q35-6.1", UNKNOWN, YES, NO, NO, YES },
  { "pc-q35-6.2", UNKNOWN, YES, YES, YES, YES },
  { "pc-q35-7.2", UNKNOWN, YES, YES, YES, YES },
  { "pc", YES, YES, UNKNOWN, UNKNOWN, YES },
  { "q35", UNKNOWN, YES, YES, YES, YES },
  { "microvm", UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN },
  { "isapc", UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN },
};

static void
assert_fact (const VhCaps *caps, VhFactId id, VhKnown value)
{
  g_test_message ("%s: %s", vh_fact_to_key (id),
                  vh_caps_get (caps, id)->from ? vh_caps_get (caps, id)->from : "unknown");
  g_assert_cmpstr (vh_known_to_string (vh_caps_get (caps, id)->value), ==,
                   vh_known_to_string (value));
}

static gboolean
is_alias (const char *machine)
{
  return g_str_equal (machine, "pc") || g_str_equal (machine, "q35");
}

/* The switches of q35 came with QEMU 6.1; before, there is nothing to ask for. */
static gboolean
has_q35 (const VhCaps *caps)
{
  return caps->qemu >= VH_VERSION (6, 1, 0);
}

/* One that is newer than this QEMU, or that a later QEMU dropped: nothing is said of it. */
static void
assert_absent (const VhCaps *caps, const char *machine)
{
  VhVersion version = 0;
  g_assert_true (vh_version_parse (strrchr (machine, '-') + 1, &version));
  g_assert_true (version > caps->qemu || version < VH_VERSION (6, 0, 0));
  g_assert_cmpuint (caps->notes->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (caps->notes, 0), machine));
  for (VhFactId id = VH_FACT_DEFAULT_ROOT; id <= VH_FACT_DEFAULT_SHPC; id++)
    assert_fact (caps, id, UNKNOWN);
}

static void
test_machine (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (VhCaps) caps = vh_probe_qemu (QEMU, row->machine, DEADLINE_MS, &error);
  g_assert_no_error (error);
  if (!caps->machine_type)
    {
      assert_absent (caps, row->machine);
      return;
    }
  g_assert_cmpuint (caps->notes->len, ==, 0);
  g_assert_cmpstr (caps->machine_type, ==, row->machine);
  g_assert_cmpint (caps->machine_canonical != NULL, ==, is_alias (row->machine));
  if (caps->machine_canonical)
    g_assert_true (g_str_has_prefix (caps->machine_canonical, "pc-"));
  gboolean is_q35 = strstr (row->machine, "q35") != NULL;
  assert_fact (caps, VH_FACT_DEFAULT_ROOT, row->root);
  assert_fact (caps, VH_FACT_DEFAULT_BRIDGE, !is_q35 || has_q35 (caps) ? row->bridge : UNKNOWN);
  assert_fact (caps, VH_FACT_DEFAULT_KEEP_HPC, has_q35 (caps) ? row->keep_hpc : UNKNOWN);
  assert_fact (caps, VH_FACT_DEFAULT_PORT_NATIVE, has_q35 (caps) ? row->port_native : UNKNOWN);
  assert_fact (caps, VH_FACT_DEFAULT_SHPC, row->shpc);
}

static void
test_properties (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VhCaps) caps = vh_probe_qemu (QEMU, NULL, DEADLINE_MS, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (caps->qemu, >, VH_VERSION (4, 0, 0));
  g_assert_null (caps->machine_type);
  g_assert_cmpuint (caps->notes->len, ==, 0);
  gboolean shows = has_q35 (caps) && caps->qemu < VH_VERSION (8, 0, 0);
  assert_fact (caps, VH_FACT_QEMU_PIIX4_ROOT, YES);
  assert_fact (caps, VH_FACT_QEMU_PIIX4_BRIDGE, YES);
  assert_fact (caps, VH_FACT_QEMU_ICH9_BRIDGE, has_q35 (caps) ? YES : NO);
  assert_fact (caps, VH_FACT_QEMU_PORT_HOTPLUG, YES);
  assert_fact (caps, VH_FACT_QEMU_PORT_NATIVE, shows ? YES : NO);
  assert_fact (caps, VH_FACT_QEMU_BRIDGE_SHPC, YES);
}

static void
test_unknown_machine (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VhCaps) caps = vh_probe_qemu (QEMU, "pc-q35-99.9", DEADLINE_MS, &error);
  g_assert_no_error (error);
  g_assert_null (caps->machine_type);
  g_assert_cmpuint (caps->notes->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (caps->notes, 0), "pc-q35-99.9"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!g_file_test (QEMU, G_FILE_TEST_IS_EXECUTABLE))
    {
      g_print ("1..0 # SKIP " QEMU " is not installed\n");
      return 0;
    }
  g_test_add_func ("/probe-live/properties", test_properties);
  g_test_add_func ("/probe-live/unknown-machine", test_unknown_machine);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/probe-live/machine/%s", rows[i].machine);
      g_test_add_data_func (path, &rows[i], test_machine);
    }
  return g_test_run ();
}
