/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which setting wins, and which one is named. */
#include "rule_case.h"

#define PC "pc-i440fx-7.2; qemu 7.2"
#define Q35 "pc-q35-7.2; qemu 7.2"
#define PORT "; bus 0 pcie-root; bus 1 pcie-root-port on 0 at 1.0"
#define BRIDGE "acpi-pci-hotplug-with-bridge-support"

typedef struct {
  const char *name, *setup;
  const char *input;  /* acpi, root, bridge, keep, or of controller 1: hpc, native, shpc */
  const char *expect; /* "VALUE, ORIGIN, DETAIL" */
} InputRow;

static const InputRow rows[] = {
  { "acpi", PC, "acpi", "yes, domain XML, <acpi/>" },
  { "acpi-off", PC "; acpi off", "acpi", "no, domain XML, no <acpi/> in <features>" },

  { "root", PC, "root", "yes, machine table, pc-i440fx-7.2" },
  { "root-target", PC "; bus 0 pci-root hotplug=off", "root",
    "no, domain XML, hotplug='off' of pci-root" },
  { "root-target-on", PC "; bus 0 pci-root hotplug=on", "root",
    "yes, domain XML, hotplug='on' of pci-root" },
  { "root-global", PC "; bus 0 pci-root hotplug=on; global PIIX4_PM acpi-root-pci-hotplug n",
    "root", "no, qemu:commandline, -global PIIX4_PM.acpi-root-pci-hotplug=n" },
  { "root-last-global",
    PC "; global PIIX4_PM acpi-root-pci-hotplug off; global PIIX4_PM acpi-root-pci-hotplug on",
    "root", "yes, qemu:commandline, -global PIIX4_PM.acpi-root-pci-hotplug=on" },
  { "root-bad-global", PC "; bus 0 pci-root hotplug=on; global PIIX4_PM acpi-root-pci-hotplug 0",
    "root", "unknown, qemu:commandline, -global PIIX4_PM.acpi-root-pci-hotplug=0" },
  { "root-of-q35", Q35, "root", "unknown, assumed, " },
  { "root-fact", "pc; fact default-root no", "root", "no, recorded, pc" },
  { "root-fact-of-this", "pc-i440fx-7.2; fact default-root no; recorded-machine pc-i440fx-7.2",
    "root", "no, recorded, pc-i440fx-7.2" },
  { "root-fact-of-another", "pc-i440fx-7.2; fact default-root no; recorded-machine pc-i440fx-6.2",
    "root", "yes, machine table, pc-i440fx-7.2" },

  { "bridge-pc", PC, "bridge", "yes, machine table, pc-i440fx-7.2" },
  { "bridge-pc-1.7", "pc-i440fx-1.7; qemu 7.2", "bridge", "no, machine table, pc-i440fx-1.7" },
  { "bridge-pc-2.0", "pc-i440fx-2.0; qemu 7.2", "bridge", "yes, machine table, pc-i440fx-2.0" },
  { "bridge-q35-6.0", "pc-q35-6.0; qemu 7.2", "bridge", "no, machine table, pc-q35-6.0" },
  { "bridge-q35-6.1", "pc-q35-6.1; qemu 7.2", "bridge", "yes, machine table, pc-q35-6.1" },
  { "bridge-rhel", "pc-q35-rhel9.4.0; qemu 8.2", "bridge",
    "unknown, machine table, pc-q35-rhel9.4.0" },
  { "bridge-feature", Q35 "; feature off", "bridge",
    "no, domain XML, <acpi-bridge-hotplug state='off'/>" },
  { "bridge-global", Q35 "; feature off; global ICH9-LPC " BRIDGE " on", "bridge",
    "yes, qemu:commandline, -global ICH9-LPC." BRIDGE "=on" },
  { "bridge-other-class", Q35 "; global PIIX4_PM " BRIDGE " off", "bridge",
    "yes, machine table, pc-q35-7.2" },
  { "bridge-other-case", Q35 "; global ich9-lpc " BRIDGE " off", "bridge",
    "yes, machine table, pc-q35-7.2" },
  { "bridge-5.2", "pc-q35-5.2; qemu 5.2 assumed; global ICH9-LPC " BRIDGE " on", "bridge",
    "no, assumed, QEMU 5.2" },
  { "bridge-no-property", "pc-q35-7.2; qemu 7.2; fact qemu-ich9-bridge no", "bridge",
    "no, user, QEMU 7.2" },
  { "bridge-of-arm", "virt-10.0 aarch64; qemu 11.1; feature on", "bridge",
    "no, machine table, virt-10.0" },
  { "bridge-of-arm-10.0", "virt-10.0 aarch64; qemu 10.0; global acpi-ged " BRIDGE " on", "bridge",
    "no, user, QEMU 10.0" },
  { "bridge-of-arm-global", "virt aarch64; qemu 11.1; global acpi-ged " BRIDGE " on", "bridge",
    "yes, qemu:commandline, -global acpi-ged." BRIDGE "=on" },
  { "bridge-of-arm-rhel", "virt-rhel9.4.0 aarch64; qemu 11.1", "bridge",
    "unknown, machine table, virt-rhel9.4.0" },
  { "bridge-of-riscv", "virt riscv64; qemu 11.1", "bridge", "unknown, assumed, " },

  { "keep", Q35, "keep", "yes, machine table, pc-q35-7.2" },
  { "keep-6.1", "pc-q35-6.1; qemu 7.2", "keep", "no, machine table, pc-q35-6.1" },
  { "keep-6.0", "pc-q35-6.0; qemu 7.2", "keep", "yes, machine table, pc-q35-6.0" },
  { "keep-global", Q35 "; global ICH9-LPC x-keep-pci-slot-hpc off", "keep",
    "no, qemu:commandline, -global ICH9-LPC.x-keep-pci-slot-hpc=off" },
  { "keep-of-pc", PC, "keep", "unknown, assumed, " },

  { "hpc", Q35 PORT, "hpc", "yes, machine table, pc-q35-7.2" },
  { "hpc-off", Q35 PORT " hotplug=off", "hpc", "no, domain XML, hotplug='off'" },
  { "hpc-on-beats-global", Q35 PORT " hotplug=on; global pcie-root-port hotplug off", "hpc",
    "yes, domain XML, hotplug='on'" },
  { "hpc-global", Q35 PORT "; global pcie-root-port hotplug off", "hpc",
    "no, qemu:commandline, -global pcie-root-port.hotplug=off" },
  { "hpc-global-of-base", Q35 PORT "; global pcie-slot hotplug off", "hpc",
    "no, qemu:commandline, -global pcie-slot.hotplug=off" },
  { "hpc-later-class-wins",
    Q35 PORT "; global pcie-root-port hotplug off; global pcie-slot hotplug on", "hpc",
    "yes, qemu:commandline, -global pcie-slot.hotplug=on" },
  { "hpc-global-of-other", Q35 PORT "; global ioh3420 hotplug off", "hpc",
    "yes, machine table, pc-q35-7.2" },
  { "hpc-global-of-ioh3420", Q35 PORT " name=ioh3420; global ioh3420 hotplug off", "hpc",
    "no, qemu:commandline, -global ioh3420.hotplug=off" },
  { "hpc-global-of-downstream", Q35 PORT "; global xio3130-downstream hotplug off", "hpc",
    "yes, machine table, pc-q35-7.2" },
  { "hpc-override", Q35 PORT " hotplug=off; override pci.1 hotplug true", "hpc",
    "yes, domain XML, qemu:override of pci.1: hotplug=true" },
  { "hpc-last-override", Q35 PORT "; override pci.1 hotplug true; override pci.1 hotplug false",
    "hpc", "no, domain XML, qemu:override of pci.1: hotplug=false" },
  { "hpc-override-of-another", Q35 PORT "; override pci.2 hotplug false", "hpc",
    "yes, machine table, pc-q35-7.2" },
  { "hpc-global-of-base-of-base",
    Q35 PORT "; global pcie-root-port hotplug on; global pcie-port hotplug off", "hpc",
    "no, qemu:commandline, -global pcie-port.hotplug=off" },
  { "hpc-removed", Q35 PORT " hotplug=off; override pci.1 hotplug; global pcie-slot hotplug on",
    "hpc", "yes, qemu:commandline, -global pcie-slot.hotplug=on" },
  { "hpc-of-bridge", PC "; bus 0 pci-root; bus 1 pci-bridge on 0 at 1.0", "hpc",
    "unknown, assumed, " },

  { "native", Q35 PORT, "native", "yes, machine table, pc-q35-7.2" },
  { "native-6.1", "pc-q35-6.1; qemu 7.2" PORT, "native", "no, machine table, pc-q35-6.1" },
  { "native-6.1-bridge-off", "pc-q35-6.1; qemu 7.2; global ICH9-LPC " BRIDGE " off" PORT, "native",
    "yes, qemu:commandline, -global ICH9-LPC." BRIDGE "=off" },
  { "native-6.0-bridge-on", "pc-q35-6.0; qemu 7.2; global ICH9-LPC " BRIDGE " on" PORT, "native",
    "yes, machine table, pc-q35-6.0" },
  { "native-keep-off", Q35 "; global ICH9-LPC x-keep-pci-slot-hpc off" PORT, "native",
    "no, qemu:commandline, -global ICH9-LPC.x-keep-pci-slot-hpc=off" },
  { "native-keep-off-bridge-off",
    Q35 "; global ICH9-LPC x-keep-pci-slot-hpc off; global ICH9-LPC " BRIDGE " off" PORT, "native",
    "yes, qemu:commandline, -global ICH9-LPC." BRIDGE "=off" },
  { "native-global-beats-6.1",
    "pc-q35-6.1; qemu 7.2; global pcie-root-port x-native-hotplug on" PORT, "native",
    "yes, qemu:commandline, -global pcie-root-port.x-native-hotplug=on" },
  { "native-override", Q35 "; override pci.1 x-native-hotplug off" PORT, "native",
    "no, domain XML, qemu:override of pci.1: x-native-hotplug=off" },
  { "native-hidden",
    "pc-q35-7.2; qemu 10.0; global pcie-slot x-do-not-expose-native-hotplug-cap on" PORT, "native",
    "no, qemu:commandline, -global pcie-slot.x-do-not-expose-native-hotplug-cap=on" },
  { "native-shown",
    "pc-q35-6.1; qemu 10.0; override pci.1 x-do-not-expose-native-hotplug-cap off" PORT, "native",
    "yes, domain XML, qemu:override of pci.1: x-do-not-expose-native-hotplug-cap=off" },
  { "native-unknown", "q35" PORT, "native", "unknown, machine table, q35" },
  { "native-fact", "q35; fact default-port-native no" PORT, "native", "no, recorded, q35" },
  { "native-fact-kept", "q35; fact default-keep-hpc yes" PORT, "native", "yes, recorded, q35" },
  { "native-half-known", "q35; global ICH9-LPC x-keep-pci-slot-hpc off" PORT, "native",
    "unknown, machine table, q35" },

  { "shpc", PC "; bus 0 pci-root; bus 1 pci-bridge on 0 at 1.0", "shpc",
    "yes, machine table, pc-i440fx-7.2" },
  { "shpc-2.9", "pc-i440fx-2.9; qemu 7.2; bus 0 pci-root; bus 1 pci-bridge on 0 at 1.0", "shpc",
    "no, machine table, pc-i440fx-2.9" },
  { "shpc-2.8", "pc-i440fx-2.8; qemu 7.2; bus 0 pci-root; bus 1 pci-bridge on 0 at 1.0", "shpc",
    "yes, machine table, pc-i440fx-2.8" },
  { "shpc-global", PC "; global pci-bridge shpc off; bus 0 pci-root; bus 1 pci-bridge on 0 at 1.0",
    "shpc", "no, qemu:commandline, -global pci-bridge.shpc=off" },
  { "shpc-override",
    PC "; global pci-bridge shpc off; override pci.1 shpc y; bus 0 pci-root; bus 1 pci-bridge on 0 "
       "at 1.0",
    "shpc", "yes, domain XML, qemu:override of pci.1: shpc=y" },
  { "shpc-of-pcie-bridge",
    "pc-q35-2.9; qemu 7.2; global pci-bridge shpc off; bus 0 pcie-root;"
    "bus 1 pcie-to-pci-bridge on 0 at 1.0",
    "shpc", "yes, machine table, pcie-pci-bridge" },
};

