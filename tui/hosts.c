/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/hosts.h"

#include "model/i18n.h"
#include "tui/gather.h"
#include "tui/output.h"

/* Each has a thread, and over ssh a process. */
#define MAX_LINKS 16
#define PATIENCE_US G_USEC_PER_SEC /* before progress is told */

/* A connection that is being asked. */
typedef struct {
  VhHost *host;      /* borrowed */
  VhOptions options; /* those of all, with its own URI; borrowed */
  VhLoader *loader;
  VhGather *gather; /* NULL until it is open */
  gint64 since;     /* when it was asked, or answered, last */
} Link;

typedef struct {
  const VhOptions *options;
  GPtrArray *hosts; /* of VhHost */
  GPtrArray *links; /* of Link */
  guint n_begun, n_done;
  gint64 begun;
} Hosts;

static void
link_free (gpointer data)
{
  Link *link = data;
  vh_gather_free (link->gather);
  vh_loader_free (link->loader);
  g_free (link);
}

static Link *
link_new (const VhOptions *options, VhHost *host)
{
  Link *link = g_new0 (Link, 1);
  link->host = host;
  link->options = *options;
  link->options.connect = host->uri;
  link->loader = vh_loader_new (&link->options);
  link->since = g_get_monotonic_time ();
  vh_loader_begin (link->loader);
  return link;
}

static VhJobKind
get_job (const Link *link)
{
  VhJobKind kind = VH_JOB_OPEN;
  if (link->gather)
    {
      kind = VH_JOB_LIST;
      vh_gather_is_waiting (link->gather, &kind);
    }
  return kind;
}

/* FALSE and an error: this connection is over. */
static gboolean
take (Link *link, VhResult *result, GError **error)
{
  if (link->gather)
    return vh_gather_take (link->gather, result, error) != VH_GATHERED_FAILURE;
  GError *failure = NULL;
  if (result->kind == VH_JOB_OPEN && vh_loader_take_open (link->loader, result, &failure))
    {
      link->gather = vh_gather_new (link->loader);
      vh_gather_start (link->gather, &failure);
    }
  if (failure)
    g_propagate_error (error, failure);
  return failure == NULL;
}

/* Takes what has come. */
static gboolean
listen_to (Link *link, GError **error)
{
  VhResult *result = NULL;
  gboolean good = TRUE;
  while (good && (result = vh_loader_pop (link->loader)))
    {
      link->since = g_get_monotonic_time ();
      good = take (link, result, error);
      vh_result_free (result);
    }
  if (good && link->gather)
    vh_gather_go_on (link->gather, NULL);
  return good;
}

static gint64
get_end (const Link *link)
{
  return link->since + vh_wait_get_limit (link->host->uri, get_job (link)) * (gint64) 1000;
}

/* TRUE: nothing more comes of it, and its host says why or has all. */
static gboolean
is_over (Link *link)
{
  g_autoptr (GError) error = NULL;
  gboolean good = listen_to (link, &error);
  if (good && link->gather && !vh_gather_is_waiting (link->gather, NULL))
    {
      vh_host_take_summaries (link->host, g_ptr_array_ref (vh_gather_get_summaries (link->gather)));
      return TRUE;
    }
  if (good && g_get_monotonic_time () < get_end (link))
    return FALSE;
  if (good)
    vh_loader_give_up (link->loader, get_job (link), &error);
  link->host->error = g_strdup (error->message);
  return TRUE;
}

static void
begin (Hosts *hosts)
{
  while (hosts->n_begun < hosts->hosts->len && hosts->links->len < MAX_LINKS)
    g_ptr_array_add (hosts->links,
                     link_new (hosts->options, hosts->hosts->pdata[hosts->n_begun++]));
}

/* Until something comes from one of them, or one has been waited for long enough. */
static void
wait_for_news (const Hosts *hosts)
{
  g_autofree GPollFD *polled = g_new0 (GPollFD, hosts->links->len);
  gint64 end = G_MAXINT64;
  for (guint i = 0; i < hosts->links->len; i++)
    {
      const Link *link = hosts->links->pdata[i];
      polled[i].fd = vh_inbox_get_fd (vh_loader_get_inbox (link->loader));
      polled[i].events = G_IO_IN;
      end = MIN (end, get_end (link));
    }
  const gint64 left_ms = (end - g_get_monotonic_time ()) / 1000 + 1;
  g_poll (polled, hosts->links->len, (gint) CLAMP (left_ms, 0, 1000));
}

static void
tell_progress (const Hosts *hosts)
{
  if (g_get_monotonic_time () - hosts->begun > PATIENCE_US)
    vh_output_progress (_ ("%1$u of %2$u connections are done."), hosts->n_done, hosts->hosts->len);
}

static void
ask_all (Hosts *hosts)
{
  for (begin (hosts); hosts->links->len > 0; begin (hosts))
    {
      wait_for_news (hosts);
      for (guint i = hosts->links->len; i-- > 0;)
        if (is_over (hosts->links->pdata[i]))
          {
            hosts->n_done++;
            g_ptr_array_remove_index (hosts->links, i);
          }
      tell_progress (hosts);
    }
  vh_output_end_progress ();
}

GPtrArray *
vh_hosts_load (const VhOptions *options)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) vh_host_free);
  for (guint i = 0; options->connects[i]; i++)
    g_ptr_array_add (found, vh_host_new (options->connects[i]));
  g_autoptr (GPtrArray) links = g_ptr_array_new_with_free_func (link_free);
  Hosts hosts = { options, found, links, 0, 0, g_get_monotonic_time () };
  vh_output_leave_terminal ();
  ask_all (&hosts);
  return g_steal_pointer (&found);
}
