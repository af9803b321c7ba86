# SPDX-License-Identifier: GPL-2.0-or-later
"""What becomes of the examples of docs/findings in libvirt and QEMU: word -> (when, what is said, change).

"define": libvirt does not take the domain; "start": libvirt does, and QEMU ends; "runs": the guest starts, and QEMU
writes a warning or libvirt adds something. The change is (old, new) in the example, where that one is about another release of QEMU.
"""
HIGHER = "index must be larger than bus"
ONLY_ON_5_2 = ("acpi-pci-hotplug-with-bridge-support", "acpi-root-pci-hotplug")

EXAMPLES = {
    "bad-address": ("define", "Invalid PCI address"),
    "bad-index": ("define", "index"),
    "bad-slot": ("define", "slot must be"),
    "bad-switch": ("define", "hotplug"),
    "bad-value": ("start", "expects 'on' or 'off'"),
    "bridge-on-root": ("define", "pcie-to-pci-bridge"),
    "cycle": ("define", HIGHER),
    "double-address": ("define", "double use of PCI Address"),
    "double-index": ("define", "Multiple 'pci' controllers with index '1'"),
    "feature-refused": ("define", "unexpected feature 'pci'"),
    "global-joined": ("start", "invalid option"),
    "global-unknown-class": ("runs", "has invalid class name"),
    "global-wrong-class": ("runs", "not used"),
    "hotplug-refused": ("define", "'hotplug' is not valid for PCI controller"),
    "lower-index": ("define", HIGHER),
    "machine-too-new": ("define", "does not support machine type", ("pc-q35-7.2", "pc-q35-99.0")),
    "misplaced": ("define", "cannot be plugged into"),
    "missing-bus": ("runs", "index='9' model='pcie-root-port'"),
    "missing-parent": ("define", "a PCI slot is needed to connect a PCI controller model='pcie-root-port'"),
    "property-missing": ("start", "not found", ONLY_ON_5_2),
    "unknown-model": ("define", "pcie-rootport"),
    "wrong-root": ("define", "must be model='pcie-root' for this machine type"),
}
