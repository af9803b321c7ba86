#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What people read is in their language, and what programs read is the same in every language.

usage: test_language.py TOP, with VIRT_HOTPLUG in the environment

A fresh machine has no locale that gettext translates in (newer C libraries keep C.UTF-8 in
English), so one is made; the catalog is made from po/, whatever was built or installed.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import tap

TOP = sys.argv[1]
PROGRAM = os.environ["VIRT_HOTPLUG"]
DEMO = os.path.join(TOP, "data", "demo")
Q35 = os.path.join(DEMO, "q35-desktop.xml")
I440FX = os.path.join(DEMO, "i440fx-nested.xml")
CONTRADICTING = os.path.join(DEMO, "contradicting.xml")
FOLDER = tempfile.mkdtemp(prefix="vh-language-")
GERMAN = {"LC_ALL": "de_DE.UTF-8"}
LATIN = {"LC_ALL": "de_DE.ISO-8859-1"}
ENGLISH = {"LC_ALL": "C.UTF-8", "LANGUAGE": "en"}
# Words of both languages; short ones are found in names.
LEAST_LETTERS = 12


def make_locale(name, charmap):
    subprocess.run(["localedef", "--no-archive", "-i", "de_DE", "-f", charmap, os.path.join(FOLDER, name)],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def make_catalog():
    place = os.path.join(FOLDER, "catalogs", "de", "LC_MESSAGES")
    os.makedirs(place)
    subprocess.run(["msgfmt", "--output-file=" + os.path.join(place, "virt-hotplug.mo"),
                    os.path.join(TOP, "po", "de.po")], check=True)


def run(language, *words, stdin=b""):
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    environment.update(language, LOCPATH=FOLDER, VIRT_HOTPLUG_LOCALEDIR=os.path.join(FOLDER, "catalogs"),
                       XDG_STATE_HOME=os.path.join(FOLDER, "state"), XDG_CACHE_HOME=os.path.join(FOLDER, "cache"))
    return subprocess.run([PROGRAM, *words], input=stdin, env=environment, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=300, check=False)


def sentences():
    """What the catalog has other words for: without %, and long enough not to be a name."""
    text = subprocess.run(["msgattrib", "--translated", "--no-obsolete", "--no-wrap", os.path.join(TOP, "po", "de.po")],
                          stdout=subprocess.PIPE, check=True).stdout.decode()
    pairs = re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', text, re.M)
    return [one for one, other in pairs if one != other and "%" not in one and "\\" not in one and
            len(one) >= LEAST_LETTERS]


def without_blanks(text):
    """Lines may have been broken anywhere between words."""
    return " ".join(text.split())


def english_in(text):
    plain = without_blanks(text)
    return [one for one in sentences() if re.search(r"\b" + re.escape(one.strip(" .:")) + r"\b", plain)]


def speaks(*words, says, stdin=b""):
    """The fault: not all of it is German, or not what is expected."""
    done = run(GERMAN, *words, stdin=stdin)
    text = (done.stdout + done.stderr).decode()
    lacking = [one for one in says if one not in without_blanks(text)]
    if lacking:
        return f"{lacking} not in:\n{text}"
    return "\n".join(["English in it:", *english_in(text), text]) if english_in(text) else None


def same(*words, stdin=b""):
    """The fault: the bytes differ between languages, or there are none."""
    one, other = run(ENGLISH, *words, stdin=stdin), run(GERMAN, *words, stdin=stdin)
    if one.returncode != other.returncode or not one.stdout:
        return f"exit status {one.returncode} and {other.returncode}: {one.stderr.decode()}{other.stderr.decode()}"
    return None if (one.stdout, one.stderr) == (other.stdout, other.stderr) else \
        f"{one.stdout.decode()}{one.stderr.decode()}\n--- and:\n{other.stdout.decode()}{other.stderr.decode()}"


def same_file(name, *words):
    """Likewise of a file that is written."""
    written = []
    for language in (ENGLISH, GERMAN):
        path = os.path.join(FOLDER, name)
        done = run(language, *[word.replace("FILE", path) for word in words])
        if done.returncode:
            return done.stderr.decode()
        with open(path, "rb") as file:
            written.append(file.read())
        os.remove(path)
    return None if written[0] == written[1] and written[0] else "the files differ, or are empty"


def screens():
    """Every screen of a domain at 80x24: German, and no line runs out of it."""
    keys = os.path.join(FOLDER, "screens.keys")
    shots = "shot -\n" + "".join(f"{key}\nshot -\nEsc\n" for key in ("!", "f", "?", "E"))
    with open(keys, "w", encoding="utf-8") as file:
        file.write(f"size 80x24\nshot -\nB\nw\nshot -\nEsc\ni\n{shots}i\nDown\nDown\nDown\n{shots}p\nshot -\n")
    done = run(GERMAN, "--script=" + keys, Q35)
    text = done.stdout.decode()
    lines = text.splitlines()
    if done.returncode or len(lines) != 13 * 24:
        return f"exit status {done.returncode}, {len(lines)} lines: {done.stderr.decode()}"
    wide = [line for line in lines if len(line) > 80]
    lacking = [word for word in ("BUS ODER GERÄT", "* GEÄNDERT", "q Ende", "/ Suche", "Befunde") if word not in text]
    return "\n".join(wide + lacking + english_in(text)) or None


def keeps_english(language):
    done = run(language, "check", CONTRADICTING)
    told = done.stdout.decode("utf-8")
    return None if "warning:" in told and "Warnung" not in told else told


def cases():
    fit = ("fit", Q35, "e1000")
    dry = ("set", I440FX, "--root=off", "--qemu=7.2", "--dry-run")
    yield "show", lambda: speaks("show", I440FX, says=["Maschine", "ACPI-Root-Hotplug", "BUS ODER GERÄT"])
    yield "set --dry-run", lambda: speaks(*dry, says=["Dasselbe mit Befehlen:", "Nichts wurde geschrieben."])
    yield "check", lambda: speaks("check", CONTRADICTING, says=["Warnung:"])
    yield "fit", lambda: speaks(*fit, says=["konventionelles PCI", "passt nicht"])
    yield "an error", lambda: speaks("show", "/not/there.xml", says=["Fehler: /not/there.xml konnte nicht geöffnet werden"])
    yield "a usage error", lambda: speaks("show", says=["„show“ braucht eine Domain oder Datei."])
    yield "--help", lambda: speaks("set", "--help", says=["Nicht fragen"])
    yield "screens", screens
    for name in ("show", "check"):
        yield f"{name}, JSON", lambda n=name: same(n, CONTRADICTING, "--format=json")
    yield "an error within JSON", lambda: same("check", "/not/there.xml", "--format=json")
    yield "fit, JSON", lambda: same(*fit, "--format=json")
    yield "caps, JSON", lambda: same("caps", Q35, "--format=json")
    for form in ("svg", "dot"):
        yield f"show, {form}", lambda f=form: same("show", CONTRADICTING, "--format=" + f)
        yield f"set, {form}", lambda f=form: same("set", I440FX, "--root=off", "--print-" + f)
        yield f"show to a file named .{form}", lambda f=form: same_file("picture." + f, "show", Q35, "--output=FILE")
    yield "--print-diff", lambda: same("set", I440FX, "--root=off", "--print-diff")
    yield "--print-xml", lambda: same("set", I440FX, "--root=off", "--print-xml")
    yield "a recording", lambda: same_file("recording.caps", "caps", Q35, "--record=FILE")
    yield "English in C, whatever LANGUAGE says", lambda: keeps_english({"LC_ALL": "C", "LANGUAGE": "de"})
    yield "English in a locale that is not UTF-8", lambda: keeps_english(LATIN)


def main():
    make_locale("de_DE.UTF-8", "UTF-8")
    make_locale("de_DE.ISO-8859-1", "ISO-8859-1")
    make_catalog()
    return tap.run(list(cases()))


if __name__ == "__main__":
    try:
        sys.exit(main())
    finally:
        shutil.rmtree(FOLDER)
