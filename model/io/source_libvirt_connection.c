/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/i18n.h"
#include "model/io/source_libvirt.h"

#include "model/io/thread.h"

#include <libvirt/virterror.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* Seconds between two probes of the peer, and how many may stay unanswered:
 * a dead one is noticed after 4 s here, after 20 s over a network. */
#define KEEPALIVE_LOCAL_S 1
#define KEEPALIVE_REMOTE_S 5
#define KEEPALIVE_COUNT 3

static void
ignore_error (void *data G_GNUC_UNUSED, virErrorPtr error G_GNUC_UNUSED)
{
}

static gpointer
run_events (gpointer data G_GNUC_UNUSED)
{
  for (;;)
    if (virEventRunDefaultImpl () < 0)
      virResetLastError ();
  return NULL;
}

void
vh_source_libvirt_init (void)
{
  static gboolean done;
  if (done)
    return;
  done = TRUE;
  signal (SIGPIPE, SIG_IGN);
  /* The embedded driver would write its log to the terminal. */
  if (!g_getenv ("LIBVIRT_LOG_OUTPUTS") && !g_getenv ("LIBVIRT_DEBUG"))
    g_setenv ("LIBVIRT_LOG_OUTPUTS", "4:file:/dev/null", TRUE);
  virSetErrorFunc (NULL, ignore_error);
  if (virInitialize () < 0 || virEventRegisterDefaultImpl () < 0)
    return;
  g_thread_unref (vh_thread_new ("libvirt events", run_events, NULL));
}

VhLibvirtNews *
vh_source_libvirt_news_new (void)
{
  VhLibvirtNews *news = g_new0 (VhLibvirtNews, 1);
  g_atomic_ref_count_init (&news->references);
  return news;
}

VhLibvirtNews *
vh_source_libvirt_news_ref (VhLibvirtNews *news)
{
  g_atomic_ref_count_inc (&news->references);
  return news;
}

void
vh_source_libvirt_news_unref (VhLibvirtNews *news)
{
  if (!g_atomic_ref_count_dec (&news->references))
    return;
  VhLibvirtListener *listener = news->listener;
  if (listener && listener->free_data)
    listener->free_data (listener->data);
  g_free (listener);
  g_free (news);
}

static void
free_news (void *data)
{
  vh_source_libvirt_news_unref (data);
}

/* `domain` NULL: about the connection. */
static void
tell (VhLibvirtNews *news, virDomainPtr domain)
{
  char uuid[VIR_UUID_STRING_BUFLEN];
  const VhLibvirtListener *listener = g_atomic_pointer_get (&news->listener);
  if (listener && (!domain || virDomainGetUUIDString (domain, uuid) == 0))
    listener->changed (domain ? uuid : NULL, listener->data);
}

static void
handle_close (virConnectPtr connection G_GNUC_UNUSED, int reason, void *data)
{
  /* Ours is no news. */
  if (reason != VIR_CONNECT_CLOSE_REASON_CLIENT)
    tell (data, NULL);
}

static int
handle_lifecycle (virConnectPtr connection G_GNUC_UNUSED, virDomainPtr domain, int event,
                  int detail G_GNUC_UNUSED, void *data)
{
  VhLibvirtNews *news = data;
  /* A start or a stop leaves the configuration as it is. */
  if (event == VIR_DOMAIN_EVENT_DEFINED || event == VIR_DOMAIN_EVENT_UNDEFINED)
    g_atomic_int_inc (&news->defines);
  if (!g_atomic_int_get (&news->hears_all))
    tell (news, domain);
  return 0;
}

static int
handle_every (virConnectPtr connection G_GNUC_UNUSED, virDomainPtr domain, int event G_GNUC_UNUSED,
              int detail G_GNUC_UNUSED, void *data)
{
  tell (data, domain);
  return 0;
}

/* Events of `domain`, or of all for NULL; -1 when there are none. */
static int
listen_to (VhLibvirt *libvirt, virDomainPtr domain, virConnectDomainEventCallback handle)
{
  int event = virConnectDomainEventRegisterAny (
      libvirt->connection, domain, VIR_DOMAIN_EVENT_ID_LIFECYCLE,
      VIR_DOMAIN_EVENT_CALLBACK (handle), vh_source_libvirt_news_ref (libvirt->news), free_news);
  if (event < 0)
    vh_source_libvirt_news_unref (libvirt->news);
  virResetLastError ();
  return event;
}

