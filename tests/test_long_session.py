#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A long session on each demo domain: load, 200 edits, undo, redo, write, edit, write, and back by the history.

usage: test_long_session.py FOLDER-OF-THE-DEMO-DOMAINS [COMMAND...], with VIRT_HOTPLUG in the environment

In ./check the program is built with ASan and UBSan. COMMAND runs the program, "valgrind -q --error-exitcode=9", say.
"""
import os
import random
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import tap

FOLDER, COMMAND = sys.argv[1], sys.argv[2:]
DOMAINS = sorted(name[:-4] for name in os.listdir(FOLDER) if name.endswith(".xml"))
N_EDITS = 200
EDITS = ("Space", "1", "0", "d", "B", "R")
MOVES = ("Down", "Down", "Down", "Up", "PgDn", "Home")


def edits(dice):
    """Keys that edit, here and there; some are refused, and say why."""
    for _ in range(N_EDITS):
        yield from dice.choices(MOVES, k=dice.randrange(3))
        yield dice.choices(EDITS, (8, 2, 2, 2, 2, 1))[0]
        if dice.random() < 0.05:
            yield from ("p", dice.choice("12345"))
        if dice.random() < 0.02:
            yield from ("a", dice.choice("123"), "Enter")


def session(dice):
    return ["size 100x30", "H", *edits(dice), "shot -", *["u"] * (2 * N_EDITS), "expect nothing to undo", *["U"] * 40, *["u"] * 80,
            "Home", "B", "expect UNSAVED", "w", "y", "expect stored", *edits(dice), *["u"] * (2 * N_EDITS), "R", "Down", "Space",
            "B", "0", "w", "n", *["u"] * 9, "H", "Home", "W", "y", "expect stored", "shot -", "q"]


def play(name, folder):
    """The program's outcome, and the domain's file after it."""
    file = os.path.join(folder, name + ".xml")
    shutil.copy(os.path.join(FOLDER, name + ".xml"), file)
    keys = os.path.join(folder, "keys")
    with open(keys, "w", encoding="utf-8") as out:
        out.write("\n".join(session(random.Random(name))) + "\n")
    done = subprocess.run(
        [*COMMAND, os.environ["VIRT_HOTPLUG"], f"--caps={FOLDER}/qemu-7.2.caps", f"--script={keys}", file],
        env=dict(os.environ, LC_ALL="C.UTF-8", XDG_STATE_HOME=folder, XDG_CACHE_HOME=folder),
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    with open(file, "rb") as text:
        return done, text.read()


def comes_back(name):
    def fault():
        with tempfile.TemporaryDirectory(prefix="vh-long-") as folder:
            done, after = play(name, folder)
        if done.returncode != 0 or "runtime error" in done.stderr:
            return f"status {done.returncode}\n{done.stdout[-3000:]}{done.stderr}"
        with open(os.path.join(FOLDER, name + ".xml"), "rb") as text:
            return None if after == text.read() else f"the file is not what it was\n{done.stdout[-2600:]}"
    return fault


if __name__ == "__main__":
    sys.exit(tap.run([(name, comes_back(name)) for name in DOMAINS]))
