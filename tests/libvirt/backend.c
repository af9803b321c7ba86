/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "backend.h"

#include "../scratch.h"

#include <glib/gstdio.h>
#include <libvirt/virterror.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define QEMU "/usr/bin/qemu-system-x86_64"

static gboolean
run_script (const char *verb, const char *folder, char **out, char **complaint)
{
  g_autofree char *script =
      g_build_filename (g_getenv ("G_TEST_SRCDIR"), "libvirt", "private-libvirtd", NULL);
  char *argv[] = { script, (char *) (guintptr) verb, (char *) (guintptr) folder, NULL };
  int status = 0;
  g_autoptr (GError) error = NULL;
  gboolean ran =
      g_spawn_sync (NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, out, complaint, &status, &error);
  if (!ran && complaint)
    *complaint = g_strdup (error->message);
  return ran && status == 0;
}

static char *
prepare_embed (const char *folder)
{
  g_autofree char *root = g_build_filename (folder, "root", NULL);
  vh_scratch_write_qemu_conf (root);
  return g_strdup_printf ("qemu:///embed?root=%s", root);
}

/* What is missing; NULL: it is started. */
static char *
start (VhBackend *backend)
{
  if (!g_file_test (QEMU, G_FILE_TEST_IS_EXECUTABLE))
    return g_strdup (QEMU " is not installed");
  if (backend->kind == VH_BACKEND_EMBED)
    {
      backend->uri = prepare_embed (backend->folder);
      backend->anchor = virConnectOpen (backend->uri);
      return backend->anchor ? NULL : g_strdup (virGetLastErrorMessage ());
    }
  g_autofree char *complaint = NULL;
  if (!run_script ("start", backend->folder, &backend->uri, &complaint))
    return g_steal_pointer (&complaint);
  g_strchomp (backend->uri);
  return NULL;
}

VhBackend *
vh_backend_new (VhBackendKind kind)
{
  VhBackend *backend = g_new0 (VhBackend, 1);
  backend->kind = kind;
  backend->folder = vh_scratch_new ();
  vh_source_libvirt_init ();
  g_autofree char *missing = start (backend);
  if (!missing)
    return backend;
  g_print ("1..0 # SKIP %s\n", g_strdelimit (missing, "\n", ' '));
  vh_backend_free (backend);
  return NULL;
}

void
vh_backend_free (VhBackend *backend)
{
  if (backend->kind == VH_BACKEND_DAEMON)
    run_script ("stop", backend->folder, NULL, NULL);
  if (backend->anchor)
    virConnectClose (backend->anchor);
  vh_scratch_free (backend->folder);
  g_free (backend->uri);
  g_free (backend);
}

void
vh_backend_signal (const VhBackend *backend, int signal_number)
{
  g_autofree char *path = g_build_filename (backend->folder, "daemon.pid", NULL);
  g_autofree char *text = vh_scratch_read (path);
  pid_t pid = (pid_t) g_ascii_strtoll (text, NULL, 10);
  g_assert_cmpint (pid, >, 1);
  g_assert_cmpint (kill (pid, signal_number), ==, 0);
}

void
vh_backend_start_again (const VhBackend *backend)
{
  g_autofree char *out = NULL;
  g_autofree char *complaint = NULL;
  run_script ("stop", backend->folder, NULL, NULL);
  gboolean started = run_script ("start", backend->folder, &out, &complaint);
  if (!started)
    vh_scratch_tell (complaint);
  g_assert_true (started);
}

VhSource *
vh_backend_open (const VhBackend *backend, const char *name)
{
  g_autoptr (GError) error = NULL;
  const VhLibvirtOptions options = { .uri = backend->uri };
  VhSource *source = vh_source_new_libvirt (&options, &error);
  g_assert_no_error (error);
  if (name)
    source->ops->select (source, name, &error);
  g_assert_no_error (error);
  return source;
}

VhSession *
vh_backend_load (VhSource *source, const char *name)
{
  g_autoptr (GError) error = NULL;
  VhDomainInfo *info = NULL;
  g_assert_true (!name || source->ops->select (source, name, &error));
  g_autoptr (GBytes) bytes = source->ops->read (source, &info, &error);
  g_assert_no_error (error);
  g_autoptr (VhDocument) document = vh_document_new (bytes, &error);
  g_assert_no_error (error);
  g_autoptr (VhTopology) topology = vh_topology_new (document, NULL, &error);
  g_assert_no_error (error);
  VhCaps *caps = source->ops->probe (source, topology, &error);
  g_assert_no_error (error);
  VhSession *session = vh_session_new (document, info, caps, &error);
  g_assert_no_error (error);
  return session;
}

VhDocument *
vh_backend_parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  VhDocument *document = vh_document_new (bytes, &error);
  g_assert_no_error (error);
  return document;
}

virConnectPtr
vh_backend_connect (const VhBackend *backend)
{
  virConnectPtr connection = backend->anchor;
  if (connection)
    virConnectRef (connection);
  else
    connection = virConnectOpen (backend->uri);
  if (!connection)
    vh_scratch_tell (virGetLastErrorMessage ());
  g_assert_nonnull (connection);
  return connection;
}

static char *
take_xml (virDomainPtr domain)
{
  if (!domain)
    vh_scratch_tell (virGetLastErrorMessage ());
  g_assert_nonnull (domain);
  char *xml = virDomainGetXMLDesc (domain, VIR_DOMAIN_XML_INACTIVE | VIR_DOMAIN_XML_SECURE);
  g_assert_nonnull (xml);
  char *copy = g_strdup (xml);
  free (xml);
  virDomainFree (domain);
  return copy;
}

char *
vh_backend_define (const VhBackend *backend, const char *xml)
{
  virConnectPtr connection = vh_backend_connect (backend);
  char *stored = take_xml (virDomainDefineXMLFlags (connection, xml, 0));
  virConnectClose (connection);
  return stored;
}

char *
vh_backend_read (const VhBackend *backend, const char *name)
{
  virConnectPtr connection = vh_backend_connect (backend);
  char *stored = take_xml (virDomainLookupByName (connection, name));
  virConnectClose (connection);
  return stored;
}

void
vh_backend_undefine (const VhBackend *backend, const char *name)
{
  virConnectPtr connection = vh_backend_connect (backend);
  virDomainPtr domain = virDomainLookupByName (connection, name);
  g_assert_nonnull (domain);
  g_assert_cmpint (virDomainUndefine (domain), ==, 0);
  virDomainFree (domain);
  virConnectClose (connection);
}

char *
vh_backend_find_machine (const char *wanted)
{
  char *found = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *script = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "machine_type.py", NULL);
  char *argv[] = { script, (char *) (guintptr) wanted, NULL };
  g_spawn_sync (NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &found, NULL, NULL, &error);
  g_assert_no_error (error);
  return g_strchomp (found);
}

char *
vh_backend_new_domain (const char *name, const char *machine, const char *controllers)
{
  g_autofree char *found = vh_backend_find_machine (machine);
  return g_strdup_printf (
      "<domain type='qemu'><name>%s</name><memory>65536</memory>"
      "<os><type arch='x86_64' machine='%s'>hvm</type></os><features><acpi/></features>"
      "<devices><emulator>" QEMU "</emulator>%s<memballoon model='none'/>"
      "<graphics type='vnc' passwd='secret'><listen type='socket'/></graphics></devices></domain>",
      name, found, controllers);
}
