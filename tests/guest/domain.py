# SPDX-License-Identifier: GPL-2.0-or-later
"""Domain XML as the laboratory needs it: a base made bootable, and its PCI buses read back."""
import dataclasses
import re
import uuid
import xml.etree.ElementTree as ET

QEMU_NS = "http://libvirt.org/schemas/domain/qemu/1.0"
ET.register_namespace("qemu", QEMU_NS)
# no_timer_check: on a busy host the check that the timer ticks fails, and the kernel stops.
CMDLINE = ("console=ttyS0 quiet tsc=unstable mitigations=off nokaslr cryptomgr.notests audit=0 apparmor=0 "
           "nowatchdog no_timer_check")
ONE_SLOT = ("pcie-root-port", "pcie-switch-downstream-port")
# libvirt src/conf/domain_addr.c: a device may stand in these slots; elsewhere 1 to 31.
FIRST_SLOT = {"pcie-switch-upstream-port": 0, "dmi-to-pci-bridge": 0, "pci-expander-bus": 0, "pcie-expander-bus": 0}


@dataclasses.dataclass
class Device:
    bus: int
    slot: int
    function: int
    alias: str  # of the running domain, None without it

    @property
    def address(self):
        return f"0000:{self.bus:02x}:{self.slot:02x}.{self.function:x}"


@dataclasses.dataclass
class Bus:
    index: int
    model: str
    alias: str
    guest_root: int  # the number the XML gives an expander bus, None elsewhere
    devices: list
    parent: int = None  # the index of the bus it stands on

    def plug_slot(self):
        """A free slot to try, or None."""
        used = {device.slot for device in self.devices}
        if self.model in ONE_SLOT:
            return None if used else 0
        return next((slot for slot in (*range(9, 31), *range(1, 9)) if slot not in used), None)

    def attach_slot(self, also_used):
        """A free slot that libvirt may address, or None."""
        used = {device.slot for device in self.devices} | also_used
        slots = [0] if self.model in ONE_SLOT else range(30, FIRST_SLOT.get(self.model, 1) - 1, -1)
        return next((slot for slot in slots if slot not in used), None)


def parse(text):
    return ET.fromstring(text)


def to_text(root):
    return ET.tostring(root, encoding="unicode")


def child(parent, tag):
    found = parent.find(tag)
    return ET.SubElement(parent, tag) if found is None else found


def set_features(root, acpi):
    features = child(root, "features")
    for element in features.findall("acpi"):
        features.remove(element)
    if acpi:
        ET.SubElement(features, "acpi")


def add_arguments(root, arguments):
    if not arguments:
        return
    line = child(root, f"{{{QEMU_NS}}}commandline")
    for value in arguments:
        ET.SubElement(line, f"{{{QEMU_NS}}}arg", value=value)


def boots_unpacked(root):
    """QEMU starts an unpacked kernel on machine types from 4.0 on (hw/i386/pc.c, pvh_enabled), SeaBIOS below."""
    version = re.search(r"-(\d+)\.\d+$", root.find("os/type").get("machine"))
    return version is not None and int(version.group(1)) >= 4 and root.find("os/loader") is None


def make_bootable(root, name, image, serial):
    """Direct kernel boot, and the serial line into a file."""
    kernel = image[2] if image[2] and boots_unpacked(root) else image[0]
    root.find("name").text = name
    child(root, "uuid").text = str(uuid.uuid5(uuid.NAMESPACE_OID, name))  # a second definition replaces the first
    system = root.find("os")
    for tag in ("kernel", "initrd", "cmdline"):
        for element in system.findall(tag):
            system.remove(element)
    for tag, value in (("kernel", kernel), ("initrd", image[1]), ("cmdline", CMDLINE)):
        ET.SubElement(system, tag).text = value
    devices = root.find("devices")
    for tag in ("serial", "console"):
        for element in devices.findall(tag):
            devices.remove(element)
    line = ET.SubElement(devices, "serial", type="file")
    ET.SubElement(line, "source", path=serial)


def number(element, name):
    return int(element.get(name, "0"), 0)


def read_devices(root):
    """Every element below <devices> with a PCI address, with its bus."""
    for element in root.find("devices"):
        address = element.find("address")
        if address is None or address.get("type") != "pci":
            continue
        alias = element.find("alias")
        yield element, Device(
            number(address, "bus"), number(address, "slot"), number(address, "function"),
            None if alias is None else alias.get("name"))


def read_buses(root):
    """The buses by index, from the XML of the running domain."""
    buses = {}
    for element in root.iterfind("devices/controller[@type='pci']"):
        index, target = number(element, "index"), element.find("target")
        root_number = None if target is None else target.get("busNr")
        alias = element.find("alias")
        buses[index] = Bus(index, element.get("model"), None if alias is None else alias.get("name"),
                           None if root_number is None else int(root_number), [])
    for element, device in read_devices(root):
        buses[device.bus].devices.append(device)
        if element.get("type") == "pci" and element.tag == "controller":
            buses[number(element, "index")].parent = device.bus
    return [buses[index] for index in sorted(buses)]
