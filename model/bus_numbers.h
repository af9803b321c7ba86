/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The bus numbers that a guest sees. Names of network interfaces are made of
 * them, so nobody wants them to move. */
#pragma once

#include "model/modes.h"

/* One gint32 a bus, by position; -1: not known, or the guest does not find
 * the bus. The firmware of a PC goes through the functions of a bus in the
 * order of their addresses, and each bridge and all that is behind it get the
 * next numbers (SeaBIOS src/fw/pciinit.c, pci_bios_init_bus_rec; UEFI and
 * Linux keep to the same order); an expander bus begins at the number that it
 * is given, and the bus of a pci-expander-bus is that of a bridge of its own
 * behind it (QEMU hw/pci-bridge/pci_expander_bridge.c, pxb_dev_realize_common).
 * Nothing is known of other machines, nor while any controller has no
 * address. */
GArray *vh_bus_numbers_new (const VhTopology *topology, const VhModes *modes);
