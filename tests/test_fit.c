/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which slot libvirt gives a device. tests/libvirt/test_fit.c asks libvirt. */
#include "model/fit.h"

#include "topology_text.h"

#include <string.h>

#define ROOT PCI ("0", "pcie-root", "")
#define PORT(index, slot, inner) PCI (index, "pcie-root-port", AT ("0", slot, "0") inner)
#define GLOBALS(first, second)                                                                     \
  "<qemu:commandline><qemu:arg value='-global'/><qemu:arg value='" first                           \
  "'/><qemu:arg value='-global'/><qemu:arg value='" second "'/></qemu:commandline>"
#define GED "acpi-ged.acpi-pci-hotplug-with-bridge-support="
#define HIDDEN "pcie-root-port.x-do-not-expose-native-hotplug-cap=on"
#define OFF "<target hotplug='off'/>"
#define BRIDGE(index, bus, slot) PCI (index, "pci-bridge", AT (bus, slot, "0"))
#define FULL "internal error: No more available PCI slots"
#define REFUSED(bus)                                                                               \
  "internal error: unable to execute QEMU command 'device_add': Bus '" bus                         \
  "' does not support hotplugging"

typedef struct {
  const char *name, *machine, *head, *devices;
  VhFitDevice device;
  const char *live, *cold, *added;
  VhVersion libvirt, qemu; /* 0: 9.0, and 7.2 or for an Arm 11.1 */
} Row;

