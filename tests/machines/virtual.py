# SPDX-License-Identifier: GPL-2.0-or-later
"""A domain XML as QEMU's own arguments, and that QEMU while it runs."""
import dataclasses
import json
import os
import re
import shutil
import socket
import subprocess
import time
import xml.etree.ElementTree as ET

SLOW = float(os.environ.get("VH_TEST_SLOW", "1"))
QEMU_NS = "{http://libvirt.org/schemas/domain/qemu/1.0}"
# The console, what else QEMU needs, and whether the machine has a switch for ACPI.
ARCHES = {
    "aarch64": ("ttyAMA0", ("-cpu", "cortex-a72"), True),
    "riscv64": ("ttyS0", (), True),
    "loongarch64": ("ttyS0", (), False),
    "ppc64": ("hvc0", ("-vga", "none"), False),
    "s390x": ("ttysclp0", (), False),
}
FIRMWARE = {
    "aarch64": ("/usr/share/qemu-efi-aarch64/QEMU_EFI.fd", "/usr/share/AAVMF/AAVMF_CODE.fd"),
    "riscv64": ("/usr/share/qemu-efi-riscv64/RISCV_VIRT_CODE.fd",),
    "loongarch64": ("/usr/share/qemu-efi-loongarch64/QEMU_EFI.fd",),
}
DRIVERS = {
    "pcie-root-port": "pcie-root-port,chassis={index}",
    "pcie-switch-upstream-port": "x3130-upstream",
    "pcie-switch-downstream-port": "xio3130-downstream,chassis={index}",
    "pcie-to-pci-bridge": "pcie-pci-bridge",
    "dmi-to-pci-bridge": "i82801b11-bridge",
    "pci-bridge": "pci-bridge,chassis_nr={index}",
    "pcie-expander-bus": "pxb-pcie,bus_nr={bus_nr}",
}
ONE_SLOT = ("pcie-root-port", "pcie-switch-downstream-port")
DEVICE = "virtio-rng-pci"


class LabError(Exception):
    """The laboratory itself failed: no measurement."""


@dataclasses.dataclass
class Bus:
    index: int
    model: str
    parent: int  # None for a root
    bus_nr: int  # of an expander bus, None elsewhere
    phb: int  # of pseries, None elsewhere
    name: str  # QEMU's
    used: set

    def plug_slot(self):
        if self.model in ONE_SLOT:
            return None if self.used else 0
        return next(slot for slot in (*range(9, 31), *range(1, 9)) if slot not in self.used)


def number(element, name):
    return int(element.get(name, "0"), 0)


def place(element):
    """Bus, slot and function of a PCI address, or None."""
    address = element.find("address")
    if address is None or address.get("type") != "pci":
        return None
    return number(address, "bus"), number(address, "slot"), number(address, "function")


