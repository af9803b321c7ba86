# SPDX-License-Identifier: GPL-2.0-or-later
"""The overview and `list` of many domains, against the same calls made bare and against a loop of virsh."""
import os

from daemon import Daemon
from measure import PROGRAM, Run, exponent, growth_table, median
from terminal import load

OVERVIEW = load("overview")
LOOP = ("virsh -c '{uri}' list --all --name | while read -r name; do "
        "[ -n \"$name\" ] && virsh -c '{uri}' dumpxml \"$name\"; done; true")


class Size:
    """What one number of domains took, in turn with the bare calls."""

    def __init__(self, uri, cache, runs):
        OVERVIEW.overview(uri, cache)
        self.first, self.complete, self.bare, self.memory, self.count = [], [], [], [], 0
        for _ in range(runs):
            times, sizes = OVERVIEW.overview(uri, cache)
            took, self.count = OVERVIEW.bare_calls(uri)
            self.first.append(1000 * (times["listed"] - times["opened"]))
            self.complete.append(times["complete"] - times["opened"])
            self.bare.append(took)
            self.memory.append((sizes["complete"] - sizes["opened"]) / self.count)

    def ratio(self):
        return median(a / b for a, b in zip(self.complete, self.bare))


def compare_list(plan, table, uri, cache, count):
    environment = {"XDG_CACHE_HOME": cache}
    ours, loop = [], []
    for _ in range(3 if plan.quick else 5):
        ours.append(Run([PROGRAM, "-c", uri, "list"], environment).wall)
        loop.append(Run(["sh", "-c", LOOP.format(uri=uri)], environment).wall)
    table.add(f"`list` of {count} domains / loop of virsh dumpxml, wall",
              median(a / b for a, b in zip(ours, loop)), "", None, "list; virsh list --all, dumpxml of each")


def add_largest(table, size):
    """The targets are for 2,000."""
    first, whole, memory = (100, 1.2, 10) if size.count >= 2000 else (None, None, None)
    table.add(f"{size.count:,} domains: first rows, after the connection is open", median(size.first), "ms", first,
              "virt-hotplug -c URI")
    table.add(f"{size.count:,} domains: complete / as many bare virDomainGetXMLDesc", size.ratio(), "", whole,
              "virt-hotplug -c URI")
    table.add(f"{size.count:,} domains: memory a domain", median(size.memory), "KiB", memory, "virt-hotplug -c URI")


def measure(plan, table, folder):
    sizes = {}
    for count in plan.domains:
        cache = os.path.join(folder, f"probes-{count}")
        with Daemon(os.path.join(folder, f"d{count}"), count) as daemon:
            sizes[count] = Size(daemon.uri, cache, plan.runs)
            if count == 100:
                compare_list(plan, table, daemon.uri, cache, count)
    add_largest(table, sizes[max(sizes)])
    large = [count for count in sizes if count >= 10]
    table.add("exponent over 10 domains and more", exponent(large, [median(sizes[count].complete) for count in large]))
    table.note(growth_table("domains", list(sizes), {
        "first rows, ms": [f"{median(size.first):.0f}" for size in sizes.values()],
        "complete, ms": [f"{1000 * median(size.complete):.0f}" for size in sizes.values()],
        "bare calls, ms": [f"{1000 * median(size.bare):.0f}" for size in sizes.values()],
        "complete / bare": [f"{size.ratio():.2f}" for size in sizes.values()],
    }))
