/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "rule_case.h"
#include "topology_literal.h"

/* Everything that a mode says, so that two can be compared. */
static char *
describe (const VhModes *modes)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < modes->modes->len; i++)
    {
      const VhMode *mode = vh_modes_get (modes, i);
      g_string_append_printf (text, "%u %x %d %d %d:", i, mode->offered, mode->listed, mode->used,
                              mode->live);
      for (guint k = 0; k < mode->reasons->len; k++)
        {
          const VhReason *reason = &g_array_index (mode->reasons, VhReason, k);
          g_string_append_printf (text, " %s %d %d %s", vh_rule_to_word (reason->rule),
                                  reason->origin, reason->bus, reason->detail);
        }
    }
  return g_string_free (text, FALSE);
}

static void
test_deterministic (void)
{
  for (guint i = 0; i < n_q35_cases; i++)
    {
      g_autoptr (RuleWorld) world = rule_world_new (q35_cases[i].setup);
      g_autoptr (VhModes) again = vh_modes_new (world->topology, world->inputs);
      g_autofree char *first = describe (world->modes), *second = describe (again);
      g_assert_cmpstr (first, ==, second);
    }
}

/* A used mechanism was offered, and everything has a reason. */
static void
test_consistent (gconstpointer data)
{
  const RuleCase *rule_case = data;
  g_autoptr (RuleWorld) world = rule_world_new (rule_case->setup);
  for (guint i = 0; i < world->modes->modes->len; i++)
    {
      const VhMode *mode = vh_modes_get (world->modes, i);
      g_assert_cmpuint (mode->reasons->len, >, 0);
      g_assert_cmpuint (mode->offered &
                            (VH_OFFERS (VH_MECHANISM_UNKNOWN) | VH_OFFERS (VH_MECHANISM_NONE)),
                        ==, 0);
      if (mode->used > VH_MECHANISM_NONE)
        g_assert_true (mode->offered & VH_OFFERS (mode->used));
      if (mode->live > VH_MECHANISM_NONE)
        g_assert_cmpint (mode->live, ==, mode->used);
      if (mode->used == VH_MECHANISM_UNKNOWN)
        g_assert_cmpuint (mode->offered, ==, 0);
    }
}

static void
test_reason_names_the_setting (void)
{
  g_autoptr (RuleWorld) world = rule_world_new (
      "pc-i440fx-7.2; qemu 7.2; global PIIX4_PM acpi-root-pci-hotplug off; bus 0 pci-root");
  const VhMode *mode = rule_world_get_mode (world, 0);
  const VhReason *reason = &g_array_index (mode->reasons, VhReason, 0);
  g_assert_cmpint (reason->rule, ==, VH_RULE_PIIX4_ROOT_OFF);
  g_assert_cmpint (reason->origin, ==, VH_ORIGIN_QEMU_COMMANDLINE);
  g_assert_cmpint (reason->bus, ==, 0);
  g_assert_cmpstr (reason->detail, ==, "-global PIIX4_PM.acpi-root-pci-hotplug=off");
}

static void
test_reason_names_the_switch (void)
{
  g_autoptr (RuleWorld) world = rule_world_new (
      "pc-q35-7.2; qemu 7.2; bus 0 pcie-root; bus 1 pcie-root-port on 0 at 1.0;"
      "bus 2 pcie-root-port on 0 at 2.0; bus 3 pcie-switch-upstream-port on 2 at 0.0;"
      "bus 4 pcie-switch-downstream-port on 3 at 2.0");
  const VhMode *mode = rule_world_get_mode (world, 1);
  const VhReason *walk = NULL;
  for (guint i = 0; i < mode->reasons->len; i++)
    if (g_array_index (mode->reasons, VhReason, i).rule == VH_RULE_SWITCH_WALK)
      walk = &g_array_index (mode->reasons, VhReason, i);
  g_assert_nonnull (walk);
  g_assert_cmpint (walk->bus, ==, 3);
}

/* Deep and broad trees: every walk ends, in time that does not run away. */
static void
test_deep_tree (void)
{
  g_autoptr (VhTopology) topology = literal_new ("x86_64", "pc-i440fx-7.2");
  g_autoptr (VhCaps) caps = vh_caps_new_assumed (topology->machine);
  literal_push_bus (topology, VH_BUS_PCI_ROOT, 0, -1, NULL);
  for (gint32 i = 1; i <= VH_MAX_BUS_INDEX; i++)
    literal_push_bus (topology, VH_BUS_PCI_BRIDGE, i, i - 1, "1.0");
  g_autoptr (VhInputs) inputs = vh_inputs_new (topology, caps);
  g_autoptr (VhModes) modes = vh_modes_new (topology, inputs);
  for (guint i = 0; i < vh_topology_get_n_buses (topology); i++)
    g_assert_cmpint (vh_modes_get (modes, i)->used, ==, VH_MECHANISM_ACPI);
}

static void
add_consistency (const char *prefix, const RuleCase *cases, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("/consistent/%s/%s", prefix, cases[i].name);
      g_test_add_data_func (path, &cases[i], test_consistent);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rule_case_add_all ("modes/pc", pc_cases, n_pc_cases);
  rule_case_add_all ("modes/q35", q35_cases, n_q35_cases);
  rule_case_add_all ("modes/other", other_cases, n_other_cases);
  add_consistency ("pc", pc_cases, n_pc_cases);
  add_consistency ("q35", q35_cases, n_q35_cases);
  add_consistency ("other", other_cases, n_other_cases);
  g_test_add_func ("/modes/deterministic", test_deterministic);
  g_test_add_func ("/modes/reason-names-the-setting", test_reason_names_the_setting);
  g_test_add_func ("/modes/reason-names-the-switch", test_reason_names_the_switch);
  g_test_add_func ("/modes/deep-tree", test_deep_tree);
  return g_test_run ();
}
