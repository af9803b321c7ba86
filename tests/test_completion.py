#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Completion: what the program offers, that nobody is asked for a password, and the real shells.

usage: test_completion.py FOLDER-OF-THE-SCRIPTS, with VIRT_HOTPLUG in the environment
"""
import os
import pty
import select
import shutil
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
import tap

SCRIPTS = os.path.abspath(sys.argv[1])
PROGRAM = os.path.abspath(os.environ["VIRT_HOTPLUG"])
SLOW = int(os.environ.get("VH_TEST_SLOW") or 1)
FOLDER = tempfile.mkdtemp(prefix="vh-completion-")
HERE = os.path.join(FOLDER, "here")
TOOLS = os.path.join(FOLDER, "tools")
RAN = os.path.join(FOLDER, "ran")
ASKED = os.path.join(FOLDER, "asked")

DOMAIN = "<domain type='test'><name>{}</name><memory>1024</memory><os><type>hvm</type></os></domain>"
# Names that a shell must not see as they are, or that would be taken for something else.
NAMES = ["web", "two words", "colon:1", "esc\x9b2J", "-c", "list"]
NODE = "<node>{}<cpu><mhz>1</mhz><model>x</model></cpu>{}</node>"
AUTH = "<auth><user password='secret'>admin</user></auth>"
SSH = f"#!/bin/sh\n(exec </dev/tty) 2>/dev/null && echo terminal >{ASKED} || echo nobody >{ASKED}\nexit 1\n"
# In the shells the program says what it was run with; of completion it knows itself.
RECORDER = f'#!/bin/sh\n[ "$1" = --complete ] && exec {PROGRAM} "$@"\nprintf "%s\\n" "$@" >{RAN}.new\nmv {RAN}.new {RAN}\n'

FILES = ["files"]
# (the words up to the cursor, offered, not offered)
OFFERS = [
    ([""], ["show", "set", "list", "check", "fit", "caps", "history", "revert", "report", "web", "./here.xml"],
     ["--quiet", "here.xml", "./other.txt"]),
    (["--"], ["--connect=", "--readonly", "--ascii", "--demo", "--help"], ["--print-xml", "show"]),
    (["-"], ["--connect="], ["web"]),
    (["set", "--"], ["--print-xml", "--root=", "--quiet", "--print-svg"], ["--record=", "--format="]),
    (["caps", "--"], ["--record=", "--readonly"], ["--root="]),
    (["set", "--root="], ["--root=on", "--root=off", "--root=default"], ["./here.xml", "web"]),
    (["set", "--root", ""], ["on", "off", "default"], ["web"]),
    (["set", "--port="], [], ["--port=on", "web"]),
    (["set", "--port=3="], ["--port=3=on", "--port=3=default"], []),
    (["set", "--policy="], ["--policy=lock-occupied", "--policy=native"], []),
    (["--look="], ["--look=high-contrast"], ["web"]),
    (["show", "--format="], ["--format=svg", "--format=text"], []),
    (["list", "--format="], ["--format=json"], ["--format=svg"]),
    (["show", "--format="], ["--format=tree"], []),
    (["check", "--"], ["--fix", "--dry-run"], ["--print-xml"]),
    (["list", "--"], ["--columns="], ["--fix"]),
    (["report", "--"], ["--output=", "--quiet"], ["--format="]),
    (["report", ""], ["web"], ["show"]),
    (["list", ""], [], ["web", "./here.xml", "show"]),
    (["set", "--from="], FILES, ["web"]),
    (["set", "--from", ""], FILES, []),
    (["--script", ""], FILES, ["show", "web"]),
    (["show", "./"], FILES, ["web"]),
    (["-c", ""], ["qemu:///system"], ["show", "web"]),
    (["--connect="], ["--connect=qemu:///session"], []),
    (["--machine", ""], [], ["show", "web"]),
    (["-r", ""], ["show", "web"], []),
    (["show", ""], ["web", "two words", "colon:1", "list"], ["show", "set", "esc\x9b2J", "-c"]),
    (["--", ""], ["web", "list"], ["show"]),
    (["show", "web", ""], [], ["web", "show"]),
    (["check", "web", ""], ["web"], ["show"]),
    (["fit", "web", ""], ["virtio-net", "hostdev"], ["web"]),
    (["-c", "test:///default", "show", ""], ["test"], ["web"]),
    (["--connect=test:///default", "show", ""], ["test"], ["web"]),
    (["-ctest:///default", "show", ""], ["test"], ["web"]),
    (["-c", "no:///such", "show", ""], ["./here.xml"], ["web"]),
    (["-c", "test:///default", "-c", ""], ["qemu:///system"], ["show", "web"]),
    (["-c", "test:///default", "-c", "b", ""], ["list", "check"], []),
    (["--demo", "show", ""], ["q35-numa"], ["web"]),
]

# What is typed up to Tab, and what the program is run with at Enter.
TYPED = [
    ("chec\tweb", ["check", "web"]),
    ("set --brid\tde\tweb", ["set", "--bridge=default", "web"]),
    ("set --root=def\tweb", ["set", "--root=default", "web"]),
    ("show we\t", ["show", "web"]),
    ("show two\t", ["show", "two words"]),
    ("show colo\t", ["show", "colon:1"]),
    ("show ./her\t", ["show", "./here.xml"]),
    ("set web --from=her\t", ["set", "web", "--from=here.xml"]),
    ("-c test:///default show te\t", ["-c", "test:///default", "show", "test"]),
    ("fit web vmp\t", ["fit", "web", "vmpvscsi"]),
]

SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"],
             f"source {SCRIPTS}/virt-hotplug.bash; bind 'set enable-bracketed-paste off'"),
    "zsh": (["zsh", "-f", "-i"],
            f"fpath=({FOLDER} $fpath); autoload -Uz compinit; compinit -u -D"),
    "fish": (["fish", "--interactive"], f"source {SCRIPTS}/virt-hotplug.fish"),
}


def write(path, text, mode=0o644):
    with open(path, "w", encoding="utf-8") as out:
        out.write(text)
    os.chmod(path, mode)
    return path


def node(name, head=""):
    """A URI of libvirt's test driver with the domains."""
    text = NODE.format(head, "".join(DOMAIN.format(one) for one in NAMES))
    return f"test://{write(os.path.join(FOLDER, name), text)}"


