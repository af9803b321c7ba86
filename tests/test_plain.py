#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The terminal UI as lines: whole sessions on a pipe and on a dumb terminal.

usage: test_plain.py FOLDER-OF-THE-TESTS, with VIRT_HOTPLUG in the environment
"""
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
import tap

DEMO = os.path.join(sys.argv[1], "..", "data", "demo")
PROGRAM = os.environ["VIRT_HOTPLUG"]
FOLDER = tempfile.mkdtemp(prefix="vh-plain-")
BRIDGE_OFF = "ICH9-LPC.acpi-pci-hotplug-with-bridge-support=off"
DEADLINE = 10 * max(int(os.environ.get("VH_TEST_SLOW", "1")), 1)


def environment(name):
    return dict(os.environ, LC_ALL="C.UTF-8", TERM="dumb", XDG_STATE_HOME=os.path.join(FOLDER, "state-" + name),
                XDG_CACHE_HOME=os.path.join(FOLDER, "cache"))


def copy(name, demo="pc-q35-6.2"):
    path = os.path.join(FOLDER, name + ".xml")
    shutil.copyfile(os.path.join(DEMO, demo + ".xml"), path)
    return path


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def talk(name, path, *lines):
    """(exit status, what each line was answered with, standard error)"""
    done = subprocess.run([PROGRAM, "--plain", path], input="\n".join(lines) + "\n", env=environment(name),
                          capture_output=True, text=True, timeout=60 * DEADLINE, check=False)
    if re.search("[\x00-\x09\x0b-\x1f\x7f]", done.stdout):
        raise ValueError(f"control characters: {done.stdout!r}")
    return done.returncode, re.split(r"^> ", done.stdout, flags=re.MULTILINE), done.stderr


def session(name, steps, status=0, demo="pc-q35-6.2"):
    """Each step is a line and what its answer must say; the fault, "" if there is none, and the path."""
    path = copy(name, demo)
    code, answers, _ = talk(name, path, *[line for line, _ in steps])
    if code != status:
        return f"exit status {code}: {answers}", path
    for (line, wanted), answer in zip(steps, answers[1:]):
        for words in wanted if isinstance(wanted, tuple) else (wanted,):
            if words not in answer:
                return f"{line!r}: does not say {words!r}:\n{answer}", path
    return "", path


def toggles_and_writes():
    before = read(os.path.join(DEMO, "pc-q35-6.2.xml"))
    fault, path = session("write", [
        ("", ("1 rows: ", "toggle: ", "redo: Make the change again that was taken back. Not now: ")),
        ("rows", ("Row 1: ", "Row 2 (here): ", "A number goes to that row")),
        ("2", "Row 2 (here): "),
        ("why", ("Reasons", "ACPI bridge hotplug is on")),
        ("toggle", "default (on)→off"),
        ("write", ("Write these changes?", "+", BRIDGE_OFF)),
        ("n", "default (on)→off"),
        ("w", "Write these changes?"),
        ("y", "is stored"),
        ("quit", ""),
    ])
    if fault:
        return fault
    after = read(path)
    return "" if BRIDGE_OFF in after and before != after else "not stored"


def only_y_writes():
    for word in ("", "n", "1", "write", "yes", "w"):
        fault, path = session("only-y", [("B", "→off"), ("w", "Write these changes?"), (word, "UNSAVED"),
                                         ("q", "Drop the changes?"), ("y", "")])
        if fault or BRIDGE_OFF in read(path):
            return f"{word!r}: {fault or 'was taken for y'}"
    return ""


def does_the_other_jobs():
    fault, path = session("jobs", [
        ("policy", "1 lock-occupied"),
        ("1", "lock-occupied: 3 settings changed"),
        ("undo", "Row 2"),
        ("redo", "Row 2"),
        ("edits", ("now", "policy")),
        ("u", "as it was loaded"),
        ("back", "Row 2"),
        ("add-ports", ("Add how many root ports?", "An empty line goes back.")),
        ("2", "2 root ports added"),
        ("remove-port", "Row 2"),
        ("fit", "virtio-net"),
        ("rows", "Row 20: "),
        ("3", "Row 3 (here)"),
        ("why", "Added to the definition"),
        ("back", "Row 2"),
        ("what-if", "As machine, under QEMU:"),
        ("pc-q35-6.0 pc-q35-6.1", "pc-q35-6.0       pc-q35-6.1"),
        ("back", "Row 2"),
        ("search", "Search:"),
        ("disk", "disk vda"),
        ("info", "Row 8"),
        ("info", "Row 8"),
        ("why", ("XML", "<disk")),
        ("findings", "note"),
        ("back", "Row 8"),
        ("nonsense", "There is no such entry"),
        ("q", "Drop the changes?"),
        ("n", "Row 8"),
        ("q", "Drop the changes?"),
        ("y", ""),
    ])
    return fault or ("" if read(path) == read(os.path.join(DEMO, "pc-q35-6.2.xml")) else "something was written")


def every_number_leads_somewhere():
    path = copy("numbers", "q35-numa")
    _, answers, _ = talk("numbers", path, "")
    numbers = re.findall(r"^(\d+) ([a-z-]+): ", answers[1], re.MULTILINE)
    if [int(number) for number, _ in numbers] != list(range(1, len(numbers) + 1)) or len(numbers) < 30:
        return f"numbers: {numbers}"
    for number, name in numbers:
        code, answers, _ = talk("numbers", path, number, "", "q", "y")
        if code not in (0, 1) or "no such entry" in answers[1]:
            return f"{number} {name}: status {code}: {answers}"
    return ""


def end_of_input_keeps_the_changes():
    path = copy("ends")
    code, _, errors = talk("ends", path, "toggle")
    if code != 1 or "not written" not in errors or BRIDGE_OFF in read(path):
        return f"status {code}: {errors}"
    code, answers, _ = talk("ends", path, "y", "w", "y", "q")
    if "Take them up?" not in answers[0] or code != 0:
        return f"status {code}: {answers}"
    return "" if BRIDGE_OFF in read(path) else "not stored"


def names_are_made_visible():
    path = copy("hostile")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    with open(path, "w", encoding="utf-8") as file:
        file.write(text.replace("dev='vda'", "dev='v&#x9b;31m&#x202e;a'"))
    _, answers, _ = talk("hostile", path, "rows", "", "q")
    return "" if "31m" in answers[1] and "\u202e" not in answers[1] and "\x9b" not in answers[1] else answers[1]


# ---- on a terminal ----

class Terminal:
    """The program on a dumb terminal; what it says is looked at once, from front to back."""

    def __init__(self, name, *words):
        self.seen, self.place = b"", 0
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.execve(PROGRAM, [PROGRAM, *words], environment(name))

    def expect(self, text):
        end = time.monotonic() + DEADLINE
        while text not in self.seen[self.place:]:
            if time.monotonic() > end or not self.read():
                raise ValueError(f"{text} is not in {self.seen[self.place:]}")
        self.place = self.seen.index(text, self.place) + len(text)

    def read(self):
        """FALSE when the program has closed its side."""
        if not select.select([self.terminal], [], [], 0.1)[0]:
            return True
        try:
            self.seen += os.read(self.terminal, 4096)
        except OSError:
            return False
        return True

    def type(self, line):
        os.write(self.terminal, line)

    def end(self):
        """The exit status; a program that does not end is ended."""
        end = time.monotonic() + DEADLINE
        while self.read():
            if time.monotonic() > end:
                os.kill(self.pid, signal.SIGKILL)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def dumb_terminal():
    path = copy("dumb")
    refused = Terminal("dumb", path)
    refused.expect(b"--plain")
    status = refused.end()
    if status != 1:
        return f"the refusal ends with {status}"
    talking = Terminal("dumb", "--plain", path)
    talking.expect(b"\n> ")
    talking.type(b"toggle\nw\ny\n")  # as if pasted: the answer comes before the question
    talking.expect(b"Write these changes?")
    talking.expect(b"\n> ")
    talking.type(b"\n")
    talking.expect(b"UNSAVED")
    talking.expect(b"\n> ")
    if BRIDGE_OFF in read(path):
        return "pasted text answered the question"
    talking.type(b"w\n")
    talking.expect(b"Write these changes?")
    talking.expect(b"\n> ")
    talking.type(b"y\n")
    talking.expect(b"is stored")
    talking.type(b"quit\n")
    status = talking.end()
    if BRIDGE_OFF not in read(path) or status != 0:
        return f"status {status}: {talking.seen}"
    return "sequences were sent" if b"\x1b" in talking.seen else ""


def main():
    cases = [toggles_and_writes, only_y_writes, does_the_other_jobs, every_number_leads_somewhere,
             end_of_input_keeps_the_changes, names_are_made_visible, dumb_terminal]
    try:
        return tap.run([(case.__name__.replace("_", "-"), case) for case in cases])
    finally:
        shutil.rmtree(FOLDER)


if __name__ == "__main__":
    sys.exit(main())
