#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Denials by a real polkit: of the connection that may write, and of single calls by libvirt's access driver.

usage: test_polkit.py FOLDER-OF-THE-TESTS, with VIRT_HOTPLUG in the environment

A bus and a polkitd of their own serve a private daemon; its users are in its namespaces, where polkit looks
for their processes. Nothing of the system is asked or changed.
"""
import json
import os
import shutil
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

POLKITD = [path for path in ("/usr/lib/polkit-1/polkitd", "/usr/libexec/polkitd", "/usr/libexec/polkit-1/polkitd",
                             "/usr/lib/policykit-1/polkitd") if os.path.exists(path)]
HELPERS = ("/usr/lib/polkit-1/polkit-agent-helper-1", "/usr/libexec/polkit-agent-helper-1",
           "/usr/libexec/polkit-1/polkit-agent-helper-1")
# Where polkit reads its rules, now and before 0.106.
FOLDERS = ("/etc/polkit-1/rules.d", "/etc/polkit-1/localauthority/90-mandatory.d")
URI = "qemu:///system"
PASSWORD = "open sesame"
# uid: what polkit says to it
DENIED, WRITER, ASKED, NO_SECURE, NO_WRITE, NO_READ = range(61001, 61007)
NAMES = {DENIED: "denied", WRITER: "writer", ASKED: "asked", NO_SECURE: "nosecure", NO_WRITE: "nowrite",
         NO_READ: "noread"}
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><auth>EXTERNAL</auth><listen>unix:path=FOLDER/run/dbus/system_bus_socket</listen>
<policy context="default"><allow user="*"/><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>
"""
# uid: the calls that are refused; every other one is allowed, but that one is asked for a password.
REFUSED = {DENIED: ["org.libvirt.unix.manage"], NO_SECURE: ["org.libvirt.api.domain.read-secure"],
           NO_WRITE: ["org.libvirt.api.domain.write", "org.libvirt.api.domain.save"],
           NO_READ: ["org.libvirt.api.domain.read"]}
RULES = """polkit.addRule(function(action, subject) {
    var refused = %s;
    if (action.id.indexOf("org.libvirt.") != 0) return polkit.Result.NOT_HANDLED;
    if (subject.user == "asked" && action.id == "org.libvirt.unix.manage") return polkit.Result.AUTH_SELF;
    if (refused[subject.user] && refused[subject.user].indexOf(action.id) >= 0) return polkit.Result.NO;
    return polkit.Result.YES;
});
"""
# Only the helper of the agent reads it, in these namespaces.
PAM = "auth required pam_unix.so\naccount required pam_permit.so\nsession required pam_permit.so\n"


def users():
    """The list of users with ours."""
    with open("/etc/passwd", encoding="utf-8") as file:
        return file.read() + "".join(f"{name}:x:{uid}:{others.NOBODY}::/:/bin/sh\n" for uid, name in NAMES.items())


def rules():
    """What polkit reads from 0.106 on."""
    return RULES % json.dumps({NAMES[uid]: calls for uid, calls in REFUSED.items()})


def entries():
    """The same as polkit reads it before: the last that fits counts."""
    rows = [("*", "org.libvirt.*", "yes"), (NAMES[ASKED], "org.libvirt.unix.manage", "auth_self")]
    rows += [(NAMES[uid], call, "no") for uid, calls in REFUSED.items() for call in calls]
    return "".join(f"[{number}]\nIdentity=unix-user:{user}\nAction={call}\nResultAny={result}\nResultInactive={result}\n"
                   f"ResultActive={result}\n\n" for number, (user, call, result) in enumerate(rows))


