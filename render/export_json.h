/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The JSON of docs/json.md. */
#pragma once

#include "model/fit.h"
#include "model/history.h"
#include "model/host.h"
#include "model/live.h"

/* Writes a piece of the output. FALSE and an error ends the export. */
typedef gboolean (*VhWriteFunc) (const char *bytes, gsize length, gpointer data, GError **error);

/* `show`: one bus at a time, so memory does not grow with the domain. */
gboolean vh_export_json_show (const VhSession *session, VhWriteFunc write, gpointer data,
                              GError **error);

/* The same with what runs as "live", which is null when `live` is NULL: it does not run. */
gboolean vh_export_json_show_live (const VhSession *session, const VhLive *live, VhWriteFunc write,
                                   gpointer data, GError **error);

/* `list`: of VhSummary. `check`: of VhCheckResult. `caps`. `fit`. Each ends with a
 * line end. Caller frees. */
char *vh_export_json_list (const GPtrArray *summaries);

typedef struct {
  VhDomainInfo *info;  /* of a target that could not be read: as it was named */
  GPtrArray *findings; /* of VhFinding; NULL with an error */
  GPtrArray *cures;    /* of each, vh_fix_new_cures(); NULL with an error */
  char *error;         /* NULL */
} VhCheckResult;
void vh_check_result_free (VhCheckResult *result);
char *vh_export_json_check (const GPtrArray *results);
/* The same of several connections; of VhHost. */
char *vh_export_json_list_hosts (const GPtrArray *hosts);
char *vh_export_json_check_hosts (const GPtrArray *hosts);
char *vh_export_json_caps (const VhCaps *caps);
char *vh_export_json_fit (const VhFit *fit);
/* `history`: of VhHistoryEntry. Caller frees. */
char *vh_export_json_history (const VhSession *session, const GPtrArray *entries);
