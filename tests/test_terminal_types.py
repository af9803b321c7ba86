#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Terminals of many types: each gets only sequences that its terminfo entry has, and its own keys work.

usage: test_terminal_types.py FOLDER-OF-THE-DATA, with VIRT_HOTPLUG in the environment
"""
import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time

sys.dont_write_bytecode = True
import tap

DOMAIN = os.path.join(sys.argv[1], "demo", "pc-q35-6.2.xml")
DEADLINE = 10 * max(int(os.environ.get("VH_TEST_SLOW", "1")), 1)
# TERM: has it colours?
TYPES = {"xterm-256color": True, "xterm": True, "screen": True, "screen-256color": True, "tmux": True, "linux": True,
         "rxvt": True, "vt100": False, "vt220": False, "ansi": True}
SEQUENCE = re.compile(rb"\x1b(?:\[[?>!]?[0-9;:]*[ $]?[@-~]|[()*+][0-9A-B]|[ -/]*[0-~])|[\x0e\x0f]")


def capabilities(term):
    """{name: bytes} of the strings of terminfo; None where there is no such entry."""
    done = subprocess.run(["infocmp", "-1", "-x", term], capture_output=True, text=True, check=False)
    found = re.findall(r"^\t(\w+)=(.*),$", done.stdout, re.MULTILINE)
    return {name: unescape(value) for name, value in found} if done.returncode == 0 else None


def unescape(value):
    value = re.sub(r"\$<[0-9.*/]+>", "", value)  # delays
    marks = {"\\E": "\x1b", "\\e": "\x1b", "\\s": " ", "\\,": ",", "\\n": "\n", "\\r": "\r", "\\\\": "\\"}
    value = re.sub(r"\\[Eesnr,\\]", lambda found: marks[found[0]], value)
    value = re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), value)
    value = re.sub(r"\^([@-_])", lambda found: chr(ord(found[1]) ^ 64), value)
    return value.encode("latin-1")


def shape(sequence):
    """A sequence without its numbers."""
    return re.sub(rb"[0-9;:]", b"", sequence) if sequence.startswith(b"\x1b[") else sequence


def shapes(text):
    return {shape(found) for found in SEQUENCE.findall(text)}


def known_shapes(strings):
    """Of every capability, its parameters and conditions taken out: what is left are the parts that can be written."""
    known = set()
    for value in strings.values():
        plain = re.sub(rb"%(?:p[1-9]|i|[{][0-9]+[}]|'.'|[-+*/m&|^=<>AO!~?te;]|P[a-zA-Z]|g[a-zA-Z]|[0-9]*[dxs])", b"", value)
        known |= shapes(plain) | shapes(value)
        # What follows a condition may stand behind the introducer alone.
        known |= {b"\x1b[" + last for last in re.findall(rb"[?]?[a-zA-Z@]$", plain) if b"\x1b[" in value}
    return known


class Session:
    def __init__(self, term, *options):
        self.output = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
            environment = dict(os.environ, TERM=term, LC_ALL="C.UTF-8")
            environment.pop("NO_COLOR", None)
            program = os.environ["VIRT_HOTPLUG"]
            os.execve(program, [program, *options, DOMAIN], environment)

    def read(self, wait):
        """What is written until nothing comes for so long; b"" at the end."""
        text = b""
        while select.select([self.fd], [], [], wait)[0]:
            try:
                text += os.read(self.fd, 65536)
            except OSError:
                break
        self.output += text
        return text

    def wait_for(self, word):
        """The fault, when it is not written in time."""
        text, deadline = b"", time.monotonic() + DEADLINE
        while word not in SEQUENCE.sub(b"", text):
            if time.monotonic() > deadline:
                return f"waited in vain for {word!r} in {text!r}"
            text += self.read(0.05)
        self.read(0.1)
        return None

    def press(self, key, word):
        os.write(self.fd, key)
        return self.wait_for(word)

    def end_by_itself(self):
        """Its wait status; killed at the deadline."""
        deadline = time.monotonic() + DEADLINE
        done, status = 0, 0
        while not done:
            self.read(0.05)
            if time.monotonic() > deadline:
                os.kill(self.pid, signal.SIGKILL)
            done, status = os.waitpid(self.pid, os.WNOHANG)
        return status

    def end(self):
        _, status = os.waitpid(self.pid, 0)
        self.read(0)
        os.close(self.fd)
        return status


def use(session, strings):
    """The fault of a small job done with the keys that the terminal has."""
    return (session.wait_for(b"quit")
            or session.press(strings["kcud1"], b"root")
            or session.press(strings["kcuu1"], b"bridge")
            or session.press(strings.get("kf1", b"?"), b"Change")
            or session.press(b"q", b"toggle")
            or session.press(b"q", b""))


def type_case(term, has_color):
    def case():
        if not shutil.which("infocmp"):
            raise tap.Skip("infocmp (ncurses-bin) is not installed")
        strings = capabilities(term)
        if strings is None:
            raise tap.Skip(f"there is no terminfo entry {term}")
        session = Session(term)
        fault = use(session, strings)
        if fault:
            os.kill(session.pid, signal.SIGKILL)
            return fault
        status = session.end()
        if status != 0:
            return f"wait status {status}"
        strange = shapes(session.output) - known_shapes(strings)
        if strange:
            return f"not in its terminfo entry: {sorted(strange)}"
        colored = re.search(rb"\x1b\[[34][0-7]m", session.output) is not None
        return None if colored == has_color else f"colours: {colored}"
    return (term, case)


def refused(term):
    def case():
        session = Session(term)
        status = session.end_by_itself()
        if not os.WIFEXITED(status) or os.WEXITSTATUS(status) != 1:
            return f"wait status {status}, it says {session.output!r}"
        if b"show TARGET" not in session.output or b"\x1b" in session.output:
            return f"it says {session.output!r}"
        return None
    return (f"TERM={term} is refused in words", case)


if __name__ == "__main__":
    sys.exit(tap.run([type_case(*row) for row in TYPES.items()]
                     + [refused(term) for term in ("dumb", "no-such-terminal", "")]))
