/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How a worker ends, also one that hangs. */
#include "model/io/worker.h"

#include "fake_source.h"
#include "scratch.h"

#include <poll.h>
#include <string.h>

#define PATIENCE_MS 10000
#define WRITE_END_US (2 * G_USEC_PER_SEC)

static const VhFakeOptions simple = { .rules = NULL };

static void
expect_read (VhInbox *inbox, guint generation)
{
  g_autoptr (VhResult) result = vh_inbox_pop (inbox, PATIENCE_MS);
  g_assert_nonnull (result);
  g_assert_cmpint (result->kind, ==, VH_JOB_READ);
  g_assert_cmpuint (result->generation, ==, generation);
}

static gboolean
is_readable (VhInbox *inbox)
{
  struct pollfd ready = { .fd = vh_inbox_get_fd (inbox), .events = POLLIN };
  return poll (&ready, 1, 0) == 1;
}

static const VhFakeRule hangs[] = { { VH_FAKE_READ, 1, VH_FAKE_HANG, 0, NULL }, VH_FAKE_END };
static const VhFakeOptions hanging = { .rules = hangs };

/* A worker whose source hangs in the first read. */
static VhWorker *
new_hanging (VhInbox *inbox, VhSource **source, guint *read)
{
  *source = vh_fake_source_new (VH_FAKE_TEXT, &hanging);
  VhWorker *worker = vh_worker_new_for_source (*source, inbox);
  *read = vh_worker_read (worker, NULL);
  g_assert_null (vh_inbox_pop (inbox, 50));
  return worker;
}

static gpointer
release_later (gpointer source)
{
  g_usleep (10000);
  vh_fake_source_release (source);
  return NULL;
}

/* The running job ends, those behind it are not begun. */
static void
test_free_waits (void)
{
  g_autoptr (VhInbox) inbox = vh_inbox_new ();
  VhSource *source = NULL;
  guint read = 0;
  VhWorker *worker = new_hanging (inbox, &source, &read);
  vh_worker_list (worker);
  GThread *thread = g_thread_new ("release", release_later, source);
  vh_worker_free (worker);
  g_thread_join (thread);
  g_assert_cmpint (vh_fake_source_get_n_alive (), ==, 0);
  expect_read (inbox, read);
  g_assert_null (vh_inbox_pop (inbox, 0));
}

static void
await_no_fake (void)
{
  for (guint i = 0; i < 1000 && vh_fake_source_get_n_alive () > 0; i++)
    g_usleep (10000);
  g_assert_cmpint (vh_fake_source_get_n_alive (), ==, 0);
}

static void
test_abandon (void)
{
  g_autoptr (VhInbox) inbox = vh_inbox_new ();
  VhSource *source = NULL;
  guint hung = 0;
  VhWorker *worker = new_hanging (inbox, &source, &hung);
  guint behind = vh_worker_list (worker);
  g_assert_false (vh_worker_has_abandoned ());
  vh_worker_abandon (worker);
  g_assert_true (vh_worker_has_abandoned ());

  /* Another one does the work; the late result is not seen. */
  VhWorker *other = vh_worker_new_for_source (vh_fake_source_new (VH_FAKE_TEXT, &simple), inbox);
  vh_fake_source_release (source);
  guint read = vh_worker_read (other, NULL);
  g_assert_cmpuint (read, >, behind);
  expect_read (inbox, read);
  vh_worker_free (other);
  await_no_fake ();
  g_assert_null (vh_inbox_pop (inbox, 0));
}

/* A result that is in the inbox already when its worker is abandoned. */
static void
test_abandon_with_letters (void)
{
  g_autoptr (VhInbox) inbox = vh_inbox_new ();
  VhSource *source = vh_fake_source_new (VH_FAKE_TEXT, &simple);
  VhWorker *worker = vh_worker_new_for_source (source, inbox);
  vh_worker_read (worker, NULL);
  while (!is_readable (inbox))
    g_usleep (1000);
  vh_worker_abandon (worker);
  g_assert_null (vh_inbox_pop (inbox, 0));
  g_assert_false (is_readable (inbox));
  await_no_fake ();
}

/* A call that hangs does not keep the program from leaving, nor the shell from its prompt. */
static void
test_free_gives_up (void)
{
  g_autoptr (VhInbox) inbox = vh_inbox_new ();
  VhSource *source = NULL;
  guint hung = 0;
  VhWorker *worker = new_hanging (inbox, &source, &hung);
  const gint64 begun = g_get_monotonic_time ();
  vh_worker_free (worker);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, WRITE_END_US);
  g_assert_true (vh_worker_has_abandoned ());
  vh_fake_source_release (source);
  await_no_fake ();
  g_assert_null (vh_inbox_pop (inbox, 0));
}

/* A write has all the time that it had. */
static void
test_free_waits_for_a_write (void)
{
  static const VhFakeRule rules[] = { { VH_FAKE_REPLACE, 1, VH_FAKE_HANG, 0, NULL }, VH_FAKE_END };
  static const VhFakeOptions options = { .rules = rules };
  char *scratch = vh_scratch_new ();
  g_autoptr (VhInbox) inbox = vh_inbox_new ();
  g_autoptr (VhDocument) base = vh_fake_new_document (VH_FAKE_TEXT);
  g_autoptr (VhDocument) after = vh_fake_new_document (VH_FAKE_CHANGED);
  VhSource *source = vh_fake_source_new (VH_FAKE_TEXT, &options);
  VhWorker *worker = vh_worker_new_for_source (source, inbox);
  const VhWriteOptions how = { .no_validate = TRUE };
  vh_worker_write (worker, base, after, &how);
  g_assert_null (vh_inbox_pop (inbox, 50));
  const gint64 begun = g_get_monotonic_time ();
  vh_worker_free (worker);
  g_assert_cmpint (g_get_monotonic_time () - begun, >=, WRITE_END_US);
  vh_fake_source_release (source);
  await_no_fake ();
  vh_scratch_free (scratch);
}

/* The thread outlives everybody who knows it. */
static void
test_abandon_and_leave (void)
{
  VhInbox *inbox = vh_inbox_new ();
  VhSource *source = NULL;
  guint hung = 0;
  VhWorker *worker = new_hanging (inbox, &source, &hung);
  vh_worker_abandon (worker);
  vh_inbox_free (inbox);
  vh_fake_source_release (source);
  await_no_fake ();
}

/* These leave a thread behind, or look whether one was left. */
typedef struct {
  const char *path;
  void (*run) (void);
} AloneRow;

static const AloneRow alone[] = {
  { "/worker-end/abandon", test_abandon },
  { "/worker-end/abandon-with-letters", test_abandon_with_letters },
  { "/worker-end/free-gives-up", test_free_gives_up },
  { "/worker-end/free-waits-for-a-write", test_free_waits_for_a_write },
  { "/worker-end/abandon-and-leave", test_abandon_and_leave },
};

static void
test_alone (gconstpointer data)
{
  const AloneRow *row = data;
  if (vh_scratch_is_alone ())
    row->run ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/worker-end/free-waits", test_free_waits);
  for (guint i = 0; i < G_N_ELEMENTS (alone); i++)
    g_test_add_data_func (alone[i].path, &alone[i], test_alone);
  return g_test_run ();
}
