/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Would a device find a slot, and which? What libvirt answers when a device
 * without an address is attached to the running domain, and to its
 * definition. */
#pragma once

#include "model/reading.h"

/* Rows of fit_device.def. */
typedef enum {
#define VH_FIT_DEVICE_ROW(ID, word, other, title, wants, live, cold) VH_FIT_##ID,
#include "model/fit_device.def"
  VH_N_FIT_DEVICES
} VhFitDevice;

/* The slot it looks for. */
typedef enum {
  VH_FIT_WANTS_EXPRESS,      /* a root or downstream port; where the root is pci-root, as below */
  VH_FIT_WANTS_CONVENTIONAL, /* pci-root, a bridge, a pci-expander-bus */
  VH_FIT_WANTS_CONTROLLER,   /* none: libvirt attaches no PCI controller */
} VhFitWants;

/* A controller that libvirt adds to the definition to make room. */
typedef struct {
  gint32 index;
  VhBusModel model;
  gint32 bus; /* where it is put; -1 for a root */
  gint32 slot;
} VhFitAdded;

typedef struct {
  VhKnown fits;          /* would the attach succeed? */
  gint32 bus;            /* controller index; -1 when it does not fit */
  gint32 slot;           /* -1 likewise */
  VhMechanism mechanism; /* live: what the plug goes through; UNKNOWN for cold */
  char *error;           /* libvirt's words, or why it is not known; NULL when it fits */
  char *advice;          /* what to do, or to know; NULL */
  GArray *added;         /* of VhFitAdded; empty for live */
} VhFitAnswer;

typedef struct {
  VhFitDevice device;
  VhFitAnswer live;
  VhFitAnswer cold;
} VhFit;

/* Pure. `running`: the domain as it runs, or would run after a start;
 * `defined`: its definition. They may be one. */
VhFit *vh_fit_new (const VhReading *running, const VhReading *defined, VhFitDevice device);
void vh_fit_free (VhFit *fit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhFit, vh_fit_free)

/* Does it find a slot in the running domain, and does a booted guest see it
 * there? */
VhKnown vh_fit_works (const VhFit *fit);
/* Does it not fit for want of a port that could be added? */
gboolean vh_fit_is_cured_by_ports (const VhFit *fit);
/* "bus 2, slot 0, by acpi", "does not fit: …"; caller frees. */
char *vh_fit_describe (const VhFitAnswer *answer);

const char *vh_fit_device_to_word (VhFitDevice device);
const char *vh_fit_device_to_title (VhFitDevice device);
VhFitWants vh_fit_device_get_wants (VhFitDevice device);
/* Does libvirt put such a device on that bus, if a slot is free, when it chooses the place?
 * `is_live`: of a running domain; else of a definition. */
gboolean vh_fit_may_sit (const VhTopology *topology, VhFitDevice device, guint bus,
                         gboolean is_live);
/* Nobody attached one: the answer was read in libvirt's source. */
gboolean vh_fit_device_is_untried (VhFitDevice device);
/* FALSE when it is no row's word. */
gboolean vh_fit_device_from_word (const char *word, VhFitDevice *device);
