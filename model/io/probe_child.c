/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/io/probe_child.h"

#include "model/i18n.h"
#include "model/io/probe.h"

#include <errno.h>
#include <glib-unix.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define LINE_MAX_BYTES (4u * 1024 * 1024)
#define TOTAL_MAX_BYTES (16u * 1024 * 1024)
#define COMPLAINT_MAX_BYTES 1024u
#define CHUNK 65536u
#define REAP_TRIES 200

struct VhProbeChild {
  GPid pid;
  char *name;
  int to; /* a socket, so that writing to it raises no SIGPIPE */
  int from;
  int complaints;  /* what it writes to standard error; -1 when that has ended */
  gint64 deadline; /* of g_get_monotonic_time() */
  GString *read;   /* bytes after the last line given out */
  gsize searched;  /* of `read`, without a line end */
  gsize total;
  GString *complaint;
};

typedef struct {
  int to[2], from[2], complaints[2];
} Pipes;

/* Runs in the child after the fork: only what is safe there. */
static void
prepare_child (gpointer parent)
{
  sigset_t none;
  sigemptyset (&none);
  sigprocmask (SIG_SETMASK, &none, NULL);
  setpgid (0, 0);
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  if (getppid () != GPOINTER_TO_INT (parent))
    _exit (1);
}

static void
close_pair (int pair[2])
{
  for (guint i = 0; i < 2; i++)
    if (pair[i] >= 0)
      close (pair[i]);
}

static gboolean
open_pipes (Pipes *pipes, GError **error)
{
  *pipes = (Pipes){ { -1, -1 }, { -1, -1 }, { -1, -1 } };
  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pipes->to) == 0 &&
      g_unix_open_pipe (pipes->from, FD_CLOEXEC, NULL) &&
      g_unix_open_pipe (pipes->complaints, FD_CLOEXEC, NULL))
    return TRUE;
  int code = errno;
  close_pair (pipes->to);
  close_pair (pipes->from);
  close_pair (pipes->complaints);
  g_set_error (error, VH_PROBE_ERROR, VH_PROBE_ERROR_START, _ ("No pipe could be made: %s."),
               g_strerror (code));
  return FALSE;
}

static gboolean
spawn (const char *const *argv, const Pipes *pipes, GPid *pid, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_auto (GStrv) words = g_strdupv ((char **) (guintptr) argv);
  g_auto (GStrv) environment = g_environ_setenv (g_get_environ (), "LC_ALL", "C", TRUE);
  if (g_spawn_async_with_fds ("/", words, environment, G_SPAWN_DO_NOT_REAP_CHILD, prepare_child,
                              GINT_TO_POINTER (getpid ()), pid, pipes->to[1], pipes->from[1],
                              pipes->complaints[1], &failure))
    return TRUE;
  g_set_error (error, VH_PROBE_ERROR, VH_PROBE_ERROR_START, _ ("%1$s cannot be run: %2$s."),
               argv[0], failure->message);
  return FALSE;
}

VhProbeChild *
vh_probe_child_new (const char *const *argv, guint deadline_ms, GError **error)
{
  Pipes pipes;
  GPid pid = 0;
  if (!open_pipes (&pipes, error))
    return NULL;
  gboolean started = spawn (argv, &pipes, &pid, error);
  close (pipes.to[1]);
  close (pipes.from[1]);
  close (pipes.complaints[1]);
  if (!started)
    {
      close (pipes.to[0]);
      close (pipes.from[0]);
      close (pipes.complaints[0]);
      return NULL;
    }
  g_unix_set_fd_nonblocking (pipes.from[0], TRUE, NULL);
  g_unix_set_fd_nonblocking (pipes.complaints[0], TRUE, NULL);
  VhProbeChild *child = g_new0 (VhProbeChild, 1);
  child->pid = pid;
  child->name = g_strdup (argv[0]);
  child->to = pipes.to[0];
  child->from = pipes.from[0];
  child->complaints = pipes.complaints[0];
  child->deadline = g_get_monotonic_time () + (gint64) deadline_ms * 1000;
  child->read = g_string_new (NULL);
  child->complaint = g_string_new (NULL);
  return child;
}

/* A killed process can be stuck in the kernel: it is not waited for for ever. */
static void
end_process (GPid pid)
{
  kill (-pid, SIGKILL);
  kill (pid, SIGKILL);
  for (guint i = 0; i < REAP_TRIES; i++)
    {
      pid_t done = waitpid (pid, NULL, WNOHANG);
      if (done == pid || (done < 0 && errno != EINTR))
        return;
      g_usleep (i < 20 ? 500 : 10000);
    }
}

void
vh_probe_child_free (VhProbeChild *child)
{
  if (!child)
    return;
  close (child->to);
  close (child->from);
  if (child->complaints >= 0)
    close (child->complaints);
  end_process (child->pid);
  g_string_free (child->read, TRUE);
  g_string_free (child->complaint, TRUE);
  g_free (child->name);
  g_free (child);
}

