#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A report alone gives the prediction that it is about, and nothing that its domain would hide.

usage: test_report.py FOLDER-OF-THE-TESTS, with VIRT_HOTPLUG in the environment
"""
import glob
import json
import os
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import tap

HERE = os.path.abspath(sys.argv[1])
DEMO = os.path.join(HERE, "..", "data", "demo")
CAPS = "--caps=" + os.path.join(DEMO, "qemu-7.2.caps")
DOMAINS = sorted(glob.glob(os.path.join(DEMO, "*.xml")) +
                 glob.glob(os.path.join(HERE, "fixtures", "domains", "*.xml")) +
                 glob.glob(os.path.join(HERE, "fixtures", "ground-truth", "*.xml"))[::4])
UNREADABLE = {"empty.xml", "entity.xml", "not-a-domain.xml", "not-xml.xml", "truncated.xml"}

# Everything that could be somebody's, with one word in it.
PRIVATE = """<domain type='kvm' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0' xmlns:x='urn:hunter2'>
  <name>hunter2</name><uuid>6f2f1d0e-0000-4000-8000-000000000002</uuid><title>hunter2</title>
  <description>hunter2</description><!-- hunter2 -->
  <metadata><x:hunter2 x:a='hunter2'>hunter2</x:hunter2></metadata>
  <os firmware='efi'><type arch='x86_64' machine='pc-q35-7.2'>hvm</type>
    <loader type='pflash' secure='no'>/hunter2</loader><nvram template='/hunter2'>/hunter2</nvram>
    <kernel>/hunter2</kernel><cmdline>hunter2</cmdline></os>
  <features><acpi/><hyperv><vendor_id state='on' value='hunter2'/></hyperv></features>
  <devices><emulator>/hunter2</emulator>
    <controller type='pci' index='0' model='pcie-root'/>
    <controller type='pci' index='1' model='pcie-root-port'><target chassis='1' port='0x10' hotplug='off'/>
      <address type='pci' domain='0x0000' bus='0x00' slot='0x02' function='0x0'/></controller>
    <disk type='network' device='disk'><source protocol='https' name='hunter2'><host name='hunter2'/>
      <cookies><cookie name='a'>hunter2</cookie></cookies><auth username='hunter2'/></source>
      <serial>hunter2</serial><alias name='ua-hunter2'/><target dev='vda' bus='virtio'/>
      <address type='pci' domain='0x0000' bus='0x01' slot='0x00' function='0x0'/></disk>
    <interface type='bridge'><mac address='52:54:00:fe:ed:01'/><source bridge='hunter2'/>
      <target dev='hunter2'/><model type='virtio'/></interface>
    <filesystem type='mount'><source dir='/hunter2'/><target dir='hunter2'/></filesystem>
    <shmem name='hunter2'><model type='ivshmem-plain'/></shmem>
    <graphics type='vnc' passwd='hunter2' listen='hunter2'/>
    <channel type='unix'><source path='/hunter2'/><target type='virtio' name='hunter2'/></channel>
  </devices>
  <qemu:commandline><qemu:arg value='-object'/><qemu:arg value='secret,id=s,data=hunter2'/>
    <qemu:arg value='-hunter2'/><qemu:arg value='-global'/><qemu:arg value='virtio-net-pci.romfile=/hunter2'/>
    <qemu:arg value='-global=hunter2'/><qemu:arg value='-machine'/><qemu:arg value='acpi=on,x=hunter2'/>
    <qemu:arg value='-device'/><qemu:arg value='e1000,addr=9,romfile=hunter2,bus=pcie.0'/>
    <qemu:arg value='-device'/><qemu:arg value='{"serial":"hunter2","driver":"nvme"}'/>
    <qemu:env name='hunter2' value='hunter2'/></qemu:commandline>
  <qemu:override><qemu:device alias='pci.1'><qemu:frontend>
    <qemu:property name='romfile' type='string' value='/hunter2'/></qemu:frontend></qemu:device>
    <qemu:device alias='ua-hunter2'><qemu:frontend><qemu:property name='hotplug' type='bool' value='off'/>
    </qemu:frontend></qemu:device></qemu:override>
