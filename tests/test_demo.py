#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""--demo where there is no embedded QEMU driver: the domains are files then.

usage: test_demo.py FOLDER-OF-THE-DEMO-DOMAINS, with VIRT_HOTPLUG in the environment
"""
import os
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import tap

DOMAINS = sorted(name[:-4] for name in os.listdir(sys.argv[1]) if name.endswith(".xml"))


def play(keys, *operands):
    """(exit status, standard output, standard error, what is left) of a script of keys."""
    with tempfile.TemporaryDirectory(prefix="vh-demo-") as folder:
        script = os.path.join(folder, "keys")
        with open(script, "w", encoding="utf-8") as out:
            out.write("\n".join(keys) + "\n")
        environment = dict(os.environ, LC_ALL="C.UTF-8", LIBVIRT_DRIVER_DIR=folder,
                           XDG_STATE_HOME=folder, XDG_CACHE_HOME=folder, TMPDIR=folder)
        done = subprocess.run(
            [os.environ["VIRT_HOTPLUG"], "--demo", f"--script={script}", *operands],
            env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        left = [name for name in os.listdir(folder) if "demo" in name]
        return done.returncode, done.stdout, done.stderr, left


def opens(*wanted, keys=(), operands=()):
    def fault():
        status, shown, told, left = play([*keys, "shot -", "q"], *operands)
        good = status == 0 and all(w in shown for w in wanted) and "error:" not in shown + told
        if good and not left:
            return None
        return f"status {status}, left behind {left}\n{shown}{told}"
    return fault


CASES = [("the list says that they are files", opens("as files", *DOMAINS))]
CASES += [(f"{name} opens from the list", opens("ADDRESS", name, keys=["Down"] * n + ["Enter"]))
          for n, name in enumerate(DOMAINS)]
CASES += [(f"{name} opens by its name", opens("ADDRESS", name, operands=[name]))
          for name in DOMAINS]

if __name__ == "__main__":
    sys.exit(tap.run(CASES))
