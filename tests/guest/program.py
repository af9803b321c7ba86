# SPDX-License-Identifier: GPL-2.0-or-later
"""The program that is tested, $VIRT_HOTPLUG, with folders of its own below the laboratory's."""
import json
import os
import subprocess
import threading

from driver import LabError


def run(folder, *arguments, statuses=(0,)):
    """Its standard output."""
    env = dict(os.environ, LC_ALL="C.UTF-8")
    for kind in ("CACHE", "DATA", "STATE", "CONFIG"):
        env[f"XDG_{kind}_HOME"] = os.path.join(folder, kind.lower())
    done = subprocess.run([os.environ["VIRT_HOTPLUG"], *arguments], env=env, text=True, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode not in statuses:
        words = " ".join(["virt-hotplug", *arguments])
        raise LabError(f"{words}: exit status {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def ask(folder, xml, qemu, *words):
    """What it says in JSON about a domain that is a file, under a release of QEMU. WORDS: a command and its operands
    behind the target."""
    path = os.path.join(folder, f"asked-{threading.get_ident()}.xml")
    with open(path, "w", encoding="utf-8") as file:
        file.write(xml)
    command, *operands = words
    return json.loads(run(folder, f"--qemu={qemu}", command, path, *operands, "--format=json", statuses=(0, 1, 3)))
