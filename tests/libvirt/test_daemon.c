/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A private daemon: what it tells, and what is seen of it when it is stopped,
 * killed, or not there. */
#include "../scratch.h"
#include "backend.h"
#include "model/io/worker.h"

#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define NAME "watched"
#define LIMIT_MS 5000
#define NOBODY 65534
#define PATIENCE_MS 60000

static VhBackend *backend;

static char *
define_fresh (void)
{
  g_autofree char *xml = vh_backend_new_domain (NAME, "q35", "");
  return vh_backend_define (backend, xml);
}

static void
clean_up (void)
{
  vh_backend_undefine (backend, NAME);
}

/* What a user sees within the limit, whatever the daemon does. */
static VhResult *
wait_for (VhInbox *inbox, gint64 begun)
{
  const char *slow = g_getenv ("VH_TEST_SLOW");
  gint64 limit = (gint64) (LIMIT_MS * (slow ? g_ascii_strtod (slow, NULL) : 1));
  gint64 used = (g_get_monotonic_time () - begun) / 1000;
  return vh_inbox_pop (inbox, (gint) MAX (limit - used, 0));
}

/* A connection that tells of changes. */
static VhWorker *
open_watched (VhInbox *inbox)
{
  const VhLibvirtOptions options = { .uri = backend->uri, .watches = TRUE };
  VhWorker *worker = vh_worker_new_libvirt (&options, inbox);
  g_autoptr (VhResult) opened = vh_inbox_pop (inbox, PATIENCE_MS);
  g_assert_no_error (opened->error);
  return worker;
}

static void
test_stopped (void)
{
  g_free (define_fresh ());
  g_autoptr (VhInbox) inbox = vh_inbox_new ();
  VhWorker *worker = open_watched (inbox);
  vh_backend_signal (backend, SIGSTOP);
  gint64 begun = g_get_monotonic_time ();
  vh_worker_read (worker, NAME);
  g_autoptr (VhResult) event = NULL;
  g_autoptr (VhResult) result = wait_for (inbox, begun);
  if (result && result->kind == VH_JOB_EVENT)
    {
      event = g_steal_pointer (&result);
      result = wait_for (inbox, begun);
    }
  vh_backend_signal (backend, SIGCONT);
  g_assert_nonnull (result);
  vh_scratch_tell (result->error->message);
  g_assert_error (result->error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_LOST);
  /* The connection is made again when it is needed. */
  vh_worker_read (worker, NAME);
  g_autoptr (VhResult) again = vh_inbox_pop (inbox, PATIENCE_MS);
  while (again && again->kind == VH_JOB_EVENT)
    {
      vh_result_free (again);
      again = vh_inbox_pop (inbox, PATIENCE_MS);
    }
  g_assert_no_error (again->error);
  vh_worker_free (worker);
  clean_up ();
}

static void
test_killed_while_idle (void)
{
  g_free (define_fresh ());
  g_autoptr (VhInbox) inbox = vh_inbox_new ();
  VhWorker *worker = open_watched (inbox);
  vh_backend_signal (backend, SIGKILL);
  g_autoptr (VhResult) event = vh_inbox_pop (inbox, LIMIT_MS);
  g_assert_nonnull (event);
  g_assert_cmpint (event->kind, ==, VH_JOB_EVENT);
  g_assert_error (event->error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_LOST);
  vh_worker_list (worker);
  g_autoptr (VhResult) result = vh_inbox_pop (inbox, LIMIT_MS);
  g_assert_error (result->error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_LOST);
  vh_scratch_tell (result->error->message);
  vh_backend_start_again (backend);
  vh_worker_list (worker);
  g_autoptr (VhResult) again = vh_inbox_pop (inbox, PATIENCE_MS);
  g_assert_no_error (again->error);
  g_assert_cmpuint (again->list->len, ==, 1);
  vh_worker_free (worker);
  clean_up ();
}

static char *
define_again (const char *uuid)
{
  g_autofree char *plain = vh_backend_new_domain (NAME, "q35", "");
  g_auto (GStrv) parts = g_strsplit (plain, "<memory>", 2);
  g_autofree char *xml = g_strdup_printf ("%s<uuid>%s</uuid><memory>%s", parts[0], uuid, parts[1]);
  return vh_backend_define (backend, xml);
}

