/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Brings a target (file, domain, demo domain) to a session: opens, reads,
 * establishes capabilities. What blocks runs in a worker and is waited for
 * with a limit; a QEMU binary named by --emulator has deadlines of its own. */
#pragma once

#include "model/session.h"
#include "tui/options.h"
#include "tui/wait.h"

#define VH_LOAD_ERROR (vh_load_error_quark ())
GQuark vh_load_error_quark (void);
typedef enum {
  VH_LOAD_ERROR_NO_ANSWER, /* libvirt hangs; its worker was abandoned */
} VhLoadError;

typedef struct VhLoader VhLoader;

/* `options` is borrowed for the loader's life. */
VhLoader *vh_loader_new (const VhOptions *options);
/* For a connection that is open already; takes it. */
VhLoader *vh_loader_new_for_source (const VhOptions *options, VhSource *source);
void vh_loader_free (VhLoader *loader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhLoader, vh_loader_free)

/* How the terminal UI waits; `wait` NULL: by sleeping, up to a limit. When it
 * does not want to wait any longer the worker is abandoned. */
void vh_loader_set_waiter (VhLoader *loader, VhWaitFunc wait, gpointer data);

/* Before the connection is opened: changes that are made elsewhere arrive as results VH_JOB_EVENT.
 */
void vh_loader_watch (VhLoader *loader);
/* Before it is opened: of a domain only name, UUID, state and persistence are asked for beside its
 * XML. For who shows neither the rest nor what a write would bring. */
void vh_loader_skip_details (VhLoader *loader);

/* Is the operand a file? It has a "/" or is "-". */
gboolean vh_load_is_file (const char *target);

/* Opens what `target` needs (NULL: the connection) unless it is open.
 * Authentication may ask on the terminal. Errors: VH_SOURCE_ERROR,
 * VH_LOAD_ERROR. */
gboolean vh_loader_open (VhLoader *loader, const char *target, GError **error);
/* Begins to open the connection, and does not wait: a result VH_JOB_OPEN comes. */
void vh_loader_begin (VhLoader *loader);
/* Takes that result. TRUE: it is open. FALSE without an error: it was refused, and is tried
 * read-only now, so that another result comes. */
gboolean vh_loader_take_open (VhLoader *loader, VhResult *result, GError **error);
/* What waited too long is over: the worker is abandoned, nothing more can be asked. The error is
 * VH_LOAD_ERROR_NO_ANSWER. */
void vh_loader_give_up (VhLoader *loader, VhJobKind kind, GError **error);
/* FALSE and VH_LOAD_ERROR_NO_ANSWER, for something that is only said to be late. */
gboolean vh_load_fail_without_answer (const VhLoader *loader, VhJobKind kind, GError **error);
/* Opens, reads and establishes capabilities. */
VhSession *vh_loader_load (VhLoader *loader, const char *target, GError **error);
/* The same, but without waiting for capabilities that were not kept: see vh_loader_begin_caps(). */
VhSession *vh_loader_load_early (VhLoader *loader, const char *target, guint *asked,
                                 GError **error);
/* Every domain; of VhDomainInfo. */
GPtrArray *vh_loader_list (VhLoader *loader, GError **error);

/* A job that was given to a worker. */
typedef struct {
  VhWorker *worker;
  VhJobKind kind;
  guint generation; /* 0: any */
} VhRequest;

/* Waits for the result of a request; NULL and the job's own error, or
 * VH_LOAD_ERROR_NO_ANSWER: its worker is abandoned then, and nothing more can
 * be asked. */
VhResult *vh_loader_wait (VhLoader *loader, const VhRequest *request, GError **error);

/* What arrived unasked, or while something else was waited for; NULL when there is nothing.
 * Caller frees. */
VhResult *vh_loader_pop (VhLoader *loader);
/* The same, waiting as long as a job of that kind may take. NULL and VH_LOAD_ERROR_NO_ANSWER
 * then: the worker is abandoned. */
VhResult *vh_loader_wait_any (VhLoader *loader, VhJobKind kind, GError **error);

/* Writes the edited text of a session; the result has a report. See
 * load_write.h for what follows when nobody answers. */
VhResult *vh_loader_write (VhLoader *loader, const VhSession *session, gboolean no_validate,
                           GError **error);
/* Lets libvirt check a reduced copy of a domain: the connection where there is
 * one, or where --connect names one, also for a file. */
VhResult *vh_loader_check (VhLoader *loader, const VhDocument *document, GError **error);

/* The capabilities for a document under the options --caps, --emulator,
 * --machine, --qemu, or, with a connection, as probed. */
VhCaps *vh_loader_find_caps (VhLoader *loader, VhDocument *document, GError **error);
/* The same where they were kept. Where they must be asked for, nothing known, and *asked is the
 * request whose result vh_loader_take_caps() takes; else *asked is 0. */
VhCaps *vh_loader_begin_caps (VhLoader *loader, VhDocument *document, guint *asked, GError **error);
/* Gives the session what that result says. *asked is 0 then, or another request whose result is
 * to be taken in its place. */
gboolean vh_loader_take_caps (VhLoader *loader, VhSession *session, VhResult *result, guint *asked,
                              GError **error);

/* Are they asked of the connection? Otherwise vh_resolve_offline_caps() has them. */
gboolean vh_loader_may_probe (const VhLoader *loader);
/* Are the domains of the list files, each to be opened by its name? */
gboolean vh_loader_has_files (const VhLoader *loader);

/* Reads the target opened last again; `target` is how a domain is looked up. */
VhResult *vh_loader_read_again (VhLoader *loader, const char *target, GError **error);

/* The worker of the target opened last; NULL when it was abandoned. */
VhWorker *vh_loader_get_worker (const VhLoader *loader);
const VhOptions *vh_loader_get_options (const VhLoader *loader);
VhInbox *vh_loader_get_inbox (const VhLoader *loader);
/* "demo, through qemu:///embed", "demo, as files"; NULL without --demo. */
const char *vh_loader_get_title (const VhLoader *loader);
/* The URI of the target opened last; NULL: libvirt's default, or a file. */
const char *vh_loader_get_uri (const VhLoader *loader);