static int
get_patience (const VhProbeChild *child)
{
  gint64 left = (child->deadline - g_get_monotonic_time () + 999) / 1000;
  return (int) CLAMP (left, 0, G_MAXINT);
}

static void
fail_late (const VhProbeChild *child, GError **error)
{
  g_set_error (error, VH_PROBE_ERROR, VH_PROBE_ERROR_TIMEOUT,
               _ ("%s did not answer in time and was ended. Use --emulator to ask another one."),
               child->name);
}

static void
fail_ended (const VhProbeChild *child, GError **error)
{
  g_autofree char *words = g_utf8_make_valid (child->complaint->str, -1);
  g_strchomp (words);
  if (*words)
    g_set_error (error, VH_PROBE_ERROR, VH_PROBE_ERROR_ANSWER,
                 _ ("%1$s ended without an answer: %2$s"), child->name, words);
  else
    g_set_error (error, VH_PROBE_ERROR, VH_PROBE_ERROR_ANSWER,
                 _ ("%s ended without an answer. Is it a QEMU system emulator?"), child->name);
}

/* Waits for one of its descriptors. FALSE at the deadline. */
static gboolean
wait_for (VhProbeChild *child, struct pollfd *ready, guint n_ready, GError **error)
{
  /* A child that never stops talking is late all the same. */
  int patience = get_patience (child);
  int n = patience > 0 ? poll (ready, n_ready, patience) : 0;
  if (n > 0 || (n < 0 && errno == EINTR))
    return TRUE;
  fail_late (child, error);
  return FALSE;
}

gboolean
vh_probe_child_write (VhProbeChild *child, const char *text, GError **error)
{
  gsize left = strlen (text);
  while (left > 0)
    {
      ssize_t done = send (child->to, text, left, MSG_NOSIGNAL | MSG_DONTWAIT);
      if (done >= 0)
        {
          text += done;
          left -= (gsize) done;
          continue;
        }
      struct pollfd ready = { .fd = child->to, .events = POLLOUT };
      if (errno == EAGAIN || errno == EINTR)
        {
          if (!wait_for (child, &ready, 1, error))
            return FALSE;
          continue;
        }
      /* It may have said why it ended: the next read tells. */
      return TRUE;
    }
  return TRUE;
}

static void
read_complaints (VhProbeChild *child)
{
  char chunk[512];
  ssize_t done = read (child->complaints, chunk, sizeof chunk);
  if (done > 0)
    {
      gsize room = COMPLAINT_MAX_BYTES - MIN (child->complaint->len, COMPLAINT_MAX_BYTES);
      g_string_append_len (child->complaint, chunk, (gssize) MIN ((gsize) done, room));
    }
  else if (done == 0 || (errno != EAGAIN && errno != EINTR))
    {
      close (child->complaints);
      child->complaints = -1;
    }
}

/* FALSE when the child has ended or said too much. */
static gboolean
read_more (VhProbeChild *child, GError **error)
{
  g_autofree char *chunk = g_malloc (CHUNK);
  ssize_t done = read (child->from, chunk, CHUNK);
  if (done < 0 && (errno == EAGAIN || errno == EINTR))
    return TRUE;
  if (done <= 0)
    {
      if (child->complaints >= 0)
        read_complaints (child);
      fail_ended (child, error);
      return FALSE;
    }
  child->total += (gsize) done;
  g_string_append_len (child->read, chunk, done);
  return TRUE;
}

/* The first whole line of what was read; NULL when there is none yet. */
static char *
take_line (VhProbeChild *child)
{
  GString *read = child->read;
  const char *end = memchr (read->str + child->searched, '\n', read->len - child->searched);
  if (!end)
    {
      child->searched = read->len;
      return NULL;
    }
  gsize length = (gsize) (end - read->str);
  char *line = g_strndup (read->str, length);
  g_string_erase (read, 0, (gssize) length + 1);
  child->searched = 0;
  return line;
}

char *
vh_probe_child_read_line (VhProbeChild *child, GError **error)
{
  for (;;)
    {
      char *line = take_line (child);
      if (line)
        return line;
      if (child->read->len > LINE_MAX_BYTES || child->total > TOTAL_MAX_BYTES)
        {
          g_set_error (error, VH_PROBE_ERROR, VH_PROBE_ERROR_ANSWER,
                       _ ("%s answers too much. Is it a QEMU system emulator?"), child->name);
          return NULL;
        }
      struct pollfd ready[] = { { .fd = child->from, .events = POLLIN },
                                { .fd = child->complaints, .events = POLLIN } };
      if (!wait_for (child, ready, G_N_ELEMENTS (ready), error))
        return NULL;
      if (ready[1].revents && child->complaints >= 0)
        read_complaints (child);
      if (ready[0].revents && !read_more (child, error))
        return NULL;
    }
}
