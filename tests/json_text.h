/* SPDX-License-Identifier: GPL-2.0-or-later */
/* JSON documents for tests: written, parsed, looked into. */
#pragma once

#include <json-glib/json-glib.h>

#include "render/export_json.h"

#define KNOB_KEYS "applies state configured site write_site settable reason"
#define DEVICE_KEYS "kind label address bus_behind unplug"
#define TOP_KEYS "format program domain machine acpi knobs buses unaddressed findings"

/* A VhWriteFunc that collects, and may fail. */
typedef struct {
  GString *text;
  guint n_writes;
  guint fail_at; /* the write that fails; 0: none */
} JsonSink;
gboolean json_text_write (const char *bytes, gsize length, gpointer data, GError **error);

/* Valid UTF-8, valid JSON, a line end behind it. Caller unrefs. */
JsonNode *json_text_parse (const char *text);
/* What `show` writes. Caller unrefs. */
JsonNode *json_text_show (const VhSession *session);

/* The members in their order, separated by a space. */
void json_text_assert_keys (JsonObject *object, const char *expected);
JsonObject *json_text_element (JsonObject *object, const char *array, guint i);
const char *json_text_string (JsonObject *object, const char *name);
