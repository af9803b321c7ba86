#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The calls that a command makes to libvirt when the answers of QEMU are kept: each is a round trip, over ssh as well.

usage: test_calls.py FOLDER-OF-THE-TESTS, with VIRT_HOTPLUG in the environment

What libvirt itself asks to open a connection is not counted. A call more must be worth it, and stand here.
"""
import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = sys.argv[1]
sys.path[:0] = [HERE, os.path.join(HERE, "libvirt")]
import machine_type
import proxy
import tap

PROGRAM = os.environ["VIRT_HOTPLUG"]
DAEMON = os.path.join(HERE, "libvirt", "private-libvirtd")
OPENING = (1, 60)  # CONNECT_OPEN, CONNECT_SUPPORTS_FEATURE
# src/remote/remote_protocol.x
NAMES = {2: "close", 3: "type", 4: "QEMU's release", 14: "XML", 15: "autostart", 23: "lookup by name", 59: "host name",
         151: "is persistent", 157: "libvirt's release", 183: "managed save", 187: "snapshots", 212: "state"}
LOOK = ["XML", "QEMU's release", "close", "host name", "libvirt's release", "lookup by name", "state"]
DETAILS = ["autostart", "managed save", "snapshots"]
XML = f"""<domain type='qemu'><name>counted</name><memory>65536</memory>
<os><type machine='{machine_type.find("pc-q35-7.2")}'>hvm</type></os><features><acpi/></features>
<devices><controller type='pci' index='1' model='pcie-root-port'/></devices></domain>"""


def calls_after_open(seen):
    """Their names, of one connection."""
    procedures = [header.procedure for header in seen]
    opened = procedures.index(OPENING[0])
    return sorted(NAMES.get(each, f"procedure {each}") for each in procedures[opened:] if each not in OPENING)


def case(folder, words, wanted):
    """The calls of one command are those that are wanted."""
    def count():
        with open(os.path.join(folder, "uri"), encoding="utf-8") as file:
            socket = file.read().strip().partition("socket=")[2]
        seen = []

        def note(header):
            if header.program == proxy.REMOTE_PROGRAM and header.kind == proxy.CALL:
                seen.append(header)
            return False

        path = os.path.join(folder, f"proxy-{'-'.join(words)[:40]}")
        proxy.Proxy(path, socket, note)
        command = [PROGRAM, "-c", f"qemu+unix:///system?socket={path}", *words]
        environment = dict(os.environ, LC_ALL="C.UTF-8", XDG_STATE_HOME=folder, XDG_CACHE_HOME=folder)
        for _ in range(2):  # the first fills the cache
            seen.clear()
            done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300,
                                  check=False, env=environment)
            if done.returncode != 0:
                return f"exit status {done.returncode}: {done.stdout}{done.stderr}"
        found = calls_after_open(seen)
        return None if found == sorted(wanted) else f"calls: {', '.join(found)}"
    return count


def main():
    folder = tempfile.mkdtemp(prefix="vh-calls-")
    try:
        uri = subprocess.run([DAEMON, "start", folder], capture_output=True, text=True, check=True).stdout.strip()
        xml = os.path.join(folder, "counted.xml")
        with open(xml, "w", encoding="utf-8") as file:
            file.write(XML)
        subprocess.run(["virsh", "-q", "-c", uri, "define", xml], capture_output=True, check=True)
        return tap.run([
            ("show", case(folder, ["show", "counted"], LOOK)),
            ("show in JSON, which has more of the domain", case(folder, ["show", "counted", "--format=json"],
                                                                LOOK + DETAILS)),
            ("check", case(folder, ["check", "counted"], LOOK)),
            ("set that only prints", case(folder, ["set", "counted", "--port=1=off", "--print-diff"], LOOK + DETAILS)),
        ])
    finally:
        subprocess.run([DAEMON, "stop", folder], check=False)
        shutil.rmtree(folder, ignore_errors=True)


sys.exit(main())
