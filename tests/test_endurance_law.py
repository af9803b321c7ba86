#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The law of tests/endurance: what grows breaks it, what only varies does not. And whether a figure meets its target.

usage: test_endurance_law.py FOLDER-OF-THE-TESTS
"""
import math
import os
import random
import sys

sys.dont_write_bytecode = True
sys.path[:0] = [sys.argv[1], os.path.join(sys.argv[1], "endurance"), os.path.join(sys.argv[1], "bench")]
import measure  # noqa: E402
import tap  # noqa: E402
import watch  # noqa: E402

STEPS = 40


def seen(memory=lambda i: 3000, descriptors=lambda i: 12, latency=lambda i: 0.7):
    found = watch.Watch(0)
    for i in range(STEPS):
        found.memory.append(memory(i))
        found.descriptors.append(descriptors(i))
        found.latency.append(latency(i))
    return found


def faults(expected, **series):
    """Is the law broken exactly by what is expected, one word a fault?"""
    def fault():
        found = seen(**series).faults()
        words = [text.split()[0] for text in found]
        return None if words == expected else found
    return fault


CHANCE = random.Random(7)
NOISE = [CHANCE.uniform(-1, 1) for _ in range(STEPS)]


def misses():
    table = measure.Table()
    table.add("below", 0.9, "", 1.0)
    table.add("above", 1.1, "ms", 1.0)
    table.add("no target", 99.0)
    if [row[0] for row in table.missed()] != ["above"] or table.text().count("**missed**") != 1:
        return table.text()
    return None


def exponents():
    sizes = (10, 100, 1000, 10000)
    for power in (0.0, 1.0, 1.5):
        found = measure.exponent(sizes, [3 * size ** power for size in sizes])
        if not math.isclose(found, power, abs_tol=1e-9):
            return f"{found} for {power}"
    return None


CASES = [
    ("steady", faults([])),
    ("noise", faults([], memory=lambda i: 3000 + 60 * NOISE[i], latency=lambda i: 0.7 + 0.2 * NOISE[i])),
    ("warming up", faults([], memory=lambda i: 3000 if i > 9 else 500 + 200 * i, descriptors=lambda i: 12 if i > 5 else 8)),
    ("one outlier", faults([], memory=lambda i: 9000 if i == 30 else 3000, latency=lambda i: 50 if i == 35 else 0.7)),
    ("memory leaks", faults(["memory"], memory=lambda i: 3000 + 15 * i)),
    ("memory leaks slowly, in noise", faults(["memory"], memory=lambda i: 3000 + 14 * i + 40 * NOISE[i])),
    ("a descriptor leaks", faults(["descriptors"], descriptors=lambda i: 12 + (i > 30))),
    ("steps get slower", faults(["a"], latency=lambda i: 0.7 + 0.04 * i)),
    ("all at once", faults(["memory", "descriptors", "a"], memory=lambda i: 3000 + 99 * i, descriptors=lambda i: i,
                           latency=lambda i: i)),
    ("a figure above its target", misses),
    ("an exponent", exponents),
]

if __name__ == "__main__":
    sys.exit(tap.run(CASES))