static const Row rows[] = {
  { "port", "pc-q35-7.2", "", ROOT PORT ("1", "2", "") PORT ("2", "3", ""), VH_FIT_VIRTIO_NET,
    "bus 1, slot 0, by ACPI hotplug", "bus 1, slot 0", "", 0, 0 },
  { "off-port-is-for-cold", "pc-q35-7.2", "", ROOT PORT ("1", "2", OFF) PORT ("2", "3", ""),
    VH_FIT_E1000E, "bus 2, slot 0, by ACPI hotplug", "bus 1, slot 0", "", 0, 0 },
  { "bridge-behind-an-off-port", "pc-q35-7.2", "", ROOT PORT ("1", "2", OFF) BRIDGE ("2", "1", "0"),
    VH_FIT_E1000, "bus 2, slot 1, but the guest never sees it", "bus 2, slot 1", "", 0, 0 },
  { "bridge-behind-an-off-port-without-shpc", "pc-q35-7.2",
    GLOBALS ("pci-bridge.shpc=off", "a.b=c"), ROOT PORT ("1", "2", OFF) BRIDGE ("2", "1", "0"),
    VH_FIT_E1000, "does not fit: " REFUSED ("pci.2"), "bus 2, slot 1", "", 0, 0 },
  { "only-off-ports", "pc-q35-7.2", "", ROOT PORT ("1", "2", OFF), VH_FIT_VIRTIO_BLK,
    "does not fit: " FULL, "bus 1, slot 0", "", 0, 0 },
  { "no-port", "pc-q35-7.2", "", ROOT, VH_FIT_VIRTIO_NET, "does not fit: " FULL, "bus 1, slot 0",
    "pcie-root-port 1 on 0, pcie-root-port 2 on 0", 0, 0 },
  { "full-port", "pc-q35-7.2", "", ROOT PORT ("1", "2", "") NIC (AT ("1", "0", "0")),
    VH_FIT_VIRTIO_SCSI, "does not fit: " FULL, "bus 2, slot 0", "pcie-root-port 2 on 0", 0, 0 },
  { "no-bridge", "pc-q35-7.2", "", ROOT PORT ("1", "2", ""), VH_FIT_E1000, "does not fit: " FULL,
    "bus 3, slot 1", "pcie-root-port 2 on 0, pcie-to-pci-bridge 3 on 1", 0, 0 },
  { "dmi-takes-a-bridge", "pc-q35-7.2", "", ROOT PCI ("1", "dmi-to-pci-bridge", AT ("0", "2", "0")),
    VH_FIT_RTL8139, "does not fit: " FULL, "bus 2, slot 1", "pci-bridge 2 on 1", 0, 0 },
  { "root", "pc-i440fx-7.2", "", BRIDGE ("1", "0", "2"), VH_FIT_E1000E,
    "bus 0, slot 3, by ACPI hotplug", "bus 0, slot 3", "", 0, 0 },
  { "root-off-trap", "pc-i440fx-7.2", "", PCI ("0", "pci-root", OFF) BRIDGE ("1", "0", "2"),
    VH_FIT_VIRTIO_NET, "does not fit: " REFUSED ("pci.0"), "bus 0, slot 3", "", 0, 0 },
  { "old-machine", "pc-i440fx-1.7", "", PCI ("0", "pci-root", "") BRIDGE ("1", "0", "2"),
    VH_FIT_VIRTIO_TRANSITIONAL, "bus 0, slot 3, by ACPI hotplug", "bus 0, slot 3", "", 0, 0 },
  { "usb-is-cold", "pc-i440fx-7.2", "", "", VH_FIT_EHCI,
    "does not fit: Operation not supported: 'usb' controller cannot be hot plugged.",
    "bus 0, slot 2", "", 0, 0 },
  { "port-itself", "pc-q35-7.2", "", ROOT, VH_FIT_ROOT_PORT,
    "does not fit: internal error: Required option 'modelName' is not set for PCI controller with "
    "index '-1', model 'pcie-root-port' and modelName 'none'",
    "does not fit: internal error: Required option 'modelName' is not set for PCI controller with "
    "index '-1', model 'pcie-root-port' and modelName 'none'",
    "", 0, 0 },
  { "not-complete", "pc-q35-7.2", "", ROOT PORT ("1", "2", "") NIC (""), VH_FIT_VIRTIO_NET,
    "not known: Controllers or devices have no PCI address yet, and libvirt gives them theirs "
    "first; define the domain and ask again.",
    NULL, "", 0, 0 },
  { "damaged", "pc-q35-7.2", "", ROOT PORT ("1", "2", "") PORT ("1", "3", ""), VH_FIT_VIRTIO_NET,
    "not known: The PCI controllers of this domain are not in order; see its findings first.", NULL,
    "", 0, 0 },
  { "hidden-port-of-arm", "virt-11.1", GLOBALS (GED "off", HIDDEN), ROOT PORT ("1", "2", ""),
    VH_FIT_VIRTIO_NET,
    "does not fit: internal error: unable to execute QEMU command 'device_add': Hot-plug failed: "
    "unsupported by the port device 'pci.1'",
    "bus 1, slot 0", "", 0, 0 },
  { "hidden-port-of-arm-with-acpi", "virt-11.1", GLOBALS (GED "on", HIDDEN),
    ROOT PORT ("1", "2", ""), VH_FIT_VIRTIO_NET, "bus 1, slot 0, by ACPI hotplug", "bus 1, slot 0",
    "", 0, 0 },
  { "serial-is-cold", "pc-q35-7.2", "", ROOT PORT ("1", "2", ""), VH_FIT_VIRTIO_SERIAL,
    "does not fit: Operation not supported: 'virtio-serial' controller cannot be hot plugged.",
    "bus 1, slot 0", "", 0, 0 },
  { "serial-is-live", "pc-q35-7.2", "", ROOT PORT ("1", "2", ""), VH_FIT_VIRTIO_SERIAL,
    "bus 1, slot 0, by ACPI hotplug", "bus 1, slot 0", "", VH_VERSION (11, 3, 0), 0 },
  { "serial-between", "pc-q35-7.2", "", ROOT PORT ("1", "2", ""), VH_FIT_VIRTIO_SERIAL,
    "not known: libvirt 9.0 and libvirt 11.3 answer differently; connect to the libvirt that runs "
    "the domain (-c URI), unless it is one in between: none of those was asked.",
    "bus 1, slot 0", "", VH_VERSION (10, 0, 0), 0 },
  { "port-off-by-argument", "pc-q35-6.0", GLOBALS ("pcie-root-port.hotplug=off", "a.b=c"),
    ROOT PORT ("1", "2", ""), VH_FIT_VIRTIO_NET,
    "does not fit: internal error: unable to execute QEMU command 'device_add': Hot-plug failed: "
    "unsupported by the port device 'pci.1'",
    "bus 1, slot 0", "", 0, 0 },
  { "port-off-by-argument-10", "pc-q35-6.0", GLOBALS ("pcie-root-port.hotplug=off", "a.b=c"),
    ROOT PORT ("1", "2", ""), VH_FIT_VIRTIO_NET, "does not fit: " REFUSED ("pci.1"),
    "bus 1, slot 0", "", 0, VH_VERSION (10, 0, 0) },
  { "nvme-oldest", "pc-q35-6.0", "", ROOT PORT ("1", "2", ""), VH_FIT_NVME,
    "does not fit: unsupported configuration: Unknown controller type 'nvme'",
    "does not fit: unsupported configuration: Unknown controller type 'nvme'", "",
    VH_VERSION (7, 0, 0), 0 },
  { "nvme-9", "pc-q35-6.0", "", ROOT PORT ("1", "2", ""), VH_FIT_NVME,
    "does not fit: XML error: Invalid value for attribute 'type' in element 'controller': 'nvme'.",
    "does not fit: XML error: Invalid value for attribute 'type' in element 'controller': 'nvme'.",
    "", VH_VERSION (9, 0, 0), 0 },
  { "nvme-later", "pc-q35-7.2", "", ROOT PORT ("1", "2", ""), VH_FIT_NVME,
    "does not fit: Operation not supported: 'nvme' controller cannot be hot plugged.",
    "bus 1, slot 0", "", VH_VERSION (12, 8, 0), 0 },
  { "no-pci", "isapc", "", "", VH_FIT_E1000,
    "not known: How libvirt gives out PCI addresses on this machine is not known.", NULL, "", 0,
    0 },
};

