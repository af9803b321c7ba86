# SPDX-License-Identifier: GPL-2.0-or-later
"""Start-up: the same libraries are loaded as virsh loads."""
import os

from measure import PROGRAM, costs_table, in_turn, instructions, ratio

HERE = os.path.dirname(os.path.abspath(__file__))
ORDINARY = os.path.join(HERE, "..", "..", "data", "demo", "q35-desktop.xml")


def measure(plan, table, _folder):
    commands = {
        "virt-hotplug --version": [PROGRAM, "--version"],
        "virt-hotplug show q35-desktop.xml": [PROGRAM, "show", ORDINARY],
        "virsh --version": ["virsh", "--version"],
    }
    figures = in_turn(3 * plan.runs, commands)
    counts = {name: instructions(command) for name, command in commands.items()}
    for name in list(commands)[:2]:
        other = "virsh --version"
        table.add(f"{name} / {other}, wall", ratio(figures, name, other, "wall"), limit=1.0, command=name)
        table.add(f"{name} / {other}, CPU", ratio(figures, name, other, "cpu"))
        table.add(f"{name} / {other}, instructions", counts[name] / counts[other])
    table.note(costs_table(commands, figures, counts))
