/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What many settings together are to achieve. */
#pragma once

#include "model/edit.h"

typedef enum {
  VH_POLICY_LOCK_OCCUPIED, /* nobody ejects what is plugged in now */
  VH_POLICY_LOCK_NON_NIC,  /* nobody ejects anything but network interfaces */
  VH_POLICY_FORBID,        /* no hotplug at all, as far as it can be switched off */
  VH_POLICY_NATIVE,        /* the hotplug of PCI Express instead of ACPI's */
  VH_POLICY_DEFAULT,       /* whatever the machine type does: no setting stays */
} VhPolicy;
#define VH_N_POLICIES (VH_POLICY_DEFAULT + 1)

/* The word of the command line. */
const char *vh_policy_to_string (VhPolicy policy);
/* FALSE, and *policy untouched, for another word. */
gboolean vh_policy_from_string (const char *word, VhPolicy *policy);

/* The edits of knobs (of VhEdit, for vh_session_push_knobs) that make it so.
 * A port that holds a bridge or a switch is locked by FORBID alone, since that
 * can disable everything behind it. Settings that cannot be made are left out:
 * the leftovers tell of them. NULL and *reason (caller frees) where the policy
 * means nothing on this machine. */
GArray *vh_policy_new_edits (VhPolicy policy, const VhReading *reading, const VhCaps *caps,
                             char **reason);

/* What is still against the policy once it is made: a sentence each, of char *.
 * libvirt has no switch for it. */
GPtrArray *vh_policy_new_leftovers (VhPolicy policy, const VhReading *after);
