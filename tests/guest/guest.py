# SPDX-License-Identifier: GPL-2.0-or-later
"""A running guest: what it said on its serial line, what its QEMU answers. Nothing here judges."""
import os
import time

import driver
from driver import LabError

SLOW = float(os.environ.get("VH_TEST_SLOW", "1"))
BOOT_SECONDS = 120 * SLOW
STALL_SECONDS = 30 * SLOW
BOUND = {"service": "native", "shpc": "shpc"}
DRIVERS = {"acpiphp": "acpi", "pciehp": "native", "shpchp": "shpc"}


class Serial:
    """The lines the guest wrote, read as they come."""

    def __init__(self, path):
        self.path, self.offset, self.rest = path, 0, b""
        self.lines = []

    def poll(self):
        """Takes in what is new; the new lines that are ours, without their mark."""
        if not os.path.exists(self.path):
            return []
        with open(self.path, "rb") as file:
            file.seek(self.offset)
            data = file.read()
        self.offset += len(data)
        *whole, self.rest = (self.rest + data).split(b"\n")
        lines = [line.decode("ascii", "replace").strip() for line in whole]
        self.lines += lines
        return [line[3:] for line in lines if line.startswith("VH ")]


class Guest:
    def __init__(self, connection, name, serial):
        self.driver, self.name, self.serial = connection, name, Serial(serial)
        self.slots, self.bound, self.log = {}, {}, []  # bound: a bus -> the driver of the bridge before it
        self.devices, self.buses, self.events, self.beat = {}, set(), [], 0
        self.ready = self.acpi = False
        self.kernel = "?"

    # the serial line

    def take(self, line):
        word, _, rest = line.partition(" ")
        fields = rest.split()
        if word == "beat":
            self.beat = int(rest)
        elif word in ("+", "-"):
            self.events.append((word, fields[0]))
        elif word == "device":
            self.devices[fields[0]] = fields[1:]
        elif word == "bus":
            self.buses.add(rest)
        elif word == "slot":
            self.slots[fields[1]] = fields[2]
        elif word in BOUND and fields[1:]:
            self.bound[fields[1]] = BOUND[word]
        elif word == "log":
            self.log.append(rest)
        elif word == "kernel":
            self.kernel = rest
        elif word == "ready":
            self.ready = True
        elif word == "acpi":
            self.acpi = True

    def poll(self):
        for line in self.serial.poll():
            self.take(line)

    def wait_ready(self):
        end = time.monotonic() + BOOT_SECONDS
        while not self.ready:
            if time.monotonic() > end:
                tail = "\n".join(self.serial.lines[-15:])
                raise LabError(f"the guest was not ready within {BOOT_SECONDS:.0f} s; it said:\n{tail}")
            time.sleep(0.05)
            self.poll()
            self.check_alive()

    def check_alive(self):
        panic = [line for line in self.serial.lines if "Kernel panic" in line]
        if panic:
            raise LabError(f"the guest's kernel stopped: {panic[0]}")

    def wait(self, condition, beats):
        """Polls until CONDITION holds or the guest has looked BEATS times more. The deadline is the guest's own
        work, so that a busy host cannot make a plug look unseen."""
        self.poll()
        last, alive = self.beat + beats, time.monotonic() + STALL_SECONDS
        while not condition():
            if self.beat >= last:
                return False
            before = self.beat
            time.sleep(0.02)
            self.poll()
            if self.beat != before:
                alive = time.monotonic() + STALL_SECONDS
            elif time.monotonic() > alive:
                raise LabError(f"the guest was silent for {STALL_SECONDS:.0f} s")
        return True

    # QEMU

    def qmp(self, command, **arguments):
        """The answer: ("ok", value) or ("error", text)."""
        request = {"execute": command, "arguments": arguments} if arguments else {"execute": command}
        answer = self.driver.qmp(self.name, request)
        if "error" in answer:
            return "error", answer["error"]["desc"]
        return "ok", answer.get("return")

    # libvirt

    def attach(self, xml):
        """ "ok", or libvirt's words."""
        try:
            self.driver.attach(self.name, xml)
        except driver.Refused as error:
            return str(error)
        return "ok"

    def detach(self, alias):
        try:
            self.driver.detach(self.name, alias)
        except driver.Refused as error:
            return str(error)
        return "ok"

    # both

    def secondary_buses(self):
        """QEMU id of a bridge -> the bus number the guest gave to what is behind it."""
        numbers = {}

        def walk(devices):
            for device in devices:
                behind = device.get("pci_bridge")
                if behind:
                    if device.get("qdev_id"):
                        numbers[device["qdev_id"]] = behind["bus"]["secondary"]
                    walk(behind.get("devices", []))

        for root in self.qmp("query-pci")[1]:
            walk(root["devices"])
        return numbers

    # what the guest lists

    def driver_at(self, slot_address):
        """The mechanism that owns a slot ("0000:01:00"), "-" for a slot without a driver, None for no slot."""
        module = self.slots.get(slot_address)
        if module is None:
            return None
        if module in DRIVERS:
            return DRIVERS[module]
        return "-" if any(name in DRIVERS for name in self.slots.values()) else self.guess_driver(slot_address)

    def guess_driver(self, slot_address):
        """Newer kernels link no module for a built-in driver: what is bound to the bridge before the slot tells."""
        rest = "acpi" if any("Slot [" in line for line in self.log) else "-"
        return self.bound.get(slot_address.rpartition(":")[0], rest)

    def drivers_on(self, bus_number):
        """Every mechanism that owns slots of a bus, with "-" for slots without one."""
        prefix = f"0000:{bus_number:02x}:"
        return {self.driver_at(slot) for slot in self.slots if slot.startswith(prefix)}
