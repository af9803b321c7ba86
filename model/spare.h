/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Spare root ports: where a new one goes, and which one can go away. */
#pragma once

#include "model/reading.h"

/* A root port that is not there yet. */
typedef struct {
  gint32 index;
  VhAddress at; /* on bus 0 */
  guint chassis;
} VhSparePort;

/* Root ports into which a device can be plugged while the guest runs; -1 when
 * that is not known of any of them. */
gint vh_spare_count_free (const VhReading *reading);

/* The controller index that the next controller gets. */
gint32 vh_spare_find_next_index (const VhTopology *topology);

/* Where `count` new root ports go, of VhSparePort: eight functions to a slot,
 * above every bridge of the root bus, so that the firmware numbers the buses
 * behind those as before; below them only when there is no room above. NULL
 * and *reason (caller frees) when the domain takes no more root ports, or is
 * not what libvirt would have stored. */
GArray *vh_spare_new_ports (const VhTopology *topology, guint count, char **reason);

/* The element of a port as libvirt writes it, so that what is stored is what
 * was shown. Markup for vh_splices_insert_after(); caller frees. */
char *vh_spare_format (const VhSparePort *port, VhSwitch hotplug);

/* The bus that can be removed when the `n_gone` highest are gone already: an
 * unused root port with the highest index, since libvirt fills gaps with new
 * ports. Its index; -1 and *reason (caller frees) when there is none. */
gint32 vh_spare_find_removable (const VhTopology *topology, guint n_gone, char **reason);
