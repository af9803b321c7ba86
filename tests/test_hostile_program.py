#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Hostile documents, emulators and environments against the whole program: what it answers, how long it takes, how
much memory; that nothing of theirs is run, reached, read or sent to the terminal.

usage: test_hostile_program.py FOLDER-OF-THE-TESTS [--table], with VIRT_HOTPLUG in the environment

--table prints the rows of the table in SECURITY.md.
"""
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time

sys.dont_write_bytecode = True
import others
import tap

PROGRAM = os.path.abspath(os.environ["VIRT_HOTPLUG"])
DEMO = os.path.join(sys.argv[1], "..", "data", "demo", "pc-q35-6.2.xml")
FOLDER = tempfile.mkdtemp(prefix="vh-hostile-")
CANARY = os.path.join(FOLDER, "canary")
SLOW = float(os.environ.get("VH_TEST_SLOW", "1"))
SECONDS, MEBIBYTES = 20, 1200 # 100 MB of XML have to be somewhere, twice; a QEMU that is silent takes 10 s
MIB = 1024 * 1024

with open(DEMO, "rb") as demo:
    GOOD = demo.read()
with open(PROGRAM, "rb") as binary:
    IS_SANITIZED = b"__asan_init" in binary.read()
SHARE = 250 if IS_SANITIZED else 1 # of what is big: a sanitizer looks at the stack of every allocation

HEAD = b"<domain type='kvm'><name>%s</name><os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os><features>" \
       b"<acpi/></features><devices>%s</devices></domain>"


def domain(devices=b"", name=b"a"):
    return HEAD % (name, devices)


def laughs():
    levels = b"".join(b"<!ENTITY l%d '%s'>" % (i, b"&l%d;" % (i - 1) * 10) for i in range(1, 12))
    return b"<!DOCTYPE d [<!ENTITY l0 'ha'>" + levels + b"]><domain><name>&l11;</name></domain>"


def external(address):
    return b"<!DOCTYPE d [<!ENTITY e SYSTEM '%s'>]><domain><name>&e;</name></domain>" % address.encode()


def controllers(count):
    return domain(b"".join(b"<controller type='pci' index='%d' model='pcie-root-port'/>" % i for i in range(count)))


def numbers():
    return domain(b"".join(b"<controller type='pci' index='%s' model='pcie-root-port'><address type='pci' bus='%s' "
                           b"slot='%s' function='%s'/></controller>" % (n, n, n, n)
                           for n in (b"-1", b"99999999999999999999", b"0xffffffffff", b"1e9", b"", b"4294967296",
                                     b"2147483647")))


# ---- documents: name, bytes, exit statuses, words on standard error ----

def documents(port):
    evil = os.path.join(FOLDER, "evil")
    with open(evil, "w", encoding="utf-8") as script:
        script.write(f"#!/bin/sh\necho ran >'{CANARY}-ran'\n")
    os.chmod(evil, 0o755)
    return [
        ("billion laughs", lambda: laughs(), (1,), b"entit"),
        ("entity that names a file", lambda: external("file://" + CANARY), (1,), b"entit"),
        ("entity that names a host", lambda: external(f"http://127.0.0.1:{port}/x"), (1,), b"entit"),
        ("document type at a host", lambda: b"<!DOCTYPE d SYSTEM 'http://127.0.0.1:%d/x'>" % port + GOOD, (0, 1), b""),
        ("XInclude of a file", lambda: domain(b"<i:include xmlns:i='http://www.w3.org/2001/XInclude' href='%s'/>"
                                      % CANARY.encode()), (0, 3), b""),
        ("100 MB comment", lambda: domain(b"<!--" + b"x" * (100000000 // SHARE) + b"-->"), (0, 1, 3), b""),
        ("100 MB of elements", lambda: controllers(0)[:-19] + b"<a/>" * (25000000 // SHARE) + b"</devices></domain>",
         *(((0, 3), b"") if IS_SANITIZED else ((1,), b"4,000,000 elements"))),
        ("100 MB attribute", lambda: domain(b"<a b='" + b"x" * (100000000 // SHARE) + b"'/>"), (0, 1, 3), b""),
        ("300 MB of nothing", lambda: b"\0" * 300000000, (1,), b"error: "),
        ("10,000 deep", lambda: b"<domain>" + b"<a>" * 10000 + b"</a>" * 10000 + b"</domain>", (1,), b"256 deep"),
        ("100,000 ports", lambda: controllers(100000 // SHARE), (0, 1, 3), b""),
        ("control characters", lambda: domain(name=b"a\x01\x1b[31mb"), (1,), b"error: "),
        ("C1 escape in the name", lambda: domain(name=b"a&#x9b;31mb"), (0, 3), b""),
        ("bidirectional override", lambda: domain(name="a\u202eb\u2066c".encode()), (0, 3), b""),
        ("10,000 combining marks", lambda: domain(name="a".encode() + "\u0301".encode() * 10000), (0, 3), b""),
        ("wide characters", lambda: domain(name="\u4e00".encode() * 5000), (0, 3), b""),
        ("overlong UTF-8", lambda: domain(name=b"a\xc0\xafb"), (1,), b"0xc0"),
        ("NUL", lambda: domain(name=b"a\0b"), (1,), b"NUL"),
        ("negative and huge numbers", lambda: numbers(), (0, 3), b""),
        ("10 MB QEMU argument", lambda: domain().replace(b"</domain>", b"<q:commandline xmlns:q='http://libvirt.org/schemas/"
                                                 b"domain/qemu/1.0'><q:arg value='-global'/><q:arg value='%s'/>"
                                                 b"</q:commandline></domain>" % (b"x" * 10000000)), (0, 1, 3), b""),
        ("emulator that is a script", lambda: domain(b"<emulator>%s</emulator>" % evil.encode()), (0, 3), b""),
    ]


# ---- emulators: name, script, exit statuses ----

EMULATORS = [
    ("QEMU says garbage", "echo hello; exec sleep 60"),
    ("QEMU says nothing", "exec sleep 60"),
    ("QEMU never ends a line", "exec tr '\\0' x </dev/zero"),
    ("QEMU sends events for ever",
     "echo '{\"QMP\": {\"version\": {\"qemu\": {\"micro\": 0, \"minor\": 2, \"major\": 7}, \"package\": \"\"}, "
     "\"capabilities\": []}}'; exec yes '{\"event\": \"X\"}'"),
    ("QEMU fills standard error", "exec yes x >&2"),
    ("QEMU ends at once", "exit 3"),
]


def measure(words, **more):
    """(status, stdout, stderr, seconds, mebibytes)"""
    env = dict(os.environ, LC_ALL="C.UTF-8", XDG_STATE_HOME=os.path.join(FOLDER, "state"),
               XDG_CACHE_HOME=os.path.join(FOLDER, "cache"))
    more.setdefault("env", env)
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        begun = time.monotonic()
        more.setdefault("stdout", out)
        process = subprocess.Popen(words, stdin=more.pop("stdin", subprocess.DEVNULL), stderr=err, **more)
        timer = threading.Timer(120 * SLOW, process.kill)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        spent = time.monotonic() - begun
        out.seek(0)
        err.seek(0)
        return process.returncode, out.read(), err.read(), spent, usage.ru_maxrss / 1024


def fault_of(result, statuses, words):
    status, out, err, spent, memory = result
    if status not in statuses:
        return f"exit status {status}: {err[-300:].decode(errors='replace')}"
    if words not in err:
        return f"“{words.decode()}” is not in: {err[-300:].decode(errors='replace')}"
    if any(bad in out + err for bad in (b"\x1b", b"\xc2\x9b", "\u202e".encode(), "\u2066".encode(), b"\x01")):
        return "a control character reaches the terminal"
    if os.path.exists(CANARY + "-ran") or b"tell-tale" in out + err:
        return "something of theirs was run or read"
    if not IS_SANITIZED and (spent > SECONDS * SLOW or memory > MEBIBYTES):
        return f"{spent:.1f} s and {memory:.0f} MiB"
    return None


ROWS = []


def case(name, act, statuses, words):
    def run():
        result = act()
        said = result[2].decode(errors="replace").strip().splitlines()
        ROWS.append((name, result[3], result[4], result[0], said[0] if said else "shown"))
        return fault_of(result, statuses, words)
    return name, run


def show(make, *more):
    """The document is made by another process: what this one ever held would count as the program's memory."""
    def act():
        path = os.path.join(FOLDER, "document.xml")
        maker = os.fork()
        if maker == 0:
            with open(path, "wb") as file:
                file.write(make())
            os._exit(0)
        os.waitpid(maker, 0)
        try:
            return measure([PROGRAM, "show", path, *more])
        finally:
            os.unlink(path)
    return act


