#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Somebody who may not write: what can be shown is shown, for the rest it is said what to do.

usage: test_access.py FOLDER-OF-THE-TESTS, with VIRT_HOTPLUG in the environment
"""
import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path += [os.path.dirname(os.path.dirname(os.path.abspath(__file__))), os.path.join(sys.argv[1], "faults")]
import lab as labs
import others
import tap


def as_nobody(lab, socket, *words):
    home = os.path.join(lab.folder, "nobody")
    os.makedirs(home, exist_ok=True)
    os.chown(home, others.NOBODY, others.NOBODY)
    uri = f"qemu+unix:///system?socket={lab.folder}/run/libvirt/{socket}"
    env = dict(lab.environment, HOME=home, XDG_STATE_HOME=home + "/state", XDG_CACHE_HOME=home + "/cache")
    # The log and the list of leaks that are not ours lie in the build, which only root may be able to enter.
    for name in ("LIBVIRT_LOG_OUTPUTS", "LSAN_OPTIONS"):
        env.pop(name, None)
    env["ASAN_OPTIONS"] = env.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
    program = others.program_for_all(os.environ["VIRT_HOTPLUG"], lab.folder)
    return subprocess.run([program, "-c", uri, *words], stdin=subprocess.DEVNULL, env=env, **others.AS_NOBODY,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120, check=False)


# What, the socket, the words, the exit status, on standard output, on standard error
ROWS = [
    ("a socket of others: read-only is offered", "libvirt-sock", ["show", labs.NAME], 1, "", "--readonly"),
    ("the socket for readers shows the domain", "libvirt-sock-ro", ["-r", "show", labs.NAME], 0, "pcie-root-port", ""),
    ("and lists it", "libvirt-sock-ro", ["-r", "list"], 0, labs.NAME, ""),
    ("and checks it", "libvirt-sock-ro", ["-r", "check", labs.NAME], 0, "", ""),
    ("but writes nothing", "libvirt-sock-ro", ["-r", "set", labs.NAME, "--port=1=off", "--yes"], 1, "",
     "nothing can be written"),
    ("nor when it is opened as if it could", "libvirt-sock-ro", ["set", labs.NAME, "--port=1=off", "--yes"], 1, "",
     "error: "),
    ("the difference is still shown", "libvirt-sock-ro", ["-r", "set", labs.NAME, "--port=1=off", "--print-diff"], 0,
     "hotplug='off'", ""),
]


def case(lab, row):
    name, socket, words, status, out, err = row

    def run():
        done = as_nobody(lab, socket, *words)
        said = done.stderr.decode()
        if done.returncode != status or out not in done.stdout.decode() or err not in said:
            return f"exit status {done.returncode}: {said}{done.stdout.decode()[:200]}"
        return f"the password was told: {said}" if labs.SECRET in said + done.stdout.decode() else None
    return name, run


def missing():
    if os.geteuid() != 0:
        return "only root can be somebody else"
    return labs.missing_daemon() if shutil.which("virsh") else "virsh is not installed"


def main():
    if missing():
        return tap.skip(missing())
    scratch = tempfile.mkdtemp(prefix="vha-", dir="/tmp")
    os.chmod(scratch, 0o755)
    lab = labs.Lab(os.path.join(scratch, "lab"), "unix")
    try:
        lab.start()
        lab.define()
        os.chmod(os.path.join(lab.folder, "run", "libvirt", "libvirt-sock"), 0o700)
        before = lab.dump()
        cases = [case(lab, row) for row in ROWS]
        cases.append(("nothing was written", lambda: None if lab.dump() == before else "something was"))
        return tap.run(cases)
    except labs.private.Failure as reason:
        return tap.fault(reason)
    finally:
        lab.close()
        shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
