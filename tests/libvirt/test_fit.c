/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every prediction of `fit` against the real thing: each device is attached to
 * each domain, to the definition and, one after the other, to the paused
 * domain. VH_FIT_ALL=1 does so with all domains; VH_FIT_ONLY=NAME with one. */
#include "../scratch.h"
#include "backend.h"
#include "model/fit.h"

#include <libvirt/virterror.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
  const char *name, *machine, *features, *devices;
  guint n_filler;
  const char *arguments;
  gboolean is_always;
} Domain;

static const Domain domains[] = {
#define ROW(name, machine, features, devices, n_filler, arguments, is_always)                      \
  { (name), (machine), (features), (devices), (n_filler), (arguments), (is_always) },
#include "fit_domains.def"
};

#define NIC_OF(model) "<interface type='user'><model type='" model "'/></interface>"
#define SCSI_OF(model) "<controller type='scsi' model='" model "'/>"
#define PCI_OF(model) "<controller type='pci' model='" model "'/>"
#define USB_OF(model) "<controller type='usb' model='" model "'/>"
#define HOST_DEVICE                                                                                \
  "<hostdev mode='subsystem' type='pci' managed='yes'><source><address domain='0x7fff' "           \
  "bus='0xfe' slot='0x1f' function='0x7'/></source></hostdev>"

/* NULL: needs a device of the host. %s is a file. */
static const char *const xml_of[VH_N_FIT_DEVICES] = {
  [VH_FIT_VIRTIO_NET] = NIC_OF ("virtio"),
  [VH_FIT_VIRTIO_BLK] = "<disk type='file' device='disk'><driver name='qemu' type='raw'/>"
                        "<source file='%s'/><target dev='vdz' bus='virtio'/></disk>",
  [VH_FIT_VIRTIO_SCSI] = SCSI_OF ("virtio-scsi"),
  [VH_FIT_VIRTIO_TRANSITIONAL] = NIC_OF ("virtio-transitional"),
  [VH_FIT_E1000E] = NIC_OF ("e1000e"),
  [VH_FIT_E1000] = NIC_OF ("e1000"),
  [VH_FIT_RTL8139] = NIC_OF ("rtl8139"),
  [VH_FIT_NVME] = "<controller type='nvme'><serial>a</serial></controller>",
  [VH_FIT_LSILOGIC] = SCSI_OF ("lsilogic"),
  [VH_FIT_LSISAS1068] = SCSI_OF ("lsisas1068"),
  [VH_FIT_VMPVSCSI] = SCSI_OF ("vmpvscsi"),
  [VH_FIT_RNG] = "<rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>",
  [VH_FIT_INPUT] = "<input type='tablet' bus='virtio'/>",
  [VH_FIT_WATCHDOG] = "<watchdog model='i6300esb'/>",
  [VH_FIT_HOSTDEV] = HOST_DEVICE,
  [VH_FIT_HOSTDEV_PCI] = NULL,
  [VH_FIT_QEMU_XHCI] = USB_OF ("qemu-xhci"),
  [VH_FIT_EHCI] = USB_OF ("ehci"),
  [VH_FIT_PIIX3_UHCI] = USB_OF ("piix3-uhci"),
  [VH_FIT_VIRTIO_SERIAL] = "<controller type='virtio-serial'/>",
  [VH_FIT_ROOT_PORT] = PCI_OF ("pcie-root-port"),
  [VH_FIT_PCI_BRIDGE] = PCI_OF ("pci-bridge"),
  [VH_FIT_PCIE_TO_PCI_BRIDGE] = PCI_OF ("pcie-to-pci-bridge"),
};

static VhBackend *backend;
static VhVersion qemu, libvirt;
static char *disk;
static guint n_asked, n_wrong;

