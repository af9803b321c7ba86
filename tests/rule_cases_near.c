/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Domains that differ in one statement from one that a rule applies to, and to which it does not
 * apply any more. Where a case of the other tables is that near already, there is none here. */
#include "rule_case.h"

#define PC "pc-i440fx-7.2; qemu 7.2; bus 0 pci-root"
#define Q35 "pc-q35-7.2; qemu 7.2; bus 0 pcie-root"
#define PORT "; bus 1 pcie-root-port on 0 at 2.0"
#define UPSTREAM "; bus 2 pcie-switch-upstream-port on 1 at 0.0"

const RuleCase near_cases[] = {
  { "root", Q35, "finds -qemu-assumed -version-unknown" },
  { "port", Q35 PORT, "finds -wrong-root -bad-switch; bus 1 acpi -not-addressed" },
  { "two-ports", Q35 PORT "; bus 2 pcie-root-port on 0 at 3.0",
    "finds -missing-parent -bridge-on-root; bus 2 acpi -misplaced" },
  { "bridge", PC "; bus 1 pci-bridge on 0 at 5.0",
    "finds -bad-index -cycle -unknown-model -global-joined -root-off-attach;"
    "bus 0 acpi +piix4-root-on -piix4-root-off" },
  { "bridge-joined", PC "; bus 1 pci-bridge on 0 at 5.0; joined", "finds +error:global-joined" },
  { "bridge-bad-index", PC "; bus 1 pci-bridge on 0 at 5.0; bad-index 1",
    "finds +error:bad-index@1" },
  { "bridge-cycle", PC "; bus 1 pci-bridge on 1 at 5.0", "finds +error:cycle@1" },
  { "two-indexes", PC "; bus 3 pci-bridge on 0 at 5.0; bus 4 pci-bridge on 0 at 6.0",
    "finds -double-index" },
  { "higher-index", PC "; bus 10 pci-bridge on 9 at 1.0; bus 9 pci-bridge on 0 at 5.0",
    "finds -lower-index" },
  { "good-address", Q35 PORT "; device disk_a on 1 at 0.0", "finds -bad-address" },
  { "two-addresses", PC "; device disk_a on 0 at 5.0; device disk_b on 0 at 6.0",
    "finds -double-address" },
  { "bus-that-is-there", PC "; device disk_a on 0 at 5.0", "finds -missing-bus" },
  { "function-0-used", PC "; device disk_a on 0 at 5.0; device disk_b on 0 at 5.2",
    "finds -function-0-empty" },
  { "feature-q35", "pc-q35-10.0; qemu 11.1; feature off; bus 0 pcie-root",
    "finds -feature-machine" },
  { "same-release", Q35 PORT "; runs 7.2", "finds -qemu-replaced" },
  { "says-the-same", Q35 PORT "; says 1 hotplug on", "finds -qemu-disagrees" },

  { "shpc-2.10",
    "pc-i440fx-2.10; qemu 10.0; acpi off; bus 0 pci-root; bus 1 pci-bridge on 0 at 5.0;"
    "bus 2 pci-bridge on 1 at 3.0",
    "bus 1 shpc +shpc-works -shpc-absent" },
  { "expander-with-acpi", PC "; bus 1 pci-expander-bus on 0 at 9.0; bus 2 pci-bridge on 1 at 1.0",
    "bus 1 none -expander-not-found; bus 2 none +expander-no-aml -expander-not-found" },
  { "ports-of-both-roots",
    Q35 PORT "; bus 2 pcie-expander-bus on 0 at 6.0; bus 3 pcie-root-port on 2 at 0.0",
    "bus 1 acpi -expander-grants; bus 3 native +expander-grants" },
  { "no-gap-from-0",
    Q35 PORT UPSTREAM "; bus 3 pcie-switch-downstream-port on 2 at 1.0;"
                      "bus 4 pcie-switch-downstream-port on 2 at 0.0",
    "bus 2 none lists none -upstream-slot-0; bus 3 acpi; bus 4 acpi; finds -listed-differs" },
  { "switch-of-5.2",
    "pc-q35-5.2; qemu 5.2; bus 0 pcie-root" PORT UPSTREAM
    "; bus 3 pcie-switch-downstream-port on 2 at 0.0",
    "bus 1 native +ich9-no-property; bus 3 none lists native +port-link-down -port-occupied" },
  { "switch-of-5.2-on-7.2",
    "pc-q35-5.2; qemu 7.2; bus 0 pcie-root" PORT UPSTREAM
    "; bus 3 pcie-switch-downstream-port on 2 at 0.0",
    "bus 1 native +ich9-bridge-off -ich9-no-property; bus 3 native -port-link-down" },
  { "native-shown", Q35 PORT "; global ICH9-LPC acpi-pci-hotplug-with-bridge-support off",
    "bus 1 native +port-native -port-hpc-hidden" },
  { "native-hidden",
    Q35 PORT "; global ICH9-LPC acpi-pci-hotplug-with-bridge-support off;"
             "global pcie-root-port x-native-hotplug off",
    "bus 1 none +port-hpc-hidden -port-native" },
};
const guint n_near_cases = G_N_ELEMENTS (near_cases);
