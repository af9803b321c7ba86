/* SPDX-License-Identifier: GPL-2.0-or-later */
/* JSON written from front to back: nothing of it is kept but its text.
 *
 * `name` is the name of a member, NULL for an element of an array and for a
 * value of its own. The layout is that of json-glib, which wrote it before. */
#pragma once

#include <glib.h>

typedef struct VhJson VhJson;

/* `pretty`: a line for each member and element. */
VhJson *vh_json_new (gboolean pretty);
void vh_json_free (VhJson *json);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhJson, vh_json_free)

void vh_json_begin_object (VhJson *json, const char *name);
void vh_json_end_object (VhJson *json);
void vh_json_begin_array (VhJson *json, const char *name);
void vh_json_end_array (VhJson *json);

void vh_json_add_null (VhJson *json, const char *name);
void vh_json_add_boolean (VhJson *json, const char *name, gboolean value);
/* NULL becomes null. */
void vh_json_add_string (VhJson *json, const char *name, const char *value);
/* An index or a count; what is negative becomes null. */
void vh_json_add_count (VhJson *json, const char *name, gint value);

/* The value that was written, all of it closed; lent until the next call. */
const GString *vh_json_get (const VhJson *json);
/* Begins a value of its own anew. */
void vh_json_clear (VhJson *json);
