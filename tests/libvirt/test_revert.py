#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Revert by the command line, on a private daemon: what others changed in between stays.

usage: test_revert.py, with VIRT_HOTPLUG in the environment
"""
import json
import os
import sys

sys.dont_write_bytecode = True
from host import Host, told
import tap


class Written:
    """A domain of a name of its own, with one write behind it."""

    def __init__(self, host, name):
        self.host, self.name = host, name
        self.before = host.defined(name, machine="pc-q35-6.2", ports=("", "", ""))
        self.run("set", "--port=3=off", "--yes")
        self.after = self.read()

    def define(self, text):
        self.host.define(text)

    def read(self):
        return self.host.read(self.name)

    def run(self, command, *words, expected=0):
        return self.host.run(command, self.name, *words, expected=expected)


def listed(written):
    entries = json.loads(written.run("history", "--format=json").stdout)["entries"]
    if len(entries) != 1 or entries[0]["what"] != "port 3 off" or not entries[0]["host"]:
        return str(entries)
    with open(entries[0]["backup"], encoding="utf-8") as file:
        if file.read() != written.before.rstrip("\n") + "\n":
            return "the backup is not what was stored before"
    mode = os.stat(entries[0]["backup"]).st_mode & 0o777
    return f"mode {mode:o}" if mode != 0o600 else None


def straight_back(written):
    written.run("revert", "--yes")
    if written.read() != written.before:
        return f"not the same bytes:\n{written.read()}"
    written.run("revert", "--yes")
    return None if written.read() == written.after else "the second revert did not undo the first"


def changed_elsewhere(written):
    written.define(written.after.replace("65536", "131072"))
    said = written.run("revert", "--yes").stderr
    if "<memory>" not in said or "--whole" not in said:
        return f"it is not said what stays: {said}"
    expected = written.before.replace("65536", "131072")
    return None if written.read() == expected else f"not only the settings:\n{written.read()}"


def changed_elsewhere_whole(written):
    written.define(written.after.replace("65536", "131072"))
    written.run("revert", "--whole", "--yes")
    return None if written.read() == written.before else f"not the whole text:\n{written.read()}"


def port_is_gone(written):
    lines = written.read()
    written.run("set", "--port=3=on", "--yes")
    start = lines.index("<controller type='pci' index='3'")
    end = lines.index("</controller>", start) + len("</controller>")
    written.define(lines[:start] + lines[end:])
    theirs = written.read()
    if "index='3' model='pcie-root-port'" in theirs:
        return "libvirt put the port back"
    written.run("revert", "--yes", expected=4)
    if written.read() != theirs:
        return "something was written all the same"
    written.run("revert", "--whole", "--yes")
    return None if written.read() == written.after else f"not the whole text:\n{written.read()}"


CASES = [
    ("the history lists the write", listed),
    ("nothing changed since: the same bytes, and back", straight_back),
    ("what others changed stays", changed_elsewhere),
    ("--whole undoes what others changed", changed_elsewhere_whole),
    ("a port that is gone is a conflict", port_is_gone),
]


def case(host, number, check):
    return told(lambda: check(Written(host, f"d{number}")))


if __name__ == "__main__":
    with Host() as HOST:
        STATUS = tap.run([(title, case(HOST, number, check)) for number, (title, check) in enumerate(CASES)])
    sys.exit(STATUS)
