/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the thread of a worker does; for worker.c alone. */
#pragma once

#include "model/io/inbox.h"
#include "model/io/worker.h"

typedef struct {
  VhJobKind kind;
  gboolean is_last; /* ends the thread */
  gboolean later;   /* when nobody waits for anything else */
  gboolean with_info;
  gboolean only_kept; /* PROBE: nobody is asked */
  guint generation;
  char *text; /* READ: the target; LOOK: the UUID; PROBE: a binary, NULL the source; VALIDATE: the
               * XML; WRITE: what is done */
  VhDocument *base, *after;
  VhWriteOptions options;
} VhJob;

/* The thread's own things; shared with the handle until one of them goes. */
typedef struct {
  gatomicrefcount references;
  GAsyncQueue *jobs;
  VhInbox *inbox;
  VhInboxSender *sender;
  gint stopping;        /* atomic: what is queued is not begun any more */
  GAsyncQueue *answers; /* of char: what somebody typed, after a letter for whether anybody did */
  GAsyncQueue *ended;   /* gets one entry, the last thing that the thread does */
  gint running;         /* atomic: the VhJobKind of the job that runs; negative: none */
  gint is_inside;       /* atomic: the driver is part of this process */
  VhSource *source;     /* the thread's alone */
  char *uri, *emulator;
  VhLibvirtOptions options;
} VhDesk;

/* Does the job into the result; what only reads is tried once more on a new connection. */
void vh_worker_run (VhDesk *desk, const VhJob *job, VhResult *result);

/* From now on the source's news go to the inbox; in worker.c. */
void vh_worker_watch (VhDesk *desk);
/* A VhSourceAsk, whose data is a VhDesk: by the main thread. */
char *vh_worker_ask_for (const char *prompt, gboolean is_secret, gpointer data);
