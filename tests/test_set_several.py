#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""`set` of several files: what the manual says of several targets, a case a promise.

usage: test_set_several.py FOLDER-OF-THE-TESTS, with VIRT_HOTPLUG in the environment
"""
import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = sys.argv[1]
sys.path.insert(0, HERE)
import tap
from typist import Typist, tells

PROGRAM = os.environ["VIRT_HOTPLUG"]
DEMO = os.path.join(HERE, "..", "data", "demo")
FOLDER = tempfile.mkdtemp(prefix="vh-several-")
ENVIRONMENT = dict(os.environ, LC_ALL="C.UTF-8", XDG_STATE_HOME=os.path.join(FOLDER, "state"),
                   XDG_CACHE_HOME=os.path.join(FOLDER, "cache"))
NOWHERE = "./nowhere.xml"
OFF = ["--port=1=off"]


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


class Files:
    """New copies: those of `good` have port 1, `bad` has none."""

    def __init__(self, n_good=3):
        self.before = read(os.path.join(DEMO, "pc-q35-6.2.xml"))
        self.good = [os.path.join(FOLDER, f"good-{i}.xml") for i in range(n_good)]
        self.bad = os.path.join(FOLDER, "bad.xml")
        for path in self.good:
            write(path, self.before)
        shutil.copyfile(os.path.join(DEMO, "i440fx-nested.xml"), self.bad)

    def written(self):
        """The numbers of those that are not as before."""
        return [i for i, path in enumerate(self.good) if read(path) != self.before]


def run(*words, stdin=""):
    return subprocess.run([PROGRAM, "set", *words], input=stdin, text=True, env=ENVIRONMENT, timeout=120,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)


def ask(*words):
    return Typist([PROGRAM, "set", *words], ENVIRONMENT, columns=300)


def fault_of(done, status, summary, files=None, written=None):
    """None when it ended like that and wrote those."""
    if done.returncode != status or summary not in done.stderr.splitlines():
        return f"exit status {done.returncode}, not {status} and “{summary}”: {done.stderr}"
    return f"written: {files.written()}" if files and files.written() != written else None


def heads(done, paths):
    """The paths that something is said of, in that order."""
    return [line[:-1] for line in done.stderr.splitlines() if line[:-1] in paths]


def stops_at_the_first():
    """What comes after it is not even read: its status would be another."""
    files = Files()
    done = run(files.good[0], files.bad, NOWHERE, files.good[1], *OFF, "--yes")
    fault = fault_of(done, 3, "Of 4 domains: 1 done, 1 failed, 2 not tried (see --keep-going).", files, [0])
    return fault or (f"it was read: {done.stderr}" if "nowhere" in done.stderr else None)


def goes_on():
    files = Files()
    done = run(files.good[0], files.bad, NOWHERE, files.good[1], *OFF, "--yes", "--keep-going")
    fault = fault_of(done, 1, "Of 4 domains: 2 done, 2 failed.", files, [0, 1])
    named = f"error: {files.bad} was not changed." in done.stderr and "nowhere" in done.stderr
    return fault or (None if named else f"who failed is not said: {done.stderr}")


def in_their_order():
    """What is said of each stands below its name, in the order of the operands."""
    files = Files()
    for order in ([2, 0, 1], [1, 2, 0]):
        paths = [files.good[i] for i in order]
        done = run(*paths, *OFF, "--yes")
        if heads(done, paths) != paths:
            return done.stderr
        if fault_of(done, 0, "Of 3 domains: 3 done."):
            return fault_of(done, 0, "Of 3 domains: 3 done.")
        files = Files()
    return None


def shows_each():
    """Nothing is written that was not shown; the second time nothing is."""
    files = Files()
    done = run(*files.good, *OFF, "--yes")
    if done.stderr.count("hotplug default -> off") != 3:
        return done.stderr
    after = [read(path) for path in files.good]
    done = run(*files.good, *OFF, "--yes")
    if done.stderr.count("Nothing to change") != 3 or [read(path) for path in files.good] != after:
        return done.stderr
    return fault_of(done, 0, "Of 3 domains: 3 done.")


@tells
def asks_for_each():
    """A question each; no is no error, and stops nothing."""
    files = Files()
    with ask(*files.good, *OFF) as typist:
        for answer in ("n", "y", "n"):
            typist.expect("[y/N]").type(answer + "\n")
        status, said = typist.finish()
    if status != 0 or "Of 3 domains: 3 done." not in said or said.count("[y/N]") != 3:
        return f"exit status {status}: {said}"
    return None if files.written() == [1] else f"written: {files.written()}"


@tells
def one_after_the_other():
    """The second is read when the first is done with: what was changed until then is seen."""
    files = Files(2)
    changed = os.path.join(FOLDER, "changed.xml")
    write(changed, files.before)
    run(changed, *OFF, "--yes")
    with ask(*files.good, *OFF) as typist:
        typist.expect("[y/N]")
        write(files.good[1], read(changed))
        status, said = typist.type("y\n").expect("Nothing to change").finish()
    if status != 0 or said.count("[y/N]") != 1:
        return f"exit status {status}: {said}"
    return None if read(files.good[0]) == read(changed) else "the first was not written"


@tells
def conflict():
    """Changed while its question waited: 4, which is worse than what is refused; with --keep-going the next are tried."""
    for words, summary, written in (
            ([], "Of 3 domains: 0 done, 1 failed, 2 not tried (see --keep-going).", []),
            (["--keep-going"], "Of 3 domains: 1 done, 2 failed.", [1])):
        files = Files(2)
        with ask(files.good[0], files.bad, files.good[1], *OFF, *words) as typist:
            typist.expect("[y/N]")
            theirs = files.before.replace("</domain>", "<!-- theirs --></domain>")
            write(files.good[0], theirs)
            typist.type("y\n")
            if words:
                typist.expect("[y/N]").type("y\n")
            status, said = typist.finish()
        if status != 4 or summary not in said:
            return f"{words}: exit status {status}: {said}"
        if read(files.good[0]) != theirs or [i for i in files.written() if i] != written:
            return f"{words}: written: {files.written()}"
    return None


def needs_an_answer():
    """Off a terminal nobody is asked, and nothing written."""
    files = Files()
    done = run(*files.good, *OFF)
    fault = fault_of(done, 1, "Of 3 domains: 0 done, 1 failed, 2 not tried (see --keep-going).", files, [])
    return fault or (None if "--yes" in done.stderr else done.stderr)


def only_looks():
    files = Files()
    for option in ("--dry-run", "--print-diff"):
        done = run(*files.good, *OFF, option)
        fault = fault_of(done, 0, "Of 3 domains: 3 done.", files, [])
        if fault:
            return f"{option}: {fault}"
    # The diffs are one file that patch takes, and lead to what would have been written.
    patch = subprocess.run(["patch", "-s", "-d", "/", "-p0"], input=done.stdout.replace("--- /", "--- ").replace(
        "+++ /", "+++ "), text=True, capture_output=True, check=False)
    patched = [read(path) for path in files.good]
    files = Files()
    run(*files.good, *OFF, "--yes")
    return None if patched == [read(path) for path in files.good] else f"{patch.stdout}{patch.stderr}"


def usage_comes_first():
    """An option that one of them cannot have is told before any is touched."""
    files = Files(1)
    for words in (["test", "-c", "test:///default", "--qemu=7.2"], ["-"]):
        done = run(files.good[0], *words, *OFF, "--yes")
        if done.returncode != 2 or files.written() or "Of 2" in done.stderr:
            return f"{words}: exit status {done.returncode}, written: {files.written()}: {done.stderr}"
    return None


def a_list():
    """Blank lines and ends of lines of other systems do not count; the same one twice is changed once."""
    files = Files()
    text = f"\n{files.good[2]}\r\n\n  \n{files.good[0]} \n{files.good[2]}\n"
    path = os.path.join(FOLDER, "list")
    write(path, text)
    for words, stdin in (([f"--from={path}"], ""), (["--from=-"], text)):
        files = Files()
        done = run(*words, *OFF, "--yes", stdin=stdin)
        fault = fault_of(done, 0, "Of 3 domains: 3 done.", files, [0, 2])
        if fault or done.stderr.count("Nothing to change") != 1:
            return f"{words}: {fault} {done.stderr}"
    return None


def a_list_that_is_empty():
    for stdin in ("", "\n\n"):
        done = run("--from=-", *OFF, "--yes", stdin=stdin)
        fault = fault_of(done, 0, "Of 0 domains: 0 done.")
        if fault:
            return fault
    done = run(f"--from={NOWHERE}", *OFF, "--yes")
    return None if done.returncode == 1 and done.stderr.startswith("error: ") else done.stderr


def a_list_of_one():
    """It is told like one of many: whoever made the list may not know that it is short."""
    files = Files(1)
    return fault_of(run("--from=-", *OFF, "--yes", stdin=files.good[0]), 0, "Of 1 domain: 1 done.", files, [0])


def is_quiet():
    files = Files()
    done = run(files.good[0], files.bad, files.good[1], *OFF, "--yes", "--quiet", "--keep-going")
    lines = done.stderr.splitlines()
    if done.returncode != 3 or files.written() != [0, 1] or any(not line.startswith("error: ") for line in lines):
        return f"exit status {done.returncode}, written: {files.written()}: {done.stderr}"
    return None if any(files.bad in line for line in lines) else f"who failed is not said: {done.stderr}"


def worst_status():
    """1 if one could not be read, else 3, in whatever order."""
    files = Files()
    for status, paths in ((1, [files.bad, NOWHERE]), (1, [NOWHERE, files.bad]), (3, [files.good[0], files.bad]),
                          (3, [files.bad, files.good[0]]), (0, files.good)):
        done = run(*paths, *OFF, "--dry-run", "--keep-going")
        if done.returncode != status:
            return f"{paths}: exit status {done.returncode}, not {status}: {done.stderr}"
    return None


CASES = [
    ("it stops at the first that fails", stops_at_the_first),
    ("--keep-going goes on", goes_on),
    ("the order of the operands", in_their_order),
    ("each is shown, and written once", shows_each),
    ("a question for each", asks_for_each),
    ("one after the other", one_after_the_other),
    ("a conflict", conflict),
    ("without a terminal and --yes", needs_an_answer),
    ("--dry-run and --print-diff", only_looks),
    ("usage is looked at first", usage_comes_first),
    ("--from", a_list),
    ("--from of nothing", a_list_that_is_empty),
    ("--from of one", a_list_of_one),
    ("--quiet", is_quiet),
    ("the exit status is the worst", worst_status),
]

try:
    sys.exit(tap.run(CASES))
finally:
    shutil.rmtree(FOLDER)
