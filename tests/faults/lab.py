# SPDX-License-Identifier: GPL-2.0-or-later
"""Private daemons reached over unix, tcp, tls and ssh on loopback, and the domain that is written there."""
import ctypes
import importlib.machinery
import importlib.util
import os
import pwd
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
import machine_type
import others

TRANSPORTS = ("unix", "tcp", "tls", "ssh")
NAME = "contested"
UUID = "0f5e1a52-77aa-4c5e-9d0c-1d6f0a9b1234"
PORTS = 4
SECRET = "hunter2"
IN_CREATE, IN_MOVED_TO = 0x100, 0x80

DOMAIN = f"""<domain type='qemu'>
  <name>{NAME}</name><uuid>{UUID}</uuid><title>kept</title>
  <memory unit='MiB'>64</memory><vcpu>1</vcpu>
  <os><type arch='x86_64' machine='{machine_type.find("pc-q35-7.2")}'>hvm</type></os>
  <features><acpi/></features>
  <devices>
    <controller type='pci' index='0' model='pcie-root'/>
    {''.join(f"<controller type='pci' index='{i}' model='pcie-root-port'/>" for i in range(1, PORTS + 1))}
    <graphics type='vnc' port='-1' autoport='yes' passwd='{SECRET}'/>
  </devices>
</domain>
"""


def _load_private():
    path = os.path.join(HERE, "..", "libvirt", "private-libvirtd")
    loader = importlib.machinery.SourceFileLoader("private_libvirtd", path)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


private = _load_private()


def missing_daemon():
    """Why there is no private daemon; None."""
    try:
        private.find_daemon()
    except private.Failure as missing:
        return str(missing)
    return None


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def quietly(*words, **more):
    """What it printed. A Failure says what went wrong."""
    done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
                          **more)
    if done.returncode != 0:
        raise private.Failure(f"{' '.join(words)}: {done.stderr.decode(errors='replace')}")
    return done.stdout


def make_certificates(folder):
    """An authority of its own, and one certificate for both ends."""
    os.makedirs(folder)
    extensions = os.path.join(folder, "extensions")
    with open(extensions, "w", encoding="utf-8") as file:
        file.write("subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth,clientAuth\n"
                   "keyUsage=digitalSignature,keyEncipherment\n")
    quietly("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=faults", "-days", "2",
            "-addext", "keyUsage=keyCertSign", "-keyout", "cakey.pem", "-out", "cacert.pem", cwd=folder)
    for name in ("server", "client"):
        quietly("openssl", "req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost",
                "-keyout", f"{name}key.pem", "-out", f"{name}.csr", cwd=folder)
        quietly("openssl", "x509", "-req", "-in", f"{name}.csr", "-CA", "cacert.pem", "-CAkey", "cakey.pem",
                "-CAcreateserial", "-days", "2", "-extfile", extensions, "-out", f"{name}cert.pem", cwd=folder)


def find_sshd():
    """dropbear's package, unlike others, starts no server by itself."""
    places = "/usr/sbin:/usr/local/sbin"
    return shutil.which("sshd", path=places) or shutil.which("dropbear", path=places)


