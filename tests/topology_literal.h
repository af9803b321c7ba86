/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Topologies from literals, without a document. */
#pragma once

#include "model/topology.h"

/* With ACPI, without any bus or argument. Caller frees. */
VhTopology *literal_new (const char *arch, const char *machine);

/* The parent of a bus and the bus of a device are controller indexes, -1 for none; `at` is "1f.2",
 * slot and function, NULL for no address yet. A bus that is no root brings its controller along as
 * a device. Returned is the position at that moment: a later push may move it. Names are copied. */
guint literal_push_bus (VhTopology *topology, VhBusModel model, gint32 index, gint32 parent_index,
                        const char *at);
guint literal_push_device (VhTopology *topology, VhDeviceKind kind, const char *label,
                           gint32 bus_index, const char *at);

/* An argument, behind the others. */
void literal_push_global (VhTopology *topology, const char *driver, const char *property,
                          const char *value);
void literal_push_override (VhTopology *topology, const char *alias, const char *property,
                            const char *value);
