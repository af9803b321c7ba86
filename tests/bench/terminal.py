# SPDX-License-Identifier: GPL-2.0-or-later
"""Programs in a terminal of 80x24: the first picture, and what each key costs (by `keys`)."""
import argparse
import glob
import importlib.machinery
import importlib.util
import os
import select
import signal
import sys
import time

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))


def load(name):
    """A script beside this one as a module."""
    loader = importlib.machinery.SourceFileLoader(name, os.path.join(HERE, name))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(name, loader))
    loader.exec_module(module)
    return module


KEYS = load("keys")


def is_asleep(pid):
    """Do all its threads wait for something?"""
    for path in glob.glob(f"/proc/{pid}/task/*/stat"):
        try:
            with open(path, encoding="utf-8", errors="replace") as file:
                if file.read().rpartition(")")[2].split()[0] in "RD":
                    return False
        except OSError:
            pass
    return True


class Program:
    """`with Program(COMMAND, ENVIRONMENT) as program`: it is killed at the end."""

    def __init__(self, command, environment=None):
        before = dict(os.environ)
        os.environ.update(environment or {})
        try:
            self.begin = time.monotonic()
            self.pid, self.terminal = KEYS.start(argparse.Namespace(size="80x24", term="xterm-256color", speed=None,
                                                                    command=command))
        finally:
            os.environ.clear()
            os.environ.update(before)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.terminal)

    def wait_for(self, text, limit):
        """Seconds since the start when `text` has come; None after `limit`. Only for text that comes in one piece."""
        seen = b""
        while time.monotonic() - self.begin < limit:
            if select.select([self.terminal], [], [], 0.05)[0]:
                seen += os.read(self.terminal, 65536)
                if text in seen:
                    return time.monotonic() - self.begin
        return None

    def settle(self):
        return KEYS.read_until_quiet(self.terminal, KEYS.START_QUIET)

    def press(self, keys):
        """(bytes, CPU ms) of each key, until all threads sleep and have used no more CPU time."""
        figures = []
        for _, sequence in KEYS.parse_keys(keys):
            begin, before, size = KEYS.cpu_ms(self.pid), -1.0, 0
            os.write(self.terminal, sequence)
            while before != KEYS.cpu_ms(self.pid) or not is_asleep(self.pid):
                before = KEYS.cpu_ms(self.pid)
                size += KEYS.read_until_quiet(self.terminal, KEYS.QUIET)
            figures.append((size, KEYS.cpu_ms(self.pid) - begin))
        return figures
