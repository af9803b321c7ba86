/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/io/worker.h"

#include "model/io/inbox.h"
#include "model/io/thread.h"

#define HANG_US (2 * G_USEC_PER_SEC)
#define END_US (2 * G_USEC_PER_SEC)

typedef struct {
  VhJobKind kind;
  gboolean is_last; /* ends the thread */
  guint generation;
  char *text; /* READ: the target; VALIDATE: the XML */
  VhDocument *base, *after;
  VhWriteOptions options;
} Job;

/* The thread's own things; shared with the handle until one of them goes. */
typedef struct {
  gatomicrefcount references;
  GAsyncQueue *jobs;
  VhInbox *inbox;
  VhInboxSender *sender;
  gint stopping;      /* atomic: what is queued is not begun any more */
  GAsyncQueue *ended; /* gets one entry, the last thing that the thread does */
  VhSource *source;   /* the thread's alone */
  char *uri, *emulator;
  VhLibvirtOptions options;
} Desk;

struct VhWorker {
  Desk *desk;
  GThread *thread;
};

/* Set once, read everywhere: a thread of ours hangs for good. */
static gint has_abandoned;

static void
job_free (gpointer data)
{
  Job *job = data;
  g_free (job->text);
  g_clear_pointer (&job->base, vh_document_unref);
  g_clear_pointer (&job->after, vh_document_unref);
  g_free (job);
}

static Desk *
desk_ref (Desk *desk)
{
  g_atomic_ref_count_inc (&desk->references);
  return desk;
}

static void
desk_unref (Desk *desk)
{
  if (!g_atomic_ref_count_dec (&desk->references))
    return;
  g_async_queue_unref (desk->jobs);
  vh_inbox_free (desk->inbox);
  vh_inbox_sender_unref (desk->sender);
  g_free (desk->uri);
  g_free (desk->emulator);
  g_async_queue_unref (desk->ended);
  g_free (desk);
}

/* Where a callback of the source puts its news. */
typedef struct {
  VhInbox *inbox;
  VhInboxSender *sender;
} News;

static void
news_free (gpointer data)
{
  News *news = data;
  vh_inbox_free (news->inbox);
  vh_inbox_sender_unref (news->sender);
  g_free (news);
}

static void
push_news (gboolean closed, gpointer data)
{
  const News *news = data;
  VhResult *result = g_new0 (VhResult, 1);
  result->kind = VH_JOB_EVENT;
  if (closed)
    g_set_error (&result->error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_LOST,
                 "The connection to libvirt was closed. What is done next connects again.");
  vh_inbox_push (news->inbox, news->sender, result);
}

static void
watch (Desk *desk)
{
  if (!desk->source->ops->watch)
    return;
  News *news = g_new (News, 1);
  *news = (News){ vh_inbox_ref (desk->inbox), vh_inbox_sender_ref (desk->sender) };
  desk->source->ops->watch (desk->source, push_news, news, news_free);
}

static void
run_open (Desk *desk, const Job *job G_GNUC_UNUSED, VhResult *result)
{
  desk->source = vh_source_new_libvirt (&desk->options, &result->error);
  if (desk->source)
    watch (desk);
}

static void
run_list (Desk *desk, const Job *job G_GNUC_UNUSED, VhResult *result)
{
  VhSource *source = desk->source;
  if (source->ops->list)
    result->list = source->ops->list (source, &result->error);
  else
    g_set_error (&result->error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_UNSUPPORTED,
                 "%s is a file: it holds one domain.", source->name);
}

static void
run_read (Desk *desk, const Job *job, VhResult *result)
{
  VhSource *source = desk->source;
  if (job->text && source->ops->select && !source->ops->select (source, job->text, &result->error))
    return;
  result->bytes = source->ops->read (source, &result->info, &result->error);
}

static void
run_probe (Desk *desk, const Job *job, VhResult *result)
{
  g_autoptr (VhTopology) topology = vh_topology_new (job->base, NULL, &result->error);
  if (topology)
    result->caps = desk->source->ops->probe (desk->source, topology, &result->error);
}

static void
run_validate (Desk *desk, const Job *job, VhResult *result)
{
  desk->source->ops->validate (desk->source, job->text, NULL, &result->error);
}

static void
run_write (Desk *desk, const Job *job, VhResult *result)
{
  result->report = vh_writer_write (desk->source, job->base, job->after, &job->options);
}

typedef void (*Runner) (Desk *desk, const Job *job, VhResult *result);

static const Runner runners[] = {
  [VH_JOB_OPEN] = run_open,   [VH_JOB_LIST] = run_list,         [VH_JOB_READ] = run_read,
  [VH_JOB_PROBE] = run_probe, [VH_JOB_VALIDATE] = run_validate, [VH_JOB_WRITE] = run_write,
};

/* A daemon may have been restarted since the last call: what only reads is
 * tried once more on a new connection. The writer decides for itself. One that
 * did not answer for long would not answer a new connection either. */
static gboolean
may_retry (const Desk *desk, const Job *job, const VhResult *result, gint64 begun)
{
  return job->kind != VH_JOB_OPEN &&
         g_error_matches (result->error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_LOST) &&
         g_get_monotonic_time () - begun < HANG_US && desk->source->ops->reconnect;
}

