# SPDX-License-Identifier: GPL-2.0-or-later
"""Somebody at a terminal: waits for words on it, and types. What is drawn is not interpreted."""
import fcntl
import functools
import os
import pty
import select
import signal
import struct
import termios
import time

PATIENCE = 30 * float(os.environ.get("VH_TEST_SLOW", "1"))


class Missing(Exception):
    """The words did not come."""


def tells(case):
    """The case, where words that do not come are its fault."""
    @functools.wraps(case)
    def run(*arguments):
        try:
            return case(*arguments)
        except Missing as fault:
            return str(fault)
    return run


class Typist:
    """A program on a terminal of its own."""

    def __init__(self, words, env, columns=120, rows=40):
        self.unseen, self.status, self.all = b"", None, b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            try:
                os.execvpe(words[0], words, dict(env, TERM="xterm"))
            finally:
                os._exit(127)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self, seconds):
        """False at the end."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            return False
        self.unseen += data
        self.all += data
        return bool(data)

    def expect(self, words):
        """Waits until it has written the words since those that were expected before."""
        words = words.encode()
        end = time.monotonic() + PATIENCE
        goes_on = True
        while words not in self.unseen:
            if not goes_on or time.monotonic() > end:
                raise Missing(f"“{words.decode()}” did not come, but: {self.unseen[-1500:]!r}")
            goes_on = self.read(0.2)
        self.unseen = self.unseen[self.unseen.index(words) + len(words):]
        return self

    def type(self, text):
        os.write(self.fd, text.encode())
        return self

    def type_unseen(self, text):
        """What is typed before a program stops the echo is shown, and dropped."""
        end = time.monotonic() + PATIENCE
        while self.echoes():
            if time.monotonic() > end:
                raise Missing("the terminal still echoes")
            self.read(0.02)
        return self.type(text)

    def echoes(self):
        return bool(termios.tcgetattr(self.fd)[3] & termios.ECHO)

    def finish(self):
        """(exit status, everything that was written); the program has to end by itself."""
        end = time.monotonic() + PATIENCE
        while self.read(0.2):
            if time.monotonic() > end:
                raise Missing(f"it does not end: {self.unseen[-500:]!r}")
        self.status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.status, self.all.decode(errors="replace")

    def close(self):
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.fd)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
