# SPDX-License-Identifier: GPL-2.0-or-later
"""A domain of a private daemon: `show` against dumpxml, `set --print-diff` against virt-xml, a QEMU asked anew."""
import os
import tempfile

from daemon import Daemon
from measure import PROGRAM, Run, costs_table, in_turn, median, ratio
from terminal import Program

DEMO = "q35-desktop"
WAIT = 30


def first_picture(uri, name, cache):
    """Seconds until the terminal shows the domain."""
    with Program([PROGRAM, "-c", uri, name], {"XDG_CACHE_HOME": cache, "XDG_STATE_HOME": cache}) as program:
        shown = program.wait_for(b"pcie-root-port", WAIT)
    if shown is None:
        raise RuntimeError(f"no picture of the domain in {WAIT} s")
    return shown


def measure_probe(plan, table, uri, name, folder):
    """With an empty cache and with a full one, in turn."""
    cold, warm, frames, dumps = [], [], [], []
    show, dump = [PROGRAM, "-c", uri, "show", name], ["virsh", "-c", uri, "dumpxml", name]
    for _ in range(plan.runs):
        with tempfile.TemporaryDirectory(dir=folder) as cache:
            cold.append(Run(show, {"XDG_CACHE_HOME": cache}).wall)
            warm.append(Run(show, {"XDG_CACHE_HOME": cache}).wall)
        with tempfile.TemporaryDirectory(dir=folder) as cache:
            frames.append((first_picture(uri, name, cache), first_picture(uri, name, cache)))
            dumps.append(Run(dump).wall)
    table.add("QEMU asked anew, wall above a cached `show DOMAIN`",
              1000 * median(a - b for a, b in zip(cold, warm)), "ms", 250, "show DOMAIN")
    table.add("first picture, QEMU asked anew / answers cached", median(a / b for a, b in frames), "", 1.2,
              "virt-hotplug DOMAIN")
    table.add("first picture, QEMU asked anew, above `virsh dumpxml DOMAIN`",
              1000 * median(a - dump for (a, _), dump in zip(frames, dumps)), "ms", 20, "virt-hotplug DOMAIN")
    table.add("first picture, QEMU asked anew", 1000 * median(a for a, _ in frames), "ms")
    table.add("first picture, answers cached", 1000 * median(b for _, b in frames), "ms")


def measure(plan, table, folder):
    with Daemon(os.path.join(folder, "d"), 1, DEMO) as daemon:
        uri, name = daemon.uri, daemon.names[0]
        cache = {"XDG_CACHE_HOME": os.path.join(folder, "probes")}
        show, dump = "show DOMAIN", "virsh dumpxml DOMAIN"
        change, edit = "set DOMAIN --bridge=off --print-diff", "virt-xml DOMAIN --edit --memory 2048 --print-diff"
        commands = {
            show: [PROGRAM, "-c", uri, "show", name],
            dump: ["virsh", "-c", uri, "dumpxml", name],
            change: [PROGRAM, "-c", uri, "set", name, "--bridge=off", "--print-diff"],
            edit: ["virt-xml", "-c", uri, name, "--edit", "--memory", "2048", "--print-diff"],
        }
        figures = in_turn(plan.runs, commands, cache)
        table.add(f"{show}, cached / {dump}, wall", ratio(figures, show, dump, "wall"), "", 1.1, show)
        table.add("set --print-diff / virt-xml --edit --print-diff, wall", ratio(figures, change, edit, "wall"), "",
                  0.2, change)
        table.note(costs_table(commands, figures, {}))
        measure_probe(plan, table, uri, name, folder)
