#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A domain that runs, looked at by the whole program: show --live and the screen of the terminal UI.

usage: test_live.py TESTS, with VIRT_HOTPLUG in the environment
"""
import glob
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
import test_json_schema  # noqa: E402

DAEMON = os.path.join(TESTS, "libvirt", "private-libvirtd")
PROGRAM = os.environ["VIRT_HOTPLUG"]
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


class World:
    """The daemon's URI, and a folder for what the program keeps."""

    def __init__(self, uri, folder):
        self.uri = uri
        self.folder = folder

    def virsh(self, *words, text=None):
        return subprocess.run(["virsh", "-q", "-c", self.uri, *words], input=text, text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, check=False)

    def program(self, *words):
        environment = dict(os.environ, LC_ALL="C.UTF-8", XDG_STATE_HOME=os.path.join(self.folder, "state"),
                           XDG_CACHE_HOME=os.path.join(self.folder, "store"))
        return subprocess.run([PROGRAM, "-c", self.uri, *words], env=environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=120, check=False)

    def play(self, script, *words):
        """What went wrong when the script was played."""
        path = os.path.join(self.folder, "keys")
        with open(path, "w", encoding="utf-8") as file:
            file.write(script)
        done = self.program(f"--script={path}", *words, NAME)
        return done.stderr if done.returncode else None

    def define(self, port):
        done = self.virsh("define", "/dev/stdin", text=DOMAIN.format(port))
        return done.stdout if done.returncode else None

    def is_tainted(self):
        """By the log of QEMU: virsh does not tell before libvirt 7.1."""
        paths = glob.glob(os.path.join(self.folder, "**", NAME + ".log"), recursive=True)
        if len(paths) != 1:
            raise RuntimeError(f"the log of QEMU: {paths}")
        with open(paths[0], encoding="utf-8") as file:
            return TAINT in file.read()


def start(world):
    done = world.virsh("start", "--paused", NAME)
    return done.stdout if done.returncode else None


def not_running(world):
    """Nothing is compared, and nobody can be asked."""
    done = world.program("show", NAME, "--live", "--format=json")
    if done.returncode or json.loads(done.stdout)["live"] is not None:
        return done.stderr or "something runs"
    asked = world.program("show", NAME, "--live", "--ask-qemu")
    if asked.returncode != 1 or "no QEMU to ask" not in asked.stderr:
        return f"exit status {asked.returncode}: {asked.stderr}"
    return world.play("v\nexpect did not run\nq\n")


def same(world):
    done = world.program("show", NAME, "--live")
    return None if "They are the same." in done.stdout else done.stdout + done.stderr


def pending(world):
    """Changed while it runs: what runs stays as it was."""
    fault = world.define(OFF)
    if fault:
        return fault
    live = json.loads(world.program("show", NAME, "--live", "--format=json").stdout)["live"]
    if [(row["bus"], row["live"], row["next"]) for row in live["differences"]] != [(1, PLUG, "none, off")]:
        return str(live["differences"])
    if live["arguments"]["live"] or "pci.1" not in live["arguments"]["next"][0]:
        return str(live["arguments"])
    used = [bus["hotplug"]["used"] for bus in live["buses"]]
    knob = live["buses"][1]["knob"]
    if used != ["none", PLUG, PLUG] or knob["settable"] or knob["configured"] != "default":
        return f"{used}, {knob}"
    drawn = world.program("show", NAME, "--live", "--format=svg").stdout
    if "hotplug default → off" not in drawn or f"used {PLUG} → none" not in drawn:
        return drawn
    return "looking taints" if world.is_tainted() else None


def on_the_screen(world):
    """The screen says that something waits; saying no to the question asks nobody."""
    fault = world.play("expect v compares them\nv\nexpect NEXT START\nexpect 1 of\nc\nexpect none, off\nc\n"
                       "Q\nexpect tainted\nn\nexpect NEXT START\nEsc\nexpect Space\nq\n")
    return fault or ("it was asked" if world.is_tainted() else None)


def read_only(world):
    done = world.program("-r", "show", NAME, "--live")
    if done.returncode or "none, off" not in done.stdout:
        return done.stderr
    asked = world.program("-r", "show", NAME, "--live", "--ask-qemu")
    if asked.returncode != 1 or "read only access prevents" not in asked.stderr:
        return f"exit status {asked.returncode}: {asked.stderr}"
    return world.play("v\nexpect NEXT START\nQ\ny\nexpect read only\nq q\n", "-r")


def ask(world):
    """Its own values are those that were predicted, and the domain is marked from then on."""
    if world.is_tainted():
        return "tainted before"
    done = world.program("show", NAME, "--live", "--ask-qemu", "--format=json")
    if done.returncode or "tainted" not in done.stderr:
        return f"exit status {done.returncode}: {done.stderr}"
    fault = test_json_schema.fault_in("show", json.loads(done.stdout))
    if fault:
        return fault
    live = json.loads(done.stdout)["live"]
    answered = [row for row in live["asked"]["values"] if row["says"]]
    wrong = [row for row in answered if row["says"] != row["predicted"]]
    if live["findings"] or wrong or len(answered) != ANSWERS:
        return f"{live['findings']} {live['asked']}"
    return None if world.is_tainted() else "not tainted after"


def ask_on_the_screen(world):
    return world.play("v\nQ\ny\nexpect what was predicted\nDown Down Down Down Down Down\nexpect QEMU says\nq q\n")


def edits_are_of_the_next_start(world):
    """What runs is never the base of an edit: its own setting stays as it is."""
    return world.play("/\ntype 2 pcie-root\nEnter\nSpace\nv\nexpect 2 of\nEsc\nw\nexpect 2 pcie-root-port\nEsc\nq\ny\n")


def stopped_meanwhile(world):
    done = world.virsh("destroy", NAME)
    return done.stdout if done.returncode else not_running(world)


def run(world):
    fault = world.define("")
    if fault:
        return tap.run([("define", lambda: fault)])
    cases = [("not running", not_running), ("start", start), ("the same", same), ("pending", pending),
             ("on the screen", on_the_screen), ("read-only", read_only), ("ask", ask),
             ("ask on the screen", ask_on_the_screen), ("edits", edits_are_of_the_next_start),
             ("stopped", stopped_meanwhile)]
    return tap.run([(name, lambda case=case: case(world)) for name, case in cases])


def main():
    with tempfile.TemporaryDirectory(prefix="vh-live-") as folder:
        done = subprocess.run([DAEMON, "start", folder], stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode != 0:
            return 1
        try:
            return run(World(done.stdout.strip(), folder))
        finally:
            subprocess.run([DAEMON, "stop", folder], check=False)


if __name__ == "__main__":
    sys.exit(main())
