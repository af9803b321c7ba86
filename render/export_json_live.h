/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The pieces of "live" in the JSON. */
#pragma once

#include "model/live.h"
#include "render/json.h"

void vh_export_json_add_differences (VhJson *json, const VhLive *live, const VhSession *next);
void vh_export_json_add_arguments (VhJson *json, const VhLive *live, const VhSession *next);
/* null when QEMU was not asked. */
void vh_export_json_add_answers (VhJson *json, const VhLive *live);
