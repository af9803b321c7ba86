# SPDX-License-Identifier: GPL-2.0-or-later
"""What a guest showed, as a pair of files for tests/fixtures/ground-truth/."""
import json
import os
import xml.etree.ElementTree as ET

import compare
import domain

OURS = ("os/kernel", "os/initrd", "os/cmdline", "devices/serial", "devices/console", "uuid")


def bare(xml, name):
    """The domain as libvirt wrote it, less what the laboratory put in."""
    root = domain.parse(xml)
    root.find("name").text = name
    for path in OURS:
        above, _, tag = path.rpartition("/")
        parent = root.find(above) if above else root
        for element in parent.findall(tag):
            parent.remove(element)
    ET.indent(root)
    return domain.to_text(root) + "\n"


def plug(row):
    return row["plug"] and {key: row["plug"][key] for key in ("address", "qemu", "guest_saw")}


def summary(name, xml, found):
    parents = {bus.index: bus.parent for bus in domain.read_buses(domain.parse(xml))}
    buses = [{"index": row["index"], "model": row["model"], "parent": parents[row["index"]],
              "listed": compare.words(row["listed"]), "used": row["used"], "plug": plug(row)}
             for row in found["buses"]]
    libvirt, qemu = found["versions"]
    return {"case": name, "libvirt": libvirt, "qemu": qemu, "guest": "Linux " + found["kernel"],
            "machine": domain.parse(xml).find("os/type").get("machine"), "guest_has_acpi": found["acpi"],
            "buses": buses, "unplug": found["devices"]}


def write(folder, name, xml, found):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name + ".xml"), "w", encoding="utf-8") as file:
        file.write(bare(xml, name))
    with open(os.path.join(folder, name + ".json"), "w", encoding="utf-8") as file:
        json.dump(summary(name, xml, found), file, indent=1)
        file.write("\n")
