/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Between the files of the topology. */
#pragma once

#include "topology.h"

/* An empty one that owns `machine`. */
VhTopology *vh_topology_new_for (VhMachine *machine);
/* Rows with their defaults: nothing known, no element. */
VhBus vh_topology_make_bus (VhBusModel model, gint32 index);
VhDevice vh_topology_make_device (VhDeviceKind kind);

/* By libvirt's word; UNKNOWN for any other, and for NULL. */
VhBusModel vh_topology_model_of (const char *word);

/* A copy that lives as long as the topology; NULL for NULL. */
const char *vh_topology_keep (VhTopology *topology, const char *text);
/* Adds to the end. A bus gets the alias that libvirt generates when it has
 * none, and a device for its controller when it is not a root. */
void vh_topology_add_bus (VhTopology *topology, VhBus bus, VhDevice controller);

/* Sorts buses and devices, finds parents, marks what is wrong. To be called
 * after every change. */
void vh_topology_link (VhTopology *topology);

/* Where a device says it is. */
typedef struct {
  VhAddress at;          /* absent when it names no place on PCI */
  gboolean is_pci;       /* asks for PCI, with or without a place */
  gboolean is_elsewhere; /* has an address that is none of PCI */
  gboolean is_wrong;     /* the place is no PCI address */
} VhPlace;

/* By the <address> child of a device. */
VhPlace vh_topology_read_place (const VhDocument *document, guint element);

/* on or off; ABSENT for anything else, and for NULL. */
VhSwitch vh_topology_read_switch (const char *text);

/* What an element in <devices> is. */
VhDeviceKind vh_topology_kind_of (const char *name);
const char *vh_topology_kind_to_name (VhDeviceKind kind);
/* "disk vda virtio"; replaces the content of `label`. */
void vh_topology_write_label (const VhDocument *document, guint element, VhDeviceKind kind,
                              GString *label);
/* Will libvirt give it a PCI address when it has none? */
gboolean vh_topology_wants_pci (const VhDocument *document, guint element, VhDeviceKind kind);

/* Indexes of SCSI controllers that are looked at. */
#define VH_MAX_SCSI 256
/* Notes in is_busy[VH_MAX_SCSI] the SCSI controller that an element hangs on
 * (src/qemu/qemu_hotplug.c, qemuDomainDiskControllerIsBusy). */
void vh_topology_note_scsi (const VhDocument *document, guint element, gboolean *is_busy);
/* VH_DEVICE_BUSY or VH_DEVICE_FIXED, once all elements are noted. */
guint vh_topology_find_detach_marks (const VhDocument *document, guint element, VhDeviceKind kind,
                                     const gboolean *is_busy);
