#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Revert by the command line, on a private daemon: what others changed in between stays.

usage: test_revert.py TESTS, with VIRT_HOTPLUG in the environment
"""
import json
import os
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
DOMAIN = """<domain type='qemu'>
  <name>{name}</name>
  <memory>65536</memory>
  <os><type arch='x86_64' machine='{machine}'>hvm</type></os>
  <features><acpi/></features>
  <devices>
    <controller type='pci' index='1' model='pcie-root-port'/>
    <controller type='pci' index='2' model='pcie-root-port'/>
    <controller type='pci' index='3' model='pcie-root-port'/>
    <graphics type='vnc' passwd='s3cret'/>
  </devices>
</domain>"""


class Domain:
    """A domain of a name of its own, with one write behind it."""

    def __init__(self, uri, folder, name):
        self.uri, self.name = uri, name
        self.environment = dict(os.environ, LC_ALL="C.UTF-8", XDG_STATE_HOME=os.path.join(folder, name),
                                XDG_CACHE_HOME=os.path.join(folder, "cache"))
        self.define(DOMAIN.format(name=name, machine=machine_type.find("pc-q35-6.2")))
        # What libvirt adds by itself has its place in the order from the second time on.
        self.define(self.read())
        self.before = self.read()
        self.told("set", "--port=3=off", "--yes")
        self.written = self.read()

    def virsh(self, *words, text=None):
        done = subprocess.run(["virsh", "-q", "-c", self.uri, *words], input=text, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        if done.returncode != 0:
            raise RuntimeError(done.stdout)
        return done.stdout

    def define(self, text):
        self.virsh("define", "/dev/stdin", text=text)

    def read(self):
        return self.virsh("dumpxml", "--inactive", "--security-info", self.name)

    def run(self, command, *words):
        return subprocess.run([PROGRAM, "-c", self.uri, command, self.name, *words], text=True,
                              env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, check=False)

    def told(self, command, *words, expected=0):
        """Standard error of a run that ends as expected; never with the password."""
        done = self.run(command, *words)
        if done.returncode != expected:
            raise RuntimeError(f"{command} {words}: exit status {done.returncode}: {done.stderr}")
        if "s3cret" in done.stdout + done.stderr:
            raise RuntimeError("the password was printed")
        return done.stderr


def listed(domain):
    entries = json.loads(domain.run("history", "--format=json").stdout)["entries"]
    if len(entries) != 1 or entries[0]["what"] != "port 3 off" or not entries[0]["host"]:
        return str(entries)
    with open(entries[0]["backup"], encoding="utf-8") as file:
        if file.read() != domain.before.rstrip("\n") + "\n":
            return "the backup is not what was stored before"
    mode = os.stat(entries[0]["backup"]).st_mode & 0o777
    return f"mode {mode:o}" if mode != 0o600 else None


def straight_back(domain):
    domain.told("revert", "--yes")
    if domain.read() != domain.before:
        return f"not the same bytes:\n{domain.read()}"
    domain.told("revert", "--yes")
    return None if domain.read() == domain.written else "the second revert did not undo the first"


def changed_elsewhere(domain):
    domain.define(domain.written.replace("65536", "131072"))
    told = domain.told("revert", "--yes")
    if "<memory>" not in told or "--whole" not in told:
        return f"it is not said what stays: {told}"
    expected = domain.before.replace("65536", "131072")
    return None if domain.read() == expected else f"not only the settings:\n{domain.read()}"


def changed_elsewhere_whole(domain):
    domain.define(domain.written.replace("65536", "131072"))
    domain.told("revert", "--whole", "--yes")
    return None if domain.read() == domain.before else f"not the whole text:\n{domain.read()}"


def port_is_gone(domain):
    lines = domain.read()
    domain.told("set", "--port=3=on", "--yes")
    start = lines.index("<controller type='pci' index='3'")
    end = lines.index("</controller>", start) + len("</controller>")
    domain.define(lines[:start] + lines[end:])
    theirs = domain.read()
    if "index='3' model='pcie-root-port'" in theirs:
        return "libvirt put the port back"
    domain.told("revert", "--yes", expected=4)
    if domain.read() != theirs:
        return "something was written all the same"
    domain.told("revert", "--whole", "--yes")
    return None if domain.read() == domain.written else f"not the whole text:\n{domain.read()}"


CASES = [
    ("the history lists the write", listed),
    ("nothing changed since: the same bytes, and back", straight_back),
    ("what others changed stays", changed_elsewhere),
    ("--whole undoes what others changed", changed_elsewhere_whole),
    ("a port that is gone is a conflict", port_is_gone),
]


def run(uri, folder):
    def attempt(case, number):
        try:
            return case(Domain(uri, folder, f"d{number}"))
        except RuntimeError as fault:
            return str(fault)
    return tap.run([(title, lambda number=number, case=case: attempt(case, number))
                    for number, (title, case) in enumerate(CASES)])


def main():
    with tempfile.TemporaryDirectory(prefix="vh-revert-") as folder:
        done = subprocess.run([DAEMON, "start", folder], stdout=subprocess.PIPE, text=True)
        if done.returncode != 0:
            return 1
        try:
            return run(done.stdout.strip(), folder)
        finally:
            subprocess.run([DAEMON, "stop", folder], check=False)


if __name__ == "__main__":
    sys.exit(main())
