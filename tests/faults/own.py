# SPDX-License-Identifier: GPL-2.0-or-later
"""Our own process killed: at every system call of a file's write and its backup, and at random moments."""
import glob
import os
import re
import shutil
import subprocess
import time

HERE = os.path.dirname(os.path.abspath(__file__))
DEMO = os.path.join(HERE, "..", "..", "data", "demo", "pc-q35-6.2.xml")
TRACED = "openat,mkdir,write,fsync,rename,renameat,renameat2,unlink,fchmod,fchown,close,fsetxattr"


class Desk:
    """One file that is written to and fro, and what it may hold."""

    def __init__(self, folder):
        os.makedirs(folder)
        self.path = os.path.join(folder, "domain.xml")
        self.state = os.path.join(folder, "state")
        self.env = dict(os.environ, LC_ALL="C.UTF-8", XDG_STATE_HOME=self.state,
                        XDG_CACHE_HOME=os.path.join(folder, "cache"))
        shutil.copyfile(DEMO, self.path)
        self.texts = [self.read()]
        subprocess.run(self.command(False), env=self.env, stderr=subprocess.DEVNULL, check=True)
        self.texts.append(self.read())
        self.is_off = True

    def read(self):
        with open(self.path, "rb") as file:
            return file.read()

    def command(self, is_off):
        return [os.environ["VIRT_HOTPLUG"], "set", self.path, f"--port=1={'default' if is_off else 'off'}", "--yes"]

    def judge(self, how, status):
        text = self.read()
        whole = text in self.texts
        old = whole and text == self.texts[self.is_off]
        backups = glob.glob(os.path.join(self.state, "**", "*.xml"), recursive=True)
        torn = []
        for backup in backups:
            with open(backup, "rb") as file:
                if file.read() not in self.texts:
                    torn.append(os.path.basename(backup))
        left = len(glob.glob(os.path.join(os.path.dirname(self.path), ".virt-hotplug-*")))
        for path in glob.glob(os.path.join(os.path.dirname(self.path), ".virt-hotplug-*")):
            os.unlink(path)
        self.is_off = not self.is_off if whole and not old else self.is_off
        right = whole and not torn and not (status == 0 and old)
        return {"kind": "own", "action": how, "transport": "file", "struck": status < 0 or status > 128,
                "status": status, "stored": ("old" if old else "new") if whole else "torn", "left": left,
                "words": "torn backups: " + " ".join(torn) if torn else "", "right": right}


def count_calls(desk, log):
    subprocess.run(["strace", "-f", "-o", log, "-e", f"trace={TRACED}", *desk.command(desk.is_off)], env=desk.env,
                   stderr=subprocess.DEVNULL, check=True)
    desk.is_off = not desk.is_off
    with open(log, encoding="utf-8", errors="replace") as file:
        lines = [re.match(r"\d+ +(\w+)\(", line) for line in file]
    names = [match.group(1) for match in lines if match]
    with open(log, encoding="utf-8", errors="replace") as file:
        text = file.read()
    return names, text


def first_of_backup(text):
    """How many calls of each kind came before the first that names the folder of the backups."""
    counts = {}
    for line in text.splitlines():
        match = re.match(r"\d+ +(\w+)\(", line)
        if not match:
            continue
        if "/state" in line:
            return counts
        counts[match.group(1)] = counts.get(match.group(1), 0) + 1
    return counts


def at_every_call(folder):
    """A row for each system call from the backup on: it is the last thing that the process does."""
    if not shutil.which("strace"):
        return
    desk = Desk(folder)
    log = os.path.join(folder, "strace.log")
    try:
        names, text = count_calls(desk, log)
    except subprocess.CalledProcessError:
        return
    before = first_of_backup(text)
    for name in sorted(set(names)):
        for number in range(before.get(name, 0) + 1, names.count(name) + 1):
            words = ["strace", "-f", "-o", "/dev/null", "-e", f"trace={name}",
                     "-e", f"inject={name}:signal=SIGKILL:when={number}"]
            done = subprocess.run([*words, *desk.command(desk.is_off)], env=desk.env, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL, check=False)
            yield desk.judge(f"killed at {name}", done.returncode)


def at_random(folder, rng, count):
    desk = Desk(folder)
    begun = time.monotonic()
    subprocess.run(desk.command(desk.is_off), env=desk.env, stderr=subprocess.DEVNULL, check=True)
    desk.is_off = not desk.is_off
    spent = time.monotonic() - begun
    for _ in range(count):
        process = subprocess.Popen(desk.command(desk.is_off), env=desk.env, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(rng.uniform(0, spent))
        process.kill()
        yield desk.judge("killed at random", process.wait())
