/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The classes of QEMU and their properties that decide on hotplug. */
#pragma once

#include "caps.h"
#include "topology.h"

/* Does QEMU run the domain, with KVM, TCG or the like? */
gboolean vh_qom_runs (const VhTopology *topology);
/* The same of the `type` of a <domain>; NULL: it has none. */
gboolean vh_qom_runs_type (const char *domain_type);

typedef enum {
  VH_QOM_PIIX4_PM,
  VH_QOM_ICH9_LPC,
  VH_QOM_GED, /* of aarch64 virt */
  VH_QOM_ROOT_PORT,
  VH_QOM_IOH3420,
  VH_QOM_DOWNSTREAM,
  VH_QOM_PCI_BRIDGE,
  VH_QOM_NONE, /* a class without such properties */
} VhQomClass;

typedef enum {
  VH_PROPERTY_ROOT,        /* ACPI hotplug of the root bus */
  VH_PROPERTY_BRIDGE,      /* ACPI hotplug of bridges and ports */
  VH_PROPERTY_KEEP_HPC,    /* ports keep the hot-plug-capable bit while BRIDGE is on */
  VH_PROPERTY_HOTPLUG,     /* of one port */
  VH_PROPERTY_NATIVE,      /* the hot-plug-capable bit of one port: until QEMU 7.2 */
  VH_PROPERTY_HIDE_NATIVE, /* its opposite: from QEMU 8.0 on */
  VH_PROPERTY_SHPC,
  VH_N_PROPERTIES
} VhProperty;

const char *vh_property_to_name (VhProperty property);
/* FALSE when it is none of them. */
gboolean vh_property_from_name (const char *name, VhProperty *property);

/* What -global calls the class; NULL for NONE. */
const char *vh_qom_to_name (VhQomClass class);
/* The device of the machine that has ROOT or BRIDGE; NONE for others. */
VhQomClass vh_qom_of_machine (const VhMachine *machine);
VhQomClass vh_qom_of_bus (const VhBus *bus);
/* Is `name` the class, or one that it derives from and that a -global may name? */
gboolean vh_qom_is (VhQomClass class, const char *name);

/* Does this QEMU's class have the property? By the fact if it is known, else
 * by the release; UNKNOWN when that is not known either. */
VhKnown vh_qom_has (VhQomClass class, VhProperty property, const VhCaps *caps);

/* The last -global of the property on the class or one that it derives from,
 * which is the one that QEMU obeys (qdev_prop_set_globals); NULL when there is
 * none. Borrowed. */
const VhGlobal *vh_qom_find_global (VhQomClass class, VhProperty property, const VhQemuArgs *args);

/* Alias -> GPtrArray of VhOverride, in their order. The caller unrefs; the
 * overrides and the keys belong to `args`. */
GHashTable *vh_qom_index_overrides (const VhQemuArgs *args);
