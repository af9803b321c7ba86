/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/io/source_libvirt.h"

#include "model/io/thread.h"

#include <stdlib.h>

#define LOCAL_WAIT_US (1 * G_USEC_PER_SEC)
#define REMOTE_WAIT_US (5 * G_USEC_PER_SEC)

/* Belongs to the thread that asks. */
typedef struct {
  virConnectPtr connection;
  GAsyncQueue *answers; /* of char *, "" for none; shared */
} Question;

static gpointer
ask (gpointer data)
{
  Question *question = data;
  char *host = virConnectGetHostname (question->connection);
  g_async_queue_push (question->answers, g_strdup (host ? host : ""));
  free (host);
  virConnectClose (question->connection);
  g_async_queue_unref (question->answers);
  g_free (question);
  return NULL;
}

/* What is in the URI, or this machine's. NULL: neither. */
static char *
guess (VhLibvirt *libvirt)
{
  if (!vh_source_libvirt_is_remote (libvirt))
    return g_strdup (g_get_host_name ());
  g_autoptr (GUri) uri = g_uri_parse (libvirt->source.name, G_URI_FLAGS_NON_DNS, NULL);
  const char *host = uri ? g_uri_get_host (uri) : NULL;
  return host && *host ? g_strdup (host) : NULL;
}

char *
vh_source_libvirt_get_host (VhLibvirt *libvirt)
{
  if (virConnectRef (libvirt->connection) < 0)
    return guess (libvirt);
  Question *question = g_new0 (Question, 1);
  question->connection = libvirt->connection;
  g_autoptr (GAsyncQueue) answers = g_async_queue_new_full (g_free);
  question->answers = g_async_queue_ref (answers);
  g_thread_unref (vh_thread_new ("host name", ask, question));
  const gboolean remote = vh_source_libvirt_is_remote (libvirt);
  g_autofree char *host =
      g_async_queue_timeout_pop (answers, remote ? REMOTE_WAIT_US : LOCAL_WAIT_US);
  return host && *host ? g_steal_pointer (&host) : guess (libvirt);
}
