/* SPDX-License-Identifier: GPL-2.0-or-later */
/* QMP with a child, and careful looks into answers that may be anything. */
#pragma once

#include "model/io/probe_child.h"
#include "model/machine.h"

typedef struct _JsonNode VhQmpNode; /* json-glib's */
void vh_probe_qmp_free (VhQmpNode *node);
VhQmpNode *vh_probe_qmp_ref (VhQmpNode *node);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhQmpNode, vh_probe_qmp_free)

/* Reads the greeting and leaves the negotiation behind. */
gboolean vh_probe_qmp_open (VhProbeChild *child, VhVersion *version, GError **error);

/* Runs one command. `arguments` is a JSON object, or NULL. *answer is what it
 * returned, owned by the caller; NULL when QEMU refused the command. FALSE
 * and VH_PROBE_ERROR when it cannot be spoken to. */
gboolean vh_probe_qmp_execute (VhProbeChild *child, const char *command, const char *arguments,
                               VhQmpNode **answer, GError **error);

/* Looks that never complain: NULL when the node is no such thing. Borrowed. */
VhQmpNode *vh_probe_qmp_get_member (VhQmpNode *node, const char *name);
const char *vh_probe_qmp_get_string (VhQmpNode *node, const char *name);
VhQmpNode *vh_probe_qmp_get_element (VhQmpNode *array, guint position);
guint vh_probe_qmp_get_length (VhQmpNode *array);
/* A boolean, or a string that is one ("on", "false", …). */
VhKnown vh_probe_qmp_get_known (VhQmpNode *node);

/* One object of JSON, whoever sent it; NULL when it is none. Caller frees. */
VhQmpNode *vh_probe_qmp_parse (const char *line);

/* The release of QEMU in an answer to query-version, or in a greeting. */
gboolean vh_probe_qmp_get_version (VhQmpNode *node, VhVersion *version);

/* Where in the machine the device of a type is, by the answer to a qom-list of
 * VH_PROBE_QMP_UNATTACHED; NULL when it is not there. Caller frees. */
#define VH_PROBE_QMP_UNATTACHED "/machine/unattached"
char *vh_probe_qmp_find_device (VhQmpNode *list, const char *type);

/* A JSON string with its quotes; caller frees. */
char *vh_probe_qmp_quote (const char *text);
