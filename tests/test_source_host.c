/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The name of the host, where libvirt tells it late, at once, or never. */
#include "model/io/source.h"

#include <libvirt/libvirt.h>
#include <stdlib.h>
#include <string.h>

static GMutex mutex;
static GCond cond;
static const char *answer;
static gboolean is_held;
static guint n_asked, n_answered;

/* In the place of libvirt's own: a DNS that does not answer. */
char *
virConnectGetHostname (virConnectPtr connection G_GNUC_UNUSED)
{
  g_mutex_lock (&mutex);
  n_asked++;
  while (is_held)
    g_cond_wait (&cond, &mutex);
  n_answered++;
  g_cond_signal (&cond);
  /* The caller's by free(). */
  char *host = answer ? strdup (answer) : NULL;
  g_mutex_unlock (&mutex);
  return host;
}

static void
set (const char *text, gboolean held)
{
  g_mutex_lock (&mutex);
  answer = text;
  is_held = held;
  g_cond_broadcast (&cond);
  g_mutex_unlock (&mutex);
}

static VhSource *
new_source (void)
{
  g_autoptr (GError) error = NULL;
  VhSource *source =
      vh_source_new_libvirt (&(VhLibvirtOptions){ .uri = "test:///default" }, &error);
  g_assert_no_error (error);
  return source;
}

static void
test_told (void)
{
  set ("host.example.org", FALSE);
  g_autoptr (VhSource) source = new_source ();
  g_assert_cmpstr (source->host, ==, "host.example.org");
}

static void
test_never (void)
{
  set (NULL, FALSE);
  g_autoptr (VhSource) source = new_source ();
  g_assert_cmpstr (source->host, ==, g_get_host_name ());
}

/* The connection is there in time, and works, and what comes late does no harm. */
static void
test_late (void)
{
  set ("late", TRUE);
  const gint64 begun = g_get_monotonic_time ();
  g_autoptr (VhSource) source = new_source ();
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 4 * G_USEC_PER_SEC);
  g_assert_cmpstr (source->host, ==, g_get_host_name ());
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) domains = source->ops->list (source, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (domains->len, ==, 1);
  g_clear_pointer (&source, vh_source_free);
  set ("late", FALSE);
  g_mutex_lock (&mutex);
  while (n_answered < n_asked)
    g_cond_wait (&cond, &mutex);
  g_mutex_unlock (&mutex);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  vh_source_libvirt_init ();
  g_test_add_func ("/source-host/told", test_told);
  g_test_add_func ("/source-host/never", test_never);
  g_test_add_func ("/source-host/late", test_late);
  return g_test_run ();
}
