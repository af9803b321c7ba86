#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Every rule was seen in a guest, or says that it was not.

usage: test_rules.py SOURCE, the top folder, with VIRT_HOTPLUG in the environment

The domains of tests/fixtures/ground-truth were booted, and test_ground_truth holds every bus of them against the
prediction: a rule that is a reason or a finding there was seen. What keeps a domain from being defined or started no
guest can show: libvirt and QEMU say it of the examples in tests/libvirt/refused.py. Any other rule has one of MARKS in
its evidence.
"""
import concurrent.futures
import glob
import json
import os
import re
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "libvirt"))
import refused
import tap

STRINGS = r'((?:"(?:[^"\\]|\\.)*"\s*)+)'
ROW = re.compile(rf'VH_RULE_ROW \((\w+), "([^"]+)",\s*N_ \({STRINGS}\),\s*{STRINGS}\)')
FROM_SOURCE = "from the source only"
# Booted by tests/machines, where no libvirt describes the buses; asked of a running QEMU by tests/libvirt; not about a
# guest.
MARKS = (FROM_SOURCE, "tests/machines", "tests/libvirt", "no guest starts", "product rule")


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def rules(source):
    """id -> (word, evidence)"""
    found = ROW.findall(read(os.path.join(source, "model/rules.def")))
    return {ident: (word, "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', evidence)))
            for ident, word, _, evidence in found}


def shown_by(truth):
    """The words of the rules that are reasons or findings in a domain that was booted."""
    qemu = json.loads(read(truth))["qemu"]
    done = subprocess.run([os.environ["VIRT_HOTPLUG"], f"--qemu={qemu}", "show", truth[:-5] + ".xml", "--format=json"],
                          check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    domain = json.loads(done.stdout)
    return {reason["rule"] for bus in domain["buses"] for reason in bus["hotplug"]["reasons"]} | \
        {finding["rule"] for finding in domain["findings"]}


def fault_of(word, evidence, shown):
    if word in shown:
        return f"a guest showed it, but its evidence says “{FROM_SOURCE}”" if FROM_SOURCE in evidence else None
    if word in refused.EXAMPLES or any(mark in evidence for mark in MARKS):
        return None
    return "no domain in tests/fixtures/ground-truth shows it, nor an example in tests/libvirt/refused.py, and its " \
        "evidence has none of: " + ", ".join(MARKS)


def main(argv):
    source = argv[1]
    known = rules(source)
    truths = sorted(glob.glob(os.path.join(source, "tests/fixtures/ground-truth/*.json")))
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        shown = set().union(*pool.map(shown_by, truths))

    def is_read():
        rows = read(os.path.join(source, "model/rules.def")).count("VH_RULE_ROW (")
        return None if len(known) == rows else f"{len(known)} of {rows} rows of rules.def were understood"

    return tap.run([("rules are found", is_read),
                    *((word, lambda word=word, evidence=evidence: fault_of(word, evidence, shown))
                      for word, evidence in known.values())])


if __name__ == "__main__":
    sys.exit(main(sys.argv))
