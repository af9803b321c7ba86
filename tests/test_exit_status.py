#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Every exit status of every command, each by a real cause; the statuses are those of the manual.

usage: test_exit_status.py FOLDER-OF-THE-TESTS, with VIRT_HOTPLUG in the environment
"""
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
import tap

HERE = sys.argv[1]
PROGRAM = os.environ["VIRT_HOTPLUG"]
DEMO = os.path.join(HERE, "..", "data", "demo")
Q35 = os.path.join(DEMO, "pc-q35-6.2.xml")
I440FX = os.path.join(DEMO, "i440fx-nested.xml")
CONTRADICTING = os.path.join(DEMO, "contradicting.xml")
BROKEN = os.path.join(HERE, "fixtures", "domains", "double-index.xml")
FOLDER = tempfile.mkdtemp(prefix="vh-status-")
LIMIT = 60 * float(os.environ.get("VH_TEST_SLOW", 1))
DONE, FAILED, USAGE, REFUSED, CONFLICT = range(5)

# {command: {status: words}}; "@" is a copy of Q35 of its own, "%" one of CONTRADICTING, "?" answers a question with yes after
# the file was changed by someone else.
TABLE = {
    None: {DONE: ["@", "--script=" + os.path.join(HERE, "scripts", "ascii.keys")],
           FAILED: ["./nowhere.xml", "--script=" + os.devnull], USAGE: ["--nonsense"]},
    "show": {DONE: [Q35], FAILED: ["./nowhere.xml"], USAGE: [Q35, "--format=picture"]},
    "set": {DONE: ["@", "--bridge=off", "--yes"], FAILED: ["@", "--bridge=off"], USAGE: ["@"],
            REFUSED: ["@", "--port=0=off", "--yes"], CONFLICT: ["?", "@", "--bridge=off"]},
    "list": {DONE: ["-c", "test:///default"], FAILED: ["-c", "nonsense:///"], USAGE: ["operand"]},
    "check": {DONE: [Q35], FAILED: ["./nowhere.xml"], USAGE: [Q35, "--format=svg"], REFUSED: [BROKEN],
              CONFLICT: ["?", "%", "--fix"]},
    "fit": {DONE: [Q35, "virtio-net"], FAILED: [BROKEN, "e1000"],
            USAGE: [Q35, "teapot"], REFUSED: [I440FX, "pcie-root-port"]},
    "history": {DONE: ["@"], FAILED: ["./nowhere.xml"], USAGE: ["@", "operand"]},
    "revert": {DONE: ["+", "@", "--yes"], FAILED: ["@", "--yes"], USAGE: ["@", "1", "2"], CONFLICT: ["+?", "@"]},
    "report": {DONE: [Q35], FAILED: ["./nowhere.xml"], USAGE: [Q35, "--machine=pc-q35-6.0"]},
    "caps": {DONE: [Q35], FAILED: ["./nowhere.xml"], USAGE: ["one", "two"]},
}

# Several targets: 1 if one could not be read, else 4, else 3.
SEVERAL = [
    ("one cannot be read", FAILED, ["check", Q35, BROKEN, "./nowhere.xml"]),
    ("one has errors", REFUSED, ["check", Q35, BROKEN]),
    ("set, one cannot be read", FAILED,
     ["set", "./nowhere.xml", BROKEN, Q35, "--bridge=off", "--dry-run", "--keep-going"]),
    ("set, one says no", REFUSED, ["set", I440FX, Q35, "--policy=native", "--dry-run", "--keep-going"]),
]


def environment(name):
    return dict(os.environ, LC_ALL="C.UTF-8", TERM="dumb", XDG_STATE_HOME=os.path.join(FOLDER, name + ".state"),
                XDG_CACHE_HOME=os.path.join(FOLDER, "cache"))


def run(name, *words):
    done = subprocess.run([PROGRAM, *words], env=environment(name), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=LIMIT, check=False)
    return done.returncode, done.stderr.decode()


def someone_else_changes(path):
    with open(path, "rb") as file:
        text = file.read()
    with open(path, "wb") as file:
        file.write(text.replace(b"</vcpu>", b"</vcpu><!-- changed -->").replace(b"index='5'", b"index='95'"))


def answered(name, path, *words):
    """Like run, on a terminal where the question is answered with yes, after someone else wrote the file."""
    process, terminal = pty.fork()
    if process == 0:
        os.execve(PROGRAM, [PROGRAM, *words], environment(name))
    said, end = "", time.monotonic() + LIMIT
    while "[y/N]" not in said and time.monotonic() < end:
        if select.select([terminal], [], [], 1)[0]:
            said += os.read(terminal, 65536).decode(errors="replace")
    someone_else_changes(path)
    os.write(terminal, b"y\n")
    while time.monotonic() < end:
        try:
            said += os.read(terminal, 65536).decode(errors="replace")
        except OSError:  # the program has closed it
            break
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), said


def case(command, status, words):
    name = f"{command}-{status}"
    path = os.path.join(FOLDER, name + ".xml")
    shutil.copyfile(CONTRADICTING if "%" in words else Q35, path)
    program = [word.replace("@", path).replace("%", path) if word in "@%" else word for word in words
               if word not in ("?", "+", "+?")]
    program = ([command] if command else []) + program
    if words[0].startswith("+"):
        for value in "off", "on":
            run(name, "set", path, "--port=5=" + value, "--yes")
    if words[0].endswith("?") and command == "revert":
        someone_else_changes(path)
        got, said = run(name, *program, "--yes")
    elif words[0].endswith("?"):
        got, said = answered(name, path, *program)
    else:
        got, said = run(name, *program)
    return None if got == status else f"exit status {got}: {said}"


def fault_of_table():
    """A command or a status that the manual has and the table has not."""
    with open(os.path.join(HERE, "..", "data", "virt-hotplug.rst.in"), encoding="utf-8") as file:
        manual = file.read()
    commands = set(re.findall(r"^``virt-hotplug`` \[\*OPTION\*\]\.\.\. ``([a-z]+)``", manual, re.M))
    section = re.search(r"^EXIT STATUS\n=+\n(.*?)^[A-Z]+\n=", manual, re.M | re.S).group(1)
    statuses = {int(number) for number in re.findall(r"^([0-9])$", section, re.M)}
    lacking = sorted(commands ^ (set(TABLE) - {None}))
    reached = {status for row in TABLE.values() for status in row}
    if lacking or reached != statuses:
        return f"commands {lacking}, statuses {sorted(reached ^ statuses)}"
    unread = [str(command) for command, row in TABLE.items() if not {DONE, FAILED, USAGE} <= set(row)]
    return " ".join(unread)


def main():
    cases = [("the table is that of the manual", fault_of_table)]
    cases += [(f"{command or 'the terminal UI'} ends with {status}",
               lambda c=command, s=status, w=words: case(c, s, w))
              for command, row in TABLE.items() for status, words in row.items()]
    cases += [(f"several targets: {name}",
               lambda s=status, w=words: None if run("several", *w)[0] == s else str(run("several", *w)))
              for name, status, words in SEVERAL]
    status = tap.run(cases)
    shutil.rmtree(FOLDER)
    return status


if __name__ == "__main__":
    sys.exit(main())
