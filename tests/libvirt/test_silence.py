#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A write whose answer never comes, while the connection lives: a second connection finds what is stored.

usage: test_silence.py, with VIRT_HOTPLUG in the environment

Between the program and a private daemon stands a proxy that knows the framing of libvirt's protocol. It keeps
the answer to the call that defines a domain to itself, or the call, too; keepalives and new connections pass.
"""
import os
import pty
import subprocess
import sys

sys.dont_write_bytecode = True
from host import Host, domain, told
import proxy
import tap

DEFINE_XML_FLAGS = 350  # REMOTE_PROC_DOMAIN_DEFINE_XML_FLAGS


def drop(unwanted):
    """For the proxy: is it of this kind, and of the call that defines a domain?"""
    def keeps(header):
        return (header.program == proxy.REMOTE_PROGRAM and header.procedure == DEFINE_XML_FLAGS
                and header.kind == unwanted)
    return keeps


def run_on_a_terminal(words, environment):
    """(exit status, standard output and what a terminal was told) of a program that nobody can answer."""
    ours, theirs = pty.openpty()
    done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=theirs, timeout=300,
                          check=False, env=environment)
    os.close(theirs)
    said = os.read(ours, 65536)
    os.close(ours)
    return done.returncode, (done.stdout + said).decode()


def silent_write(drops, status, found, is_off):
    """What the program says, and what is stored."""
    with Host() as host:
        host.define(domain("silent"))
        daemon = host.uri
        host.stand_between(drop(drops))
        done, said = run_on_a_terminal(host.words("set", "silent", "--port=1=off", "--yes"), host.environment)
        if done != status or found not in " ".join(said.split()):
            return f"exit status {done}: {said}"
        if "\rwriting the domain ..." not in said or "\r\033[K" not in said:
            return f"the terminal is not told what takes so long, or it is not wiped away: {said}"
        host.uri = daemon
        return None if ("hotplug='off'" in host.read("silent")) == is_off else "the other text is stored"


if __name__ == "__main__":
    sys.exit(tap.run([
        ("the answer is lost", told(silent_write, proxy.REPLY, 0, "finds the new configuration stored", True)),
        ("the call is lost", told(silent_write, proxy.CALL, 1, "finds the old configuration", False)),
    ]))
