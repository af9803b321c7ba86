#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The commands that are given for a domain of libvirt, ours and those of virt-xml: each is run on a private daemon.

usage: test_equivalent.py TESTS, with VIRT_HOTPLUG in the environment
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
TESTS = sys.argv[1]
sys.path.insert(0, TESTS)
import machine_type  # noqa: E402
import tap  # noqa: E402

PROGRAM = os.environ["VIRT_HOTPLUG"]
DAEMON = os.path.join(TESTS, "libvirt", "private-libvirtd")
DOMAIN = """<domain type='qemu'{namespace}>
  <name>{name}</name>
  <memory>65536</memory>
  <os><type arch='x86_64' machine='{machine}'>hvm</type></os>
  <features><acpi/></features>
  <devices>
    {ports}
  </devices>
  {arguments}
</domain>"""
PORTS = """<controller type='pci' index='1' model='pcie-root-port'/>
<controller type='pci' index='2' model='pcie-root-port'><target hotplug='off'/></controller>
<controller type='pci' index='3' model='pcie-root-port'/>"""
NAMESPACE = " xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'"
ARGUMENTS = """<qemu:commandline><qemu:arg value='-global'/>
<qemu:arg value='ICH9-LPC.acpi-pci-hotplug-with-bridge-support=off'/></qemu:commandline>"""

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
    told = subprocess.run(["virt-xml", "--version"], stdout=subprocess.PIPE, text=True, check=True).stdout
    return tuple(int(part) for part in told.strip().split(".")[:2])


# Before 4.0 it finds no device by a number.
VIRT_XML = find_virt_xml()
IS_OLD = VIRT_XML < (4, 0)


class Domain:
    def __init__(self, uri, folder, name):
        self.uri, self.name = uri, name
        self.environment = dict(os.environ, LC_ALL="C.UTF-8", XDG_STATE_HOME=os.path.join(folder, "state"),
                                XDG_CACHE_HOME=os.path.join(folder, "cache"),
                                PATH=os.path.dirname(PROGRAM) + ":" + os.environ["PATH"])

    def try_run(self, words, text=None):
        return subprocess.run(words, input=text, text=True, env=self.environment, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, check=False)

    def run(self, words, text=None):
        done = self.try_run(words, text)
        if done.returncode != 0:
            raise RuntimeError(f"{words}: {done.stdout} {done.stderr}")
        return done.stdout

    def define(self, machine, has_argument):
        self.run(["virsh", "-q", "-c", self.uri, "define", "/dev/stdin"],
                 DOMAIN.format(name=self.name, machine=machine, namespace=NAMESPACE if has_argument else "",
                               ports=PORTS if "q35" in machine else "", arguments=ARGUMENTS if has_argument else ""))

    def read(self):
        return self.run(["virsh", "-q", "-c", self.uri, "dumpxml", "--inactive", self.name])

    def knobs(self):
        shown = json.loads(self.run([PROGRAM, "-c", self.uri, "show", self.name, "--format=json"]))
        return [shown["knobs"]] + [[bus["index"], bus["model"], bus["address"], bus["knob"]] for bus in shown["buses"]]

    def commands(self, options):
        told = self.run([PROGRAM, "-c", self.uri, "set", self.name, *options, "--dry-run"])
        return told.split("The same by commands:\n")[1].splitlines()


def lacks_switch(machine, options):
    """Is a switch to be set that this machine does not have?"""
    return not machine_type.has_bridge_switch(machine) and {"--bridge=on", "--bridge=off"} & set(options)


def refused(domain, options):
    before = domain.read()
    done = domain.try_run([PROGRAM, "-c", domain.uri, "set", domain.name, *options, "--yes"])
    if done.returncode != 3 or "5.2" not in done.stderr:
        return f"exit status {done.returncode}: {done.stderr}"
    return None if domain.read() == before else "something was stored"


def play(domain, program, lines, wanted, knobs):
    """What is wrong with what the commands lead to."""
    for line in lines:
        if program == "virt-xml" and IS_OLD and "index=" in line:
            told = domain.try_run(["sh", "-c", line]).stderr
            return None if "No matching objects found" in told else f"virt-xml {VIRT_XML}: {told}"
        domain.run(["sh", "-c", line + (" --yes" if program == "virt-hotplug" else "")])
    if program == "virt-hotplug" and domain.read() != wanted:
        return f"{lines} lead to another text"
    return None if domain.knobs() == knobs else f"{lines} lead to {domain.knobs()} and not to {knobs}"


def compare(domain, options, has_virt_xml):
    before, lines = domain.read(), domain.commands(options)
    domain.run([PROGRAM, "-c", domain.uri, "set", domain.name, *options, "--yes"])
    wanted, knobs = domain.read(), domain.knobs()
    for program in "virt-hotplug", "virt-xml":
        chosen = [line for line in lines if line.startswith(program + " ")]
        if program == "virt-xml" and bool(chosen) != has_virt_xml:
            return f"commands of virt-xml: {lines}"
        if chosen and (program == "virt-hotplug" or VIRT_XML):
            domain.run(["virsh", "-q", "-c", domain.uri, "define", "/dev/stdin"], before)
            fault = play(domain, program, chosen, wanted, knobs)
            if fault:
                return fault
    return None


def case(uri, folder, number, row):
    wanted, has_argument, options, has_virt_xml = row
    machine = machine_type.find(wanted)

    def run():
        domain = Domain(uri, folder, f"equivalent {number}")
        try:
            domain.define(machine, has_argument)
            return refused(domain, options) if lacks_switch(machine, options) else \
                compare(domain, options, has_virt_xml)
        except RuntimeError as fault:
            return str(fault)
    return (f"{machine}{' with an argument' if has_argument else ''} {' '.join(options)}", run)


def main():
    with tempfile.TemporaryDirectory(prefix="vh-equivalent-") as folder:
        done = subprocess.run([DAEMON, "start", folder], stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode != 0:
            return 1
        try:
            uri = done.stdout.strip()
            return tap.run([case(uri, folder, number, row) for number, row in enumerate(CASES)])
        finally:
            subprocess.run([DAEMON, "stop", folder], check=False)


if __name__ == "__main__":
    sys.exit(main())
