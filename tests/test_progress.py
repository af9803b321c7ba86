#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What takes longer than a second is told on a terminal, wiped away at its end, and told nowhere else.

usage: test_progress.py FOLDER-OF-THE-TESTS, with VIRT_HOTPLUG in the environment
"""
import os
import shutil
import subprocess
import sys
import tempfile
import threading

sys.dont_write_bytecode = True
HERE = sys.argv[1]
sys.path.insert(0, HERE)
import tap
from typist import Typist, tells

PROGRAM = os.environ["VIRT_HOTPLUG"]
Q35 = os.path.join(HERE, "..", "data", "demo", "pc-q35-6.2.xml")
FOLDER = tempfile.mkdtemp(prefix="vh-progress-")
ENVIRONMENT = dict(os.environ, LC_ALL="C.UTF-8", XDG_STATE_HOME=FOLDER, XDG_CACHE_HOME=FOLDER)
WIPED = "\r\033[K"
ASKING = "asking for capabilities"
# Says nothing until somebody lets it; then it ends without an answer.
SLOW = """#!/bin/sh
while [ ! -e {go} ]; do sleep 0.05; done
exit 1
"""


class Emulator:
    """A binary for --emulator that takes its time."""

    def __init__(self, name):
        self.path, self.go = (os.path.join(FOLDER, name + end) for end in ("", ".go"))
        with open(self.path, "w", encoding="utf-8") as file:
            file.write(SLOW.format(go=self.go))
        os.chmod(self.path, 0o755)

    def let_go(self):
        with open(self.go, "w", encoding="utf-8"):
            pass


def fault_of_end(typist, name):
    status, told = typist.finish()
    if status != 1 or "ended without an answer" not in told:
        return f"{name}: exit status {status}: {told}"
    return None if WIPED in told else f"{name}: it is not wiped away: {told!r}"


@tells
def emulator_on_a_terminal():
    """By every command that asks it, and before the screen of the terminal UI."""
    for name, words in [("", [Q35]), ("show", [Q35]), ("caps", [Q35]), ("check", [Q35]), ("fit", [Q35, "e1000"]),
                        ("set", [Q35, "--bridge=off", "--dry-run"])]:
        slow = Emulator(name or "screen")
        with Typist([PROGRAM, *[name] * bool(name), *words, f"--emulator={slow.path}"], ENVIRONMENT) as typist:
            typist.expect(f"\r{ASKING} ...")
            slow.let_go()
            fault = fault_of_end(typist, name)
        if fault:
            return fault
    return None


@tells
def several_targets():
    """Each of them is read at once, all of them are not."""
    path = os.path.join(FOLDER, "half")
    with open(path, "w", encoding="utf-8") as file:
        file.write("#!/bin/sh\nsleep 0.5\nexit 1\n")
    os.chmod(path, 0o755)
    with Typist([PROGRAM, "check", *[Q35] * 5, f"--emulator={path}"], ENVIRONMENT) as typist:
        typist.expect("\rRead ").expect(" of 5 domains.").expect(WIPED)
        status, told = typist.finish()
    return None if status == 1 and told.count("ended without an answer") == 5 else f"exit status {status}: {told}"


def emulator_elsewhere():
    """Nothing but the error on a pipe, and with --quiet."""
    for words in ([], ["--quiet"]):
        slow = Emulator("pipe" + "".join(words))
        timer = threading.Timer(1.5, slow.let_go)
        timer.start()
        done = subprocess.run([PROGRAM, "show", Q35, f"--emulator={slow.path}", *words], env=ENVIRONMENT, timeout=120,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        timer.join()
        if done.returncode != 1 or not done.stderr.startswith("error: ") or ASKING in done.stderr:
            return f"exit status {done.returncode}: {done.stderr!r}"
    slow = Emulator("quiet")
    with Typist([PROGRAM, "show", Q35, f"--emulator={slow.path}", "--quiet"], ENVIRONMENT) as typist:
        timer = threading.Timer(1.5, slow.let_go)
        timer.start()
        told = typist.finish()[1]
    return f"--quiet: {told}" if ASKING in told else None


@tells
def standard_input_on_a_terminal():
    """A program before the pipe that takes its time."""
    go = os.path.join(FOLDER, "standard-input")
    line = f"(while [ ! -e {go} ]; do sleep 0.05; done; cat '{Q35}') | '{PROGRAM}' check -"
    with Typist(["sh", "-c", line], ENVIRONMENT) as typist:
        typist.expect("\rreading the domain ...")
        with open(go, "w", encoding="utf-8"):
            pass
        typist.expect(WIPED)
        status, told = typist.finish()
    return None if status == 0 else f"exit status {status}: {told}"


try:
    sys.exit(tap.run([
        ("a slow emulator, on a terminal", emulator_on_a_terminal),
        ("a slow emulator, where nobody looks", emulator_elsewhere),
        ("several targets, on a terminal", several_targets),
        ("slow standard input, on a terminal", standard_input_on_a_terminal),
    ]))
finally:
    shutil.rmtree(FOLDER)