class Court(labs.Lab):
    """A private daemon that asks a private polkit."""

    def __init__(self, folder):
        super().__init__(folder, "unix")
        self.bus = self.polkitd = None

    def start(self, more=""):
        self.start_bus()
        self.daemon_conf = labs.private.DAEMON_CONF
        labs.private.DAEMON_CONF = self.daemon_conf.replace('auth_unix_rw = "none"', 'auth_unix_rw = "polkit"')
        try:
            super().start('access_drivers = ["polkit"]\n' + more)
        finally:
            labs.private.DAEMON_CONF = self.daemon_conf
        self.furnish()
        self.start_polkitd()
        return self

    def write(self, name, text, mode=0o644):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(path, mode)
        return path

    def copy(self, path, mode):
        """Of the file, in the folder; owned by who runs this."""
        copied = shutil.copy(path, self.folder)
        os.chmod(copied, mode)
        return copied

    def start_bus(self):
        conf = self.write("bus.conf", BUS.replace("FOLDER", self.folder))
        os.makedirs(os.path.join(self.folder, "run", "dbus"))
        with open(os.path.join(self.folder, "bus.log"), "wb") as log:
            # It knows no users but those of its own list.
            self.bus = subprocess.Popen(
                [*others.unsharing(), "sh", "-c", 'mount --bind "$1" /etc/passwd && exec dbus-daemon --nofork '
                 '--nopidfile --config-file="$2"', "sh", self.write("passwd", users()), conf], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.await_file(os.path.join(self.folder, "run", "dbus", "system_bus_socket"))

    def await_file(self, path):
        end = time.monotonic() + labs.private.DEADLINE
        while not os.path.exists(path):
            if time.monotonic() > end:
                raise labs.private.Failure(f"{path} does not come")
            time.sleep(0.02)

    def inside(self):
        return ["nsenter", "-t", labs.private.read(self.folder, "daemon.pid"), "-m", "-r", "-p"]

    def furnish(self):
        """Users, their password, the rules and PAM, for those namespaces alone."""
        crypted = labs.quietly("openssl", "passwd", "-6", PASSWORD).decode().strip()
        shadow = "".join(f"{name}:{crypted}:19000:0:99999:7:::\n" for name in NAMES.values())
        self.write("rules/10-test.rules", rules())
        self.write("rules/10-test.pkla", entries())
        pairs = [(os.path.join(self.folder, "passwd"), "/etc/passwd"), (self.write("shadow", shadow, 0o600), "/etc/shadow")]
        pairs += [(os.path.join(self.folder, "rules"), path) for path in FOLDERS if os.path.exists(path)]
        pam = self.write("polkit-pam", PAM)
        pairs += [(pam, path) for path in ("/etc/pam.d/polkit-1", "/usr/lib/pam.d/polkit-1") if os.path.exists(path)]
        # From 127 on it is systemd that starts the helper as root; without systemd the agent does, as before.
        pairs += [(self.copy(path, 0o4755), path) for path in HELPERS if os.path.exists(path)]
        for source, target in pairs:
            labs.quietly(*self.inside()[:-1], "mount", "--bind", source, target)

    def start_polkitd(self):
        log = open(os.path.join(self.folder, "polkitd.log"), "ab")
        # What is fatal to our own programs is not for polkitd 126, which has such an error where a folder is missing.
        environment = {name: value for name, value in os.environ.items() if name != "G_DEBUG"}
        self.polkitd = subprocess.Popen([*self.inside(), POLKITD[0]], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                        env=environment)
        end = time.monotonic() + labs.private.DEADLINE
        while not self.serves():
            if time.monotonic() > end or self.polkitd.poll() is not None:
                raise labs.private.Failure("polkitd does not start: " + labs.private.read(self.folder, "polkitd.log"))
            time.sleep(0.05)

    def serves(self):
        """Is polkitd on the bus? Not each release of it logs that."""
        return b"true" in labs.quietly(
            "gdbus", "call", f"--address=unix:path={self.folder}/run/dbus/system_bus_socket", "--dest=org.freedesktop.DBus",
            "--object-path=/org/freedesktop/DBus", "--method=org.freedesktop.DBus.NameHasOwner",
            "org.freedesktop.PolicyKit1")

    def close(self):
        super().close()
        for process in (self.polkitd, self.bus):
            if process:
                process.kill()
                process.wait()

    def virsh(self, *words):
        """Access is checked by process: also that of root has to be inside."""
        return labs.quietly(*self.inside(), "virsh", "-q", "-c", URI, *words)

    def words(self, uid, *words):
        """The program as that user, inside."""
        home = os.path.join(self.folder, f"home-{uid}")
        os.makedirs(home, exist_ok=True)
        os.chown(home, uid, others.NOBODY)
        program = others.program_for_all(os.environ["VIRT_HOTPLUG"], self.folder)
        return [*self.inside(), "setpriv", f"--reuid={uid}", f"--regid={others.NOBODY}", "--clear-groups", "env",
                f"HOME={home}", f"XDG_STATE_HOME={home}/state", f"XDG_CACHE_HOME={home}/cache", program, "-c", URI,
                *words]

    def quiet_environment(self):
        env = dict(self.environment)
        for name in ("LIBVIRT_LOG_OUTPUTS", "LSAN_OPTIONS"):
            env.pop(name, None)
        env["ASAN_OPTIONS"] = env.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
        return env

    def run(self, uid, *words):
        return subprocess.run(self.words(uid, *words), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
                              stderr=subprocess.PIPE, env=self.quiet_environment(), timeout=120, check=False)

    def at_terminal(self, uid, *words):
        return typist.Typist(self.words(uid, *words), self.quiet_environment())


# Who, the words, the exit status, on standard output, on standard error
SET = ["set", labs.NAME, "--port=1=off", "--yes"]
ROWS = [
    ("a denied connection is opened read-only", DENIED, ["show", labs.NAME], 0, "pcie-root-port",
     "Trying read-only: nothing can be written."),
    ("and says what to do", DENIED, ["list"], 0, labs.NAME, "as a member of the group libvirt"),
    ("and writes nothing", DENIED, SET, 1, "", "access denied by policy"),
    ("read-only asked for is not denied", DENIED, ["-r", "list"], 0, labs.NAME, ""),
    ("without a terminal nobody is asked", ASKED, ["list"], 0, labs.NAME, "pkttyagent"),
    ("who may not see passwords may look", NO_SECURE, ["show", labs.NAME], 0, "pcie-root-port", ""),
    ("but not write, which would lose them", NO_SECURE, SET, 1, "", "nothing can be written"),
    ("who may not define is told by whom", NO_WRITE, SET, 1, "", "The access rules of this libvirt do not allow it"),
    ("and sees the difference", NO_WRITE, ["set", labs.NAME, "--port=1=off", "--print-diff"], 0, "hotplug='off'", ""),
    ("who may not read is told, too", NO_READ, ["show", labs.NAME], 1, "",
     "The access rules of this libvirt do not allow it"),
    ("a writer writes", WRITER, SET, 0, "", ""),
]


def case(court, row):
    name, uid, words, status, out, err = row

    def run():
        done = court.run(uid, *words)
        if done.returncode != status or out not in done.stdout or err not in done.stderr:
            return f"exit status {done.returncode}: {done.stderr}{done.stdout[:300]}"
        return "the password was told" if labs.SECRET in done.stdout + done.stderr else None
    return name, run


def asked(court, password, is_read_only):
    """The agent asks on the terminal, and is gone afterwards."""
    @typist.tells
    def run():
        with court.at_terminal(ASKED, "list") as user:
            user.expect("assword: ").type_unseen(password + "\n")
            found, said = user.finish()
        left = subprocess.run([*court.inside(), "pgrep", "-x", "pkttyagent"], stdout=subprocess.PIPE, check=False)
        if found != 0 or labs.NAME not in said or ("Trying read-only" in said) != is_read_only or password in said:
            return f"exit status {found}: {said}"
        return "the agent is still there" if left.stdout.strip() else None
    return run


@typist.tells
def no_agent(court):
    with court.at_terminal(ASKED, "--no-pkttyagent", "list") as user:
        status, said = user.finish()
    return None if status == 0 and "Trying read-only" in said and "assword: " not in said else said


def nothing_written(court, before):
    return None if court.dump() == before else "something was written"


def missing():
    if os.geteuid() != 0:
        return "only root can be somebody else"
    tools = ["virsh", "dbus-daemon", "gdbus", "pkttyagent", "nsenter", "setpriv", "openssl", "pgrep"]
    absent = [tool for tool in tools if not shutil.which(tool)] + ([] if POLKITD else ["polkitd"])
    return f"{', '.join(absent)} is not installed" if absent else labs.missing_daemon()


def main():
    if missing():
        return tap.skip(missing())
    scratch = tempfile.mkdtemp(prefix="vhp-", dir="/tmp")
    os.chmod(scratch, 0o755)
    court = Court(os.path.join(scratch, "lab"))
    try:
        court.start()
        court.define()
        before = court.dump()
        cases = [case(court, row) for row in ROWS]
        cases.insert(-1, ("nothing was written", lambda: nothing_written(court, before)))
        cases += [("the agent asks, and the password counts",
                   asked(court, PASSWORD, False)),
                  ("a wrong password: read-only", asked(court, "wrong", True)),
                  ("--no-pkttyagent asks nobody", lambda: no_agent(court))]
        return tap.run(cases)
    except labs.private.Failure as reason:
        return tap.fault(reason)
    finally:
        court.close()
        shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
