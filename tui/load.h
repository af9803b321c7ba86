/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Brings a target (file, domain, demo domain) to a session: opens, reads,
 * establishes capabilities. What blocks runs in a worker; here it is waited
 * for with a limit. */
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
void vh_loader_free (VhLoader *loader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhLoader, vh_loader_free)

/* How the terminal UI waits; `wait` NULL: by sleeping, up to a limit. When it
 * does not want to wait any longer the worker is abandoned. */
void vh_loader_set_waiter (VhLoader *loader, VhWaitFunc wait, gpointer data);

/* Is the operand a file? It has a "/" or is "-". */
gboolean vh_load_is_file (const char *target);

/* Opens what `target` needs (NULL: the connection) unless it is open.
 * Authentication may ask on the terminal. Errors: VH_SOURCE_ERROR,
 * VH_LOAD_ERROR. */
gboolean vh_loader_open (VhLoader *loader, const char *target, GError **error);
/* Opens, reads and establishes capabilities. */
VhSession *vh_loader_load (VhLoader *loader, const char *target, GError **error);
/* Every domain; of VhDomainInfo. */
GPtrArray *vh_loader_list (VhLoader *loader, GError **error);

/* Waits for the result of a request; NULL and the job's own error, or
 * VH_LOAD_ERROR_NO_ANSWER. */
VhResult *vh_loader_wait (VhLoader *loader, VhJobKind kind, guint generation, GError **error);

/* The capabilities for a document under the options --caps, --emulator,
 * --machine, --qemu, or, with a connection, as probed. */
VhCaps *vh_loader_find_caps (VhLoader *loader, VhDocument *document, GError **error);

/* Reads the target opened last again. */
VhResult *vh_loader_read_again (VhLoader *loader, const char *target, GError **error);

/* Of the target opened last; borrowed. */
VhWorker *vh_loader_get_worker (const VhLoader *loader);
/* Who can check a configuration: the connection where there is one, also for a
 * file. */
VhWorker *vh_loader_get_checker (const VhLoader *loader);
VhInbox *vh_loader_get_inbox (const VhLoader *loader);
/* "demo, through qemu:///embed", "demo, as files"; NULL without --demo. */
const char *vh_loader_get_title (const VhLoader *loader);
/* The connection's URI as given; NULL: the default, or none. */
const char *vh_loader_get_uri (const VhLoader *loader);
