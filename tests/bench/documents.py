# SPDX-License-Identifier: GPL-2.0-or-later
"""Domains, and a dump of lspci, of any size."""
import os

DEVICE = """    <interface type='network'>
      <mac address='52:54:00:%02x:%02x:%02x'/>
      <source network='default'/>
      <model type='virtio'/>
      <address type='pci' domain='0x0000' bus='0x%02x' slot='0x%02x' function='0x%x'%s/>
    </interface>
"""
BRIDGE = """    <controller type='pci' index='%d' model='pci-bridge'>
      <model name='pci-bridge'/>
      <target chassisNr='%d'/>
      <address type='pci' domain='0x0000' bus='0x%02x' slot='0x1f' function='0x0'/>
    </controller>
"""
PER_BUS = 240  # slots 1 to 30, eight functions each
MOST = 256 * PER_BUS


def write_domain(file, buses=256, slots=31, single=False, most=None):
    """Each bus is a bridge in the last slot of the bus before, and all other slots are full: of eight functions, or of
    a single one. At most `most` devices."""
    file.write("<domain type='kvm'>\n  <name>large</name>\n  <memory>1048576</memory>\n  <os>\n"
               "    <type arch='x86_64' machine='pc-i440fx-7.2'>hvm</type>\n  </os>\n"
               "  <features>\n    <acpi/>\n  </features>\n  <devices>\n"
               "    <controller type='pci' index='0' model='pci-root'/>\n")
    for bus in range(1, buses):
        file.write(BRIDGE % (bus, bus, bus - 1))
    count = 0
    for bus in range(buses):
        for place in range(8, slots * 8, 8 if single else 1):
            if count == most:
                break
            slot, function = divmod(place, 8)
            multi = " multifunction='on'" if function == 0 and not single else ""
            file.write(DEVICE % (count >> 16, count >> 8 & 255, count & 255, bus, slot, function, multi))
            count += 1
    file.write("  </devices>\n</domain>\n")
    return count


def make_domains(folder, sizes):
    """{devices: path}; the largest has as many as 256 buses hold."""
    made = {}
    for size in sizes:
        path = os.path.join(folder, f"devices-{size}.xml")
        with open(path, "w", encoding="utf-8") as file:
            made[write_domain(file, -(-size // PER_BUS) or 1, most=min(size, MOST))] = path
    return made


def write_many(path):
    """500 network cards on a root bus and 17 bridges, each bridge on the one before."""
    with open(path, "w", encoding="utf-8") as file:
        return write_domain(file, 18, single=True, most=500)


def write_dump(path, devices):
    """What `lspci -xxx` prints of as many network cards behind bridges of 30 each."""
    with open(path, "w", encoding="utf-8") as file:
        bridges = -(-devices // 30)
        for number in range(bridges):
            registers = [0x36, 0x1B, 1, 0, 0, 0, 0, 0, 0, 0, 4, 6, 0, 0, 1, 0] + [0] * 48
            registers[0x18:0x1B] = [0, number + 1, number + 1]
            write_registers(file, f"00:{number + 1:02x}.0 PCI bridge", registers)
        for number in range(devices):
            bus, slot = divmod(number, 30)
            registers = [0xF4, 0x1A, 0, 0x10, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0] + [0] * 48
            write_registers(file, f"{bus + 1:02x}:{slot + 1:02x}.0 Ethernet controller", registers)


def write_registers(file, title, registers):
    file.write(title + "\n")
    for at in range(0, 64, 16):
        file.write(f"{at:02x}: " + " ".join(f"{byte:02x}" for byte in registers[at:at + 16]) + "\n")
    file.write("\n")
