#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The command line as scripts see it: exit status, what goes where, and that nothing is written by the way.

usage: test_cli.py FOLDER-OF-THE-TESTS, with VIRT_HOTPLUG in the environment
"""
import json
import os
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
import tap

HERE = sys.argv[1]
PROGRAM = os.environ["VIRT_HOTPLUG"]
DEMO = os.path.join(HERE, "..", "data", "demo")
DOMAINS = os.path.join(HERE, "fixtures", "domains")
HISTORY = os.path.join(HERE, "fixtures", "history")
Q35 = os.path.join(DEMO, "pc-q35-6.2.xml")
I440FX = os.path.join(DEMO, "i440fx-nested.xml")
FOLDER = tempfile.mkdtemp(prefix="vh-cli-")
BRIDGE_OFF = "ICH9-LPC.acpi-pci-hotplug-with-bridge-support=off"


def run(*words, stdin=None, env=None):
    environment = dict(os.environ, LC_ALL="C.UTF-8", XDG_STATE_HOME=os.path.join(FOLDER, "state"),
                       XDG_CACHE_HOME=os.path.join(FOLDER, "cache"))
    environment.update(env or {})
    return subprocess.run([PROGRAM, *words], input=stdin if stdin is not None else b"", env=environment,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120, check=False)


def copy(path, name="domain.xml"):
    target = os.path.join(FOLDER, name)
    shutil.copyfile(path, target)
    return target


def read(path):
    with open(path, "rb") as file:
        return file.read()


def status(expected, *words, says=b"", stdin=None):
    """The fault, when the exit status or the words on standard error are others."""
    done = run(*words, stdin=stdin)
    if done.returncode != expected:
        return f"exit status {done.returncode}, not {expected}: {done.stderr.decode()}"
    if says not in done.stderr:
        return f"“{says.decode()}” is not in: {done.stderr.decode()}"
    if expected != 0 and done.stdout and says:
        return "something was printed on standard output"
    return None


# ---- exit status ----

STATUS = [
    ("version", 0, ["--version"], b""),
    ("help", 0, ["--help"], b""),
    ("help of a command", 0, ["set", "--help"], b""),
    ("unknown option", 2, ["--nonsense"], b"error: "),
    ("show without a target", 2, ["show"], b"needs a domain or a file"),
    ("one operand too many", 2, ["show", Q35, "b"], b"One operand too many"),
    ("set without a wish", 2, ["set", Q35], b"Nothing to set"),
    ("a word that is no switch", 2, ["set", Q35, "--root=maybe"], b"on, off or default"),
    ("a port without a value", 2, ["set", Q35, "--port=1"], b"INDEX=on"),
    ("a site that is none", 2, ["set", Q35, "--bridge=on", "--site=here"], b"native or qemu"),
    ("a policy that is none", 2, ["set", Q35, "--policy=lock"], b"lock-occupied"),
    ("locking ports where there are none", 3, ["set", I440FX, "--policy=lock-occupied", "--yes"], b"policy forbid"),
    ("native hotplug on i440fx", 3, ["set", I440FX, "--policy=native", "--yes"], b"no PCI Express ports"),
    ("what forbid cannot switch off", 0,
     ["set", os.path.join(DEMO, "q35-numa.xml"), "--policy=lock-occupied", "--print-diff"],
     b"on bus 19, a pcie-to-pci-bridge, can still be ejected by acpi"),
    ("spare ports that are no number", 2, ["set", Q35, "--spare-ports=many"], b"from 1 to 255"),
    ("no spare ports", 2, ["set", Q35, "--spare-ports=0"], b"from 1 to 255"),
    ("spare ports on i440fx", 3, ["set", I440FX, "--spare-ports=1", "--yes"], b"no PCI Express root bus"),
    ("more spare ports than there is room for", 3, ["set", Q35, "--spare-ports=255", "--yes"], b"no slot for another"),
    ("more spare ports than SeaBIOS boots", 3,
     ["set", os.path.join(DEMO, "pc-q35-6.1.xml"), "--spare-ports=15", "--yes"], b"SeaBIOS"),
    ("a format that is none", 2, ["show", Q35, "--format=yaml"], b"text, tree, json, svg or dot"),
    ("a format of other commands", 2, ["check", Q35, "--format=svg"], b"text or json"),
    ("a width that is no number", 2, ["show", Q35, "--width=wide"], b"from 40 to 1000"),
    ("a width that is too small", 2, ["show", Q35, "--width=39"], b"from 40 to 1000"),
    ("a picture of all domains", 2, ["--demo", "show", "--format=svg"], b"Name one"),
    ("a picture of what cannot be read", 1, ["show", "./nowhere.xml", "--format=dot"], b"No such file"),
    ("a picture of a change that may not be", 3, ["set", Q35, "--port=0=off", "--print-svg"], b"--root"),
    ("two pictures at once", 2, ["set", Q35, "--bridge=off", "--print-svg", "--print-dot"], b"only one"),
    ("--ask-qemu without --live", 2, ["show", Q35, "--ask-qemu"], b"--live"),
    ("--live and --machine", 2, ["show", Q35, "--live", "--machine=pc-q35-6.0"], b"imagine"),
    ("--live and --qemu", 2, ["show", "any", "--live", "--qemu=7.2"], b"imagine"),
    ("--live of a file", 1, ["show", Q35, "--live"], b"does not run"),
    ("--live of another driver", 0, ["-c", "test:///default", "show", "test", "--live"], b""),
    ("--ask-qemu of another driver", 1, ["-c", "test:///default", "show", "test", "--live", "--ask-qemu"],
     b"virDomainQemuMonitorCommand"),
    ("--ask-qemu warns", 1, ["-c", "test:///default", "show", "test", "--live", "--ask-qemu"], b"tainted"),
    ("--ask-qemu of a read-only connection", 1,
     ["-r", "-c", "test:///default", "show", "test", "--live", "--ask-qemu"], b"read only access prevents"),
    ("set with --live", 2, ["set", Q35, "--bridge=on", "--live"], b"error: "),
    ("set with --machine", 2, ["set", Q35, "--bridge=on", "--machine=pc-q35-6.0"], b"--machine"),
    ("a release that is none", 2, ["show", Q35, "--qemu=new"], b"no QEMU release"),
    ("two ways to print", 2, ["set", Q35, "--bridge=on", "--print-xml", "--dry-run"], b"only one"),
    ("no such file", 1, ["show", "./nowhere.xml"], b"No such file or directory"),
    ("a directory", 1, ["show", HERE], b"error: "),
    ("not XML", 1, ["show", os.path.join(DOMAINS, "not-xml.xml")], b"error: "),
    ("an empty file", 1, ["show", os.path.join(DOMAINS, "empty.xml")], b"error: "),
    ("truncated XML", 1, ["show", os.path.join(DOMAINS, "truncated.xml")], b"error: "),
    ("an entity", 1, ["show", os.path.join(DOMAINS, "entity.xml")], b"entit"),
    ("not a domain", 1, ["show", os.path.join(DOMAINS, "not-a-domain.xml")], b"error: "),
    ("port 0", 3, ["set", Q35, "--port=0=off", "--yes"], b"--root"),
    ("no such port", 3, ["set", Q35, "--port=200=off", "--yes"], b"error: "),
    ("root on q35", 3, ["set", Q35, "--root=off", "--yes"], b"q35"),
    ("default of a setting that does not apply", 0, ["set", Q35, "--root=default", "--yes"], b"Nothing to change"),
    ("a double index refuses edits", 3,
     ["set", os.path.join(DOMAINS, "double-index.xml"), "--port=1=off", "--yes"], b"error: "),
    ("history without a backup", 0, ["history", I440FX], b"There is no backup"),
    ("history without a target", 2, ["history"], b"needs a domain or a file"),
    ("revert without a backup", 1, ["revert", I440FX, "--yes"], b"no backup"),
    ("revert with an entry that is none", 1, ["revert", I440FX, "2020", "--yes"], b"no entry"),
    ("set of all, and of one", 2, ["set", "--all", Q35, "--bridge=off"], b"one of them only"),
    ("set of a list, and of all", 2, ["set", "--all", "--from=x", "--bridge=off"], b"one of them only"),
    ("set of standard input among others", 2, ["set", Q35, "-", "--bridge=off"], b"--from=-"),
    ("set of several as XML", 2, ["set", Q35, I440FX, "--bridge=off", "--print-xml"], b"only --print-diff"),
    ("set of all as if", 2, ["-c", "test:///default", "set", "--all", "--root=default", "--qemu=7.2"], b"--qemu"),
    ("set of all of a connection", 0, ["-c", "test:///default", "set", "--all", "--root=default"],
     b"Of 1 domain: 1 done."),
    ("show on two connections", 2, ["-c", "test:///default", "show", "test", "-c", "test:///default"], b"One --connect"),
    ("check of a target on two connections", 2, ["-c", "a", "-c", "b", "check", "test"], b"check --all"),
    ("the terminal UI on two connections", 2, ["-c", "a", "-c", "b"], b"One --connect"),
    ("set of all on two connections", 2, ["-c", "a", "-c", "b", "set", "--all", "--root=on"], b"One --connect"),
    ("demo on two connections", 2, ["--demo", "-c", "a", "-c", "b", "list"], b"One --connect"),
    ("list of two connections", 0, ["-c", "test:///default", "list", "-c", "test:///default"], b""),
    ("set of a list that is not there", 1, ["set", "--from=/nonexistent/x", "--bridge=off"], b"/nonexistent/x"),
    ("revert with --machine", 2, ["revert", Q35, "--machine=pc-q35-6.0"], b"--machine"),
    ("revert: two ways to print", 2, ["revert", Q35, "--print-xml", "--dry-run"], b"only one"),
    ("set takes no --whole", 2, ["set", Q35, "--bridge=off", "--whole"], b"error: "),
    ("check finds an error", 3, ["check", os.path.join(DOMAINS, "double-index.xml")], b""),
    ("check of a good domain", 0, ["check", Q35], b""),
    ("check without a target", 2, ["check"], b"needs a domain or a file"),
    ("check of all and of one", 2, ["check", "--all", Q35], b"one of them only"),
    ("check takes --dry-run with --fix alone", 2, ["check", Q35, "--dry-run"], b"go with --fix"),
    ("check takes --yes with --fix alone", 2, ["check", Q35, "--yes"], b"go with --fix"),
    ("check --fix is no JSON", 2, ["check", Q35, "--fix", "--format=json"], b"takes no --format"),
    ("check --fix as if", 2, ["check", Q35, "--fix", "--machine=pc-q35-6.0"], b"--machine"),
    ("check --fix and two ways to print", 2, ["check", Q35, "--fix", "--dry-run", "--print-diff"], b"only one"),
    ("columns that are none", 2, ["-c", "test:///default", "list", "--columns=name,nmae"], b"knows no"),
    ("no columns", 2, ["-c", "test:///default", "list", "--columns="], b"needs names"),
    ("columns of JSON", 2, ["-c", "test:///default", "list", "--columns=name", "--format=json"], b"is for text"),
    ("a tree of what runs", 2, ["show", Q35, "--live", "--format=tree"], b"has one"),
    ("report without a target", 2, ["report"], b"needs a domain or a file"),
    ("report of another machine", 2, ["report", Q35, "--machine=pc-q35-6.0"], b"what there is"),
    ("report of what is not there", 1, ["report", "./nowhere.xml"], b"No such file"),
    ("set of a demo without a name", 2, ["--demo", "set", "--bridge=off"], b"needs a domain or a file"),
    ("fit of what fits", 0, ["fit", Q35, "virtio-net"], b""),
    ("fit of what does not", 3, ["fit", Q35, "qemu-xhci"], b""),
    ("fit that is not known", 1, ["fit", os.path.join(DOMAINS, "double-index.xml"), "e1000"], b""),
    ("fit without a device", 2, ["fit", Q35], b"and a device"),
    ("fit of a device that is none", 2, ["fit", Q35, "e100"], b"virtio-net, "),
    ("a command that is none", 2, ["shwo", Q35], b"is no command"),
    ("an output without a name", 2, ["show", Q35, "--output="], b"--output"),
    ("an output that is the domain", 2, ["show", Q35, f"--output={Q35}"], b"is the domain itself"),
    ("a recording that is not there", 1, ["show", Q35, "--caps=/nonexistent"], b"nonexistent"),
    ("check: unreadable beats findings", 1,
     ["check", "./nowhere.xml", os.path.join(DOMAINS, "double-index.xml")], b""),
    ("no terminal for the terminal UI", 1, [Q35], b"virt-hotplug show"),
    ("no terminal to ask on", 1, ["set", copy(Q35, "ask.xml"), "--bridge=off"], b"--yes"),
    ("a domain of another kind", 0, ["show", os.path.join(DOMAINS, "lxc.xml")], b""),
    ("libvirt that is not there", 1,
     ["-c", "qemu+unix:///system?socket=/nonexistent/sock", "list"], b"Failed to connect socket"),
]


def status_case(row):
    return (row[0], lambda: status(row[1], *row[2], says=row[3]))


# ---- files ----

def set_and_back():
    path = copy(Q35)
    before = read(path)
    fault = status(0, "set", path, "--bridge=off", "--port=1=off", "--yes")
    if fault:
        return fault
    if BRIDGE_OFF.encode() not in read(path):
        return "the setting is not in the file"
    fault = status(0, "set", path, "--bridge=default", "--port=1=default", "--yes")
    return fault or (None if read(path) == before else "the file is not what it was")


def spare_ports_once():
    path = copy(Q35, "spare.xml")
    fault = status(0, "set", path, "--spare-ports=12", "--yes", says=b"bus numbers in the guest change")
    once = read(path)
    if fault or once.count(b"pcie-root-port'>") <= read(Q35).count(b"pcie-root-port'>"):
        return fault or "there are no more ports"
    fault = status(0, "set", path, "--spare-ports=12", "--yes", says=b"Nothing to change")
    return fault or (None if read(path) == once else "the second time changed it again")


def policy_and_default():
    path = copy(Q35, "policy.xml")
    before = read(path)
    fault = status(0, "set", path, "--policy=lock-occupied", "--port=1=default", "--yes",
                   says=b"unplugged in another way, or no more:")
    locked = read(path).count(b"hotplug='off'")
    if fault or locked <= before.count(b"hotplug='off'"):
        return fault or "nothing is locked"
    fault = status(0, "set", path, "--policy=default", "--yes")
    return fault or ("a setting is left" if b"hotplug=" in read(path) else None)


def own(name, *words):
    """A copy with a history of its own, and a program that keeps it apart."""
    path = copy(Q35, name)
    state = {"XDG_STATE_HOME": os.path.join(FOLDER, name + ".state")}

    def program(*arguments):
        return run(*arguments, env=state)
    for change in words:
        program("set", path, change, "--yes")
    return path, program


def history_lists():
    path, program = own("history.xml", "--bridge=off", "--port=1=off")
    entries = json.loads(program("history", path, "--format=json").stdout)["entries"]
    if [entry["what"] for entry in entries] != ["port 1 off", "bridge off"]:
        return str(entries)
    if any(entry["source"] != path or entry["host"] is not None for entry in entries):
        return str(entries)
    if read(entries[1]["backup"]) != read(Q35):
        return "the backup is not the file as it was"
    text = program("history", path).stdout.decode()
    missing = [word for entry in entries for word in (entry["entry"], entry["time"], entry["what"], path)
               if word not in text]
    return f"{missing} not in {text}" if missing else None


def revert_is_undone_by_revert():
    path, program = own("revert.xml", "--bridge=off", "--spare-ports=12")
    written = read(path)
    for words in (["--print-diff"], ["--print-xml"], ["--dry-run"], []):
        program("revert", path, *words)
        if read(path) != written:
            return f"revert {words} wrote"
    done = program("revert", path, "--yes")
    if done.returncode or b"\n-    <controller" not in done.stderr or read(path).count(b"<controller") != \
            read(Q35).count(b"<controller"):
        return f"exit status {done.returncode}: {done.stderr.decode()}"
    program("revert", path, "--yes")
    return None if read(path) == written else "the second revert did not undo the first"


def revert_what_changed_elsewhere():
    path, program = own("elsewhere.xml", "--bridge=off")
    theirs = read(path).replace(b"<vcpu placement='static'>2<", b"<vcpu placement='static'>3<")
    with open(path, "wb") as file:
        file.write(theirs)
    whole = program("revert", path, "--whole", "--print-xml").stdout
    if whole != read(Q35):
        return "--whole is not the text of the backup"
    done = program("revert", path, "--yes")
    if done.returncode or b"<vcpu>" not in done.stderr or b"--whole" not in done.stderr:
        return f"exit status {done.returncode}: {done.stderr.decode()}"
    expected = read(Q35).replace(b"<vcpu placement='static'>2<", b"<vcpu placement='static'>3<")
    return None if read(path) == expected else "not only the settings were put back"


def revert_what_is_gone():
    path, program = own("gone.xml", "--port=1=off", "--port=1=on")
    theirs = read(path).replace(b"index='1' model='pcie-root-port'", b"index='99' model='pcie-root-port'")
    with open(path, "wb") as file:
        file.write(theirs)
    done = program("revert", path, "--yes")
    if done.returncode != 4 or b"--whole" not in done.stderr or read(path) != theirs:
        return f"exit status {done.returncode}: {done.stderr.decode()}"
    done = program("revert", path, "--whole", "--yes")
    return None if done.returncode == 0 and b"index='1' model='pcie-root-port'" in read(path) else done.stderr.decode()


def revert_by_entry():
    path, program = own("entry.xml", "--bridge=off", "--port=1=off", "--port=2=off")
    entries = json.loads(program("history", path, "--format=json").stdout)["entries"]
    done = program("revert", path, entries[-1]["entry"], "--yes")
    if done.returncode or read(path) != read(Q35):
        return f"exit status {done.returncode}: {done.stderr.decode()}"
    done = program("revert", path, "2", "--yes")
    return None if done.returncode == 1 and b"More than one" in done.stderr else done.stderr.decode()


def name_of_any_bytes():
    """A name that is no UTF-8 is written and reverted as any other; JSON has U+FFFD for what is none."""
    path, program = own(os.fsdecode(b"bytes-\xff.xml"), "--bridge=off")
    before = read(path)
    program("set", path, "--port=1=off", "--yes")
    for words in (["show", path], ["check", path], ["check", path + ".gone"], ["history", path]):
        told = program(*words, "--format=json").stdout.decode()
        if "bytes-\ufffd.xml" not in json.dumps(json.loads(told), ensure_ascii=False):
            return f"{words[0]}: {told}"
    done = program("revert", path, "--yes")
    return None if read(path) == before else f"exit status {done.returncode}: {done.stderr.decode()}"


def nothing_written(*words):
    def case():
        path = copy(Q35)
        before = read(path)
        done = run("set", path, "--bridge=off", *words)
        if done.returncode != 0:
            return done.stderr.decode()
        return None if read(path) == before else "the file changed"
    return case


def second_time_is_nothing():
    path = copy(Q35)
    run("set", path, "--bridge=off", "--yes")
    inode = os.stat(path).st_ino
    fault = status(0, "set", path, "--bridge=off", "--yes", says=b"Nothing to change")
    return fault or (None if os.stat(path).st_ino == inode else "the file was written again")


def print_xml_is_every_byte():
    done = run("set", Q35, "--bridge=off", "--print-xml")
    path = copy(Q35)
    run("set", path, "--bridge=off", "--yes")
    return None if done.stdout == read(path) else "printed and written text differ"


def print_diff_is_only_a_diff():
    path = copy(Q35)
    done = run("set", path, "--bridge=off", "--print-diff")
    if not done.stdout.startswith(b"--- "):
        return done.stdout.decode()
    patch = subprocess.run(["patch", "-s", path], input=done.stdout, check=False)
    if patch.returncode != 0:
        return "patch does not take it"
    printed = run("set", Q35, "--bridge=off", "--print-xml").stdout
    return None if read(path) == printed else "the patched file differs"


def standard_streams():
    text = read(Q35)
    done = run("set", "-", "--bridge=off", stdin=text)
    if done.returncode != 0 or BRIDGE_OFF.encode() not in done.stdout:
        return done.stderr.decode()
    same = run("set", "-", "--bridge=default", stdin=text)
    return None if same.stdout == text else "without a change the bytes differ"


def mode_and_link_are_kept():
    real = copy(Q35, "real.xml")
    os.chmod(real, 0o640)
    link = os.path.join(FOLDER, "link.xml")
    os.symlink("real.xml", link)
    fault = status(0, "set", link, "--bridge=off", "--yes")
    if fault:
        return fault
    if not os.path.islink(link):
        return "the link was replaced"
    return None if stat.S_IMODE(os.stat(real).st_mode) == 0o640 else "the mode changed"


def full_disk():
    """/dev/full: what is printed does not arrive, and that is said."""
    with open("/dev/full", "wb") as full:
        done = subprocess.run([PROGRAM, "show", Q35], stdout=full, stderr=subprocess.PIPE, check=False)
    return None if done.returncode == 1 and b"error: " in done.stderr else f"exit status {done.returncode}"


def failed_output_keeps_the_old():
    path = os.path.join(FOLDER, "page.txt")
    with open(path, "w", encoding="utf-8") as file:
        file.write("old")
    fault = status(1, "show", "./nowhere.xml", f"--output={path}", says=b"No such file")
    if fault or read(path) != b"old":
        return fault or "the old output is gone"
    fault = status(0, "show", Q35, f"--output={path}")
    left = [name for name in os.listdir(FOLDER) if name.startswith("page.txt.")]
    return fault or (None if b"pcie-root" in read(path) and not left else f"{left} stayed")


def files_are_written_where_they_are():
    """What --output, --record and a shot write: behind a link, with the mode that is there, into a device as it is."""
    path, link, full = (os.path.join(FOLDER, name) for name in ("written", "written-link", "full-link"))
    os.symlink(path, link)
    os.symlink("/dev/full", full)
    keys = os.path.join(FOLDER, "shot.keys")
    commands = [["show", Q35, "--output="], ["caps", Q35, "--record="], [f"--script={keys}", Q35]]
    for words in commands:
        for target, expected in ((link, 0), (full, 1)):
            with open(path, "w", encoding="utf-8") as file:
                file.write("old")
            os.chmod(path, 0o640)
            with open(keys, "w", encoding="utf-8") as file:
                file.write(f"shot {target}\nq\n")
            fault = status(expected, *[word + target if word.endswith("=") else word for word in words])
            if fault or not os.path.islink(target):
                return f"{words}: {fault or 'the link was replaced'}"
            if stat.S_IMODE(os.stat(path).st_mode) != 0o640 or (read(path) == b"old") != (target == full):
                return f"{words}: another mode, or the old text"
    return None


def yes_shows_what_it_writes():
    done = run("set", copy(Q35), "--bridge=off", "--yes")
    return None if b"bridge: default -> off" in done.stderr and b"tainted" in done.stderr else done.stderr.decode()


def closed_standard_input():
    done = subprocess.run(f"exec '{PROGRAM}' show - <&-", shell=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          check=False)
    return None if done.returncode == 1 and b"empty" in done.stderr else done.stderr.decode()


def slow_standard_input():
    """Someone types a password in another program of the pipe: that may take its time."""
    done = subprocess.run(f"(sleep 6; cat '{Q35}') | '{PROGRAM}' show -", shell=True, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False)
    return None if done.returncode == 0 and b"pcie-root" in done.stdout else done.stderr.decode()


def quiet_about_a_closed_pipe():
    done = subprocess.run(f"'{PROGRAM}' show '{Q35}' | head -n 1", shell=True, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False)
    return done.stderr.decode() or None


def escapes_in_arguments_stay_text():
    done = run("show", "./no\x1b[31m.xml")
    return None if b"\x1b" not in done.stderr else "an escape sequence reaches the terminal"


def domain_is_not_written_over():
    """By a recording or a picture of itself."""
    path = copy(Q35, "itself.xml")
    os.symlink("itself.xml", os.path.join(FOLDER, "itself-link.xml"))
    for words in (["show", path, "--output="], ["caps", path, "--record="], ["report", path, "--output="]):
        for name in ("itself.xml", "itself-link.xml"):
            done = run(*words[:-1], words[-1] + os.path.join(FOLDER, name))
            if done.returncode not in (1, 2) or b"Write to another file" not in done.stderr or read(path) != read(Q35):
                return f"{words}: exit status {done.returncode}: {done.stderr.decode()}"
    return None


def assumption_is_not_recorded():
    path = os.path.join(FOLDER, "assumed")
    run("caps", Q35, f"--record={path}")
    tree = json.loads(run("show", Q35, "--format=json", f"--caps={path}").stdout)
    return None if tree["machine"]["qemu_origin"] != "recorded" else str(tree["machine"])


def double_dash_makes_a_target():
    """After “--” the word is a domain's name, not a command."""
    done = run("-c", "test:///default", "show", "--", "list")
    return None if done.returncode == 1 and b"list" in done.stderr else done.stderr.decode()


