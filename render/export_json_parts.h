/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The pieces that the JSON formats are put together from. Nodes are owned by
 * the caller. */
#pragma once

#include <json-glib/json-glib.h>

#include "config.h"
#include "render/export_json.h"

#define VH_EXPORT_JSON_PROGRAM "virt-hotplug " VH_PROGRAM_VERSION

/* An object with "format" and "program", left open, and its end. */
JsonBuilder *vh_export_json_begin (void);
JsonNode *vh_export_json_end (JsonBuilder *builder);

/* A member; NULL becomes null. Names of files and URIs may be any bytes: here as below, what is no
 * UTF-8 becomes U+FFFD. */
void vh_export_json_set_string (JsonObject *object, const char *name, const char *value);
void vh_export_json_add_string (JsonBuilder *builder, const char *name, const char *value);
/* An element of an array. */
void vh_export_json_add_text (JsonBuilder *builder, const char *text);

/* `topology` NULL: what the source knows has to do. */
JsonNode *vh_export_json_new_domain (const VhDomainInfo *info, const VhTopology *topology);
/* `qemu` 0: not known. */
JsonNode *vh_export_json_new_machine (const VhMachine *what, VhVersion qemu, VhOrigin origin);
JsonNode *vh_export_json_new_knobs (const VhSession *session);
/* Words that many devices have, each as one node: json-glib would copy the string for every device.
 * Not for longer than what is exported; g_hash_table_unref(). */
GHashTable *vh_export_json_new_words (void);
JsonNode *vh_export_json_new_bus (const VhSession *session, guint position, GHashTable *words);
JsonNode *vh_export_json_new_device (const VhReading *reading, guint device, GHashTable *words);
JsonNode *vh_export_json_new_summary (const VhSummary *summary);
JsonNode *vh_export_json_new_finding (const VhFinding *finding);
JsonNode *vh_export_json_new_result (const VhCheckResult *result);
