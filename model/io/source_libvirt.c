/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/io/source_libvirt.h"

#include "model/document.h"
#include "model/i18n.h"
#include "model/io/schema.h"

#include <libvirt/virterror.h>
#include <stdlib.h>
#include <string.h>

static VhLibvirt *
of (VhSource *source)
{
  return (VhLibvirt *) source;
}

static virDomainPtr
look_up_id (VhLibvirt *libvirt, const char *target)
{
  guint64 id = 0;
  if (!g_ascii_string_to_unsigned (target, 10, 0, G_MAXINT, &id, NULL))
    return NULL;
  return virDomainLookupByID (libvirt->connection, (int) id);
}

static virDomainPtr
look_up_uuid (VhLibvirt *libvirt, const char *target)
{
  if (strlen (target) != VIR_UUID_STRING_BUFLEN - 1)
    return NULL;
  return virDomainLookupByUUIDString (libvirt->connection, target);
}

static gboolean
libvirt_select (VhSource *source, const char *target, GError **error)
{
  VhLibvirt *libvirt = of (source);
  if (!vh_source_libvirt_is_open (libvirt, error))
    return FALSE;
  virDomainPtr domain = look_up_id (libvirt, target);
  if (!domain)
    domain = look_up_uuid (libvirt, target);
  if (!domain)
    domain = virDomainLookupByName (libvirt->connection, target);
  if (!domain)
    {
      vh_source_libvirt_set_error (error, libvirt, VH_CALL_READ,
                                   _ ("The domain %s cannot be found"), target);
      return FALSE;
    }
  vh_source_libvirt_set_domain (libvirt, domain);
  return TRUE;
}

gboolean
vh_source_libvirt_has_domain (VhLibvirt *libvirt, GError **error)
{
  if (!vh_source_libvirt_is_open (libvirt, error))
    return FALSE;
  if (libvirt->domain)
    return TRUE;
  g_set_error (error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_NOT_FOUND,
               _ ("No domain of %s was chosen. Name one."), libvirt->source.name);
  return FALSE;
}

/* Whoever may not see the passwords may look, but must not write: they would
 * be lost. */
static char *
read_xml (VhLibvirt *libvirt, VhDomainInfo *info)
{
  if (!info->read_only)
    {
      char *xml =
          virDomainGetXMLDesc (libvirt->domain, VIR_DOMAIN_XML_INACTIVE | VIR_DOMAIN_XML_SECURE);
      int code = xml ? VIR_ERR_OK : virGetLastErrorCode ();
      if (xml || (code != VIR_ERR_OPERATION_DENIED && code != VIR_ERR_ACCESS_DENIED))
        return xml;
    }
  info->read_only = TRUE;
  return virDomainGetXMLDesc (libvirt->domain, VIR_DOMAIN_XML_INACTIVE);
}

static GBytes *
libvirt_read (VhSource *source, VhDomainInfo **info, GError **error)
{
  VhLibvirt *libvirt = of (source);
  if (!vh_source_libvirt_has_domain (libvirt, error))
    return NULL;
  const char *name = virDomainGetName (libvirt->domain);
  g_autoptr (VhDomainInfo) found = vh_source_libvirt_info_new (libvirt, libvirt->domain);
  if (found && info && !libvirt->without_details)
    vh_source_libvirt_info_add_details (found, libvirt->domain);
  /* The text last: between it and a define that follows, others can slip in. */
  char *xml = found ? read_xml (libvirt, found) : NULL;
  if (!xml)
    {
      vh_source_libvirt_set_error (error, libvirt, VH_CALL_READ, _ ("The domain %s cannot be read"),
                                   name);
      return NULL;
    }
  if (info)
    *info = g_steal_pointer (&found);
  return g_bytes_new_with_free_func (xml, strlen (xml), free, xml);
}

/* libvirt runs the emulator that a configuration names. */
static gboolean
may_run_emulator (VhLibvirt *libvirt, const char *xml, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (xml, strlen (xml));
  g_autoptr (VhDocument) document = vh_document_new (bytes, error);
  if (!document)
    return FALSE;
  gint32 devices = vh_document_find_child (document, 0, "devices");
  gint32 emulator =
      devices < 0 ? -1 : vh_document_find_child (document, (guint) devices, "emulator");
  if (emulator < 0)
    return TRUE;
  g_autofree char *path = vh_document_dup_content (document, (guint) emulator);
  g_autofree char *chosen = vh_source_libvirt_choose_emulator (libvirt, NULL, path, error);
  return chosen != NULL;
}

static gboolean
libvirt_validate (VhSource *source, const char *reduced_xml, GPtrArray **args, GError **error)
{
  VhLibvirt *libvirt = of (source);
  if (!vh_source_libvirt_is_open (libvirt, error) ||
      !may_run_emulator (libvirt, reduced_xml, error))
    return FALSE;
  g_autoptr (GPtrArray) made = vh_source_libvirt_native_new_args (libvirt, reduced_xml, error);
  gboolean taken = made != NULL;
  if (args)
    *args = g_steal_pointer (&made);
  return taken;
}

/* libvirt only says which part of the domain its schema refuses. */
static void
add_place (GError **error, const char *text)
{
  g_autofree char *place =
      error && g_error_matches (*error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_SCHEMA)
          ? vh_schema_locate (text, strlen (text))
          : NULL;
  if (!place)
    return;
  g_autofree char *message = g_steal_pointer (&(*error)->message);
  (*error)->message = g_strdup_printf (_ ("%1$s See %2$s of the XML."), message, place);
}

