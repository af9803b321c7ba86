/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The PCI side of a domain: buses (libvirt's PCI controllers), slots and
 * devices, as the XML describes them. Immutable; links are indexes into the
 * arrays. Damaged input gives a topology all the same, with marks that
 * check.c turns into findings. */
#pragma once

#include "model/address.h"
#include "model/document.h"
#include "model/machine.h"
#include "model/qemu_args.h"

#define VH_NO_ELEMENT G_MAXUINT32
#define VH_MAX_BUS_INDEX 255 /* PCI has 256 bus numbers */

/* Rows of bus_model.def. */
typedef enum {
  VH_BUS_PCI_ROOT,
  VH_BUS_PCIE_ROOT,
  VH_BUS_ROOT_PORT,
  VH_BUS_UPSTREAM_PORT,
  VH_BUS_DOWNSTREAM_PORT,
  VH_BUS_DMI_TO_PCI_BRIDGE,
  VH_BUS_PCIE_TO_PCI_BRIDGE,
  VH_BUS_PCI_BRIDGE,
  VH_BUS_PCI_EXPANDER,
  VH_BUS_PCIE_EXPANDER,
  VH_BUS_UNKNOWN, /* a model that this program does not know */
} VhBusModel;

typedef enum {
  VH_BUS_IMPLIED = 1 << 0,        /* not written; libvirt adds it */
  VH_BUS_DOUBLE_INDEX = 1 << 1,   /* another bus had the index before */
  VH_BUS_BAD_INDEX = 1 << 2,      /* above VH_MAX_BUS_INDEX or no number */
  VH_BUS_MISSING_PARENT = 1 << 3, /* its address names a bus that is not there */
  VH_BUS_IN_CYCLE = 1 << 4,       /* it is its own ancestor; shown as a root */
  VH_BUS_BAD_SWITCH = 1 << 5,     /* hotplug= is neither on nor off */
  VH_BUS_INDEX_GIVEN = 1 << 6,    /* not written; the one that libvirt gives */
  VH_BUS_NO_MODEL = 1 << 7,       /* a root that does not say what it is, which libvirt refuses */
} VhBusMarks;

typedef struct {
  gint32 index;  /* libvirt's controller index; -1: none that it could give */
  gint32 parent; /* position in `buses`; -1 for a root */
  VhAddress at;  /* where it sits on its parent; absent for a root */
  VhBusModel model;
  guint8 first_slot; /* the slots that libvirt may address (domain_addr.c) */
  guint8 last_slot;
  guint marks;       /* of VhBusMarks */
  VhSwitch hotplug;  /* <target hotplug=> as written */
  gint32 numa_node;  /* -1: none */
  gint32 bus_number; /* <target busNr=> of an expander bus, which the guest sees; -1: none */
  gint32 chassis;    /* <target chassis=>; -1: none */
  const char
      *alias; /* the user's, else what libvirt generates: pci.N, pcie.0; "" without an index */
  const char *model_name; /* <model name=>, such as ioh3420; NULL when none */
  const char *model_text; /* the model as written, for VH_BUS_UNKNOWN */
  guint32 element;        /* the <controller>; VH_NO_ELEMENT when implied */
} VhBus;

/* Rows of device.def. */
typedef enum {
#define VH_DEVICE_ROW(ID, element, words, is_word, is, not_word, not ) VH_DEVICE_##ID,
#include "device.def"
} VhDeviceKind;

typedef enum {
  VH_DEVICE_DOUBLE_ADDRESS = 1 << 0, /* another device has it too */
  VH_DEVICE_MISSING_BUS = 1 << 1,
  VH_DEVICE_BAD_ADDRESS = 1 << 2, /* no number, or out of the range of a PCI address */
  VH_DEVICE_BUSY = 1 << 3,        /* a SCSI controller on which something hangs */
  VH_DEVICE_FIXED = 1 << 4,       /* unlike others of its kind, libvirt never detaches it */
} VhDeviceMarks;

typedef struct {
  VhAddress at;
  gint32 bus; /* position in `buses`; -1: unaddressed, or no such bus */
  gint32
      secondary_bus; /* position of the bus it bridges to; -1: an endpoint, or a bus in a cycle */
  VhDeviceKind kind;
  guint marks;       /* of VhDeviceMarks */
  const char *name;  /* the element's name: "disk", "interface", … */
  const char *label; /* "disk vda virtio", "interface 52:54:… virtio" */
  guint32 element;
} VhDevice;

typedef struct {
  VhMachine *machine;
  char *name;              /* of the domain; "" when none */
  char *uuid;              /* NULL when none */
  char *emulator;          /* NULL when none; untrusted, never run */
  char *domain_type;       /* "kvm", "qemu", "xen", … */
  gboolean acpi;           /* <features><acpi/>, and not switched off by an argument */
  gboolean uefi;           /* <os firmware='efi'> or a pflash loader */
  gboolean has_pci;        /* FALSE: nothing here is about PCI */
  VhSwitch feature;        /* <features><pci><acpi-bridge-hotplug state=> */
  guint32 feature_element; /* that element; VH_NO_ELEMENT when absent */
  VhQemuArgs *args;
  GArray *buses;   /* of VhBus, by index (an unindexed one last) */
  GArray *devices; /* of VhDevice, by address; those without one last, in document order */
  GStringChunk *strings;
} VhTopology;

#define VH_TOPOLOGY_ERROR (vh_topology_error_quark ())
GQuark vh_topology_error_quark (void);
typedef enum { VH_TOPOLOGY_ERROR_NOT_DOMAIN } VhTopologyError;

/* NULL and VH_TOPOLOGY_ERROR_NOT_DOMAIN when the root element is not
 * <domain>; the message says what it is instead. `canonical` is the machine
 * type that an alias stands for, NULL when not known. */
VhTopology *vh_topology_new (const VhDocument *document, const char *canonical, GError **error);
/* Its machine alone, for who must ask for capabilities first. Caller frees;
 * NULL and the same error. */
VhMachine *vh_topology_read_machine (const VhDocument *document, GError **error);
void vh_topology_free (VhTopology *topology);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhTopology, vh_topology_free)

guint vh_topology_get_n_buses (const VhTopology *topology);
const VhBus *vh_topology_get_bus (const VhTopology *topology, guint position);
guint vh_topology_get_n_devices (const VhTopology *topology);
const VhDevice *vh_topology_get_device (const VhTopology *topology, guint position);
/* Position of the first bus with the index; -1 when there is none. */
gint32 vh_topology_find_bus (const VhTopology *topology, gint32 index);
/* The devices of a bus are neighbours: [*first, *first + returned). */
guint vh_topology_get_bus_devices (const VhTopology *topology, guint bus, guint *first);
/* Any controller index twice: no edit can be trusted. */
gboolean vh_topology_has_double_index (const VhTopology *topology);

const char *vh_bus_model_to_string (VhBusModel model);
/* pci-root or pcie-root. */
gboolean vh_topology_is_root_model (VhBusModel model);
/* The slots that libvirt may address on a bus of the model. */
void vh_bus_model_get_slots (VhBusModel model, guint *first, guint *last);
/* A root or downstream port: one slot, and a knob of its own. */
gboolean vh_bus_is_port (const VhBus *bus);
/* Is it a controller of this type, which its label begins with? */
gboolean vh_device_is_controller (const VhDevice *device, const char *type);
/* Does libvirt take a live attach on it? That is about libvirt alone, which
 * knows the controller's own hotplug= and no QEMU argument. */
gboolean vh_bus_takes_live_attach (const VhBus *bus);
