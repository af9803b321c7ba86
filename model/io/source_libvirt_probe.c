/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/i18n.h"
#include "model/io/source_libvirt.h"

#include "model/document.h"
#include "model/io/probe.h"
#include "model/io/store.h"

#include <libvirt/virterror.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define QEMU_DEADLINE_MS 8000 /* for each of up to three starts */

/* Who answers: its releases are asked anew each time, since that costs two short calls. */
typedef struct {
  const char *host; /* of the source */
  unsigned long libvirt;
  unsigned long qemu;
} Peer;

G_GNUC_PRINTF (2, 3)
static void
note (VhCaps *caps, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_ptr_array_add (caps->notes, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

static gboolean
is_named (const VhDocument *capabilities, guint arch, const char *wanted, char **usual)
{
  gboolean named = FALSE;
  guint end = vh_document_get_element (capabilities, arch)->end;
  for (guint i = arch + 1; i < vh_document_get_n_elements (capabilities); i++)
    {
      const VhElement *element = vh_document_get_element (capabilities, i);
      if (element->begin >= end)
        break;
      if (!vh_document_is (capabilities, i, "emulator"))
        continue;
      g_autofree char *path = vh_document_dup_content (capabilities, i);
      named = named || g_strcmp0 (path, wanted) == 0;
      if (!*usual && element->parent == (gint32) arch)
        *usual = g_steal_pointer (&path);
    }
  return named;
}

static char *
find_emulator (const VhDocument *capabilities, const char *arch, const char *wanted)
{
  for (guint i = 0; i < vh_document_get_n_elements (capabilities); i++)
    {
      g_autofree char *usual = NULL;
      gint32 parent = vh_document_get_element (capabilities, i)->parent;
      if (!vh_document_is (capabilities, i, "arch") || parent < 0 ||
          !vh_document_is (capabilities, (guint) parent, "guest") ||
          (arch && *arch && !vh_document_attribute_equals (capabilities, i, "name", arch)))
        continue;
      if (is_named (capabilities, i, wanted, &usual))
        return g_strdup (wanted);
      if (!wanted && usual)
        return g_steal_pointer (&usual);
    }
  return NULL;
}

char *
vh_source_libvirt_choose_emulator (VhLibvirt *libvirt, const char *arch, const char *wanted,
                                   GError **error)
{
  char *xml = virConnectGetCapabilities (libvirt->connection);
  if (!xml)
    {
      vh_source_libvirt_set_error (error, libvirt, VH_CALL_ASK,
                                   _ ("The emulators of %s cannot be listed"),
                                   libvirt->source.name);
      return NULL;
    }
  g_autoptr (GBytes) bytes = g_bytes_new_with_free_func (xml, strlen (xml), free, xml);
  g_autoptr (VhDocument) document = vh_document_new (bytes, error);
  if (!document)
    return NULL;
  char *found = find_emulator (document, arch, wanted);
  if (!found)
    g_set_error (
        error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_UNSUPPORTED,
        _ ("%s is no emulator that libvirt names, so it is not asked: only --emulator runs "
           "another one."),
        wanted ? wanted : _ ("That of this architecture"));
  return found;
}

static gboolean
is_this_host (const char *host)
{
  g_autofree char *theirs = g_strdup (host ? host : "");
  g_autofree char *ours = g_strdup (g_get_host_name ());
  if (g_str_equal (theirs, ours))
    return TRUE;
  /* One of the two may be the full name. */
  if (strchr (theirs, '.') && strchr (ours, '.'))
    return FALSE;
  theirs[strcspn (theirs, ".")] = '\0';
  ours[strcspn (ours, ".")] = '\0';
  return g_str_equal (theirs, ours);
}

static gboolean
read_peer (VhLibvirt *libvirt, Peer *peer, GError **error)
{
  if (virConnectGetLibVersion (libvirt->connection, &peer->libvirt) < 0)
    {
      vh_source_libvirt_set_error (error, libvirt, VH_CALL_READ, _ ("%s does not tell its release"),
                                   libvirt->source.name);
      return FALSE;
    }
  peer->host = libvirt->source.host;
  if (virConnectGetVersion (libvirt->connection, &peer->qemu) < 0)
    peer->qemu = 0;
  virResetLastError ();
  return TRUE;
}

static char *
new_libvirt_key (const Peer *peer, const VhTopology *topology)
{
  const VhMachine *machine = topology->machine;
  return g_strdup_printf ("libvirt\n%s\n%lu\n%lu\n%s\n%s\n%s\n%s", peer->host ? peer->host : "",
                          peer->libvirt, peer->qemu, topology->emulator ? topology->emulator : "",
                          machine->type, machine->arch,
                          topology->domain_type ? topology->domain_type : "");
}

/* What this libvirt takes, asked now and kept. The emulator is known also when
 * the connection may only read. */
static gboolean
ask_libvirt (VhLibvirt *libvirt, const VhTopology *topology, const char *key, VhCaps *caps,
             GError **error)
{
  g_autoptr (VhCaps) answers = vh_caps_new ();
  answers->emulator = vh_source_libvirt_choose_emulator (libvirt, topology->machine->arch,
                                                         topology->emulator, error);
  gboolean done = answers->emulator && vh_source_libvirt_native_probe (
                                           libvirt, topology, answers->emulator, answers, error);
  vh_caps_merge (caps, answers);
  if (done)
    vh_store_keep_caps (key, answers);
  return done;
}

/* FALSE only when the connection went. */
static gboolean
add_libvirt_facts (VhLibvirt *libvirt, const Peer *peer, const VhTopology *topology, VhCaps *caps,
                   GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *key = new_libvirt_key (peer, topology);
  g_autoptr (VhCaps) answers = vh_store_find_caps (key);
  if (answers)
    vh_caps_merge (caps, answers);
  if (answers || ask_libvirt (libvirt, topology, key, caps, &failure))
    return TRUE;
  if (g_error_matches (failure, VH_SOURCE_ERROR, VH_SOURCE_ERROR_LOST))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  note (caps, _ ("libvirt was not asked what it can set. %s"), failure->message);
  return TRUE;
}

/* Of the binary as it is now; NULL when there is none. */
static char *
new_qemu_key (const char *binary, const char *machine)
{
  struct stat info;
  if (stat (binary, &info) != 0)
    return NULL;
  return g_strdup_printf ("qemu\n%s\n%" G_GINT64_FORMAT "\n%" G_GINT64_FORMAT ".%09ld\n%s", binary,
                          (gint64) info.st_size, (gint64) info.st_ctim.tv_sec, info.st_ctim.tv_nsec,
                          machine);
}

/* What the binary said before, as long as it is the same file. */
static VhCaps *
new_qemu_answers (const char *binary, const char *machine, GError **error)
{
  g_autofree char *key = new_qemu_key (binary, machine);
  VhCaps *answers = key ? vh_store_find_caps (key) : NULL;
  if (answers)
    return answers;
  answers = vh_probe_qemu (binary, machine, QEMU_DEADLINE_MS, error);
  /* A note says that something is missing: it may be there next time. */
  if (answers && key && answers->notes->len == 0)
    vh_store_keep_caps (key, answers);
  return answers;
}

/* Why the binary of this name is not what runs the domain; NULL when it may
 * be asked. */
static char *
new_not_ours_reason (VhLibvirt *libvirt, const Peer *peer)
{
  if (vh_source_libvirt_is_remote (libvirt))
    return g_strdup_printf (_ ("%s is another machine"), libvirt->source.name);
  if (!is_this_host (peer->host))
    return g_strdup_printf (_ ("libvirt runs on %s"),
                            peer->host ? peer->host : _ ("an unnamed host"));
  return NULL;
}

static void
add_qemu_facts (VhLibvirt *libvirt, const Peer *peer, const VhTopology *topology, VhCaps *caps)
{
  gboolean by_user = libvirt->emulator != NULL;
  const char *binary = by_user ? libvirt->emulator : caps->emulator;
  g_autofree char *reason = by_user ? NULL : new_not_ours_reason (libvirt, peer);
  if (!binary && !reason)
    reason = g_strdup (_ ("no emulator is known that may be run"));
  g_autoptr (GError) failure = NULL;
  g_autoptr (VhCaps) answers =
      reason ? NULL : new_qemu_answers (binary, topology->machine->type, &failure);
  if (failure)
    reason = g_strdup (failure->message);
  else if (answers && !by_user && answers->qemu != peer->qemu)
    reason = g_strdup_printf (_ ("%s here is another release than the one libvirt runs"), binary);
  if (reason)
    {
      note (caps, _ ("QEMU was not probed: %1$s%2$s"), reason,
            g_str_has_suffix (reason, ".") ? "" : ".");
      return;
    }
  if (by_user)
    {
      g_clear_pointer (&caps->emulator, g_free);
      vh_caps_set_qemu (caps, 0, VH_ORIGIN_ASSUMED);
    }
  vh_caps_merge (caps, answers);
}

/* "qemu" or "qemu+TRANSPORT": to ask for the type would be a call. */
static gboolean
is_qemu_driver (VhLibvirt *libvirt)
{
  char *uri = virConnectGetURI (libvirt->connection);
  gboolean is = uri && g_str_has_prefix (uri, "qemu") && strchr ("+:", uri[strlen ("qemu")]);
  free (uri);
  return is;
}

VhCaps *
vh_source_libvirt_probe (VhSource *source, const VhTopology *topology, GError **error)
{
  VhLibvirt *libvirt = (VhLibvirt *) source;
  if (!libvirt->connection)
    {
      g_set_error (error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_LOST,
                   _ ("There is no connection to %s."), source->name);
      return NULL;
    }
  Peer peer = { NULL, 0, 0 };
  if (!read_peer (libvirt, &peer, error))
    return NULL;
  gboolean is_qemu = is_qemu_driver (libvirt);
  g_autoptr (VhCaps) caps = is_qemu ? vh_caps_new () : vh_caps_new_assumed (topology->machine);
  caps->libvirt = (VhVersion) peer.libvirt;
  caps->host = g_strdup (peer.host);
  if (!is_qemu)
    {
      const char *type = virConnectGetType (libvirt->connection);
      note (caps, _ ("%1$s is no connection to QEMU (%2$s): nothing was probed."), source->name,
            type ? type : _ ("no driver"));
      return g_steal_pointer (&caps);
    }
  vh_caps_set_qemu (caps, (VhVersion) peer.qemu, peer.qemu ? VH_ORIGIN_PROBED : VH_ORIGIN_ASSUMED);
  if (!add_libvirt_facts (libvirt, &peer, topology, caps, error))
    return NULL;
  add_qemu_facts (libvirt, &peer, topology, caps);
  return g_steal_pointer (&caps);
}

/* A QEMU that is not to be asked keeps nobody waiting. */
static gboolean
has_qemu_answers (VhLibvirt *libvirt, const Peer *peer, const char *emulator, const char *machine)
{
  const char *binary = libvirt->emulator ? libvirt->emulator : emulator;
  g_autofree char *reason = libvirt->emulator ? NULL : new_not_ours_reason (libvirt, peer);
  if (reason || !binary)
    return TRUE;
  g_autofree char *key = new_qemu_key (binary, machine);
  g_autoptr (VhCaps) answers = key ? vh_store_find_caps (key) : NULL;
  return answers != NULL;
}

gboolean
vh_source_libvirt_is_kept (VhSource *source, const VhTopology *topology)
{
  VhLibvirt *libvirt = (VhLibvirt *) source;
  Peer peer = { NULL, 0, 0 };
  if (!libvirt->connection || !read_peer (libvirt, &peer, NULL))
    return FALSE;
  if (g_strcmp0 (virConnectGetType (libvirt->connection), "QEMU") != 0)
    return TRUE;
  g_autofree char *key = new_libvirt_key (&peer, topology);
  g_autoptr (VhCaps) answers = vh_store_find_caps (key);
  return answers && has_qemu_answers (libvirt, &peer, answers->emulator, topology->machine->type);
}
