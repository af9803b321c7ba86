#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""`show --format=tree` is drawn as lspci draws the same devices.

Each domain is made a dump of configuration space, with the bus numbers of the prediction, and lspci draws that.
usage: test_lspci.py FOLDER-OF-THE-TESTS, with VIRT_HOTPLUG in the environment
"""
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import tap

HERE = os.path.abspath(sys.argv[1])
DEMO = os.path.join(HERE, "..", "data", "demo")
CAPS = "--caps=" + os.path.join(DEMO, "qemu-7.2.caps")
DOMAINS = sorted(glob.glob(os.path.join(DEMO, "*.xml")) +
                 glob.glob(os.path.join(HERE, "fixtures", "ground-truth", "*.xml"))[::3])
CHIPSETS = {"i440fx": ["00.0", "01.0", "01.1", "01.3"], "q35": ["00.0", "1f.0", "1f.2", "1f.3"]}
EXPANDERS = {"pci-expander-bus", "pcie-expander-bus"}
LABEL = re.compile(r"([0-9a-f]{2}\.[0-7]|\]--)  .*$")


def run(*words):
    return subprocess.run([os.environ["VIRT_HOTPLUG"], *words], env=dict(os.environ, LC_ALL="C.UTF-8"),
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120, check=True).stdout.decode()


def function(place, secondary=None, last=None):
    """A function of the dump; a bridge when it has a secondary bus."""
    space = bytearray(64)
    space[0:4] = b"\x36\x1b\x0c\x00"
    space[10:12] = b"\x04\x06" if secondary is not None else b"\x00\x02"
    if secondary is not None:
        space[14], space[25], space[26] = 1, secondary, last
    rows = [f"{at:02x}: " + " ".join(f"{byte:02x}" for byte in space[at:at + 16]) for at in range(0, 64, 16)]
    return place + " device\n" + "\n".join(rows) + "\n\n"


def last_number(buses, bus):
    """Of the bus and all behind it."""
    below = [last_number(buses, buses[device["bus_behind"]]) for device in bus["devices"]
             if device["bus_behind"] is not None and buses[device["bus_behind"]]["model"] not in EXPANDERS]
    return max([bus["guest_bus"], *below])


def dump(tree):
    buses = {bus["index"]: bus for bus in tree["buses"]}
    functions = {}
    for bus in tree["buses"]:
        number = bus["guest_bus"]
        if bus["model"] == "pci-expander-bus":
            functions[f"{number - 1:02x}:00.0"] = (number, last_number(buses, bus))
        for device in bus["devices"]:
            place = f"{number:02x}:{device['address'][-4:]}"
            behind = buses.get(device["bus_behind"])
            is_bridge = behind and behind["model"] not in EXPANDERS
            functions[place] = (behind["guest_bus"], last_number(buses, behind)) if is_bridge else (None, None)
    for place in CHIPSETS[tree["machine"]["chipset"]]:
        if place != "01.3" or tree["acpi"]:
            functions.setdefault(f"00:{place}", (None, None))
    return "".join(function(place, *functions[place]) for place in sorted(functions))


def in_order(lines):
    """Before 3.8 lspci draws the host bridge with the highest number first."""
    roots = []
    for line in lines:
        if "[0000:" in line[:9]:
            roots.append([])
        roots[-1].append(line[2:])
    if roots == sorted(roots):
        return lines
    last = len(roots) - 1
    forks = [("-+" if at == 0 else " \\" if at == last else " +", " |" if at < last else "  ") for at in range(last + 1)]
    return [(fork if at == 0 else beside) + line
            for (fork, beside), root in zip(forks, sorted(roots)) for at, line in enumerate(root)]


def is_numbered(tree):
    """lspci must have a number for every bus, and shows no bus of an expander that is empty."""
    return tree["machine"]["chipset"] in CHIPSETS and not any(
        bus["guest_bus"] is None or (bus["model"] == "pcie-expander-bus" and not bus["devices"])
        for bus in tree["buses"])


def alike(path):
    tree = json.loads(run("show", path, "--format=json", CAPS))
    if not is_numbered(tree):
        return None
    with tempfile.NamedTemporaryFile("w", suffix=".lspci") as file:
        file.write(dump(tree))
        file.flush()
        wanted = subprocess.run(["lspci", "-t", "-F", file.name], stdout=subprocess.PIPE, check=True).stdout.decode()
    text = run("show", path, "--format=tree", "--width=1000", CAPS)
    got = "".join(LABEL.sub(r"\1", line).rstrip() + "\n" for line in text.splitlines())
    wanted = "".join(line.rstrip() + "\n" for line in in_order(wanted.splitlines()))
    return None if got == wanted else f"lspci:\n{wanted}\nhere:\n{got}"


def enough():
    n = sum(is_numbered(json.loads(run("show", path, "--format=json", CAPS))) for path in DOMAINS)
    return None if n * 2 > len(DOMAINS) else f"only {n} of {len(DOMAINS)} can be compared"


def width():
    for columns in (40, 60, 100):
        text = run("show", os.path.join(DEMO, "q35-numa.xml"), "--format=tree", f"--width={columns}", CAPS)
        if max(len(line) for line in text.splitlines()) > columns or not text.isascii() or "\x1b" in text:
            return text
    return None


CASES = [(f"{os.path.basename(path)} is drawn alike", lambda path=path: alike(path)) for path in DOMAINS] + [
    ("most can be compared", enough), ("--width", width)]
sys.exit(tap.run(CASES))
