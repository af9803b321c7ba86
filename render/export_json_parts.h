/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The pieces that the JSON formats are put together from. */
#pragma once

#include "config.h"
#include "render/export_json.h"
#include "render/json.h"

#define VH_EXPORT_JSON_PROGRAM "virt-hotplug " VH_PROGRAM_VERSION

/* A document with "format" and "program", left open. */
VhJson *vh_export_json_begin (void);
/* Its end: the text with a line end behind it. Caller frees. */
char *vh_export_json_end (VhJson *json);

/* `topology` NULL: what the source knows has to do. */
void vh_export_json_add_domain (VhJson *json, const char *name, const VhDomainInfo *info,
                                const VhTopology *topology);
/* `qemu` 0: not known. */
void vh_export_json_add_machine (VhJson *json, const char *name, const VhMachine *machine,
                                 VhVersion qemu, VhOrigin origin);
void vh_export_json_add_version (VhJson *json, const char *name, VhVersion version);
void vh_export_json_add_knobs (VhJson *json, const VhSession *session);
void vh_export_json_add_bus (VhJson *json, const VhSession *session, guint bus);
void vh_export_json_add_device (VhJson *json, const VhReading *reading, guint device);
void vh_export_json_add_summary (VhJson *json, const VhSummary *summary);
void vh_export_json_add_finding (VhJson *json, const VhFinding *finding);
void vh_export_json_add_result (VhJson *json, const VhCheckResult *result);
