/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The pieces of "live" in the JSON. Nodes are owned by the caller. */
#pragma once

#include <json-glib/json-glib.h>

#include "model/live.h"

JsonNode *vh_export_json_new_differences (const VhLive *live, const VhSession *next);
JsonNode *vh_export_json_new_arguments (const VhLive *live, const VhSession *next);
/* null when QEMU was not asked. */
JsonNode *vh_export_json_new_answers (const VhLive *live);
