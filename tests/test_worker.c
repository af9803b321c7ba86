/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/io/worker.h"

#include "fake_source.h"
#include "model/io/probe.h"
#include "model/io/thread.h"
#include "scratch.h"

#include <poll.h>
#include <signal.h>
#include <string.h>

#define PATIENCE_MS 10000

static const VhFakeOptions simple = { .rules = NULL };

static VhResult *
expect (VhInbox *inbox, VhJobKind kind, guint generation)
{
  VhResult *result = vh_inbox_pop (inbox, PATIENCE_MS);
  g_assert_nonnull (result);
  g_assert_cmpint (result->kind, ==, kind);
  g_assert_cmpuint (result->generation, ==, generation);
  return result;
}

static gboolean
is_readable (VhInbox *inbox)
{
  struct pollfd ready = { .fd = vh_inbox_get_fd (inbox), .events = POLLIN };
  return poll (&ready, 1, 0) == 1;
}

static void
test_jobs (void)
{
  g_autoptr (VhInbox) inbox = vh_inbox_new ();
  g_autoptr (VhDocument) document = vh_fake_new_document (VH_FAKE_TEXT);
  VhWorker *worker = vh_worker_new_for_source (vh_fake_source_new (VH_FAKE_TEXT, &simple), inbox);
  guint list = vh_worker_list (worker);
  guint read = vh_worker_read (worker, "fake");
  guint read_again = vh_worker_read (worker, NULL);
  guint read_wrong = vh_worker_read (worker, "other");
  guint probe = vh_worker_probe (worker, document);
  guint validate = vh_worker_validate (worker, "<domain/>");
  g_assert_cmpuint (list, >, 0);

  g_autoptr (VhResult) listed = expect (inbox, VH_JOB_LIST, list);
  g_assert_cmpuint (listed->list->len, ==, 1);
  g_autoptr (VhResult) first = expect (inbox, VH_JOB_READ, read);
  g_assert_cmpuint (g_bytes_get_size (first->bytes), ==, strlen (VH_FAKE_TEXT));
  g_assert_cmpstr (first->info->name, ==, "fake");
  g_autoptr (VhResult) again = expect (inbox, VH_JOB_READ, read_again);
  g_assert_true (g_bytes_equal (first->bytes, again->bytes));
  g_autoptr (VhResult) wrong = expect (inbox, VH_JOB_READ, read_wrong);
  g_assert_error (wrong->error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_NOT_FOUND);
  g_assert_null (wrong->bytes);
  g_autoptr (VhResult) probed = expect (inbox, VH_JOB_PROBE, probe);
  g_assert_cmpuint (probed->caps->qemu, ==, VH_VERSION (7, 2, 0));
  g_autoptr (VhResult) validated = expect (inbox, VH_JOB_VALIDATE, validate);
  g_assert_no_error (validated->error);
  vh_worker_free (worker);
  g_assert_cmpint (vh_fake_source_get_n_alive (), ==, 0);
}

static void
test_write (void)
{
  char *scratch = vh_scratch_new ();
  g_autoptr (VhInbox) inbox = vh_inbox_new ();
  VhDocument *base = vh_fake_new_document (VH_FAKE_TEXT);
  VhDocument *after = vh_fake_new_document (VH_FAKE_CHANGED);
  VhSource *source = vh_fake_source_new (VH_FAKE_TEXT, &simple);
  VhWorker *worker = vh_worker_new_for_source (source, inbox);
  const VhWriteOptions how = { .no_validate = TRUE };
  guint generation = vh_worker_write (worker, base, after, &how);
  vh_document_unref (base);
  vh_document_unref (after);
  g_autoptr (VhResult) written = expect (inbox, VH_JOB_WRITE, generation);
  g_assert_no_error (written->error);
  g_assert_cmpint (written->report->outcome, ==, VH_WRITE_DONE);
  g_assert_nonnull (written->report->backup);
  g_assert_cmpstr (vh_fake_source_get_text (source), ==, VH_FAKE_CHANGED);
  vh_worker_free (worker);
  vh_scratch_free (scratch);
}

