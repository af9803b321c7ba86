/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fake_host.h"

#include <string.h>

#define UUID "6f3c1f0e-0b8a-4a86-9a51-5f1de1a%05x"
#define PATIENCE_US (20 * G_USEC_PER_SEC)
#define ANSWER_NO 1 /* a queue takes no NULL */
#define ANSWER_YES 2

typedef struct {
  guint number;
  char *name;
  const char *machine;
  const char *state;
} Domain;

typedef struct {
  VhSource source;
  GPtrArray *domains; /* of Domain */
  Domain *selected;   /* borrowed; NULL none */
  gboolean is_slow;
  gint is_lost;      /* atomic */
  gint n_connects;   /* atomic */
  gint holds_probes; /* atomic */
  GAsyncQueue *permits;
  GAsyncQueue *answers; /* to probes that are held; of ANSWER_… */
  GAsyncQueue *looks;
  VhSourceChanged changed;
  gpointer changed_data;
  GDestroyNotify changed_free;
} Host;

static void
domain_free (gpointer data)
{
  Domain *domain = data;
  g_free (domain->name);
  g_free (domain);
}

char *
vh_fake_host_dup_uuid (guint number)
{
  return g_strdup_printf (UUID, number);
}

static gboolean
begin (Host *host, GError **error)
{
  if (host->is_slow)
    g_async_queue_pop (host->permits);
  if (g_atomic_int_get (&host->is_lost))
    g_set_error (error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_LOST, "The line is dead.");
  return !g_atomic_int_get (&host->is_lost);
}

static VhDomainInfo *
new_info (const Domain *domain)
{
  VhDomainInfo *info = vh_domain_info_new ();
  info->name = g_strdup (domain->name);
  info->uuid = vh_fake_host_dup_uuid (domain->number);
  info->source = g_strdup ("fake:///");
  info->state = domain->state;
  info->persistent = TRUE;
  info->id = g_str_equal (domain->state, "running") ? (gint) domain->number + 1 : -1;
  return info;
}

static Domain *
find (const Host *host, const char *uuid, GError **error)
{
  for (guint i = 0; i < host->domains->len; i++)
    {
      Domain *domain = host->domains->pdata[i];
      g_autofree char *own = vh_fake_host_dup_uuid (domain->number);
      if (g_str_equal (own, uuid))
        return domain;
    }
  g_set_error (error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_NOT_FOUND, "Domain not found.");
  return NULL;
}

static Domain *
get (VhSource *source, guint number)
{
  g_autofree char *uuid = vh_fake_host_dup_uuid (number);
  Domain *domain = find ((Host *) source, uuid, NULL);
  g_assert_nonnull (domain);
  return domain;
}

static GBytes *
new_xml (const Domain *domain)
{
  const gboolean q35 = strstr (domain->machine, "q35") != NULL;
  char *xml = g_strdup_printf (
      "<domain type='kvm'><name>%s</name><os><type arch='x86_64' machine='%s'>hvm</type></os>"
      "<features><acpi/></features><devices><controller type='pci' index='0' model='%s'/>"
      "</devices></domain>",
      domain->name, domain->machine, q35 ? "pcie-root" : "pci-root");
  return g_bytes_new_take (xml, strlen (xml));
}

static GPtrArray *
host_list (VhSource *source, GError **error)
{
  Host *host = (Host *) source;
  if (!begin (host, error))
    return NULL;
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) vh_domain_info_free);
  for (guint i = 0; i < host->domains->len; i++)
    g_ptr_array_add (list, new_info (host->domains->pdata[i]));
  return list;
}

static gboolean
host_select (VhSource *source, const char *target, GError **error)
{
  Host *host = (Host *) source;
  host->selected = find (host, target, error);
  return host->selected != NULL;
}

static GBytes *
host_read (VhSource *source, VhDomainInfo **info, GError **error)
{
  const Host *host = (Host *) source;
  if (!host->selected)
    {
      g_set_error (error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_NOT_FOUND, "No domain was chosen.");
      return NULL;
    }
  if (info)
    *info = new_info (host->selected);
  return new_xml (host->selected);
}

static GBytes *
host_look (VhSource *source, const char *uuid, VhDomainInfo **info, GError **error)
{
  Host *host = (Host *) source;
  const Domain *sought = find (host, uuid, NULL);
  g_async_queue_push (host->looks, GUINT_TO_POINTER (sought ? sought->number + 1 : 1));
  const Domain *domain = begin (host, error) ? find (host, uuid, error) : NULL;
  if (domain && info)
    *info = new_info (domain);
  return domain ? new_xml (domain) : NULL;
}

static VhCaps *
host_probe (VhSource *source, const VhTopology *topology G_GNUC_UNUSED, GError **error)
{
  Host *host = (Host *) source;
  if (g_atomic_int_get (&host->holds_probes) &&
      GPOINTER_TO_INT (g_async_queue_pop (host->answers)) != ANSWER_YES)
    {
      g_set_error (error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_FAILED, "No QEMU can be asked.");
      return NULL;
    }
  VhCaps *caps = vh_caps_new ();
  vh_caps_set_qemu (caps, VH_VERSION (7, 2, 0), VH_ORIGIN_PROBED);
  vh_caps_set (caps, VH_FACT_QEMU_ICH9_BRIDGE, VH_KNOWN_YES, VH_ORIGIN_PROBED, "the test");
  return caps;
}