class Machine:
    def __init__(self, file):
        with open(file, encoding="utf-8") as text:
            self.root = ET.fromstring(text.read())
        system = self.root.find("os")
        self.arch, self.type = system.find("type").get("arch"), system.find("type").get("machine")
        if self.arch not in ARCHES:
            raise LabError(f"{file}: no guests of {self.arch} here")
        self.firmware = system.get("firmware") == "efi"
        self.acpi = self.root.find("features/acpi") is not None
        self.buses = self.read_buses()

    def read_buses(self):
        buses = {}
        for element in self.root.iterfind("devices/controller[@type='pci']"):
            index, model, at = number(element, "index"), element.get("model"), place(element)
            target = element.find("target")
            phb = None if target is None or target.get("index") is None else number(target, "index")
            bus_nr = None if target is None or target.get("busNr") is None else number(target, "busNr")
            name = "pcie.0" if model == "pcie-root" else f"pci.{index}.0" if phb else f"pci.{index}"
            buses[index] = Bus(index, model, at[0] if at else None, bus_nr, phb, name, set())
        for element in self.root.find("devices"):
            at = place(element)
            if at:
                buses[at[0]].used.add(at[1])
        return [buses[index] for index in sorted(buses)]

    def at(self, element):
        bus, slot, function = place(element)
        name = next(row.name for row in self.buses if row.index == bus)
        shared = sum(1 for other in self.root.find("devices") if (place(other) or ())[:2] == (bus, slot)) > 1
        return f"bus={name},addr={slot:x}.{function}" + (",multifunction=on" if shared and function == 0 else "")

    def controller(self, element, bus):
        target = element.find("target")
        hotplug = None if target is None else target.get("hotplug")
        driver = DRIVERS[bus.model].format(index=bus.index, bus_nr=bus.bus_nr)
        return f"{driver},id={bus.name},{self.at(element)}" + (f",hotplug={hotplug}" if hotplug else "")

    def devices(self):
        controllers = {number(e, "index"): e for e in self.root.iterfind("devices/controller[@type='pci']")}
        for bus in self.buses:
            if bus.phb:
                yield f"spapr-pci-host-bridge,index={bus.phb},id=pci.{bus.index}"
            elif bus.parent is not None:
                yield self.controller(controllers[bus.index], bus)
        for element in self.root.find("devices"):
            if element.get("type") != "pci" and place(element):
                yield f"{DEVICE},{self.at(element)}"

    def command(self, image, work):
        console, more, has_acpi = ARCHES[self.arch]
        machine = self.type + (",acpi=off" if has_acpi and not self.acpi else "")
        argv = [f"qemu-system-{self.arch}", "-nodefaults", "-no-user-config", "-display", "none", "-accel", "tcg",
                "-machine", machine, *more, "-m", "1024", "-kernel", image[0], "-initrd", image[1],
                "-append", f"console={console} quiet", "-serial", f"file:{work}/console",
                "-qmp", f"unix:{work}/qmp,server=on,wait=off"]
        if self.firmware:
            argv += ["-bios", next((name for name in FIRMWARE[self.arch] if os.path.exists(name)), "no firmware")]
        for device in self.devices():
            argv += ["-device", device]
        return argv + [arg.get("value") for arg in self.root.iterfind(f"{QEMU_NS}commandline/{QEMU_NS}arg")]


class Qmp:
    def __init__(self, path, process, log):
        end = time.monotonic() + 60 * SLOW
        self.socket = socket.socket(socket.AF_UNIX)
        while True:
            try:
                self.socket.connect(path)
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > end:
                    with open(log, encoding="utf-8", errors="replace") as text:
                        raise LabError("QEMU does not run: " + text.read().strip()) from None
                time.sleep(0.05)
        self.lines = self.socket.makefile("r", encoding="utf-8")
        greeting = json.loads(self.lines.readline())["QMP"]["version"]["qemu"]
        self.version = f"{greeting['major']}.{greeting['minor']}.{greeting['micro']}"
        self.ask("qmp_capabilities")

    def ask(self, command, **arguments):
        """("ok", value) or ("error", text)."""
        self.socket.sendall((json.dumps({"execute": command, "arguments": arguments}) + "\n").encode())
        while True:
            answer = json.loads(self.lines.readline() or '{"error": {"desc": "QEMU ended"}}')
            if "error" in answer:
                return "error", answer["error"]["desc"]
            if "return" in answer:
                return "ok", answer["return"]


class Running:
    """QEMU as a child; ends with the block."""

    def __init__(self, machine, image, work):
        self.argv, self.work = machine.command(image, work), work

    def __enter__(self):
        if not shutil.which(self.argv[0]):
            raise LabError(f"{self.argv[0]} is not installed")
        log = os.path.join(self.work, "qemu.log")
        with open(log, "wb") as file:
            self.process = subprocess.Popen(self.argv, stdin=subprocess.DEVNULL, stdout=file, stderr=file)
        try:
            self.qmp = Qmp(os.path.join(self.work, "qmp"), self.process, log)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def console(self):
        path = os.path.join(self.work, "console")
        if not os.path.exists(path):
            return []
        with open(path, encoding="utf-8", errors="replace") as file:
            return [re.sub(r"[^ -~]", "", line) for line in file.read().split("\n")[:-1]]
