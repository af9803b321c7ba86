#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Which devices libvirt and QEMU refuse to detach, of each kind one, against `unplug` of the program. No guest runs, so
that what is not refused is only asked for.

usage: test_detach.py, with VIRT_HOTPLUG in the environment
"""
import json
import sys
import xml.etree.ElementTree as ET

sys.dont_write_bytecode = True
from host import Fault, Host, domain, told
import tap

DISK = ("<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='{image}'/>"
        "<target dev='{name}' bus='{bus}'/>{address}</disk>")
ON_SCSI_1 = "<address type='drive' controller='1' bus='0' target='0' unit='0'/>"
MEMORY = ("<memory model='virtio-mem'><target><size unit='MiB'>128</size><node>0</node><block unit='MiB'>2</block>"
          "<requested unit='MiB'>0</requested></target></memory>")
NODE = "<maxMemory slots='4' unit='MiB'>1024</maxMemory>"
CPU = ("<vcpu>1</vcpu><cpu mode='custom' match='exact' check='none'><model fallback='forbid'>qemu64</model>"
       "<numa><cell id='0' cpus='0' memory='65536' unit='KiB'/></numa></cpu>")

# Name -> (the XML, is it refused; None: that depends on the release).
DEVICES = {
    "interface": ("<interface type='user'><model type='virtio'/></interface>", False),
    "disk": (DISK.format(image="{image}", name="vda", bus="virtio", address=""), False),
    "scsi": ("<controller type='scsi' index='0' model='lsilogic'/>", False),
    "scsi-in-use": ("<controller type='scsi' index='1' model='virtio-scsi'/>", True),
    "rng": ("<rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>", False),
    "watchdog": ("<watchdog model='i6300esb'/>", False),
    "input": ("<input type='tablet' bus='virtio'/>", False),
    "filesystem": ("<filesystem type='mount'><source dir='/tmp'/><target dir='t'/></filesystem>", True),
    "shmem": ("<shmem name='s'><model type='ivshmem-plain'/><size unit='M'>4</size></shmem>", False),
    "memory": (MEMORY, None),
    "sound": ("<sound model='ac97'/>", True),
    "video": ("<video><model type='cirrus'/></video>", True),
    "usb": ("<controller type='usb' index='0' model='ich9-ehci1'/>", True),
    "virtio-serial": ("<controller type='virtio-serial' index='0'/>", True),
}


def devices(image):
    """All of them, each with an alias that says which it is, and on SCSI controller 1 a disk of IMAGE2."""
    for name, (xml, _) in DEVICES.items():
        element = ET.fromstring(xml.replace("{image}", image))
        ET.SubElement(element, "alias", name=f"ua-{name}")
        yield ET.tostring(element, encoding="unicode")
    yield DISK.format(image=image + "2", name="sdh", bus="scsi", address=ON_SCSI_1)
    yield "<memballoon model='none'/>"


def start(host):
    """Starts the domain, paused; name -> what the program says of a detach."""
    image = host.write("disk.img", "\0" * (1 << 20))
    host.write("disk.img2", "\0" * (1 << 20))
    xml = "".join(devices(image))
    text = domain("detach", machine="pc-i440fx-7.2").replace("</devices>", f"{xml}</devices>")
    host.virsh("create", "--paused", "/dev/stdin", text=text.replace("<os>", f"{NODE}{CPU}<os>"))
    shown = json.loads(host.run("show", "detach", "--format=json").stdout)
    unplug = {device["address"]: device["unplug"] for bus in shown["buses"] for device in bus["devices"]}
    return {name: unplug[address] for name, address in addresses(host.virsh("dumpxml", "detach"))}


def addresses(text):
    for element in ET.fromstring(text).find("devices"):
        alias, address = element.find("alias"), element.find("address")
        if alias is not None and alias.get("name").startswith("ua-"):
            bus, slot, function = (int(address.get(word), 0) for word in ("bus", "slot", "function"))
            yield alias.get("name")[3:], f"0000:{bus:02x}:{slot:02x}.{function}"


def case(host, name, predicted):
    refused = DEVICES[name][1]
    done = host.try_virsh("detach-device-alias", "detach", f"ua-{name}", "--live")
    is_refused = done.returncode != 0
    is_right = is_refused == (predicted[name] == "none") and refused in (None, is_refused)
    return None if is_right else f"predicted {predicted[name]}, libvirt: {done.stdout}{done.stderr}"


def main():
    with Host() as host:
        try:
            predicted = start(host)
        except Fault as fault:
            return tap.fault(fault)
        return tap.run([(name, told(case, host, name, predicted)) for name in DEVICES])


if __name__ == "__main__":
    sys.exit(main())
