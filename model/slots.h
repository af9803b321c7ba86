/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Free slots of a bus. A slot is free only if all its functions are. */
#pragma once

#include "model/modes.h"

typedef struct {
  guint first, last;      /* the slots that libvirt may address */
  guint free;             /* of them, unoccupied */
  gint hotpluggable_free; /* where libvirt accepts a live attach and the guest takes part; -1
                             unknown */
} VhSlots;

/* Slots that the chipset itself sits in, by bit. */
guint32 vh_slots_of_chipset (const VhTopology *topology, const VhBus *bus);

/* Free slots that libvirt may address, by bit. */
guint32 vh_slots_get_free (const VhTopology *topology, guint bus);
VhSlots vh_slots_of_bus (const VhTopology *topology, const VhModes *modes, guint bus);

/* Over all buses: free hotpluggable slots for PCIe devices (ports) and for
 * conventional PCI devices (root bus of i440fx, bridges). -1 when unknown. */
typedef struct {
  gint pcie;
  gint pci;
} VhFreeSlots;

VhFreeSlots vh_slots_count_free (const VhTopology *topology, const VhModes *modes);