static char *
new_xml (const Domain *domain)
{
  g_autoptr (GString) filler = g_string_new (NULL);
  g_autofree char *machine = vh_backend_find_machine (domain->machine);
  for (guint i = 0; i < domain->n_filler; i++)
    g_string_append_printf (filler, "<controller type='scsi' index='%u' model='lsilogic'/>", i);
  return g_strdup_printf (
      "<domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>"
      "<name>%s</name><memory>32768</memory><os><type arch='x86_64' machine='%s'>hvm</type></os>"
      "%s<devices><emulator>/usr/bin/qemu-system-x86_64</emulator>"
      "<controller type='usb' model='none'/>%s%s<memballoon model='none'/></devices>"
      "<qemu:commandline>%s</qemu:commandline></domain>",
      domain->name, machine, domain->features, domain->devices, filler->str, domain->arguments);
}

static char *
get_xml (virDomainPtr domain, guint flags)
{
  char *xml = virDomainGetXMLDesc (domain, flags);
  g_assert_nonnull (xml);
  char *copy = g_strdup (xml);
  free (xml);
  return copy;
}

static VhReading *
read_domain (virDomainPtr domain, guint flags)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = get_xml (domain, flags);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (VhDocument) document = vh_document_new (bytes, &error);
  g_assert_no_error (error);
  g_autoptr (VhCaps) caps = vh_caps_new ();
  vh_caps_set_qemu (caps, qemu, VH_ORIGIN_PROBED);
  caps->libvirt = libvirt;
  VhReading *reading = vh_reading_new (document, caps, &error);
  g_assert_no_error (error);
  return reading;
}

/* "bus 2, slot 0" of the device that `after` has more than `before`, with the
 * controllers that came along. */
static char *
describe_new (const VhTopology *before, const VhTopology *after)
{
  GString *text = g_string_new (NULL);
  guint at = 0;
  for (guint i = 0; i < vh_topology_get_n_devices (after); i++)
    {
      const VhDevice *device = vh_topology_get_device (after, i);
      while (at < vh_topology_get_n_devices (before) &&
             vh_address_compare (&vh_topology_get_device (before, at)->at, &device->at) < 0)
        at++;
      gboolean is_old =
          at < vh_topology_get_n_devices (before) &&
          vh_address_compare (&vh_topology_get_device (before, at)->at, &device->at) == 0;
      if (!is_old && device->secondary_bus < 0)
        g_string_append_printf (text, "bus %d, slot %d", device->at.bus, device->at.slot);
    }
  for (guint i = vh_topology_get_n_buses (before); i < vh_topology_get_n_buses (after); i++)
    {
      const VhBus *bus = vh_topology_get_bus (after, i);
      g_string_append_printf (text, "; %s %d on %d, %d", vh_bus_model_to_string (bus->model),
                              bus->index, bus->at.bus, bus->at.slot);
    }
  return g_string_free (text, FALSE);
}

static char *
describe_answer (const VhFitAnswer *answer)
{
  if (answer->fits != VH_KNOWN_YES)
    return g_strdup (answer->fits == VH_KNOWN_NO ? answer->error : "not known");
  GString *text = g_string_new (NULL);
  g_string_append_printf (text, "bus %d, slot %d", answer->bus, answer->slot);
  for (guint i = 0; i < answer->added->len; i++)
    {
      const VhFitAdded *row = &g_array_index (answer->added, VhFitAdded, i);
      g_string_append_printf (text, "; %s %d on %d, %d", vh_bus_model_to_string (row->model),
                              row->index, row->bus, row->slot);
    }
  return g_string_free (text, FALSE);
}

static void
compare (const Domain *domain, const VhFit *fit, gboolean is_live, const char *real)
{
  g_autofree char *predicted = describe_answer (is_live ? &fit->live : &fit->cold);
  n_asked++;
  if (g_str_equal (predicted, real))
    return;
  n_wrong++;
  g_autofree char *message = g_strdup_printf ("%s: %s, %s: predicted “%s”, libvirt: “%s”",
                                              domain->name, vh_fit_device_to_word (fit->device),
                                              is_live ? "live" : "cold", predicted, real);
  vh_scratch_tell (message);
  g_test_fail ();
}

