/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All domains of a connection, and a short look at one of them: with thousands of
 * domains every call that one of them costs is seen. */
#include "model/i18n.h"
#include "model/io/source_libvirt.h"

#include <libvirt/virterror.h>
#include <stdlib.h>
#include <string.h>

gboolean
vh_source_libvirt_is_open (VhLibvirt *libvirt, GError **error)
{
  if (libvirt->connection)
    return TRUE;
  g_set_error (error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_LOST, _ ("There is no connection to %s."),
               libvirt->source.name);
  return FALSE;
}

static void
free_domain (gpointer domain)
{
  virDomainFree (domain);
}

/* By UUID; what it holds is freed with it. NULL with libvirt's last error. */
static GHashTable *
new_table (VhLibvirt *libvirt, unsigned int flags)
{
  virDomainPtr *domains = NULL;
  int n = virConnectListAllDomains (libvirt->connection, &domains, flags);
  if (n < 0)
    return NULL;
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_domain);
  for (int i = 0; i < n; i++)
    {
      char uuid[VIR_UUID_STRING_BUFLEN] = "";
      virDomainGetUUIDString (domains[i], uuid);
      g_hash_table_replace (table, g_strdup (uuid), domains[i]);
    }
  free (domains);
  return table;
}

/* What is common to all domains that the daemon lists with these flags. */
static const struct {
  unsigned int flags;
  int state;
  gboolean persistent;
} sieves[] = {
  { VIR_CONNECT_LIST_DOMAINS_SHUTOFF | VIR_CONNECT_LIST_DOMAINS_PERSISTENT, VIR_DOMAIN_SHUTOFF,
    TRUE },
  { VIR_CONNECT_LIST_DOMAINS_RUNNING | VIR_CONNECT_LIST_DOMAINS_PERSISTENT, VIR_DOMAIN_RUNNING,
    TRUE },
  { VIR_CONNECT_LIST_DOMAINS_PAUSED | VIR_CONNECT_LIST_DOMAINS_PERSISTENT, VIR_DOMAIN_PAUSED,
    TRUE },
  { VIR_CONNECT_LIST_DOMAINS_RUNNING | VIR_CONNECT_LIST_DOMAINS_TRANSIENT, VIR_DOMAIN_RUNNING,
    FALSE },
};

/* UUID -> 1 + the sieve that caught it: four calls instead of two a domain. A driver that
 * cannot sieve leaves every domain to be asked about. */
static GHashTable *
new_seen (VhLibvirt *libvirt)
{
  GHashTable *seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sieves); i++)
    {
      g_autoptr (GHashTable) caught = new_table (libvirt, sieves[i].flags);
      if (!caught)
        break;
      GHashTableIter iter;
      gpointer uuid = NULL;
      g_hash_table_iter_init (&iter, caught);
      while (g_hash_table_iter_next (&iter, &uuid, NULL))
        g_hash_table_replace (seen, g_strdup (uuid), GUINT_TO_POINTER (i + 1));
    }
  return seen;
}

/* One that went since it was listed is left out. */
static gboolean
push_info (VhLibvirt *libvirt, virDomainPtr domain, guint sieve, GPtrArray *list)
{
  VhDomainInfo *info =
      sieve ? vh_source_libvirt_info_new_in (libvirt, domain, sieves[sieve - 1].state,
                                             sieves[sieve - 1].persistent)
            : vh_source_libvirt_info_new (libvirt, domain);
  if (info)
    g_ptr_array_add (list, info);
  return info || virGetLastErrorCode () == VIR_ERR_NO_DOMAIN;
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 ((*(VhDomainInfo *const *) a)->name, (*(VhDomainInfo *const *) b)->name);
}

GPtrArray *
vh_source_libvirt_list (VhSource *source, GError **error)
{
  VhLibvirt *libvirt = (VhLibvirt *) source;
  if (!vh_source_libvirt_is_open (libvirt, error))
    return NULL;
  g_clear_pointer (&libvirt->listed, g_hash_table_unref);
  libvirt->listed = new_table (libvirt, 0);
  if (!libvirt->listed)
    {
      vh_source_libvirt_set_error (error, libvirt, VH_CALL_READ,
                                   _ ("The domains of %s cannot be listed"), source->name);
      return NULL;
    }
  g_autoptr (GHashTable) seen = new_seen (libvirt);
  g_autoptr (GPtrArray) list =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vh_domain_info_free);
  GHashTableIter iter;
  gpointer uuid = NULL, domain = NULL;
  g_hash_table_iter_init (&iter, libvirt->listed);
  while (g_hash_table_iter_next (&iter, &uuid, &domain))
    {
      /* Here: every call clears libvirt's last error. */
      const char *name = virDomainGetName (domain);
      if (push_info (libvirt, domain, GPOINTER_TO_UINT (g_hash_table_lookup (seen, uuid)), list))
        continue;
      vh_source_libvirt_set_error (error, libvirt, VH_CALL_READ, _ ("The domain %s cannot be read"),
                                   name);
      return NULL;
    }
  g_ptr_array_sort (list, compare_names);
  return g_steal_pointer (&list);
}

/* One that was listed needs no call; a new one is looked up each time. It is
 * the caller's. NULL with libvirt's last error. */
static virDomainPtr
find_domain (VhLibvirt *libvirt, const char *uuid)
{
  virDomainPtr domain = libvirt->listed ? g_hash_table_lookup (libvirt->listed, uuid) : NULL;
  if (!domain)
    return virDomainLookupByUUIDString (libvirt->connection, uuid);
  virDomainRef (domain);
  return domain;
}

GBytes *
vh_source_libvirt_look (VhSource *source, const char *uuid, VhDomainInfo **info, GError **error)
{
  VhLibvirt *libvirt = (VhLibvirt *) source;
  if (!vh_source_libvirt_is_open (libvirt, error))
    return NULL;
  /* One that was listed may have another name, and another id, by now. */
  virDomainPtr domain =
      info ? virDomainLookupByUUIDString (libvirt->connection, uuid) : find_domain (libvirt, uuid);
  /* Here: every call clears libvirt's last error. */
  const char *name = domain ? virDomainGetName (domain) : uuid;
  g_autoptr (VhDomainInfo) found =
      domain && info ? vh_source_libvirt_info_new (libvirt, domain) : NULL;
  const gboolean goes_on = domain && (found || !info);
  char *xml = goes_on ? virDomainGetXMLDesc (domain, VIR_DOMAIN_XML_INACTIVE) : NULL;
  if (!xml)
    vh_source_libvirt_set_error (error, libvirt, VH_CALL_READ, _ ("The domain %s cannot be read"),
                                 name);
  if (domain)
    virDomainFree (domain);
  if (xml && info)
    *info = g_steal_pointer (&found);
  return xml ? g_bytes_new_with_free_func (xml, strlen (xml), free, xml) : NULL;
}
