#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What a finding says of a domain is what libvirt and QEMU say: the example of its page is refused or warned of, in
the words that refused.py knows, and the one that is cured starts, unless something else is found in it.

usage: test_refused.py, with VIRT_HOTPLUG in the environment
"""
import json
import os
import re
import sys

sys.dont_write_bytecode = True
from host import HERE, PROGRAM, Host, told
import machine_type
import refused
import tap

CURED = "-cured"
PAGES = os.path.join(HERE, "..", "..", "docs", "findings")
MACHINE = re.compile(r"machine='(pc-[a-z0-9]+-[0-9]\.[0-9])'")  # not those of a release to come


def findings_in(host, qemu, path):
    done = host.run_command([PROGRAM, f"--qemu={qemu}", "check", path, "--format=json"])
    found = json.loads(done.stdout)["results"][0]["findings"]
    return {finding["rule"]: finding["severity"] for finding in found}


def become(host, name, path):
    """(how far the domain comes, what was said)."""
    done = host.try_virsh("define", path)
    if done.returncode:
        return "define", done.stderr
    done = host.try_virsh("start", "--paused", name)
    said = done.stderr
    if done.returncode == 0:
        with open(os.path.join(host.folder, "log", "qemu", name + ".log"), encoding="utf-8") as file:
            said = "".join(line for line in file if "qemu-system" in line)
        said += host.read(name)
        host.virsh("destroy", name)
    host.virsh("undefine", name)
    return "start" if done.returncode else "runs", said


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


def fault_in(host, qemu, word, example, cure, when, words):
    path = host.write(word + ".xml", example)
    findings = findings_in(host, qemu, path)
    if word not in findings:
        return f"the program finds {findings}"
    how, said = become(host, word, path)
    if how != when or words not in said:
        return f"{how}: {said}"
    path = host.write(word + CURED + ".xml", cure)
    findings = findings_in(host, qemu, path)
    if word in findings:
        return "the program finds it in the cure, too"
    how, said = become(host, word + CURED, path)
    # An old QEMU may lack what the cure sets.
    is_right = (how == "runs") == ("error" not in findings.values())
    return None if is_right and (when != "runs" or words not in said) else f"the cure: {findings}, {how}: {said}"


def case(host, qemu, word, when, words, changes=()):
    return word, told(lambda: fault_in(host, qemu, word, *documents(word, changes), when, words))


def main():
    with Host() as host:
        qemu = re.search(r"hypervisor: QEMU ([0-9.]+)", host.virsh("version")).group(1)
        return tap.run([case(host, qemu, word, *row) for word, row in sorted(refused.EXAMPLES.items())])


if __name__ == "__main__":
    sys.exit(main())