/* Changes made by others are told. */
static void
test_events (void)
{
  g_free (define_fresh ());
  g_autoptr (VhInbox) inbox = vh_inbox_new ();
  VhWorker *worker = open_watched (inbox);
  vh_worker_read (worker, NAME);
  g_autoptr (VhResult) read = vh_inbox_pop (inbox, PATIENCE_MS);
  g_assert_no_error (read->error);
  g_free (define_again (read->info->uuid));
  g_autoptr (VhResult) event = vh_inbox_pop (inbox, PATIENCE_MS);
  g_assert_cmpint (event->kind, ==, VH_JOB_EVENT);
  g_assert_no_error (event->error);
  vh_worker_free (worker);
  clean_up ();
}

static void
test_read_only (void)
{
  g_autofree char *first = define_fresh ();
  g_autoptr (GError) error = NULL;
  const VhLibvirtOptions options = { .uri = backend->uri, .read_only = TRUE };
  g_autoptr (VhSource) source = vh_source_new_libvirt (&options, &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) list = source->ops->list (source, &error);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_true (source->ops->select (source, NAME, &error));
  g_autoptr (VhDomainInfo) info = NULL;
  g_autoptr (GBytes) bytes = source->ops->read (source, &info, &error);
  g_assert_no_error (error);
  g_assert_true (info->read_only);
  g_assert_cmpstr (info->state, ==, "shutoff");
  g_assert_cmpuint (g_bytes_get_size (bytes), <, strlen (first));
  g_assert_false (source->ops->replace (source, bytes, 0, &error));
  g_assert_error (error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_DENIED);
  vh_scratch_tell (error->message);
  g_clear_error (&error);
  g_autoptr (VhDocument) document = vh_document_new (bytes, NULL);
  g_autoptr (VhTopology) topology = vh_topology_new (document, NULL, NULL);
  g_autoptr (VhCaps) caps = source->ops->probe (source, topology, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (caps->libvirt, >, 0);
  /* libvirt may not be asked then, QEMU may. */
  g_assert_cmpuint (caps->notes->len, ==, 1);
  g_assert_cmpint (vh_caps_get (caps, VH_FACT_LIBVIRT_PORT_TARGET)->value, ==, VH_KNOWN_UNKNOWN);
  g_assert_cmpint (vh_caps_get (caps, VH_FACT_QEMU_PORT_HOTPLUG)->value, ==, VH_KNOWN_YES);
  clean_up ();
}

static void
test_lookups (void)
{
  g_free (define_fresh ());
  g_autoptr (VhSource) source = vh_backend_open (backend, NAME);
  g_autoptr (VhDomainInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) by_name = source->ops->read (source, &info, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (info->name, ==, NAME);
  g_assert_cmpint (info->id, ==, -1);
  g_assert_true (info->persistent);
  g_assert_false (info->managed_save);
  g_assert_cmpint (info->n_snapshots, ==, 0);
  g_assert_true (source->ops->select (source, info->uuid, &error));
  g_autoptr (GBytes) by_uuid = source->ops->read (source, NULL, &error);
  g_assert_true (g_bytes_equal (by_name, by_uuid));
  g_assert_false (source->ops->select (source, "no-such-domain", &error));
  g_assert_error (error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "no-such-domain"));
  clean_up ();
}

/* A socket that takes a connection and never says a word. */
static void
test_silent_socket (void)
{
  if (!vh_scratch_is_alone ())
    return;
  char *scratch = vh_scratch_new ();
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  g_snprintf (address.sun_path, sizeof address.sun_path, "%s/sock", scratch);
  int fd = socket (AF_UNIX, SOCK_STREAM, 0);
  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (listen (fd, 1), ==, 0);
  vh_source_libvirt_init ();
  g_autofree char *uri = g_strdup_printf ("qemu+unix:///system?socket=%s", address.sun_path);
  g_autoptr (VhInbox) inbox = vh_inbox_new ();
  const VhLibvirtOptions options = { .uri = uri };
  VhWorker *worker = vh_worker_new_libvirt (&options, inbox);
  g_assert_null (vh_inbox_pop (inbox, 1000));
  vh_worker_abandon (worker);
  g_assert_true (vh_worker_has_abandoned ());
  vh_scratch_free (scratch);
  _exit (0);
}

/* A socket that only others may use: looking read-only is offered. */
static void
test_denied (void)
{
  if (geteuid () != 0)
    {
      g_test_skip ("only root can be somebody else");
      return;
    }
  if (!vh_scratch_is_alone ())
    return;
  char *scratch = vh_scratch_new ();
  g_free (vh_scratch_write (scratch, "sock", "", 0600));
  g_autofree char *uri = g_strdup_printf ("qemu+unix:///system?socket=%s/sock", scratch);
  vh_source_libvirt_init ();
  g_assert_cmpint (setresuid (NOBODY, NOBODY, 0), ==, 0);
  g_autoptr (GError) error = NULL;
  const VhLibvirtOptions options = { .uri = uri };
  g_assert_null (vh_source_new_libvirt (&options, &error));
  g_assert_cmpint (setresuid (0, 0, 0), ==, 0);
  vh_scratch_free (scratch);
  g_assert_error (error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_DENIED);
  g_assert_nonnull (strstr (error->message, "Permission denied"));
  g_assert_nonnull (strstr (error->message, "--readonly"));
}

static void
test_no_daemon (void)
{
  g_autoptr (GError) error = NULL;
  const VhLibvirtOptions options = { .uri = "qemu+unix:///system?socket=/nonexistent/sock" };
  g_assert_null (vh_source_new_libvirt (&options, &error));
  g_assert_error (error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "Failed to connect socket"));
  g_assert_nonnull (strstr (error->message, "daemon"));
}