static gboolean
libvirt_replace (VhSource *source, GBytes *bytes, VhReplaceFlags flags, GError **error)
{
  VhLibvirt *libvirt = of (source);
  if (!vh_source_libvirt_has_domain (libvirt, error))
    return FALSE;
  gsize length = 0;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *text = g_strndup (data, length);
  unsigned int native = flags & VH_REPLACE_VALIDATE ? VIR_DOMAIN_DEFINE_VALIDATE : 0;
  virDomainPtr defined = virDomainDefineXMLFlags (libvirt->connection, text, native);
  if (!defined)
    {
      vh_source_libvirt_set_error (error, libvirt, VH_CALL_DEFINE, _ ("libvirt did not store it"));
      add_place (error, text);
      return FALSE;
    }
  virDomainFree (defined);
  return TRUE;
}

static VhKnown
libvirt_check_schema (VhSource *source G_GNUC_UNUSED, GBytes *bytes)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autofree char *place = NULL;
  return vh_schema_check (text, length, &place);
}

static guint
libvirt_count_defines (VhSource *source)
{
  vh_source_libvirt_count (of (source));
  return (guint) g_atomic_int_get (&of (source)->news->defines);
}

static gboolean
libvirt_is_alive (VhSource *source)
{
  virConnectPtr connection = of (source)->connection;
  return connection && virConnectIsAlive (connection) == 1;
}

static gboolean
libvirt_reconnect (VhSource *source, GError **error)
{
  VhLibvirt *libvirt = of (source);
  vh_source_libvirt_close (libvirt);
  if (!vh_source_libvirt_open (libvirt, error))
    return FALSE;
  return !*libvirt->uuid || libvirt_select (source, libvirt->uuid, error);
}

static void
libvirt_watch (VhSource *source, VhSourceChanged changed, gpointer data, GDestroyNotify free_data)
{
  VhLibvirtListener *listener = g_new (VhLibvirtListener, 1);
  *listener = (VhLibvirtListener){ changed, data, free_data };
  g_assert (!of (source)->news->listener);
  g_atomic_pointer_set (&of (source)->news->listener, listener);
  vh_source_libvirt_listen (of (source));
}

static void
libvirt_free (VhSource *source)
{
  VhLibvirt *libvirt = of (source);
  vh_source_libvirt_close (libvirt);
  vh_source_libvirt_news_unref (libvirt->news);
  g_free (libvirt->uri);
  g_free (libvirt->emulator);
  g_free (libvirt);
}

static const VhSourceOps libvirt_ops = {
  .list = vh_source_libvirt_list,
  .look = vh_source_libvirt_look,
  .select = libvirt_select,
  .read = libvirt_read,
  .read_live = vh_source_libvirt_read_live,
  .monitor = vh_source_libvirt_monitor,
  .probe = vh_source_libvirt_probe,
  .is_kept = vh_source_libvirt_is_kept,
  .validate = libvirt_validate,
  .replace = libvirt_replace,
  .check_schema = libvirt_check_schema,
  .count_defines = libvirt_count_defines,
  .is_alive = libvirt_is_alive,
  .reconnect = libvirt_reconnect,
  .watch = libvirt_watch,
  .free = libvirt_free,
};

/* ssh would ask for a password on the terminal, which is somebody else's by the time of another
 * connection. */
static void
forbid_questions (VhLibvirt *libvirt)
{
  const char *uri =
      libvirt->uri && strstr (libvirt->uri, "://") ? libvirt->uri : libvirt->source.name;
  if (!strstr (uri, "+ssh://") || strstr (uri, "no_tty="))
    return;
  char *quiet = g_strconcat (uri, strchr (uri, '?') ? "&" : "?", "no_tty=1", NULL);
  g_free (libvirt->uri);
  libvirt->uri = quiet;
}

VhSource *
vh_source_new_libvirt (const VhLibvirtOptions *options, GError **error)
{
  VhLibvirt *libvirt = g_new0 (VhLibvirt, 1);
  libvirt->source.ops = &libvirt_ops;
  /* To libvirt an empty URI is the default one as well. */
  libvirt->uri = options->uri && *options->uri ? g_strdup (options->uri) : NULL;
  libvirt->source.name = g_strdup (libvirt->uri ? libvirt->uri : "libvirt");
  libvirt->emulator = g_strdup (options->emulator);
  libvirt->read_only = options->read_only;
  libvirt->may_ask = options->may_ask;
  libvirt->may_agent = options->may_agent;
  libvirt->without_details = options->without_details;
  libvirt->ask = options->ask;
  libvirt->ask_data = options->ask_data;
  libvirt->event = libvirt->every_event = -1;
  libvirt->news = vh_source_libvirt_news_new ();
  if (!vh_source_libvirt_open (libvirt, error))
    {
      vh_source_free (&libvirt->source);
      return NULL;
    }
  char *uri = virConnectGetURI (libvirt->connection);
  if (uri)
    {
      g_free (libvirt->source.name);
      libvirt->source.name = g_strdup (uri);
    }
  free (uri);
  forbid_questions (libvirt);
  libvirt->source.host = vh_source_libvirt_get_host (libvirt);
  return &libvirt->source;
}
