#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What `meson install` puts below DESTDIR, with everything and with each optional part left out.

usage: test_install.py TOP-OF-THE-SOURCES; the program that is installed is that of VIRT_HOTPLUG
"""
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import tap

TOP = os.path.abspath(sys.argv[1])
FOLDER = tempfile.mkdtemp(prefix="vh-install-")
BUILD = os.path.join(FOLDER, "build")

MAN = "usr/share/man/man1/virt-hotplug.1"
BASH = "usr/share/bash-completion/completions/virt-hotplug"
ZSH = "usr/share/zsh/site-functions/_virt-hotplug"
ZSH_OF_DEBIAN = "usr/share/zsh/vendor-completions/_virt-hotplug"
FISH = "usr/share/fish/vendor_completions.d/virt-hotplug.fish"
DESKTOP = "usr/share/applications/org.libvirt.virt_hotplug.desktop"
METAINFO = "usr/share/metainfo/org.libvirt.virt_hotplug.metainfo.xml"
GERMAN = "usr/share/locale/de/LC_MESSAGES/virt-hotplug.mo"
PROGRAM = "usr/bin/virt-hotplug"
EVERYTHING = {PROGRAM, MAN, BASH, ZSH, FISH, DESKTOP, METAINFO, GERMAN,
              "usr/share/virt-hotplug/virt-hotplug.schema.json"}

# What is built.
BUILT = ["virt-hotplug-gmo"]
# What is taken as it was built for the tests; the manual is made by a program of its own.
TAKEN = ["tui/virt-hotplug", "data/virt-hotplug.1"]

# (the option, its value, its other value, what is not installed then, what is instead)
PARTS = [
    ("docs", "disabled", "enabled", {MAN}, set()),
    ("bash_completion", "disabled", "auto", {BASH}, set()),
    ("zsh_completion", "false", "true", {ZSH}, set()),
    ("zsh_completion_dir", "/usr/share/zsh/vendor-completions", "", {ZSH}, {ZSH_OF_DEBIAN}),
    ("fish_completion", "false", "true", {FISH}, set()),
    ("nls", "disabled", "enabled", {GERMAN}, set()),
    ("desktop", "false", "true", {DESKTOP, METAINFO}, set()),
]

# Where the version has to be said again, and how the line begins.
VERSIONS = {
    "virt-hotplug.spec": "Version:        {}\n",
    "debian/changelog": "virt-hotplug ({}-",
}


def meson(*words, destdir=None):
    environment = {name: value for name, value in os.environ.items() if name != "DESTDIR"}
    if destdir:
        environment["DESTDIR"] = destdir
    done = subprocess.run(["meson", *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False, env=environment)
    if done.returncode:
        raise RuntimeError(f"meson {' '.join(words)}:\n{done.stdout[-2000:]}")
    return done.stdout


def configure(*options):
    """Only configures, and builds nothing of C."""
    known = ["--reconfigure"] if os.path.exists(BUILD) else ["--prefix=/usr", "-Dtests=false"]
    meson("setup", *known, *options, BUILD, TOP)
    build = os.path.dirname(os.path.dirname(os.environ["VIRT_HOTPLUG"]))
    for path in TAKEN:
        os.makedirs(os.path.dirname(os.path.join(BUILD, path)), exist_ok=True)
        shutil.copy2(os.path.join(build, path), os.path.join(BUILD, path))


def installed():
    """{path: mode} of the files, relative to DESTDIR."""
    target = os.path.join(FOLDER, "root")
    shutil.rmtree(target, ignore_errors=True)
    subprocess.run(["ninja", "-C", BUILD, *BUILT], check=True, stdout=subprocess.DEVNULL)
    meson("install", "-C", BUILD, "--no-rebuild", destdir=target)
    found = {}
    for folder, _, names in os.walk(target):
        for name in names:
            path = os.path.join(folder, name)
            found[os.path.relpath(path, target)] = stat.S_IMODE(os.stat(path).st_mode)
    return found


def listed():
    """What meson itself says it would install. Before 0.60 a script installs catalogs, and is not listed."""
    paths = {path.lstrip("/") for path in json.loads(meson("introspect", "--installed", BUILD)).values()}
    targets = {target["name"] for target in json.loads(meson("introspect", "--targets", BUILD))}
    return paths | ({GERMAN} if "virt-hotplug-gmo" in targets else set())


def unequal(found, wanted):
    faults = [f"{path} is missing" for path in sorted(wanted - found)]
    faults += [f"{path} should not be there" for path in sorted(found - wanted)]
    return "\n".join(faults)


def everything():
    found = installed()
    faults = [f"{path} has mode {mode:o}" for path, mode in found.items()
              if mode != (0o755 if path == PROGRAM else 0o644)]
    return "\n".join(filter(None, [unequal(set(found), EVERYTHING)] + faults))


def says_its_version():
    """The version has one source: what meson.build says is in the program and in the packages."""
    version = json.loads(meson("introspect", "--projectinfo", BUILD))["version"]
    program = os.path.join(FOLDER, "root", PROGRAM)
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    faults = [] if said == f"virt-hotplug {version}\n" else [f"the program says {said!r}"]
    faults += [f"{path} has another than {version}" for path, line in VERSIONS.items()
               if not starts_a_line(path, line.format(version))]
    return "\n".join(faults)


def starts_a_line(path, beginning):
    """Also when there is no such file: the source archive is without debian/."""
    path = os.path.join(TOP, path)
    if not os.path.exists(path):
        return True
    with open(path, encoding="utf-8") as text:
        return any(line.startswith(beginning) for line in text)


back = []  # what the next configuration has to undo


def turn(option, value, other):
    configure(*back, f"-D{option}={value}")
    back[:] = [f"-D{option}={other}"]


def without(option, value, other, gone, instead):
    turn(option, value, other)
    return unequal(listed(), EVERYTHING - gone | instead)


def with_tests():
    """They are built, and not installed."""
    def count():
        return len(json.loads(meson("introspect", "--tests", BUILD)))
    before = count()
    fault = without("tests", "true", "false", set(), set())
    return fault or (None if before == 0 < count() else f"{before} tests, then {count()}")


def knows_qemu():
    """(what config.h says, is it linked?)"""
    texts = []
    for name in ("config.h", "build.ninja"):
        with open(os.path.join(BUILD, name), encoding="utf-8") as text:
            texts.append(text.read())
    return "#define HAVE_LIBVIRT_QEMU 1\n" in texts[0], "libvirt-qemu.so" in texts[1]


def without_qemu():
    before = knows_qemu()
    turn("libvirt_qemu", "disabled", "auto")
    after = knows_qemu()
    return None if (before, after) == ((True, True), (False, False)) else f"{before}, then {after}"


def main():
    configure("-Ddocs=enabled", "-Dnls=enabled")
    try:
        return tap.run(
            [("everything is installed", everything), ("the version", says_its_version)] +
            [(f"-D{row[0]}={row[1]}", lambda row=row: without(*row)) for row in PARTS] +
            [("-Dlibvirt_qemu=disabled", without_qemu), ("-Dtests=true", with_tests)])
    finally:
        shutil.rmtree(FOLDER)


if __name__ == "__main__":
    sys.exit(main())