# ---- JSON ----

DOMAIN_KEYS = ["format", "program", "domain", "machine", "acpi", "knobs", "buses", "unaddressed", "findings"]


def show_json():
    done = run("show", Q35, "--format=json")
    tree = json.loads(done.stdout)
    if list(tree) != DOMAIN_KEYS:
        return f"keys: {list(tree)}"
    if tree["format"] != 1 or tree["machine"]["canonical"] != "pc-q35-6.2":
        return str(tree["machine"])
    if tree["machine"]["qemu_origin"] != "ASSUMED" and tree["machine"]["qemu_origin"] != "assumed":
        return f"origin {tree['machine']['qemu_origin']}"
    ports = [bus for bus in tree["buses"] if bus["model"] == "pcie-root-port"]
    return None if ports and ports[0]["hotplug"]["offered"] == ["acpi"] else str(ports[:1])


def set_several():
    """Up to the first that fails, or past it; the rest is counted, and not touched."""
    good = [copy(Q35, f"many-{i}.xml") for i in range(3)]
    bad, before = copy(I440FX, "many-bad.xml"), read(good[0])
    words = ["--port=1=off", "--yes"]
    done = run("set", good[0], bad, good[1], *words)
    if done.returncode != 3 or b"Of 3 domains: 1 done, 1 failed, 1 not tried" not in done.stderr:
        return f"exit status {done.returncode}: {done.stderr.decode()}"
    if read(good[0]) == before or read(good[1]) != before:
        return "it did not stop at the one that fails"
    listed = "\n".join([good[0], bad, "./nowhere.xml", good[1], good[2], "", ""]).encode()
    done = run("set", "--from=-", "--keep-going", *words, stdin=listed)
    if done.returncode != 1 or b"Of 5 domains: 3 done, 2 failed." not in done.stderr:
        return f"exit status {done.returncode}: {done.stderr.decode()}"
    if f"error: {bad} was not changed.".encode() not in done.stderr:
        return f"who failed is not said: {done.stderr.decode()}"
    if read(good[1]) == before or read(good[2]) != read(good[1]):
        return "it did not go on"
    done = run("check", f"--from={copy(__file__, 'no-list')}", "--quiet")
    return None if done.returncode == 1 else f"check --from: exit status {done.returncode}"


