#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Drives the whole program by tests/scripts/*.keys and compares what it shows with tests/golden/scripts/.

usage: test_scripts.py FOLDER-OF-THE-TESTS, with VIRT_HOTPLUG in the environment

A script says in comments which demo domain it opens ("# domain: NAME", a copy that it may write; "# demo": the list),
with which options, and which edits an earlier run left ("# kept: " and the lines of a record, with "|" between them;
"# kept of another text:" when the domain has changed since). VH_UPDATE_GOLDEN=1 writes the goldens anew: read them before they are committed.
"""
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import tap

HERE = sys.argv[1]
PROGRAM = os.environ["VIRT_HOTPLUG"]
SCRIPTS = os.path.join(HERE, "scripts")
GOLDEN = os.path.join(HERE, "golden", "scripts")
DEMO = os.path.join(HERE, "..", "data", "demo")
ACTIONS = os.path.join(HERE, "..", "tui", "action.c")


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def leave_edits(folder, file, lines, of_another):
    """What an earlier run that was killed leaves of the file: see model/edit_record.h."""
    path = os.path.join(folder, file)
    with open(path, "rb") as text:
        base = hashlib.sha256(text.read() + (b"<!-- -->" if of_another else b"")).hexdigest()
    edits = os.path.join(folder, "state", "virt-hotplug", "edits")
    os.makedirs(edits, mode=0o700)
    os.chmod(edits, 0o700)
    kept = os.path.join(edits, hashlib.sha256(os.path.realpath(path).encode()).hexdigest() + "-aaaaaa.edits")
    with open(os.open(kept, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as record:
        record.write("\n".join(["virt-hotplug edits 1", f"base {base}", *re.split(r" *\| *", lines), "end", ""]))
    os.utime(kept, (1790000000, 1790000000))


def play(name, folder):
    """The finished process."""
    script = os.path.join(SCRIPTS, name + ".keys")
    comments = dict(re.findall(r"^# (domain|options|kept|kept of another text): (.*)$", read(script), re.MULTILINE))
    words = [PROGRAM, "-d", f"--script={script}", *comments.get("options", "").split()]
    if "domain" in comments:
        file = comments["domain"] + ".xml"
        shutil.copyfile(os.path.join(DEMO, file), os.path.join(folder, file))
        words.append("./" + file)
        for kind in "kept", "kept of another text":
            if kind in comments:
                leave_edits(folder, file, comments[kind], kind != "kept")
    else:
        words.append("--demo")
    environment = dict(os.environ, LC_ALL="C.UTF-8", XDG_STATE_HOME=os.path.join(folder, "state"),
                       XDG_CACHE_HOME=os.path.join(folder, "cache"))
    return subprocess.run(words, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, timeout=120, check=False)


def difference(golden, shown):
    if os.environ.get("VH_UPDATE_GOLDEN"):
        os.makedirs(GOLDEN, exist_ok=True)
        with open(golden, "w", encoding="utf-8") as file:
            file.write(shown)
        return None
    if not os.path.exists(golden):
        return f"{golden} is missing"
    done = subprocess.run(["diff", "-u", golden, "-"], input=shown, stdout=subprocess.PIPE, text=True, check=False)
    return done.stdout or None


REACHED = set()


def script_case(name):
    def case():
        with tempfile.TemporaryDirectory(prefix="vh-script-") as folder:
            done = play(name, folder)
        REACHED.update(re.findall(r"^debug: action (\S+)$", done.stderr, re.MULTILINE))
        if done.returncode != 0:
            return f"exit status {done.returncode}: {done.stderr}"
        if "debug: no embedded QEMU driver for the demo" in done.stderr:
            raise tap.Skip("the embedded driver is missing here, or too old for the demo")
        shown = done.stdout
        # Where the demo is run by another release of QEMU, that one is shown, and leaves the rest more room or less.
        shown = re.sub(r"QEMU \d+\.\d+\.\d+  demo, .*?(?=$|  ?\* )", "QEMU X  demo, …", shown, flags=re.MULTILINE)
        # The private directory of the demo has another name each time.
        shown = re.sub(r"(root=|/)\S*virt-hotplug-demo-\w+", r"\1DEMO", shown)
        return difference(os.path.join(GOLDEN, name + ".txt"), shown)
    return (name, case)


def every_action_is_reached():
    names = set(re.findall(r'^  \{ "([a-z-]+)",', read(ACTIONS), re.MULTILINE))
    if len(names) < 30:
        return f"only {len(names)} actions found in the table"
    missing = names - REACHED
    return f"no script reaches: {', '.join(sorted(missing))}" if missing else None


NAMES = sorted(file[:-5] for file in os.listdir(SCRIPTS) if file.endswith(".keys"))
sys.exit(tap.run([script_case(name) for name in NAMES] + [("every action is reached", every_action_is_reached)]))
