# SPDX-License-Identifier: GPL-2.0-or-later
"""Two and three writers at once; libvirt's log in each of them says when it called what."""
import os
import re
import subprocess
import time

import faults
import lab as labs

RIVALS = ("virsh desc", "virsh define", "virt-xml", "ours", "ours and virsh desc", "ours twice")
WEIGHTS = (40, 15, 5, 25, 10, 5)
CHANGES = ("virDomainSetMetadata", "virDomainDefineXMLFlags", "virDomainDefineXML")
# Calls of libvirt's interface that do not leave the process.
LOCAL = ("virDomainGetName", "virDomainGetUUID", "virDomainGetUUIDString", "virDomainFree", "virDomainRef",
         "virDomainDispose", "virDomainGetID", "virDomainGetConnect")
CALL = re.compile(r"^\d+-\d+-\d+ (\d+):(\d+):([\d.]+)\+0000: \d+: debug : (vir(?:Domain|Connect)\w+):\d+ :")
SLACK = 0.002 # the log tells milliseconds


def logging_to(path):
    return dict(os.environ, LC_ALL="C.UTF-8", LIBVIRT_LOG_FILTERS="1:libvirt", LIBVIRT_LOG_OUTPUTS=f"1:file:{path}")


def calls(path, since=0):
    """(seconds of the day, function) of every call that goes to the daemon."""
    found = []
    if os.path.exists(path):
        with open(path, "rb") as file:
            file.seek(since)
            for line in file.read().decode(errors="replace").splitlines():
                match = CALL.match(line)
                if match and match.group(4) not in LOCAL:
                    hours, minutes, seconds = (float(part) for part in match.groups()[:3])
                    found.append((hours * 3600 + minutes * 60 + seconds, match.group(4)))
    return found


def window(made):
    """(begin, end, calls between) of the last read before the first define of a writer of ours; None without one."""
    names = [name for _, name in made]
    if "virDomainDefineXMLFlags" not in names:
        return None
    define = names.index("virDomainDefineXMLFlags")
    reads = [at for at in range(define) if names[at] == "virDomainGetXMLDesc"]
    after = made[define + 1][0] if define + 1 < len(made) else made[define][0] + 1
    return made[reads[-1]][0], after, define - reads[-1] - 1


class Shell:
    """A virsh that is connected already, so that its change arrives when it is asked for."""

    def __init__(self, lab):
        self.log = os.path.join(lab.folder, "shell.log")
        self.process = subprocess.Popen(["stdbuf", "-oL", "virsh", "-q", "-c", lab.local], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=logging_to(self.log))
        self.ask("version --daemon")

    def send(self, line):
        self.process.stdin.write(f"{line}\necho end-of-answer\n".encode())
        self.process.stdin.flush()

    def answer(self):
        """virsh repeats what it was told, so the word counts only at the beginning of a line."""
        said = b""
        while b"\nend-of-answer" not in said:
            more = os.read(self.process.stdout.fileno(), 65536)
            if not more:
                break
            said += more
        return said.decode()

    def ask(self, line):
        self.send(line)
        return self.answer()

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Arena:
    """A lab whose domain has one port a writer of ours, and a title for the others."""

    def __init__(self, lab, rng):
        self.lab, self.rng, self.turn = lab, rng, 0
        lab.define()
        begun = time.monotonic()
        self.off = dict.fromkeys(range(1, labs.PORTS + 1), False)
        for _ in range(2):
            self.write_alone(1)
        self.seconds = (time.monotonic() - begun) / 2
        self.backups = labs.Watch(lab.find_backups())
        self.shell = Shell(lab)

    def wish(self, port):
        return f"--port={port}={'default' if self.off[port] else 'off'}"

    def write_alone(self, port):
        done = self.lab.popen(self.wish(port))
        words = done.communicate(timeout=faults.LIMIT)[1].decode()
        if done.returncode != 0:
            raise labs.private.Failure(f"without a rival: {words}")
        self.off[port] = not self.off[port]

    def ports_off(self, text):
        found = {}
        for port in self.off:
            match = re.search(rb"<controller type='pci' index='%d'.*?</controller>" % port, text, re.S)
            found[port] = b"hotplug='off'" in match.group(0) if match else None
        return found


class Ours:
    """One run of our program that sets one port."""

    def __init__(self, arena, port):
        self.port, self.wanted = port, not arena.off[port]
        self.log = os.path.join(arena.lab.folder, f"ours-{port}.log")
        if os.path.exists(self.log):
            os.unlink(self.log)
        more = {key: value for key, value in logging_to(self.log).items() if key.startswith("LIBVIRT_LOG")}
        self.process = arena.lab.popen(arena.wish(port), more=more)

    def finish(self):
        self.status, self.words = faults.finish(self.process)
        self.calls = calls(self.log)
        self.window = window(self.calls)


