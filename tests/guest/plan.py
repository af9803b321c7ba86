# SPDX-License-Identifier: GPL-2.0-or-later
"""A domain as the generator thinks of it: a list of PCI controllers and devices, made into XML that libvirt takes."""
import copy
import dataclasses
import xml.etree.ElementTree as ET

import domain

ROOTS = {"q35": "pcie-root", "i440fx": "pci-root"}
CLASSES = {"q35": "ICH9-LPC", "i440fx": "PIIX4_PM"}
BRIDGE = "acpi-pci-hotplug-with-bridge-support"
PORTS = ("pcie-root-port", "pcie-switch-downstream-port")
CONVENTIONAL = ("pci-bridge", "pcie-to-pci-bridge", "dmi-to-pci-bridge")
# libvirt src/conf/domain_addr.c, virDomainPCIAddressBusSetModel(): first slot, last slot.
SLOTS = {
    "pcie-root": (1, 30), "pci-root": (2, 31), "pcie-root-port": (0, 0), "pcie-switch-downstream-port": (0, 0),
    "pcie-switch-upstream-port": (0, 31), "dmi-to-pci-bridge": (0, 31), "pcie-to-pci-bridge": (1, 31),
    "pci-bridge": (1, 31), "pci-expander-bus": (0, 31), "pcie-expander-bus": (0, 31),
}
TAKES = {
    "pcie-root": ("pcie-root-port", "dmi-to-pci-bridge", "pcie-expander-bus"),
    "pci-root": ("pci-bridge", "pci-expander-bus"),
    "pcie-root-port": ("pcie-switch-upstream-port", "pcie-to-pci-bridge"),
    "pcie-switch-downstream-port": ("pcie-switch-upstream-port", "pcie-to-pci-bridge"),
    "pcie-switch-upstream-port": ("pcie-switch-downstream-port",),
    "dmi-to-pci-bridge": ("pci-bridge",), "pcie-to-pci-bridge": ("pci-bridge",), "pci-bridge": ("pci-bridge",),
    "pci-expander-bus": ("pci-bridge",), "pcie-expander-bus": ("pcie-root-port", "dmi-to-pci-bridge"),
}
DEVICES = {
    "rng": "<rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>",
    "net": "<interface type='user'><model type='virtio'/></interface>",
    "e1000": "<interface type='user'><model type='e1000'/></interface>",
    "scsi": "<controller type='scsi' model='virtio-scsi'/>",
    "sound": "<sound model='ich6'/>",
}


@dataclasses.dataclass
class Node:
    """A controller (model) or a device (kind). Its parent is a position in the plan's list, -1 is the root bus."""
    what: str
    parent: int
    slot: int
    function: int = 0
    hotplug: str = ""

    @property
    def is_controller(self):
        return self.what in SLOTS


@dataclasses.dataclass
class Plan:
    chipset: str
    version: str
    acpi: bool = True
    root: str = ""
    bridge: str = ""
    nodes: list = dataclasses.field(default_factory=list)

    def add(self, what, parent=-1, slot=0, function=0, hotplug=""):
        self.nodes.append(Node(what, parent, slot, function, hotplug))
        return len(self.nodes) - 1

    def model(self, position):
        return ROOTS[self.chipset] if position < 0 else self.nodes[position].what

    def buses(self):
        """The positions of all controllers, and -1."""
        return [-1, *(position for position, node in enumerate(self.nodes) if node.is_controller)]

    def taken(self, position):
        """The (slot, function) pairs of a bus that are in use."""
        return {(node.slot, node.function) for node in self.nodes if node.parent == position}

    def count(self, *models):
        return sum(node.what in models for node in self.nodes)

    def hides_ports(self):
        return self.chipset == "q35" and self.version == "6.1" and self.bridge != "off"

    def windows(self):
        """No fewer than the I/O windows for which the firmware must find room."""
        hidden = self.count("pcie-root-port") if self.hides_ports() else 0
        return self.count(*CONVENTIONAL, "pci-expander-bus") + hidden

    def without(self, positions):
        """The plan less these nodes and all that hangs on them."""
        gone = set(positions)
        for position, node in enumerate(self.nodes):
            if node.parent in gone:
                gone.add(position)
        kept = [position for position in range(len(self.nodes)) if position not in gone]
        moved = {old: new for new, old in enumerate(kept)}
        result = copy.deepcopy(self)
        result.nodes = [dataclasses.replace(self.nodes[old], parent=moved.get(self.nodes[old].parent, -1))
                        for old in kept]
        return result


def controller(devices, index, model):
    element = ET.SubElement(devices, "controller", type="pci", index=str(index), model=model)
    return element


def place(element, bus, node, many):
    address = ET.SubElement(element, "address", type="pci", domain="0x0000", bus=f"0x{bus:02x}",
                            slot=f"0x{node.slot:02x}", function=f"0x{node.function:x}")
    if many and node.function == 0:
        address.set("multifunction", "on")


def add_nodes(plan, devices):
    indexes, n_expanders = {-1: 0}, 0
    for position, node in enumerate(plan.nodes):
        if node.is_controller:
            indexes[position] = len(indexes)
    for position, node in enumerate(plan.nodes):
        many = sum(other.parent == node.parent and other.slot == node.slot for other in plan.nodes) > 1
        if node.is_controller:
            element = controller(devices, indexes[position], node.what)
        else:
            element = ET.fromstring(DEVICES[node.what])
            devices.append(element)
        if node.hotplug:
            ET.SubElement(element, "target", hotplug=node.hotplug)
        if "expander" in node.what:
            n_expanders += 1
            ET.SubElement(element, "target", busNr=str(256 - 64 * n_expanders))
        place(element, indexes[node.parent], node, many)


def machine_type(plan, newest):
    return newest[plan.chipset] if plan.version == "newest" else f"pc-{plan.chipset}-{plan.version}"


def build(plan, newest):
    """The XML tree. NEWEST: the newest machine type of each chipset."""
    root = ET.Element("domain", type="qemu")
    ET.SubElement(root, "name").text = "plan"
    ET.SubElement(root, "memory", unit="KiB").text = "262144"
    system = ET.SubElement(root, "os")
    ET.SubElement(system, "type", arch="x86_64", machine=machine_type(plan, newest)).text = "hvm"
    domain.set_features(root, plan.acpi)
    cpu = ET.SubElement(root, "cpu", mode="custom", match="exact", check="none")
    ET.SubElement(cpu, "model", fallback="forbid").text = "qemu64"
    devices = ET.SubElement(root, "devices")
    pci_root = controller(devices, 0, ROOTS[plan.chipset])
    if plan.root:
        ET.SubElement(pci_root, "target", hotplug=plan.root)
    add_nodes(plan, devices)
    ET.SubElement(devices, "controller", type="usb", index="0", model="none")
    ET.SubElement(devices, "memballoon", model="none")
    if plan.bridge:
        domain.add_arguments(root, ("-global", f"{CLASSES[plan.chipset]}.{BRIDGE}={plan.bridge}"))
    return root
