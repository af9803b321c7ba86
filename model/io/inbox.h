/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The worker's side of an inbox. A thread that was abandoned keeps a
 * reference, so that its late result has somewhere to go. */
#pragma once

#include "model/io/worker.h"

/* What all results of one worker share. */
typedef struct {
  gatomicrefcount references;
  gint abandoned; /* atomic; set by the main thread only */
} VhInboxSender;

VhInboxSender *vh_inbox_sender_new (void);
VhInboxSender *vh_inbox_sender_ref (VhInboxSender *sender);
void vh_inbox_sender_unref (VhInboxSender *sender);

VhInbox *vh_inbox_ref (VhInbox *inbox);
/* From any thread; takes `result`. */
void vh_inbox_push (VhInbox *inbox, VhInboxSender *sender, VhResult *result);
/* A number that no request to any worker of this inbox had before. Never 0. */
guint vh_inbox_next_generation (VhInbox *inbox);
