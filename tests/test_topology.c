/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/topology_literal.h"
#include "tests/topology_text.h"

#define SCSI(index, slot)                                                                          \
  "<controller type='scsi' index='" index "'>" AT ("0", slot, "0") "</controller>"
#define SCSI_DISK(name, controller)                                                                \
  "<disk><target dev='" name "' bus='scsi'/><address type='drive' controller='" controller         \
  "'/></disk>"

typedef struct {
  const char *name, *arch, *machine, *devices, *buses, *list;
} DocumentRow;

static const DocumentRow document_rows[] = {
  { "implied-root-q35", "x86_64", "pc-q35-7.2", "", "0 pcie-root implied\n", "" },
  { "implied-root-i440fx", "x86_64", "pc-i440fx-7.2", "", "0 pci-root implied\n", "" },
  { "implied-root-alias", "x86_64", "pc", "", "0 pci-root implied\n", "" },
  { "implied-root-virt", "aarch64", "virt-10.0", "", "0 pcie-root implied\n", "" },
  { "implied-root-riscv", "riscv64", "virt", "", "0 pcie-root implied\n", "" },
  { "implied-root-pseries", "ppc64", "pseries-6.2", "", "0 pci-root implied\n", "" },
  { "no-root-s390", "s390x", "s390-ccw-virtio-8.1", "", "", "" },
  { "no-root-microvm", "x86_64", "microvm", "", "", "" },
  { "no-root-isapc", "x86_64", "isapc", "", "", "" },
  { "root-without-model", "x86_64", "pc-q35-7.2", "<controller type='pci' index='0'/>",
    "0 pcie-root no-model\n", "" },
  { "bus-without-model", "x86_64", "pc-i440fx-7.2", "<controller type='pci' index='1'/>",
    "0 pci-root implied\n1 unknown\n", "- pci controller 1 > 1\n" },
  { "root-after-others", "x86_64", "pc-i440fx-7.2",
    PCI ("2", "pci-bridge", AT ("1", "3", "0")) PCI ("1", "pci-bridge", AT ("0", "4", "0"))
        PCI ("0", "pci-root", ""),
    "0 pci-root\n1 pci-bridge 0000:00:04.0 on 0\n2 pci-bridge 0000:01:03.0 on 1\n",
    "0000:00:04.0 pci-bridge 1 > 1\n0000:01:03.0 pci-bridge 2 > 2\n" },
  { "every-model", "x86_64", "pc-q35-7.2",
    PCI ("0", "pcie-root", "") PCI ("1", "pcie-root-port", AT ("0", "2", "0"))
        PCI ("2", "pcie-switch-upstream-port", AT ("1", "0", "0"))
            PCI ("3", "pcie-switch-downstream-port", AT ("2", "0", "0"))
                PCI ("4", "pcie-to-pci-bridge", AT ("3", "0", "0"))
                    PCI ("5", "pci-bridge", AT ("4", "1", "0"))
                        PCI ("6", "dmi-to-pci-bridge", AT ("0", "3", "0"))
                            PCI ("7", "pcie-expander-bus", AT ("0", "4", "0"))
                                PCI ("8", "pci-expander-bus", AT ("0", "5", "0")),
    "0 pcie-root\n1 pcie-root-port 0000:00:02.0 on 0\n"
    "2 pcie-switch-upstream-port 0000:01:00.0 on 1\n"
    "3 pcie-switch-downstream-port 0000:02:00.0 on 2\n"
    "4 pcie-to-pci-bridge 0000:03:00.0 on 3\n5 pci-bridge 0000:04:01.0 on 4\n"
    "6 dmi-to-pci-bridge 0000:00:03.0 on 0\n7 pcie-expander-bus 0000:00:04.0 on 0\n"
    "8 pci-expander-bus 0000:00:05.0 on 0\n",
    "0000:00:02.0 pcie-root-port 1 > 1\n0000:00:03.0 dmi-to-pci-bridge 6 > 6\n"
    "0000:00:04.0 pcie-expander-bus 7 > 7\n0000:00:05.0 pci-expander-bus 8 > 8\n"
    "0000:01:00.0 pcie-switch-upstream-port 2 > 2\n"
    "0000:02:00.0 pcie-switch-downstream-port 3 > 3\n0000:03:00.0 pcie-to-pci-bridge 4 > 4\n"
    "0000:04:01.0 pci-bridge 5 > 5\n" },
  { "several-roots-of-pseries", "ppc64", "pseries",
    PCI ("0", "pci-root", "") PCI ("1", "pci-root", "<target index='1'/>") NIC (AT ("1", "1", "0")),
    "0 pci-root\n1 pci-root\n", "0000:01:01.0 interface virtio\n" },
  { "root-with-address", "x86_64", "pc-q35-7.2", PCI ("0", "pcie-root", AT ("0", "7", "0")),
    "0 pcie-root\n", "" },
  { "unknown-model", "x86_64", "pc-q35-7.2", PCI ("1", "cxl-root", AT ("0", "2", "0")),
    "0 pcie-root implied\n1 unknown 0000:00:02.0 on 0\n", "0000:00:02.0 cxl-root 1 > 1\n" },
  { "double-index", "x86_64", "pc-i440fx-7.2",
    PCI ("1", "pci-bridge", AT ("0", "4", "0")) PCI ("1", "pci-bridge", AT ("0", "5", "0"))
        PCI ("2", "pci-bridge", AT ("1", "1", "0")),
    "0 pci-root implied\n1 pci-bridge 0000:00:04.0 on 0\n"
    "1 pci-bridge 0000:00:05.0 on 0 double-index\n2 pci-bridge 0000:01:01.0 on 1\n",
    "0000:00:04.0 pci-bridge 1 > 1\n0000:00:05.0 pci-bridge 1 > 1\n"
    "0000:01:01.0 pci-bridge 2 > 2\n" },
  /* libvirt src/conf/domain_conf.c, virDomainAssignControllerIndexes(): 9.0 stored each of these.
   */
  { "no-index", "x86_64", "pc-q35-7.2",
    "<controller type='pci' model='pcie-root'/><controller type='pci' model='pcie-root-port'/>"
    "<controller type='pci' index='1' model='pcie-root-port'/>"
    "<controller type='pci' model='pcie-root-port'><alias name='ua-x'/></controller>" NIC (
        AT ("3", "0", "0")),
    "0 pcie-root index-given\n1 pcie-root-port\n2 pcie-root-port index-given\n"
    "3 pcie-root-port index-given\n",
    "0000:03:00.0 interface virtio\n- pcie-root-port 2 > 2\n- pcie-root-port 1 > 1\n"
    "- pcie-root-port 3 > 3\n" },
  { "root-and-bridge-without-index", "x86_64", "pc-i440fx-7.2",
    PCI ("7", "pci-bridge", "") "<controller type='pci' model='pci-root'/>"
                                "<controller type='pci' model='pci-bridge'/>",
    "0 pci-root index-given\n1 pci-bridge index-given\n7 pci-bridge\n",
    "- pci-bridge 7 > 7\n- pci-bridge 1 > 1\n" },
  { "root-elsewhere-leaves-no-0", "x86_64", "pc-q35-7.2",
    "<controller type='pci' model='pcie-root-port'/>" PCI ("0", "pcie-root", ""),
    "0 pcie-root\n1 pcie-root-port index-given\n", "- pcie-root-port 1 > 1\n" },
  /* libvirt refuses that before it adds a root. */
  { "no-index-and-no-root", "x86_64", "pc-q35-7.2",
    "<controller type='pci' model='pcie-root-port'/>"
    "<controller type='pci' model='pcie-root-port'/>",
    "0 pcie-root-port index-given\n1 pcie-root-port index-given\n",
    "- pcie-root-port 0 > 0\n- pcie-root-port 1 > 1\n" },
  { "index-of-another-type", "x86_64", "pc-q35-7.2",
    "<controller type='sata' index='0'/><controller type='pci' model='pcie-root'/>",
    "0 pcie-root index-given\n", "- controller sata 0\n" },
  { "wild-indexes", "x86_64", "pc-q35-7.2",
    PCI ("-1", "pcie-root-port", "") PCI ("4294967297", "pcie-root-port", "")
        PCI ("256", "pcie-root-port", "") PCI ("0x1", "pcie-root-port", "")
            PCI ("255", "pci-bridge", "") PCI ("2147483647", "pcie-root-port", ""),
    "0 pcie-root implied\n255 pci-bridge\n256 pcie-root-port bad-index\n"
    "-1 pcie-root-port bad-index\n-1 pcie-root-port bad-index\n-1 pcie-root-port bad-index\n"
    "-1 pcie-root-port bad-index\n",
    "- pcie-root-port -1 > -1\n- pcie-root-port 4294967297 > -1\n- pcie-root-port 256 > 256\n"
    "- pcie-root-port 0x1 > -1\n- pci-bridge 255 > 255\n- pcie-root-port 2147483647 > -1\n" },
  { "indexes-of-strtoul", "x86_64", "pc-q35-7.2",
    PCI (" 1", "pcie-root-port", "") PCI ("+2", "pcie-root-port", "")
        PCI ("3 ", "pcie-root-port", "") PCI ("+-4", "pcie-root-port", ""),
    "0 pcie-root implied\n1 pcie-root-port\n2 pcie-root-port\n-1 pcie-root-port bad-index\n"
    "-1 pcie-root-port bad-index\n",
    "- pcie-root-port  1 > 1\n- pcie-root-port +2 > 2\n- pcie-root-port 3  > -1\n"
    "- pcie-root-port +-4 > -1\n" },
  { "bad-multifunction", "x86_64", "pc-q35-7.2",
    NIC ("<address type='pci' bus='0' slot='2' function='0' multifunction='yes'/>"),
    "0 pcie-root implied\n", "- interface virtio bad-address\n" },
  { "missing-parent", "x86_64", "pc-q35-7.2",
    PCI ("1", "pcie-to-pci-bridge", AT ("9", "0", "0")) PCI ("2", "pci-bridge", AT ("1", "1", "0"))
        NIC (AT ("7", "0", "0")),
    "0 pcie-root implied\n1 pcie-to-pci-bridge 0000:09:00.0 missing-parent\n"
    "2 pci-bridge 0000:01:01.0 on 1\n",
    "0000:01:01.0 pci-bridge 2 > 2\n0000:07:00.0 interface virtio missing-bus\n"
    "0000:09:00.0 pcie-to-pci-bridge 1 > 1 missing-bus\n" },
  { "scsi-in-use", "x86_64", "pc-i440fx-7.2",
    SCSI ("0", "2") SCSI ("1", "3") SCSI ("2", "4") SCSI_DISK (
        "sda",
        "1") "<disk><target dev='sdz' bus='sata'/><address type='drive' controller='0'/></disk>"
             "<hostdev mode='subsystem' type='scsi'><address type='drive' "
             "controller='2'/></hostdev>",
    "0 pci-root implied\n",
    "0000:00:02.0 controller scsi 0\n0000:00:03.0 controller scsi 1 busy\n"
    "0000:00:04.0 controller scsi 2 busy\n" },
  { "scsi-in-use-without-address", "x86_64", "pc-i440fx-7.2",
    SCSI ("0", "2") "<disk><target dev='sda' bus='scsi'/></disk>" SCSI_DISK ("sdb", "300")
        SCSI_DISK ("sdc", "x"),
    "0 pci-root implied\n", "0000:00:02.0 controller scsi 0 busy\n" },
  { "file-systems", "x86_64", "pc-i440fx-7.2",
    "<filesystem><driver type='virtiofs'/><target dir='a'/>" AT (
        "0", "2", "0") "</filesystem>"
                       "<filesystem><driver type='path'/><target dir='b'/>" AT (
                           "0", "3", "0") "</filesystem>"
                                          "<filesystem><target dir='c'/>" AT ("0", "4",
                                                                              "0") "</filesystem>",
    "0 pci-root implied\n",
    "0000:00:02.0 filesystem a\n0000:00:03.0 filesystem b fixed\n"
    "0000:00:04.0 filesystem c fixed\n" },
  { "other-pci-domain", "x86_64", "pc-q35-7.2",
    NIC ("<address type='pci' domain='0x0001' bus='0x00' slot='0x02' function='0x0'/>"),
    "0 pcie-root implied\n", "0001:00:02.0 interface virtio missing-bus\n" },
  { "only-domain-0-has-an-empty-address", "x86_64", "pc-q35-7.2",
    NIC ("<address type='pci' domain='0x0001' bus='0x00' slot='0x00' function='0x0'/>"),
    "0 pcie-root implied\n", "0001:00:00.0 interface virtio missing-bus\n" },
  { "own-parent", "x86_64", "pc-i440fx-7.2", PCI ("1", "pci-bridge", AT ("1", "4", "0")),
    "0 pci-root implied\n1 pci-bridge 0000:01:04.0 in-cycle\n", "0000:01:04.0 pci-bridge 1\n" },
  { "cycle-with-a-tail", "x86_64", "pc-i440fx-7.2",
    PCI ("1", "pci-bridge", AT ("2", "1", "0")) PCI ("2", "pci-bridge", AT ("1", "1", "0"))
        PCI ("3", "pci-bridge", AT ("2", "2", "0")) PCI ("4", "pci-bridge", AT ("3", "2", "0")),
    "0 pci-root implied\n1 pci-bridge 0000:02:01.0 in-cycle\n"
    "2 pci-bridge 0000:01:01.0 in-cycle\n3 pci-bridge 0000:02:02.0 on 2\n"
    "4 pci-bridge 0000:03:02.0 on 3\n",
    "0000:01:01.0 pci-bridge 2\n0000:02:01.0 pci-bridge 1\n0000:02:02.0 pci-bridge 3 > 3\n"
    "0000:03:02.0 pci-bridge 4 > 4\n" },
  { "double-address", "x86_64", "pc-i440fx-7.2",
    NIC (AT ("0", "3", "0")) NIC (AT ("0", "3", "1")) NIC (AT ("0", "3", "0"))
        NIC (AT ("0", "3", "0")),
    "0 pci-root implied\n",
    "0000:00:03.0 interface virtio double-address\n0000:00:03.0 interface virtio double-address\n"
    "0000:00:03.0 interface virtio double-address\n0000:00:03.1 interface virtio\n" },
  { "unaddressed-is-no-double", "x86_64", "pc-i440fx-7.2", NIC ("") NIC (""),
    "0 pci-root implied\n", "- interface virtio\n- interface virtio\n" },
  { "bad-addresses", "x86_64", "pc-q35-7.2",
    NIC (AT ("0x100", "0", "0")) NIC (AT ("0", "32", "0")) NIC (AT ("0", "1", "8"))
        NIC (AT ("0", "-1", "0")) NIC (AT ("0", "0xzz", "0"))
            PCI ("1", "pcie-root-port", AT ("0", "0x2f", "0")),
    "0 pcie-root implied\n1 pcie-root-port\n",
    "- interface virtio bad-address\n- interface virtio bad-address\n"
    "- interface virtio bad-address\n- interface virtio bad-address\n"
    "- interface virtio bad-address\n- pcie-root-port 1 > 1 bad-address\n" },
  { "numbers-in-every-base", "x86_64", "pc-q35-7.2",
    NIC (AT ("0", "0x1F", "7")) NIC (AT ("0", "010", "0")) NIC (AT ("0", "10", "0")),
    "0 pcie-root implied\n",
    "0000:00:08.0 interface virtio\n0000:00:0a.0 interface virtio\n"
    "0000:00:1f.7 interface virtio\n" },
  { "empty-addresses", "x86_64", "pc-q35-7.2",
    NIC ("<address type='pci'/>") NIC (AT ("0", "0", "1")) NIC ("<address type='pci' slot='0x5'/>"),
    "0 pcie-root implied\n",
    "0000:00:05.0 interface virtio\n- interface virtio\n- interface virtio\n" },
  { "addresses-elsewhere", "x86_64", "pc-q35-7.2",
    NIC ("<address type='virtio-mmio'/>") NIC ("<address type='ccw' cssid='0xfe'/>")
        NIC ("<source><address type='pci' bus='0' slot='3'/></source>"),
    "0 pcie-root implied\n", "- interface virtio\n" },
  { "s390-assigns-no-pci", "s390x", "s390-ccw-virtio",
    PCI ("0", "pci-root", "") NIC ("") NIC (AT ("0", "1", "0")), "0 pci-root\n",
    "0000:00:01.0 interface virtio\n" },
  { "s390-passes-pci-through", "s390x", "s390-ccw-virtio",
    PCI ("0", "pci-root", "") "<hostdev type='pci'/><hostdev type='mdev' model='vfio-pci'/>",
    "0 pci-root\n", "- hostdev\n" },
  { "console-is-the-serial", "x86_64", "pc",
    "<serial type='pty'><target type='pci-serial' port='0'/>" AT (
        "0", "2", "0") "</serial>"
                       "<console type='pty'><target type='serial' port='0'/>" AT ("0", "2",
                                                                                  "0") "</console>",
    "0 pci-root implied\n", "0000:00:02.0 serial pci-serial 0\n" },
  { "unaddressed-come-last-in-order", "x86_64", "pc-q35-7.2",
    "<rng model='virtio'/>" NIC ("") "<memballoon model='virtio'/>" NIC (AT ("0", "9", "0")),
    "0 pcie-root implied\n",
    "0000:00:09.0 interface virtio\n- rng virtio\n- interface virtio\n- memballoon virtio\n" },
};

