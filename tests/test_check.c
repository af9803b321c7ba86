/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "rule_case.h"

#include <string.h>

#define PC "pc-i440fx-7.2; qemu 7.2; bus 0 pci-root; bus 1 pci-bridge on 0 at 5.0"
#define Q35 "pc-q35-7.2; qemu 7.2; bus 0 pcie-root; bus 1 pcie-root-port on 0 at 2.0"
#define BRIDGE "acpi-pci-hotplug-with-bridge-support"

typedef struct {
  const char *name, *setup;
  const char *knob; /* root, bridge, or the index of a port */
  /* "STATE CONFIGURED SITE WRITE-SITE", or "-" when it does not apply. */
  const char *expect;
  const char *reason; /* words of it; NULL when it can be set */
} KnobRow;

static const KnobRow knob_rows[] = {
  { "root", PC, "root", "on default none target", NULL },
  { "root-off", "pc-i440fx-7.2; bus 0 pci-root hotplug=off", "root", "off off target target",
    NULL },
  { "root-implied", "pc-i440fx-7.2", "root", "on default none target", NULL },
  { "root-old-libvirt", PC "; libvirt 7.8", "root", "on default none qemu-global", NULL },
  { "root-new-libvirt", PC "; libvirt 7.9", "root", "on default none target", NULL },
  { "root-proven-not", PC "; libvirt 9.0; fact libvirt-root-target no", "root",
    "on default none qemu-global", NULL },
  { "root-old-libvirt-moves", "pc-i440fx-7.2; libvirt 7.0; bus 0 pci-root hotplug=off", "root",
    "off off target qemu-global", NULL },
  { "root-global", PC "; global PIIX4_PM acpi-root-pci-hotplug off", "root",
    "off off qemu-global qemu-global", NULL },
  { "root-global-beats-target",
    "pc-i440fx-7.2; bus 0 pci-root hotplug=on; global PIIX4_PM acpi-root-pci-hotplug off", "root",
    "off off qemu-global qemu-global", NULL },
  { "root-bad-value", PC "; global PIIX4_PM acpi-root-pci-hotplug 1", "root",
    "unknown default qemu-global qemu-global", NULL },
  { "root-no-acpi", PC "; acpi off", "root", "on default none target", NULL },
  { "root-alias", "pc; bus 0 pci-root", "root", "unknown default none target", NULL },
  { "root-double-index", PC "; bus 1 pci-bridge on 0 at 6.0", "root", "on default none none",
    "no edit can be trusted" },
  { "root-wrong", "pc-i440fx-7.2; qemu 7.2; bus 0 pcie-root", "root", "on default none none",
    "Controller 0 is a pcie-root here" },
  { "root-missing", PC "; fact qemu-piix4-root no", "root", "on default none none",
    "QEMU 7.2 has no property PIIX4_PM.acpi-root-pci-hotplug" },
  { "root-q35", Q35, "root", "-", "root bus of a q35 machine never takes a plug" },
  { "root-arm", "virt-10.0 aarch64; bus 0 pcie-root", "root", "-",
    "The root bus of a virt machine never takes a plug" },
  { "root-xen", PC "; type xen", "root", "-", "type 'xen' is not run by QEMU" },
  { "root-lxc", "exe; type lxc", "root", "-", "type 'lxc'" },

  { "bridge-pc", PC, "bridge", "on default none qemu-global", NULL },
  { "bridge-q35", Q35, "bridge", "on default none qemu-global", NULL },
  { "bridge-6.0", "pc-q35-6.0; qemu 7.2", "bridge", "off default none qemu-global", NULL },
  { "bridge-global", Q35 "; global ICH9-LPC " BRIDGE " off", "bridge",
    "off off qemu-global qemu-global", NULL },
  { "bridge-last-global", Q35 "; global ICH9-LPC " BRIDGE " off; global ICH9-LPC " BRIDGE " on",
    "bridge", "on on qemu-global qemu-global", NULL },
  { "bridge-wrong-class", Q35 "; global PIIX4_PM " BRIDGE " off", "bridge",
    "on default none qemu-global", NULL },
  { "bridge-feature", Q35 "; feature off", "bridge", "off off feature qemu-global", NULL },
  { "bridge-feature-taken", Q35 "; feature off; fact libvirt-bridge-feature yes", "bridge",
    "off off feature feature", NULL },
  { "bridge-native", PC "; fact libvirt-bridge-feature yes", "bridge", "on default none feature",
    NULL },
  { "bridge-feature-and-global",
    Q35 "; feature on; fact libvirt-bridge-feature yes; global ICH9-LPC " BRIDGE " off", "bridge",
    "off off qemu-global qemu-global", NULL },
  { "bridge-5.2", "pc-q35-5.2; qemu 5.2", "bridge", "off default none none",
    "QEMU 5.2 has no property ICH9-LPC.acpi-pci-hotplug-with-bridge-support (QEMU 6.1 was the "
    "first)" },
  { "bridge-pc-5.2", "pc-i440fx-5.2; qemu 5.2", "bridge", "on default none qemu-global", NULL },
  { "bridge-unknown-qemu", "q35", "bridge", "unknown default none qemu-global", NULL },
  { "bridge-arm", "virt-10.0 aarch64; qemu 11.1; feature off", "bridge",
    "off default none qemu-global", NULL },
  { "bridge-arm-global", "virt-10.0 aarch64; qemu 11.1; global acpi-ged " BRIDGE " on", "bridge",
    "on on qemu-global qemu-global", NULL },
  { "bridge-arm-10.0", "virt-10.0 aarch64; qemu 10.0", "bridge", "off default none none",
    "QEMU 10.0 has no property acpi-ged." BRIDGE " (QEMU 10.1 was the first)" },
  { "bridge-riscv", "virt riscv64; qemu 11.1", "bridge", "-",
    "Only the pc and q35 machines of x86 and virt of aarch64" },
  { "bridge-microvm", "microvm", "bridge", "-", "machine microvm of x86_64" },

  { "port", Q35, "1", "on default none target", NULL },
  { "port-off", Q35 "; bus 2 pcie-root-port on 0 at 3.0 hotplug=off", "2", "off off target target",
    NULL },
  { "port-on", Q35 "; bus 2 pcie-root-port on 0 at 3.0 hotplug=on", "2", "on on target target",
    NULL },
  { "port-global", Q35 "; global pcie-root-port hotplug off", "1", "off default none target",
    NULL },
  { "port-override", Q35 "; override pci.1 hotplug false", "1", "off off qemu-override none",
    "remove that property first" },
  { "port-removed", Q35 "; bus 2 pcie-root-port on 0 at 3.0 hotplug=off; override pci.2 hotplug",
    "2", "on default qemu-override none", "<qemu:override> of pci.2" },
  { "port-no-libvirt", Q35 "; libvirt 9.0; fact libvirt-port-target no", "1",
    "on default none none", "libvirt 9.0 does not take hotplug= on ports" },
  { "port-no-qemu", Q35 "; fact qemu-port-hotplug no", "1", "on default none none",
    "QEMU 7.2 has no property pcie-root-port.hotplug" },
  { "port-arm", "virt-10.0 aarch64; bus 0 pcie-root; bus 1 pcie-root-port on 0 at 1.0", "1",
    "on default none target", NULL },
  { "port-double", Q35 "; bus 2 pcie-root-port on 0 at 3.0; bus 2 pcie-root-port on 0 at 4.0", "1",
    "on default none none", "no edit can be trusted" },
  { "port-bad-index", Q35 "; bus 900 pcie-root-port on 0 at 3.0; bad-index 900", "900",
    "on default none none", "no number from 0 to 255" },
  { "port-none", Q35, "7", "-", "There is no PCI controller with the index 7." },
  { "port-0", Q35, "0", "-", "Controller 0 is a pcie-root" },
  { "port-0-pc", PC, "0", "-", "switch of the root bus" },
  { "port-bridge", PC, "1", "-", "Controller 1 is a pci-bridge" },
};

