/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Between the files of fit: the slots of a domain as libvirt counts them
 * (src/conf/domain_addr.c, virDomainPCIAddressSet). */
#pragma once

#include "model/fit.h"

#define VH_FIT_N_SLOTS 32
/* Of a set of bus models. */
#define VH_FIT_ON(MODEL) (1u << (MODEL))

typedef struct {
  VhBusModel model;
  gint32 index;
  gboolean takes_live;
  gboolean is_kept; /* for the bridge that libvirt adds together with this port */
  guint first, last;
  guint8 functions[VH_FIT_N_SLOTS]; /* taken ones, by bit */
  guint32 ports;                    /* slots that hold root ports only: more may join them */
} VhFitBus;

/* What looks for a slot. */
typedef struct {
  guint on;              /* models of buses, by bit */
  gboolean is_live;      /* only where libvirt takes a live attach */
  gboolean joins_others; /* a root port: a free function is enough */
  gboolean is_bridge;    /* a pcie-to-pci-bridge: takes a port that is kept, too */
} VhFitNeed;

typedef struct {
  gint32 position; /* of the bus; -1: none */
  guint slot, function;
} VhFitSpot;

/* Of VhFitBus. Caller unrefs. */
GArray *vh_fit_set_new (const VhTopology *topology);
/* A bus behind a controller that is added; its position. */
gint32 vh_fit_set_push (GArray *set, VhBusModel model);
/* The first place in the order of the index; FALSE when there is none. Taken
 * at once. */
gboolean vh_fit_set_take (GArray *set, const VhFitNeed *need, VhFitSpot *spot);
/* Is nothing free on any bus? */
gboolean vh_fit_set_is_full (const GArray *set);

/* What the device needs on this machine. */
VhFitNeed vh_fit_new_need (const VhTopology *topology, VhFitWants wants, gboolean is_live);
/* The root bus is pci-root. */
gboolean vh_fit_has_pci_root (const VhTopology *topology);

/* Does QEMU take a plug on the bus, whether the guest sees it or not? The
 * words that libvirt passes on when not; caller frees. */
VhKnown vh_fit_qemu_takes (const VhReading *reading, guint position, char **error);

void vh_fit_answer_cold (const VhReading *reading, VhFitWants wants, VhFitAnswer *answer);
/* What to do about an answer; caller frees; NULL when there is nothing to say. */
char *vh_fit_advise_live (const VhReading *reading, VhFitDevice device, const VhFitAnswer *answer);
char *vh_fit_advise_cold (VhFitDevice device, const VhFitAnswer *answer);
