/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One thread a connection, which takes jobs in order and pushes results to
 * the inbox of the main thread. A call that hangs cannot be cancelled: the
 * worker is abandoned and never used again. */
#pragma once

#include "model/answers.h"
#include "model/io/writer.h"

/* Results arrive here; poll() on the descriptor, then pop. */
typedef struct VhInbox VhInbox;
VhInbox *vh_inbox_new (void);
void vh_inbox_free (VhInbox *inbox);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhInbox, vh_inbox_free)
int vh_inbox_get_fd (const VhInbox *inbox);

typedef enum {
  VH_JOB_OPEN,
  VH_JOB_CONNECT, /* again, unless the connection is there */
  VH_JOB_LIST,
  VH_JOB_READ,      /* selects the target first, when one is given */
  VH_JOB_LOOK,      /* at a domain of the list, which is not selected by that */
  VH_JOB_READ_LIVE, /* what runs of the target that was selected */
  VH_JOB_ASK,       /* the QEMU that runs it, which taints it */
  VH_JOB_PROBE,
  VH_JOB_VALIDATE,
  VH_JOB_WRITE,
  VH_JOB_QUESTION, /* not asked for: the opening wants vh_worker_answer() */
  VH_JOB_EVENT,    /* not asked for: a domain changed, or the connection closed */
} VhJobKind;

typedef struct {
  VhJobKind kind;
  guint generation;      /* of the request */
  GError *error;         /* NULL: it was done */
  GPtrArray *list;       /* LIST: of VhDomainInfo */
  GBytes *bytes;         /* READ, LOOK, READ_LIVE */
  VhDomainInfo *info;    /* READ, and LOOK if it was asked for */
  char *uuid;            /* EVENT: which domain; NULL with an error */
  VhAnswers *answers;    /* ASK */
  char *prompt;          /* QUESTION */
  gboolean is_secret;    /* QUESTION: what is typed must not be seen */
  VhCaps *caps;          /* PROBE; NULL without an error: vh_worker_recall() found none */
  VhWriteReport *report; /* WRITE */
} VhResult;
void vh_result_free (VhResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhResult, vh_result_free)

/* The next result; waits up to `timeout_ms` (0: does not wait, -1: for
 * ever). NULL when none came. Caller frees. */
VhResult *vh_inbox_pop (VhInbox *inbox, gint timeout_ms);

typedef struct VhWorker VhWorker;

/* Opens a source in the new thread: a result VH_JOB_OPEN follows. The strings
 * of `options` are copied. */
VhWorker *vh_worker_new_libvirt (const VhLibvirtOptions *options, VhInbox *inbox);
/* For a source that is open already (a file, a fake); takes it. */
VhWorker *vh_worker_new_for_source (VhSource *source, VhInbox *inbox);
/* Ends the thread after its running job and frees the source. A thread that
 * does not end within two seconds is abandoned, one whose job only reads
 * after a third of a second. */
void vh_worker_free (VhWorker *worker);
/* Leaves the thread to its hung call; nothing it does is waited for again.
 * The program must then end by _exit (see vh_worker_has_abandoned). */
void vh_worker_abandon (VhWorker *worker);
gboolean vh_worker_has_abandoned (void);

/* What somebody typed for a VH_JOB_QUESTION; NULL: nobody will. */
void vh_worker_answer (VhWorker *worker, const char *text);

/* Each returns the generation of the request, which no other request to a
 * worker of the same inbox has. What is passed is copied or referenced. What
 * only reads is tried once more on a new connection when the old one was lost
 * and did not merely hang. */
guint vh_worker_list (VhWorker *worker);
guint vh_worker_read (VhWorker *worker, const char *target);
guint vh_worker_read_live (VhWorker *worker);
guint vh_worker_ask (VhWorker *worker, VhDocument *live);
guint vh_worker_probe (VhWorker *worker, VhDocument *document);
/* Asks this QEMU binary instead of the source. */
guint vh_worker_probe_binary (VhWorker *worker, VhDocument *document, const char *binary);
/* The same as far as it was kept: nobody is asked for long. */
guint vh_worker_recall (VhWorker *worker, VhDocument *document);
/* What nobody waits for: each is done only when nothing else is asked. A look is as the source's
 * look(), with the info on demand; the read is of the domain that is selected by then. */
guint vh_worker_look_later (VhWorker *worker, const char *uuid, gboolean with_info);
guint vh_worker_probe_later (VhWorker *worker, VhDocument *document);
guint vh_worker_read_later (VhWorker *worker);
guint vh_worker_connect_later (VhWorker *worker);
guint vh_worker_validate (VhWorker *worker, const char *reduced_xml);
guint vh_worker_write (VhWorker *worker, VhDocument *base, VhDocument *after,
                       const VhWriteOptions *options);
