/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "rule_case.h"

#define BRIDGE(value) "; global ICH9-LPC acpi-pci-hotplug-with-bridge-support " value
/* One of each kind in the main tree. */
#define TREE                                                                                       \
  "; bus 0 pcie-root; bus 1 pcie-root-port on 0 at 2.0;"                                           \
  "bus 2 pcie-root-port on 0 at 2.1 hotplug=off; bus 3 pcie-root-port on 0 at 2.2;"                \
  "bus 4 pcie-switch-upstream-port on 3 at 0.0;"                                                   \
  "bus 5 pcie-switch-downstream-port on 4 at 0.0; bus 6 pcie-root-port on 0 at 3.0;"               \
  "bus 7 pcie-to-pci-bridge on 6 at 0.0; bus 8 pci-bridge on 7 at 2.0;"                            \
  "bus 9 dmi-to-pci-bridge on 0 at 4.0; bus 10 pci-bridge on 9 at 1.0;"                            \
  "bus 11 pcie-root-port on 0 at 5.0; device disk_a on 11 at 0.0"
/* The same below an expander bus. */
#define EXPANDER                                                                                   \
  "; bus 0 pcie-root; bus 1 pcie-expander-bus on 0 at 6.0; bus 2 pcie-root-port on 1 at 0.0;"      \
  "bus 3 pcie-root-port on 1 at 1.0; bus 4 pcie-switch-upstream-port on 3 at 0.0;"                 \
  "bus 5 pcie-switch-downstream-port on 4 at 0.0; bus 6 pcie-root-port on 1 at 2.0 hotplug=off;"   \
  "bus 7 pcie-root-port on 1 at 3.0; bus 8 pcie-to-pci-bridge on 7 at 0.0;"                        \
  "bus 9 pci-bridge on 8 at 1.0; bus 10 dmi-to-pci-bridge on 1 at 4.0;"                            \
  "bus 11 pci-bridge on 10 at 1.0"
/* A switch behind a port with hotplug off. */
#define BEHIND_OFF                                                                                 \
  "; bus 0 pcie-root; bus 1 pcie-root-port on 0 at 2.0 hotplug=off;"                               \
  "bus 2 pcie-switch-upstream-port on 1 at 0.0;"                                                   \
  "bus 3 pcie-switch-downstream-port on 2 at 3.0; bus 4 pcie-switch-downstream-port on 2 at 3.1;"  \
  "bus 5 pcie-to-pci-bridge on 4 at 0.0; bus 6 pci-bridge on 5 at 1.0;"                            \
  "device disk_a on 6 at 2.0; device disk_b on 3 at 0.0; bus 7 pcie-root-port on 0 at 3.0"
/* A switch whose ports leave slot 1 empty; 9 is walked before it, 1 after it. */
#define GAP                                                                                        \
  "; bus 0 pcie-root; bus 1 pcie-root-port on 0 at 2.0; bus 2 pcie-root-port on 0 at 3.0;"         \
  "bus 3 pcie-switch-upstream-port on 2 at 0.0; bus 4 pcie-switch-downstream-port on 3 at 0.0;"    \
  "bus 5 pcie-switch-downstream-port on 3 at 2.0; bus 6 pcie-to-pci-bridge on 5 at 0.0;"           \
  "bus 7 pcie-root-port on 0 at 4.0; device disk_a on 7 at 0.0; bus 8 pcie-root-port on 0 at 5.0"

