# SPDX-License-Identifier: GPL-2.0-or-later
"""A private daemon, or the embedded driver, with what a test of the command line does on it."""
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
import machine_type  # noqa: E402
import proxy  # noqa: E402
from typist import Typist  # noqa: E402

PROGRAM = os.environ["VIRT_HOTPLUG"]
DAEMON = os.path.join(HERE, "private-libvirtd")
PASSWORD = "s3cret"
# As vh_scratch_write_qemu_conf(): where the guests' user may not open /dev/kvm, every call asks every QEMU anew.
QEMU_CONF = 'stdio_handler = "file"\nsecurity_driver = "none"\nnamespaces = []\nremember_owner = 0\n' + (
    'user = "root"\ngroup = "root"\ndynamic_ownership = 0\n' if os.geteuid() == 0 else "")
DOMAIN = """<domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
  <name>{name}</name>
  <memory>65536</memory>
  <os><type arch='x86_64' machine='{machine}'>hvm</type></os>
  <features><acpi/></features>
  <devices>
    {ports}
    <graphics type='vnc' passwd='""" + PASSWORD + """'><listen type='socket'/></graphics>
  </devices>
  {arguments}
</domain>"""


def domain(name, machine="pc-q35-7.2", settings=(), ports=("", "")):
    """The XML of a domain with these -global settings; on q35 with a root port around each of `ports`."""
    words = "".join(f"<qemu:arg value='-global'/><qemu:arg value='{setting}'/>" for setting in settings)
    controllers = "".join(f"<controller type='pci' index='{index}' model='pcie-root-port'>{inner}</controller>"
                          for index, inner in enumerate(ports, 1))
    return DOMAIN.format(name=name, machine=machine_type.find(machine), ports=controllers if "q35" in machine else "",
                         arguments=f"<qemu:commandline>{words}</qemu:commandline>" if words else "")


class Fault(Exception):
    """What went wrong, in words for whoever reads the test."""


class Host:
    """`with Host() as host`; what is kept is gone afterwards."""

    def __init__(self, embedded=None):
        """`embedded`: the domains that an embedded driver finds, by their names; each call starts it anew."""
        self.embedded, self.folder = embedded, tempfile.mkdtemp(prefix="vhh-", dir="/tmp")
        self.environment = dict(os.environ, LC_ALL="C.UTF-8", XDG_STATE_HOME=os.path.join(self.folder, "state"),
                                XDG_CACHE_HOME=os.path.join(self.folder, "our-cache"))
        self.uri = f"qemu:///embed?root={self.folder}/root"

    def __enter__(self):
        if self.embedded is None:
            done = subprocess.run([DAEMON, "start", self.folder], stdout=subprocess.PIPE, text=True, check=True)
            self.uri = done.stdout.strip()
            return self
        os.makedirs(os.path.join(self.folder, "root", "etc", "qemu"))
        self.write(os.path.join("root", "etc", "qemu.conf"), QEMU_CONF)
        for name, text in self.embedded.items():
            self.write(self.stored(name), text)
        return self

    def __exit__(self, *_):
        subprocess.run([DAEMON, "stop", self.folder], check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def stored(self, name):
        """Where the embedded driver keeps a domain."""
        return os.path.join(self.folder, "root", "etc", "qemu", name + ".xml")

    def stand_between(self, keeps):
        """From now on all that is said to the daemon goes by a proxy, which keeps the packets that `keeps` is true of."""
        path, _, socket = self.uri.partition("socket=")
        proxied = os.path.join(self.folder, "proxy")
        proxy.Proxy(proxied, socket, keeps)
        self.uri = f"{path}socket={proxied}"

    def write(self, name, text):
        """The path of a file of this text."""
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def try_virsh(self, *words, text=""):
        return subprocess.run(["virsh", "-q", "-c", self.uri, *words], input=text, text=True, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def virsh(self, *words, text=""):
        done = self.try_virsh(*words, text=text)
        if done.returncode != 0:
            raise Fault(f"virsh {words}: {done.stderr}")
        return done.stdout

    def define(self, text):
        self.virsh("define", "/dev/stdin", text=text)

    def defined(self, name, *words, **more):
        """What is stored of a new domain. What libvirt adds by itself has its place from the second time on."""
        self.define(domain(name, *words, **more))
        self.define(self.read(name))
        return self.read(name)

    def read(self, name):
        return self.virsh("dumpxml", "--inactive", "--security-info", name)

    def words(self, *words):
        return [PROGRAM, "-c", self.uri, *words]

    def run(self, *words, expected=0, stdin=""):
        """The run, which ends with the status that is expected and never says the password."""
        done = self.run_command(self.words(*words), stdin)
        if done.returncode != expected:
            raise Fault(f"{words}: exit status {done.returncode}: {done.stdout}{done.stderr}")
        if PASSWORD in done.stdout + done.stderr:
            raise Fault(f"{words}: the password was printed")
        return done

    def run_command(self, command, stdin=""):
        """Any command, in the environment of ours."""
        return subprocess.run(command, input=stdin, text=True, env=self.environment, timeout=300,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)

    def typist(self, *words):
        return Typist(self.words(*words), self.environment)


def told(case, *arguments):
    """The case, where a Fault is what it returns."""
    def attempt():
        try:
            return case(*arguments)
        except Fault as fault:
            return str(fault)
    return attempt
