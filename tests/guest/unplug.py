# SPDX-License-Identifier: GPL-2.0-or-later
"""How long a guest takes to answer, and how devices are taken out of it."""

# One beat of the guest is some 60 ms of its life. acpiphp and pciehp see a plug within 4 to 24 of them. SHPC announces
# it by the attention button, after which the driver waits 5 s, some 110 beats; so does every driver but acpiphp before
# a removal.
PLUG_BEATS = 40
BUTTON_BEATS = 240
QUIET_BEATS = 20
BUTTON = ("native", "shpc")


def slot_name(row, slot):
    return f"0000:{row['number'] or 0:02x}:{slot:02x}"


def settle(guest):
    """A guest that tears its buses down and scans them again must end that before the next plug."""
    count = -1
    while count != len(guest.events):
        count = len(guest.events)
        guest.wait(lambda: len(guest.events) > count, QUIET_BEATS)


def unplug_all(guest, drivers, ask):
    """Asks for the devices in DRIVERS (id -> the mechanism of the slot) at once, so that the attention buttons blink
    together; returns those that went. ASK: by id, whether the question was taken."""
    asked = {ident for ident in drivers if ask(ident)}
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
            ask(ident)
        guest.wait(lambda: gone(slow), BUTTON_BEATS)
    guest.wait(lambda: gone(asked), max(0, PLUG_BEATS - (guest.beat - start)))
    return asked - present
