/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The effective settings: what the domain, its QEMU arguments and the machine
 * type together make of each property, and which of them decided. */
#pragma once

#include "qom.h"

typedef struct {
  VhKnown value;      /* effective; UNKNOWN when the facts do not reach */
  VhOrigin origin;    /* of what decided */
  const char *detail; /* "-global PIIX4_PM.acpi-root-pci-hotplug=off", "pc-q35-6.1"; never NULL;
                         belongs to the inputs */
} VhInput;

typedef struct {
  VhInput hpc;    /* hotplug= of a port: may it hotplug at all; UNKNOWN elsewhere */
  VhInput native; /* the hot-plug-capable bit of a port is shown to the guest */
  VhInput shpc;   /* of a pci-bridge or pcie-to-pci-bridge */
} VhBusInputs;

typedef struct {
  VhVersion qemu; /* rules of this release; 0 unknown */
  VhOrigin qemu_origin;
  VhVersion libvirt; /* that will be asked to attach; 0 unknown */
  VhInput acpi;
  VhInput root;     /* i440fx; UNKNOWN elsewhere */
  VhInput bridge;   /* i440fx, q35, virt of aarch64; UNKNOWN elsewhere */
  VhInput keep_hpc; /* q35 */
  GArray *buses;    /* of VhBusInputs, by position of the topology's buses */
  GStringChunk *strings;
} VhInputs;

/* docs/hotplug.md, "The settings", as code. A device property (attribute of the
 * element, qemu:override) beats -global, -global beats what the machine type
 * says, and the last -global wins. `caps` decides what a machine type says
 * only as far as its facts are about this machine type. */
VhInputs *vh_inputs_new (const VhTopology *topology, const VhCaps *caps);
void vh_inputs_free (VhInputs *inputs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhInputs, vh_inputs_free)

const VhBusInputs *vh_inputs_get_bus (const VhInputs *inputs, guint bus);
