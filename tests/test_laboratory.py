#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What the guest laboratory makes of the lines of a guest: a kernel that names the driver of each slot, and one that
does not (from Linux 6.12 on a driver that is built in has no module to link).

usage: test_laboratory.py FOLDER-OF-THE-TESTS
"""
import os
import sys
import types

sys.dont_write_bytecode = True
import machine_type
import tap

sys.path.insert(0, os.path.join(sys.argv[1], "guest"))
import compare
import guest
import jobs
import plan as plans

PORT = "slot 1 0000:01:00 {}"
PORTS = ["slot 1 0000:01:00 -", "slot 2 0000:02:00 -"]
BRIDGE = ["slot 3 0000:03:00 -", "slot 4 0000:03:1f -"]
ACPI = "log [5.1] acpiphp: Slot [0] registered"

# (name, lines, {slot: driver})
CASES = [
    ("each slot names its driver", [PORT.format("pciehp"), "slot 2 0000:02:00 acpiphp", "slot 3 0000:03:01 shpchp"],
     {"0000:01:00": "native", "0000:02:00": "acpi", "0000:03:01": "shpc", "0000:04:00": None}),
    ("a slot without a driver among others that have one", [PORT.format("-"), "slot 2 0000:02:00 acpiphp"],
     {"0000:01:00": "-", "0000:02:00": "acpi"}),
    ("no names: pciehp on one port, acpiphp on the rest",
     [*PORTS, *BRIDGE, "service 0000:c0:00.0:pcie004 0000:02", ACPI],
     {"0000:01:00": "acpi", "0000:02:00": "native", "0000:03:00": "acpi", "0000:03:1f": "acpi"}),
    ("no names: pciehp and shpchp, no acpiphp",
     [*PORTS, *BRIDGE, "service 0000:00:01.0:pcie004 0000:01", "service 0000:00:01.1:pcie004 0000:02",
      "shpc 0000:02:00.0 0000:03"],
     {"0000:01:00": "native", "0000:02:00": "native", "0000:03:00": "shpc", "0000:03:1f": "shpc"}),
    ("no names: shpchp below an expander, acpiphp elsewhere", [*PORTS, *BRIDGE, "shpc 0000:c1:00.0 0000:03", ACPI],
     {"0000:01:00": "acpi", "0000:02:00": "acpi", "0000:03:00": "shpc"}),
    ("no names and no driver", PORTS, {"0000:01:00": "-", "0000:02:00": "-"}),
    ("a service without a bus behind it", [*PORTS, "service 0000:00:01.0:pcie004", ACPI], {"0000:01:00": "acpi"}),
]

# (name, what a case is to show, the same where the guest has no ACPI at all, found, is it right)
USES = [
    ("all that it is to show", "acpi native", None, ["acpi", "native", "none"], True, True),
    ("less", "acpi native", None, ["acpi", "none"], True, False),
    ("more", "acpi", None, ["acpi", "shpc"], True, False),
    ("SeaBIOS makes tables", "native", "native shpc", ["native", "none"], True, True),
    ("SeaBIOS makes none", "native", "native shpc", ["native", "shpc"], False, True),
    ("SeaBIOS makes none, and nothing is said of that", "native", None, ["native"], False, True),
]


def drivers(lines, expected):
    machine = guest.Guest(None, "vm", "/nonexistent")
    for line in lines:
        machine.take(line)
    found = {slot: machine.driver_at(slot) for slot in expected}
    return "" if found == expected else f"{found} instead of {expected}"


def uses(words, bare, used, acpi, is_right):
    complaints = compare.mechanisms(words, bare, {"acpi": acpi, "buses": [{"used": word} for word in used]})
    return "" if is_right == (not complaints) else f"complaints: {complaints}"

# (name, libvirt, QEMU, chipset, what is left of "root on, bridge off")
RELEASES = [
    ("libvirt 7.0 and QEMU 5.2, q35", (7, 0, 0), (5, 2, 0), "q35", ("", "")),
    ("libvirt 7.0 and QEMU 5.2, i440fx", (7, 0, 0), (5, 2, 0), "i440fx", ("", "off")),
    ("libvirt 9.0 and QEMU 7.2, q35", (9, 0, 0), (7, 2, 22), "q35", ("on", "off")),
    ("libvirt 9.0 and QEMU 6.0, i440fx", (9, 0, 0), (6, 0, 0), "i440fx", ("on", "off")),
]


def release(libvirt, qemu, chipset, expected):
    lab = types.SimpleNamespace(libvirt=libvirt, qemu=qemu, newest={})
    made = jobs.build(lab, plans.Plan(chipset, "2.9", root="on", bridge="off"))[1]
    return "" if (made.root, made.bridge) == expected else f"root {made.root}, bridge {made.bridge}"


# (name, the machine type that a test wants, those that there are, the one it gets)
OF_5_2 = ["none", "pc-q35-2.9", "pc-q35-5.2", "pc", "pc-i440fx-5.2", "q35", "microvm"]
MACHINES = [
    ("the machine type itself", "pc-q35-2.9", OF_5_2, "pc-q35-2.9"),
    ("the newest of the older ones", "pc-q35-7.2", OF_5_2, "pc-q35-5.2"),
    ("of its own chipset", "pc-i440fx-7.2", [*OF_5_2, "pc-q35-7.2"], "pc-i440fx-5.2"),
    ("the oldest, where all are newer", "pc-q35-6.2", ["pc-q35-10.0", "pc-q35-9.2", "pc-q35-11.1"], "pc-q35-9.2"),
    ("numbers, not letters", "pc-q35-11.0", ["pc-q35-9.2", "pc-q35-10.2"], "pc-q35-10.2"),
    ("not one of a distribution", "pc-q35-7.2", ["pc-q35-rhel9.0.0", "pc-q35-6.0"], "pc-q35-6.0"),
    ("nothing near", "pc-q35-7.2", ["virt-7.2"], "pc-q35-7.2"),
]


def machine(wanted, there, expected):
    found = machine_type.nearest(wanted, there)
    return "" if found == expected else f"{found} instead of {expected}"


if __name__ == "__main__":
    sys.exit(tap.run([(name, lambda row=row: drivers(*row)) for name, *row in CASES] +
                     [(name, lambda row=row: uses(*row)) for name, *row in USES] +
                     [(name, lambda row=row: release(*row)) for name, *row in RELEASES] +
                     [(name, lambda row=row: machine(*row)) for name, *row in MACHINES]))
