# SPDX-License-Identifier: GPL-2.0-or-later
"""The experiment on a running guest: plug a device into every bus, see who noticed, take it out again."""
import domain

# One beat of the guest is some 60 ms of its life. acpiphp and pciehp see a plug within 4 to 24 of them. SHPC announces
# it by the attention button, after which the driver waits 5 s, some 110 beats; so does every driver but acpiphp before
# a removal.
PLUG_BEATS = 60
BUTTON_BEATS = 240
QUIET_BEATS = 20
BUTTON = ("native", "shpc")
DEVICE = "pci-testdev"


def bus_numbers(guest, buses):
    """libvirt's index -> the guest's bus number; None where the firmware gave none."""
    secondary = guest.secondary_buses()
    numbers = {}
    for bus in buses:
        if bus.index == 0:
            numbers[0] = 0
        elif bus.model == "pcie-expander-bus":
            numbers[bus.index] = bus.guest_root
        else:
            numbers[bus.index] = secondary.get(bus.alias) or None
    return numbers


def slot_name(row, slot):
    return f"0000:{row['number'] or 0:02x}:{slot:02x}"


def listed_on(guest, number):
    drivers = guest.drivers_on(number) if number is not None else set()
    return "+".join(sorted(drivers)) if drivers else "none"


def new_row(guest, bus, number):
    return {"index": bus.index, "model": bus.model, "number": number, "listed": listed_on(guest, number),
            "used": None, "plug": None, "unplugged": None}


def device_add(guest, bus, row):
    slot = bus.plug_slot()
    status, text = guest.qmp("device_add", driver=DEVICE, id=f"vh-plug-{bus.index}", bus=bus.alias,
                             addr=f"{slot:x}.0")
    row["plug"] = {"address": f"{slot:x}.0", "slot": slot, "qemu": "ok" if status == "ok" else text,
                   "guest_saw": False, "others": []}


def settle(guest):
    """A guest that tears its buses down and scans them again must end that before the next plug."""
    count = -1
    while count != len(guest.events):
        count = len(guest.events)
        guest.wait(lambda: len(guest.events) > count, QUIET_BEATS)


def plug_group(guest, group, late):
    """Plugs a device into each bus of the group, and waits for all of them together. LATE: addresses of earlier plugs
    nobody saw; when such a device comes after all, it is not what this plug did."""
    seen = len(guest.events)
    for bus, row in group:
        device_add(guest, bus, row)
    waiting = {slot_name(row, row["plug"]["slot"]) + ".0": row for _, row in group if row["plug"]["qemu"] == "ok"}
    beats = BUTTON_BEATS if any("shpc" in row["listed"] for row in waiting.values()) else PLUG_BEATS
    guest.wait(lambda: all(("+", address) in guest.events[seen:] for address in waiting), beats)
    events = guest.events[seen:]
    others = [word + name for word, name in events if name not in late and name not in waiting]
    for address, row in waiting.items():
        row["plug"].update(guest_saw=("+", address) in events, others=others)
    late |= set(waiting)
    if others:
        settle(guest)


def groups(pairs):
    """A bus that acpiphp or pciehp lists is tried alone, since one event may make the guest look elsewhere too. SHPC
    bridges look at themselves only, and share the wait for the button; buses nobody lists come last, when no later
    event can bring their devices to light."""
    alone = [[pair] for pair in pairs if pair[1]["listed"] not in ("shpc", "none")]
    together = [[pair for pair in pairs if pair[1]["listed"] == listed] for listed in ("shpc", "none")]
    return alone + [group for group in together if group]


def used_by(guest, row):
    """docs/json.md: what a device plugged into that bus really uses."""
    plug = row["plug"]
    if plug is None:
        return row["listed"]
    if not plug["guest_saw"] or plug["others"]:
        return "none"
    return guest.driver_at(slot_name(row, plug["slot"])) or "unlisted"


def unplug_all(guest, drivers):
    """Asks for the devices in DRIVERS (id -> the mechanism of the slot) at once, so that the attention buttons blink
    together; returns those that went."""
    asked = {ident for ident in drivers if guest.qmp("device_del", id=ident)[0] == "ok"}
    slow = {ident for ident in asked if drivers[ident] in BUTTON}
    present, looked = set(asked), None

    def gone(group):
        nonlocal present, looked
        if guest.beat != looked:
            looked = guest.beat
            present = asked & {entry["name"] for entry in guest.qmp("qom-list", path="/machine/peripheral")[1]}
        return not present & group

    start = guest.beat
    if not guest.wait(lambda: gone(slow), BUTTON_BEATS):
        # A driver that is still powering a slot up ignores the button: press it once more.
        for ident in sorted(present & slow):
            guest.qmp("device_del", id=ident)
        guest.wait(lambda: gone(slow), BUTTON_BEATS)
    guest.wait(lambda: gone(asked), max(0, PLUG_BEATS - (guest.beat - start)))
    return asked - present


def measure_unplug(guest, pairs):
    """Takes out what was plugged and seen, and every cold-plugged device libvirt would take out; for each of the
    latter, by address, the mechanism that let it go."""
    plugged = {f"vh-plug-{row['index']}": row for _, row in pairs if row["plug"] and row["used"] != "none"}
    cold = {device.alias: (device, guest.driver_at(slot_name(row, device.slot))) for bus, row in pairs
            for device in bus.devices if device.removable and device.alias}
    drivers = {ident: row["used"] for ident, row in plugged.items()}
    drivers.update({alias: driver for alias, (_, driver) in cold.items()})
    gone = unplug_all(guest, drivers)
    for ident, row in plugged.items():
        row["unplugged"] = ident in gone
    return {device.address: driver or "unlisted" if alias in gone else "none"
            for alias, (device, driver) in cold.items()}


def measure(guest, xml):
    """The whole experiment. XML is that of the running domain."""
    buses = domain.read_buses(domain.parse(xml))
    numbers = bus_numbers(guest, buses)
    pairs = [(bus, new_row(guest, bus, numbers[bus.index])) for bus in buses]
    late = set()
    for group in groups([pair for pair in pairs if pair[0].plug_slot() is not None]):
        plug_group(guest, group, late)
    rows = [row for _, row in pairs]
    for row in rows:
        row["used"] = used_by(guest, row)
    disturbed = any(row["plug"] and row["plug"]["others"] for row in rows)
    devices = {} if disturbed else measure_unplug(guest, pairs)
    return {"kernel": guest.kernel, "acpi": guest.acpi, "buses": rows, "devices": devices, "log": guest.log}
