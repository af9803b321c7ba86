/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is known about the libvirt and the QEMU that run a domain, fact by
 * fact, each with its origin. A fact that nobody established is UNKNOWN. */
#pragma once

#include "model/machine.h"

/* Rows of fact.def: id, key in a recording, sentence. */
typedef enum {
#define VH_FACT_ROW(ID, key, sentence) VH_FACT_##ID,
#include "model/fact.def"
  VH_N_FACTS
} VhFactId;

typedef struct {
  VhKnown value;
  VhOrigin origin;
  char *from; /* how it is known, in words ("QMP device-list-properties PIIX4_PM"); NULL when
                 unknown */
} VhFact;

typedef struct {
  VhFact facts[VH_N_FACTS];
  VhVersion qemu; /* of the binary; 0 unknown */
  VhOrigin qemu_origin;
  VhVersion libvirt;       /* of the daemon; 0 unknown or no libvirt asked */
  char *host;              /* NULL when no libvirt was asked */
  char *emulator;          /* the binary that the facts are about; NULL */
  char *machine_type;      /* that the default facts are about; NULL */
  char *machine_canonical; /* what an alias stands for; NULL */
  GPtrArray *notes;        /* of char *: what was not probed and why, for `caps` */
} VhCaps;

#define VH_CAPS_ERROR (vh_caps_error_quark ())
GQuark vh_caps_error_quark (void);
typedef enum { VH_CAPS_ERROR_RECORDING } VhCapsError;

/* Nothing known. */
VhCaps *vh_caps_new (void);
VhCaps *vh_caps_dup (const VhCaps *caps);
void vh_caps_free (VhCaps *caps);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhCaps, vh_caps_free)

/* What the machine type alone allows to assume: its QEMU release (ASSUMED),
 * with a note that says so. */
VhCaps *vh_caps_new_assumed (const VhMachine *machine);

void vh_caps_set (VhCaps *caps, VhFactId id, VhKnown value, VhOrigin origin, const char *from);
const VhFact *vh_caps_get (const VhCaps *caps, VhFactId id);
/* `qemu` as the user, a probe or a recording says. */
void vh_caps_set_qemu (VhCaps *caps, VhVersion qemu, VhOrigin origin);
/* Fills what `caps` does not know from what `other` does. */
void vh_caps_merge (VhCaps *caps, const VhCaps *other);

const char *vh_fact_to_key (VhFactId id);
const char *vh_fact_to_sentence (VhFactId id);

/* A recording: a key file with every known fact; load gives them the origin
 * RECORDED. Caller frees. Errors: VH_CAPS_ERROR. */
char *vh_caps_to_recording (const VhCaps *caps);
VhCaps *vh_caps_new_from_recording (const char *text, gsize length, GError **error);