/* A document that is no domain is the answer to the request, not a crash. */
static void
test_not_a_domain (void)
{
  g_autoptr (VhInbox) inbox = vh_inbox_new ();
  g_autoptr (VhDocument) document = vh_fake_new_document ("<network/>");
  VhWorker *worker = vh_worker_new_for_source (vh_fake_source_new (VH_FAKE_TEXT, &simple), inbox);
  guint generation = vh_worker_probe (worker, document);
  g_autoptr (VhResult) result = expect (inbox, VH_JOB_PROBE, generation);
  g_assert_error (result->error, VH_TOPOLOGY_ERROR, VH_TOPOLOGY_ERROR_NOT_DOMAIN);
  vh_worker_free (worker);
}

/* The source has nothing to do with it, and it is not run here. */
static void
test_binary (void)
{
  g_autoptr (VhInbox) inbox = vh_inbox_new ();
  g_autoptr (VhDocument) document = vh_fake_new_document (VH_FAKE_TEXT);
  VhWorker *worker = vh_worker_new_for_source (vh_fake_source_new (VH_FAKE_TEXT, &simple), inbox);
  guint generation = vh_worker_probe_binary (worker, document, "/nonexistent/qemu");
  g_autoptr (VhResult) result = expect (inbox, VH_JOB_PROBE, generation);
  g_assert_error (result->error, VH_PROBE_ERROR, VH_PROBE_ERROR_START);
  g_assert_null (result->caps);
  vh_worker_free (worker);
}

static void
test_file (void)
{
  char *scratch = vh_scratch_new ();
  g_autofree char *path = vh_scratch_write (scratch, "a.xml", VH_FAKE_TEXT, 0600);
  g_autoptr (VhInbox) inbox = vh_inbox_new ();
  VhWorker *worker = vh_worker_new_for_source (vh_source_new_file (path), inbox);
  guint read = vh_worker_read (worker, NULL);
  guint list = vh_worker_list (worker);
  g_autoptr (VhResult) result = expect (inbox, VH_JOB_READ, read);
  g_assert_no_error (result->error);
  g_assert_true (result->info->is_file);
  g_autoptr (VhResult) listed = expect (inbox, VH_JOB_LIST, list);
  g_assert_error (listed->error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_UNSUPPORTED);
  vh_worker_free (worker);
  vh_scratch_free (scratch);
}

/* What only reads is tried once more on a new connection. */
static void
test_reconnects (void)
{
  static const VhFakeRule rules[] = {
    { VH_FAKE_READ, 1, VH_FAKE_FAIL, VH_SOURCE_ERROR_LOST, NULL },
    { VH_FAKE_LIST, 0, VH_FAKE_FAIL, VH_SOURCE_ERROR_LOST, NULL },
    VH_FAKE_END,
  };
  static const VhFakeOptions options = { .rules = rules };
  g_autoptr (VhInbox) inbox = vh_inbox_new ();
  VhSource *source = vh_fake_source_new (VH_FAKE_TEXT, &options);
  VhWorker *worker = vh_worker_new_for_source (source, inbox);
  guint read = vh_worker_read (worker, "fake");
  guint list = vh_worker_list (worker);
  g_autoptr (VhResult) result = expect (inbox, VH_JOB_READ, read);
  g_assert_no_error (result->error);
  g_assert_nonnull (result->bytes);
  g_autoptr (VhResult) listed = expect (inbox, VH_JOB_LIST, list);
  g_assert_error (listed->error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_LOST);
  g_assert_cmpuint (vh_fake_source_get_n_calls (source, VH_FAKE_RECONNECT), ==, 2);
  vh_worker_free (worker);
}

