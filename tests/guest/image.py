# SPDX-License-Identifier: GPL-2.0-or-later
"""The guest's kernel, the distribution's own, and an initramfs of busybox and init.sh."""
import glob
import gzip
import lzma
import os
import re
import shutil
import struct
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
BUILT_IN = ("CONFIG_HOTPLUG_PCI_ACPI", "CONFIG_HOTPLUG_PCI_PCIE", "CONFIG_HOTPLUG_PCI_SHPC",
            "CONFIG_SERIAL_8250_CONSOLE", "CONFIG_DEVTMPFS")


class Missing(Exception):
    """What is not installed, and the package that has it."""


def by_version(name):
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", name)]


def find_kernel():
    chosen = os.environ.get("VH_GUEST_KERNEL")
    found = [chosen] if chosen else sorted(glob.glob("/boot/vmlinuz-*"), key=by_version)
    found = [name for name in found if os.access(name, os.R_OK)]
    if not found:
        raise Missing("no readable kernel in /boot (Debian: apt install linux-image-amd64)")
    return found[-1]


def check_config(kernel):
    """A driver that is only a module would make every bus look like one without hotplug."""
    config = kernel.replace("vmlinuz-", "config-")
    if not os.path.exists(config):
        return
    with open(config, encoding="utf-8") as file:
        text = file.read()
    absent = [name for name in BUILT_IN if f"\n{name}=y\n" not in text]
    if absent:
        raise Missing(f"{kernel} has not built in {', '.join(absent)}")


def find_program(name, package):
    path = shutil.which(name)
    if not path:
        raise Missing(f"{name} is not installed (Debian: apt install {package})")
    return path


def unpack_kernel(kernel, target):
    """Puts the kernel into TARGET as it is in memory: to decompress it takes the guest as long as to boot. TARGET, or
    None where that cannot be done."""
    with open(kernel, "rb") as file:
        data = file.read()
    if data[0x202:0x206] != b"HdrS":
        return None
    offset, length = struct.unpack_from("<II", data, 0x248)  # Documentation/x86/boot.rst: payload_offset, its length
    start = (data[0x1f1] + 1) * 512 + offset
    payload = data[start:start + length]
    if not payload.startswith(b"\xfd7zXZ\0"):
        return None
    with open(target, "wb") as file:
        file.write(lzma.LZMADecompressor().decompress(payload))
    return target


def build(folder):
    """Puts the initramfs into FOLDER; returns the paths of the kernel, the initramfs, and the kernel unpacked."""
    kernel = find_kernel()
    check_config(kernel)
    busybox = find_program("busybox", "busybox-static")
    cpio = find_program("cpio", "cpio")
    tree = os.path.join(folder, "initramfs")
    os.makedirs(os.path.join(tree, "bin"), exist_ok=True)
    shutil.copy(busybox, os.path.join(tree, "bin", "busybox"))
    shutil.copy(os.path.join(HERE, "init.sh"), os.path.join(tree, "init"))
    os.chmod(os.path.join(tree, "init"), 0o755)
    archive = subprocess.run([cpio, "-o", "-H", "newc", "-R", "0:0", "--quiet"], cwd=tree, check=True,
                             input=b".\nbin\nbin/busybox\ninit\n", stdout=subprocess.PIPE).stdout
    target = os.path.join(folder, "initramfs.gz")
    with open(target, "wb") as file:
        file.write(gzip.compress(archive, 1))
    return kernel, target, unpack_kernel(kernel, os.path.join(folder, "vmlinux"))
