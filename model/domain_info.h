/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a source knows of a domain besides its XML. */
#pragma once

#include "model/types.h"

typedef struct {
  char *name;
  char *uuid;        /* NULL: a file that has none */
  char *source;      /* URI, or path of the file, or "-" */
  char *host;        /* of the connection, as libvirt or its URI says; NULL: not known, or a file */
  const char *state; /* "shutoff", "running", … (docs/json.md); static; NULL for a file */
  gint id;           /* -1 when not active */
  gboolean is_file;
  gboolean read_only;  /* nothing may be written, or passwords were not given */
  gboolean persistent; /* TRUE for a file */
  gboolean managed_save;
  gboolean autostart;
  gint n_snapshots; /* snapshots; -1 unknown */
  char *taints;     /* libvirt's own messages, NULL when none or not known */
} VhDomainInfo;

VhDomainInfo *vh_domain_info_new (void);
VhDomainInfo *vh_domain_info_dup (const VhDomainInfo *info);
void vh_domain_info_free (VhDomainInfo *info);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhDomainInfo, vh_domain_info_free)

/* It runs, or is paused: a change needs a power cycle. */
gboolean vh_domain_info_is_active (const VhDomainInfo *info);
