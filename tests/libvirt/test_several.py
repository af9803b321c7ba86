#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""`set` of several domains on a private daemon: one after the other, in a known order, with a summary.

usage: test_several.py, with VIRT_HOTPLUG in the environment
"""
import sys

sys.dont_write_bytecode = True
from host import Host, domain, told
import tap
from typist import tells

OFF = "hotplug='off'"
# By name; i440fx has no ports, and c does not persist.
MACHINES = {"a": "pc-q35-7.2", "b": "pc-i440fx-7.2", "c": "pc-q35-7.2", "d": "pc-q35-7.2"}


def start_anew(host):
    """Defined in an order that is not that of the names; what is stored of each."""
    for name in host.virsh("list", "--name").split():
        host.virsh("destroy", name)
    for name in host.virsh("list", "--all", "--name").split():
        host.virsh("undefine", name)
    for name in ("d", "b", "a"):
        host.defined(name, machine=MACHINES[name])
    host.virsh("create", host.write("c.xml", domain("c")), "--paused")
    return {name: host.read(name) for name in MACHINES}


def written(host, before):
    """The names of those that are not as before."""
    return [name for name in before if host.read(name) != before[name]]


def names_in(said):
    return [line[:-1] for line in said.splitlines() if line[:-1] in MACHINES and line.endswith(":")]


def stops(host):
    before = start_anew(host)
    done = host.run("set", "--all", "--port=1=off", "--yes", expected=3)
    if "Of 4 domains: 1 done, 1 failed, 2 not tried (see --keep-going)." not in done.stderr:
        return done.stderr
    if names_in(done.stderr) != ["a", "b"] or "b was not changed." not in done.stderr:
        return done.stderr
    return None if written(host, before) == ["a"] else f"written: {written(host, before)}"


def goes_on(host):
    """Past what refuses and what is transient; the second time nothing is written."""
    before = start_anew(host)
    for count, words in ((1, "-> off"), (2, "Nothing to change")):
        done = host.run("set", "--all", "--port=1=off", "--yes", "--keep-going", expected=3)
        if "Of 4 domains: 2 done, 2 failed." not in done.stderr or names_in(done.stderr) != ["a", "b", "c", "d"]:
            return done.stderr
        if done.stderr.count(words) != 2 or "transient" not in done.stderr:
            return f"time {count}: {done.stderr}"
        if written(host, before) != ["a", "d"] or host.read("d").count(OFF) != 1:
            return f"time {count}: written: {written(host, before)}"
    return None


def only_looks(host):
    before = start_anew(host)
    for option in ("--dry-run", "--print-diff"):
        done = host.run("set", "--all", "--port=1=off", option, "--keep-going", expected=3)
        if written(host, before):
            return f"{option}: written: {written(host, before)}"
        if "Of 4 domains: 2 done, 2 failed." not in done.stderr:
            return f"{option}: {done.stderr}"
    added = [line for line in done.stdout.splitlines() if line.startswith("+") and OFF in line]
    return None if len(added) == 2 else done.stdout


def takes_a_list(host):
    """What `virsh list` prints, which has its own order; names, UUIDs and what is no domain."""
    before = start_anew(host)
    uuid = host.virsh("domuuid", "d").strip()
    listed = host.virsh("list", "--all", "--name")
    done = host.run("set", "--from=-", "--spare-ports=3", "--yes", "--keep-going", stdin=listed, expected=3)
    if names_in(done.stderr) != listed.split() or written(host, before) != ["a", "d"]:
        return f"written: {written(host, before)}: {done.stderr}"
    done = host.run("set", "--from=-", "--port=2=off", "--yes", stdin=f"{uuid}\nnothing\na\n", expected=1)
    if "Of 3 domains: 1 done, 1 failed, 1 not tried" not in done.stderr or "nothing" not in done.stderr:
        return done.stderr
    return None if OFF in host.read("d") and OFF not in host.read("a") else "it did not stop at what is no domain"


@tells
def asks_for_each(host):
    """While the first question waits, the second domain is not read yet: it is shown as it is when its turn comes."""
    start_anew(host)
    with host.typist("set", "a", "d", "--port=1=off") as typist:
        typist.expect("a:").expect("[y/N]")
        host.run("set", "d", "--port=1=off", "--yes")
        status, said = typist.type("n\n").expect("d:").expect("Nothing to change").finish()
    if status != 0 or said.count("[y/N]") != 1 or "Of 2 domains: 2 done." not in said:
        return f"exit status {status}: {said}"
    return "no was taken for yes" if OFF in host.read("a") else None


CASES = [
    ("it stops at the first that fails", stops), ("--keep-going", goes_on),
    ("--dry-run and --print-diff store nothing", only_looks), ("--from", takes_a_list),
    ("a question for each, one after the other", asks_for_each),
]


if __name__ == "__main__":
    with Host() as HOST:
        STATUS = tap.run([(name, told(case, HOST)) for name, case in CASES])
    sys.exit(STATUS)