def show_pictures():
    """By --format, and by the end of the name of --output; the same bytes both times."""
    for name, option, begin in [("a.svg", "svg", b"<?xml"), ("a.dot", "dot", b"digraph"),
                                ("a.gv", "dot", b"digraph"), ("a.json", "json", b"{"),
                                ("a.txt", "text", b"Domain")]:
        path = os.path.join(FOLDER, name)
        to_file, printed = run("show", Q35, f"--output={path}"), run("show", Q35, f"--format={option}")
        if to_file.returncode or printed.returncode or read(path) != printed.stdout:
            return f"--output={name} is not --format={option}"
        if not printed.stdout.startswith(begin):
            return f"{option} begins with {printed.stdout[:20]}"
    run("show", Q35, "--format=dot", f"--output={os.path.join(FOLDER, 'a.svg')}")
    return None if read(os.path.join(FOLDER, "a.svg")).startswith(b"digraph") else "--format does not win"


def width_of_text():
    widest = [max(len(line) for line in run("show", Q35, *option).stdout.decode().splitlines())
              for option in (["--width=60"], [], ["--width=140"])]
    return None if widest[0] <= 60 < widest[1] <= 100 < widest[2] <= 140 else f"widest lines: {widest}"


def set_pictures():
    path = copy(Q35, "drawn.xml")
    before = read(path)
    for option, changed in [("--print-svg", b'class="bus-box native changed"'), ("--print-dot", "acpi → native".encode())]:
        done = run("set", path, "--bridge=off", option)
        if done.returncode or changed not in done.stdout or read(path) != before:
            return f"{option}: exit status {done.returncode}, {done.stderr.decode()}"
    same = run("set", path, "--bridge=default", "--print-svg").stdout
    return None if same == run("show", path, "--format=svg").stdout else "no change is not the picture of show"


