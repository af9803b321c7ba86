# SPDX-License-Identifier: GPL-2.0-or-later
"""What becomes of the examples of docs/findings in libvirt and QEMU: word -> (when, what is said, changes).

"define": libvirt does not take the domain; "start": libvirt does, and QEMU ends; "runs": the guest starts, and QEMU
writes a warning or libvirt adds something. The changes are (old, new) in the example, where that one is about one release of QEMU.
"""
HIGHER = "index must be larger than bus"
# A switch that every release has; and one that none has.
I440FX = (("pc-q35-7.2", "pc-i440fx-7.2"), ("pcie-root", "pci-root"), ("ICH9-LPC", "PIIX4_PM"))
ROOT_OF_Q35 = (("acpi-pci-hotplug-with-bridge-support", "acpi-root-pci-hotplug"),)

EXAMPLES = {
    "bad-address": ("define", "Invalid PCI address"),
    "bad-index": ("define", "index"),
    "bad-slot": ("define", "slot must be"),
    "bad-switch": ("define", "hotplug"),
    "bad-value": ("start", "expects 'on' or 'off'", I440FX),
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
    "machine-too-new": ("define", "does not support machine type", (("pc-q35-7.2", "pc-q35-99.0"),)),
    "misplaced": ("define", "cannot be plugged into"),
    "misplaced-device": ("define", "cannot be plugged into"),
    "missing-bus": ("runs", "index='9' model='pcie-root-port'"),
    "missing-parent": ("define", "slot is needed to connect a PCI controller model='pcie-root-port'"),
    "property-missing": ("start", "not found", ROOT_OF_Q35),
    "unknown-model": ("define", "pcie-rootport"),
    "wrong-root": ("define", "must be model='pcie-root' for this machine type"),
}
