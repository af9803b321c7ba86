# SPDX-License-Identifier: GPL-2.0-or-later
"""The experiment on a running guest: plug a device into every bus, see who noticed, take it out again."""
import attach
import choice
import domain
from unplug import BUTTON_BEATS, PLUG_BEATS, settle, slot_name, unplug_all

DEVICE = "pci-testdev"


def bus_numbers(guest, buses):
    """libvirt's index -> the guest's bus number, as it stands in the bridge; None if the guest has no such bus."""
    secondary = guest.secondary_buses()
    numbers = {}
    for bus in buses:
        if bus.index == 0:
            numbers[0] = 0
        elif bus.model == "pcie-expander-bus":
            numbers[bus.index] = bus.guest_root
        else:
            numbers[bus.index] = secondary.get(bus.alias) or None
    return {index: number if number is not None and f"0000:{number:02x}" in guest.buses else None
            for index, number in numbers.items()}


def listed_on(guest, number):
    drivers = guest.drivers_on(number) if number is not None else set()
    return "+".join(sorted(drivers)) if drivers else "none"


def numbers(guest, xml):
    return bus_numbers(guest, domain.read_buses(domain.parse(xml)))


def new_row(guest, bus, number):
    return {"index": bus.index, "model": bus.model, "number": number, "listed": listed_on(guest, number),
            "used": None, "plug": None, "unplugged": None, "attach": None}


def device_add(guest, bus, row):
    slot = bus.plug_slot()
    status, text = guest.qmp("device_add", driver=DEVICE, id=f"vh-plug-{bus.index}", bus=bus.alias,
                             addr=f"{slot:x}.0")
    row["plug"] = {"address": f"{slot:x}.0", "slot": slot, "qemu": "ok" if status == "ok" else text,
                   "guest_saw": False, "others": []}


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
    """A bus that acpiphp lists is tried alone, since one event may make the guest look elsewhere too. Ports of pciehp
    and SHPC bridges look at themselves only, and share the wait for the button; buses nobody lists come last, when no
    later event can bring their devices to light."""
    together = {listed: [pair for pair in pairs if pair[1]["listed"] == listed]
                for listed in ("native", "shpc", "none")}
    alone = [[pair] for pair in pairs if pair[1]["listed"] not in together]
    return alone + [group for group in together.values() if group]


def used_by(guest, row):
    """docs/json.md: what a device plugged into that bus really uses."""
    plug = row["plug"]
    if plug is None:
        return row["listed"]
    if not plug["guest_saw"] or plug["others"]:
        return "none"
    return guest.driver_at(slot_name(row, plug["slot"])) or "unlisted"


def unplug_plugged(guest, pairs):
    """Takes out, by QEMU's own command, what was plugged and seen."""
    plugged = {f"vh-plug-{row['index']}": row for _, row in pairs if row["plug"] and row["used"] != "none"}
    gone = unplug_all(guest, {ident: row["used"] for ident, row in plugged.items()},
                      lambda ident: guest.qmp("device_del", id=ident)[0] == "ok")
    for ident, row in plugged.items():
        row["unplugged"] = ident in gone


def wait_for_libvirt(guest, gone):
    """libvirt hears a little later than QEMU's list that a device went."""
    def is_known():
        known = {device.alias for _, device in domain.read_devices(domain.parse(guest.driver.dump(guest.name)))}
        return not known & gone

    guest.wait(is_known, PLUG_BEATS)


def detach_all(guest, pairs):
    """Asks libvirt for every device of the domain and for those attached meanwhile; for each of the former, by
    address, the mechanism that let it go."""
    cold = {device.alias: (device, guest.driver_at(slot_name(row, device.slot))) for bus, row in pairs
            for device in bus.devices if device.alias}
    attached = {attach.alias(row): row for _, row in pairs if row["attach"] and row["attach"]["guest_saw"]}
    drivers = {ident: row["used"] for ident, row in attached.items()}
    drivers.update({alias: driver for alias, (_, driver) in cold.items()})
    gone = unplug_all(guest, drivers, lambda ident: guest.detach(ident) == "ok")
    wait_for_libvirt(guest, gone)
    for ident, row in attached.items():
        row["attach"]["detached"] = ident in gone
    return {device.address: driver or "unlisted" if alias in gone else "none"
            for alias, (device, driver) in cold.items()}


def measure(guest, xml):
    """The whole experiment. XML is that of the running domain."""
    buses = domain.read_buses(domain.parse(xml))
    numbers = bus_numbers(guest, buses)
    pairs = [(bus, new_row(guest, bus, numbers[bus.index])) for bus in buses]
    late = set()
    for group in groups([pair for pair in pairs if pair[0].plug_slot() is not None]):
        if group[0][1]["listed"] == "none":  # a search that an earlier plug began must not find these
            settle(guest)
        plug_group(guest, group, late)
    rows = [row for _, row in pairs]
    for row in rows:
        row["used"] = used_by(guest, row)
    disturbed = any(row["plug"] and row["plug"]["others"] for row in rows)
    devices, chosen = {}, []
    if not disturbed:
        unplug_plugged(guest, pairs)
        attach.attach_all(guest, pairs)
        devices = detach_all(guest, pairs)
        settle(guest)  # what libvirt and QEMU call gone the guest may still be putting away
        chosen = choice.choose_live(guest, rows)
    return {"kernel": guest.kernel, "acpi": guest.acpi, "buses": rows, "devices": devices, "chosen": chosen,
            "log": guest.log}
