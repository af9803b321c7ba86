#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The main job over every transport on loopback, and lines that are not as they should be.

usage: test_remote.py FOLDER-OF-THE-TESTS, with VIRT_HOTPLUG in the environment
"""
import concurrent.futures
import json
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path += [os.path.dirname(os.path.dirname(os.path.abspath(__file__))), os.path.join(sys.argv[1], "faults")]
import lab as labs
import others
import tap
import typist

PROGRAM = os.environ["VIRT_HOTPLUG"]
SLOW = float(os.environ.get("VH_TEST_SLOW", "1"))
LIMIT = 28 * max(SLOW, 1) # for a host that never answers: it is given up after 25 s


def run(lab, *words, uri=None, env=None):
    return subprocess.run([PROGRAM, *(["-c", uri or lab.uri] if uri != "" else []), *words], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=120, check=False,
                          env=env or lab.environment)


def told(done):
    return f"exit status {done.returncode}: {done.stdout[:300]}{done.stderr}"


# ---- the main job ----

def looks(lab):
    listed = run(lab, "list", "--format=json")
    shown = run(lab, "show", labs.NAME)
    if listed.returncode or shown.returncode:
        return told(listed) + told(shown)
    domain = json.loads(listed.stdout)["domains"][0]["domain"]
    if domain["name"] != labs.NAME or not domain["source"].startswith(lab.uri.partition(":")[0]):
        return str(domain)
    return None if "pcie-root-port" in shown.stdout else told(shown)


def writes_and_goes_back(lab):
    """What is written is there, in the history with its host, and gone after a revert."""
    before = lab.dump()
    done = run(lab, "set", labs.NAME, "--port=2=off", "--yes")
    if done.returncode or b"hotplug='off'" not in lab.dump():
        return told(done)
    entries = json.loads(run(lab, "history", labs.NAME, "--format=json").stdout)["entries"]
    if entries[0]["what"] != "port 2 off" or entries[0]["host"] != socket.gethostname():
        return str(entries)
    done = run(lab, "revert", labs.NAME, "--yes")
    return told(done) if done.returncode or lab.dump() != before else None


@typist.tells
def on_the_screen(lab):
    """Toggled and written; what somebody else does shows meanwhile."""
    before = lab.dump()
    with typist.Typist([PROGRAM, "-c", lab.uri, labs.NAME], lab.environment) as user:
        user.expect("pcie-root-port")
        lab.virsh("desc", labs.NAME, "--config", "--title", "--new-desc", "changed")
        lab.virsh("define", lab.write_dump())
        user.expect("elsewhere").type("r")
        # A port, since QEMU 5.2 has no switch for the bridges of q35.
        user.type("/2 pcie-root-port\r").type(" ").expect("UNSAVED").type("w").expect("default: no").type("y")
        user.expect("stored").type("q")
        status, said = user.finish()
    after = lab.dump()
    if status or b"hotplug='off'" not in after or b"<title>changed</title>" not in after:
        return f"exit status {status}: {said[-500:]}"
    lab.define()
    return None if lab.dump() == before else "it cannot be put back"


JOB = [looks, writes_and_goes_back, on_the_screen]


class Line(labs.Lab):
    def write_dump(self):
        path = os.path.join(self.folder, "dump.xml")
        with open(path, "wb") as file:
            file.write(self.dump())
        return path


# ---- lines that are not as they should be ----

def forget_keys():
    known = os.path.join(pwd.getpwnam("root").pw_dir, ".ssh", "known_hosts")
    if os.path.exists(known):
        os.unlink(known)


def unknown_key(lab):
    """Nobody can say yes to the key of the host."""
    forget_keys()
    uri = lab.uri.replace("&no_verify=1", "")
    done = run(lab, "list", uri=uri)
    return None if done.returncode == 1 and "Host key verification failed" in done.stderr and \
        "accept its key" in done.stderr else told(done)


@typist.tells
def asked_for_key(lab):
    """ssh asks on the terminal, before anything else is there."""
    forget_keys()
    uri = lab.uri.replace("&no_verify=1&no_tty=1", "")
    with typist.Typist([PROGRAM, "-c", uri, "list"], lab.environment) as user:
        status, said = user.expect("continue connecting").type("yes\r").expect(labs.NAME).finish()
    return None if status == 0 else said


@typist.tells
def wrong_password(lab):
    """ssh asks for it until it has enough."""
    uri = lab.uri.replace("/key&", "/no-key&").replace("&no_tty=1", "")
    with typist.Typist([PROGRAM, "-c", uri, "list"], lab.environment) as user:
        for _ in range(3):
            user.expect("assword:").type("wrong\r")
        status, said = user.finish()
    return None if status == 1 and "Permission denied" in said and "Log in there with ssh" in said else said


def no_such_host(lab):
    done = run(lab, "list", uri="qemu+tcp://nowhere.invalid/system")
    return None if done.returncode == 1 and "nowhere.invalid" in done.stderr and "name of the host" in done.stderr \
        else told(done)


def nobody_listens(lab):
    done = run(lab, "list", uri=f"qemu+tcp://127.0.0.1:{labs.free_port()}/system")
    return None if done.returncode == 1 and "Connection refused" in done.stderr and "--connect" in done.stderr \
        else told(done)


def strange_authority(lab):
    """A host whose certificate nobody vouches for."""
    other = os.path.join(lab.folder, "other")
    labs.make_certificates(other)
    done = run(lab, "list", uri=lab.uri.replace("/pki", "/other"))
    return None if done.returncode == 1 and "certificate" in done.stderr else told(done)


class Dead:
    """A host that takes the connection and never says a word; asked while the other cases run."""

    def __init__(self, lab, pool):
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.asked = pool.submit(self.ask, lab, f"qemu+tcp://127.0.0.1:{self.listening.getsockname()[1]}/system")

    @staticmethod
    def ask(lab, uri):
        begun = time.monotonic()
        return run(lab, "list", uri=uri), time.monotonic() - begun

    def fault(self):
        done, spent = self.asked.result()
        if done.returncode != 1 or "No answer" not in done.stderr:
            return told(done)
        return f"said after {spent:.1f} s" if spent > LIMIT else None


# ---- which connection ----

def by_default(lab):
    done = run(lab, "list", uri="", env=dict(lab.environment, LIBVIRT_DEFAULT_URI=lab.uri))
    return None if done.returncode == 0 and labs.NAME in done.stdout else told(done)


def by_alias(lab):
    """An alias, and the default, from a user's own configuration of libvirt."""
    home = os.path.join(lab.folder, "home-of-nobody")
    os.makedirs(os.path.join(home, "config", "libvirt"))
    with open(os.path.join(home, "config", "libvirt", "libvirt.conf"), "w", encoding="utf-8") as file:
        file.write(f'uri_aliases = [ "there={lab.uri}" ]\nuri_default = "{lab.uri}"\n')
    labs.quietly("chown", "-R", f"{others.NOBODY}:{others.NOBODY}", home)
    env = dict(lab.environment, HOME=home, XDG_CONFIG_HOME=home + "/config", XDG_STATE_HOME=home + "/state",
               XDG_CACHE_HOME=home + "/cache", ASAN_OPTIONS="detect_leaks=0")
    for name in ("LIBVIRT_DEFAULT_URI", "LIBVIRT_LOG_OUTPUTS", "LSAN_OPTIONS"):
        env.pop(name, None)
    program = others.program_for_all(PROGRAM, lab.folder)
    for words in (["-c", "there", "list"], ["list"], ["-c", "there", "-c", "there", "list"]):
        done = subprocess.run([program, *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, env=env, text=True,
                              stderr=subprocess.PIPE, timeout=120, check=False, **others.AS_NOBODY)
        if done.returncode or labs.NAME not in done.stdout:
            return f"{words}: {told(done)}"
    return None


MORE = {"unix": [by_default], "tcp": [by_alias, no_such_host, nobody_listens], "tls": [strange_authority],
        "ssh": [unknown_key, asked_for_key, wrong_password]}


def several(lines):
    """All at once, each in its place."""
    words = [word for line in lines for word in ("-c", line.uri)]
    done = subprocess.run([PROGRAM, *words, "list"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
                          stderr=subprocess.PIPE, env=lines[0].environment, timeout=120, check=False)
    found = [line.split()[:2] for line in done.stdout.splitlines()[1:]]
    return None if done.returncode == 0 and found == [[line.uri, labs.NAME] for line in lines] else told(done)


def missing():
    tools = [tool for tool in ("virsh", "openssl", "ssh", "ssh-keygen") if not shutil.which(tool)]
    absent = ", ".join(tools + ([] if labs.find_sshd() else ["an SSH server (dropbear)"]))
    if os.geteuid() != 0:
        return "only root can be a daemon of the system"
    return f"{absent} is not installed" if absent else labs.missing_daemon()


def play(line, played):
    """All of one transport, one after the other, while others play theirs."""
    for row, future in played:
        try:
            future.set_result(row(line))
        except Exception as broken: # pylint: disable=broad-except
            future.set_exception(broken)


def cases_of(lines, dead, pool):
    cases = []
    for line in lines:
        played = [(row, concurrent.futures.Future()) for row in JOB + MORE[line.transport]]
        pool.submit(play, line, played)
        cases += [(f"{row.__name__.replace('_', ' ')}, over {line.transport}", future.result) for row, future in played]
    return cases + [("several connections", lambda: several(lines)), ("a dead host", dead.fault)]


def main():
    if missing():
        return tap.skip(missing())
    labs.enter_namespace()
    scratch = tempfile.mkdtemp(prefix="vhr-", dir="/tmp")
    os.chmod(scratch, 0o755)
    labs.own_home(scratch)
    lines = [Line(os.path.join(scratch, transport), transport, labs.find_sshd()) for transport in labs.TRANSPORTS]
    try:
        with concurrent.futures.ThreadPoolExecutor(len(lines) + 1) as pool:
            dead = Dead(lines[0], pool)
            for line in lines:
                line.environment["XDG_CACHE_HOME"] = os.path.join(scratch, "cache")
                line.start()
                line.define()
            return tap.run(cases_of(lines, dead, pool))
    except labs.private.Failure as reason:
        return tap.fault(reason)
    finally:
        for line in lines:
            line.close()
        shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
