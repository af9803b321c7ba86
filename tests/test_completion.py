#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Completion as bash does it, with the program that was built (VIRT_HOTPLUG).

usage: test_completion.py COMPLETION-FILE
"""
import os
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import tap

SCRIPT = """
source "$1"; shift
COMP_WORDS=(virt-hotplug "$@") COMP_CWORD=$# COMPREPLY=()
_virt_hotplug "$VIRT_HOTPLUG"
printf '%s\\n' "${COMPREPLY[@]}"
"""

# (the words up to the cursor as bash splits them, offered, not offered)
CASES = [
    ([""], ["show", "set", "list", "check", "fit", "caps", "here.xml", "web"], ["--quiet"]),
    (["s"], ["show", "set"], ["list", "here.xml"]),
    (["--"], ["--connect", "--readonly", "--ascii", "--demo"], ["--print-xml", "show"]),
    (["set", "--"], ["--print-xml", "--root", "--quiet"], ["--record", "--format"]),
    (["caps", "--re"], ["--record", "--readonly"], ["--root"]),
    (["set", "--root", "="], ["on", "off", "default"], ["here.xml"]),
    (["set", "--root", "=", "o"], ["on", "off"], ["default"]),
    (["set", "--bridge", "d"], ["default"], ["on", "web"]),
    (["--look", "=", "h"], ["high-contrast"], ["default", "here.xml"]),
    (["show", "--color", "="], ["auto", "always", "never"], ["here.xml"]),
    (["show", "--format", "="], ["text", "json", "svg", "dot"], ["here.xml"]),
    (["list", "--format", "="], ["text", "json"], ["svg", "here.xml"]),
    (["set", "--from", "="], ["here.xml"], ["web"]),
    (["set", "--print-"], ["--print-svg", "--print-dot"], []),
    (["--script", ""], ["here.xml"], ["show", "web"]),
    (["-c", ""], [], ["here.xml", "show", "web"]),
    (["-r", ""], ["show", "web"], []),
    (["-c", "test:///default", "show", ""], ["web", "here.xml"], ["show", "set"]),
    (["-c", "a", "-c", ""], [], ["here.xml", "show", "web"]),
    (["-c", "a", "-c", "b", ""], ["list", "check"], []),
    (["-c", "a", "list", "--"], ["--connect", "--format"], ["--all"]),
    (["show", "h"], ["here.xml"], ["web", "set"]),
]

VIRSH = "#!/bin/sh\necho web\n"


def complete(words):
    """What is offered, in a folder with one file and with a libvirt that has one domain."""
    with tempfile.TemporaryDirectory() as folder:
        open(os.path.join(folder, "here.xml"), "w", encoding="utf-8").close()
        tools = os.path.join(folder, ".tools")
        os.mkdir(tools)
        with open(os.path.join(tools, "virsh"), "w", encoding="utf-8") as out:
            out.write(VIRSH)
        os.chmod(os.path.join(tools, "virsh"), 0o755)
        done = subprocess.run(
            ["bash", "-c", SCRIPT, "bash", os.path.abspath(sys.argv[1]), *words], cwd=folder,
            env={**os.environ, "PATH": f"{tools}:{os.environ['PATH']}"},
            capture_output=True, text=True, check=False)
        return done.stdout.split(), done.stderr


def case(words, wanted, unwanted):
    def fault():
        offered, errors = complete(words)
        wrong = [w for w in wanted if w not in offered] + [w for w in unwanted if w in offered]
        return f"wrong: {wrong}\noffered: {offered}\n{errors}" if wrong or errors else None
    return fault


if __name__ == "__main__":
    sys.exit(tap.run([(" ".join(row[0]) or "nothing", case(*row)) for row in CASES]))