def show_live_json():
    done = run("-c", "test:///default", "show", "test", "--live", "--format=json")
    tree = json.loads(done.stdout)
    if list(tree) != DOMAIN_KEYS + ["live"]:
        return f"keys: {list(tree)}"
    wanted = ["acpi", "machine", "knobs", "buses", "differences", "arguments", "asked", "findings"]
    if list(tree["live"]) != wanted:
        return f"keys of live: {list(tree['live'])}"
    return None if tree["live"]["asked"] is None else "QEMU was asked"


def what_if():
    """The same file as three machine types and two releases."""
    wanted = [(["--machine=pc-q35-6.0"], "native"), (["--machine=pc-q35-6.1"], "acpi"), ([], "acpi")]
    for words, mechanism in wanted:
        tree = json.loads(run("show", Q35, "--format=json", "--qemu=7.2", *words).stdout)
        empty = [bus for bus in tree["buses"] if bus["model"] == "pcie-root-port" and not bus["devices"]]
        if empty[0]["hotplug"]["used"] != mechanism:
            return f"{words}: {empty[0]['hotplug']['used']}, not {mechanism}"
    return None


def fit_json():
    """The slot, and where there is none libvirt's words and ours."""
    got = json.loads(run("fit", Q35, "virtio", "--format=json").stdout)
    wanted = {"fits": True, "bus": 3, "slot": 0, "mechanism": "acpi", "error": None, "advice": None}
    if got["format"] != 1 or got["device"] != "virtio-net" or got["live"] != wanted:
        return f"{got}"
    if got["cold"] != dict(wanted, mechanism=None, added=[]):
        return f"{got['cold']}"
    got = json.loads(run("fit", Q35, "usb", "--format=json").stdout)["live"]
    if got["fits"] is not False or got["bus"] is not None or "hot plugged" not in got["error"] or not got["advice"]:
        return f"{got}"
    return None


