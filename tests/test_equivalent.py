#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The commands that are given for what was edited: each is run, and has to lead to the same bytes.

usage: test_equivalent.py FOLDER-OF-THE-TESTS, with VIRT_HOTPLUG in the environment
"""
import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import tap

PROGRAM = os.environ["VIRT_HOTPLUG"]
DEMO = os.path.join(sys.argv[1], "..", "data", "demo")
HEADING = "The same by commands"

# Options of `set`, on a demo domain.
SETS = [
    ("pc-q35-6.2", "--bridge=off"),
    ("pc-q35-6.2", "--port=4=default", "--port=3=on"),
    ("pc-q35-6.2", "--spare-ports=4", "--bridge=off"),
    ("pc-q35-6.2", "--policy=lock-occupied"),
    ("i440fx-nested", "--root=off", "--bridge=off"),
    ("i440fx-nested", "--root=off", "--site=qemu"),
    ("q35-numa", "--policy=default"),
]
# Keys of the terminal UI, and how many commands they come to.
KEYS = [
    ("one-undone", "pc-q35-6.2", ["B", "p", "1", "u"], 1),
    ("a-new-port-set", "pc-q35-6.2", ["a", "type 2", "Enter", "/", "type 12 pcie", "Enter", "0", "B"], 2),
    ("a-port-removed", "pc-q35-6.2", ["a", "type 2", "Enter", "x"], 1),
]
NAMES = ["plain.xml", "a b.xml", "it's.xml", "$(touch pwned);&.xml", "päth.xml"]


def run(words, folder, **more):
    environment = dict(os.environ, LC_ALL="C.UTF-8", XDG_STATE_HOME=os.path.join(folder, "state"),
                       PATH=os.path.dirname(PROGRAM) + ":" + os.environ["PATH"])
    return subprocess.run(words, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, check=False, **more)


def read(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8") as file:
        return file.read()


def copy(domain, folder, name="domain.xml"):
    shutil.copyfile(os.path.join(DEMO, domain + ".xml"), os.path.join(folder, name))
    return "./" + name


def commands(text):
    """The lines below the heading, those broken with a backslash put together."""
    found = text.split(HEADING, 1)
    if len(found) < 2:
        raise RuntimeError("no commands are given: " + text)
    lines = found[1].split("\n\n")[0].replace(" \\\n", " ").splitlines()[1:]
    return [line.strip() for line in lines if line.startswith(("virt-", "#"))]


def follow(lines, folder):
    """What the commands make of the file, by a shell; they would ask, so --yes is added."""
    for line in lines:
        done = run(["sh", "-c", line + " --yes"], folder)
        if done.returncode != 0:
            raise RuntimeError(f"{line}: {done.stderr}")


def set_case(domain, *options):
    def case():
        with tempfile.TemporaryDirectory(prefix="vh-equivalent-") as folder:
            target = copy(domain, folder)
            wanted = run([PROGRAM, "set", target, *options, "--print-xml"], folder).stdout
            lines = commands(run([PROGRAM, "set", target, *options, "--dry-run"], folder).stdout)
            if read(folder, target) == wanted:
                return "nothing is changed"
            follow(lines, folder)
            return None if read(folder, target) == wanted else f"{lines} lead elsewhere"
    return (f"set {domain} {' '.join(options)}", case)


def keys_case(name, domain, keys, count):
    def case():
        with tempfile.TemporaryDirectory(prefix="vh-equivalent-") as folder:
            target, script = copy(domain, folder), os.path.join(folder, "keys")
            with open(script, "w", encoding="utf-8") as file:
                file.write("\n".join(["size 100x300", *keys, "w", "shot -", "y", "expect stored", "q", ""]))
            done = run([PROGRAM, "--script=" + script, target], folder)
            if done.returncode != 0:
                return done.stderr
            wanted = read(folder, target)
            copy(domain, folder)
            lines = commands(done.stdout)
            if len(lines) != count:
                return f"{len(lines)} commands: {lines}"
            follow(lines, folder)
            return None if read(folder, target) == wanted else f"{lines} lead elsewhere"
    return ("keys " + name, case)


def name_case(name):
    def case():
        with tempfile.TemporaryDirectory(prefix="vh-equivalent-") as folder:
            target = copy("pc-q35-6.2", folder, name)
            lines = commands(run([PROGRAM, "set", target, "--bridge=off", "--dry-run"], folder).stdout)
            follow(lines, folder)
            if os.path.exists(os.path.join(folder, "pwned")):
                return "the shell ran a part of the name"
            return None if "bridge-support=off" in read(folder, target) else f"{lines} changed nothing"
    return ("name " + name, case)


def removed_port():
    with tempfile.TemporaryDirectory(prefix="vh-equivalent-") as folder:
        target, script = copy("pc-q35-6.2", folder), os.path.join(folder, "keys")
        run([PROGRAM, "set", target, "--spare-ports=4", "--yes"], folder)
        with open(script, "w", encoding="utf-8") as file:
            file.write("x\nw\nsize 100x100\nshot -\n")
        lines = commands(run([PROGRAM, "--script=" + script, target], folder).stdout)
        return None if lines == ["# virt-hotplug: no option of “set” removes a root port."] else f"{lines}"


def unprintable_name():
    with tempfile.TemporaryDirectory(prefix="vh-equivalent-") as folder:
        target = copy("pc-q35-6.2", folder, "a\033b.xml")
        lines = commands(run([PROGRAM, "set", target, "--bridge=off", "--dry-run"], folder).stdout)
        return None if lines == ["# There is no name to give to a command."] else f"{lines}"


sys.exit(tap.run([set_case(*row) for row in SETS] + [keys_case(*row) for row in KEYS] + [name_case(n) for n in NAMES] +
                 [("a removed port has none", removed_port), ("nor a name that nobody can type", unprintable_name)]))
