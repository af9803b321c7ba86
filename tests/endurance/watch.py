# SPDX-License-Identifier: GPL-2.0-or-later
"""Looks at a process again and again, and says whether it grows.

The law: the first quarter of the samples is warming up. From there to the end,
  memory       what the process has for itself alone (anonymous pages) grows by less than GROWTH of what it was and
               MEMORY KiB, by the Theil-Sen slope: the median of the slopes between all pairs of samples;
  descriptors  there are never more in the last quarter than in the second one;
  latency      CPU time of a step: its median in the last quarter is below SLOWER times that of the second, and SLACK ms.
CPU time, not wall time, so that a busy machine does not matter.
"""
import glob
import os
import re
import statistics

GROWTH = 0.02
MEMORY = 256  # KiB
SLOWER = 1.3
SLACK = 0.3  # ms


def anonymous(pid):
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
        return int(re.search(r"^Anonymous:\s+(\d+)", file.read(), re.M).group(1))


def descriptors(pid):
    return len(os.listdir(f"/proc/{pid}/fd"))


def cpu_ms(pid):
    total = 0
    for path in glob.glob(f"/proc/{pid}/task/*/schedstat"):
        try:
            with open(path, encoding="ascii") as file:
                total += int(file.read().split()[0])
        except OSError:
            pass  # the thread has ended
    return total / 1e6


def slope(values):
    """A step, by the median of the slopes between all pairs."""
    return statistics.median((values[j] - values[i]) / (j - i)
                             for i in range(len(values)) for j in range(i + 1, len(values)))


class Watch:
    """Samples of one process."""

    def __init__(self, pid):
        self.pid, self.memory, self.descriptors, self.latency = pid, [], [], []

    def sample(self, latency):
        self.memory.append(anonymous(self.pid))
        self.descriptors.append(descriptors(self.pid))
        self.latency.append(latency)

    def quarter(self, values, number):
        size = len(values) // 4
        return values[number * size:(number + 1) * size] if number < 3 else values[3 * size:]

    def grown(self):
        """KiB from the end of warming up to the last sample."""
        warm = self.memory[len(self.memory) // 4:]
        return slope(warm) * (len(warm) - 1)

    def faults(self):
        """What of the law is broken, in words."""
        found = []
        start = self.memory[len(self.memory) // 4]
        if self.grown() > GROWTH * start + MEMORY:
            found.append(f"memory grew by {self.grown():.0f} KiB from {start} KiB")
        before, after = max(self.quarter(self.descriptors, 1)), max(self.quarter(self.descriptors, 3))
        if after > before:
            found.append(f"descriptors grew from {before} to {after}")
        quick, slow = (statistics.median(self.quarter(self.latency, number)) for number in (1, 3))
        if slow > SLOWER * quick + SLACK:
            found.append(f"a step took {quick:.2f} ms of CPU, and {slow:.2f} ms at the end")
        return found

    def row(self, what, steps):
        """A line of a table."""
        quick, slow = (statistics.median(self.quarter(self.latency, number)) for number in (1, 3))
        return (f"| {what} | {steps} | {self.memory[len(self.memory) // 4] / 1024:.1f} MiB, {self.grown():+.0f} KiB "
                f"| {max(self.quarter(self.descriptors, 1))}, then {max(self.quarter(self.descriptors, 3))} "
                f"| {quick:.2f}, then {slow:.2f} | {'; '.join(self.faults()) or 'holds'} |")