def check_json():
    done = run("check", Q35, os.path.join(DOMAINS, "double-index.xml"), "--format=json")
    tree = json.loads(done.stdout)
    severities = [finding["severity"] for finding in tree["results"][1]["findings"]]
    return None if len(tree["results"]) == 2 and severities[0] == "error" else done.stdout.decode()


def list_columns():
    """Text that stays as it is: names, order, one word a cell."""
    done = run("-c", "test:///default", "list", "--columns=state,name,free-pci,failure")
    if done.returncode or [line.split() for line in done.stdout.decode().splitlines()] != [
            ["STATE", "NAME", "FREE-PCI", "FAILURE"], ["running", "test", "0", "-"]]:
        return f"{done.stdout.decode()}{done.stderr.decode()}"
    names = [line.split()[0].decode() for line in run("list", "--columns=help").stdout.splitlines()]
    with open(os.path.join(HERE, "..", "data", "virt-hotplug.rst.in"), encoding="utf-8") as manual:
        text = manual.read()
    missing = [name for name in names if f"*{name}*" not in text]
    every = run("-c", "test:///default", "list", "--columns=" + ",".join(names))
    heading = every.stdout.decode().split("\n")[0].lower().split()
    return None if names and not missing and heading == names else f"{missing} {heading}"


CONTRADICTING = os.path.join(DEMO, "contradicting.xml")


