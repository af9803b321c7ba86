/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Findings. */
#include "rule_case.h"

#define PC "pc-i440fx-7.2; qemu 7.2; bus 0 pci-root"
#define Q35 "pc-q35-7.2; qemu 7.2; bus 0 pcie-root; bus 1 pcie-root-port on 0 at 2.0"
#define PORTS_7                                                                                    \
  "; bus 1 pcie-root-port on 0 at 2.0; bus 2 pcie-root-port on 0 at 2.1;"                          \
  "bus 3 pcie-root-port on 0 at 2.2; bus 4 pcie-root-port on 0 at 2.3;"                            \
  "bus 5 pcie-root-port on 0 at 2.4; bus 6 pcie-root-port on 0 at 2.5;"                            \
  "bus 7 pcie-root-port on 0 at 2.6"
#define PORTS_14                                                                                   \
  PORTS_7                                                                                          \
  "; bus 8 pcie-root-port on 0 at 3.0; bus 9 pcie-root-port on 0 at 3.1;"                          \
  "bus 10 pcie-root-port on 0 at 3.2; bus 11 pcie-root-port on 0 at 3.3;"                          \
  "bus 12 pcie-root-port on 0 at 3.4; bus 13 pcie-root-port on 0 at 3.5;"                          \
  "bus 14 pcie-root-port on 0 at 3.6"
#define PORTS_15 PORTS_14 "; bus 15 pcie-root-port on 0 at 3.7"
#define BRIDGES_8                                                                                  \
  "; bus 1 pci-bridge on 0 at 10.0; bus 2 pci-bridge on 0 at 2.0; bus 3 pci-bridge on 0 at 3.0;"   \
  "bus 4 pci-bridge on 0 at 4.0; bus 5 pci-bridge on 0 at 5.0; bus 6 pci-bridge on 0 at 6.0;"      \
  "bus 7 pci-bridge on 0 at 7.0; bus 8 pci-bridge on 0 at 8.0"
#define BRIDGE "acpi-pci-hotplug-with-bridge-support"

