#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The commands that are given for a domain of libvirt, ours and those of virt-xml: each is run on a private daemon.

usage: test_equivalent.py, with VIRT_HOTPLUG in the environment
"""
import json
import os
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
from host import PROGRAM, Host, domain, told
import machine_type
import tap

OFF = "<target hotplug='off'/>"
ARGUMENT = "ICH9-LPC.acpi-pci-hotplug-with-bridge-support=off"

# Machine, whether it has an argument of QEMU before, options of `set`, whether virt-xml can do the same.
CASES = [
    ("pc-q35-7.2", False, ["--port=3=off"], True),
    ("pc-q35-7.2", False, ["--port=2=default", "--port=1=on"], True),
    ("pc-q35-7.2", False, ["--bridge=off", "--port=3=off"], True),
    ("pc-q35-7.2", True, ["--port=3=off"], True),
    ("pc-q35-7.2", True, ["--bridge=default"], False),
    ("pc-q35-7.2", True, ["--bridge=on"], False),
    ("pc-q35-7.2", False, ["--spare-ports=5"], False),
    ("pc-i440fx-7.2", False, ["--root=off"], True),
    ("pc-i440fx-7.2", False, ["--root=off", "--bridge=off", "--site=qemu"], False),
]


def find_virt_xml():
    """Its version; () where it is not installed."""
    if not shutil.which("virt-xml"):
        return ()
    said = subprocess.run(["virt-xml", "--version"], stdout=subprocess.PIPE, text=True, check=True).stdout
    return tuple(int(part) for part in said.strip().split(".")[:2])


# Before 4.0 it finds no device by a number.
VIRT_XML = find_virt_xml()
IS_OLD = VIRT_XML < (4, 0)


class Domain:
    def __init__(self, host, name, machine, has_argument):
        self.host, self.name = host, name
        self.host.define(domain(name, machine, [ARGUMENT] if has_argument else (), ["", OFF, ""]))

    def read(self):
        return self.host.read(self.name)

    def knobs(self):
        shown = json.loads(self.host.run("show", self.name, "--format=json").stdout)
        return [shown["knobs"]] + [[bus["index"], bus["model"], bus["address"], bus["knob"]] for bus in shown["buses"]]

    def set(self, options, *words, expected=0):
        return self.host.run("set", self.name, *options, *words, expected=expected)

    def commands(self, options):
        return self.set(options, "--dry-run").stdout.split("The same by commands:\n")[1].splitlines()


def lacks_switch(machine, options):
    """Is a switch to be set that this machine does not have?"""
    return not machine_type.has_bridge_switch(machine) and {"--bridge=on", "--bridge=off"} & set(options)


def refused(chosen, options):
    before = chosen.read()
    said = chosen.set(options, "--yes", expected=3).stderr
    if "5.2" not in said:
        return said
    return None if chosen.read() == before else "something was stored"


def play(chosen, program, lines, wanted, knobs):
    """What is wrong with what the commands lead to."""
    for line in lines:
        done = chosen.host.run_command(["sh", "-c", line + (" --yes" if program == "virt-hotplug" else "")])
        if program == "virt-xml" and IS_OLD and "index=" in line:
            return None if "No matching objects found" in done.stderr else f"virt-xml {VIRT_XML}: {done.stderr}"
        if done.returncode != 0:
            return f"{line}: {done.stdout} {done.stderr}"
    if program == "virt-hotplug" and chosen.read() != wanted:
        return f"{lines} lead to another text"
    return None if chosen.knobs() == knobs else f"{lines} lead to {chosen.knobs()} and not to {knobs}"


def compare(chosen, options, has_virt_xml):
    before, lines = chosen.read(), chosen.commands(options)
    chosen.set(options, "--yes")
    wanted, knobs = chosen.read(), chosen.knobs()
    for program in "virt-hotplug", "virt-xml":
        own = [line for line in lines if line.startswith(program + " ")]
        if program == "virt-xml" and bool(own) != has_virt_xml:
            return f"commands of virt-xml: {lines}"
        if own and (program == "virt-hotplug" or VIRT_XML):
            chosen.host.define(before)
            fault = play(chosen, program, own, wanted, knobs)
            if fault:
                return fault
    return None


def case(host, number, row):
    wanted, has_argument, options, has_virt_xml = row
    machine = machine_type.find(wanted)

    def run():
        chosen = Domain(host, f"equivalent {number}", machine, has_argument)
        return refused(chosen, options) if lacks_switch(machine, options) else compare(chosen, options, has_virt_xml)
    return f"{machine}{' with an argument' if has_argument else ''} {' '.join(options)}", told(run)


def main():
    with Host() as host:
        host.environment["PATH"] = os.path.dirname(PROGRAM) + ":" + host.environment["PATH"]
        return tap.run([case(host, number, row) for number, row in enumerate(CASES)])


if __name__ == "__main__":
    sys.exit(main())