static void
test_document (gconstpointer data)
{
  const DocumentRow *row = data;
  g_autoptr (VhTopology) topology = topology_read_devices (row->arch, row->machine, row->devices);
  g_autofree char *buses = topology_describe_buses (topology);
  g_autofree char *devices = topology_describe_devices (topology);
  g_assert_cmpstr (buses, ==, row->buses);
  g_assert_cmpstr (devices, ==, row->list);
  topology_assert_sound (topology);
}

static void
test_literals (void)
{
  g_autoptr (VhTopology) topology = literal_new ("x86_64", "pc-q35-7.2");
  g_assert_cmpuint (literal_push_bus (topology, VH_BUS_ROOT_PORT, 2, 0, "2.1"), ==, 0);
  g_assert_cmpuint (literal_push_bus (topology, VH_BUS_PCIE_ROOT, 0, -1, NULL), ==, 0);
  g_assert_cmpuint (literal_push_bus (topology, VH_BUS_ROOT_PORT, 1, 0, "02.0"), ==, 1);
  g_assert_cmpuint (literal_push_device (topology, VH_DEVICE_DISK, "disk vda", 2, "0.0"), ==, 2);
  g_assert_cmpuint (literal_push_device (topology, VH_DEVICE_VIDEO, "video", 0, "1.0"), ==, 0);
  g_assert_cmpuint (literal_push_device (topology, VH_DEVICE_RNG, "rng", -1, NULL), ==, 4);
  g_autofree char *buses = topology_describe_buses (topology);
  g_autofree char *devices = topology_describe_devices (topology);
  g_assert_cmpstr (buses, ==,
                   "0 pcie-root\n1 pcie-root-port 0000:00:02.0 on 0\n"
                   "2 pcie-root-port 0000:00:02.1 on 0\n");
  g_assert_cmpstr (devices, ==,
                   "0000:00:01.0 video\n0000:00:02.0 pcie-root-port 1 > 1\n"
                   "0000:00:02.1 pcie-root-port 2 > 2\n0000:02:00.0 disk vda\n- rng\n");
  topology_assert_sound (topology);
}

