/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/io/worker.h"

#include "model/i18n.h"
#include "model/io/thread.h"
#include "model/io/worker_run.h"

#include <string.h>

#define END_US (2 * G_USEC_PER_SEC)
#define READ_END_US (G_USEC_PER_SEC * 3 / 10)
#define IDLE (-1)

struct VhWorker {
  VhDesk *desk;
  GThread *thread;
};

/* Set once, read everywhere: a thread of ours hangs for good. */
static gint has_abandoned;

static void
job_free (gpointer data)
{
  VhJob *job = data;
  g_free (job->text);
  g_clear_pointer (&job->base, vh_document_unref);
  g_clear_pointer (&job->after, vh_document_unref);
  g_free (job);
}

static VhDesk *
desk_ref (VhDesk *desk)
{
  g_atomic_ref_count_inc (&desk->references);
  return desk;
}

static void
desk_unref (VhDesk *desk)
{
  if (!g_atomic_ref_count_dec (&desk->references))
    return;
  g_async_queue_unref (desk->jobs);
  vh_inbox_free (desk->inbox);
  vh_inbox_sender_unref (desk->sender);
  g_free (desk->uri);
  g_free (desk->emulator);
  g_async_queue_unref (desk->answers);
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
push_news (const char *uuid, gpointer data)
{
  const News *news = data;
  VhResult *result = g_new0 (VhResult, 1);
  result->kind = VH_JOB_EVENT;
  result->uuid = g_strdup (uuid);
  if (!uuid)
    g_set_error (&result->error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_LOST,
                 _ ("The connection to libvirt was closed. What is done next connects again."));
  vh_inbox_push (news->inbox, news->sender, result);
}

void
vh_worker_watch (VhDesk *desk)
{
  if (!desk->source->ops->watch)
    return;
  News *news = g_new (News, 1);
  *news = (News){ vh_inbox_ref (desk->inbox), vh_inbox_sender_ref (desk->sender) };
  desk->source->ops->watch (desk->source, push_news, news, news_free);
}

/* A queue takes no NULL. */
#define NOBODY "-"
#define SOMEBODY "+"

char *
vh_worker_ask_for (const char *prompt, gboolean is_secret, gpointer data)
{
  VhDesk *desk = data;
  VhResult *result = g_new0 (VhResult, 1);
  result->kind = VH_JOB_QUESTION;
  result->prompt = g_strdup (prompt);
  result->is_secret = is_secret;
  vh_inbox_push (desk->inbox, desk->sender, result);
  char *answer = g_async_queue_pop (desk->answers);
  if (g_str_equal (answer, NOBODY))
    g_clear_pointer (&answer, g_free);
  else
    memmove (answer, answer + strlen (SOMEBODY), strlen (answer));
  return answer;
}

void
vh_worker_answer (VhWorker *worker, const char *text)
{
  g_async_queue_push (worker->desk->answers,
                      text ? g_strconcat (SOMEBODY, text, NULL) : g_strdup (NOBODY));
}

static gpointer
work (gpointer data)
{
  VhDesk *desk = data;
  for (;;)
    {
      VhJob *job = g_async_queue_pop (desk->jobs);
      gboolean is_last = job->is_last || g_atomic_int_get (&desk->stopping);
      if (!is_last)
        {
          VhResult *result = g_new0 (VhResult, 1);
          result->kind = job->kind;
          result->generation = job->generation;
          g_atomic_int_set (&desk->running, (gint) job->kind);
          vh_worker_run (desk, job, result);
          g_atomic_int_set (&desk->running, IDLE);
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

static VhJob *
job_new (VhJobKind kind)
{
  VhJob *job = g_new0 (VhJob, 1);
  job->kind = kind;
  return job;
}

/* What somebody waits for first, else in the order they were asked. */
static gint
compare_jobs (gconstpointer a, gconstpointer b, gpointer data G_GNUC_UNUSED)
{
  const VhJob *first = a, *second = b;
  if (first->later != second->later)
    return first->later ? 1 : -1;
  return first->generation < second->generation ? -1 : 1;
}

static guint
push_job (VhWorker *worker, VhJob *job)
{
  guint generation = vh_inbox_next_generation (worker->desk->inbox);
  job->generation = generation;
  g_async_queue_push_sorted (worker->desk->jobs, job, compare_jobs, NULL);
  return generation;
}

static VhDesk *
desk_new (VhInbox *inbox)
{
  VhDesk *desk = g_new0 (VhDesk, 1);
  g_atomic_ref_count_init (&desk->references);
  desk->jobs = g_async_queue_new_full (job_free);
  desk->inbox = vh_inbox_ref (inbox);
  desk->sender = vh_inbox_sender_new ();
  desk->answers = g_async_queue_new_full (g_free);
  desk->ended = g_async_queue_new ();
  desk->running = IDLE;
  return desk;
}

static VhWorker *
start (VhDesk *desk)
{
  VhWorker *worker = g_new0 (VhWorker, 1);
  worker->desk = desk;
  worker->thread = vh_thread_new ("worker", work, desk_ref (desk));
  return worker;
}

VhWorker *
vh_worker_new_libvirt (const VhLibvirtOptions *options, VhInbox *inbox)
{
  VhDesk *desk = desk_new (inbox);
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
  VhDesk *desk = desk_new (inbox);
  desk->source = source;
  vh_worker_watch (desk);
  return start (desk);
}

static void
stop (VhWorker *worker)
{
  VhJob *last = job_new (VH_JOB_EVENT);
  last->is_last = TRUE;
  g_atomic_int_set (&worker->desk->stopping, TRUE);
  g_async_queue_push (worker->desk->jobs, last);
}

/* A call that hangs and only reads loses nothing by being left. A driver inside this process has
 * children of its own, and wants the time to end them. */
static gboolean
may_leave (const VhDesk *desk)
{
  const gint kind = g_atomic_int_get (&desk->running);
  return kind != IDLE && kind != VH_JOB_OPEN && kind != VH_JOB_WRITE &&
         !g_atomic_int_get (&desk->is_inside);
}

static gboolean
has_ended (VhDesk *desk)
{
  return g_async_queue_timeout_pop (desk->ended, READ_END_US) ||
         (!may_leave (desk) && g_async_queue_timeout_pop (desk->ended, END_US - READ_END_US));
}

void
vh_worker_free (VhWorker *worker)
{
  stop (worker);
  if (!has_ended (worker->desk))
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
  VhJob *job = job_new (VH_JOB_READ);
  job->text = g_strdup (target);
  return push_job (worker, job);
}

static VhJob *
new_probe (VhDocument *document)
{
  VhJob *job = job_new (VH_JOB_PROBE);
  job->base = vh_document_ref (document);
  return job;
}

guint
vh_worker_probe (VhWorker *worker, VhDocument *document)
{
  return push_job (worker, new_probe (document));
}

guint
vh_worker_probe_binary (VhWorker *worker, VhDocument *document, const char *binary)
{
  VhJob *job = new_probe (document);
  job->text = g_strdup (binary);
  return push_job (worker, job);
}

guint
vh_worker_recall (VhWorker *worker, VhDocument *document)
{
  VhJob *job = new_probe (document);
  job->only_kept = TRUE;
  return push_job (worker, job);
}

guint
vh_worker_look_later (VhWorker *worker, const char *uuid, gboolean with_info)
{
  VhJob *job = job_new (VH_JOB_LOOK);
  job->later = TRUE;
  job->text = g_strdup (uuid);
  job->with_info = with_info;
  return push_job (worker, job);
}

guint
vh_worker_probe_later (VhWorker *worker, VhDocument *document)
{
  VhJob *job = new_probe (document);
  job->later = TRUE;
  return push_job (worker, job);
}

guint
vh_worker_read_later (VhWorker *worker)
{
  VhJob *job = job_new (VH_JOB_READ);
  job->later = TRUE;
  return push_job (worker, job);
}

guint
vh_worker_connect_later (VhWorker *worker)
{
  VhJob *job = job_new (VH_JOB_CONNECT);
  job->later = TRUE;
  return push_job (worker, job);
}

guint
vh_worker_read_live (VhWorker *worker)
{
  return push_job (worker, job_new (VH_JOB_READ_LIVE));
}

guint
vh_worker_ask (VhWorker *worker, VhDocument *live)
{
  VhJob *job = job_new (VH_JOB_ASK);
  job->base = vh_document_ref (live);
  return push_job (worker, job);
}

guint
vh_worker_validate (VhWorker *worker, const char *reduced_xml)
{
  VhJob *job = job_new (VH_JOB_VALIDATE);
  job->text = g_strdup (reduced_xml);
  return push_job (worker, job);
}

guint
vh_worker_write (VhWorker *worker, VhDocument *base, VhDocument *after,
                 const VhWriteOptions *options)
{
  VhJob *job = job_new (VH_JOB_WRITE);
  job->base = vh_document_ref (base);
  job->after = vh_document_ref (after);
  job->text = g_strdup (options->what);
  job->options = *options;
  job->options.what = job->text;
  return push_job (worker, job);
}
