# SPDX-License-Identifier: GPL-2.0-or-later
"""Processes measured in turn, growth fitted, rows judged: what the groups of `run` share."""
import math
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

PROGRAM = os.environ.get("VIRT_HOTPLUG", "virt-hotplug")
QUIET_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}


class Plan:
    """How much is measured."""

    def __init__(self, quick, runs=None):
        self.quick = quick
        self.runs = runs or (5 if quick else 15)
        self.devices = (10, 100, 1000, 10000) if quick else (10, 100, 1000, 10000, 64000)
        self.domains = (1, 10, 100) if quick else (1, 10, 100, 2000)


class Table:
    """Targets, and what was measured for them; then notes, a paragraph each."""

    def __init__(self):
        self.rows, self.notes = [], []

    def add(self, what, value, unit="", limit=None, command=""):
        self.rows.append((what, value, unit, limit, command))

    def note(self, text):
        self.notes.append(text)

    def missed(self):
        return [row for row in self.rows if row[3] is not None and row[1] > row[3]]

    def text(self):
        lines = ["| figure | measured | target | | command |", "|---|---|---|---|---|"]
        for what, value, unit, limit, command in self.rows:
            shown = f"{value:.3g}" if value < 1000 else f"{value:,.0f}"
            target = "" if limit is None else f"≤ {limit:g} {unit}".strip()
            verdict = "" if limit is None else "met" if value <= limit else "**missed**"
            lines.append(f"| {what} | {shown} {unit}".rstrip() + f" | {target} | {verdict} | "
                         + (f"`{command}` |" if command else "|"))
        return "\n\n".join(["\n".join(lines), *self.notes]) + "\n"


def median(values):
    return statistics.median(list(values))


class Run:
    """What one run of a command took."""

    def __init__(self, command, environment=None, stdin=None):
        output = os.open(os.devnull, os.O_WRONLY)
        start = time.monotonic()
        pid = os.fork()
        if pid == 0:
            os.dup2(output, 1)
            os.dup2(os.open(stdin or os.devnull, os.O_RDONLY), 0)
            try:
                os.execvpe(command[0], command, dict(os.environ, **QUIET_ENVIRONMENT, **(environment or {})))
            finally:
                os._exit(127)
        _, status, usage = os.wait4(pid, 0)
        os.close(output)
        self.wall = time.monotonic() - start
        if status != 0:
            sys.exit(f"error: {' '.join(command)} failed")
        self.cpu = usage.ru_utime + usage.ru_stime
        self.peak = usage.ru_maxrss  # KiB


def in_turn(runs, commands, environment=None):
    """{name: [Run]}: so that a machine that gets slower does so for all. One round before is not counted."""
    figures = {name: [] for name in commands}
    for turn in range(runs + 1):
        for name, command in commands.items():
            run = Run(command, environment)
            if turn > 0:
                figures[name].append(run)
    return figures


def ratio(figures, one, other, quantity):
    """The median of the ratios of runs that were neighbours."""
    return median(getattr(a, quantity) / getattr(b, quantity) for a, b in zip(figures[one], figures[other]))


def instructions(command, environment=None):
    """Instructions in user space, which do not depend on what else the machine does."""
    with tempfile.NamedTemporaryFile(prefix="vh-callgrind-") as out:
        done = subprocess.run(
            ["valgrind", "--tool=callgrind", "--callgrind-out-file=" + out.name, *command], check=False,
            env=dict(os.environ, **QUIET_ENVIRONMENT, **(environment or {})), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    found = re.search(r"Collected : (\d+)", done.stderr)
    if not found:
        sys.exit(f"error: valgrind {' '.join(command)}: {done.stderr}")
    return int(found.group(1))


def exponent(sizes, costs):
    """The slope of a line through the logarithms: costs grow as sizes to this power."""
    x, y = [math.log(size) for size in sizes], [math.log(max(cost, 1e-9)) for cost in costs]
    mean_x, mean_y = statistics.mean(x), statistics.mean(y)
    return sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y)) / sum((a - mean_x) ** 2 for a in x)


def costs_table(names, figures, counts):
    lines = ["| command | CPU ms | wall ms | peak MiB | million instructions |", "|---|---|---|---|---|"]
    for name in names:
        runs = figures[name]
        count = f"{counts[name] / 1e6:,.1f}" if name in counts else ""
        lines.append(f"| `{name}` | {1000 * median(run.cpu for run in runs):.1f} "
                     f"| {1000 * median(run.wall for run in runs):.1f} "
                     f"| {median(run.peak for run in runs) / 1024:.1f} | {count} |")
    return "\n".join(lines)


def growth_table(head, sizes, columns):
    """`columns`: {title: [text]}, one a size."""
    lines = [f"| {head} | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    for i, size in enumerate(sizes):
        lines.append(f"| {size:,} | " + " | ".join(column[i] for column in columns.values()) + " |")
    return "\n".join(lines)


def first_line(*command):
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        return done.stdout.splitlines()[0].strip()
    except (OSError, IndexError):
        return "not installed"


def versions_of(names):
    """What dpkg or rpm calls them; nothing where neither is."""
    found = []
    for name in names:
        done = first_line("dpkg-query", "-W", "-f", "${Version}", name)
        if done[:1].isdigit():
            found.append(f"{name} {done}")
    return ", ".join(found)


def works(path):
    try:
        os.close(os.open(path, os.O_RDWR))
        return True
    except OSError:
        return False


def machine():
    """The machine in one paragraph."""
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        model = re.search(r"model name\s*:\s*(.*)", file.read())
    with open("/proc/meminfo", encoding="utf-8") as file:
        memory = int(re.search(r"MemTotal:\s+(\d+)", file.read()).group(1)) / 1048576
    load = os.getloadavg()
    accelerated = "with KVM" if works("/dev/kvm") else "no KVM"
    packages = versions_of(("libvirt0", "libglib2.0-0", "libxml2", "libncursesw6", "qemu-system-x86", "virtinst",
                            "htop", "tig", "ncdu", "pciutils"))
    return (f"{os.cpu_count()} CPUs of {model.group(1) if model else os.uname().machine}, {memory:.0f} GiB, "
            f"{accelerated}, Linux {os.uname().release}; load average {load[0]:.1f} at the start; "
            f"{first_line('cc', '--version')}; {packages}.")