static VhKnob
knob_of (const char *word)
{
  if (g_str_equal (word, "root"))
    return VH_KNOB_ROOT;
  return g_str_equal (word, "bridge") ? VH_KNOB_BRIDGE : VH_KNOB_PORT;
}

static char *
describe_knob (const VhKnobState *state)
{
  static const char *const states[] = { "unknown", "off", "on" };
  if (!state->applies)
    return g_strdup ("-");
  return g_strdup_printf ("%s %s %s %s", states[state->state],
                          vh_switch_to_string (state->configured), vh_site_to_string (state->site),
                          vh_site_to_string (state->write_site));
}

static void
assert_sentence (const char *text, const char *words)
{
  g_test_message ("%s", text);
  g_assert_nonnull (strstr (text, words));
  g_assert_true (!g_ascii_islower (text[0]) || g_str_has_prefix (text, "libvirt") ||
                 g_str_has_prefix (text, "pci"));
  g_assert_true (g_str_has_suffix (text, "."));
}

static void
test_knob (gconstpointer data)
{
  const KnobRow *row = data;
  g_autoptr (RuleWorld) world = rule_world_new (row->setup);
  g_autoptr (VhKnobState) state =
      vh_check_new_knob (world->topology, world->inputs, world->caps, knob_of (row->knob),
                         (gint32) g_ascii_strtoll (row->knob, NULL, 10));
  g_autofree char *text = describe_knob (state);
  g_assert_cmpstr (text, ==, row->expect);
  g_assert_cmpint (state->reason == NULL, ==, row->reason == NULL);
  g_assert_cmpint (state->reason == NULL, ==, state->write_site != VH_SITE_NONE);
  if (row->reason)
    assert_sentence (state->reason, row->reason);
}