def emulate(script):
    def act():
        path = os.path.join(FOLDER, "qemu")
        with open(path, "w", encoding="utf-8") as file:
            file.write("#!/bin/sh\n" + script + "\n")
        os.chmod(path, 0o755)
        return measure([PROGRAM, "caps", DEMO, "--emulator=" + path])
    return act


# ---- environments ----

def fresh(folder):
    path = os.path.join(FOLDER, folder)
    shutil.rmtree(path, ignore_errors=True)
    os.makedirs(path)
    os.chmod(FOLDER, 0o755)
    shutil.copyfile(DEMO, os.path.join(path, "domain.xml"))
    return os.path.join(path, "domain.xml")


def words_of_set(path, program=PROGRAM):
    return [program, "set", path, "--bridge=off", "--yes"]


def unchanged(path, result):
    with open(path, "rb") as file:
        if file.read() != GOOD:
            return (-99, b"", b"the file was changed", *result[3:])
    return result


def with_env(**changed):
    def act():
        env = {key: value for key, value in os.environ.items() if changed.get(key, "") is not None}
        env.update({key: value for key, value in changed.items() if value is not None})
        env.setdefault("XDG_CACHE_HOME", os.path.join(FOLDER, "cache"))
        env.setdefault("XDG_STATE_HOME", os.path.join(FOLDER, "state"))
        return measure([PROGRAM, "show", DEMO], env=env)
    return act