def rival_text(arena, mark):
    """A definition as a careless writer makes it: read, changed, written whole."""
    text = re.sub(rb"<title>.*?</title>", b"<title>" + mark.encode() + b"</title>", arena.lab.dump())
    path = os.path.join(arena.lab.folder, "rival.xml")
    with open(path, "wb") as file:
        file.write(text)
    return path


def start_rival(arena, kind, mark):
    """What the rival does when told: a function that returns one that waits for its end."""
    lab, shell = arena.lab, arena.shell
    if kind == "virt-xml":
        words = ["virt-xml", "-c", lab.local, labs.NAME, "--edit", "--metadata", f"title={mark}"]
        env = logging_to(shell.log)
        return lambda: subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL, env=env).wait
    line = f"desc --config --title {labs.NAME} {mark}"
    if kind == "virsh define":
        line = f"define {rival_text(arena, mark)}"
    return lambda: (shell.send(line), shell.answer)[1]


def await_backup(arena, ours):
    end = time.monotonic() + faults.LIMIT
    while ours.process.poll() is None and time.monotonic() < end:
        if arena.backups.names(0.05):
            return


def fight(arena, kind, mark):
    """The rival strikes at a random moment, most often near the write. (ours, was one of them running)"""
    rng, wait = arena.rng, None
    theirs = None if kind in ("ours", "ours twice") else start_rival(arena, kind.replace("ours and ", ""), mark)
    ports = rng.sample(sorted(arena.off), {"ours": 2, "ours twice": 3, "ours and virsh desc": 2}.get(kind, 1))
    if kind == "virt-xml": # which takes its time to begin
        wait, theirs = theirs(), None
        time.sleep(rng.uniform(0.3, 1.5))
    ours = [Ours(arena, port) for port in ports]
    if theirs and rng.random() < 0.8:
        await_backup(arena, ours[0])
        time.sleep(rng.choice((0, rng.uniform(0, 0.01), rng.uniform(0, 0.03))))
    elif theirs:
        time.sleep(rng.uniform(0, arena.seconds))
    running = any(one.process.poll() is None for one in ours) or kind == "virt-xml"
    wait = theirs() if theirs else wait
    for each in ours:
        each.finish()
    return ours, running, wait() if wait else None


def explain(ours, taken, loser, changed):
    """Why an update is gone: told by one of ours, in the window of one, taken by a blind writer; else silent."""
    others = [each for each in ours if each is not loser]
    if any(each.status == 4 for each in others):
        return "told"
    times = changed if loser is None else [at for at, name in loser.calls if name in CHANGES]
    for each in others:
        if each.window and any(each.window[0] - SLACK <= at <= each.window[1] + SLACK for at in times):
            return "window"
    return "blind" if loser is not None and taken else "silent"


def one(arena, kind=None):
    kind = kind or arena.rng.choices(RIVALS, WEIGHTS)[0]
    arena.turn += 1
    mark = f"mark-{arena.turn}-of-{os.getpid()}"
    arena.backups.drain()
    since = os.path.getsize(arena.shell.log)
    ours, running, answer = fight(arena, kind, mark)
    changed = [at for at, name in calls(arena.shell.log, since) if name in CHANGES]
    text = arena.lab.dump()
    now = arena.ports_off(text)
    is_blind = kind in ("virsh define", "virt-xml")
    lost = [explain(ours, is_blind, each, changed) for each in ours if each.status == 0 and now[each.port] != each.wanted]
    if changed and "error" not in str(answer) and mark.encode() not in text:
        lost.append(explain(ours, is_blind, None, changed))
    every = changed + [at for each in ours for at, name in each.calls if name in CHANGES]
    hits = sum(1 for each in ours if each.window for at in every
               if each.window[0] <= at < each.window[1] and at not in [when for when, name in each.calls if name in CHANGES])
    arena.off = {port: bool(state) for port, state in now.items()}
    whole = labs.SECRET.encode() in text and None not in now.values()
    return {"kind": "contest", "transport": arena.lab.transport, "action": kind, "struck": running,
            "status": [each.status for each in ours], "lost": lost, "hits": hits,
            "between": max([each.window[2] for each in ours if each.window], default=0),
            "words": [faults.verdict(each.words) for each in ours],
            "right": whole and "silent" not in lost and all(each.status in (0, 3, 4) for each in ours)}
