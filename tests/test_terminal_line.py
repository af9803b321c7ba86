#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What a line has to carry: bytes a cursor key on 500 devices, and how long a picture takes over 9600 baud.

usage: test_terminal_line.py FOLDER-OF-TESTS [--figures], with VIRT_HOTPLUG in the environment

--figures prints what was measured, besides.
"""
import importlib.machinery
import importlib.util
import os
import select
import shutil
import signal
import statistics
import sys
import tempfile
import time
import types

sys.dont_write_bytecode = True
import tap

TESTS = sys.argv[1]
MOST_BYTES = 250
BYTES_A_SECOND = 960  # 9600 baud, ten bits a byte
MOST_AT_ONCE = 96  # what an idle line saved up is lost
SLOW = max(int(os.environ.get("VH_TEST_SLOW", "1")), 1)


def load(name):
    loader = importlib.machinery.SourceFileLoader(name, os.path.join(TESTS, "bench", name))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(name, loader))
    loader.exec_module(module)
    return module


DOCUMENTS = load("documents.py")
KEYS = load("keys")


def start(speed=None):
    wanted = types.SimpleNamespace(size="80x24", term="xterm-256color", speed=speed,
                                   command=[os.environ["VIRT_HOTPLUG"], MANY])
    return KEYS.start(wanted)


def stop(pid, terminal):
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.close(terminal)


def tell(text):
    if "--figures" in sys.argv:
        print("#", text)


# ---- bytes ----

# How the cursor gets there, what is pressed then, and the most bytes a key may cost in the mean.
MIXES = {
    "from the first row down": ("", "Down*60", MOST_BYTES),
    "from the last row up": ("End", "Up*60", MOST_BYTES),
    "cards": ("Down*8", "Down*40 Up*40", MOST_BYTES),
    "bridges, folded": ("_ Down*3", "Down Up Down Up Down Up", MOST_BYTES),
    "a bridge and its cards": ("Down*31", "Down*4 Up*4 Down*4 Up*4", MOST_BYTES),
    "pages": ("Down*8", "PgDn*20 PgUp*20", 4 * MOST_BYTES),
}


def cost(pid, terminal, mix):
    before, keys, most = MIXES[mix]
    KEYS.press_all(pid, terminal, KEYS.parse_keys(before))
    figures = KEYS.press_all(pid, terminal, KEYS.parse_keys(keys))
    sizes = [size for rows in figures.values() for size, _ in rows]
    tell(f"{mix}: mean {statistics.mean(sizes):.0f}, median {statistics.median(sizes):.0f}, most {max(sizes)}")
    return "" if statistics.mean(sizes) <= most else f"{statistics.mean(sizes):.0f} bytes a key, allowed {most}: {sizes}"


def check_bytes(mix):
    pid, terminal = start()
    KEYS.read_until_quiet(terminal, KEYS.START_QUIET * SLOW)
    try:
        return cost(pid, terminal, mix)
    finally:
        stop(pid, terminal)


# ---- 9600 baud ----

class Line:
    """Takes from the terminal what the line could have carried since the last look, in pieces of 20 ms."""

    def __init__(self, terminal):
        self.terminal = terminal
        self.count = 0

    def carry(self, seconds):
        """For so long; how long it was until the last byte, and how many there were."""
        begin = now = last = time.monotonic()
        allowance = count = 0
        while now < begin + seconds:
            time.sleep(0.02)
            before, now = now, time.monotonic()
            allowance = min(allowance + BYTES_A_SECOND * (now - before), MOST_AT_ONCE)
            taken = self.take(int(allowance))
            allowance -= taken
            count += taken
            last = now if taken else last
        return last - begin, count

    def take(self, most):
        if most < 1 or not select.select([self.terminal], [], [], 0)[0]:
            return 0
        return len(os.read(self.terminal, most))


def check_slow_key():
    """One key, the line idle: all of its picture within the time of 250 bytes and what the program takes."""
    pid, terminal = start(9600)
    KEYS.read_until_quiet(terminal, KEYS.START_QUIET * SLOW)
    line = Line(terminal)
    os.write(terminal, KEYS.NAMES["Down"] * 8)
    line.carry(3)
    times = []
    for _ in range(10):
        os.write(terminal, KEYS.NAMES["Down"])
        times.append(line.carry(0.7)[0])
    stop(pid, terminal)
    tell(f"9600 baud, a key: median {statistics.median(times) * 1000:.0f} ms, most {max(times) * 1000:.0f} ms")
    allowed = MOST_BYTES / BYTES_A_SECOND + 0.1 * SLOW
    return "" if statistics.median(times) <= allowed else f"{times}, allowed {allowed}"


def check_held_key():
    """A key held down, 30 a second for 4 s, is more than the line carries: the picture does not lag behind for long."""
    pid, terminal = start(9600)
    KEYS.read_until_quiet(terminal, KEYS.START_QUIET * SLOW)
    line = Line(terminal)
    for _ in range(120):
        os.write(terminal, KEYS.NAMES["Down"])
        line.carry(1 / 30)
    late, count = line.carry(20)
    stop(pid, terminal)
    tell(f"9600 baud, a key held for 4 s: {late * 1000:.0f} ms behind when it is let go, {count} bytes")
    allowed = 1.5 * SLOW
    return "" if late <= allowed else f"{late:.1f} s behind, {count} bytes"


def main():
    global MANY
    folder = tempfile.mkdtemp()
    MANY = os.path.join(folder, "many.xml")
    os.environ.update(XDG_STATE_HOME=folder, XDG_CACHE_HOME=folder)
    DOCUMENTS.write_many(MANY)
    cases = [(f"bytes a key: {mix}", lambda mix=mix: check_bytes(mix)) for mix in MIXES]
    cases += [("9600 baud: a key", check_slow_key), ("9600 baud: a key held", check_held_key)]
    try:
        return tap.run(cases)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main())
