/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Domains with root ports, laid out as libvirt does. */
#pragma once

#define ADDRESS(bus, slot, function, more)                                                         \
  "      <address type='pci' domain='0x0000' bus='" bus "' slot='" slot "' function='" function    \
  "'" more "/>\n"
#define AT(slot, function) ADDRESS ("0x00", slot, function, "")
#define AT_MULTI(slot) ADDRESS ("0x00", slot, "0x0", " multifunction='on'")
#define CONTROLLER(index, model, inside)                                                           \
  "    <controller type='pci' index='" index "' model='" model "'>\n" inside "    </controller>\n"
#define PORT(index, inside) CONTROLLER (index, "pcie-root-port", inside)
#define NIC(inside) "    <interface type='user'>\n" inside "    </interface>\n"
#define SATA "    <controller type='sata' index='0'>\n" AT ("0x1f", "0x2") "    </controller>\n"
#define PCIE_ROOT "    <controller type='pci' index='0' model='pcie-root'/>\n"
#define DOMAIN_OF(machine, devices)                                                                \
  "<domain type='kvm'>\n  <name>a</name>\n  <os>\n    <type arch='x86_64' machine='" machine       \
  "'>hvm</type>\n  </os>\n  <features>\n    <acpi/>\n  </features>\n  <devices>\n" devices         \
  "  </devices>\n</domain>\n"
#define Q35(devices) DOMAIN_OF ("pc-q35-7.2", PCIE_ROOT devices)
#define TWO PORT ("1", AT_MULTI ("0x02")) PORT ("2", AT ("0x02", "0x1"))
