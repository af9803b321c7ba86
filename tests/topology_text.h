/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Topologies from text and to text, for tests. */
#pragma once

#include "model/topology.h"

#define PCI(index, model, inner)                                                                   \
  "<controller type='pci' index='" index "' model='" model "'>" inner "</controller>"
#define AT(bus, slot, function)                                                                    \
  "<address type='pci' domain='0x0000' bus='" bus "' slot='" slot "' function='" function "'/>"
#define NIC(inner) "<interface type='user'><model type='virtio'/>" inner "</interface>"

/* A domain that can be read; caller frees. */
VhTopology *topology_read (const char *text);
VhTopology *topology_read_devices (const char *arch, const char *machine, const char *devices);

/* "INDEX MODEL [ADDRESS] [on PARENT] [marks]" of each bus, a line each. */
char *topology_describe_buses (const VhTopology *topology);
/* The mark of a bus that such a line words so; 0 for none. */
guint topology_find_mark (const char *word);
/* "ADDRESS LABEL [> BUS] [marks]" of each device, a line each; "-" without
 * an address. */
char *topology_describe_devices (const VhTopology *topology);

/* What holds for every topology, however damaged its domain. */
void topology_assert_sound (const VhTopology *topology);