const RuleCase q35_cases[] = {
  { "bridge-on", "pc-q35-7.2; qemu 7.2" TREE,
    "bus 0 none offers nothing +pcie-root -seabios-tables;"
    "bus 1 acpi offers acpi +ich9-bridge-on +port-acpi +port-native-denied -port-native"
    " -ich9-bridge-off -port-off -port-occupied -port-holds-bridge -port-hpc-hidden;"
    "bus 2 none offers nothing +port-off;"
    "bus 3 none offers nothing +port-holds-bridge -port-acpi;"
    "bus 4 none offers nothing +upstream-bus -upstream-slot-0;"
    "bus 5 acpi +port-acpi -upstream-bus -switch-gap -switch-walk -port-link-down;"
    "bus 7 acpi offers acpi,shpc +bridge-acpi +acpi-before-shpc -pcie-root -dmi-none;"
    "bus 8 acpi offers acpi,shpc; bus 9 acpi offers acpi +bridge-acpi -acpi-before-shpc -dmi-none;"
    "bus 10 acpi; bus 11 acpi; unplug 11 0.0 acpi; unplug 3 0.0 none" },
  { "bridge-on-2.9", "pc-q35-2.9; qemu 7.2" BRIDGE ("on") TREE,
    "bus 1 acpi; bus 8 acpi offers acpi -acpi-before-shpc; bus 7 acpi offers acpi,shpc" },
  { "bridge-off", "pc-q35-7.2; qemu 7.2" BRIDGE ("off") TREE,
    "bus 0 none +pcie-root;"
    "bus 1 native offers native +ich9-bridge-off +port-native -port-native-denied -port-acpi"
    " -ich9-bridge-on -ich9-no-property;"
    "bus 2 none +port-off; bus 3 native offers native -port-holds-bridge;"
    "bus 4 none +upstream-bus; bus 5 native; bus 7 shpc offers shpc +shpc-works;"
    "bus 8 shpc; bus 9 none +dmi-none -bridge-acpi; bus 10 shpc; bus 11 native;"
    "unplug 11 0.0 native" },
  { "default-6.0", "pc-q35-6.0; qemu 7.2" TREE, "bus 1 native +ich9-bridge-off; bus 5 native" },
  { "default-6.1", "pc-q35-6.1; qemu 7.2" TREE,
    "bus 1 acpi offers acpi -port-native-denied; bus 5 acpi" },
  { "6.1-bridge-off", "pc-q35-6.1; qemu 7.2" BRIDGE ("off") TREE, "bus 1 native" },
  { "feature-off", "pc-q35-7.2; qemu 7.2; feature off" TREE, "bus 1 native +ich9-bridge-off" },
  { "global-of-i440fx",
    "pc-q35-7.2; qemu 7.2; global PIIX4_PM acpi-pci-hotplug-with-bridge-support off" TREE,
    "bus 1 acpi +ich9-bridge-on" },
  { "native-off",
    "pc-q35-7.2; qemu 7.2; global pcie-root-port x-native-hotplug off" BRIDGE ("off") TREE,
    "bus 1 none offers nothing +port-hpc-hidden -port-native; bus 5 native" },
  { "native-off-all",
    "pc-q35-7.2; qemu 7.2; global pcie-slot x-native-hotplug off" BRIDGE ("off") TREE,
    "bus 1 none; bus 5 none" },
  { "native-off-ioh3420",
    "pc-q35-7.2; qemu 7.2; global ioh3420 x-native-hotplug off; bus 0 pcie-root;"
    "bus 1 pcie-root-port on 0 at 2.0 name=ioh3420; bus 2 pcie-root-port on 0 at 3.0" BRIDGE (
        "off"),
    "bus 1 none; bus 2 native" },
  { "native-hidden-10",
    "pc-q35-7.2; qemu 10.0; global pcie-root-port"
    " x-do-not-expose-native-hotplug-cap on" BRIDGE ("off") TREE,
    "bus 1 none +port-hpc-hidden" },
  { "native-override", "pc-q35-7.2; qemu 7.2; override pci.1 x-native-hotplug false" TREE,
    "bus 1 acpi +port-acpi -port-native-denied; bus 11 acpi +port-native-denied" },
  { "hotplug-override",
    "pc-q35-7.2; qemu 7.2; override pci.1 hotplug false;"
    "override pci.2 hotplug true" TREE,
    "bus 1 none +port-off; bus 2 acpi -port-off" },
  { "hotplug-removed", "pc-q35-7.2; qemu 7.2; override pci.2 hotplug" TREE,
    "bus 2 acpi -port-off" },
  { "hotplug-global",
    "pc-q35-7.2; qemu 7.2; global pcie-root-port hotplug off; bus 0 pcie-root;"
    "bus 1 pcie-root-port on 0 at 2.0 hotplug=on; bus 2 pcie-root-port on 0 at 3.0",
    "bus 1 acpi; bus 2 none +port-off" },
  { "occupied-but-unheard", "pc-q35-7.2; qemu 7.2" BEHIND_OFF,
    "bus 3 acpi +port-occupied +behind-off-lost; unplug 3 0.0 none" },
  { "expander", "pc-q35-7.2; qemu 7.2" EXPANDER,
    "bus 1 none +expander-bus; bus 2 native offers native +expander-grants +port-native"
    " -expander-nothing -ich9-bridge-on; bus 3 native; bus 4 none +upstream-bus; bus 5 native;"
    "bus 6 none +port-off; bus 8 shpc offers shpc; bus 9 shpc; bus 10 none +dmi-none;"
    "bus 11 shpc -expander-no-room; finds -expander-no-room" },
  { "expander-6.1", "pc-q35-6.1; qemu 7.2" EXPANDER,
    "bus 2 none offers nothing +expander-nothing -port-native; bus 5 none; bus 8 shpc;"
    "finds +warning:expander-nothing@2" },
  { "expander-6.1-keep-hpc",
    "pc-q35-6.1; qemu 7.2; global ICH9-LPC x-keep-pci-slot-hpc on" EXPANDER,
    "bus 2 native -expander-nothing; finds -expander-nothing" },
  { "expander-6.1-native-on",
    "pc-q35-6.1; qemu 7.2; global pcie-root-port x-native-hotplug on" EXPANDER, "bus 2 native" },
  { "expander-keep-hpc-off",
    "pc-q35-7.2; qemu 7.2; global ICH9-LPC x-keep-pci-slot-hpc off" EXPANDER,
    "bus 2 none +expander-nothing" },
  { "expander-bridge-off", "pc-q35-6.1; qemu 7.2" BRIDGE ("off") EXPANDER,
    "bus 2 native; bus 9 shpc" },
  { "main-tree", "pc-q35-7.2; qemu 7.2" TREE, "bus 1 acpi -expander-grants -behind-off-works" },
  { "behind-off-7.2", "pc-q35-7.2; qemu 7.2" BEHIND_OFF,
    "bus 1 none; bus 2 none offers nothing; bus 5 none offers acpi,shpc lists acpi +behind-off-lost"
    " -behind-off-works -switch-gap -switch-walk; bus 6 none lists acpi; unplug 6 2.0 none;"
    "bus 7 acpi -behind-off-lost" },
  { "off-behind-off",
    "pc-q35-7.2; qemu 7.2; bus 0 pcie-root; bus 1 pcie-root-port on 0 at 2.0 hotplug=off;"
    "bus 2 pcie-switch-upstream-port on 1 at 0.0;"
    "bus 3 pcie-switch-downstream-port on 2 at 0.0 hotplug=off",
    "bus 1 none offers nothing +port-off -behind-off-lost;"
    "bus 3 none offers acpi lists acpi +port-off +behind-off-lost" },
  { "off-behind-off-10",
    "pc-q35-7.2; qemu 10.0; bus 0 pcie-root; bus 1 pcie-root-port on 0 at 2.0 hotplug=off;"
    "bus 2 pcie-switch-upstream-port on 1 at 0.0;"
    "bus 3 pcie-switch-downstream-port on 2 at 0.0 hotplug=off",
    "bus 3 none offers nothing +port-off -behind-off-lost" },
  { "behind-off-no-shpc", "pc-q35-2.9; qemu 7.2" BRIDGE ("on") BEHIND_OFF,
    "bus 5 none lists acpi; bus 6 none offers nothing +behind-off-lost" },
  { "behind-off-10", "pc-q35-7.2; qemu 10.0" BEHIND_OFF,
    "bus 1 none; bus 2 none lists acpi +upstream-slot-0;"
    "bus 5 acpi offers acpi,shpc +behind-off-works -behind-off-lost; bus 6 acpi;"
    "unplug 6 2.0 acpi" },
  { "behind-off-unknown", "pc-q35-7.2" BEHIND_OFF,
    "bus 1 none; bus 5 unknown +unknown-qemu; bus 7 acpi -unknown-qemu" },
  { "behind-off-bridge-off", "pc-q35-7.2; qemu 7.2" BRIDGE ("off") BEHIND_OFF,
    "bus 5 shpc; bus 6 shpc; bus 3 native" },
  { "gap", "pc-q35-7.2; qemu 7.2.22" GAP,
    "bus 8 acpi -switch-walk; bus 7 acpi; bus 2 none; bus 3 none -upstream-slot-0;"
    "bus 4 none offers acpi lists acpi +switch-walk -switch-gap;"
    "bus 5 none +port-holds-bridge; bus 6 none offers shpc lists shpc +switch-gap +gap-leaves-shpc "
    "-switch-walk;"
    "bus 1 none lists acpi +switch-walk;"
    "finds +warning:switch-gap@3 +warning:listed-differs@1 -listed-differs@8" },
  { "gap-off-port",
    "pc-q35-7.2; qemu 7.2.22; bus 0 pcie-root; bus 1 pcie-root-port on 0 at 2.0;"
    "bus 2 pcie-switch-upstream-port on 1 at 0.0; bus 3 pcie-switch-downstream-port on 2 at 0.0;"
    "bus 4 pcie-switch-downstream-port on 2 at 2.0 hotplug=off;"
    "bus 5 pcie-to-pci-bridge on 4 at 0.0; bus 6 pci-bridge on 5 at 1.0;"
    "bus 7 pcie-switch-downstream-port on 2 at 3.0 hotplug=off;"
    "bus 8 pcie-switch-upstream-port on 7 at 0.0; bus 9 pcie-switch-downstream-port on 8 at 0.0",
    "bus 5 shpc offers shpc +switch-gap +gap-leaves-shpc -behind-off-lost; bus 6 shpc;"
    "bus 9 none offers nothing +switch-gap -gap-leaves-shpc" },
  { "gap-10", "pc-q35-7.2; qemu 10.0" GAP,
    "bus 1 acpi -switch-walk; bus 4 acpi; bus 6 acpi -switch-gap; finds -switch-gap" },
  { "gap-unknown", "pc-q35-7.2" GAP, "bus 1 unknown +unknown-qemu; bus 8 acpi" },
  { "gap-bridge-off", "pc-q35-7.2; qemu 7.2" BRIDGE ("off") GAP, "bus 1 native; bus 6 shpc" },
  { "gap-higher-index-in-lower-slot",
    "pc-q35-7.2; qemu 7.2; bus 0 pcie-root; bus 1 pcie-root-port on 0 at 2.0;"
    "bus 2 pcie-switch-upstream-port on 1 at 0.0; bus 3 pcie-switch-downstream-port on 2 at 2.0;"
    "bus 4 pcie-switch-downstream-port on 2 at 0.0",
    "bus 3 none +switch-gap; bus 4 acpi -switch-walk" },
  { "gap-function-0-empty",
    "pc-q35-7.2; qemu 7.2; bus 0 pcie-root; bus 1 pcie-root-port on 0 at 2.0;"
    "bus 2 pcie-switch-upstream-port on 1 at 0.0; bus 3 pcie-switch-downstream-port on 2 at 0.0;"
    "bus 4 pcie-switch-downstream-port on 2 at 0.3; bus 5 pcie-switch-downstream-port on 2 at 1.1",
    "bus 3 none lists acpi +switch-walk; bus 4 none lists acpi +switch-walk; bus 5 none "
    "+switch-gap" },
  { "no-gap-from-1",
    "pc-q35-7.2; qemu 7.2; bus 0 pcie-root; bus 1 pcie-root-port on 0 at 2.0;"
    "bus 2 pcie-switch-upstream-port on 1 at 0.0; bus 3 pcie-switch-downstream-port on 2 at 1.0;"
    "bus 4 pcie-switch-downstream-port on 2 at 2.0",
    "bus 2 none offers acpi lists acpi +upstream-slot-0; bus 3 acpi; bus 4 acpi;"
    "finds +note:listed-differs@2" },
  { "no-gap-below-expander",
    "pc-q35-7.2; qemu 7.2; bus 0 pcie-root; bus 1 pcie-expander-bus on 0 at 6.0;"
    "bus 2 pcie-root-port on 1 at 0.0; bus 3 pcie-switch-upstream-port on 2 at 0.0;"
    "bus 4 pcie-switch-downstream-port on 3 at 3.0; bus 5 pcie-root-port on 0 at 7.0",
    "bus 4 native; bus 5 acpi" },
  { "5.2", "pc-q35-5.2; qemu 5.2" TREE,
    "bus 1 native +ich9-no-property -ich9-bridge-off;"
    "bus 5 none offers native lists native +port-link-down; bus 7 shpc" },
  { "5.2-occupied",
    "pc-q35-5.2; qemu 5.2; bus 0 pcie-root; bus 1 pcie-root-port on 0 at 2.0;"
    "bus 2 pcie-switch-upstream-port on 1 at 0.0; bus 3 pcie-switch-downstream-port on 2 at 0.0;"
    "device disk_a on 3 at 0.0",
    "bus 3 native +port-link-down +port-occupied; unplug 3 0.0 native" },
  { "5.2-told", "pc-q35-5.2; qemu 5.2" BRIDGE ("on") TREE, "bus 1 native +ich9-no-property" },
  { "link-untried", "pc-q35-6.0; qemu 6.0" TREE,
    "bus 1 native; bus 5 unknown +unknown-qemu -port-link-down" },
  { "alias", "q35" TREE,
    "bus 0 none; bus 1 unknown offers nothing +unknown-setting; bus 2 none +port-off; bus 4 none" },
  { "alias-expander", "q35" EXPANDER, "bus 1 none; bus 2 unknown; bus 6 none" },
  { "rhel",
    "pc-q35-rhel9.4.0; qemu 8.2; fact default-bridge yes; fact default-keep-hpc yes;"
    "fact default-shpc yes" TREE,
    "bus 1 acpi offers acpi; bus 8 acpi" },
  { "native-fact", "q35; qemu 7.2; fact default-port-native yes" EXPANDER, "bus 2 native" },
  { "no-acpi-1.16", "pc-q35-7.2; qemu 7.2; acpi off" TREE,
    "bus 0 none offers acpi lists acpi +seabios-tables +pcie-root -seabios-rescan;"
    "bus 1 none offers nothing +seabios-tables +seabios-rescan +acpi-off -no-acpi-works"
    " -no-acpi-lost; bus 2 none +port-off; bus 4 none +upstream-bus; bus 8 none; bus 9 none;"
    "unplug 11 0.0 none; finds +warning:acpi-off +warning:seabios-rescan" },
  { "no-acpi-1.16-bridge-off", "pc-q35-6.0; qemu 10.0; acpi off" TREE,
    "bus 0 none lists acpi; bus 1 none +seabios-tables -seabios-rescan; finds -seabios-rescan" },
  { "no-acpi-1.16-expander", "pc-q35-7.2; qemu 7.2; acpi off" EXPANDER,
    "bus 2 native -expander-no-room; bus 6 none +port-off; bus 8 shpc -expander-no-room;"
    "bus 9 shpc +expander-no-room; bus 10 none; bus 11 shpc +expander-no-room;"
    "finds +warning:expander-no-room@9 -expander-no-room@8" },
  { "no-acpi-1.17", "pc-q35-7.2; qemu 11.1; acpi off" BRIDGE ("off") TREE,
    "bus 0 none offers nothing +pcie-root -seabios-tables; bus 1 native +no-acpi-works "
    "-no-acpi-lost"
    " -seabios-tables; bus 2 none +port-off; bus 5 native; bus 7 shpc; bus 8 shpc; bus 9 none "
    "+dmi-none" },
  { "no-acpi-1.17-bridge-on", "pc-q35-7.2; qemu 11.1; acpi off" TREE,
    "bus 1 none offers native lists native +no-acpi-lost -no-acpi-works; bus 7 none lists shpc;"
    "bus 11 none lists native; finds +warning:no-acpi-lost" },
  { "no-acpi-1.17-expander", "pc-q35-7.2; qemu 11.1; acpi off" EXPANDER,
    "bus 1 none +expander-bus +expander-not-found; bus 2 none +expander-not-found; bus 9 none" },
  { "no-acpi-unknown-firmware", "pc-q35-7.2; qemu 10.2; acpi off" TREE,
    "bus 0 none lists unknown; bus 1 none lists unknown +unknown-qemu; bus 2 none" },
  { "no-acpi-unknown-qemu", "pc-q35-6.0; acpi off" TREE, "bus 1 unknown +unknown-qemu" },
  { "no-acpi-unknown-expander", "pc-q35-7.2; acpi off" EXPANDER, "bus 2 unknown; bus 6 none" },
  { "no-acpi-unknown-bridge", "q35; qemu 11.1; acpi off" TREE, "bus 1 unknown +unknown-setting" },
  { "no-acpi-uefi", "pc-q35-7.2; qemu 7.2; acpi off; uefi" TREE,
    "bus 0 unknown +uefi-needs-acpi; bus 1 unknown; finds +error:uefi-needs-acpi@-1" },
  { "uefi", "pc-q35-7.2; qemu 7.2; uefi" TREE,
    "bus 1 acpi -uefi-needs-acpi; finds -uefi-needs-acpi" },
  { "not-addressed", "pc-q35-7.2; qemu 7.2; bus 0 pcie-root; bus 1 pcie-root-port",
    "bus 1 acpi +not-addressed" },
  { "bridge-on-root", "pc-q35-7.2; qemu 7.2; bus 0 pcie-root; bus 1 pci-bridge on 0 at 3.0",
    "bus 1 acpi +bridge-acpi -misplaced" },
  { "misplaced",
    "pc-q35-7.2; qemu 7.2; bus 0 pcie-root; bus 1 pcie-switch-downstream-port on 0 at 3.0",
    "bus 1 unknown +misplaced" },
};
const guint n_q35_cases = G_N_ELEMENTS (q35_cases);
