#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A domain that runs, looked at by the whole program: show --live and the screen of the terminal UI.

usage: test_live.py FOLDER-OF-THE-TESTS, with VIRT_HOTPLUG in the environment
"""
import glob
import json
import os
import sys

sys.dont_write_bytecode = True
from host import Fault, Host, told
import machine_type
import tap
import test_json_schema

NAME = "living"
MACHINE = machine_type.find("pc-q35-7.2")
DOMAIN = """<domain type='qemu'><name>living</name><uuid>6f3c1f0e-0b8a-4a86-9a51-5f1de1a0c001</uuid>
<memory>65536</memory><os><type arch='x86_64' machine='MACHINE'>hvm</type></os><features><acpi/></features>
<devices><controller type='pci' index='0' model='pcie-root'/>
<controller type='pci' index='1' model='pcie-root-port'>{}</controller>
<controller type='pci' index='2' model='pcie-root-port'/><memballoon model='none'/></devices></domain>
""".replace("MACHINE", MACHINE)
# QEMU before 6.1 has no ACPI hotplug of ports.
PLUG = "acpi" if machine_type.has_bridge_switch(MACHINE) else "native"
# Two of the chipset and two of each port; of those older ones the ports' hotplug alone.
ANSWERS = 6 if machine_type.has_bridge_switch(MACHINE) else 2
OFF = "<target hotplug='off'/>"
TAINT = "tainted: custom-monitor"


def define(host, port):
    host.define(DOMAIN.format(port))


def play(host, script, *words):
    """The keys of a script, which has to come to its end."""
    host.run(f"--script={host.write('keys', script)}", *words, NAME)


def is_tainted(host):
    """By the log of QEMU: virsh does not tell before libvirt 7.1."""
    paths = glob.glob(os.path.join(host.folder, "**", NAME + ".log"), recursive=True)
    if len(paths) != 1:
        raise Fault(f"the log of QEMU: {paths}")
    with open(paths[0], encoding="utf-8") as file:
        return TAINT in file.read()


def live(host):
    """What `show --live` tells of what runs, in JSON; None: nothing does."""
    return json.loads(host.run("show", NAME, "--live", "--format=json").stdout)["live"]


def start(host):
    host.virsh("start", "--paused", NAME)


def not_running(host):
    """Nothing is compared, and nobody can be asked."""
    if live(host) is not None:
        return "something runs"
    asked = host.run("show", NAME, "--live", "--ask-qemu", expected=1)
    if "no QEMU to ask" not in asked.stderr:
        return asked.stderr
    return play(host, "v\nexpect did not run\nq\n")


def same(host):
    done = host.run("show", NAME, "--live")
    return None if "They are the same." in done.stdout else done.stdout + done.stderr


def pending(host):
    """Changed while it runs: what runs stays as it was."""
    define(host, OFF)
    shown = live(host)
    if [(row["bus"], row["live"], row["next"]) for row in shown["differences"]] != [(1, PLUG, "none, off")]:
        return str(shown["differences"])
    if shown["arguments"]["live"] or "pci.1" not in shown["arguments"]["next"][0]:
        return str(shown["arguments"])
    used = [bus["hotplug"]["used"] for bus in shown["buses"]]
    knob = shown["buses"][1]["knob"]
    if used != ["none", PLUG, PLUG] or knob["settable"] or knob["configured"] != "default":
        return f"{used}, {knob}"
    drawn = host.run("show", NAME, "--live", "--format=svg").stdout
    if "hotplug default → off" not in drawn or f"used {PLUG} → none" not in drawn:
        return drawn
    return "looking taints" if is_tainted(host) else None


def on_the_screen(host):
    """The screen says that something waits; saying no to the question asks nobody."""
    play(host, "expect v compares them\nv\nexpect NEXT START\nexpect 1 of\nc\nexpect none, off\nc\n"
         "Q\nexpect tainted\nn\nexpect NEXT START\nEsc\nexpect Space\nq\n")
    return "it was asked" if is_tainted(host) else None


def read_only(host):
    done = host.run("-r", "show", NAME, "--live")
    if "none, off" not in done.stdout:
        return done.stdout
    asked = host.run("-r", "show", NAME, "--live", "--ask-qemu", expected=1)
    if "read only access prevents" not in asked.stderr:
        return asked.stderr
    return play(host, "v\nexpect NEXT START\nQ\ny\nexpect read only\nq q\n", "-r")


def ask(host):
    """Its own values are those that were predicted, and the domain is marked from then on."""
    if is_tainted(host):
        return "tainted before"
    done = host.run("show", NAME, "--live", "--ask-qemu", "--format=json")
    if "tainted" not in done.stderr:
        return done.stderr
    shown = json.loads(done.stdout)
    fault = test_json_schema.fault_in("show", shown)
    if fault:
        return fault
    values = shown["live"]["asked"]["values"]
    answered = [row for row in values if row["says"]]
    wrong = [row for row in answered if row["says"] != row["predicted"]]
    if shown["live"]["findings"] or wrong or len(answered) != ANSWERS:
        return f"{shown['live']['findings']} {values}"
    return None if is_tainted(host) else "not tainted after"


def ask_on_the_screen(host):
    return play(host, "v\nQ\ny\nexpect what was predicted\nDown Down Down Down Down Down\nexpect QEMU says\nq q\n")


def edits_are_of_the_next_start(host):
    """What runs is never the base of an edit: its own setting stays as it is."""
    return play(host, "/\ntype 2 pcie-root\nEnter\nSpace\nv\nexpect 2 of\nEsc\nw\nexpect 2 pcie-root-port\nEsc\nq\ny\n")


def stopped_meanwhile(host):
    host.virsh("destroy", NAME)
    return not_running(host)


CASES = [
    ("not running", not_running), ("start", start), ("the same", same), ("pending", pending),
    ("on the screen", on_the_screen), ("read-only", read_only), ("ask", ask),
    ("ask on the screen", ask_on_the_screen), ("edits", edits_are_of_the_next_start), ("stopped", stopped_meanwhile),
]


if __name__ == "__main__":
    with Host() as HOST:
        define(HOST, "")
        STATUS = tap.run([(name, told(case, HOST)) for name, case in CASES])
    sys.exit(STATUS)