def environment(uri):
    return {**os.environ, "LC_ALL": "C.UTF-8", "HOME": FOLDER, "TERM": "xterm", "PS1": "> ",
            "LIBVIRT_DEFAULT_URI": uri, "PATH": f"{TOOLS}:{os.environ['PATH']}",
            "XDG_CONFIG_HOME": FOLDER, "XDG_DATA_HOME": FOLDER, "XDG_CACHE_HOME": FOLDER}


def offers(words, uri):
    done = subprocess.run([PROGRAM, "--complete", *words], cwd=HERE, env=environment(uri),
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    kind, *lines = done.stdout.splitlines() or [""]
    offered = FILES if kind == "files" else [line.split("\t")[0] for line in lines]
    return offered, done.stderr if kind in ("files", "words") else f"{done.stdout}{done.stderr}"


def offer_case(uri, words, wanted, unwanted):
    offered, errors = offers(words, uri)
    wrong = [w for w in wanted if w not in offered] + [w for w in unwanted if w in offered]
    return f"wrong: {wrong}\noffered: {offered}\n{errors}" if wrong or errors else None


class Terminal:
    """A program on a terminal of its own, whose output is kept."""

    def __init__(self, command, env):
        self.said = b""
        self.child, self.master = pty.fork()
        if self.child == 0:
            os.chdir(HERE)
            os.execvpe(command[0], command, env)

    def wait_for(self, done):
        """Reads until done() holds, or the program ends; False at the deadline."""
        deadline = time.monotonic() + 20 * SLOW
        while not done():
            if time.monotonic() > deadline:
                return False
            if select.select([self.master], [], [], 0.05)[0]:
                try:
                    self.said += os.read(self.master, 65536)
                except OSError:
                    return done()
        return True

    def type(self, text):
        os.write(self.master, text.encode())

    def close(self):
        os.close(self.master)  # hangs up
        os.waitpid(self.child, 0)


def on_terminal(command, env, done=lambda said: False):
    """What a program that a shell runs says, until done(said) holds or it ends."""
    terminal = Terminal(["sh", "-c", '"$@"; :', "sh", *command], env)
    terminal.wait_for(lambda: done(terminal.said))
    terminal.close()
    return terminal.said


def asks_for_no_name():
    """Where `list` asks for a user and a password, completion gets no domains and says nothing."""
    env = environment(node("auth.xml", AUTH))
    asked = on_terminal([PROGRAM, "list"], env, lambda said: b"admin" in said or b"nter" in said)
    if b"nter" not in asked:
        return f"this libvirt asks for nothing, so that nothing is tested: {asked}"
    said = on_terminal([PROGRAM, "--complete", "show", ""], env)
    return None if said == b"words\r\n./here.xml\t\r\n" else f"said {said}"


def ssh_finds_no_terminal():
    """ssh asks by itself, on the terminal that it belongs to."""
    ssh = write(os.path.join(TOOLS, "fake-ssh"), SSH, 0o755)
    uri = f"qemu+ssh://nobody@localhost/system?command={ssh}"
    answers = []
    for words in (["list"], ["--complete", "show", ""]):
        on_terminal([PROGRAM, *words], environment(uri))
        if os.path.exists(ASKED):
            with open(ASKED, encoding="utf-8") as text:
                answers.append(text.read().strip())
            os.remove(ASKED)
    return None if answers == ["terminal", "nobody"] else f"{answers}"


def does_not_hang():
    """Of a libvirt that does not answer, one who pressed Tab hears after two seconds."""
    ssh = write(os.path.join(TOOLS, "slow-ssh"), "#!/bin/sh\nexec sleep 30\n", 0o755)
    start = time.monotonic()
    offered, errors = offers(["show", ""], f"qemu+ssh://localhost/system?command={ssh}")
    took = time.monotonic() - start
    good = offered == ["./here.xml"] and not errors and took < 2.5 * SLOW + 2
    return None if good else f"{took:.1f} s, {offered}, {errors}"


def shell_case(shell, typed, wanted):
    command, setup = SHELLS[shell]
    if not shutil.which(command[0]):
        raise tap.Skip(f"{shell} is not installed")
    if os.path.exists(RAN):
        os.remove(RAN)
    terminal = Terminal(command, environment(node("node.xml")))
    try:
        terminal.type(f" {setup}; echo rea''dy\r")
        if not terminal.wait_for(lambda: b"ready" in terminal.said):
            return f"the shell is not ready: {terminal.said}"
        terminal.type(f"virt-hotplug {typed}\r")
        if not terminal.wait_for(lambda: os.path.exists(RAN)):
            return f"the program was not run: {terminal.said}"
    finally:
        terminal.close()
    with open(RAN, encoding="utf-8") as text:
        ran = text.read().splitlines()
    return None if ran == wanted else f"it was run with {ran}\n{terminal.said}"


def prepare():
    for folder in (HERE, TOOLS):
        os.mkdir(folder)
    for name in ("here.xml", "other.txt"):
        write(os.path.join(HERE, name), "")
    write(os.path.join(TOOLS, "virt-hotplug"), RECORDER, 0o755)
    shutil.copyfile(os.path.join(SCRIPTS, "virt-hotplug.zsh"), os.path.join(FOLDER, "_virt-hotplug"))


def main():
    prepare()
    uri = node("node.xml")
    cases = [(" ".join(row[0]) or "nothing", lambda row=row: offer_case(uri, *row)) for row in OFFERS]
    cases += [("no name and no password is asked for", asks_for_no_name),
              ("ssh finds no terminal to ask on", ssh_finds_no_terminal),
              ("who does not answer is not waited for", does_not_hang)]
    cases += [(f"{shell}: {typed!r}", lambda s=shell, t=typed, w=wanted: shell_case(s, t, w))
              for shell in SHELLS for typed, wanted in TYPED]
    try:
        return tap.run(cases)
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)  # fish may still write there


if __name__ == "__main__":
    sys.exit(main())