static VhReading *
read_domain (const Row *row)
{
  gboolean is_arm = g_str_has_prefix (row->machine, "virt");
  g_autofree char *text = g_strdup_printf (
      "<domain type='kvm' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'><name>a</name>"
      "<os><type arch='%s' machine='%s'>hvm</type></os>"
      "<features><acpi/></features>%s<devices>%s</devices></domain>",
      is_arm ? "aarch64" : "x86_64", row->machine, row->head, row->devices);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (VhDocument) document = vh_document_new (bytes, &error);
  g_assert_no_error (error);
  g_autoptr (VhCaps) caps = vh_caps_new ();
  vh_caps_set_qemu (caps,
                    row->qemu ? row->qemu
                    : is_arm  ? VH_VERSION (11, 1, 0)
                              : VH_VERSION (7, 2, 0),
                    VH_ORIGIN_PROBED);
  caps->libvirt = row->libvirt ? row->libvirt : VH_VERSION (9, 0, 0);
  VhReading *reading = vh_reading_new (document, caps, &error);
  g_assert_no_error (error);
  return reading;
}

static char *
describe_added (const VhFitAnswer *answer)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < answer->added->len; i++)
    {
      const VhFitAdded *row = &g_array_index (answer->added, VhFitAdded, i);
      g_string_append_printf (text, "%s%s %d on %d", i == 0 ? "" : ", ",
                              vh_bus_model_to_string (row->model), row->index, row->bus);
    }
  return g_string_free (text, FALSE);
}

static void
test_fit (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (VhReading) reading = read_domain (row);
  g_autoptr (VhFit) fit = vh_fit_new (reading, reading, row->device);
  g_autofree char *live = vh_fit_describe (&fit->live);
  g_autofree char *cold = vh_fit_describe (&fit->cold);
  g_autofree char *added = describe_added (&fit->cold);
  g_assert_cmpstr (live, ==, row->live);
  g_assert_cmpstr (cold, ==, row->cold ? row->cold : row->live);
  g_assert_cmpstr (added, ==, row->added);
  /* A dead end has a way out. */
  if (fit->live.fits == VH_KNOWN_NO)
    g_assert_nonnull (fit->live.advice);
}

/* What a newer libvirt knows is refused for another reason. */
static void
test_advice_of_releases (void)
{
  Row row = { "nvme", "pc-q35-7.2", "",   ROOT PORT ("1", "2", ""), VH_FIT_NVME,
              NULL,   NULL,         NULL, VH_VERSION (11, 3, 0),    0 };
  g_autoptr (VhReading) older = read_domain (&row);
  g_autoptr (VhFit) unknown = vh_fit_new (older, older, row.device);
  g_assert_nonnull (strstr (unknown->live.advice, "Take virtio-blk or virtio-scsi"));
  g_assert_cmpstr (unknown->live.advice, ==, unknown->cold.advice);
  row.libvirt = VH_VERSION (12, 8, 0);
  g_autoptr (VhReading) newer = read_domain (&row);
  g_autoptr (VhFit) known = vh_fit_new (newer, newer, row.device);
  g_assert_nonnull (strstr (known->live.advice, "--config"));
  g_assert_cmpint (known->cold.fits, ==, VH_KNOWN_YES);
  g_assert_null (known->cold.advice);
}

static void
test_words (void)
{
  for (guint i = 0; i < VH_N_FIT_DEVICES; i++)
    {
      VhFitDevice device = VH_N_FIT_DEVICES;
      g_assert_true (vh_fit_device_from_word (vh_fit_device_to_word ((VhFitDevice) i), &device));
      g_assert_cmpuint (device, ==, i);
    }
  VhFitDevice device = VH_FIT_E1000;
  g_assert_false (vh_fit_device_from_word ("e100", &device));
  g_assert_cmpuint (device, ==, VH_FIT_E1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/fit/", rows[i].name, NULL);
      g_test_add_data_func (path, &rows[i], test_fit);
    }
  g_test_add_func ("/fit/advice-of-releases", test_advice_of_releases);
  g_test_add_func ("/fit/words", test_words);
  return g_test_run ();
}
