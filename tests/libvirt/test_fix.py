#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""`check --fix` of domains that libvirt has: on a private daemon, and once through the embedded driver.

usage: test_fix.py, with VIRT_HOTPLUG in the environment
"""
import json
import os
import subprocess
import sys

sys.dont_write_bytecode = True
from host import Fault, Host, domain, told
import machine_type
import tap
from typist import tells

# On q35, or where its QEMU has no such switch yet on i440fx.
IS_Q35 = machine_type.has_bridge_switch(machine_type.find("pc-q35-7.2"))
MACHINE = "pc-q35-7.2" if IS_Q35 else "pc-i440fx-7.2"
OURS, OTHER = ("ICH9-LPC", "PIIX4_PM") if IS_Q35 else ("PIIX4_PM", "ICH9-LPC")
BRIDGE = f"{OURS}.acpi-pci-hotplug-with-bridge-support"
STRAY = f"{OTHER}.acpi-pci-hotplug-with-bridge-support=off"
# QEMU obeys the last and does not start with "Off"; the other chipset is not there.
CURABLE = [f"{BRIDGE}=on", f"{BRIDGE}=Off", STRAY]
CURED = [f"{BRIDGE}=off"]
# The same without what is an error, which no revert brings back.
UNTIDY = [f"{BRIDGE}=on", f"{BRIDGE}=off", STRAY]
# Nobody but who wrote it knows what was meant.
HOPELESS = [f"{BRIDGE}=maybe", STRAY]


def settings(text):
    """Those of -global, in their order."""
    words = [line.split("'")[1] for line in text.splitlines() if "<qemu:arg value='" in line]
    return [word for word in words if word != "-global"]


def rules(host, name):
    """Those with a fix, by the JSON of check; whatever its exit status is."""
    done = subprocess.run(host.words("check", name, "--format=json"), env=host.environment, text=True,
                          stdin=subprocess.DEVNULL, capture_output=True, check=False)
    found = json.loads(done.stdout)["results"][0]["findings"]
    return sorted(finding["rule"] for finding in found if finding["fix"])


def unchanged(host, name, before, after_what):
    if host.read(name) != before:
        raise Fault(f"{after_what} wrote the domain:\n{host.read(name)}")


def looks(host):
    """It is found; nothing is stored by looking, nor without a question or --yes, nor read-only."""
    before = host.defined("looks", MACHINE, settings=CURABLE)
    if settings(before) != CURABLE:
        return f"libvirt stored {settings(before)}"
    found = rules(host, "looks")
    if found != ["bad-value", "global-contradiction", "global-wrong-class"]:
        return f"found with a fix: {found}"
    host.run("check", "looks", expected=3)
    dry = host.run("check", "looks", "--fix", "--dry-run")
    unchanged(host, "looks", before, "--dry-run")
    if dry.stdout.count("  fix: ") != 3 or "write 'Off' as 'off'" not in dry.stdout:
        return dry.stdout
    diff = host.run("check", "looks", "--fix", "--print-diff")
    unchanged(host, "looks", before, "--print-diff")
    if not diff.stdout.startswith("--- ") or f"+    <qemu:arg value='{CURED[0]}'/>" not in diff.stdout:
        return diff.stdout
    refused = host.run("check", "looks", "--fix", expected=1)
    unchanged(host, "looks", before, "a run without a terminal")
    if "--yes" not in refused.stderr:
        return refused.stderr
    host.run("-r", "check", "looks", "--fix", "--yes", expected=1)
    unchanged(host, "looks", before, "a read-only connection")
    return None


def writes(host):
    """Fixed, read back, nothing else touched; the second time there is nothing to do; and back."""
    before = host.defined("writes", MACHINE, settings=UNTIDY)
    done = host.run("check", "writes", "--fix", "--yes")
    after = host.read("writes")
    if settings(after) != CURED:
        return f"stored: {settings(after)}"
    others = [[line for line in text.splitlines() if "qemu:arg" not in line] for text in (before, after)]
    if others[0] != others[1]:
        return f"more was changed than arguments:\n{after}"
    if "arguments that vanish" not in done.stderr or rules(host, "writes"):
        return f"left to fix: {rules(host, 'writes')}, {done.stderr}"
    host.run("check", "writes")
    again = host.run("check", "writes", "--fix", "--yes")
    unchanged(host, "writes", after, "the second time")
    if "There is nothing to fix." not in again.stderr:
        return again.stderr
    host.run("revert", "writes", "--yes")
    unchanged(host, "writes", before, "revert, which should have brought back what was,")
    return None


def cures_errors(host):
    """A domain that would not start passes check then; a revert that makes the error again is refused."""
    host.defined("broken", MACHINE, settings=CURABLE)
    host.run("check", "broken", "--fix", "--yes")
    after = host.read("broken")
    if settings(after) != CURED:
        return f"stored: {settings(after)}"
    host.run("check", "broken")
    host.run("revert", "broken", "--yes", expected=3)
    unchanged(host, "broken", after, "a revert that was refused")
    return None


def through_the_embedded_driver():
    """Which reads the domains of its folder and writes them there."""
    with Host(embedded={"one": domain("one", MACHINE, settings=CURABLE)}) as host:
        done = host.run("check", "--all", "--fix", "--yes")
        with open(host.stored("one"), encoding="utf-8") as file:
            stored = settings(file.read())
    return None if stored == CURED and "Of 1 domain: 1 done." in done.stderr else f"{stored}: {done.stderr}"


def keeps_what_has_no_cure(host):
    """Exit status 3 for the error that is left, and the others are cured all the same."""
    host.defined("hopeless", MACHINE, settings=HOPELESS)
    done = host.run("check", "hopeless", "--fix", "--yes", expected=3)
    if settings(host.read("hopeless")) != HOPELESS[:1] or "no fix by this program" not in done.stdout:
        return f"{settings(host.read('hopeless'))}: {done.stdout}"
    host.run("check", "hopeless", "--fix", "--yes", expected=3)
    return None


@tells
def conflicts(host):
    """Somebody else defines it while the question waits: theirs stays, exit status 4."""
    host.defined("contested", MACHINE, settings=CURABLE)
    with host.typist("check", "contested", "--fix") as typist:
        typist.expect("[y/N]")
        host.define(host.read("contested").replace("65536", "131072"))
        theirs = host.read("contested")
        status, said = typist.type("y\n").finish()
    unchanged(host, "contested", theirs, "a conflict")
    return None if status == 4 and "131072" in theirs else f"exit status {status}: {said}"


@tells
def asks(host):
    """No is no error, and yes writes."""
    before = host.defined("asked", MACHINE, settings=CURABLE)
    for answer, expected in (("n", CURABLE), ("y", CURED)):
        with host.typist("check", "asked", "--fix") as typist:
            status = typist.expect("[y/N]").type(answer + "\n").finish()[0]
        if status != 0 or settings(host.read("asked")) != expected:
            return f"{answer}: exit status {status}, {settings(host.read('asked'))}"
    return None if settings(before) == CURABLE else "it was cured before"


def all_domains(host):
    """One after the other by name; a transient one is refused, and stops it without --keep-going."""
    for name in host.virsh("list", "--all", "--name").split():
        host.virsh("undefine", name)
    for name in ("a", "c"):
        host.defined(name, MACHINE, settings=CURABLE)
    transient = os.path.join(host.folder, "b.xml")
    with open(transient, "w", encoding="utf-8") as file:
        file.write(host.defined("b", MACHINE, settings=[f"{BRIDGE}=on", f"{BRIDGE}=off"]))
    host.virsh("undefine", "b")
    host.virsh("create", transient, "--paused")
    done = host.run("check", "--all", "--fix", "--yes", expected=3)
    if "Of 3 domains: 1 done, 1 failed, 1 not tried" not in done.stderr or "transient" not in done.stderr:
        return done.stderr
    if settings(host.read("a")) != CURED or settings(host.read("c")) != CURABLE:
        return f"a: {settings(host.read('a'))}, c: {settings(host.read('c'))}"
    done = host.run("check", "--all", "--fix", "--yes", "--keep-going", expected=3)
    if "Of 3 domains: 2 done, 1 failed." not in done.stderr or settings(host.read("c")) != CURED:
        return f"c: {settings(host.read('c'))}: {done.stderr}"
    host.virsh("destroy", "b")
    host.run("check", "--all", "--fix", "--yes")
    return None


CASES = [
    ("nothing is written by looking", looks), ("it is fixed, read back, and back", writes),
    ("errors", cures_errors), ("what has no cure stays", keeps_what_has_no_cure), ("a conflict", conflicts),
    ("a question", asks), ("all domains", all_domains),
]


if __name__ == "__main__":
    with Host() as HOST:
        STATUS = tap.run([(name, told(case, HOST)) for name, case in CASES] +
                         [("through the embedded driver", told(through_the_embedded_driver))])
    sys.exit(STATUS)
