#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What ./demo and ./check install, on systems that are made up of fake commands.

usage: test_setup.py FOLDER-OF-THE-TESTS
"""
import os
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import tap

TESTS = os.path.abspath(sys.argv[1])
SETUP = os.path.join(TESTS, "setup")
SYSTEMS = os.path.join(TESTS, "fixtures", "os-release")

# system: (family, the command, some packages to run, some more to check, never any of these)
SYSTEM = {
    "debian": ("debian", "apt-get", ["libglib2.0-dev", "libjson-glib-dev", "libncurses-dev"],
               ["linux-image-amd64", "universal-ctags", "libvterm-dev"], ["linux-image-virtual"]),
    "ubuntu": ("ubuntu", "apt-get", ["libglib2.0-dev", "libxml2-dev", "libvirt-dev"],
               ["linux-image-virtual", "busybox-static"], ["linux-image-amd64"]),
    "linuxmint": ("ubuntu", "apt-get", ["ninja-build"], ["linux-image-virtual"],
                  ["linux-image-amd64"]),
    "fedora": ("fedora", "dnf", ["glib2-devel", "pkgconf-pkg-config", "ncurses-devel"],
               ["libasan", "libubsan", "kernel-core", "libvterm-devel"], ["libglib2.0-dev"]),
    "opensuse-leap": ("opensuse", "zypper", ["glib2-devel", "ninja", "json-glib-devel"],
                      ["qemu-x86", "kernel-default", "libxml2-tools"], ["ninja-build", "libasan"]),
    "opensuse-tumbleweed": ("opensuse", "zypper", ["libvirt-devel"], ["qemu-x86"], ["kernel-core"]),
    "arch": ("arch", "pacman", ["glib2-devel", "json-glib", "ncurses"],
             ["libvterm", "linux", "qemu-system-x86", "python"], ["libvirt-dev", "glib2-dev"]),
}

FAKES = {
    "id": 'echo "$FAKE_UID"',
    "dpkg-query": 'for p; do :; done; case " $FAKE_HAS " in *" $p "*) echo installed;; esac',
    "rpm": 'case " $FAKE_HAS " in *" $3 "*) ;; *) exit 1;; esac',
    "pacman": 'if [ "$1" != -T ]; then echo "pacman $*" >>"$FAKE_LOG"; exit; fi\n'
              'case " $FAKE_HAS " in *" $2 "*) ;; *) exit 127;; esac',
    "apt-get": 'echo "apt-get $*" >>"$FAKE_LOG"',
    "dnf": 'echo "dnf $*" >>"$FAKE_LOG"',
    "zypper": 'echo "zypper $*" >>"$FAKE_LOG"',
}


def shell(line, **environment):
    done = subprocess.run(["sh", "-c", f'. "{SETUP}"; {line}'], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
                          env={**os.environ, **environment})
    return done.returncode, done.stdout


def on_fake_system(system, line, has="", uid="0"):
    """(status, output, what the package managers were asked) of a line on such a system."""
    with tempfile.TemporaryDirectory() as folder:
        for name, body in FAKES.items():
            path = os.path.join(folder, name)
            with open(path, "w", encoding="utf-8") as out:
                out.write(f"#!/bin/sh\n{body}\n")
            os.chmod(path, 0o755)
        log = os.path.join(folder, "log")
        status, output = shell(
            line, PATH=f"{folder}:{os.environ['PATH']}", FAKE_LOG=log, FAKE_HAS=has, FAKE_UID=uid,
            SETUP_OS_RELEASE=os.path.join(SYSTEMS, system))
        asked = open(log, encoding="utf-8").read() if os.path.exists(log) else ""
        return status, output, asked


def family(system):
    status, output = shell(f'setup_family "{os.path.join(SYSTEMS, system)}"')
    return output.strip() if status == 0 else None


def unequal(got, wanted):
    return None if got == wanted else f"got {got!r}, wanted {wanted!r}"


def picks_packages(system):
    name, _, run, more, never = SYSTEM[system]
    to_run = shell(f"setup_packages {name} run")[1].split()
    to_check = shell(f"setup_packages {name} run check")[1].split()
    faults = [f"{p} is missing to run" for p in run if p not in to_run]
    faults += [f"{p} is not needed to run" for p in more if p in to_run]
    faults += [f"{p} is missing to check" for p in run + more if p not in to_check]
    faults += [f"{p} is another system's" for p in never if p in to_check]
    to_search = shell(f"setup_packages {name} run check fuzz")[1].split()
    if name != "opensuse" and len(to_search) != len(to_check) + 1:
        faults.append("the third purpose adds no package")
    faults += [f"{p} is named twice" for p in set(to_check) if to_check.count(p) > 1]
    faults += [f"{p} is no name" for p in to_check if p in ("-", name)]
    return "\n".join(faults)


def installs_missing(system):
    name, command, run, _, _ = SYSTEM[system]
    absent = run[0]
    has = " ".join(p for p in shell(f"setup_packages {name} run")[1].split() if p != absent)
    status, output, asked = on_fake_system(system, "setup run", has)
    last = asked.splitlines()[-1].split() if asked else []
    packages = [word for word in last[2:] if not word.startswith("-") and word != "install"]
    return unequal((status, last[:1], packages, f"missing: {absent}" in output),
                   (0, [command], [absent], True)) and f"{output}{asked}"


def leaves_complete(system):
    has = " ".join(shell(f"setup_packages {SYSTEM[system][0]} run check")[1].split())
    return unequal(on_fake_system(system, "setup run check", has, uid="1000"), (0, "", ""))


def says_who_must(system):
    status, output, asked = on_fake_system(system, "setup run", uid="1000")
    good = status != 0 and not asked and "needs root" in output and SYSTEM[system][1] in output
    return None if good else f"{status}: {output}{asked}"


def tells_strangers():
    status, output, asked = on_fake_system("unknown", "setup run")
    good = status == 0 and not asked and "no package list" in output and "libvirt-dev" in output
    return None if good else f"{status}: {output}{asked}"


def cases():
    yield "an unknown system has no family", lambda: unequal(family("unknown"), None)
    yield "an unknown system is told what is needed", tells_strangers
    for system, row in SYSTEM.items():
        yield f"{system} is {row[0]}", lambda s=system, r=row: unequal(family(s), r[0])
        yield f"{system}: the packages", lambda s=system: picks_packages(s)
        yield f"{system}: only what is missing is installed", lambda s=system: installs_missing(s)
        yield f"{system}: nothing is asked when all is there", lambda s=system: leaves_complete(s)
        yield f"{system}: a user is told the command", lambda s=system: says_who_must(s)


if __name__ == "__main__":
    sys.exit(tap.run(list(cases())))
