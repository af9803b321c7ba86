/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A PCI address as libvirt writes it. `bus` is the index of a libvirt
 * controller, not the bus number that a guest sees. */
#pragma once

#include "model/types.h"

typedef struct {
  guint32 domain;
  guint16 bus;
  guint8 slot;            /* 0..31 */
  guint8 function;        /* 0..7 */
  VhSwitch multifunction; /* as written */
  gboolean present;       /* FALSE: the device has no address yet; the rest is 0 */
} VhAddress;

/* Reads one number of an <address>: decimal, octal or hexadecimal as libvirt
 * takes them. FALSE, *value untouched, when it is none or above `max`. */
gboolean vh_address_parse_number (const char *text, guint max, guint *value);

/* "0000:00:1f.2"; caller frees. NULL for an absent address. */
char *vh_address_format (const VhAddress *address);

/* By domain, bus, slot, function; an absent address comes last. */
int vh_address_compare (const VhAddress *a, const VhAddress *b);
