# SPDX-License-Identifier: GPL-2.0-or-later
"""The second experiment on a running guest: libvirt attaches a device to every bus, at an address of ours."""

from unplug import BUTTON_BEATS, PLUG_BEATS, settle, slot_name

DEVICE = """<rng model='virtio'><backend model='random'>/dev/urandom</backend><alias name='{alias}'/>
<address type='pci' domain='0x0000' bus='0x{bus:02x}' slot='0x{slot:02x}' function='0x0'/></rng>"""


def alias(row):
    return f"ua-vh-{row['index']}"


def left_slots(row):
    """The slot in which a device sits that the guest never saw, and QEMU therefore kept."""
    plug = row["plug"]
    return {plug["slot"]} if plug and plug["qemu"] == "ok" and not row["unplugged"] else set()


def attach_one(guest, bus, row):
    slot = bus.attach_slot(left_slots(row))
    if slot is None:
        return
    answer = guest.attach(DEVICE.format(alias=alias(row), bus=bus.index, slot=slot))
    row["attach"] = {"address": f"{slot:x}.0", "slot": slot, "libvirt": answer, "guest_saw": False, "detached": None}


def attach_group(guest, group):
    seen = len(guest.events)
    for bus, row in group:
        attach_one(guest, bus, row)
    waiting = {slot_name(row, row["attach"]["slot"]) + ".0": row for _, row in group
               if row["attach"] and row["attach"]["libvirt"] == "ok"}
    shpc = any(row["used"] == "shpc" for row in waiting.values())
    guest.wait(lambda: all(("+", address) in guest.events[seen:] for address in waiting),
               BUTTON_BEATS if shpc else PLUG_BEATS)
    for address, row in waiting.items():
        row["attach"]["guest_saw"] = ("+", address) in guest.events[seen:]


def attach_all(guest, pairs):
    """Each bus alone has shown already what it does with a plug: here all that work go together, then the others."""
    for works in (True, False):
        settle(guest)
        attach_group(guest, [pair for pair in pairs if (pair[1]["used"] != "none") is works])
