/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What single elements of a domain become. */
#include "tests/topology_text.h"

#include <string.h>

typedef struct {
  const char *element;
  const char *label; /* NULL: never on PCI */
  VhDeviceKind kind;
} DeviceRow;

static const DeviceRow device_rows[] = {
  { "<disk><target dev='vda' bus='virtio'/></disk>", "disk vda virtio", VH_DEVICE_DISK },
  { "<disk><target dev='vdb'/></disk>", "disk vdb", VH_DEVICE_DISK },
  { "<disk><target dev='sda' bus='scsi'/></disk>", NULL, VH_DEVICE_DISK },
  { "<disk><target dev='hda' bus='ide'/></disk>", NULL, VH_DEVICE_DISK },
  { "<disk><target dev='sda' bus='usb'/></disk>", NULL, VH_DEVICE_DISK },
  { "<disk><target dev='vda' bus='sata'/></disk>", NULL, VH_DEVICE_DISK },
  { "<disk/>", NULL, VH_DEVICE_DISK },
  { "<controller type='usb' index='0' model='qemu-xhci'/>", "controller usb 0 qemu-xhci",
    VH_DEVICE_CONTROLLER },
  { "<controller type='usb' index='0' model='none'/>", NULL, VH_DEVICE_CONTROLLER },
  { "<controller type='virtio-serial' index='0'/>", "controller virtio-serial 0",
    VH_DEVICE_CONTROLLER },
  { "<controller type='scsi' index='1' model='virtio-scsi'/>", "controller scsi 1 virtio-scsi",
    VH_DEVICE_CONTROLLER },
  { "<controller type='scsi' index='0' model='ibmvscsi'/>", NULL, VH_DEVICE_CONTROLLER },
  { "<controller type='sata' index='0'/>", "controller sata 0", VH_DEVICE_CONTROLLER },
  { "<controller type='ccid' index='0'/>", NULL, VH_DEVICE_CONTROLLER },
  { "<controller type='fdc' index='0'/>", NULL, VH_DEVICE_CONTROLLER },
  { "<controller type='isa' index='0'/>", NULL, VH_DEVICE_CONTROLLER },
  { "<interface type='user'><mac address='52:54:00:aa:bb:cc'/><model type='virtio'/></interface>",
    "interface 52:54:00:aa:bb:cc virtio", VH_DEVICE_INTERFACE },
  { "<interface type='hostdev'><mac address='52:54:00:aa:bb:cc'/></interface>",
    "interface 52:54:00:aa:bb:cc hostdev", VH_DEVICE_INTERFACE },
  { "<interface type='user'><model type='usb-net'/></interface>", NULL, VH_DEVICE_INTERFACE },
  { "<hostdev mode='subsystem' type='pci'><source><address domain='0x0000' bus='0x3b' slot='0x00' "
    "function='0x1'/></source></hostdev>",
    "hostdev 0000:3b:00.1", VH_DEVICE_HOSTDEV },
  { "<hostdev type='pci'><source><address bus='0x3b' slot='0xfff' "
    "function='0'/></source></hostdev>",
    "hostdev", VH_DEVICE_HOSTDEV },
  { "<hostdev type='mdev' model='vfio-pci'><source><address uuid='c2177883-f1bb-47f0'/></source>"
    "</hostdev>",
    "hostdev c2177883-f1bb-47f0", VH_DEVICE_HOSTDEV },
  { "<hostdev type='mdev' model='vfio-ccw'/>", NULL, VH_DEVICE_HOSTDEV },
  { "<hostdev type='scsi_host'><source protocol='vhost' wwpn='naa.5001405df3e54061'/></hostdev>",
    "hostdev naa.5001405df3e54061", VH_DEVICE_HOSTDEV },
  { "<hostdev mode='subsystem' type='usb'/>", NULL, VH_DEVICE_HOSTDEV },
  { "<video><model type='virtio'/></video>", "video virtio", VH_DEVICE_VIDEO },
  { "<video/>", "video", VH_DEVICE_VIDEO },
  { "<video><model type='none'/></video>", NULL, VH_DEVICE_VIDEO },
  { "<video><model type='ramfb'/></video>", NULL, VH_DEVICE_VIDEO },
  { "<sound model='ich9'/>", "sound ich9", VH_DEVICE_SOUND },
  { "<sound model='usb'/>", NULL, VH_DEVICE_SOUND },
  { "<sound model='sb16'/>", NULL, VH_DEVICE_SOUND },
  { "<memballoon model='virtio-transitional'/>", "memballoon virtio-transitional",
    VH_DEVICE_MEMBALLOON },
  { "<memballoon model='none'/>", NULL, VH_DEVICE_MEMBALLOON },
  { "<rng model='virtio'/>", "rng virtio", VH_DEVICE_RNG },
  { "<watchdog model='i6300esb'/>", "watchdog i6300esb", VH_DEVICE_WATCHDOG },
  { "<watchdog model='itco'/>", NULL, VH_DEVICE_WATCHDOG },
  { "<watchdog model='ib700'/>", NULL, VH_DEVICE_WATCHDOG },
  { "<input type='tablet' bus='virtio'/>", "input tablet virtio", VH_DEVICE_INPUT },
  { "<input type='mouse' bus='ps2'/>", NULL, VH_DEVICE_INPUT },
  { "<filesystem type='mount'><target dir='share'/></filesystem>", "filesystem share",
    VH_DEVICE_FILESYSTEM },
  { "<vsock model='virtio'><cid auto='no' address='3'/></vsock>", "vsock 3", VH_DEVICE_VSOCK },
  { "<shmem name='frames'><model type='ivshmem-plain'/></shmem>", "shmem frames", VH_DEVICE_SHMEM },
  { "<shmem name='frames'/>", "shmem frames", VH_DEVICE_SHMEM },
  { "<iommu model='virtio'/>", "iommu virtio", VH_DEVICE_IOMMU },
  { "<iommu model='intel'/>", NULL, VH_DEVICE_IOMMU },
  { "<memory model='virtio-mem'/>", "memory virtio-mem", VH_DEVICE_MEMORY },
  { "<memory model='dimm'/>", NULL, VH_DEVICE_MEMORY },
  { "<crypto model='virtio' type='qemu'/>", "crypto virtio", VH_DEVICE_CRYPTO },
  { "<serial type='pty'><target type='pci-serial' port='1'/></serial>", "serial pci-serial 1",
    VH_DEVICE_SERIAL },
  { "<serial type='pty'><target type='isa-serial' port='0'/></serial>", NULL, VH_DEVICE_SERIAL },
  { "<graphics type='vnc'/>", NULL, VH_DEVICE_OTHER },
  { "<emulator>/usr/bin/qemu</emulator>", NULL, VH_DEVICE_OTHER },
  { "<panic model='pvpanic'><address type='pci'/></panic>", "panic pvpanic", VH_DEVICE_OTHER },
  { "<newdevice type='fast'><address type='pci'/></newdevice>", "newdevice fast", VH_DEVICE_OTHER },
  { "<rng model='&#x9b;31m'><address type='pci'/></rng>",
    "rng \xc2\x9b"
    "31m",
    VH_DEVICE_RNG },
  { "<x:rng xmlns:x='http://example.org/' model='virtio'/>", NULL, VH_DEVICE_RNG },
};