/* TRUE when the device is on the domain now. */
static gboolean
attach (const Domain *row, virDomainPtr domain, VhFitDevice device, gboolean is_live)
{
  const guint flags = is_live ? VIR_DOMAIN_AFFECT_LIVE : VIR_DOMAIN_AFFECT_CONFIG;
  const guint which = is_live ? 0 : VIR_DOMAIN_XML_INACTIVE;
  const char *xml = xml_of[device];
  g_autoptr (VhReading) before = read_domain (domain, which);
  g_autoptr (VhFit) fit = vh_fit_new (before, before, device);
  g_auto (GStrv) parts = g_strsplit (xml, "%s", 2);
  g_autofree char *text = g_strjoinv (disk, parts);
  if (virDomainAttachDeviceFlags (domain, text, flags) < 0)
    {
      compare (row, fit, is_live, virGetLastErrorMessage ());
      return FALSE;
    }
  g_autoptr (VhReading) after = read_domain (domain, which);
  g_autofree char *real = describe_new (before->topology, after->topology);
  compare (row, fit, is_live, real);
  return TRUE;
}

static void
attach_cold (const Domain *row, virConnectPtr connection, virDomainPtr domain)
{
  g_autofree char *stored = get_xml (domain, VIR_DOMAIN_XML_INACTIVE);
  for (guint device = 0; device < VH_N_FIT_DEVICES; device++)
    if (xml_of[device] && attach (row, domain, (VhFitDevice) device, FALSE))
      {
        virDomainPtr again = virDomainDefineXML (connection, stored);
        g_assert_nonnull (again);
        virDomainFree (again);
      }
}

static void
attach_live (const Domain *row, virDomainPtr domain)
{
  if (virDomainCreateWithFlags (domain, VIR_DOMAIN_START_PAUSED) < 0)
    {
      vh_scratch_tell (virGetLastErrorMessage ());
      g_test_fail ();
      return;
    }
  for (guint device = 0; device < VH_N_FIT_DEVICES; device++)
    if (xml_of[device] && device != VH_FIT_HOSTDEV)
      attach (row, domain, (VhFitDevice) device, TRUE);
  g_assert_cmpint (virDomainDestroy (domain), ==, 0);
}

static void
test_domain (gconstpointer data)
{
  const Domain *row = data;
  virConnectPtr connection = vh_backend_connect (backend);
  g_autofree char *xml = new_xml (row);
  virDomainPtr domain = virDomainDefineXML (connection, xml);
  g_assert_nonnull (domain);
  attach_cold (row, connection, domain);
  attach_live (row, domain);
  g_assert_cmpint (virDomainUndefine (domain), ==, 0);
  virDomainFree (domain);
  virConnectClose (connection);
}

/* libvirt takes hotplug of pci-root from 7.9 on. */
static gboolean
needs_root_switch (const Domain *domain)
{
  return strstr (domain->devices, "model='pci-root'>" OFF) != NULL;
}

static void
add_tests (void)
{
  const char *only = g_getenv ("VH_FIT_ONLY");
  for (guint i = 0; i < G_N_ELEMENTS (domains); i++)
    {
      g_autofree char *path = g_strconcat ("/fit/", domains[i].name, NULL);
      if (libvirt < VH_VERSION (7, 9, 0) && needs_root_switch (&domains[i]))
        continue;
      gboolean is_wanted = only ? g_str_equal (only, domains[i].name)
                                : domains[i].is_always || g_getenv ("VH_FIT_ALL");
      if (is_wanted)
        g_test_add_data_func (path, &domains[i], test_domain);
    }
}

static void
ask_version (void)
{
  unsigned long version = 0;
  virConnectPtr connection = vh_backend_connect (backend);
  g_assert_cmpint (virConnectGetVersion (connection, &version), ==, 0);
  qemu = (VhVersion) version;
  g_assert_cmpint (virConnectGetLibVersion (connection, &version), ==, 0);
  libvirt = (VhVersion) version;
  virConnectClose (connection);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  backend = vh_backend_new (VH_BACKEND_EMBED);
  if (!backend)
    return 0;
  disk = vh_scratch_write (backend->folder, "disk.img", "", 0600);
  g_assert_cmpint (truncate (disk, 1 << 20), ==, 0);
  ask_version ();
  add_tests ();
  int status = g_test_run ();
  g_printerr ("%u of %u answers\n", n_asked - n_wrong, n_asked);
  vh_backend_free (backend);
  g_free (disk);
  return status;
}
