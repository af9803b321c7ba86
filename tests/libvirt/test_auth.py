#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A daemon that wants a name and a password (SASL): typed on the terminal, from auth.conf, or from nobody.

usage: test_auth.py FOLDER-OF-THE-TESTS, with VIRT_HOTPLUG in the environment
"""
import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path += [os.path.dirname(os.path.dirname(os.path.abspath(__file__))), os.path.join(sys.argv[1], "faults")]
import lab as labs
import tap
import typist

NAME, PASSWORD = "fred@test", "let me in"
# libvirt takes over tcp only what also encrypts, which of these is DIGEST-MD5 alone; that is what bullseye has, too.
MECHANISMS = {"tcp": "digest-md5", "unix": "scram-sha-256 digest-md5"}


class Gate(labs.Lab):
    """A private daemon that asks everybody for a name and a password."""

    def start(self, more=""):
        sasl = os.path.join(self.folder, "sasl")
        os.makedirs(sasl)
        with open(os.path.join(sasl, "libvirt.conf"), "w", encoding="utf-8") as file:
            file.write(f"mech_list: {MECHANISMS[self.transport]}\nsasldb_path: {self.folder}/passwd.db\n")
        name, _, realm = NAME.partition("@")
        subprocess.run(["saslpasswd2", "-p", "-c", "-f", f"{self.folder}/passwd.db", "-a", "libvirt", "-u", realm, name],
                       input=f"{PASSWORD}\n".encode(), check=True)
        original, kept = labs.private.DAEMON_CONF, os.environ.get("SASL_CONF_PATH")
        os.environ["SASL_CONF_PATH"] = sasl
        if self.transport == "tcp":
            self.conf = self.conf.replace('auth_tcp = "none"', 'auth_tcp = "sasl"')
        else:
            labs.private.DAEMON_CONF = original.replace('auth_unix_rw = "none"', 'auth_unix_rw = "sasl"')
        try:
            return super().start(more)
        finally:
            labs.private.DAEMON_CONF = original
            os.environ.pop("SASL_CONF_PATH")
            if kept:
                os.environ["SASL_CONF_PATH"] = kept

    def auth_file(self, password):
        path = os.path.join(self.folder, "auth.conf")
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"[credentials-test]\nauthname={NAME}\npassword={password}\n"
                       "[auth-libvirt-127.0.0.1]\ncredentials=test\n[auth-libvirt-localhost]\ncredentials=test\n")
        return dict(self.environment, LIBVIRT_AUTH_FILE=path)

    def words(self, *words):
        return [os.environ["VIRT_HOTPLUG"], "-c", self.uri, *words]

    def run(self, *words, env=None):
        return subprocess.run(self.words(*words), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
                              stderr=subprocess.PIPE, env=env or self.environment, timeout=120, check=False)

    def virsh(self, *words):
        env = dict(self.auth_file(PASSWORD))
        return labs.quietly("virsh", "-q", "-c", self.uri, *words, env=env)


def ends(done, status, words):
    if done.returncode == status and words in done.stdout + done.stderr and PASSWORD not in done.stdout + done.stderr:
        return None
    return f"exit status {done.returncode}: {done.stdout}{done.stderr}"


def from_file(gate):
    """auth.conf counts without a terminal, also for a write."""
    env = gate.auth_file(PASSWORD)
    return ends(gate.run("list", env=env), 0, labs.NAME) or \
        ends(gate.run("set", labs.NAME, "--port=1=off", "--yes", env=env), 0, "") or \
        (None if b"hotplug='off'" in gate.dump() else "it is not stored")


def wrong_in_file(gate):
    done = gate.run("list", env=gate.auth_file("wrong"))
    return ends(done, 1, "Check the user name and the password.") or \
        ("it tried again" if "read-only" in done.stderr else None)


def from_nobody(gate):
    return ends(gate.run("list"), 1, "Nobody answered")


@typist.tells
def typed(gate):
    """Not seen while it is typed, with a letter taken back; the result is what is on standard output."""
    with typist.Typist(["sh", "-c", f"\"$@\" >{gate.folder}/out", "sh", *gate.words("list", "--format=json")],
                       gate.environment) as user:
        user.expect("authentication name: ").type(f"{NAME}\r").expect("assword: ")
        hidden = not user.echoes()
        status, said = user.type(PASSWORD[:-1] + "x\x7f" + PASSWORD[-1] + "\r").finish()
    with open(os.path.join(gate.folder, "out"), encoding="utf-8") as file:
        out = file.read()
    if status != 0 or not out.startswith("{") or labs.NAME not in out:
        return f"exit status {status}: {said}{out[:200]}"
    return None if hidden and PASSWORD not in said + out else f"seen: {said}"


@typist.tells
def typed_wrong(gate):
    with typist.Typist(gate.words("list"), gate.environment) as user:
        user.expect("authentication name: ").type(f"{NAME}\r").expect("assword: ")
        status, said = user.type("wrong\r").finish()
    return None if status == 1 and "Check the user name and the password." in said and "read-only" not in said else said


@typist.tells
def cancelled(gate):
    """Ctrl-C ends it, and the terminal is as it was."""
    with typist.Typist(gate.words("list"), gate.environment) as user:
        user.expect("authentication name: ").type(f"{NAME}\r").expect("assword: ")
        status, said = user.type("let\x03").finish()
        echoes = user.echoes()
    return None if status == 1 and "Nobody answered" in said and echoes else f"{status}, echo {echoes}: {said}"


@typist.tells
def before_the_screen(gate):
    """The terminal UI begins when the question is answered."""
    with typist.Typist(gate.words(labs.NAME), gate.environment) as user:
        user.expect("authentication name: ").type(f"{NAME}\r").expect("assword: ").type(PASSWORD + "\r")
        status, said = user.expect("pcie-root-port").type("q").finish()
    return None if status == 0 and PASSWORD not in said else f"exit status {status}: {said[-300:]}"


@typist.tells
def several(gate):
    """Of several connections nobody is asked for one."""
    with typist.Typist(gate.words("-c", gate.uri, "list"), gate.environment) as user:
        status, said = user.finish()
    return None if status == 1 and said.count("Nobody answered") == 2 and "assword:" not in said else said


def missing():
    tools = [tool for tool in ("virsh", "saslpasswd2") if not shutil.which(tool, path=labs.private.SEARCH)]
    return "only root can be a daemon of the system" if os.geteuid() else \
        f"{', '.join(tools)} is not installed" if tools else labs.missing_daemon()


def main():
    if missing():
        return tap.skip(missing())
    scratch = tempfile.mkdtemp(prefix="vha-", dir="/tmp")
    gates = [Gate(os.path.join(scratch, transport), transport) for transport in MECHANISMS]
    try:
        cases = []
        for gate in gates:
            gate.start()
            gate.define()
            rows = [from_file, wrong_in_file, from_nobody, typed]
            if gate.transport == "tcp":
                rows += [typed_wrong, cancelled, before_the_screen, several]
            cases += [(f"{row.__name__.replace('_', ' ')}, {MECHANISMS[gate.transport]} over {gate.transport}",
                       lambda row=row, gate=gate: row(gate)) for row in rows]
        return tap.run(cases)
    except labs.private.Failure as reason:
        return tap.fault(reason)
    finally:
        for gate in gates:
            gate.close()
        shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
