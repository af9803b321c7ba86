/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A copy of a domain that a driver can be asked about without side effects:
 * only name, memory, vcpu, NUMA cells, os, features, emulator, PCI controllers and
 * the QEMU arguments, as they are written. (The whole domain would make the driver
 * create network devices and refuse host devices; docs/libvirt.md.) */
#pragma once

#include "model/document.h"

/* The reduced domain XML; caller frees. `document` must be a domain. */
char *vh_reduce_new_xml (const VhDocument *document);