static const VhInput *
find_input (const RuleWorld *world, const char *name)
{
  const VhInputs *inputs = world->inputs;
  if (g_str_equal (name, "acpi"))
    return &inputs->acpi;
  if (g_str_equal (name, "root"))
    return &inputs->root;
  if (g_str_equal (name, "bridge"))
    return &inputs->bridge;
  if (g_str_equal (name, "keep"))
    return &inputs->keep_hpc;
  gint32 position = vh_topology_find_bus (world->topology, 1);
  g_assert_cmpint (position, >=, 0);
  const VhBusInputs *bus = vh_inputs_get_bus (inputs, (guint) position);
  if (g_str_equal (name, "hpc"))
    return &bus->hpc;
  return g_str_equal (name, "native") ? &bus->native : &bus->shpc;
}

static void
test_input (gconstpointer data)
{
  const InputRow *row = data;
  g_autoptr (RuleWorld) world = rule_world_new (row->setup);
  const VhInput *input = find_input (world, row->input);
  g_autofree char *text = g_strdup_printf ("%s, %s, %s", vh_known_to_string (input->value),
                                           vh_origin_to_string (input->origin), input->detail);
  g_assert_cmpstr (text, ==, row->expect);
}

/* From a document: what is written in <qemu:commandline> is what is read. */
static void
test_acpi_argument (void)
{
  static const char text[] =
      "<domain type='kvm' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'><os><type "
      "arch='x86_64' machine='pc-q35-7.2'>hvm</type></os><features><acpi/></features>"
      "<qemu:commandline><qemu:arg value='-machine'/><qemu:arg value='acpi=off'/>"
      "</qemu:commandline></domain>";
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr (VhDocument) document = vh_document_new (bytes, &error);
  g_assert_no_error (error);
  g_autoptr (VhTopology) topology = vh_topology_new (document, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (VhCaps) caps = vh_caps_new ();
  g_autoptr (VhInputs) inputs = vh_inputs_new (topology, caps);
  g_assert_cmpint (inputs->acpi.value, ==, VH_KNOWN_NO);
  g_assert_cmpint (inputs->acpi.origin, ==, VH_ORIGIN_QEMU_COMMANDLINE);
  g_assert_cmpstr (inputs->acpi.detail, ==, "acpi=off");
}

static void
test_properties (void)
{
  static const struct {
    VhQomClass class;
    VhProperty property;
    const char *qemu;
    VhKnown expect;
  } has[] = {
    { VH_QOM_PIIX4_PM, VH_PROPERTY_ROOT, NULL, VH_KNOWN_YES },
    { VH_QOM_PIIX4_PM, VH_PROPERTY_KEEP_HPC, "7.2", VH_KNOWN_NO },
    { VH_QOM_ICH9_LPC, VH_PROPERTY_BRIDGE, NULL, VH_KNOWN_UNKNOWN },
    { VH_QOM_ICH9_LPC, VH_PROPERTY_BRIDGE, "6.0", VH_KNOWN_NO },
    { VH_QOM_ICH9_LPC, VH_PROPERTY_BRIDGE, "6.1", VH_KNOWN_YES },
    { VH_QOM_ICH9_LPC, VH_PROPERTY_ROOT, NULL, VH_KNOWN_NO },
    { VH_QOM_ROOT_PORT, VH_PROPERTY_NATIVE, "7.2.22", VH_KNOWN_YES },
    { VH_QOM_IOH3420, VH_PROPERTY_NATIVE, "8.0", VH_KNOWN_NO },
    { VH_QOM_DOWNSTREAM, VH_PROPERTY_HIDE_NATIVE, "7.2.22", VH_KNOWN_NO },
    { VH_QOM_DOWNSTREAM, VH_PROPERTY_HIDE_NATIVE, "10.0", VH_KNOWN_YES },
    { VH_QOM_DOWNSTREAM, VH_PROPERTY_SHPC, "10.0", VH_KNOWN_NO },
    { VH_QOM_PCI_BRIDGE, VH_PROPERTY_SHPC, NULL, VH_KNOWN_YES },
  };
  for (guint i = 0; i < G_N_ELEMENTS (has); i++)
    {
      g_autoptr (VhCaps) caps = vh_caps_new ();
      if (has[i].qemu)
        g_assert_true (vh_version_parse (has[i].qemu, &caps->qemu));
      g_test_message ("row %u", i);
      g_assert_cmpint (vh_qom_has (has[i].class, has[i].property, caps), ==, has[i].expect);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/inputs/", rows[i].name, NULL);
      g_test_add_data_func (path, &rows[i], test_input);
    }
  g_test_add_func ("/inputs/acpi-argument", test_acpi_argument);
  g_test_add_func ("/qom/has", test_properties);
  return g_test_run ();
}