typedef struct {
  const char *name, *setup;
  VhKnob knob;
  VhSite site;
  const char *reason;
} SiteRow;

static const SiteRow site_rows[] = {
  { "root-target", PC, VH_KNOB_ROOT, VH_SITE_TARGET, NULL },
  { "root-target-old", PC "; libvirt 7.0", VH_KNOB_ROOT, VH_SITE_TARGET,
    "libvirt 7.0 does not take hotplug= on pci-root" },
  { "root-target-beside-global", PC "; global PIIX4_PM acpi-root-pci-hotplug off", VH_KNOB_ROOT,
    VH_SITE_TARGET, NULL },
  { "root-global", PC, VH_KNOB_ROOT, VH_SITE_QEMU_GLOBAL, NULL },
  { "root-feature", PC, VH_KNOB_ROOT, VH_SITE_FEATURE, "not an element of <features>" },
  { "root-q35", Q35, VH_KNOB_ROOT, VH_SITE_QEMU_GLOBAL, "q35" },
  { "bridge-target", PC, VH_KNOB_BRIDGE, VH_SITE_TARGET, "no attribute" },
  { "bridge-feature", PC, VH_KNOB_BRIDGE, VH_SITE_FEATURE, "No release of libvirt up to 12.8" },
  { "bridge-feature-no", PC "; fact libvirt-bridge-feature no", VH_KNOB_BRIDGE, VH_SITE_FEATURE,
    "This libvirt does not know" },
  { "bridge-feature-yes", PC "; fact libvirt-bridge-feature yes", VH_KNOB_BRIDGE, VH_SITE_FEATURE,
    NULL },
  { "bridge-global", Q35, VH_KNOB_BRIDGE, VH_SITE_QEMU_GLOBAL, NULL },
  { "bridge-global-5.2", "pc-q35-5.2; qemu 5.2", VH_KNOB_BRIDGE, VH_SITE_QEMU_GLOBAL,
    "QEMU 5.2 has no property" },
  { "port-target", Q35, VH_KNOB_PORT, VH_SITE_TARGET, NULL },
  { "port-global", Q35, VH_KNOB_PORT, VH_SITE_QEMU_GLOBAL, "all ports at once" },
  { "port-override", Q35, VH_KNOB_PORT, VH_SITE_QEMU_OVERRIDE, "not written" },
  { "none", Q35, VH_KNOB_PORT, VH_SITE_NONE, "no such place" },
};

static void
test_site (gconstpointer data)
{
  const SiteRow *row = data;
  g_autoptr (RuleWorld) world = rule_world_new (row->setup);
  g_autofree char *reason =
      vh_check_new_site_reason (world->topology, world->caps, row->knob, row->site);
  g_assert_cmpint (reason == NULL, ==, row->reason == NULL);
  if (row->reason)
    assert_sentence (reason, row->reason);
}