static gboolean
host_is_kept (VhSource *source, const VhTopology *topology G_GNUC_UNUSED)
{
  return !g_atomic_int_get (&((Host *) source)->holds_probes);
}

static gboolean
host_is_alive (VhSource *source)
{
  return !g_atomic_int_get (&((Host *) source)->is_lost);
}

static gboolean
host_reconnect (VhSource *source, GError **error)
{
  Host *host = (Host *) source;
  g_atomic_int_inc (&host->n_connects);
  if (host_is_alive (source))
    return TRUE;
  g_set_error (error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_LOST, "The line to %s is dead.",
               host->source.name);
  return FALSE;
}

static void
host_watch (VhSource *source, VhSourceChanged changed, gpointer data, GDestroyNotify free_data)
{
  Host *host = (Host *) source;
  host->changed = changed;
  host->changed_data = data;
  host->changed_free = free_data;
}

static void
host_free (VhSource *source)
{
  Host *host = (Host *) source;
  if (host->changed_free)
    host->changed_free (host->changed_data);
  g_ptr_array_unref (host->domains);
  g_async_queue_unref (host->permits);
  g_async_queue_unref (host->looks);
  g_async_queue_unref (host->answers);
  g_free (host);
}

static const VhSourceOps host_ops = {
  .list = host_list,
  .select = host_select,
  .look = host_look,
  .read = host_read,
  .probe = host_probe,
  .is_kept = host_is_kept,
  .is_alive = host_is_alive,
  .reconnect = host_reconnect,
  .watch = host_watch,
  .free = host_free,
};

VhSource *
vh_fake_host_new (guint n, gboolean is_slow)
{
  Host *host = g_new0 (Host, 1);
  host->source.ops = &host_ops;
  host->source.name = g_strdup ("fake:///");
  host->domains = g_ptr_array_new_with_free_func (domain_free);
  host->permits = g_async_queue_new ();
  host->looks = g_async_queue_new ();
  host->answers = g_async_queue_new ();
  host->is_slow = is_slow;
  for (guint i = 0; i < n; i++)
    vh_fake_host_add (&host->source, i);
  return &host->source;
}

void
vh_fake_host_permit (VhSource *source, guint n_calls)
{
  for (guint i = 0; i < n_calls; i++)
    g_async_queue_push (((Host *) source)->permits, source);
}

guint
vh_fake_host_pop_look (VhSource *source)
{
  gpointer look = g_async_queue_timeout_pop (((Host *) source)->looks, PATIENCE_US);
  g_assert_nonnull (look);
  return GPOINTER_TO_UINT (look) - 1;
}

void
vh_fake_host_set_state (VhSource *source, guint number, const char *state)
{
  get (source, number)->state = state;
}

void
vh_fake_host_set_machine (VhSource *source, guint number, const char *machine)
{
  get (source, number)->machine = machine;
}

void
vh_fake_host_rename (VhSource *source, guint number, const char *name)
{
  Domain *domain = get (source, number);
  g_free (domain->name);
  domain->name = g_strdup (name);
}

void
vh_fake_host_add (VhSource *source, guint number)
{
  Domain *domain = g_new0 (Domain, 1);
  domain->number = number;
  domain->name = g_strdup_printf ("vm-%u", number);
  domain->machine = number % 2 ? "pc-i440fx-7.2" : "pc-q35-7.2";
  domain->state = "shutoff";
  g_ptr_array_add (((Host *) source)->domains, domain);
}

void
vh_fake_host_remove (VhSource *source, guint number)
{
  Host *host = (Host *) source;
  Domain *domain = get (source, number);
  if (host->selected == domain)
    host->selected = NULL;
  g_ptr_array_remove (host->domains, domain);
}

void
vh_fake_host_hold_probes (VhSource *source)
{
  g_atomic_int_set (&((Host *) source)->holds_probes, TRUE);
}

void
vh_fake_host_answer_probe (VhSource *source, gboolean is_good)
{
  g_async_queue_push (((Host *) source)->answers,
                      GINT_TO_POINTER (is_good ? ANSWER_YES : ANSWER_NO));
}

void
vh_fake_host_set_lost (VhSource *source, gboolean is_lost)
{
  g_atomic_int_set (&((Host *) source)->is_lost, is_lost);
}

void
vh_fake_host_tell (VhSource *source, guint number)
{
  const Host *host = (Host *) source;
  g_autofree char *uuid = vh_fake_host_dup_uuid (number);
  host->changed (uuid, host->changed_data);
}

void
vh_fake_host_tell_lost (VhSource *source)
{
  const Host *host = (Host *) source;
  vh_fake_host_set_lost (source, TRUE);
  host->changed (NULL, host->changed_data);
}

guint
vh_fake_host_count_connects (VhSource *source)
{
  return (guint) g_atomic_int_get (&((Host *) source)->n_connects);
}