static void
test_find (void)
{
  g_autoptr (VhTopology) topology = literal_new ("x86_64", "pc-i440fx-7.2");
  literal_push_bus (topology, VH_BUS_PCI_ROOT, 0, -1, NULL);
  literal_push_bus (topology, VH_BUS_PCI_BRIDGE, 7, 0, "4.0");
  g_assert_false (vh_topology_has_double_index (topology));
  literal_push_bus (topology, VH_BUS_PCI_BRIDGE, 7, 0, "5.0");
  literal_push_bus (topology, VH_BUS_PCI_BRIDGE, 255, 7, "5.0");
  g_assert_cmpint (vh_topology_find_bus (topology, 0), ==, 0);
  g_assert_cmpint (vh_topology_find_bus (topology, 7), ==, 1);
  g_assert_cmpint (vh_topology_find_bus (topology, 255), ==, 3);
  g_assert_cmpint (vh_topology_find_bus (topology, 1), ==, -1);
  g_assert_cmpint (vh_topology_find_bus (topology, 256), ==, -1);
  g_assert_cmpint (vh_topology_find_bus (topology, -1), ==, -1);
  g_assert_true (vh_topology_has_double_index (topology));
  guint first = 0;
  g_assert_cmpuint (vh_topology_get_bus_devices (topology, 1, &first), ==, 1);
  g_assert_cmpuint (vh_topology_get_bus_devices (topology, 2, &first), ==, 0);
}

