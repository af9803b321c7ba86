# SPDX-License-Identifier: GPL-2.0-or-later
"""A private libvirt daemon with copies of the demo domains."""
import os
import re
import subprocess
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
SCRIPT = os.path.join(HERE, "..", "libvirt", "private-libvirtd")
DEMO = os.path.join(HERE, "..", "..", "data", "demo")


def lay_out(folder, count, only):
    """Their files, where the daemon finds them at its start; their names."""
    os.makedirs(folder)
    demos = sorted(name[:-4] for name in os.listdir(DEMO) if name.endswith(".xml") and only in (None, name[:-4]))
    names = []
    for number in range(count):
        demo = demos[number % len(demos)]
        with open(os.path.join(DEMO, demo + ".xml"), encoding="utf-8") as file:
            text = file.read()
        names.append(f"{demo}-{number:04}")
        text = re.sub(r"\s*<uuid>.*?</uuid>|\s*<mac address=[^>]*>", "", text)
        text = re.sub(r"<name>.*?</name>", f"<name>{names[-1]}</name><uuid>{uuid.UUID(int=number + 1)}</uuid>", text)
        with open(os.path.join(folder, names[-1] + ".xml"), "w", encoding="utf-8") as file:
            file.write(text)
    return names


class Daemon:
    """`with Daemon(FOLDER, N) as daemon`: daemon.uri, daemon.names. FOLDER must be short."""

    def __init__(self, folder, count, only=None):
        self.folder, self.count, self.only = folder, count, only
        self.uri, self.names = None, []

    def __enter__(self):
        etc = self.folder + ("/etc" if os.geteuid() == 0 else "/etc/libvirt")
        self.names = lay_out(etc + "/qemu", self.count, self.only)
        done = subprocess.run([SCRIPT, "start", self.folder], stdout=subprocess.PIPE, text=True, check=True)
        self.uri = done.stdout.strip()
        return self

    def __exit__(self, *_):
        subprocess.run([SCRIPT, "stop", self.folder], check=False)
