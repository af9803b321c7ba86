/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/slots.h"
#include "tests/topology_text.h"

typedef struct {
  const char *name, *machine, *devices;
  gint32 bus; /* controller index */
  VhMechanism used;
  guint first, last, free;
  gint hotpluggable;
} SlotsRow;

#define UNKNOWN VH_MECHANISM_UNKNOWN
#define NONE VH_MECHANISM_NONE
#define ACPI VH_MECHANISM_ACPI
#define NATIVE VH_MECHANISM_NATIVE
#define SHPC VH_MECHANISM_SHPC
#define I440FX "pc-i440fx-7.2"
#define Q35 "pc-q35-7.2"
#define PORT PCI ("1", "pcie-root-port", AT ("0", "2", "0"))
#define PORT_OFF PCI ("1", "pcie-root-port", "<target hotplug='off'/>" AT ("0", "2", "0"))
#define BRIDGE PCI ("1", "pci-bridge", AT ("0", "4", "0"))

static const SlotsRow slots_rows[] = {
  /* Slot 1 is the PIIX3's, 0 the host bridge's. */
  { "i440fx-root", I440FX, "", 0, ACPI, 1, 31, 30, 30 },
  { "i440fx-root-ide-is-in-slot-1", I440FX,
    "<controller type='ide'>" AT ("0", "1", "1") "</controller>", 0, ACPI, 1, 31, 30, 30 },
  { "i440fx-root-unknown", I440FX, "", 0, UNKNOWN, 1, 31, 30, -1 },
  { "i440fx-root-none", I440FX, "", 0, NONE, 1, 31, 30, 0 },
  { "i440fx-root-off-by-libvirt-on-by-qemu", I440FX,
    PCI ("0", "pci-root", "<target hotplug='off'/>"), 0, ACPI, 1, 31, 30, 30 },
  { "functions-share-a-slot", I440FX,
    NIC (AT ("0", "5", "0")) NIC (AT ("0", "5", "1")) NIC (AT ("0", "5", "7")), 0, ACPI, 1, 31, 29,
    29 },
  { "function-1-occupies-its-slot", I440FX, NIC (AT ("0", "31", "1")), 0, ACPI, 1, 31, 29, 29 },
  { "double-address-counts-once", I440FX, NIC (AT ("0", "5", "0")) NIC (AT ("0", "5", "0")), 0,
    ACPI, 1, 31, 29, 29 },
  { "unaddressed-occupies-nothing", I440FX, NIC ("") NIC (""), 0, ACPI, 1, 31, 30, 30 },
  { "bridge-occupies-a-slot", I440FX, BRIDGE, 0, ACPI, 1, 31, 29, 29 },
  { "bridge", I440FX, BRIDGE, 1, SHPC, 1, 31, 31, 31 },
  { "bridge-slot-0-is-not-libvirts", I440FX, BRIDGE NIC (AT ("1", "0", "0")), 1, ACPI, 1, 31, 31,
    31 },
  { "bridge-slot-31", I440FX, BRIDGE NIC (AT ("1", "31", "0")), 1, ACPI, 1, 31, 30, 30 },
  { "q35-root", Q35, "", 0, NONE, 1, 31, 30, 0 },
  { "q35-root-sata-is-in-slot-1f", Q35,
    "<controller type='sata'>" AT ("0", "0x1f", "2") "</controller>", 0, NONE, 1, 31, 30, 0 },
  { "chipset-sits-on-bus-0-alone", I440FX, PCI ("1", "pci-root", ""), 1, ACPI, 1, 31, 31, 31 },
  { "q35-root-takes-no-attach", Q35, "", 0, ACPI, 1, 31, 30, 0 },
  { "virt-root-has-no-chipset-slot", "virt", "", 0, NONE, 1, 31, 31, 0 },
  { "port", Q35, PORT, 1, NATIVE, 0, 0, 1, 1 },
  { "port-none", Q35, PORT, 1, NONE, 0, 0, 1, 0 },
  { "port-unknown", Q35, PORT, 1, UNKNOWN, 0, 0, 1, -1 },
  { "port-full", Q35, PORT NIC (AT ("1", "0", "0")), 1, NATIVE, 0, 0, 0, 0 },
  { "port-full-unknown", Q35, PORT NIC (AT ("1", "0", "0")), 1, UNKNOWN, 0, 0, 0, 0 },
  { "port-slot-1-is-not-libvirts", Q35, PORT NIC (AT ("1", "1", "0")), 1, NATIVE, 0, 0, 1, 1 },
  { "port-off", Q35, PORT_OFF, 1, ACPI, 0, 0, 1, 0 },
  { "port-off-unknown", Q35, PORT_OFF, 1, UNKNOWN, 0, 0, 1, 0 },
  { "downstream-port", Q35, PCI ("1", "pcie-switch-downstream-port", AT ("0", "2", "0")), 1, ACPI,
    0, 0, 1, 1 },
  { "upstream-port", Q35, PCI ("1", "pcie-switch-upstream-port", AT ("0", "2", "0")), 1, ACPI, 0,
    31, 32, 0 },
  { "dmi-to-pci-bridge", Q35, PCI ("1", "dmi-to-pci-bridge", AT ("0", "2", "0")), 1, ACPI, 0, 31,
    32, 0 },
  { "pcie-to-pci-bridge", Q35, PCI ("1", "pcie-to-pci-bridge", AT ("0", "2", "0")), 1, SHPC, 1, 31,
    31, 31 },
  { "pcie-expander-bus", Q35, PCI ("1", "pcie-expander-bus", AT ("0", "2", "0")), 1, NONE, 0, 31,
    32, 0 },
  { "pci-expander-bus", I440FX, PCI ("1", "pci-expander-bus", AT ("0", "4", "0")), 1, NONE, 0, 31,
    32, 0 },
  { "unknown-model", Q35, PCI ("1", "cxl-root", AT ("0", "2", "0")), 1, UNKNOWN, 0, 31, 32, 0 },
};