def check_fix_offers():
    done = run("check", CONTRADICTING)
    if b"can be fixed by this program" not in done.stderr or b"fix" in done.stdout:
        return f"{done.stdout.decode()}{done.stderr.decode()}"
    tree = json.loads(run("check", CONTRADICTING, "--format=json").stdout)
    fixes = {finding["rule"]: finding["fix"] for finding in tree["results"][0]["findings"]}
    return None if "remove" in fixes["global-contradiction"] and fixes["qemu-assumed"] is None else f"{fixes}"


def check_fix_looks():
    """--dry-run and --print-diff write nothing; the diff alone is on standard output."""
    path = copy(CONTRADICTING)
    before = read(path)
    dry = run("check", path, "--fix", "--dry-run")
    diff = run("check", path, "--fix", "--print-diff")
    if dry.returncode or b"  fix: remove" not in dry.stdout or b"no fix by this program" not in dry.stdout:
        return f"{dry.returncode}: {dry.stdout.decode()}{dry.stderr.decode()}"
    if f"check {path} --fix".encode() not in dry.stdout:
        return f"the command is missing: {dry.stdout.decode()}"
    if read(path) != before:
        return "it was written"
    if not diff.stdout.startswith(b"--- "):
        return diff.stdout.decode()
    patch = subprocess.run(["patch", "-s", path], input=diff.stdout, check=False)
    run("check", copy(CONTRADICTING, "other.xml"), "--fix", "--yes")
    return None if patch.returncode == 0 and read(path) == read(os.path.join(FOLDER, "other.xml")) else "they differ"