static void
run (Desk *desk, const Job *job, VhResult *result)
{
  if (!desk->source && job->kind != VH_JOB_OPEN)
    {
      g_set_error (&result->error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_FAILED,
                   "There is no connection. Open it first.");
      return;
    }
  gint64 begun = g_get_monotonic_time ();
  runners[job->kind](desk, job, result);
  if (!may_retry (desk, job, result, begun) || !desk->source->ops->reconnect (desk->source, NULL))
    return;
  g_clear_error (&result->error);
  runners[job->kind](desk, job, result);
}

static gpointer
work (gpointer data)
{
  Desk *desk = data;
  for (;;)
    {
      Job *job = g_async_queue_pop (desk->jobs);
      gboolean is_last = job->is_last || g_atomic_int_get (&desk->stopping);
      if (!is_last)
        {
          VhResult *result = g_new0 (VhResult, 1);
          result->kind = job->kind;
          result->generation = job->generation;
          run (desk, job, result);
          vh_inbox_push (desk->inbox, desk->sender, result);
        }
      job_free (job);
      if (is_last)
        break;
    }
  g_clear_pointer (&desk->source, vh_source_free);
  g_async_queue_push (desk->ended, desk);
  desk_unref (desk);
  return NULL;
}

static Job *
job_new (VhJobKind kind)
{
  Job *job = g_new0 (Job, 1);
  job->kind = kind;
  return job;
}

static guint
push_job (VhWorker *worker, Job *job)
{
  guint generation = vh_inbox_next_generation (worker->desk->inbox);
  job->generation = generation;
  g_async_queue_push (worker->desk->jobs, job);
  return generation;
}

static Desk *
desk_new (VhInbox *inbox)
{
  Desk *desk = g_new0 (Desk, 1);
  g_atomic_ref_count_init (&desk->references);
  desk->jobs = g_async_queue_new_full (job_free);
  desk->inbox = vh_inbox_ref (inbox);
  desk->sender = vh_inbox_sender_new ();
  desk->ended = g_async_queue_new ();
  return desk;
}

static VhWorker *
start (Desk *desk)
{
  VhWorker *worker = g_new0 (VhWorker, 1);
  worker->desk = desk;
  worker->thread = vh_thread_new ("worker", work, desk_ref (desk));
  return worker;
}

VhWorker *
vh_worker_new_libvirt (const VhLibvirtOptions *options, VhInbox *inbox)
{
  Desk *desk = desk_new (inbox);
  desk->options = *options;
  desk->uri = g_strdup (options->uri);
  desk->emulator = g_strdup (options->emulator);
  desk->options.uri = desk->uri;
  desk->options.emulator = desk->emulator;
  VhWorker *worker = start (desk);
  push_job (worker, job_new (VH_JOB_OPEN));
  return worker;
}

VhWorker *
vh_worker_new_for_source (VhSource *source, VhInbox *inbox)
{
  Desk *desk = desk_new (inbox);
  desk->source = source;
  watch (desk);
  return start (desk);
}

static void
stop (VhWorker *worker)
{
  Job *last = job_new (VH_JOB_EVENT);
  last->is_last = TRUE;
  g_atomic_int_set (&worker->desk->stopping, TRUE);
  g_async_queue_push (worker->desk->jobs, last);
}

void
vh_worker_free (VhWorker *worker)
{
  stop (worker);
  if (!g_async_queue_timeout_pop (worker->desk->ended, END_US))
    {
      vh_worker_abandon (worker);
      return;
    }
  g_thread_join (worker->thread);
  desk_unref (worker->desk);
  g_free (worker);
}

void
vh_worker_abandon (VhWorker *worker)
{
  g_atomic_int_set (&has_abandoned, TRUE);
  g_atomic_int_set (&worker->desk->sender->abandoned, TRUE);
  stop (worker);
  g_thread_unref (worker->thread);
  desk_unref (worker->desk);
  g_free (worker);
}

gboolean
vh_worker_has_abandoned (void)
{
  return g_atomic_int_get (&has_abandoned) != 0;
}

guint
vh_worker_list (VhWorker *worker)
{
  return push_job (worker, job_new (VH_JOB_LIST));
}

guint
vh_worker_read (VhWorker *worker, const char *target)
{
  Job *job = job_new (VH_JOB_READ);
  job->text = g_strdup (target);
  return push_job (worker, job);
}

guint
vh_worker_probe (VhWorker *worker, VhDocument *document)
{
  Job *job = job_new (VH_JOB_PROBE);
  job->base = vh_document_ref (document);
  return push_job (worker, job);
}

guint
vh_worker_validate (VhWorker *worker, const char *reduced_xml)
{
  Job *job = job_new (VH_JOB_VALIDATE);
  job->text = g_strdup (reduced_xml);
  return push_job (worker, job);
}

guint
vh_worker_write (VhWorker *worker, VhDocument *base, VhDocument *after,
                 const VhWriteOptions *options)
{
  Job *job = job_new (VH_JOB_WRITE);
  job->base = vh_document_ref (base);
  job->after = vh_document_ref (after);
  job->options = *options;
  return push_job (worker, job);
}
