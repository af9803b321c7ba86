# SPDX-License-Identifier: GPL-2.0-or-later
"""The folder, the guest image and the libvirt daemon that all cases of one run share."""
import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import threading

import domain
import driver
import guest
import image
import measure
import program

DAEMON = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "libvirt", "private-libvirtd")
ALIASES = {"q35": "q35", "pc": "i440fx"}


class Lab:
    def __init__(self, n_guests):
        self.guests = threading.Semaphore(n_guests)

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="vh-guest-")
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, self.end_at_once)
        try:
            self.image = image.build(self.folder)
            done = subprocess.run([DAEMON, "start", os.path.join(self.folder, "d")], text=True,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            if done.returncode != 0:
                raise guest.LabError(done.stderr.strip())
            self.driver = driver.Driver(done.stdout.strip())
            self.read_machines()
        except Exception:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        subprocess.run([DAEMON, "stop", os.path.join(self.folder, "d")], check=False)
        if os.environ.get("VH_GUEST_KEEP"):
            print(f"# kept: {self.folder}")
        else:
            shutil.rmtree(self.folder, ignore_errors=True)

    def end_at_once(self, *_):
        """The test runner's time limit: no guest may outlive it."""
        self.__exit__()
        os._exit(128 + signal.SIGTERM)

    def read_machines(self):
        """The releases, the machine types this QEMU has, and the newest of each chipset."""
        self.libvirt, self.qemu = [tuple(map(int, word.split("."))) for word in self.driver.versions()]
        capabilities = domain.parse(self.driver.capabilities())
        found = capabilities.findall("guest/arch[@name='x86_64']/machine")
        self.machines = {element.text for element in found}
        self.newest = {ALIASES[element.text]: element.get("canonical") for element in found
                       if element.text in ALIASES and element.get("canonical")}

    def path(self, name):
        return os.path.join(self.folder, name)

    def define(self, root, name):
        domain.make_bootable(root, name, self.image, self.path(name + ".serial"))
        self.driver.define(domain.to_text(root))

    def program(self, *arguments):
        """Runs the program on the laboratory's libvirt; its standard output."""
        return program.run(self.folder, "-c", self.driver.uri, *arguments)

    def numbers(self, name):
        """What bus number the guest gives to what is behind each controller."""
        with self.guests:
            return self.run(name, measure.numbers)

    def boot_and_measure(self, name):
        with self.guests:
            return self.run(name, measure.measure)

    def run(self, name, experiment):
        """EXPERIMENT(guest, the XML of the running domain) in a guest that was booted for it."""
        serial = self.path(name + ".serial")
        if os.path.exists(serial):
            os.unlink(serial)
        self.driver.start(name)
        try:
            running = guest.Guest(self.driver, name, serial)
            running.wait_ready()
            return experiment(running, self.driver.dump(name))
        finally:
            with contextlib.suppress(guest.LabError):  # it may have ended by itself, which is the fault to tell
                self.driver.destroy(name)