static void
test_events (void)
{
  g_autoptr (VhInbox) inbox = vh_inbox_new ();
  VhSource *source = vh_fake_source_new (VH_FAKE_TEXT, &simple);
  VhWorker *worker = vh_worker_new_for_source (source, inbox);
  vh_fake_source_tell (source, FALSE);
  vh_fake_source_tell (source, TRUE);
  g_autoptr (VhResult) changed = expect (inbox, VH_JOB_EVENT, 0);
  g_assert_no_error (changed->error);
  g_autoptr (VhResult) closed = expect (inbox, VH_JOB_EVENT, 0);
  g_assert_error (closed->error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_LOST);
  vh_worker_free (worker);
}

/* The descriptor is readable exactly while something is there. */
static void
test_descriptor (void)
{
  g_autoptr (VhInbox) inbox = vh_inbox_new ();
  g_assert_false (is_readable (inbox));
  g_assert_null (vh_inbox_pop (inbox, 0));
  gint64 before = g_get_monotonic_time ();
  g_assert_null (vh_inbox_pop (inbox, 50));
  g_assert_cmpint (g_get_monotonic_time () - before, >=, 49000);
  VhSource *source = vh_fake_source_new (VH_FAKE_TEXT, &simple);
  VhWorker *worker = vh_worker_new_for_source (source, inbox);
  vh_fake_source_tell (source, FALSE);
  vh_fake_source_tell (source, FALSE);
  g_assert_true (is_readable (inbox));
  g_autoptr (VhResult) one = vh_inbox_pop (inbox, 0);
  g_assert_true (is_readable (inbox));
  g_autoptr (VhResult) two = vh_inbox_pop (inbox, -1);
  g_assert_nonnull (one);
  g_assert_nonnull (two);
  g_assert_false (is_readable (inbox));
  vh_worker_free (worker);
}

/* Two workers of one inbox never use a number twice. */
static void
test_generations (void)
{
  g_autoptr (VhInbox) inbox = vh_inbox_new ();
  VhWorker *a = vh_worker_new_for_source (vh_fake_source_new (VH_FAKE_TEXT, &simple), inbox);
  VhWorker *b = vh_worker_new_for_source (vh_fake_source_new (VH_FAKE_TEXT, &simple), inbox);
  guint last = 0;
  for (guint i = 0; i < 10; i++)
    {
      guint now = vh_worker_read (i % 2 ? a : b, NULL);
      g_assert_cmpuint (now, >, last);
      last = now;
    }
  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (VhResult) result = vh_inbox_pop (inbox, PATIENCE_MS);
      g_assert_nonnull (result);
    }
  vh_worker_free (a);
  vh_worker_free (b);
}

static gpointer
check_signals (gpointer blocked)
{
  sigset_t mask;
  pthread_sigmask (SIG_SETMASK, NULL, &mask);
  *(gboolean *) blocked = sigismember (&mask, SIGINT) && sigismember (&mask, SIGTERM) &&
                          sigismember (&mask, SIGWINCH) && !sigismember (&mask, SIGSEGV);
  return NULL;
}

/* Signals are for the main thread, which is as it was. */
static void
test_signals (void)
{
  gboolean blocked = FALSE;
  g_thread_join (vh_thread_new ("signals", check_signals, &blocked));
  g_assert_true (blocked);
  sigset_t mask;
  pthread_sigmask (SIG_SETMASK, NULL, &mask);
  g_assert_false (sigismember (&mask, SIGTERM));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/worker/jobs", test_jobs);
  g_test_add_func ("/worker/write", test_write);
  g_test_add_func ("/worker/not-a-domain", test_not_a_domain);
  g_test_add_func ("/worker/binary", test_binary);
  g_test_add_func ("/worker/file", test_file);
  g_test_add_func ("/worker/reconnects", test_reconnects);
  g_test_add_func ("/worker/events", test_events);
  g_test_add_func ("/worker/descriptor", test_descriptor);
  g_test_add_func ("/worker/generations", test_generations);
  g_test_add_func ("/worker/signals", test_signals);
  return g_test_run ();
}
