/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "rule_case.h"

#define GED(value) "; global acpi-ged acpi-pci-hotplug-with-bridge-support " value
#define TREE                                                                                       \
  "; bus 0 pcie-root; bus 1 pcie-root-port on 0 at 1.0;"                                           \
  "bus 2 pcie-root-port on 0 at 2.0 hotplug=off; bus 3 pcie-to-pci-bridge on 1 at 0.0;"            \
  "bus 4 pci-bridge on 3 at 1.0; bus 5 pcie-expander-bus on 0 at 3.0;"                             \
  "bus 6 pcie-root-port on 5 at 0.0; bus 7 pcie-root-port on 0 at 4.0;"                            \
  "bus 8 pcie-switch-upstream-port on 7 at 0.0;"                                                   \
  "bus 9 pcie-switch-downstream-port on 8 at 0.0;"                                                 \
  "bus 10 pcie-switch-downstream-port on 8 at 2.0 hotplug=off; bus 11 pcie-root-port on 0 at 5.0;" \
  "device disk_a on 11 at 0.0; bus 12 pcie-root-port on 5 at 1.0 hotplug=off"

const RuleCase other_cases[] = {
  { "virt", "virt-10.0 aarch64; qemu 11.1" TREE,
    "bus 0 none +pcie-root -ged-root-lost; bus 1 native offers native +virt-native -ged-bridge-on;"
    "bus 2 none +port-off -ged-port-off; bus 3 shpc +virt-native; bus 4 shpc;"
    "bus 5 none +expander-bus; bus 6 native +virt-native; bus 7 native; bus 8 none; bus 9 native;"
    "bus 10 none; bus 11 native; bus 12 none; unplug 11 0.0 native" },
  { "virt-no-acpi", "virt-10.0 aarch64; qemu 11.1; acpi off" TREE,
    "bus 1 native +virt-native; bus 6 none +expander-not-found -virt-native" },
  { "virt-ged-without-acpi", "virt-10.0 aarch64; qemu 11.1; acpi off" GED ("on") TREE,
    "bus 0 none +pcie-root; bus 1 native +virt-native -ged-bridge-on; bus 6 none" },
  { "virt-ged", "virt-10.0 aarch64; qemu 11.1" GED ("on") TREE,
    "bus 0 none offers acpi lists acpi +ged-root-lost +ged-bridge-on -pcie-root -virt-native;"
    "bus 1 none +port-holds-bridge; bus 2 acpi +ged-port-off +port-acpi -port-off;"
    "bus 3 acpi offers acpi,shpc +bridge-acpi +acpi-before-shpc -ged-port-off; bus 4 acpi;"
    "bus 5 none +expander-bus -ged-bridge-on; bus 6 native +expander-grants -virt-native;"
    "bus 8 none; bus 9 acpi; bus 10 acpi +ged-port-off; bus 11 acpi; bus 12 none +port-off;"
    "unplug 11 0.0 acpi" },
  { "virt-ged-off", "virt-10.0 aarch64; qemu 11.1" GED ("off") TREE,
    "bus 1 native +virt-native; bus 2 none" },
  { "virt-default-on", "virt-10.0 aarch64; qemu 11.2; fact default-bridge yes" TREE,
    "bus 1 none +port-holds-bridge; bus 2 acpi +ged-bridge-on" },
  { "virt-default-unknown", "virt-rhel9.4.0 aarch64; qemu 11.1" TREE,
    "bus 1 unknown +unknown-setting; bus 0 unknown" },
  { "virt-before-ged", "virt-7.2 aarch64; qemu 7.2" GED ("on") TREE,
    "bus 0 none; bus 1 native +virt-native; bus 9 native" },
  { "virt-5.2", "virt-5.2 aarch64; qemu 5.2" TREE,
    "bus 1 native; bus 9 none lists native +port-link-down" },
  { "virt-alias", "virt aarch64; qemu 11.1; bus 0 pcie-root; bus 1 pcie-root-port on 0 at 1.0",
    "bus 1 native +virt-native" },
  { "virt-no-qemu", "virt aarch64; bus 0 pcie-root",
    "bus 0 unknown +unknown-qemu -unknown-machine" },
  { "virt-ancient", "virt-4.2 aarch64; qemu 4.2; bus 0 pcie-root",
    "bus 0 unknown +unknown-machine" },
  { "virt-riscv", "virt riscv64; qemu 11.1" TREE,
    "bus 0 unknown +unknown-machine; bus 1 unknown -virt-native; bus 9 unknown" },
  { "virt-loongarch", "virt loongarch64; qemu 11.1" TREE, "bus 0 unknown +unknown-machine" },
  { "pseries",
    "pseries-7.2 ppc64; qemu 7.2; bus 0 pci-root; bus 1 pci-root; bus 2 pci-bridge on 1 at 1.0;"
    "device interface_a on 1 at 2.0; device disk_b on 2 at 3.0",
    "bus 0 papr offers papr +pseries-dlpar -unknown-machine -s390-zpci; bus 1 papr;"
    "bus 2 unknown +unknown-machine -pseries-dlpar; unplug 1 2.0 papr; unplug 2 3.0 unknown;"
    "finds +note:unknown-machine" },
  { "s390", "s390-ccw-virtio-7.2 s390x; qemu 7.2; bus 0 pci-root; bus 1 pci-bridge on 0 at 1.0",
    "bus 0 sclp offers sclp +s390-zpci -pseries-dlpar -unknown-machine;"
    "bus 1 unknown +unknown-machine -s390-zpci" },
  { "s390-pci", "s390-ccw-virtio-7.2 s390x; qemu 7.2; type xen; bus 0 pci-root",
    "bus 0 unknown +not-qemu -s390-zpci" },
  { "microvm", "microvm; qemu 7.2; bus 0 pcie-root", "bus 0 unknown +unknown-machine" },
  { "isapc", "isapc; qemu 7.2; bus 0 pci-root", "bus 0 unknown +unknown-machine" },
  { "other", "mac99 ppc; qemu 7.2; bus 0 pci-root", "bus 0 unknown +unknown-machine" },
};
const guint n_other_cases = G_N_ELEMENTS (other_cases);
