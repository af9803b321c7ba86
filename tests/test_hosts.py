#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Several connections at once: list and check --all.

usage: test_hosts.py, with VIRT_HOTPLUG in the environment
"""
import json
import os
import pty
import shutil
import socket
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import tap

PROGRAM = os.environ["VIRT_HOTPLUG"]
FOLDER = tempfile.mkdtemp(prefix="vhh-", dir="/tmp")
GOOD, NONE = "test:///default", "test:///nowhere"
SLOW = float(os.environ.get("VH_TEST_SLOW", "1"))
LIMIT = 5 * SLOW # for one that never answers: it is given up after 4 s
ENVIRONMENT = dict(os.environ, LC_ALL="C.UTF-8", XDG_STATE_HOME=FOLDER, XDG_CACHE_HOME=FOLDER)
# Says whether it could ask somebody, and ends as ssh does when it could not.
FAKE_SSH = f"""#!/bin/sh
if (: </dev/tty) 2>/dev/null; then echo asks; else echo silent; fi >>{FOLDER}/ssh.log
echo 'Permission denied (publickey,password).' >&2
exit 255
"""


def words_for(uris):
    return [PROGRAM] + [word for uri in uris for word in ("-c", uri)]


def run(uris, *words):
    return subprocess.run(words_for(uris) + list(words), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, env=ENVIRONMENT, text=True, timeout=120, check=False)


class Silent:
    """Takes connections and never says a word."""

    def __init__(self, name):
        path = os.path.join(FOLDER, name)
        self.uri = f"qemu+unix:///system?socket={path}"
        self.listening = socket.socket(socket.AF_UNIX)
        self.listening.bind(path)
        self.listening.listen()


def firsts(text):
    """The first word of every line but the heading."""
    return [line.split()[0] for line in text.splitlines()[1:]]


def in_place():
    """In the order of the options; an error stands where the domains would."""
    for uris in ([GOOD, NONE, GOOD], [NONE, GOOD], [GOOD, GOOD]):
        done = run(uris, "list")
        if done.returncode != (NONE in uris) or firsts(done.stdout) != uris:
            return f"exit status {done.returncode}: {done.stdout}{done.stderr}"
        at = uris.index(NONE) if NONE in uris else None
        if at is not None and "could not be opened" not in done.stdout.splitlines()[at + 1]:
            return done.stdout
    return None


def in_json():
    for command, rows in (("list", ["list"]), ("check", ["check", "--all"])):
        done = run([NONE, GOOD], *rows, "--format=json")
        tree = json.loads(done.stdout)
        found = tree["domains" if command == "list" else "results"]
        if done.returncode != 1 or [row["uri"] for row in tree["connections"]] != [NONE, GOOD]:
            return f"exit status {done.returncode}: {tree['connections']}"
        if not tree["connections"][0]["error"] or tree["connections"][1]["error"] is not None:
            return str(tree["connections"])
        if [(row["connection"], row["domain"]["name"]) for row in found] != [(GOOD, "test")]:
            return str(found)
    return None if "connections" not in json.loads(run([GOOD], "list", "--format=json").stdout) else "also with one"


def checked():
    """Each line says where; the error of a connection is told in its place."""
    done = subprocess.run(words_for([GOOD, NONE]) + ["check", "--all"], stdin=subprocess.DEVNULL, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=ENVIRONMENT, check=False)
    lines = done.stdout.splitlines()
    if done.returncode != 1 or not lines or not lines[-1].startswith(f"error: {NONE}: "):
        return f"exit status {done.returncode}: {done.stdout}"
    wrong = [line for line in lines[:-1] if not line.startswith((f"{GOOD}: test: ", "I/O warning"))]
    return str(wrong) if wrong else None


def not_held():
    """Eight that never answer take no longer than one, and the living one is all there."""
    silent = [Silent(f"s{number}") for number in range(8)]
    uris = [each.uri for each in silent[:4]] + [GOOD] + [each.uri for each in silent[4:]]
    begun = time.monotonic()
    done = run(uris, "list")
    spent = time.monotonic() - begun
    lines = done.stdout.splitlines()[1:]
    if done.returncode != 1 or firsts(done.stdout) != uris or " running " not in lines[4]:
        return f"exit status {done.returncode}: {done.stdout}{done.stderr}"
    if not all("No answer" in line for line in lines[:4] + lines[5:]):
        return done.stdout
    return f"it took {spent:.1f} s" if spent > 2 * LIMIT else None


def more_than_at_once():
    done = run([GOOD] * 40, "list")
    return None if done.returncode == 0 and firsts(done.stdout) == [GOOD] * 40 else done.stdout + done.stderr


def asks_on_terminal(uris):
    """What the ssh of each saw when the program had a terminal."""
    log = os.path.join(FOLDER, "ssh.log")
    if os.path.exists(log):
        os.unlink(log)
    pid, fd = pty.fork()
    if pid == 0:
        # The shell leads the session, as it does for people.
        line = " ".join(f"'{word}'" for word in words_for(uris) + ["list"])
        os.execve("/bin/sh", ["sh", "-c", f"{line}; exit"], ENVIRONMENT)
    try:
        while os.read(fd, 4096):
            pass
    except OSError:
        pass # the other end is closed
    os.waitpid(pid, 0)
    os.close(fd)
    with open(log, encoding="utf-8") as file:
        return sorted(set(file.read().split()))


def nobody_is_asked():
    """Several that ask for a password on one terminal would not be told apart."""
    fake = os.path.join(FOLDER, "fake-ssh")
    with open(fake, "w", encoding="utf-8") as file:
        file.write(FAKE_SSH)
    os.chmod(fake, 0o755)
    uris = [f"qemu+ssh://host{number}/system?command={fake}" for number in range(2)]
    one, two = asks_on_terminal(uris[:1]), asks_on_terminal(uris)
    return None if one == ["asks"] and two == ["silent"] else f"one: {one}, two: {two}"


CASES = [
    ("in the order of the options", in_place),
    ("as JSON", in_json),
    ("check --all", checked),
    ("a dead one does not hold the others", not_held),
    ("more than are asked at once", more_than_at_once),
    ("nobody is asked for a password", nobody_is_asked),
]

try:
    sys.exit(tap.run(CASES))
finally:
    shutil.rmtree(FOLDER)
