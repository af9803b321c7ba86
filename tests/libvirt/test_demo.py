#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The demo domains are what libvirt makes of them: it takes them, and gives the same bytes back.

usage: test_demo.py TESTS DATADIR
"""
import glob
import os
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
TESTS, DATA = sys.argv[1:3]
sys.path.insert(0, TESTS)
import tap  # noqa: E402

DAEMON = os.path.join(TESTS, "libvirt", "private-libvirtd")
# Another release may write elements that this one did not have; an older one need not take these.
WRITTEN_BY = (9, 0)


def virsh(uri, *arguments):
    return subprocess.run(["virsh", "-q", "-c", uri, *arguments], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def release(uri):
    text = virsh(uri, "version").stdout.decode()
    return tuple(int(part) for part in re.search(r"libvirt (\d+)\.(\d+)\.", text).groups())


def fault_of(uri, path, by):
    if by < WRITTEN_BY:
        raise tap.Skip("this libvirt is older than the one that wrote the demo")
    done = virsh(uri, "define", "--validate", path)
    if done.returncode != 0:
        return done.stdout.decode()
    name = os.path.basename(path)[:-len(".xml")]
    back = virsh(uri, "dumpxml", "--inactive", name).stdout
    with open(path, "rb") as file:
        same = file.read() == back.rstrip(b"\n") + b"\n"
    return "" if same or by != WRITTEN_BY else f"libvirt gives other bytes back:\n{back.decode()}"


def run(uri):
    by = release(uri)
    paths = sorted(glob.glob(os.path.join(DATA, "demo", "*.xml")))
    return tap.run([(os.path.basename(path), lambda path=path: fault_of(uri, path, by))
                    for path in paths])


def main():
    with tempfile.TemporaryDirectory(prefix="vh-demo-") as folder:
        done = subprocess.run([DAEMON, "start", folder], stdout=subprocess.PIPE, text=True)
        if done.returncode != 0:
            return 1
        try:
            return run(done.stdout.strip())
        finally:
            subprocess.run([DAEMON, "stop", folder], check=False)


if __name__ == "__main__":
    sys.exit(main())