class Watch:
    """What appears in a folder, told at once by inotify."""

    def __init__(self, folder):
        self.libc = ctypes.CDLL(None, use_errno=True)
        self.fd = self.libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        os.makedirs(folder, exist_ok=True)
        self.libc.inotify_add_watch(self.fd, os.fsencode(folder), IN_CREATE | IN_MOVED_TO)

    def drain(self):
        while self.names(0):
            pass

    def names(self, seconds):
        """(name, was renamed to it) pairs."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return []
        data, found = os.read(self.fd, 65536), []
        while data:
            _, mask, _, length = struct.unpack_from("iIII", data)
            found.append((data[16:16 + length].rstrip(b"\0").decode(), bool(mask & IN_MOVED_TO)))
            data = data[16 + length:]
        return found


class Lab:
    """One private daemon and the way to it."""

    def __init__(self, folder, transport, sshd=None):
        self.folder, self.transport, self.sshd_binary = folder, transport, sshd
        self.port = free_port()
        self.sshd = None
        os.makedirs(folder, exist_ok=True)
        self.environment = dict(os.environ, LC_ALL="C.UTF-8", XDG_STATE_HOME=os.path.join(folder, "state"),
                                XDG_CACHE_HOME=os.path.join(folder, "own-cache"))
        self.stored = os.path.join(folder, "etc", "qemu")
        self.local = f"qemu+unix:///system?socket={folder}/run/libvirt/libvirt-sock"
        self.uri = self.prepare()

    def prepare(self):
        conf, listen = "listen_tls = 0\n", False
        if self.transport == "tcp":
            conf += f'listen_tcp = 1\ntcp_port = "{self.port}"\nauth_tcp = "none"\nlisten_addr = "127.0.0.1"\n'
            listen = True
        if self.transport == "tls":
            pki = os.path.join(self.folder, "pki")
            make_certificates(pki)
            conf = (f'listen_tls = 1\ntls_port = "{self.port}"\nlisten_addr = "127.0.0.1"\n'
                    f'key_file = "{pki}/serverkey.pem"\ncert_file = "{pki}/servercert.pem"\n'
                    f'ca_file = "{pki}/cacert.pem"\n')
            listen = True
        self.conf, self.listen = conf, listen
        return {"unix": self.local,
                "tcp": f"qemu+tcp://127.0.0.1:{self.port}/system",
                "tls": f"qemu+tls://localhost:{self.port}/system?pkipath={self.folder}/pki",
                "ssh": f"qemu+ssh://root@127.0.0.1:{self.port}/system?keyfile={self.folder}/key"
                       "&no_verify=1&no_tty=1"}[self.transport]

    def start(self, more=""):
        original, line = private.DAEMON_CONF, private.command_line

        def with_listen(*words):
            argv, env, sock = line(*words)
            return argv + (["--listen"] if self.listen else []), env, sock
        private.DAEMON_CONF = original + self.conf + more
        private.command_line = with_listen
        try:
            private.start(self.folder)
        finally:
            private.DAEMON_CONF, private.command_line = original, line
        if self.transport == "ssh" and not self.sshd:
            self.start_sshd()
        return self

    def openssh_words(self):
        """One that was only unpacked has its libraries beside it."""
        folder, beside = self.folder, os.path.dirname(self.sshd_binary)
        quietly("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", os.path.join(folder, "host"))
        with open(os.path.join(folder, "sshd_config"), "w", encoding="utf-8") as file:
            file.write(f"ListenAddress 127.0.0.1:{self.port}\nHostKey {folder}/host\nStrictModes no\n"
                       f"AuthorizedKeysFile {folder}/key.pub\nPermitRootLogin yes\nPidFile none\n"
                       "MaxStartups 100\nUsePAM no\n")
        libraries = [os.path.abspath(os.path.join(beside, up, "lib", "x86_64-linux-gnu")) for up in ("..", "../..")]
        return ["env", f"LD_LIBRARY_PATH={':'.join(libraries)}", self.sshd_binary, "-D", "-e", "-f",
                f"{folder}/sshd_config"]

    def dropbear_words(self):
        """It looks for the key of root in root's home, which own_home() made."""
        quietly("dropbearkey", "-t", "ed25519", "-f", f"{self.folder}/host")
        keys = os.path.join(pwd.getpwnam("root").pw_dir, ".ssh")
        os.makedirs(keys, mode=0o700, exist_ok=True)
        with open(os.path.join(self.folder, "key.pub"), encoding="utf-8") as file, \
                open(os.path.join(keys, "authorized_keys"), "a", encoding="utf-8") as known:
            known.write(file.read())
        return [self.sshd_binary, "-F", "-E", "-m", "-r", f"{self.folder}/host", "-p", f"127.0.0.1:{self.port}", "-P",
                f"{self.folder}/sshd.pid"]

    def start_sshd(self):
        """In a mount namespace of its own, where /run is the daemon's; root's home is in the scratch folder."""
        folder = self.folder
        quietly("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", os.path.join(folder, "key"))
        os.makedirs(os.path.join(folder, "run", "sshd"), exist_ok=True)
        is_dropbear = os.path.basename(self.sshd_binary) == "dropbear"
        words = self.dropbear_words() if is_dropbear else self.openssh_words()
        log = open(os.path.join(folder, "sshd.log"), "ab")
        self.sshd = subprocess.Popen(
            [*others.unsharing(), "sh", "-c", 'mount --bind "$1/run" /run && shift && exec "$@"', "sshd", folder, *words],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        end = time.monotonic() + 20
        while time.monotonic() < end:
            with socket.socket() as client:
                if client.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise private.Failure("sshd does not listen: see sshd.log")

    def signal(self, number):
        os.kill(int(private.read(self.folder, "daemon.pid")), number)

    def end(self):
        """Whatever state the daemon is in."""
        if os.path.exists(os.path.join(self.folder, "daemon.pid")):
            try:
                self.signal(signal.SIGCONT)
            except ProcessLookupError:
                pass
        private.stop(self.folder)

    def close(self):
        self.end()
        if self.sshd:
            self.sshd.terminate()
            self.sshd.wait()

    def virsh(self, *words):
        done = subprocess.run(["virsh", "-q", "-c", self.local, *words], stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60, check=False)
        if done.returncode != 0:
            raise private.Failure(f"virsh {words[0]}: {done.stderr.decode().strip()}")
        return done.stdout

    def define(self):
        path = os.path.join(self.folder, "domain.xml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(DOMAIN)
        self.virsh("define", path)

    def dump(self):
        return self.virsh("dumpxml", "--inactive", "--security-info", NAME)

    def on_disk(self):
        with open(os.path.join(self.stored, NAME + ".xml"), "rb") as file:
            return file.read()

    def command(self, *wishes):
        return [os.environ["VIRT_HOTPLUG"], "-c", self.uri, "set", NAME, *wishes, "--yes"]

    def popen(self, *wishes, more=None):
        return subprocess.Popen(self.command(*wishes), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                stderr=subprocess.PIPE, env=dict(self.environment, **(more or {})))

    def find_backups(self):
        """The folder of the backups, after the first write."""
        for folder, _, names in os.walk(os.path.join(self.folder, "state")):
            if any(name.endswith(".xml") for name in names):
                return folder
        raise private.Failure("no backup was made")


def enter_namespace():
    """In a mount namespace of our own: what is mounted goes with us, ssh finds its home in the scratch folder."""
    if os.environ.get("VH_FAULTS_INSIDE"):
        return
    os.environ["VH_FAULTS_INSIDE"] = "1"
    words = others.unsharing()
    if not words:
        raise private.Failure("A mount namespace of our own is not to be had; run this as root.")
    os.execvp(words[0], [*words, sys.executable, *sys.argv])


def own_home(scratch):
    """ssh takes the home from the list of users, and sshd wants a user of its own."""
    home = os.path.join(scratch, "home")
    os.makedirs(home, exist_ok=True)
    with open("/etc/passwd", encoding="utf-8") as file:
        lines = [line for line in file if not line.startswith(("root:", "sshd:"))]
    users = os.path.join(scratch, "passwd")
    with open(users, "w", encoding="utf-8") as file:
        file.write(f"root:x:0:0:root:{home}:/bin/sh\nsshd:x:65533:65534::/run/sshd:/bin/false\n" + "".join(lines))
    quietly("mount", "--bind", users, "/etc/passwd")
