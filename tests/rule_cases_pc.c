/* SPDX-License-Identifier: GPL-2.0-or-later */
/* i440fx, and machines without rules. */
#include "rule_case.h"

#define BRIDGES "; bus 0 pci-root; bus 1 pci-bridge on 0 at 5.0; bus 2 pci-bridge on 1 at 3.0"
#define PIIX4_OFF(property) "; global PIIX4_PM " property " off"
#define ROOT_OFF PIIX4_OFF ("acpi-root-pci-hotplug")
#define BRIDGE_OFF PIIX4_OFF ("acpi-pci-hotplug-with-bridge-support")

const RuleCase pc_cases[] = {
  { "default", "pc-i440fx-7.2; qemu 7.2" BRIDGES,
    "bus 0 acpi offers acpi +piix4-root-on -piix4-root-off -piix4-tables-lost -acpi-off;"
    "bus 1 acpi offers acpi +piix4-bridge-on +bridge-acpi +piix4-no-shpc -piix4-bridge-off"
    " -shpc-works -unknown-setting;"
    "bus 2 acpi offers acpi +piix4-bridge-on -not-addressed -misplaced" },
  { "root-off", "pc-i440fx-7.2; qemu 7.2; bus 0 pci-root hotplug=off; bus 1 pci-bridge on 0 at 5.0",
    "bus 0 none offers nothing +piix4-root-off -piix4-root-on;"
    "bus 1 acpi offers acpi +piix4-bridge-on" },
  { "root-off-global-on",
    "pc-i440fx-7.2; qemu 7.2; bus 0 pci-root hotplug=off; global PIIX4_PM acpi-root-pci-hotplug on",
    "bus 0 acpi +piix4-root-on" },
  { "root-on-global-off", "pc-i440fx-7.2; qemu 7.2; bus 0 pci-root hotplug=on" ROOT_OFF,
    "bus 0 none +piix4-root-off" },
  { "bridge-off", "pc-i440fx-7.2; qemu 7.2" BRIDGE_OFF BRIDGES,
    "bus 0 acpi;"
    "bus 1 none offers nothing +piix4-bridge-off +piix4-no-shpc +piix4-late-plug"
    " -piix4-both-off -piix4-bridge-on -bridge-acpi" },
  { "both-off", "pc-i440fx-7.2; qemu 7.2" BRIDGE_OFF ROOT_OFF BRIDGES,
    "bus 0 none; bus 1 none +piix4-both-off -piix4-late-plug" },
  { "bridge-off-2.9", "pc-i440fx-2.9; qemu 7.2" BRIDGE_OFF BRIDGES,
    "bus 1 none +piix4-bridge-off -piix4-no-shpc -piix4-late-plug" },
  { "old-default", "pc-i440fx-1.7; qemu 7.2" BRIDGES,
    "bus 0 acpi +piix4-root-on -piix4-tables-lost; bus 1 none +piix4-bridge-off" },
  { "last-global-wins",
    "pc-i440fx-7.2; qemu 7.2" BRIDGE_OFF
    "; global PIIX4_PM acpi-pci-hotplug-with-bridge-support on" BRIDGES,
    "bus 1 acpi +piix4-bridge-on" },
  { "global-of-q35",
    "pc-i440fx-7.2; qemu 7.2; global ICH9-LPC acpi-pci-hotplug-with-bridge-support off" BRIDGES,
    "bus 1 acpi +piix4-bridge-on" },
  { "feature-off", "pc-i440fx-7.2; qemu 7.2; feature off" BRIDGES, "bus 1 none +piix4-bridge-off" },
  { "feature-off-global-on",
    "pc-i440fx-7.2; qemu 7.2; feature off;"
    "global PIIX4_PM acpi-pci-hotplug-with-bridge-support on" BRIDGES,
    "bus 1 acpi +piix4-bridge-on" },
  { "no-acpi", "pc-i440fx-7.2; qemu 7.2; acpi off" BRIDGES,
    "bus 0 none offers nothing +acpi-off +piix4-no-acpi-root;"
    "bus 1 shpc offers shpc +acpi-off +shpc-works -shpc-absent -piix4-no-acpi-root" },
  { "no-acpi-2.9", "pc-i440fx-2.9; qemu 10.0; acpi off" BRIDGES,
    "bus 1 none offers nothing +shpc-absent -shpc-works" },
  { "no-acpi-shpc-global-on",
    "pc-i440fx-2.9; qemu 7.2; acpi off; global pci-bridge shpc on" BRIDGES,
    "bus 1 shpc; bus 2 shpc" },
  { "no-acpi-shpc-override-off",
    "pc-i440fx-7.2; qemu 7.2; acpi off; override pci.1 shpc false" BRIDGES,
    "bus 1 none; bus 2 shpc" },
  { "no-acpi-uefi", "pc-i440fx-7.2; qemu 7.2; acpi off; uefi" BRIDGES,
    "bus 0 unknown +uefi-needs-acpi" },
  { "expander",
    "pc-i440fx-7.2; qemu 7.2; bus 0 pci-root; bus 1 pci-expander-bus on 0 at 9.0;"
    "bus 2 pci-bridge on 1 at 1.0; bus 3 pci-bridge on 2 at 1.0; bus 4 pci-bridge on 0 at 5.0",
    "bus 1 none +expander-bus -expander-not-found; bus 2 none offers nothing +expander-no-aml "
    "-expander-not-found;"
    "bus 3 none +expander-no-aml; bus 4 acpi -expander-no-aml -expander-bus" },
  { "expander-no-acpi",
    "pc-i440fx-7.2; qemu 7.2; acpi off; bus 0 pci-root; bus 1 pci-expander-bus on 0 at 9.0;"
    "bus 2 pci-bridge on 1 at 1.0",
    "bus 1 none +expander-bus +expander-not-found; bus 2 none +expander-not-found "
    "-expander-no-aml" },
  { "tables-lost", "pc-i440fx-2.0; qemu 7.2.22; bus 0 pci-root; bus 1 pci-bridge on 0 at 5.0",
    "bus 0 none offers nothing +piix4-tables-lost;"
    "bus 1 none offers shpc lists shpc +piix4-tables-lost" },
  { "tables-lost-1.7",
    "pc-i440fx-1.7; qemu 7.2; global PIIX4_PM acpi-pci-hotplug-with-bridge-support on;"
    "bus 0 pci-root; bus 1 pci-bridge on 0 at 5.0",
    "bus 0 none +piix4-tables-lost" },
  { "tables-kept-without-bridge", "pc-i440fx-2.0; qemu 7.2; bus 0 pci-root",
    "bus 0 acpi -piix4-tables-lost" },
  { "tables-kept-bridge-off", "pc-i440fx-2.0; qemu 7.2" BRIDGE_OFF BRIDGES,
    "bus 0 acpi -piix4-tables-lost" },
  { "tables-kept-5.2", "pc-i440fx-2.0; qemu 5.2; bus 0 pci-root; bus 1 pci-bridge on 0 at 5.0",
    "bus 0 acpi -piix4-tables-lost; bus 1 acpi" },
  { "tables-lost-5.2", "pc-i440fx-2.0; qemu 5.2" BRIDGES,
    "bus 0 none offers nothing +piix4-tables-lost;"
    "bus 1 none offers shpc lists shpc +piix4-tables-lost" },
  { "tables-untried-6.0", "pc-i440fx-2.0; qemu 6.0; bus 0 pci-root; bus 1 pci-bridge on 0 at 5.0",
    "bus 0 unknown offers nothing +unknown-qemu -piix4-tables-lost; bus 1 unknown +unknown-qemu" },
  { "tables-unknown-qemu", "pc-i440fx-2.0" BRIDGES, "bus 0 unknown +unknown-qemu" },
  { "tables-2.1", "pc-i440fx-2.1" BRIDGES, "bus 0 acpi -unknown-qemu; bus 1 acpi" },
  { "alias-without-facts", "pc" BRIDGES,
    "bus 0 unknown +unknown-setting; bus 1 unknown +unknown-setting" },
  { "alias-with-facts", "pc; fact default-root yes; fact default-bridge no" BRIDGES,
    "bus 0 acpi; bus 1 none +piix4-bridge-off" },
  { "facts-of-another-machine",
    "pc; fact default-root yes; fact default-bridge no; recorded-machine pc-i440fx-1.7" BRIDGES,
    "bus 0 unknown; bus 1 unknown" },
  { "facts-beat-the-table", "pc-i440fx-7.2; qemu 7.2; fact default-bridge no" BRIDGES,
    "bus 1 none +piix4-bridge-off" },
  { "bad-value", "pc-i440fx-7.2; qemu 7.2; global PIIX4_PM acpi-root-pci-hotplug maybe" BRIDGES,
    "bus 0 unknown +unknown-setting; bus 1 acpi" },
  { "not-addressed", "pc-i440fx-7.2; qemu 7.2; bus 0 pci-root; bus 1 pci-bridge",
    "bus 1 acpi +not-addressed" },
  { "pcie-on-i440fx", "pc-i440fx-7.2; qemu 7.2; bus 0 pci-root; bus 1 pcie-root-port on 0 at 5.0",
    "bus 1 unknown +misplaced" },
  { "double-index",
    "pc-i440fx-7.2; qemu 7.2; bus 0 pci-root; bus 1 pci-bridge on 0 at 5.0; bus 1 pci-bridge on 0 "
    "at 6.0",
    "bus 1 acpi" },
  { "xen", "pc-i440fx-7.2; qemu 7.2; type xen" BRIDGES, "bus 0 unknown +not-qemu; bus 1 unknown" },
  { "kvm", "pc-i440fx-7.2; qemu 7.2; type kvm" BRIDGES, "bus 0 acpi -not-qemu -unknown-machine" },
  { "unplug",
    "pc-i440fx-7.2; qemu 7.2" BRIDGES "; device interface_a on 0 at 7.0;"
    "device video_b on 0 at 2.0; device controller_scsi_0 on 1 at 4.0;"
    "device controller_virtio-serial_0 on 1 at 5.0; device disk_a on 2 at 6.0;"
    "device disk_b on 2 at 6.1; device strange_c on 2 at 7.0",
    "unplug 0 7.0 acpi; unplug 0 2.0 none; unplug 1 4.0 acpi; unplug 1 5.0 none;"
    "unplug 2 6.0 none; unplug 2 6.1 none; unplug 0 5.0 none; unplug 2 7.0 unknown" },
  { "unplug-held",
    "pc-i440fx-7.2; qemu 7.2" BRIDGES "; device controller_scsi_0 on 0 at 7.0 mark=busy;"
    "device controller_scsi_1 on 0 at 8.0; device filesystem_a on 0 at 9.0 mark=fixed;"
    "device filesystem_b on 0 at a.0; device memory_virtio-mem on 0 at b.0",
    "unplug 0 7.0 none; unplug 0 8.0 acpi; unplug 0 9.0 none; unplug 0 a.0 acpi;"
    "unplug 0 b.0 none" },
  { "unplug-memory",
    "pc-i440fx-7.2; qemu 10.0; bus 0 pci-root; device memory_virtio-mem on 0 at b.0",
    "unplug 0 b.0 unknown" },
  { "unplug-off",
    "pc-i440fx-7.2; qemu 7.2; bus 0 pci-root hotplug=off; global PIIX4_PM acpi-root-pci-hotplug on;"
    "bus 1 pci-bridge on 0 at 5.0; device interface_a on 0 at 7.0; device strange_b on 1 at 1.0;"
    "device disk_a on 1 at 2.0" BRIDGE_OFF,
    "bus 0 acpi; unplug 0 7.0 none; unplug 1 1.0 none; unplug 1 2.0 none" },
};
const guint n_pc_cases = G_N_ELEMENTS (pc_cases);
