/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A libvirt of a test's own: the driver inside this process, or a private
 * daemon. */
#pragma once

#include "model/io/source.h"
#include "model/session.h"

#include <libvirt/libvirt.h>

typedef enum {
  VH_BACKEND_EMBED,
  VH_BACKEND_DAEMON,
} VhBackendKind;

typedef struct {
  char *folder; /* also of the XDG folders */
  char *uri;
  VhBackendKind kind;
  /* Of the driver inside this process, which can be started about ten times in
   * all: it stays up as long as this is open. NULL for a daemon. */
  virConnectPtr anchor;
} VhBackend;

/* Starts it. NULL when this machine lacks what it needs: that is told then, and no test may run. */
VhBackend *vh_backend_new (VhBackendKind kind);
void vh_backend_free (VhBackend *backend);

/* The daemon's process; and what can happen to it. */
void vh_backend_signal (const VhBackend *backend, int signal_number);
void vh_backend_start_again (const VhBackend *backend);

/* The source that is tested; selects the domain `name`, if not NULL. */
VhSource *vh_backend_open (const VhBackend *backend, const char *name);

/* A session of the domain `name`; NULL: of the one that is selected. Caller
 * frees, as what vh_backend_parse() makes of a text. */
VhSession *vh_backend_load (VhSource *source, const char *name);
VhDocument *vh_backend_parse (const char *text);

/* A connection of the test's own: someone else. */
virConnectPtr vh_backend_connect (const VhBackend *backend);
/* Defines a domain; its XML as libvirt stores it, caller frees. */
char *vh_backend_define (const VhBackend *backend, const char *xml);
char *vh_backend_read (const VhBackend *backend, const char *name);
void vh_backend_undefine (const VhBackend *backend, const char *name);

/* The machine type that a domain of a test gets: `wanted`, or the nearest that the QEMU here has
 * (../machine_type.py). Caller frees. */
char *vh_backend_find_machine (const char *wanted);

/* A small domain of vh_backend_find_machine (machine) that libvirt takes. Caller frees. */
char *vh_backend_new_domain (const char *name, const char *machine, const char *controllers);
