# SPDX-License-Identifier: GPL-2.0-or-later
"""Which slot libvirt chooses: devices without an address are attached to the definition and to the running domain.

Each step keeps the XML it began with, so that `fit` can be asked about that very domain, then or later."""
import re

import domain
import driver
from unplug import BUTTON_BEATS, PLUG_BEATS

DEVICES = {
    "virtio-net": "<interface type='user'><model type='virtio'/><alias name='{alias}'/></interface>",
    "e1000": "<interface type='user'><model type='e1000'/><alias name='{alias}'/></interface>",
    "virtio-scsi": "<controller type='scsi' model='virtio-scsi'><alias name='{alias}'/></controller>",
}
# A plug of ours that the guest never saw: QEMU still has it, libvirt does not know.
IN_USE = re.compile(r"in use by pci-testdev,id=vh-plug-(\d+)")


def find(xml, alias):
    """(bus, slot) of a device, or None."""
    for _, device in domain.read_devices(domain.parse(xml)):
        if device.alias == alias:
            return device.bus, device.slot
    return None


def attach(connection, name, device, flags, dump):
    """One step: what libvirt said, and where the device is."""
    alias, before = f"ua-vh-{device}", dump()
    step = {"device": device, "how": "live" if flags == driver.LIVE else "cold", "xml": before, "libvirt": "ok",
            "bus": None, "slot": None, "guest_saw": None}
    try:
        connection.attach(name, DEVICES[device].format(alias=alias), flags)
        step["bus"], step["slot"] = find(dump(), alias)
    except driver.Refused as error:
        step["libvirt"] = str(error)
        taken = IN_USE.search(str(error))
        step["bus"] = int(taken.group(1)) if taken else None
    return step


def choose_cold(connection, name):
    """The domain is defined again at the end, as it was."""
    def dump():
        return connection.dump(name, driver.INACTIVE)

    whole = dump()
    steps = [attach(connection, name, device, driver.CONFIG, dump) for device in DEVICES]
    connection.define(whole)
    return steps


def choose_live(guest, rows):
    """Does the guest see what libvirt put there?"""
    numbers = {row["index"]: row["number"] or 0 for row in rows}
    seen = len(guest.events)
    steps = [attach(guest.driver, guest.name, device, driver.LIVE, lambda: guest.driver.dump(guest.name))
             for device in DEVICES]
    waiting = {f"0000:{numbers[step['bus']]:02x}:{step['slot']:02x}.0": step
               for step in steps if step["libvirt"] == "ok"}
    slow = any(row["used"] == "shpc" for row in rows for step in waiting.values() if row["index"] == step["bus"])
    # Several come at once.
    guest.wait(lambda: all(("+", address) in guest.events[seen:] for address in waiting),
               BUTTON_BEATS if slow else 4 * PLUG_BEATS)
    for address, step in waiting.items():
        step["guest_saw"] = ("+", address) in guest.events[seen:]
    return steps


def judge_live(answer, step):
    if step["libvirt"] != "ok" and step["bus"] is not None:  # a plug of ours is in the way
        yield answer["bus"] == step["bus"], f"predicted bus {answer['bus']}, libvirt chose {step['bus']}"
        return
    yield from judge_place(answer, step)
    if step["libvirt"] == "ok" and answer["mechanism"] != "unknown":
        yield ((answer["mechanism"] != "none") == step["guest_saw"],
               f"predicted {answer['mechanism']}, the guest {'saw' if step['guest_saw'] else 'did not see'} it")


def judge_place(answer, step):
    fits = step["libvirt"] == "ok"
    yield answer["fits"] == fits, f"predicted fits {answer['fits']}, libvirt said {step['libvirt']}"
    if fits:
        yield ((answer["bus"], answer["slot"]) == (step["bus"], step["slot"]),
               f"predicted bus {answer['bus']} slot {answer['slot']}, "
               f"libvirt chose bus {step['bus']} slot {step['slot']}")
    else:
        yield answer["error"] == step["libvirt"], f"predicted {answer['error']}, libvirt said {step['libvirt']}"


def judge(answer, step):
    """ANSWER: what `fit` says about the domain the step began with. The complaints."""
    part = answer[step["how"]]
    if part["fits"] is None:
        return []
    rows = judge_live(part, step) if step["how"] == "live" else judge_place(part, step)
    return [f"fit {step['device']} {step['how']}: {text}" for right, text in rows if not right]