const RuleCase check_cases[] = {
  { "nothing", Q35 "; device interface_a on 1 at 0.0",
    "finds -double-index -bad-index -missing-parent -cycle -lower-index -bad-address -bad-slot"
    " -double-address -missing-bus -function-0-empty -wrong-root -unknown-model -bridge-on-root"
    " -too-many-ports -bad-switch -hotplug-refused -feature-refused -feature-machine -global-joined"
    " -global-contradiction -global-wrong-class -global-unknown-class -property-missing -bad-value"
    " -setting-overridden -root-off-attach -listed-differs -qemu-assumed -qemu-untried "
    "-machine-too-new"
    " -version-unknown -acpi-off -misplaced -not-qemu -unknown-machine" },
  { "double-index", PC "; bus 3 pci-bridge on 0 at 5.0; bus 3 pci-bridge on 0 at 6.0",
    "finds +error:double-index@3" },
  { "bad-index", PC "; bus 9 pci-bridge on 0 at 5.0; bad-index 9", "finds +error:bad-index@9" },
  { "missing-parent", Q35 "; bus 2 pcie-root-port on 9 at 3.0",
    "finds +error:missing-parent@2 -missing-bus; bus 2 unknown +misplaced" },
  { "cycle", PC "; bus 1 pci-bridge on 2 at 1.0; bus 2 pci-bridge on 1 at 1.0",
    "finds +error:cycle@1 +error:cycle@2; bus 0 acpi" },
  { "own-parent", PC "; bus 1 pci-bridge on 1 at 1.0", "finds +error:cycle@1" },
  { "lower-index", PC "; bus 1 pci-bridge on 9 at 1.0; bus 9 pci-bridge on 0 at 5.0",
    "finds +error:lower-index@1 -error:lower-index@9" },
  { "bad-address", Q35 "; device disk_a on 1 at 0.0; bad-address 1", "finds +error:bad-address@1" },
  { "bad-slot", Q35 "; device disk_a on 1 at 1.0", "finds +error:bad-slot@1" },
  { "bad-slot-0", PC "; bus 1 pci-bridge on 0 at 5.0; device disk_a on 1 at 0.0",
    "finds +error:bad-slot@1 -error:bad-slot@0" },
  { "bad-slot-of-bridge", PC "; bus 1 pci-bridge on 0 at 0.0", "finds +error:bad-slot@0" },
  { "double-address", PC "; device disk_a on 0 at 5.0; device disk_b on 0 at 5.0",
    "finds +error:double-address@0 -function-0-empty" },
  { "missing-bus", PC "; device disk_a on 4 at 5.0", "finds +warning:missing-bus@-1" },
  { "function-0-empty", PC "; device disk_a on 0 at 5.1; device disk_b on 0 at 5.2",
    "finds +warning:function-0-empty@0" },
  { "function-0-of-chipset", PC "; device controller_ide_0 on 0 at 1.1",
    "finds -function-0-empty" },
  { "function-0-of-q35", Q35 "; device controller_sata_0 on 0 at 1f.2", "finds -function-0-empty" },
  { "wrong-root-q35", "pc-q35-7.2; qemu 7.2; bus 0 pci-root",
    "finds +error:wrong-root@0; bus 0 unknown +misplaced" },
  { "wrong-root-pc", "pc-i440fx-7.2; qemu 7.2; bus 0 pcie-root", "finds +error:wrong-root@0" },
  { "root-at-4", PC "; bus 4 pci-root", "finds +error:wrong-root@4" },
  { "root-index-given", Q35 "; index-given 0; index-given 1", "finds -wrong-root" },
  { "root-without-model", Q35 "; no-model 0", "finds +error:wrong-root@0; bus 1 acpi" },
  { "port-index-given", "pc-q35-7.2; qemu 7.2; bus 0 pcie-root-port; index-given 0",
    "finds +error:wrong-root@0" },
  { "bridge-at-0", "pc-i440fx-7.2; qemu 7.2; bus 0 pci-bridge", "finds +error:wrong-root@0" },
  { "unknown-model", PC "; bus 1 unknown on 0 at 5.0",
    "finds +error:unknown-model@1; bus 1 unknown +misplaced" },
  { "bridge-on-root", Q35 "; bus 2 pcie-to-pci-bridge on 0 at 3.0",
    "finds +error:bridge-on-root@2 -misplaced; bus 2 unknown" },
  { "misplaced", Q35 "; bus 2 pcie-switch-downstream-port on 1 at 0.0",
    "finds +error:misplaced@2" },
  { "express-on-pc", PC "; bus 1 pcie-root-port", "finds +error:misplaced@1" },
  { "15-ports-of-6.1", "pc-q35-6.1; qemu 7.2; bus 0 pcie-root" PORTS_15,
    "finds +error:too-many-ports@-1" },
  { "14-ports-of-6.1", "pc-q35-6.1; qemu 7.2; bus 0 pcie-root" PORTS_14, "finds -too-many-ports" },
  { "15-ports-of-6.1-one-off",
    "pc-q35-6.1; qemu 7.2; bus 0 pcie-root" PORTS_14
    "; bus 15 pcie-root-port on 0 at 4.0 hotplug=off",
    "finds -too-many-ports" },
  { "15-ports-of-6.1-one-ioh3420",
    "pc-q35-6.1; qemu 7.2; bus 0 pcie-root" PORTS_14
    "; bus 15 pcie-root-port on 0 at 4.0 name=ioh3420",
    "finds -too-many-ports" },
  { "15-ports-of-6.1-bridge-off",
    "pc-q35-6.1; qemu 7.2; global ICH9-LPC " BRIDGE " off; bus 0 pcie-root" PORTS_15,
    "finds -too-many-ports" },
  { "15-ports-of-6.2", "pc-q35-6.2; qemu 7.2; bus 0 pcie-root" PORTS_15, "finds -too-many-ports" },
  { "15-ports-of-7.2-hidden",
    "pc-q35-7.2; qemu 7.2; global ICH9-LPC x-keep-pci-slot-hpc off; bus 0 pcie-root" PORTS_15,
    "finds +error:too-many-ports" },
  { "15-ports-uefi", "pc-q35-6.1; qemu 7.2; uefi; bus 0 pcie-root" PORTS_15,
    "finds -too-many-ports" },
  { "14-ports-and-an-expander",
    "pc-q35-6.1; qemu 7.2; bus 0 pcie-root" PORTS_14
    "; bus 15 pcie-expander-bus on 0 at 5.0; bus 16 pcie-root-port on 15 at 0.0",
    "finds +error:too-many-ports" },
  { "14-ports-and-a-bridge-in-one",
    "pc-q35-6.1; qemu 7.2; bus 0 pcie-root" PORTS_14 "; bus 15 pcie-to-pci-bridge on 14 at 0.0",
    "finds -too-many-ports" },
  { "14-ports-and-bridges-in-one",
    "pc-q35-6.1; qemu 7.2; bus 0 pcie-root" PORTS_14
    "; bus 15 pcie-to-pci-bridge on 14 at 0.0; bus 16 pci-bridge on 15 at 1.0;"
    "bus 17 pci-bridge on 15 at 2.0",
    "finds +error:too-many-ports" },
  { "14-ports-and-a-dmi-bridge",
    "pc-q35-6.1; qemu 7.2; bus 0 pcie-root" PORTS_14 "; bus 15 dmi-to-pci-bridge on 0 at 4.0",
    "finds -too-many-ports" },
  { "9-bridges", PC BRIDGES_8 "; bus 9 pci-bridge on 0 at 9.0", "finds +error:too-many-ports" },
  { "8-bridges", PC BRIDGES_8, "finds -too-many-ports" },
  { "9-bridges-nested", PC BRIDGES_8 "; bus 9 pci-bridge on 8 at 1.0", "finds -too-many-ports" },
  { "9-bridges-of-2.9",
    "pc-i440fx-2.9; qemu 7.2; bus 0 pci-root" BRIDGES_8 "; bus 9 pci-bridge on 0 at 9.0",
    "finds -too-many-ports" },

  { "bad-switch", Q35 "; bad-switch 1", "finds +error:bad-switch@1" },
  { "hotplug-on-pcie-root", "pc-q35-7.2; qemu 7.2; bus 0 pcie-root hotplug=on",
    "finds +error:hotplug-refused@0" },
  { "hotplug-on-bridge", PC "; bus 1 pci-bridge on 0 at 5.0 hotplug=off",
    "finds +error:hotplug-refused@1" },
  { "hotplug-on-pci-root", "pc-i440fx-7.2; qemu 7.2; bus 0 pci-root hotplug=off",
    "finds -hotplug-refused" },
  { "hotplug-on-pci-root-old", "pc-i440fx-7.2; qemu 7.2; libvirt 7.0; bus 0 pci-root hotplug=off",
    "finds +error:hotplug-refused@0" },
  { "hotplug-on-pci-root-proven",
    "pc-i440fx-7.2; qemu 7.2; libvirt 7.0; fact libvirt-root-target yes;"
    "bus 0 pci-root hotplug=off",
    "finds -hotplug-refused" },
  { "hotplug-on-port-refused",
    Q35 "; fact libvirt-port-target no;"
        "bus 2 pcie-root-port on 0 at 3.0 hotplug=off",
    "finds +error:hotplug-refused@2" },
  { "hotplug-on-pseries", "pseries-7.2 ppc64; qemu 7.2; bus 0 pci-root hotplug=off",
    "finds -hotplug-refused" },
  { "feature-unknown", Q35 "; feature off", "finds +warning:feature-refused@-1 -feature-machine" },
  { "feature-refused", Q35 "; feature off; fact libvirt-bridge-feature no",
    "finds +error:feature-refused@-1" },
  { "feature-taken", Q35 "; feature off; fact libvirt-bridge-feature yes",
    "finds -feature-refused" },
  { "feature-arm", "virt-10.0 aarch64; qemu 11.1; feature off; bus 0 pcie-root",
    "finds +error:feature-machine@-1 -feature-refused" },
  { "feature-6.0",
    "pc-q35-6.0; qemu 6.0; feature on; fact libvirt-bridge-feature yes;"
    "bus 0 pcie-root",
    "finds +error:property-missing@-1 -setting-overridden" },
  { "joined", PC "; joined", "finds +error:global-joined@-1" },
  { "contradiction", PC "; global PIIX4_PM " BRIDGE " off; global PIIX4_PM " BRIDGE " on",
    "finds +warning:global-contradiction@-1" },
  { "repeated", PC "; global PIIX4_PM " BRIDGE " off; global PIIX4_PM " BRIDGE " false",
    "finds -global-contradiction" },
  { "wrong-class", PC "; global ICH9-LPC " BRIDGE " off",
    "finds +warning:global-wrong-class@-1 -global-unknown-class" },
  { "wrong-class-arm",
    "virt-10.0 aarch64; qemu 11.1; global ICH9-LPC " BRIDGE " off; bus 0 pcie-root",
    "finds +warning:global-wrong-class@-1" },
  { "right-class", Q35 "; global ICH9-LPC " BRIDGE " off",
    "finds -global-wrong-class -global-unknown-class" },
  { "misspelt-class", Q35 "; global ich9-lpc " BRIDGE " off",
    "finds +warning:global-unknown-class@-1 -global-wrong-class" },
  { "other-property", Q35 "; global PIIX4_PM disable_s3 1; global e1000e hotplug off",
    "finds -global-wrong-class -global-unknown-class -property-missing -bad-value" },
  { "ged", "virt-10.0 aarch64; qemu 11.1; global acpi-ged " BRIDGE " on; bus 0 pcie-root",
    "finds -global-unknown-class -global-wrong-class" },
  { "property-missing-ich9-5.2",
    "pc-q35-5.2; qemu 5.2; global ICH9-LPC " BRIDGE " on;"
    "bus 0 pcie-root",
    "finds +error:property-missing@-1" },
  { "property-missing-ich9-root", Q35 "; global ICH9-LPC acpi-root-pci-hotplug off",
    "finds +error:property-missing@-1" },
  { "property-missing-port-10",
    "pc-q35-7.2; qemu 10.0; bus 0 pcie-root;"
    "bus 1 pcie-root-port on 0 at 2.0; override pci.1 x-native-hotplug false",
    "finds +error:property-missing@1" },
  { "property-missing-port-7.2", Q35 "; global pcie-slot x-do-not-expose-native-hotplug-cap on",
    "finds +error:property-missing@-1" },
  { "property-missing-no-port",
    "pc-q35-7.2; qemu 7.2; global pcie-slot x-do-not-expose-native-hotplug-cap on; bus 0 pcie-root",
    "finds -property-missing" },
  { "property-by-fact", Q35 "; global ICH9-LPC " BRIDGE " off; fact qemu-ich9-bridge no",
    "finds +error:property-missing@-1" },
  { "bad-value", Q35 "; global ICH9-LPC " BRIDGE " OFF", "finds +error:bad-value@-1" },
  { "bad-value-override", Q35 "; override pci.1 hotplug maybe", "finds +error:bad-value@1" },
  { "override-removes", Q35 "; override pci.1 hotplug", "finds -bad-value" },
  { "bad-value-unused", PC "; global ICH9-LPC " BRIDGE " OFF", "finds -bad-value" },
  { "root-overridden",
    "pc-i440fx-7.2; qemu 7.2; bus 0 pci-root hotplug=on; global PIIX4_PM acpi-root-pci-hotplug off",
    "finds +warning:setting-overridden@0" },
  { "root-confirmed",
    "pc-i440fx-7.2; qemu 7.2; bus 0 pci-root hotplug=off; global PIIX4_PM acpi-root-pci-hotplug "
    "off",
    "finds -setting-overridden" },
  { "feature-overridden", Q35 "; feature on; global ICH9-LPC " BRIDGE " off",
    "finds +warning:setting-overridden@-1" },
  { "port-overridden",
    "pc-q35-7.2; qemu 7.2; bus 0 pcie-root; bus 1 pcie-root-port on 0 at 2.0 hotplug=on;"
    "override pci.1 hotplug false",
    "finds +warning:setting-overridden@1" },
  { "port-beats-global",
    "pc-q35-7.2; qemu 7.2; bus 0 pcie-root; bus 1 pcie-root-port on 0 at 2.0 hotplug=on;"
    "global pcie-root-port hotplug off",
    "finds -setting-overridden" },

  { "root-off", "pc-i440fx-7.2; qemu 7.2; bus 0 pci-root hotplug=off; bus 1 pci-bridge on 0 at 5.0",
    "finds +warning:root-off-attach@0" },
  { "root-off-no-acpi", "pc-i440fx-7.2; qemu 7.2; acpi off; bus 0 pci-root hotplug=off",
    "finds -root-off-attach +note:acpi-off" },
  { "tables-lost", "pc-i440fx-2.0; qemu 7.2; bus 0 pci-root; bus 1 pci-bridge on 0 at 5.0",
    "finds +warning:piix4-tables-lost@-1 +warning:listed-differs@1 -piix4-late-plug" },
  { "late-plug", PC "; bus 1 pci-bridge on 0 at 5.0; global PIIX4_PM " BRIDGE " off",
    "finds +note:piix4-late-plug@1" },
  { "qemu-assumed", "pc-q35-7.2; qemu 7.2 assumed; bus 0 pcie-root",
    "finds +note:qemu-assumed@-1 -qemu-untried" },
  { "qemu-untried", "pc-q35-7.2; qemu 8.2.1; bus 0 pcie-root", "finds +note:qemu-untried@-1" },
  { "qemu-untried-assumed", "pc-q35-99.9; qemu 99.9 assumed; bus 0 pcie-root",
    "finds +note:qemu-assumed@-1 +note:qemu-untried@-1" },
  { "machine-too-new", "pc-q35-7.2; qemu 6.2; bus 0 pcie-root", "finds +error:machine-too-new@-1" },
  { "machine-of-the-release", "pc-q35-7.2; qemu 7.2.22; bus 0 pcie-root",
    "finds -machine-too-new" },
  { "qemu-tried", "pc-q35-7.2; qemu 10.0.13; bus 0 pcie-root", "finds -qemu-untried" },
  { "version-unknown", "q35; qemu 7.2; bus 0 pcie-root", "finds +note:version-unknown@-1" },
  { "qemu-disagrees", Q35 "; says 1 hotplug off", "finds +warning:qemu-disagrees@1" },
  { "qemu-disagrees-chipset", Q35 "; says -1 " BRIDGE " off", "finds +warning:qemu-disagrees@-1" },
  { "qemu-agrees",
    Q35 "; says 1 hotplug on; says 1 x-native-hotplug on; says -1 " BRIDGE " on;"
        "says 1 x-do-not-expose-native-hotplug-cap off; runs 7.2",
    "finds -qemu-disagrees -qemu-replaced" },
  { "qemu-agrees-6.1",
    "pc-q35-6.1; qemu 7.2; bus 0 pcie-root; bus 1 pcie-root-port on 0 at 2.0;"
    "says 1 x-native-hotplug off; says -1 x-keep-pci-slot-hpc off",
    "finds -qemu-disagrees" },
  { "qemu-agrees-shpc",
    PC "; bus 1 pci-bridge on 0 at 3.0; says 1 shpc on;"
       "says -1 acpi-root-pci-hotplug on",
    "finds -qemu-disagrees" },
  { "qemu-disagrees-shpc",
    PC "; bus 1 pci-bridge on 0 at 3.0; says 1 shpc off;"
       "says -1 acpi-root-pci-hotplug off",
    "finds +warning:qemu-disagrees@1 +warning:qemu-disagrees@-1" },
  { "qemu-replaced", Q35 "; runs 7.1", "finds +note:qemu-replaced@-1" },
  { "not-qemu", "pc-i440fx-7.2; type xen; bus 0 pci-root; global PIIX4_PM " BRIDGE " maybe",
    "finds +note:not-qemu@-1 -bad-value -qemu-untried" },
};
const guint n_check_cases = G_N_ELEMENTS (check_cases);
