#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A write whose answer never comes, while the connection lives: a second connection finds what is stored.

usage: test_silence.py FOLDER-OF-THE-TESTS, with VIRT_HOTPLUG in the environment

Between the program and a private daemon stands a proxy that knows the framing of libvirt's protocol. It keeps
the answer to the call that defines a domain to itself, or the call, too; keepalives and new connections pass.
"""
import os
import pty
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = sys.argv[1]
sys.path[:0] = [HERE, os.path.join(HERE, "libvirt")]
import machine_type
import proxy
import tap

PROGRAM = os.environ["VIRT_HOTPLUG"]
DAEMON = os.path.join(HERE, "libvirt", "private-libvirtd")
DEFINE_XML_FLAGS = 350  # REMOTE_PROC_DOMAIN_DEFINE_XML_FLAGS
XML = f"""<domain type='qemu'><name>silent</name><memory>65536</memory>
<os><type machine='{machine_type.find("pc-q35-7.2")}'>hvm</type></os><features><acpi/></features>
<devices><controller type='pci' index='1' model='pcie-root-port'/></devices></domain>"""


def drop(what):
    """For the proxy: is it the call that defines a domain, or its answer?"""
    unwanted = proxy.CALL if what == "call" else proxy.REPLY

    def keeps(header):
        return (header.program == proxy.REMOTE_PROGRAM and header.procedure == DEFINE_XML_FLAGS
                and header.kind == unwanted)
    return keeps


def virsh(uri, *words):
    return subprocess.run(["virsh", "-q", "-c", uri, *words], capture_output=True, text=True, check=True).stdout


def run_on_a_terminal(words, environment):
    """(exit status, standard output and what a terminal was told) of a program that nobody can answer."""
    ours, theirs = pty.openpty()
    done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=theirs, timeout=300,
                          check=False, env=environment)
    os.close(theirs)
    told = os.read(ours, 65536)
    os.close(ours)
    return done.returncode, (done.stdout + told).decode()


def silent_write(drops, status, found, is_off):
    """The case: what the program says, and what is stored."""
    def case():
        folder = tempfile.mkdtemp(prefix="vh-silence-")
        try:
            uri = subprocess.run([DAEMON, "start", folder], capture_output=True, text=True, check=True).stdout.strip()
            xml = os.path.join(folder, "silent.xml")
            with open(xml, "w", encoding="utf-8") as file:
                file.write(XML)
            virsh(uri, "define", xml)
            path = os.path.join(folder, "proxy")
            proxy.Proxy(path, uri.partition("socket=")[2], drop(drops))
            done, told = run_on_a_terminal(
                [PROGRAM, "-c", f"qemu+unix:///system?socket={path}", "set", "silent", "--port=1=off", "--yes"],
                dict(os.environ, LC_ALL="C.UTF-8", XDG_STATE_HOME=folder, XDG_CACHE_HOME=folder))
            if done != status or found not in " ".join(told.split()):
                return f"exit status {done}: {told}"
            if "\rwriting the domain ..." not in told or "\r\033[K" not in told:
                return f"the terminal is not told what takes so long, or it is not wiped away: {told}"
            stored = "hotplug='off'" in virsh(uri, "dumpxml", "--inactive", "silent")
            return None if stored == is_off else "the other text is stored"
        finally:
            subprocess.run([DAEMON, "stop", folder], check=False)
            shutil.rmtree(folder, ignore_errors=True)
    return case


sys.exit(tap.run([
    ("the answer is lost", silent_write("reply", 0, "finds the new configuration stored", True)),
    ("the call is lost", silent_write("call", 1, "finds the old configuration", False)),
]))
