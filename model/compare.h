/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One domain read in several ways, side by side: what runs and what the next
 * start will have, or other machine types and QEMU releases. */
#pragma once

#include "model/reading.h"

typedef struct {
  char *name;       /* "pc-q35-6.1", "NEXT START" */
  char *short_name; /* where there is little room: "6.1" */
  VhReading *reading;
} VhVariant;

/* Of VhVariant. */
GPtrArray *vh_variants_new (void);
void vh_variants_push (GPtrArray *variants, const char *name, const char *short_name,
                       VhReading *reading);

typedef enum {
  VH_COMPARE_MACHINE, /* type */
  VH_COMPARE_QEMU,    /* release */
  VH_COMPARE_ACPI,
  VH_COMPARE_ROOT, /* the knobs */
  VH_COMPARE_BRIDGE,
  VH_COMPARE_BUS,
  VH_COMPARE_DEVICE,
} VhCompareKind;

typedef struct {
  VhCompareKind kind;
  guint depth;
  gboolean differs;
  gint32 bus;        /* controller index: of the bus, or of the one the device stands on; else -1 */
  VhAddress at;      /* of a bus or device */
  char *name;        /* of a bus or device: "3 pcie-root-port", "disk vda virtio"; else NULL */
  gint32 *positions; /* of that bus or device in the topology of each variant; -1: not there */
  char **cells;      /* what each variant says; NULL-terminated. Of a bus "acpi", "none, off",
                        "acpi (acpi,shpc)": what is used, in brackets what is offered where that is not
                        the same, and the hotplug attribute where there is one; of a knob "on", "off,
                        set" */
} VhCompareRow;

typedef struct {
  GPtrArray *variants; /* of VhVariant */
  GPtrArray *rows;     /* of VhCompareRow: the machine, then the tree */
  guint n_differences; /* rows that differ */
} VhComparison;

/* Takes `variants`, of which there must be one at least. Caller frees. */
VhComparison *vh_compare_new (GPtrArray *variants);
void vh_compare_free (VhComparison *comparison);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhComparison, vh_compare_free)

/* "machine", "bus", …; static. */
const char *vh_compare_kind_to_string (VhCompareKind kind);
