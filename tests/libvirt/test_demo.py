#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The demo domains are what libvirt makes of them: it takes them, and gives the same bytes back.

usage: test_demo.py DATADIR, with VIRT_HOTPLUG in the environment
"""
import glob
import os
import re
import sys

sys.dont_write_bytecode = True
from host import Host, told
import tap

# Another release may write elements that this one did not have; an older one need not take these.
WRITTEN_BY = (9, 0)


def release(host):
    return tuple(int(part) for part in re.search(r"libvirt (\d+)\.(\d+)\.", host.virsh("version")).groups())


def fault_of(host, path, by):
    if by < WRITTEN_BY:
        raise tap.Skip("this libvirt is older than the one that wrote the demo")
    host.virsh("define", "--validate", path)
    back = host.read(os.path.basename(path)[:-len(".xml")])
    with open(path, encoding="utf-8") as file:
        same = file.read() == back.rstrip("\n") + "\n"
    return None if same or by != WRITTEN_BY else f"libvirt gives other bytes back:\n{back}"


def main(data):
    with Host() as host:
        by = release(host)
        return tap.run([(os.path.basename(path), told(fault_of, host, path, by))
                        for path in sorted(glob.glob(os.path.join(data, "demo", "*.xml")))])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
