# SPDX-License-Identifier: GPL-2.0-or-later
"""What a key costs: cursor and toggle at 500 devices, over size, and in programs that people know."""
import os
import subprocess

import documents
from measure import PROGRAM, exponent, growth_table, median
from terminal import Program

HERE = os.path.dirname(os.path.abspath(__file__))
DEVICES = 500
MOVES = "Down*30 Up*20"


def cost(command, keys, environment=None):
    """(mean bytes, median CPU ms) of the keys."""
    with Program(command, environment) as program:
        program.settle()
        pressed = program.press(keys)
    sizes, times = zip(*pressed)
    return sum(sizes) / len(sizes), median(times)


def toggle_cost(command, count, environment):
    """Median CPU ms of the dearer of the two: to set the switch of the bridges, and to leave it to its default again."""
    with Program(command, environment) as program:
        program.settle()
        times = [cpu for _, cpu in program.press(f"B*{count}")]
    return max(median(times[0::2]), median(times[1::2]))


def measure_ours(plan, table, folder, path):
    state = {"XDG_STATE_HOME": folder}
    moves = "Down*10 Up*10" if plan.quick else MOVES
    size, cursor = cost([PROGRAM, path], moves, state)
    table.add(f"cursor key, {DEVICES} devices", cursor, "ms of CPU", 1.0, f"keys --keys '{moves}' virt-hotplug FILE")
    table.add("bytes a cursor key, 80x24", size, "", 250, f"keys --keys '{moves}' virt-hotplug FILE")
    toggle = toggle_cost([PROGRAM, path], 10 if plan.quick else 30, state)
    table.add(f"toggle of all bridges, {DEVICES} devices", toggle, "ms of CPU", 2.0,
              "keys --keys 'B*30' virt-hotplug FILE")
    return size, cursor


def measure_growth(plan, table, folder):
    paths = documents.make_domains(folder, plan.devices)
    sizes = list(paths)
    state = {"XDG_STATE_HOME": folder}
    cursor = [cost([PROGRAM, path], "Down*15 Up*10", state)[1] for path in paths.values()]
    toggle = [toggle_cost([PROGRAM, path], 10, state) for path in paths.values()]
    table.add("cursor key, exponent over devices", exponent(sizes, cursor), "", 0.1, "keys virt-hotplug FILE")
    table.add("toggle, exponent over devices", exponent(sizes, toggle))
    table.note("CPU ms a key, by the number of devices:")
    table.note(growth_table("devices", sizes, {"cursor key": [f"{value:.2f}" for value in cursor],
                                               "toggle": [f"{value:.2f}" for value in toggle]}))


def make_repository(folder):
    """Of 200 commits, for tig."""
    path = os.path.join(folder, "repository")
    git = ["git", "-c", "user.name=n", "-c", "user.email=n@example.org", "-C", path]
    os.makedirs(path)
    subprocess.run([*git, "init", "-q"], check=True)
    for number in range(200):
        subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", f"Commit {number} of a row"], check=True)
    return path


def measure_peers(plan, table, folder, ours):
    many = os.path.join(folder, "many")
    os.makedirs(many)
    for number in range(DEVICES):
        with open(os.path.join(many, f"file-{number:04}"), "w", encoding="utf-8") as file:
            file.write("x" * number)
    repository = make_repository(folder)
    peers = {
        "htop": ["htop", "-d", "600"],
        "tig": ["env", "-C", repository, "tig"],
        "ncdu": ["ncdu", many],
    }
    lines = ["| program | bytes a key | CPU ms a key |", "|---|---|---|",
             f"| virt-hotplug | {ours[0]:.0f} | {ours[1]:.2f} |"]
    for name, command in peers.items():
        size, cpu = cost(command, MOVES, {"HOME": folder})
        lines.append(f"| {name} | {size:.0f} | {cpu:.2f} |")
    table.note("The same movement in programs that people know:")
    table.note("\n".join(lines))


def measure(plan, table, folder):
    path = os.path.join(folder, "many.xml")
    assert documents.write_many(path) == DEVICES
    ours = measure_ours(plan, table, folder, path)
    measure_peers(plan, table, folder, ours)
    measure_growth(plan, table, folder)