</domain>
"""


def run(folder, *words):
    env = dict(os.environ, LC_ALL="C.UTF-8", XDG_STATE_HOME=os.path.join(folder, "state"),
               XDG_CACHE_HOME=os.path.join(folder, "cache"))
    return subprocess.run([os.environ["VIRT_HOTPLUG"], *words], cwd=folder, env=env, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120, check=False)


def part(report, word):
    return "".join(line[len(word) + 2:] + "\n" for line in report.splitlines() if line.startswith(word + "| "))


def bare(tree):
    """What a prediction is: without names, and where a fact came from."""
    def bus(row):
        mode = {key: row["hotplug"].get(key) for key in ("offered", "used", "listed")}
        rules = [reason["rule"] for reason in row["hotplug"]["reasons"]]
        places = [(device["kind"], device["address"], device["bus_behind"], device["unplug"])
                  for device in row["devices"]]
        return [row["index"], row["model"], row["alias"], row["parent"], row["guest_bus"], mode, rules, row["slots"],
                row["knob"], places]
    return [[bus(row) for row in tree["buses"]], tree["knobs"], tree["acpi"], len(tree["unaddressed"]),
            sorted((row["severity"], row["rule"], str(row["bus"])) for row in tree["findings"])]


def same_prediction(path, *words):
    def case():
        with tempfile.TemporaryDirectory(prefix="vh-report-") as folder:
            path_of = os.path.abspath(path)
            done = run(folder, "report", path_of, *words)
            if done.returncode != 0:
                return done.stderr.decode()
            report = done.stdout.decode()
            for word, name in (("xml", "domain.xml"), ("caps", "domain.caps")):
                with open(os.path.join(folder, name), "w", encoding="utf-8") as out:
                    out.write(part(report, word))
            again = run(folder, "show", "./domain.xml", "--caps=./domain.caps", "--format=json").stdout.decode()
            if json.loads(again) != json.loads(part(report, "json")):
                return f"the report predicts something else than it says:\n{again}"
            first = json.loads(run(folder, "show", path_of, *words, "--format=json").stdout)
            one, other = bare(first), bare(json.loads(again))
            return None if one == other else f"{one}\n{other}"
    return case


def nothing_private():
    with tempfile.TemporaryDirectory(prefix="vh-report-") as folder:
        with open(os.path.join(folder, "hunter2.xml"), "w", encoding="utf-8") as out:
            out.write(PRIVATE)
        fault = same_prediction(os.path.join(folder, "hunter2.xml"), CAPS)()
        done = run(folder, "report", "./hunter2.xml", CAPS)
        for word in ("hunter2", "fe:ed", "6f2f1d0e", "host="):
            if word.encode() in done.stdout:
                return f"“{word}” is in it: {done.stdout.decode()}"
        return fault


def written_once():
    with tempfile.TemporaryDirectory(prefix="vh-report-") as folder:
        words = ["report", os.path.abspath(DOMAINS[0]), "--output=r.txt"]
        first = run(folder, *words)
        second = run(folder, *words)
        with open(os.path.join(folder, "r.txt"), encoding="utf-8") as report:
            text = report.read()
        if first.returncode != 0 or b"Look through it" not in first.stderr or not text.startswith("# A report"):
            return first.stderr.decode()
        return None if second.returncode == 1 and b"exists" in second.stderr else second.stderr.decode()


CASES = [(f"{os.path.basename(path)} is predicted alike", same_prediction(path, CAPS))
         for path in DOMAINS if os.path.basename(path) not in UNREADABLE] + [
             ("without a recording", same_prediction(DOMAINS[0])),
             ("nothing private", nothing_private),
             ("--output writes over nothing", written_once)]
sys.exit(tap.run(CASES))
