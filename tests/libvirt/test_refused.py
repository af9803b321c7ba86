#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What a finding says of a domain is what libvirt and QEMU say: the example of its page is refused or warned of, in
the words that refused.py knows, and the one that is cured starts, unless something else is found in it.

usage: test_refused.py TESTS, with VIRT_HOTPLUG in the environment
"""
import json
import os
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
TESTS = sys.argv[1]
sys.path.insert(0, TESTS)
import machine_type  # noqa: E402
import refused  # noqa: E402
import tap  # noqa: E402

PROGRAM = os.environ["VIRT_HOTPLUG"]
DAEMON = os.path.join(TESTS, "libvirt", "private-libvirtd")
CURED = "-cured"
PAGES = os.path.join(TESTS, "..", "docs", "findings")
MACHINE = re.compile(r"machine='(pc-[a-z0-9]+-[0-9]\.[0-9])'")  # not those of a release to come


class World:
    def __init__(self, uri, folder):
        self.uri, self.folder = uri, folder
        self.qemu = re.search(r"hypervisor: QEMU ([0-9.]+)", self.virsh("version")[1]).group(1)

    def virsh(self, *words):
        done = subprocess.run(["virsh", "-q", "-c", self.uri, *words], stdin=subprocess.DEVNULL, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        return done.returncode, done.stdout

    def write(self, name, text):
        path = os.path.join(self.folder, name + ".xml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def findings(self, path):
        done = subprocess.run([PROGRAM, f"--qemu={self.qemu}", "check", path, "--format=json"], text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=False)
        found = json.loads(done.stdout)["results"][0]["findings"]
        return {finding["rule"]: finding["severity"] for finding in found}

    def become(self, name, path):
        """(how far the domain comes, what was said)."""
        status, told = self.virsh("define", path)
        if status:
            return "define", told
        status, told = self.virsh("start", "--paused", name)
        if status == 0:
            with open(os.path.join(self.folder, "log", "qemu", name + ".log"), encoding="utf-8") as file:
                told = "".join(line for line in file if "qemu-system" in line)
            told += self.virsh("dumpxml", "--inactive", name)[1]
            self.virsh("destroy", name)
        self.virsh("undefine", name)
        return "start" if status else "runs", told


def complete(name, text):
    """A document of a page as libvirt takes it, on a machine type that is there."""
    text = re.sub(r"(<domain[^>]*>)", rf"\1<name>{name}</name><memory>65536</memory>", text, count=1)
    return MACHINE.sub(lambda match: f"machine='{machine_type.find(match.group(1))}'", text)


def documents(word, changes):
    """The example of a page, and its cure."""
    with open(os.path.join(PAGES, word + ".md"), encoding="utf-8") as file:
        example, cure = re.findall(r"^```xml\n(.*?)^```$", file.read(), re.M | re.S)
    for old, new in changes:
        example = example.replace(old, new)
    return complete(word, example), complete(word + CURED, cure)


def case(world, word, when, words, changes=()):
    def run():
        example, cure = documents(word, changes)
        path = world.write(word, example)
        if word not in world.findings(path):
            return f"the program finds {world.findings(path)}"
        how, told = world.become(word, path)
        if how != when or words not in told:
            return f"{how}: {told}"
        path = world.write(word + CURED, cure)
        findings = world.findings(path)
        if word in findings:
            return "the program finds it in the cure, too"
        how, told = world.become(word + CURED, path)
        # An old QEMU may lack what the cure sets.
        is_right = (how == "runs") == ("error" not in findings.values())
        return None if is_right and (when != "runs" or words not in told) else f"the cure: {findings}, {how}: {told}"
    return word, run


def main():
    with tempfile.TemporaryDirectory(prefix="vh-refused-") as folder:
        done = subprocess.run([DAEMON, "start", folder], stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode != 0:
            return 1
        try:
            world = World(done.stdout.strip(), folder)
            return tap.run([case(world, word, *row) for word, row in sorted(refused.EXAMPLES.items())])
        finally:
            subprocess.run([DAEMON, "stop", folder], check=False)


if __name__ == "__main__":
    sys.exit(main())
