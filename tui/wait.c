/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/wait.h"

#include <string.h>

#include "model/i18n.h"
#include "tui/ask.h"
#include "tui/output.h"

#define LOCAL_LIMIT_MS 4000 /* with the start of the program, an answer within 5 s */
#define REMOTE_LIMIT_MS 25000
#define SLOW_LIMIT_MS 30000 /* a driver without a cache asks every QEMU that it finds */
#define SILENT_MS 500       /* of opening, before it is told */
#define PATIENCE_MS 1000    /* before a terminal is told what takes so long */
#define WRITE_CALLS 4       /* a write reads, stores and reads again, and may connect anew */

/* How long a call may take is all that is read from the URI: one without a
 * host in it is this machine's. An alias may be anything. */
static gboolean
is_local (const char *uri)
{
  g_autoptr (GUri) parsed = g_uri_parse (uri, G_URI_FLAGS_NON_DNS, NULL);
  const char *host = parsed ? g_uri_get_host (parsed) : NULL;
  return parsed && !(host && *host);
}

gint
vh_wait_get_limit (const char *uri, VhJobKind kind)
{
  const char *known = uri ? uri : g_getenv ("LIBVIRT_DEFAULT_URI");
  /* The embedded driver starts inside the call that opens it. */
  const gboolean embedded = known && strstr (known, "///embed");
  if (kind == VH_JOB_PROBE || kind == VH_JOB_VALIDATE || kind == VH_JOB_ASK ||
      (kind == VH_JOB_OPEN && embedded))
    return SLOW_LIMIT_MS;
  const gint limit = !known || is_local (known) ? LOCAL_LIMIT_MS : REMOTE_LIMIT_MS;
  return kind == VH_JOB_WRITE ? limit * WRITE_CALLS : limit;
}

const char *
vh_wait_describe (VhJobKind kind)
{
  static const char *const words[] = {
    [VH_JOB_OPEN] = N_ ("opening the connection"),
    [VH_JOB_CONNECT] = N_ ("opening the connection"),
    [VH_JOB_LIST] = N_ ("listing the domains"),
    [VH_JOB_READ] = N_ ("reading the domain"),
    [VH_JOB_LOOK] = N_ ("reading the domains"),
    [VH_JOB_READ_LIVE] = N_ ("reading what runs"),
    [VH_JOB_ASK] = N_ ("asking the running QEMU"),
    [VH_JOB_PROBE] = N_ ("asking for capabilities"),
    [VH_JOB_VALIDATE] = N_ ("checking the domain"),
    [VH_JOB_WRITE] = N_ ("writing the domain"),
    [VH_JOB_EVENT] = N_ ("waiting"),
    [VH_JOB_QUESTION] = N_ ("waiting"),
  };
  return _ (words[kind]);
}

static gboolean
is_awaited (const VhAwaited *awaited, const VhResult *result)
{
  return result->kind == awaited->kind &&
         (awaited->generation == 0 || result->generation == awaited->generation);
}

/* Who looks at an empty terminal is told what for. */
static void
wait_first (VhInbox *inbox, const VhAwaited *awaited, gint waited_ms)
{
  GPollFD polled = { .fd = vh_inbox_get_fd (inbox), .events = G_IO_IN };
  if (g_poll (&polled, 1, SILENT_MS - waited_ms + 1) == 0 && !awaited->is_told &&
      vh_output_may_ask ())
    vh_output_note (_ ("Connecting to %s …"), awaited->uri ? awaited->uri : "libvirt");
}

/* Who opens is told of it otherwise, and who reads all domains counts them. */
static gboolean
tells (const VhAwaited *awaited)
{
  return awaited->kind != VH_JOB_OPEN && awaited->kind != VH_JOB_LOOK;
}

/* Until something may have come, `left_ms` at most. */
static void
sleep_for (VhInbox *inbox, const VhAwaited *awaited, gint waited_ms, gint left_ms)
{
  GPollFD polled = { .fd = vh_inbox_get_fd (inbox), .events = G_IO_IN };
  const gboolean is_early = tells (awaited) && waited_ms < PATIENCE_MS;
  if (tells (awaited) && !is_early)
    vh_output_progress ("%s ...", vh_wait_describe (awaited->kind));
  g_poll (&polled, 1, is_early ? MIN (left_ms, PATIENCE_MS - waited_ms) : left_ms);
}

/* Sleeps until something may have come. FALSE: enough waited. Who is asked
 * for a password on the terminal gets the time to type it. */
static gboolean
wait_a_little (VhInbox *inbox, const VhAwaited *awaited, gint waited_ms)
{
  const char *what = vh_wait_describe (awaited->kind);
  if (awaited->wait)
    return awaited->wait (vh_inbox_get_fd (inbox), what, waited_ms, awaited->data);
  if (waited_ms < SILENT_MS && awaited->limit_ms > SILENT_MS && awaited->kind == VH_JOB_OPEN)
    {
      wait_first (inbox, awaited, waited_ms);
      return TRUE;
    }
  const gboolean late = waited_ms >= awaited->limit_ms;
  if (late && !(awaited->kind == VH_JOB_OPEN && vh_output_may_ask ()))
    return FALSE;
  if (late)
    vh_output_error (_ ("No answer for %1$d s while %2$s. Ctrl-C leaves."), waited_ms / 1000, what);
  sleep_for (inbox, awaited, waited_ms, late ? awaited->limit_ms : awaited->limit_ms - waited_ms);
  return TRUE;
}

/* The terminal UI has the terminal: nobody can be asked on it then. */
static void
answer (const VhAwaited *awaited, const VhResult *question)
{
  const char *uri = awaited->uri ? awaited->uri : "libvirt";
  char *text = awaited->wait ? NULL : vh_ask (uri, question->prompt, question->is_secret);
  vh_worker_answer (awaited->worker, text);
  vh_ask_forget (text);
}

static VhResult *
wait_for (VhInbox *inbox, const VhAwaited *awaited)
{
  gint64 start = g_get_monotonic_time ();
  for (;;)
    {
      g_autoptr (VhResult) result = vh_inbox_pop (inbox, 0);
      if (result && is_awaited (awaited, result))
        return g_steal_pointer (&result);
      if (result && result->kind == VH_JOB_QUESTION)
        {
          answer (awaited, result);
          start = g_get_monotonic_time ();
          continue;
        }
      const gboolean came = result != NULL;
      if (came)
        g_queue_push_tail (awaited->others, g_steal_pointer (&result));
      const gint waited_ms = (gint) ((g_get_monotonic_time () - start) / 1000);
      if (!came && !wait_a_little (inbox, awaited, waited_ms))
        return NULL;
    }
}

VhResult *
vh_wait_for (VhInbox *inbox, const VhAwaited *awaited)
{
  const gint64 begun = g_get_monotonic_time ();
  VhResult *result = wait_for (inbox, awaited);
  /* Before, nothing was told here; who counts several goes on with that. */
  if (tells (awaited) && g_get_monotonic_time () - begun >= PATIENCE_MS * (gint64) 1000)
    vh_output_end_progress ();
  return result;
}
