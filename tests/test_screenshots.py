#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The pictures in screenshots/ are what the program draws today.

usage: test_screenshots.py FOLDER-OF-THE-TESTS, with VIRT_HOTPLUG in the environment
"""
import filecmp
import os
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import tap

SCREENSHOTS = os.path.join(sys.argv[1], "..", "screenshots")
PICTURES = sorted(name for name in os.listdir(SCREENSHOTS) if name.endswith(".svg"))


def fresh(folder, name):
    def case():
        same = filecmp.cmp(os.path.join(folder, name), os.path.join(SCREENSHOTS, name), shallow=False)
        return None if same else f"{name} is stale: run screenshots/update and look at it"
    return (name, case)


with tempfile.TemporaryDirectory(prefix="vh-screenshots-") as FOLDER:
    subprocess.run([os.path.join(SCREENSHOTS, "update"), FOLDER], check=True)
    some = ("there are pictures", lambda: None if len(PICTURES) >= 4 else "screenshots/ has no pictures")
    sys.exit(tap.run([some] + [fresh(FOLDER, name) for name in PICTURES]))