typedef struct {
  const char *type, *attributes, *canonical;
  VhChipset chipset;
} MachineRow;

/* Who names no machine type gets libvirt's, where that is the same in each release. */
static void
test_machine (void)
{
  static const MachineRow rows[] = {
    { "kvm", "arch='x86_64'", "pc", VH_CHIPSET_I440FX },
    { "qemu", "arch='i686' machine=''", "pc", VH_CHIPSET_I440FX },
    { "kvm", "arch='x86_64' machine='pc-q35-7.2'", "pc-q35-7.2", VH_CHIPSET_Q35 },
    { "kvm", "arch='aarch64'", "", VH_CHIPSET_OTHER },
    { "kvm", "", "", VH_CHIPSET_OTHER },
    { "xen", "arch='x86_64'", "", VH_CHIPSET_OTHER },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text =
          g_strdup_printf ("<domain type='%s'><os><type %s>hvm</type></os></domain>", rows[i].type,
                           rows[i].attributes);
      g_autoptr (VhTopology) topology = topology_read (text);
      g_assert_cmpstr (topology->machine->canonical, ==, rows[i].canonical);
      g_assert_cmpint (topology->machine->chipset, ==, rows[i].chipset);
    }
}

/* A large domain: every bus there may be, in one chain, and many devices. */
static void
test_large (void)
{
  g_autoptr (GString) devices = g_string_new (PCI ("0", "pci-root", ""));
  for (guint i = 255; i > 0; i--)
    g_string_append_printf (devices, PCI ("%u", "pci-bridge", AT ("%u", "31", "0")), i, i - 1);
  for (guint i = 0; i < 16000; i++)
    g_string_append_printf (devices, NIC (AT ("%u", "%u", "%u")), i % 256, i / 256 % 31, i / 8000);
  g_autoptr (VhTopology) topology = topology_read_devices ("x86_64", "pc-i440fx-7.2", devices->str);
  g_assert_cmpuint (vh_topology_get_n_buses (topology), ==, 256);
  g_assert_cmpint (vh_topology_get_bus (topology, 255)->parent, ==, 254);
  topology_assert_sound (topology);
}