def shell(line):
    return lambda: measure(["sh", "-c", line, "sh", PROGRAM, DEMO])


def no_room():
    path = fresh("full")
    line = ('mount -t tmpfs -o size=64k none "$1" && cp "$2" "$1/domain.xml" && '
            '{ dd if=/dev/zero of="$1/ballast" 2>/dev/null; '
            'XDG_STATE_HOME="$1/state" "$3" set "$1/domain.xml" --bridge=off --yes; s=$?; '
            'cmp -s "$2" "$1/domain.xml" || exit 99; exit $s; }')
    own = others.unsharing() if os.geteuid() == 0 else None
    if not own:
        raise tap.Skip("only root can fill a file system of its own")
    return measure([*own, "sh", "-c", line, "sh", os.path.dirname(path), DEMO, PROGRAM])


def as_nobody(path):
    if os.geteuid() != 0:
        return {}
    os.chmod(path, 0o666)
    return others.AS_NOBODY


def read_only_folder():
    path = fresh("read-only")
    more = as_nobody(path)
    os.chmod(os.path.dirname(path), 0o555)
    env = dict(os.environ, XDG_STATE_HOME=tempfile.mkdtemp(dir="/tmp"), XDG_CACHE_HOME="/nonexistent")
    os.chmod(env["XDG_STATE_HOME"], 0o777)
    try:
        return unchanged(path, measure(words_of_set(path, others.program_for_all(PROGRAM, FOLDER)), env=env, **more))
    finally:
        os.chmod(os.path.dirname(path), 0o755)
        shutil.rmtree(env["XDG_STATE_HOME"])