static void
test_device (gconstpointer data)
{
  const DeviceRow *row = data;
  g_autoptr (VhTopology) topology = topology_read_devices ("x86_64", "pc-q35-7.2", row->element);
  g_assert_cmpuint (vh_topology_get_n_devices (topology), ==, row->label ? 1 : 0);
  if (!row->label)
    return;
  const VhDevice *device = vh_topology_get_device (topology, 0);
  g_assert_cmpstr (device->label, ==, row->label);
  g_assert_cmpint (device->kind, ==, row->kind);
  g_assert_true (g_str_has_prefix (device->label, device->name));
  g_assert_cmpint (device->bus, ==, -1);
  g_assert_cmpint (device->secondary_bus, ==, -1);
  g_assert_cmpuint (device->marks, ==, row->kind == VH_DEVICE_FILESYSTEM ? VH_DEVICE_FIXED : 0);
}

static void
test_bus_details (void)
{
  g_autoptr (VhTopology) topology = topology_read_devices (
      "x86_64", "pc-q35-7.2",
      PCI ("0", "pcie-root", "") PCI (
          "1", "pcie-root-port",
          "<model name='ioh3420'/><target chassis='1' port='0x10' hotplug='off'/>" AT ("0", "2",
                                                                                       "0"))
          PCI ("2", "pcie-expander-bus",
               "<target busNr='64'><node> 1 </node></target><alias name='ua-far'/>" AT (
                   "0", "3", "0")) PCI ("3", "pcie-root-port",
                                        "<target hotplug='on'/><alias name=''/>"
                                        "<address type='pci' bus='2' slot='1' multifunction='on'/>")
              PCI ("4", "pcie-root-port", "<target hotplug='default'/>"));
  static const struct {
    const char *alias, *model_name;
    VhSwitch hotplug;
    gint32 numa_node;
    guint first, last;
    gboolean is_port, takes_attach;
  } rows[] = {
    { "pcie.0", NULL, VH_SWITCH_ABSENT, -1, 1, 31, FALSE, FALSE },
    { "pci.1", "ioh3420", VH_SWITCH_OFF, -1, 0, 0, TRUE, FALSE },
    { "ua-far", NULL, VH_SWITCH_ABSENT, 1, 0, 31, FALSE, FALSE },
    { "pci.3", NULL, VH_SWITCH_ON, -1, 0, 0, TRUE, TRUE },
    { "pci.4", NULL, VH_SWITCH_ABSENT, -1, 0, 0, TRUE, TRUE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const VhBus *bus = vh_topology_get_bus (topology, i);
      g_assert_cmpstr (bus->alias, ==, rows[i].alias);
      g_assert_cmpstr (bus->model_name, ==, rows[i].model_name);
      g_assert_cmpint (bus->hotplug, ==, rows[i].hotplug);
      g_assert_cmpint (bus->numa_node, ==, rows[i].numa_node);
      g_assert_cmpuint (bus->first_slot, ==, rows[i].first);
      g_assert_cmpuint (bus->last_slot, ==, rows[i].last);
      g_assert_cmpint (vh_bus_is_port (bus), ==, rows[i].is_port);
      g_assert_cmpint (vh_bus_takes_live_attach (bus), ==, rows[i].takes_attach);
      g_assert_cmpuint (bus->element, !=, VH_NO_ELEMENT);
    }
  g_assert_cmpuint (vh_topology_get_bus (topology, 4)->marks, ==, VH_BUS_BAD_SWITCH);
  g_assert_cmpint (vh_topology_get_bus (topology, 3)->at.multifunction, ==, VH_SWITCH_ON);
  g_assert_cmpstr (vh_topology_get_bus (topology, 3)->model_text, ==, "pcie-root-port");
}

typedef struct {
  const char *name, *head;
  gboolean acpi, uefi, has_element;
  VhSwitch feature;
} HeadRow;

#define FEATURE(state) "<features><pci><acpi-bridge-hotplug state='" state "'/></pci></features>"
#define NO_ACPI_ARG                                                                                \
  "<q:commandline xmlns:q='http://libvirt.org/schemas/domain/qemu/1.0'>"                           \
  "<q:arg value='-no-acpi'/></q:commandline>"
#define ACPI_ON_ARG                                                                                \
  "<q:commandline xmlns:q='http://libvirt.org/schemas/domain/qemu/1.0'>"                           \
  "<q:arg value='-machine'/><q:arg value='acpi=on'/></q:commandline>"

static const HeadRow head_rows[] = {
  { "nothing", "", FALSE, FALSE, FALSE, VH_SWITCH_ABSENT },
  { "acpi", "<features><acpi/></features>", TRUE, FALSE, FALSE, VH_SWITCH_ABSENT },
  { "acpi-elsewhere", "<acpi/>", FALSE, FALSE, FALSE, VH_SWITCH_ABSENT },
  { "no-acpi-argument", "<features><acpi/></features>" NO_ACPI_ARG, FALSE, FALSE, FALSE,
    VH_SWITCH_ABSENT },
  { "acpi-on-argument", ACPI_ON_ARG, TRUE, FALSE, FALSE, VH_SWITCH_ABSENT },
  { "feature-on", FEATURE ("on"), FALSE, FALSE, TRUE, VH_SWITCH_ON },
  { "feature-off", FEATURE ("off"), FALSE, FALSE, TRUE, VH_SWITCH_OFF },
  { "feature-wrong", FEATURE ("maybe"), FALSE, FALSE, TRUE, VH_SWITCH_ABSENT },
  { "firmware-efi", "<os firmware='efi'/>", FALSE, TRUE, FALSE, VH_SWITCH_ABSENT },
  { "firmware-bios", "<os firmware='bios'/>", FALSE, FALSE, FALSE, VH_SWITCH_ABSENT },
  { "pflash", "<os><loader readonly='yes' type='pflash'>/x</loader></os>", FALSE, TRUE, FALSE,
    VH_SWITCH_ABSENT },
  { "rom", "<os><loader type='rom'>/x</loader></os>", FALSE, FALSE, FALSE, VH_SWITCH_ABSENT },
};

static void
test_head (gconstpointer data)
{
  const HeadRow *row = data;
  g_autofree char *text = g_strdup_printf ("<domain type='kvm'>%s</domain>", row->head);
  g_autoptr (VhTopology) topology = topology_read (text);
  g_assert_cmpint (topology->acpi, ==, row->acpi);
  g_assert_cmpint (topology->uefi, ==, row->uefi);
  g_assert_cmpint (topology->feature, ==, row->feature);
  g_assert_cmpint (topology->feature_element != VH_NO_ELEMENT, ==, row->has_element);
}

static void
test_domain (void)
{
  g_autoptr (VhTopology) topology =
      topology_read ("<domain type='qemu'><name>web &amp; mail</name>"
                     "<uuid>8d3f6a20-5c1e-4b7a-9e44-525400000201</uuid>"
                     "<os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os>"
                     "<devices><emulator>/usr/bin/qemu-system-x86_64</emulator></devices>"
                     "<devices><rng model='virtio'/></devices></domain>");
  g_assert_cmpstr (topology->name, ==, "web & mail");
  g_assert_cmpstr (topology->uuid, ==, "8d3f6a20-5c1e-4b7a-9e44-525400000201");
  g_assert_cmpstr (topology->emulator, ==, "/usr/bin/qemu-system-x86_64");
  g_assert_cmpstr (topology->domain_type, ==, "qemu");
  g_assert_cmpstr (topology->machine->type, ==, "pc-q35-7.2");
  g_assert_cmpuint (vh_topology_get_n_devices (topology), ==, 1);
  g_assert_true (topology->has_pci);
}

static void
test_bare_domain (void)
{
  g_autoptr (VhTopology) topology = topology_read ("<domain/>");
  g_assert_cmpstr (topology->name, ==, "");
  g_assert_null (topology->uuid);
  g_assert_null (topology->emulator);
  g_assert_cmpstr (topology->domain_type, ==, "");
  g_assert_false (topology->has_pci);
  g_assert_cmpuint (vh_topology_get_n_buses (topology), ==, 0);
  g_assert_cmpint (vh_topology_find_bus (topology, 0), ==, -1);
}

static void
test_canonical (void)
{
  static const char text[] = "<domain><os><type arch='x86_64' machine='pc'/></os></domain>";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr (VhDocument) document = vh_document_new (bytes, NULL);
  g_autoptr (VhTopology) topology = vh_topology_new (document, "pc-i440fx-7.2", NULL);
  g_assert_cmpstr (topology->machine->type, ==, "pc");
  g_assert_cmpuint (topology->machine->version, ==, VH_VERSION (7, 2, 0));
}

static void
test_not_a_domain (void)
{
  static const char *const texts[] = { "<network/>", "<x:domain xmlns:x='http://example.org/'/>",
                                       "<domains/>" };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = g_bytes_new_static (texts[i], strlen (texts[i]));
      g_autoptr (VhDocument) document = vh_document_new (bytes, NULL);
      g_assert_null (vh_topology_new (document, NULL, &error));
      g_assert_error (error, VH_TOPOLOGY_ERROR, VH_TOPOLOGY_ERROR_NOT_DOMAIN);
    }
}