/* Where 0 to 255 are taken there is none to give. */
static void
test_no_index_left (void)
{
  g_autoptr (GString) devices = g_string_new ("<controller type='pci' model='pcie-root'/>");
  for (guint i = 0; i < 256; i++)
    g_string_append (devices, "<controller type='pci' model='pcie-root-port'/>");
  g_autoptr (VhTopology) topology = topology_read_devices ("x86_64", "pc-q35-7.2", devices->str);
  g_assert_cmpuint (vh_topology_get_n_buses (topology), ==, 257);
  g_assert_cmpint (vh_topology_get_bus (topology, 255)->index, ==, 255);
  g_assert_cmpint (vh_topology_get_bus (topology, 256)->index, ==, -1);
  g_assert_cmpuint (vh_topology_get_bus (topology, 256)->marks, ==, VH_BUS_BAD_INDEX);
  topology_assert_sound (topology);
}

/* Files of other people: whatever they say, the topology is sound. */
static void
test_folder (gconstpointer data)
{
  guint n_read = 0;
  g_autoptr (GDir) folder = g_dir_open (data, 0, NULL);
  g_assert_nonnull (folder);
  for (const char *name = g_dir_read_name (folder); name; name = g_dir_read_name (folder))
    {
      g_autofree char *path = g_build_filename (data, name, NULL);
      g_autofree char *text = NULL;
      gsize length = 0;
      if (!g_str_has_suffix (name, ".xml") || !g_file_get_contents (path, &text, &length, NULL))
        continue;
      g_autoptr (GBytes) bytes = g_bytes_new (text, length);
      g_autoptr (VhDocument) document = vh_document_new (bytes, NULL);
      g_autoptr (VhTopology) topology = document ? vh_topology_new (document, NULL, NULL) : NULL;
      n_read += topology != NULL;
      if (topology)
        topology_assert_sound (topology);
    }
  g_assert_cmpuint (n_read, >, 3);
}

static void
add_tables (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (document_rows); i++)
    {
      g_autofree char *path = g_strconcat ("/topology/document/", document_rows[i].name, NULL);
      g_test_add_data_func (path, &document_rows[i], test_document);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autofree char *demo = g_test_build_filename (G_TEST_DIST, "..", "data", "demo", NULL);
  g_autofree char *damaged = g_test_build_filename (G_TEST_DIST, "fixtures", "domains", NULL);
  g_autofree char *history = g_test_build_filename (G_TEST_DIST, "fixtures", "history", NULL);
  add_tables ();
  g_test_add_func ("/topology/literals", test_literals);
  g_test_add_func ("/topology/find", test_find);
  g_test_add_func ("/topology/machine", test_machine);
  g_test_add_func ("/topology/large", test_large);
  g_test_add_func ("/topology/no-index-left", test_no_index_left);
  g_test_add_data_func ("/topology/folder/demo", demo, test_folder);
  g_test_add_data_func ("/topology/folder/damaged", damaged, test_folder);
  g_test_add_data_func ("/topology/folder/history", history, test_folder);
  return g_test_run ();
}
