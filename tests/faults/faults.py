# SPDX-License-Identifier: GPL-2.0-or-later
"""A daemon that is killed, stopped, cut off or out of room while our program writes."""
import os
import signal
import subprocess
import time
import xml.etree.ElementTree

import lab as labs

LIMIT = 150
ACTIONS = ("kill", "kill-restart", "hang-short", "hang-long", "unlink-kill")
TRIGGERS = ("any", "backup", "backup", "backup", "begun", "renamed")
UNKNOWN = ("is not known", "could not be read back")


def other_wish(is_off):
    return f"--port=1={'default' if is_off else 'off'}"


class Stage:
    """A lab with the two texts that may be there."""

    def __init__(self, lab, rng):
        self.lab, self.rng = lab, rng
        lab.define()
        texts = [lab.dump()]
        self.seconds = []
        for wish in ("--port=1=off", "--port=1=default"):
            begun = time.monotonic()
            done = subprocess.run(lab.command(wish), env=lab.environment, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=LIMIT, check=False)
            self.seconds.append(time.monotonic() - begun)
            if done.returncode != 0:
                raise labs.private.Failure(f"without a fault: {done.stderr.decode()}")
            texts.append(lab.dump())
        if texts[0] != texts[2] or texts[0] == texts[1]:
            raise labs.private.Failure("off and default again is not the same text")
        self.texts = texts[:2]
        self.is_off = False
        self.backups = labs.Watch(lab.find_backups())
        self.files = labs.Watch(lab.stored)

    def await_trigger(self, trigger, process):
        """True when the moment came while the program ran."""
        if trigger == "any":
            time.sleep(self.rng.uniform(0, self.seconds[-1]))
            return process.poll() is None
        watch = self.backups if trigger == "backup" else self.files
        end = time.monotonic() + LIMIT
        while process.poll() is None and time.monotonic() < end:
            for name, renamed in watch.names(0.05):
                if trigger == "backup" or renamed == (trigger == "renamed"):
                    time.sleep({"backup": self.rng.uniform(0, 0.04), "begun": 0,
                                "renamed": self.rng.uniform(0, 0.02)}[trigger])
                    return process.poll() is None
        return False

    def stored(self):
        """old, new, lost or torn; and whether the file of the daemon is whole."""
        try:
            text = self.lab.dump()
        except labs.private.Failure:
            return "lost"
        try:
            xml.etree.ElementTree.fromstring(self.lab.on_disk())
        except (OSError, xml.etree.ElementTree.ParseError):
            return "torn"
        if text not in self.texts:
            return "torn" if labs.SECRET.encode() in text else "lost"
        return "old" if text == self.texts[self.is_off] else "new"

    def settle(self, row):
        row["stored"] = self.stored()
        if row["stored"] == "new":
            self.is_off = not self.is_off
        elif row["stored"] != "old":
            self.lab.define()
            self.is_off = False
        return row


def claim_of(status, message):
    if status == 0:
        return "new"
    if any(words in message for words in UNKNOWN):
        return "unknown"
    if "Someone else" in message or "someone else" in message or "neither the old nor" in message:
        return "other"
    return "old"


def hurt(stage, action):
    """Returns what to do when the program has ended."""
    lab, rng = stage.lab, stage.rng
    if action.startswith("hang"):
        lab.signal(signal.SIGSTOP)
        # Around the 4 s after which a dead peer is noticed, or long after all has been given up.
        time.sleep(rng.choice((rng.uniform(0, 1), rng.uniform(3.5, 6))) if action == "hang-short" else 0)
        if action == "hang-short":
            lab.signal(signal.SIGCONT)
        return lambda: lab.signal(signal.SIGCONT)
    if action == "unlink-kill":
        os.unlink(os.path.join(lab.folder, "run", "libvirt", "libvirt-sock"))
        time.sleep(rng.uniform(0, 0.02))
    lab.signal(signal.SIGKILL)
    if action == "kill-restart":
        time.sleep(rng.uniform(0, 0.1))
        lab.end()
        lab.start()
        return lambda: None

    def again():
        lab.end()
        lab.start()
    return again


def verdict(words):
    """The line that says how it ended: the error, else the last one."""
    lines = words.strip().splitlines() or [""]
    return next((line for line in lines if line.startswith("error: ")), lines[-1])


def finish(process):
    try:
        words = process.communicate(timeout=LIMIT)[1].decode()
        return process.returncode, words
    except subprocess.TimeoutExpired:
        process.kill()
        return -1, process.communicate()[1].decode()


def one(stage, action=None):
    """One write with one fault, and what is there afterwards."""
    rng = stage.rng
    action = action or rng.choice(ACTIONS)
    if action == "hang-long" and stage.lab.transport != "unix" and rng.random() < 0.8:
        action = "hang-short" # a far peer is only given up after 20 s
    trigger = rng.choice(TRIGGERS)
    stage.backups.drain()
    stage.files.drain()
    process = stage.lab.popen(other_wish(stage.is_off))
    begun = time.monotonic()
    struck = stage.await_trigger(trigger, process)
    after = hurt(stage, action) if struck else (lambda: None)
    status, words = finish(process)
    spent = time.monotonic() - begun
    after()
    row = {"kind": "fault", "transport": stage.lab.transport, "action": action, "trigger": trigger, "struck": struck,
           "status": status, "claim": claim_of(status, words), "seconds": round(spent, 2),
           "words": verdict(words)}
    stage.settle(row)
    row["right"] = row["claim"] in (row["stored"], "unknown") and status >= 0
    return row


def full_disk(stage, free):
    """The file system under the daemon has `free` bytes left."""
    path = os.path.join(stage.lab.folder, "etc", "ballast")
    room = os.statvfs(stage.lab.stored)
    with open(path, "wb") as file:
        try:
            os.posix_fallocate(file.fileno(), 0, max(room.f_bavail * room.f_frsize - free, 1))
        except OSError:
            pass
    status, words = finish(stage.lab.popen(other_wish(stage.is_off)))
    os.unlink(path)
    row = {"kind": "full", "transport": stage.lab.transport, "action": "full", "struck": True, "status": status,
           "claim": claim_of(status, words), "words": verdict(words)}
    stage.settle(row)
    row["right"] = row["claim"] == row["stored"]
    return row
