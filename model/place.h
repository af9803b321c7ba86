/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the place of a bus in the tree means for hotplug. */
#pragma once

#include "inputs.h"

typedef enum {
  VH_HOLDS_NOTHING,
  VH_HOLDS_DEVICE,
  VH_HOLDS_BRIDGE,
} VhHolds;

typedef struct {
  gint32 first_child;  /* the child with the highest index; positions, -1: none */
  gint32 next_sibling; /* the one with the next lower index */
  gint32 expander;     /* nearest expander bus above it; -1: none */
  gint32 off_port;     /* nearest port above it with hotplug off; -1: none */
  guint32 used_slots;  /* slots of this bus whose function 0 is taken, by bit */
  VhHolds slot_0;      /* what function 0 of its slot 0 is */
  gboolean described;  /* the ACPI tables of QEMU 6.1 to 7.2 would describe it */
  gboolean reached;    /* and their event method would come to it */
  gint32 gap;          /* the switch bus whose empty slot is to blame when not; else -1 */
} VhPlace;

/* One VhPlace a bus, by position. Linear in buses and devices. */
GArray *vh_place_new_all (const VhTopology *topology, const VhInputs *inputs);

/* Does libvirt itself choose a bus of the other model for a controller of the model?
 * (src/conf/domain_addr.c, virDomainPCIAddressBusSetModel) */
gboolean vh_place_fits (VhBusModel model, VhBusModel parent);
/* Does it take an address there that somebody wrote? A pci-bridge then goes wherever a device may,
 * into a slot of PCI Express, too (virDomainPCIAddressFlagsCompatible). */
gboolean vh_place_may_stand (VhBusModel model, VhBusModel parent);
gboolean vh_place_takes_devices (VhBusModel bus);
/* What libvirt adds as the bus of this index, which is not there, for a device that has an address
 * on it; VH_BUS_UNKNOWN where that depends on the device. */
VhBusModel vh_place_get_added (const VhTopology *topology, guint bus);
/* Can anything be said about the bus: does it stand where a controller of its
 * model can, on this chipset? */
gboolean vh_place_is_sound (const VhTopology *topology, const VhBus *bus);

/* The next bus of a walk from bus to bus that goes down first, then to the
 * sibling; -1 behind the last below `root`. With `skip` the children of `at`
 * are left out. */
gint32 vh_place_next (const GArray *places, const VhTopology *topology, gint32 at, gboolean skip);

/* Does QEMU before 8.0 give the bus a hotplug handler while ACPI hotplug of
 * bridges is on? Only then its tables list slots there. */
gboolean vh_place_has_handler (const VhPlace *place, const VhBus *bus, const VhBusInputs *inputs);