static void
test_root_takes_attach_though_off (void)
{
  g_autoptr (VhTopology) topology = topology_read_devices (
      "x86_64", "pc-i440fx-7.2", PCI ("0", "pci-root", "<target hotplug='off'/>"));
  g_assert_cmpint (vh_topology_get_bus (topology, 0)->hotplug, ==, VH_SWITCH_OFF);
  g_assert_true (vh_bus_takes_live_attach (vh_topology_get_bus (topology, 0)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (device_rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/topology-elements/device/%u", i);
      g_test_add_data_func (path, &device_rows[i], test_device);
    }
  for (guint i = 0; i < G_N_ELEMENTS (head_rows); i++)
    {
      g_autofree char *path = g_strconcat ("/topology-elements/head/", head_rows[i].name, NULL);
      g_test_add_data_func (path, &head_rows[i], test_head);
    }
  g_test_add_func ("/topology-elements/bus-details", test_bus_details);
  g_test_add_func ("/topology-elements/domain", test_domain);
  g_test_add_func ("/topology-elements/bare-domain", test_bare_domain);
  g_test_add_func ("/topology-elements/canonical", test_canonical);
  g_test_add_func ("/topology-elements/not-a-domain", test_not_a_domain);
  g_test_add_func ("/topology-elements/root-takes-attach-though-off",
                   test_root_takes_attach_though_off);
  return g_test_run ();
}