/* Stands for ssh: writes down how it was called, and goes to the daemon here. */
#define FAKE_SSH                                                                                   \
  "#!/usr/bin/env python3\n"                                                                       \
  "import os, socket, sys, threading\n"                                                            \
  "with open('%s/calls', 'a', encoding='utf-8') as file:\n"                                        \
  "    file.write(' '.join(sys.argv[1:]).replace('\\n', ' ') + '\\n')\n"                           \
  "daemon = socket.socket(socket.AF_UNIX)\n"                                                       \
  "daemon.connect('%s')\n"                                                                         \
  "def carry():\n"                                                                                 \
  "    while data := os.read(0, 65536):\n"                                                         \
  "        daemon.sendall(data)\n"                                                                 \
  "    os._exit(0)\n"                                                                              \
  "threading.Thread(target=carry, daemon=True).start()\n"                                          \
  "while data := daemon.recv(65536):\n"                                                            \
  "    os.write(1, data)\n"

/* Only the first connection may ask on the terminal, which is somebody else's later. */
static void
test_no_questions_later (void)
{
  char *folder = vh_scratch_new ();
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) parts = g_strsplit (backend->uri, "?socket=", 2);
  g_autofree char *text = g_strdup_printf (FAKE_SSH, folder, parts[1]);
  g_autofree char *ssh = vh_scratch_write (folder, "ssh", text, 0700);
  g_autofree char *uri =
      g_strdup_printf ("qemu+ssh://nowhere%s?command=%s", strrchr (parts[0], '/'), ssh);
  const VhLibvirtOptions options = { .uri = uri };
  g_autoptr (VhSource) source = vh_source_new_libvirt (&options, &error);
  g_assert_no_error (error);
  g_assert_true (source->ops->reconnect (source, &error));
  g_assert_no_error (error);
  g_assert_true (source->ops->is_alive (source));
  g_autofree char *path = g_build_filename (folder, "calls", NULL);
  g_autofree char *calls = vh_scratch_read (path);
  g_auto (GStrv) lines = g_strsplit (calls, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  g_assert_null (strstr (lines[0], "BatchMode=yes"));
  g_assert_nonnull (strstr (lines[1], "BatchMode=yes"));
  vh_scratch_free (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/daemon/silent-socket", test_silent_socket);
  backend = g_test_subprocess () ? NULL : vh_backend_new (VH_BACKEND_DAEMON);
  if (!backend && !g_test_subprocess ())
    return 0;
  g_test_add_func ("/daemon/denied", test_denied);
  g_test_add_func ("/daemon/no-daemon", test_no_daemon);
  g_test_add_func ("/daemon/lookups", test_lookups);
  g_test_add_func ("/daemon/read-only", test_read_only);
  g_test_add_func ("/daemon/events", test_events);
  g_test_add_func ("/daemon/stopped", test_stopped);
  g_test_add_func ("/daemon/killed-while-idle", test_killed_while_idle);
  g_test_add_func ("/daemon/no-questions-later", test_no_questions_later);
  int status = g_test_run ();
  if (backend)
    vh_backend_free (backend);
  return status;
}
