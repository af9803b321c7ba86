/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the command line of "set" asks for. */
#pragma once

#include "model/policy.h"
#include "model/session.h"
#include "tui/options.h"

typedef struct {
  gboolean has_policy;
  VhPolicy policy;
  GArray *wishes; /* of knobs; they override the policy */
  VhSite site;    /* NONE: not asked for */
  guint n_spare;  /* 0: not asked for */
} VhSetRequest;

/* NULL with the error printed. */
VhSetRequest *vh_set_request_new (const VhOptions *options);
void vh_set_request_free (VhSetRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhSetRequest, vh_set_request_free)

gboolean vh_set_request_is_empty (const VhSetRequest *request);
/* FALSE and an error of VH_EDIT_ERROR when any of it may not be. */
gboolean vh_set_request_push (const VhSetRequest *request, VhSession *session, GError **error);
