#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The machine type of a test's domain: the one that is wanted or, where this QEMU lacks it, the nearest one it has.

usage: machine_type.py WANTED
"""
import functools
import re
import subprocess
import sys

QEMU = "/usr/bin/qemu-system-x86_64"
TYPE = re.compile(r"(pc-q35|pc-i440fx)-([0-9]+)\.([0-9]+)")


def read(name):
    """(family, version) of a name; None if it says no version."""
    match = TYPE.fullmatch(name)
    return match and (match.group(1), (int(match.group(2)), int(match.group(3))))


def nearest(wanted, names):
    """The wanted one; else the newest of the older ones; else the oldest that there is."""
    family, version = read(wanted)
    there = sorted(found[1] for found in map(read, names) if found and found[0] == family)
    older = [each for each in there if each <= version]
    if not there:
        return wanted
    major, minor = older[-1] if older else there[0]
    return f"{family}-{major}.{minor}"


@functools.lru_cache(maxsize=None)
def names_of_qemu():
    try:
        told = subprocess.run([QEMU, "-machine", "help"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
                              check=True).stdout
    except OSError:
        return ()
    return tuple(line.split()[0] for line in told.splitlines()[1:] if line.strip())


def find(wanted):
    """Aliases, and names that say no version, are left alone."""
    return nearest(wanted, names_of_qemu()) if read(wanted) else wanted


def has_bridge_switch(name):
    """Whether ACPI hotplug of bridges can be switched: on q35 from 6.1 on, with the property that came then."""
    family, version = read(name)
    return family == "pc-i440fx" or version >= (6, 1)


if __name__ == "__main__":
    print(find(sys.argv[1]))
