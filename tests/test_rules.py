#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Every rule about what a guest does was seen in a guest, or says that it was not.

usage: test_rules.py SOURCE, the top folder, with VIRT_HOTPLUG in the environment

The rules about guests are those that model/modes*.c and ruling.c give as reasons. The domains of
tests/fixtures/ground-truth were booted, and test_ground_truth holds every bus of them against the
prediction: a rule that is a reason there was seen. Any other one has one of MARKS in its evidence.
"""
import concurrent.futures
import glob
import json
import os
import re
import subprocess
import sys

sys.dont_write_bytecode = True
import tap

STRINGS = r'((?:"(?:[^"\\]|\\.)*"\s*)+)'
ROW = re.compile(rf'VH_RULE_ROW \((\w+), "([^"]+)",\s*N_ \({STRINGS}\),\s*{STRINGS}\)')
FROM_SOURCE = "from the source only"
# The second: booted by tests/machines/, where no libvirt describes the buses. The last two: not about a guest.
MARKS = (FROM_SOURCE, "tests/machines", "no guest starts", "product rule")


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def rules(source):
    """id -> (word, evidence)"""
    found = ROW.findall(read(os.path.join(source, "model/rules.def")))
    return {ident: (word, "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', evidence)))
            for ident, word, _, evidence in found}


def reasons_of_guests(source):
    """The ids of the rules that are pushed as reasons."""
    files = [*glob.glob(os.path.join(source, "model/modes*.c")), os.path.join(source, "model/ruling.c")]
    return sorted({ident for path in files for ident in re.findall(r"\bVH_RULE_(\w+)", read(path))})


def shown_by(truth):
    """The words of the rules that are reasons in a domain that was booted."""
    qemu = json.loads(read(truth))["qemu"]
    done = subprocess.run([os.environ["VIRT_HOTPLUG"], f"--qemu={qemu}", "show", truth[:-5] + ".xml", "--format=json"],
                          check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return {reason["rule"] for bus in json.loads(done.stdout)["buses"] for reason in bus["hotplug"]["reasons"]}


def fault_of(word, evidence, shown):
    if word in shown:
        return f"a guest showed it, but its evidence says “{FROM_SOURCE}”" if FROM_SOURCE in evidence else None
    if any(mark in evidence for mark in MARKS):
        return None
    return "no domain in tests/fixtures/ground-truth shows it, and its evidence has none of: " + ", ".join(MARKS)


def main(argv):
    source = argv[1]
    known, guests = rules(source), reasons_of_guests(source)
    truths = sorted(glob.glob(os.path.join(source, "tests/fixtures/ground-truth/*.json")))
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        shown = set().union(*pool.map(shown_by, truths))

    def is_read():
        return None if len(known) > 80 and len(guests) > 40 else "rules.def or the model was not understood"

    return tap.run([("rules are found", is_read),
                    *((known[ident][0], lambda ident=ident: fault_of(*known[ident], shown)) for ident in guests)])


if __name__ == "__main__":
    sys.exit(main(sys.argv))
