/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Waiting for a worker, with a limit. */
#pragma once

#include "model/io/worker.h"

/* Waits until `fd` can be read, or for a second, in the way of the terminal
 * UI; `what` is done for `waited_ms` now. FALSE: the user does not want to
 * wait any longer. */
typedef gboolean (*VhWaitFunc) (int fd, const char *what, gint waited_ms, gpointer data);

typedef struct {
  VhJobKind kind;
  guint generation; /* 0: any */
  gint limit_ms;    /* G_MAXINT: none */
  const char *uri;  /* that is being opened; NULL: libvirt's default, or nothing is */
  gboolean is_told; /* somebody said already what is opened */
  VhWaitFunc wait;  /* NULL: sleeps, up to the limit */
  gpointer data;
  VhWorker *worker; /* that is waited for: it gets the answers to its questions */
  GQueue *others;   /* takes what else arrives meanwhile; of VhResult */
} VhAwaited;

/* The result of that request. NULL when the limit is over, or the user leaves. */
VhResult *vh_wait_for (VhInbox *inbox, const VhAwaited *awaited);

/* How long a job of this kind may take on the connection; `uri` NULL is
 * libvirt's default. */
gint vh_wait_get_limit (const char *uri, VhJobKind kind);
/* "reading the domain"; static text. */
const char *vh_wait_describe (VhJobKind kind);