def check_fix_writes():
    """Off a terminal not without --yes; with it what was found is gone, and back by revert."""
    path = copy(CONTRADICTING)
    before = read(path)
    fault = status(1, "check", path, "--fix")
    if fault or read(path) != before:
        return fault or "it was written without a question"
    fault = status(0, "check", path, "--fix", "--yes", says=b"arguments that vanish")
    if fault or read(path) == before:
        return fault or "nothing was written"
    if b"global-contradiction" in run("check", path).stdout:
        return "the finding is still there"
    after = read(path)
    fault = status(0, "check", path, "--fix", "--yes", says=b"nothing to fix") or status(0, "revert", path, "--yes")
    return fault or (None if read(path) == before and after != before else "it is not back")


def check_fix_several():
    """What cannot be cured is exit status 3, and stops nothing; what cannot be read does, without --keep-going."""
    bad = copy(os.path.join(DOMAINS, "double-index.xml"), "bad.xml")
    good = copy(CONTRADICTING, "good.xml")
    fault = status(3, "check", bad, good, "--fix", "--yes")
    if fault or b"global-contradiction" in run("check", good).stdout:
        return fault or "the second was not fixed"
    good = copy(CONTRADICTING, "good.xml")
    fault = status(1, "check", "./nowhere.xml", good, "--fix", "--yes", says=b"1 not tried")
    if fault or read(good) != read(CONTRADICTING):
        return fault or "it went on"
    done = run("check", "./nowhere.xml", good, "--fix", "--yes", "--keep-going")
    if done.returncode != 1 or b"1 done, 1 failed" not in done.stderr:
        return f"exit status {done.returncode}: {done.stderr.decode()}"
    return "it did not go on" if read(good) == read(CONTRADICTING) else None


def check_fix_of_a_stream():
    done = run("check", "-", "--fix", stdin=read(CONTRADICTING))
    path = copy(CONTRADICTING)
    run("check", path, "--fix", "--yes")
    if done.returncode or done.stdout != read(path) or b"fix: remove" not in done.stderr:
        return f"{done.returncode}: {done.stderr.decode()}"
    return None