def no_backup_folder():
    path = fresh("no-backup")
    return unchanged(path, measure(words_of_set(path), env=dict(os.environ, XDG_STATE_HOME="/proc/nowhere")))


def closed_streams():
    """Nothing that is meant for a closed stream may end in the file that is written."""
    path, open_path = fresh("closed"), fresh("open")
    measure(words_of_set(open_path))
    result = measure(["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", *words_of_set(path)])
    with open(path, "rb") as file, open(open_path, "rb") as other:
        same = file.read() == other.read()
    return result if same else (-99, b"", b"other bytes were written", *result[3:])


def swapping_link():
    """Somebody who may write the folder swaps the file for a link to a file of ours: that one stays as it is."""
    path = fresh("race")
    link, ended = path + ".link", threading.Event()

    def swap():
        while not ended.is_set():
            shutil.copyfile(DEMO, path + ".file")
            os.rename(path + ".file", path)
            os.symlink(CANARY, link)
            os.rename(link, path)
    thread = threading.Thread(target=swap)
    thread.start()
    try:
        results = [measure(words_of_set(path)) for _ in range(20)]
    finally:
        ended.set()
        thread.join()
    with open(CANARY, "rb") as file:
        if file.read() != b"tell-tale\n":
            return (-99, b"", b"the file behind the link was written", 0, 0)
    worst = max(results, key=lambda result: result[3])
    bad = next((result for result in results if result[0] not in (0, 1, 4)), None)
    return bad or (0, b"", b"", *worst[3:])


ENVIRONMENTS = [
    ("HOME is not set", with_env(HOME=None), (0,), b""),
    ("TERM is not set", with_env(TERM=None), (0,), b""),
    ("a locale that is missing", with_env(LC_ALL="xx_XX.nonsense"), (0,), b""),
    ("relative XDG folders", with_env(XDG_STATE_HOME="here", XDG_CACHE_HOME="there"), (0,), b""),
    ("standard input closed", shell('exec "$1" show - <&-'), (1,), b"empty"),
    ("standard output closed", shell('exec "$1" show "$2" >&-'), (0,), b""),
    ("standard error closed", shell('exec "$1" show ./nowhere.xml 2>&-'), (1,), b""),
    ("all three closed during a write", closed_streams, (0,), b""),
    ("broken pipe", shell('"$1" show "$2" | true'), (0,), b""),
    ("standard output is full", shell('exec "$1" show "$2" >/dev/full'), (1,), b"No space left"),
    ("the disk is full", no_room, (1,), b"nothing was written"),
    ("the folder is read-only", read_only_folder, (1,), b"Permission denied"),
    ("no place for the backup", no_backup_folder, (1,), b"nothing was written"),
    ("the file becomes a link", swapping_link, (0,), b""),
]


def nobody_came(listening):
    def check():
        listening.setblocking(False)
        try:
            listening.accept()
        except BlockingIOError:
            return None
        return "a connection was made"
    return "no document makes it connect", check


def print_table():
    print("| input | seconds | MiB | exit | answer |\n|---|---|---|---|---|")
    for name, spent, memory, status, said in ROWS:
        print(f"| {name} | {spent:.2f} | {memory:.0f} | {status} | {said.replace(FOLDER, '…')[:110]} |")


def main():
    with open(CANARY, "w", encoding="utf-8") as file:
        file.write("tell-tale\n")
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    cases = [case(name, show(make), statuses, words)
             for name, make, statuses, words in documents(listening.getsockname()[1])]
    cases.append(nobody_came(listening))
    cases += [case(name, emulate(script), (0, 1), b"") for name, script in EMULATORS]
    cases += [case(*row) for row in ENVIRONMENTS]
    status = tap.run(cases)
    if "--table" in sys.argv:
        print_table()
    shutil.rmtree(FOLDER)
    return status


if __name__ == "__main__":
    sys.exit(main())
