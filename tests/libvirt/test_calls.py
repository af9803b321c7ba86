#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The calls that a command makes to libvirt when the answers of QEMU are kept: each is a round trip, over ssh as well.

usage: test_calls.py, with VIRT_HOTPLUG in the environment

What libvirt itself asks to open a connection is not counted. A call more must be worth it, and stand here.
"""
import sys

sys.dont_write_bytecode = True
from host import Host, domain, told
import proxy
import tap

OPENING = (1, 60)  # CONNECT_OPEN, CONNECT_SUPPORTS_FEATURE
# src/remote/remote_protocol.x
NAMES = {2: "close", 3: "type", 4: "QEMU's release", 14: "XML", 15: "autostart", 23: "lookup by name", 59: "host name",
         151: "is persistent", 157: "libvirt's release", 183: "managed save", 187: "snapshots", 212: "state"}
LOOK = ["XML", "QEMU's release", "close", "host name", "libvirt's release", "lookup by name", "state"]
DETAILS = ["autostart", "managed save", "snapshots"]
CASES = [
    ("show", ["show", "counted"], LOOK),
    ("show in JSON, which has more of the domain", ["show", "counted", "--format=json"], LOOK + DETAILS),
    ("check", ["check", "counted"], LOOK),
    ("set that only prints", ["set", "counted", "--port=1=off", "--print-diff"], LOOK + DETAILS),
]


def calls_after_open(seen):
    """Their names, of one connection."""
    procedures = [header.procedure for header in seen]
    opened = procedures.index(OPENING[0])
    return sorted(NAMES.get(each, f"procedure {each}") for each in procedures[opened:] if each not in OPENING)


def count(host, seen, words, wanted):
    """The calls of one command are those that are wanted."""
    for _ in range(2):  # the first fills the cache
        seen.clear()
        host.run(*words)
    found = calls_after_open(seen)
    return None if found == sorted(wanted) else f"calls: {', '.join(found)}"


def main():
    seen = []

    def note(header):
        if header.program == proxy.REMOTE_PROGRAM and header.kind == proxy.CALL:
            seen.append(header)
        return False

    with Host() as host:
        host.define(domain("counted"))
        host.stand_between(note)
        return tap.run([(name, told(count, host, seen, words, wanted)) for name, words, wanted in CASES])


if __name__ == "__main__":
    sys.exit(main())
