#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""In a real tmux: what it shows after keys, a resize, a drawing anew, suspend and resume, and the end.

usage: test_terminal_tmux.py FOLDER-OF-THE-TESTS, with VIRT_HOTPLUG in the environment
"""
import os
import shutil
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
import tap

DOMAIN = os.path.join(sys.argv[1], "..", "data", "demo", "pc-q35-6.2.xml")
FOLDER = tempfile.mkdtemp(prefix="vh-tmux-")
DEADLINE = 15 * max(int(os.environ.get("VH_TEST_SLOW", "1")), 1)
# The types that tmux gives its programs.
TYPES = ["screen-256color", "tmux-256color", "screen"]


class Tmux:
    """A server of its own with one window, in which a shell runs."""

    def __init__(self, term, width=80, height=24):
        self.socket = os.path.join(FOLDER, f"socket-{term}")
        configuration = os.path.join(FOLDER, "tmux.conf")
        with open(configuration, "w", encoding="utf-8") as file:
            file.write(f"set -g default-terminal {term}\nset -g status off\nset -sg escape-time 20\n"
                       "set -g default-command 'PS1=shell: exec bash --norc --noprofile -i'\n")
        environment = dict(os.environ, LC_ALL="C.UTF-8", XDG_STATE_HOME=FOLDER, XDG_CACHE_HOME=FOLDER)
        environment.pop("TMUX", None)
        environment.pop("NO_COLOR", None)
        subprocess.run(["tmux", "-S", self.socket, "-f", configuration, "new-session", "-d", "-x", str(width),
                        "-y", str(height)], env=environment, check=True)
        self.width = width

    def command(self, *words):
        return subprocess.run(["tmux", "-S", self.socket, *words], capture_output=True, text=True, check=False).stdout

    def keys(self, *names):
        self.command("send-keys", *names)

    def screen(self):
        return self.command("capture-pane", "-p")

    def cursor_line(self):
        row = self.command("display-message", "-p", "#{cursor_y}").strip()
        return self.screen().split("\n")[int(row)]

    def end(self):
        self.command("kill-server")


def wait(question, what):
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        if question():
            return
    raise AssertionError(what)


def sees(tmux, text):
    wait(lambda: text in tmux.screen(), f"does not show {text!r}:\n{tmux.screen()}")


def misses(tmux, text):
    wait(lambda: text not in tmux.screen(), f"still shows {text!r}:\n{tmux.screen()}")


def is_on(tmux, text):
    wait(lambda: text in tmux.cursor_line(), f"the cursor is not on {text!r}:\n{tmux.screen()}")


def is_drawn_right(tmux):
    """What is there is what is there when all is drawn anew."""
    before = tmux.screen()
    tmux.keys("C-l")
    tmux.keys("j", "k")
    wait(lambda: tmux.screen() == before, f"drawn anew it is another picture:\n{before}\n{tmux.screen()}")


def use(tmux):
    sees(tmux, "shell:")
    tmux.keys(f"{os.environ['VIRT_HOTPLUG']} {DOMAIN}", "Enter")
    is_on(tmux, "ACPI bridge hotplug")
    tmux.keys("Down", "Down", "Down")
    is_on(tmux, "1 pcie-root-port")
    tmux.keys("Space")
    sees(tmux, "UNSAVED")
    is_drawn_right(tmux)
    tmux.command("resize-window", "-x", "120", "-y", "40")
    sees(tmux, "│ ── Reasons")
    is_on(tmux, "1 pcie-root-port")
    is_drawn_right(tmux)
    tmux.command("resize-window", "-x", "80", "-y", "24")
    sees(tmux, "\n── Reasons ")  # tmux cuts the old picture off before the program has drawn its own
    is_on(tmux, "1 pcie-root-port")
    is_drawn_right(tmux)
    tmux.keys("C-z")
    sees(tmux, "Stopped")
    misses(tmux, "UNSAVED")
    tmux.keys("fg", "Enter")
    is_on(tmux, "1 pcie-root-port")
    is_drawn_right(tmux)
    tmux.keys("u")
    misses(tmux, "UNSAVED")
    tmux.keys("/")
    sees(tmux, "Search:")
    tmux.keys("Escape")
    misses(tmux, "Search:")
    tmux.keys("q")
    misses(tmux, "pcie-root")
    tmux.keys("echo status=$?", "Enter")
    sees(tmux, "status=0")


def check(term):
    if subprocess.run(["infocmp", term], capture_output=True, check=False).returncode != 0:
        return f"there is no terminfo entry {term}"
    tmux = Tmux(term)
    try:
        use(tmux)
    except AssertionError as fault:
        return str(fault)
    finally:
        tmux.end()
    return ""


def main():
    try:
        return tap.run([(term, lambda term=term: check(term)) for term in TYPES])
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
