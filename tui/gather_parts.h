/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of the gathering share. Nobody else includes it. */
#pragma once

#include "tui/gather.h"

/* A domain that is being read: its XML is asked for, then, unless one like it
 * was asked about, the capabilities. */
typedef struct {
  guint generation; /* of what is asked; 0: another task asks for the same capabilities */
  VhJobKind kind;
  char *key;
  VhDomainInfo *info;   /* NULL: that of the list is new enough */
  VhDocument *document; /* once it was read */
  char *kin;            /* what the capabilities depend on */
} VhGatherTask;

struct VhGather {
  VhLoader *loader;
  GPtrArray *summaries;
  GHashTable *by_key; /* key -> VhSummary; both borrowed */
  GHashTable *stale;  /* key -> whether its state is to be asked for, too */
  GQueue *marked;     /* keys that come before the others */
  guint next;         /* before this position no summary is stale, but for marked ones */
  GPtrArray *tasks;   /* of VhGatherTask */
  GHashTable *caps;   /* kin -> VhCaps, while many are read */
  guint listing;      /* the generation of the list that was asked for; 0 none */
  gboolean is_listed;
};

/* A domain of the list, known before or not. `info` is copied. */
void vh_gather_add (VhGather *gather, const VhDomainInfo *info);
/* The XML has come: it is summed up, or capabilities are asked for first. */
VhGathered vh_gather_take_look (VhGather *gather, VhGatherTask *task, VhResult *result);
/* Capabilities have come: all tasks that wait for those of this kin are done. */
VhGathered vh_gather_take_caps (VhGather *gather, const char *kin, VhResult *result);
/* Ends the task with a summary under `real`, or with `failure` in its place. */
VhGathered vh_gather_finish (VhGather *gather, VhGatherTask *task, const VhCaps *real,
                             const GError *failure);