def record_and_replay():
    path = os.path.join(FOLDER, "caps")
    fault = status(0, "caps", Q35, f"--record={path}", "--qemu=7.2")
    if fault:
        return fault
    tree = json.loads(run("show", Q35, "--format=json", f"--caps={path}").stdout)
    return None if tree["machine"]["qemu"] == "7.2" else str(tree["machine"])


def damaged_domains():
    """Each is shown, and none is a crash."""
    for name in sorted(os.listdir(DOMAINS) + os.listdir(HISTORY)):
        folder = DOMAINS if os.path.exists(os.path.join(DOMAINS, name)) else HISTORY
        for words in (["show"], ["show", "--format=json"], ["check"]):
            done = run(*words, os.path.join(folder, name))
            if done.returncode not in (0, 1, 3):
                return f"{name}: {words}: exit status {done.returncode}: {done.stderr.decode()}"
            if done.returncode == 1 and not done.stderr.startswith(b"error: "):
                return f"{name}: {words}: {done.stderr.decode()}"
    return None


def control_characters_stay_text():
    done = run("show", os.path.join(DOMAINS, "control-characters.xml"))
    return None if b"\x1b" not in done.stdout + done.stderr else "an escape sequence reaches the terminal"


def silent_daemon():
    """It takes the connection and never speaks: said within five seconds, start and end of the program included."""
    path = os.path.join(FOLDER, "silent")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path)
        listening.listen()
        begun = time.monotonic()
        done = run("-c", f"qemu+unix:///system?socket={path}", "show", "any")
        spent = time.monotonic() - begun
    if done.returncode != 1 or b"No answer" not in done.stderr:
        return f"exit status {done.returncode}: {done.stderr.decode()}"
    return f"said after {spent:.2f} s" if spent > 5 * float(os.environ.get("VH_TEST_SLOW", "1")) else None


def demo_without_terminal():
    done = run("--demo")
    names = [name[:-4] for name in os.listdir(DEMO) if name.endswith(".xml")]
    missing = [name for name in names if name.encode() not in done.stdout]
    return f"exit status {done.returncode}, missing {missing}: {done.stderr.decode()}" \
        if done.returncode or missing else None


CASES = [status_case(row) for row in STATUS] + [
    ("set and back gives the same bytes", set_and_back),
    ("spare ports are made once", spare_ports_once),
    ("a policy, one port against it, and the default", policy_and_default),
    ("history lists what was written", history_lists),
    ("revert, asked for in every way, and back", revert_is_undone_by_revert),
    ("revert keeps what others changed, --whole does not", revert_what_changed_elsewhere),
    ("revert of a port that is gone is a conflict", revert_what_is_gone),
    ("revert to an entry", revert_by_entry),
    ("a name that is no UTF-8", name_of_any_bytes),
    ("--print-xml writes nothing", nothing_written("--print-xml")),
    ("--print-diff writes nothing", nothing_written("--print-diff")),
    ("--dry-run writes nothing", nothing_written("--dry-run")),
    ("--print-svg and --print-dot write nothing", set_pictures),
    ("pictures by --format and --output", show_pictures),
    ("--width", width_of_text),
    ("set of several", set_several),
    ("set twice writes once", second_time_is_nothing),
    ("--print-xml is what would be written", print_xml_is_every_byte),
    ("--print-diff is a diff that patch takes", print_diff_is_only_a_diff),
    ("standard input to standard output", standard_streams),
    ("mode and link are kept", mode_and_link_are_kept),
    ("a full disk is noticed", full_disk),
    ("a failed --output keeps the old file", failed_output_keeps_the_old),
    ("what is written stays a link or a device", files_are_written_where_they_are),
    ("--yes shows what it writes", yes_shows_what_it_writes),
    ("standard input that is closed", closed_standard_input),
    ("standard input that takes its time", slow_standard_input),
    ("a closed pipe is no error to tell", quiet_about_a_closed_pipe),
    ("escape sequences in arguments stay text", escapes_in_arguments_stay_text),
    ("a domain is not written over", domain_is_not_written_over),
    ("an assumption is not recorded", assumption_is_not_recorded),
    ("-- makes a target", double_dash_makes_a_target),
    ("show --format=json", show_json),
    ("show --live --format=json", show_live_json),
    ("what if", what_if),
    ("check --format=json", check_json),
    ("list --columns", list_columns),
    ("check says what --fix would do", check_fix_offers),
    ("check --fix --dry-run and --print-diff", check_fix_looks),
    ("check --fix writes, and not unasked", check_fix_writes),
    ("check --fix of several", check_fix_several),
    ("check --fix from standard input to standard output", check_fix_of_a_stream),
    ("fit --format=json", fit_json),
    ("caps --record and --caps", record_and_replay),
    ("damaged and foreign domains", damaged_domains),
    ("control characters stay text", control_characters_stay_text),
    ("a daemon that never speaks", silent_daemon),
    ("--demo without a terminal", demo_without_terminal),
]

try:
    sys.exit(tap.run(CASES))
finally:
    shutil.rmtree(FOLDER)
