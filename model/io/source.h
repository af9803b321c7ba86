/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where a domain comes from and goes to: one contract for files, for libvirt
 * and for the fake of the tests. A source is used by one thread at a time; its
 * calls may block. The revision of a domain is its text. */
#pragma once

#include "model/caps.h"
#include "model/domain_info.h"
#include "model/topology.h"

#define VH_SOURCE_ERROR (vh_source_error_quark ())
GQuark vh_source_error_quark (void);

/* The message of every error is whole sentences with the words of libvirt or
 * of the system kept, then what to do next. */
typedef enum {
  VH_SOURCE_ERROR_FAILED,
  VH_SOURCE_ERROR_NOT_FOUND,   /* no such domain or file */
  VH_SOURCE_ERROR_DENIED,      /* no permission, authentication failed, read-only */
  VH_SOURCE_ERROR_UNSUPPORTED, /* this kind of source or driver cannot do it */
  VH_SOURCE_ERROR_REFUSED,     /* the configuration was refused; nothing was stored */
  VH_SOURCE_ERROR_SCHEMA, /* refused by the schema (VIR_ERR_XML_INVALID_SCHEMA); nothing was stored
                           */
  VH_SOURCE_ERROR_CONFLICT, /* name or UUID now belong to another domain */
  VH_SOURCE_ERROR_LOST,     /* the connection went while a call ran: its outcome is unknown */
} VhSourceError;

typedef struct VhSource VhSource;

typedef enum {
  VH_REPLACE_VALIDATE = 1 << 0, /* check against the schema */
} VhReplaceFlags;

/* A domain was changed, started or stopped by whomever, or came or went; `uuid` NULL: the
 * connection was closed. Called in a thread of the source's: it must not call the source. */
typedef void (*VhSourceChanged) (const char *uuid, gpointer data);

typedef struct {
  /* Every domain; of VhDomainInfo. NULL for files. */
  GPtrArray *(*list) (VhSource *source, GError **error);
  /* Chooses the domain that the calls below are about: id, UUID, name. NULL for files. */
  gboolean (*select) (VhSource *source, const char *target, GError **error);
  /* The XML of one domain of the list, by its UUID, as it will be at its next start, without
   * passwords: to sum it up. The domain that was selected stays so. *info is as that of read(), but
   * without what costs a call each; NULL spares that. NULL for files. */
  GBytes *(*look) (VhSource *source, const char *uuid, VhDomainInfo **info, GError **error);
  /* The bytes as stored, passwords included where they are given, a NUL behind
   * them; *info (may be NULL) is filled anew and owned by the caller. */
  GBytes *(*read) (VhSource *source, VhDomainInfo **info, GError **error);
  /* The XML of what runs, without passwords: to look at, never to be stored. Of a domain that does
   * not run, what is stored. NULL for files. */
  char *(*read_live) (VhSource *source, GError **error);
  /* Passes one command in JSON to the monitor of the QEMU that runs the domain, which marks the
   * domain as tainted; the answer may be an error of QEMU. Caller frees. NULL for files. */
  char *(*monitor) (VhSource *source, const char *command, GError **error);
  /* Capabilities for this domain; never NULL without an error. */
  VhCaps *(*probe) (VhSource *source, const VhTopology *topology, GError **error);
  /* Was all that kept which probe() would ask libvirt and QEMU for? NULL where it asks nobody. */
  gboolean (*is_kept) (VhSource *source, const VhTopology *topology);
  /* The driver's own check of a reduced copy; stores nothing. *args (of char *, owned by the
   * caller; args may be NULL) are the QEMU arguments. */
  gboolean (*validate) (VhSource *source, const char *reduced_xml, GPtrArray **args,
                        GError **error);
  /* Stores the bytes in the place of the domain. */
  gboolean (*replace) (VhSource *source, GBytes *bytes, VhReplaceFlags flags, GError **error);
  /* Does the schema on this machine take the bytes? Asks nobody and stores nothing; UNKNOWN
   * without one. NULL where a replace asks no schema (files). */
  VhKnown (*check_schema) (VhSource *source, GBytes *bytes);
  /* How often the domain was (re)defined or undefined since this was asked first, as far as events
   * tell; 0 when they do not. NULL where what is stored is exactly what was given (files). */
  guint (*count_defines) (VhSource *source);
  /* Is the connection still there, as far as is known here? NULL: it is. */
  gboolean (*is_alive) (VhSource *source);
  /* The same place again after VH_SOURCE_ERROR_LOST: a new connection. NULL for files. */
  gboolean (*reconnect) (VhSource *source, GError **error);
  /* Who is told of changes; once, right after opening. NULL where nothing tells. */
  void (*watch) (VhSource *source, VhSourceChanged changed, gpointer data,
                 GDestroyNotify free_data);
  void (*free) (VhSource *source);
} VhSourceOps;

struct VhSource {
  const VhSourceOps *ops;
  char *name; /* URI or path, for messages */
  char *host; /* where the domain is, as libvirt or its URI says; NULL: not known, or a file */
};

void vh_source_free (VhSource *source);

/* ops->reconnect, and again for the second or two that a daemon takes to start anew, but not where
 * it is the domain that is gone. FALSE with the last error, or with none where ops->reconnect is
 * NULL. Blocks. */
gboolean vh_source_reconnect (VhSource *source, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhSource, vh_source_free)

/* A file; "-" reads standard input, and what is written goes to standard
 * output. Never fails: reading does. */
VhSource *vh_source_new_file (const char *path);

/* Asks whoever can answer, and waits; caller frees. NULL: nobody does. */
typedef char *(*VhSourceAsk) (const char *prompt, gboolean is_secret, gpointer data);

/* A connection. `uri` NULL: libvirt's default. Opening may block for long;
 * the worker abandons it. */
typedef struct {
  const char *uri;
  const char *emulator; /* --emulator; NULL */
  gboolean read_only;
  gboolean may_ask;   /* the first opening may ask for names and passwords */
  gboolean may_agent; /* … and start an agent of polkit, which asks on the terminal */
  gboolean watches;   /* changes made elsewhere are told; else nobody is asked to tell them */
  /* Managed save, autostart, snapshots and taints of a domain are not asked for: a call each. */
  gboolean without_details;
  VhSourceAsk ask; /* NULL: nobody answers; a worker fills it in */
  gpointer ask_data;
} VhLibvirtOptions;
VhSource *vh_source_new_libvirt (const VhLibvirtOptions *options, GError **error);

/* Once, before the first connection and before other threads: event loop
 * thread, no output by libvirt itself. */
void vh_source_libvirt_init (void);