/* Without a reference: a driver inside this process ignores the callback, and
 * never frees what it was given. It is taken back before the close. */
static void
listen_to_close (VhLibvirt *libvirt)
{
  libvirt->has_close_callback =
      virConnectRegisterCloseCallback (libvirt->connection, handle_close, libvirt->news, NULL) == 0;
  virResetLastError ();
}

void
vh_source_libvirt_listen (VhLibvirt *libvirt)
{
  if (libvirt->connection && libvirt->every_event < 0)
    libvirt->every_event = listen_to (libvirt, NULL, handle_every);
  if (libvirt->connection && !libvirt->has_close_callback)
    listen_to_close (libvirt);
  g_atomic_int_set (&libvirt->news->hears_all, libvirt->every_event >= 0);
}

static void
listen_to_selected (VhLibvirt *libvirt)
{
  if (libvirt->domain && libvirt->event < 0)
    libvirt->event = listen_to (libvirt, libvirt->domain, handle_lifecycle);
}

void
vh_source_libvirt_count (VhLibvirt *libvirt)
{
  if (libvirt->counts)
    return;
  libvirt->counts = TRUE;
  listen_to_selected (libvirt);
}

/* Without a host between "://" and the next slash it is this machine. */
gboolean
vh_source_libvirt_is_remote (VhLibvirt *libvirt)
{
  char *uri = virConnectGetURI (libvirt->connection);
  const char *host = uri ? strstr (uri, "://") : NULL;
  gboolean remote = !host || host[3] != '/';
  free (uri);
  return remote;
}

gboolean
vh_source_libvirt_open (VhLibvirt *libvirt, GError **error)
{
  libvirt->connection = vh_source_libvirt_connect (libvirt);
  if (!libvirt->connection)
    {
      vh_source_libvirt_set_error (error, libvirt, VH_CALL_OPEN,
                                   _ ("The connection to %s could not be opened"),
                                   libvirt->uri ? libvirt->uri : "libvirt");
      return FALSE;
    }
  /* The terminal is somebody else's by the time of another connection. */
  libvirt->may_ask = libvirt->may_agent = FALSE;
  /* Drivers inside this process need none and say so. */
  virConnectSetKeepAlive (libvirt->connection,
                          vh_source_libvirt_is_remote (libvirt) ? KEEPALIVE_REMOTE_S
                                                                : KEEPALIVE_LOCAL_S,
                          KEEPALIVE_COUNT);
  if (g_atomic_pointer_get (&libvirt->news->listener))
    vh_source_libvirt_listen (libvirt);
  virResetLastError ();
  return TRUE;
}

static void
stop_listening (VhLibvirt *libvirt, int *event)
{
  if (*event >= 0)
    virConnectDomainEventDeregisterAny (libvirt->connection, *event);
  *event = -1;
}

static void
forget_domain (VhLibvirt *libvirt)
{
  stop_listening (libvirt, &libvirt->event);
  if (libvirt->domain)
    virDomainFree (libvirt->domain);
  libvirt->domain = NULL;
}

void
vh_source_libvirt_set_domain (VhLibvirt *libvirt, virDomainPtr domain)
{
  forget_domain (libvirt);
  libvirt->domain = domain;
  virDomainGetUUIDString (domain, libvirt->uuid);
  if (libvirt->counts || g_atomic_pointer_get (&libvirt->news->listener))
    listen_to_selected (libvirt);
}

void
vh_source_libvirt_close (VhLibvirt *libvirt)
{
  if (!libvirt->connection)
    return;
  /* A connection with callbacks left would not be closed. */
  forget_domain (libvirt);
  stop_listening (libvirt, &libvirt->every_event);
  g_clear_pointer (&libvirt->listed, g_hash_table_unref);
  if (libvirt->has_close_callback)
    virConnectUnregisterCloseCallback (libvirt->connection, handle_close);
  libvirt->has_close_callback = FALSE;
  virConnectClose (libvirt->connection);
  libvirt->connection = NULL;
  virResetLastError ();
}
