# SPDX-License-Identifier: GPL-2.0-or-later
"""The experiment: plug a device into every bus of a booted guest and see who noticed."""
import time

import virtual

BOOT_SECONDS = 240 * virtual.SLOW
STALL_SECONDS = 60 * virtual.SLOW
SEEN_BEATS = 75  # 15 s of the guest: SHPC waits 5 s behind the attention button
WORDS = {"pciehp": "native", "shpchp": "shpc"}
NO_DRIVER = {"ppc64": "papr", "s390x": "sclp"}


class Guest:
    """What the guest has said until now."""

    def __init__(self, running):
        self.running, self.log = running, []
        self.behind, self.drives, self.slots = {}, {}, {}
        self.kernel, self.acpi, self.ready = "?", False, False
        self.beat, self.devices, self.read = 0, set(), 0

    def take(self, line):
        words = line.split()
        if words[:1] == ["behind"]:
            self.behind[words[2]] = words[1]
        elif words[:1] == ["drives"]:
            self.drives[words[2]] = WORDS[words[1]]
        elif words[:1] == ["slot"]:
            self.slots[words[1]] = words[2]
        elif words[:1] == ["log"]:
            self.log.append(line[4:])
        elif words[:1] == ["kernel"]:
            self.kernel = words[1]
        elif words == ["acpi"]:
            self.acpi = True
        elif words == ["ready"]:
            self.ready = True
        elif words[:1] == ["beat"] and len(words) > 1:
            self.beat = int(words[1])
            self.devices = {path.rpartition("/")[2] for path in words[2:]}

    def poll(self):
        lines = self.running.console()
        for line in lines[self.read:]:
            self.take(line)
        self.read = len(lines)

    def wait_ready(self):
        end = time.monotonic() + BOOT_SECONDS
        while not self.ready or not self.beat:
            if time.monotonic() > end or self.running.process.poll() is not None:
                tail = "\n".join(self.running.console()[-25:])
                raise virtual.LabError(f"the guest did not come up; it said:\n{tail}")
            time.sleep(0.1)
            self.poll()

    def wait(self, condition):
        """Until it holds; False after so many beats of the guest."""
        self.poll()
        last, alive, beat = self.beat + SEEN_BEATS, time.monotonic(), self.beat
        while not condition():
            if self.beat >= last:
                return False
            time.sleep(0.05)
            self.poll()
            if self.beat != beat:
                beat, alive = self.beat, time.monotonic()
            elif time.monotonic() > alive + STALL_SECONDS:
                raise virtual.LabError("the guest fell silent")
        return True


def secondary_buses(qmp):
    """QEMU's id of a bridge -> the number of the bus behind it."""
    numbers, todo = {}, [device for root in qmp.ask("query-pci")[1] for device in root["devices"]]
    while todo:
        device = todo.pop()
        behind = device.get("pci_bridge")
        if behind:
            numbers[device["qdev_id"]] = behind["bus"]["secondary"]
            todo += behind.get("devices", [])
    return numbers


def bus_name(bus, numbers):
    """The guest's name of a bus, "0000:01"; None where the guest found none."""
    if bus.phb is not None:
        return f"{bus.phb:04x}:00"
    number = 0 if bus.index == 0 else bus.bus_nr or numbers.get(bus.name)
    return None if number is None else f"0000:{number:02x}"


def driver_of(guest, arch, name):
    """Who has the slots of a bus."""
    bridge = next((address for address, bus in guest.behind.items() if bus == name), None)
    return guest.drives.get(bridge) or NO_DRIVER.get(arch, "acpi")


def listed_on(guest, arch, name):
    has_slots = name and any(address.startswith(name + ":") for address in guest.slots.values())
    return driver_of(guest, arch, name) if has_slots else "none"


def plug(guest, arch, bus, row, name):
    slot, before = bus.plug_slot(), set(guest.devices)
    ident = f"plug-{bus.index}"
    status, text = guest.running.qmp.ask("device_add", driver=virtual.DEVICE, id=ident, bus=bus.name,
                                         addr=f"{slot:x}.0")
    row["plug"] = {"address": f"{slot:x}.0", "device": virtual.DEVICE, "qemu": "ok" if status == "ok" else text,
                   "guest_saw": False}
    row["used"] = "none"
    if status != "ok":
        return
    expected = f"{name}:{slot:02x}.0"
    anywhere = arch == "s390x"  # a function has a bus of its own there
    saw = guest.wait(lambda: guest.devices - before if anywhere else expected in guest.devices - before)
    row["plug"]["guest_saw"] = bool(saw)
    if saw:
        row["used"] = driver_of(guest, arch, name)
        row["plug"]["unplugged"] = unplug(guest, ident)


def unplug(guest, ident):
    """Did the guest let it go? Asked a second time, since a driver may still be busy with the plug."""
    def gone():
        answer = guest.running.qmp.ask("qom-list", path="/machine/peripheral")[1]
        return all(entry["name"] != ident for entry in answer)
    for _ in range(2):
        guest.running.qmp.ask("device_del", id=ident)
        if guest.wait(gone):
            return True
    return False


def measure(machine, image, work):
    with virtual.Running(machine, image, work) as running:
        guest = Guest(running)
        guest.wait_ready()
        numbers, rows = secondary_buses(running.qmp), []
        names = {bus.index: bus_name(bus, numbers) for bus in machine.buses}
        for bus in machine.buses:
            listed = listed_on(guest, machine.arch, names[bus.index])
            row = {"index": bus.index, "model": bus.model, "parent": bus.parent, "listed": listed, "used": listed,
                   "plug": None}
            rows.append(row)
            if bus.plug_slot() is not None:
                plug(guest, machine.arch, bus, row, names[bus.index])
        return {"qemu": running.qmp.version, "guest": f"Linux {guest.kernel}", "machine": machine.type,
                "guest_has_acpi": guest.acpi, "guest_booted_by_uefi": machine.firmware,
                "log": [line for line in guest.log if "_OSC" in line], "buses": rows}