static VhModes *
make_modes (const VhTopology *topology, VhMechanism used)
{
  VhModes *modes = g_new0 (VhModes, 1);
  VhMode mode = { .listed = used, .used = used };
  modes->modes = g_array_new (FALSE, FALSE, sizeof (VhMode));
  modes->device_unplug = g_array_new (FALSE, FALSE, sizeof (guint8));
  modes->device_eject = g_array_new (FALSE, FALSE, sizeof (guint8));
  for (guint i = 0; i < vh_topology_get_n_buses (topology); i++)
    {
      mode.reasons = g_array_new (FALSE, FALSE, sizeof (VhReason));
      g_array_append_val (modes->modes, mode);
    }
  return modes;
}

static void
test_slots (gconstpointer data)
{
  const SlotsRow *row = data;
  g_autoptr (VhTopology) topology = topology_read_devices ("", row->machine, row->devices);
  g_autoptr (VhModes) modes = make_modes (topology, row->used);
  gint32 bus = vh_topology_find_bus (topology, row->bus);
  g_assert_cmpint (bus, >=, 0);
  VhSlots slots = vh_slots_of_bus (topology, modes, (guint) bus);
  g_assert_cmpuint (slots.first, ==, row->first);
  g_assert_cmpuint (slots.last, ==, row->last);
  g_assert_cmpuint (slots.free, ==, row->free);
  g_assert_cmpint (slots.hotpluggable_free, ==, row->hotpluggable);
  VhSlots without = vh_slots_of_bus (topology, NULL, (guint) bus);
  g_assert_cmpuint (without.free, ==, row->free);
  g_assert_cmpint (without.hotpluggable_free, ==, -1);
}

typedef struct {
  const char *name, *machine, *devices;
  VhMechanism used;
  gint pcie, pci;
} CountRow;

static const CountRow count_rows[] = {
  { "i440fx", I440FX, BRIDGE, ACPI, 0, 29 + 31 },
  { "i440fx-none", I440FX, BRIDGE, NONE, 0, 0 },
  { "i440fx-unknown", I440FX, BRIDGE, UNKNOWN, 0, -1 },
  { "q35-without-ports", Q35, "", ACPI, 0, 0 },
  { "q35-ports", Q35,
    PORT PCI ("2", "pcie-root-port", AT ("0", "3", "0"))
        PCI ("3", "pcie-to-pci-bridge", AT ("2", "0", "0")),
    ACPI, 1, 31 },
  { "q35-off-port", Q35, PORT_OFF, NATIVE, 0, 0 },
  { "q35-unknown", Q35, PORT, UNKNOWN, -1, 0 },
  { "nothing", "isapc", "", UNKNOWN, 0, 0 },
};

static void
test_count (gconstpointer data)
{
  const CountRow *row = data;
  g_autoptr (VhTopology) topology = topology_read_devices ("", row->machine, row->devices);
  g_autoptr (VhModes) modes = make_modes (topology, row->used);
  VhFreeSlots free_slots = vh_slots_count_free (topology, modes);
  g_assert_cmpint (free_slots.pcie, ==, row->pcie);
  g_assert_cmpint (free_slots.pci, ==, row->pci);
}

/* What is unknown on one bus is unknown in the sum, whatever comes behind. */
static void
test_unknown_stays (void)
{
  g_autoptr (VhTopology) topology = topology_read_devices ("", I440FX, BRIDGE);
  g_autoptr (VhModes) modes = make_modes (topology, ACPI);
  g_array_index (modes->modes, VhMode, 0).used = UNKNOWN;
  g_assert_cmpint (vh_slots_count_free (topology, modes).pci, ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (slots_rows); i++)
    {
      g_autofree char *path = g_strconcat ("/slots/bus/", slots_rows[i].name, NULL);
      g_test_add_data_func (path, &slots_rows[i], test_slots);
    }
  for (guint i = 0; i < G_N_ELEMENTS (count_rows); i++)
    {
      g_autofree char *path = g_strconcat ("/slots/count/", count_rows[i].name, NULL);
      g_test_add_data_func (path, &count_rows[i], test_count);
    }
  g_test_add_func ("/slots/count/unknown-stays", test_unknown_stays);
  return g_test_run ();
}