static void
test_global (void)
{
  static const struct {
    const char *type;
    VhKnob knob;
    const char *driver, *property;
  } rows[] = {
    { "pc-i440fx-7.2", VH_KNOB_ROOT, "PIIX4_PM", "acpi-root-pci-hotplug" },
    { "pc-i440fx-7.2", VH_KNOB_BRIDGE, "PIIX4_PM", BRIDGE },
    { "pc-q35-7.2", VH_KNOB_BRIDGE, "ICH9-LPC", BRIDGE },
    { "pc-q35-7.2", VH_KNOB_ROOT, NULL, NULL },
    { "pc-q35-7.2", VH_KNOB_PORT, NULL, NULL },
    { "pc-i440fx-7.2", VH_KNOB_PORT, NULL, NULL },
    { "microvm", VH_KNOB_BRIDGE, NULL, NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *driver = NULL, *property = NULL;
      g_autoptr (VhMachine) machine = vh_machine_new ("x86_64", rows[i].type);
      g_assert_cmpint (vh_check_get_global (machine, rows[i].knob, &driver, &property), ==,
                       rows[i].driver != NULL);
      g_assert_cmpstr (driver, ==, rows[i].driver);
      g_assert_cmpstr (property, ==, rows[i].property);
    }
}

static void
test_order (void)
{
  g_autoptr (RuleWorld) world =
      rule_world_new (PC "; global PIIX4_PM " BRIDGE
                         " off; bus 7 pci-bridge on 0 at 0.0; device disk_a on 1 at 0.0;"
                         "device disk_b on 4 at 1.0; device disk_c on 1 at 3.1; qemu 8.2; joined");
  g_assert_cmpuint (world->findings->len, >, 6);
  for (guint i = 0; i < world->findings->len; i++)
    {
      const VhFinding *b = g_ptr_array_index (world->findings, i);
      assert_sentence (b->text, "");
      if (i == 0)
        continue;
      const VhFinding *a = g_ptr_array_index (world->findings, i - 1);
      gboolean in_order = a->severity < b->severity ||
                          (a->severity == b->severity &&
                           (a->bus < b->bus || (a->bus == b->bus && a->rule <= b->rule)));
      g_assert_true (in_order);
    }
}

static void
test_introduced (void)
{
  g_autoptr (RuleWorld) before = rule_world_new (Q35 "; device disk_a on 1 at 1.0; bad-switch 1");
  g_autoptr (RuleWorld) same = rule_world_new (Q35 "; device disk_z on 1 at 2.0");
  g_autoptr (RuleWorld) worse =
      rule_world_new (Q35 "; device disk_a on 1 at 1.0; joined; override pci.1 hotplug off;"
                          "bus 2 pcie-root-port on 0 at 0.0");
  g_autoptr (GPtrArray) none =
      vh_check_new_introduced (before->findings, same->findings, VH_SEVERITY_ERROR);
  g_autoptr (GPtrArray) two =
      vh_check_new_introduced (before->findings, worse->findings, VH_SEVERITY_ERROR);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (two->len, ==, 2);
  const VhFinding *joined = g_ptr_array_index (two, 0), *slot = g_ptr_array_index (two, 1);
  g_assert_cmpint (joined->rule, ==, VH_RULE_GLOBAL_JOINED);
  g_assert_cmpint (slot->rule, ==, VH_RULE_BAD_SLOT);
  g_assert_cmpint (slot->bus, ==, 0);
}

static void
add_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (knob_rows); i++)
    {
      g_autofree char *path = g_strconcat ("/check/knob/", knob_rows[i].name, NULL);
      g_test_add_data_func (path, &knob_rows[i], test_knob);
    }
  for (guint i = 0; i < G_N_ELEMENTS (site_rows); i++)
    {
      g_autofree char *path = g_strconcat ("/check/site/", site_rows[i].name, NULL);
      g_test_add_data_func (path, &site_rows[i], test_site);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rule_case_add_all ("check", check_cases, n_check_cases);
  add_rows ();
  g_test_add_func ("/check/global", test_global);
  g_test_add_func ("/check/order", test_order);
  g_test_add_func ("/check/introduced", test_introduced);
  return g_test_run ();
}
