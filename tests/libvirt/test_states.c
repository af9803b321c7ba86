/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Domains that run, are transient, saved or tainted, and a driver that is not
 * QEMU's. */
#include "../scratch.h"
#include "backend.h"
#include "config.h"
#include "model/io/writer.h"

#include <libvirt/virterror.h>
#include <stdlib.h>
#include <string.h>

#define NAME "stateful"
#define PORT                                                                                       \
  "<controller type='pci' index='0' model='pcie-root'/>"                                           \
  "<controller type='pci' index='1' model='pcie-root-port'/>"
#define OFF "hotplug='off'"

static VhBackend *backend;

static VhDocument *
change (const VhDocument *document)
{
  const char *text = vh_document_get_text (document, NULL);
  g_auto (GStrv) parts = g_strsplit (text, "<target chassis='1'", 2);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  g_autofree char *changed =
      g_strdup_printf ("%s<target " OFF " chassis='1'%s", parts[0], parts[1]);
  return vh_backend_parse (changed);
}

static VhDocument *
read_document (VhSource *source, VhDomainInfo **info)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = source->ops->read (source, info, &error);
  g_assert_no_error (error);
  return vh_backend_parse (g_bytes_get_data (bytes, NULL));
}

static VhWriteReport *
write_off (VhSource *source, const char *expected_state)
{
  const VhWriteOptions how = { .no_validate = FALSE };
  g_autoptr (VhDomainInfo) info = NULL;
  g_autoptr (VhDocument) base = read_document (source, &info);
  g_assert_cmpstr (info->state, ==, expected_state);
  g_autoptr (VhDocument) after = change (base);
  VhWriteReport *report = vh_writer_write (source, base, after, &how);
  vh_scratch_tell (report->message);
  return report;
}

static virDomainPtr
look_up (virConnectPtr connection)
{
  virDomainPtr domain = virDomainLookupByName (connection, NAME);
  g_assert_nonnull (domain);
  return domain;
}

/* Not merely by running as root. */
static gboolean
is_tainted_by_arguments (const VhDomainInfo *info)
{
  return info->taints && strstr (info->taints, "custom configuration");
}

static void
start (virDomainPtr domain)
{
  int status = virDomainCreate (domain);
  if (status != 0)
    vh_scratch_tell (virGetLastErrorMessage ());
  g_assert_cmpint (status, ==, 0);
}

static void
test_running (void)
{
  g_autofree char *xml = vh_backend_new_domain (NAME, "q35", PORT);
  g_free (vh_backend_define (backend, xml));
  virConnectPtr connection = vh_backend_connect (backend);
  virDomainPtr domain = look_up (connection);
  start (domain);
  g_assert_cmpint (virDomainSetAutostart (domain, 1), ==, 0);

  g_autofree char *id = g_strdup_printf ("%u", virDomainGetID (domain));
  g_autoptr (VhSource) source = vh_backend_open (backend, id);
  g_autoptr (VhWriteReport) report = write_off (source, "running");
  g_assert_cmpint (report->outcome, ==, VH_WRITE_DONE);
  g_assert_true (vh_domain_info_is_active (report->info));
  g_assert_true (report->info->autostart);
  g_assert_false (is_tainted_by_arguments (report->info));
  char *live = virDomainGetXMLDesc (domain, 0);
  g_assert_null (strstr (live, OFF));
  free (live);
  g_assert_cmpint (virDomainDestroy (domain), ==, 0);
  char *inactive = virDomainGetXMLDesc (domain, 0);
  g_assert_nonnull (strstr (inactive, OFF));
  free (inactive);
  g_assert_cmpint (virDomainUndefine (domain), ==, 0);
  virDomainFree (domain);
  virConnectClose (connection);
}

static void
test_transient (void)
{
  g_autofree char *xml = vh_backend_new_domain (NAME, "q35", PORT);
  virConnectPtr connection = vh_backend_connect (backend);
  virDomainPtr domain = virDomainCreateXML (connection, xml, 0);
  g_assert_nonnull (domain);
  g_autoptr (VhSource) source = vh_backend_open (backend, NAME);
  g_autoptr (VhWriteReport) report = write_off (source, "running");
  g_assert_cmpint (report->outcome, ==, VH_WRITE_REFUSED);
  g_assert_false (report->info->persistent);
  g_assert_cmpint (virDomainIsPersistent (domain), ==, 0);
  g_assert_cmpint (virDomainDestroy (domain), ==, 0);
  virDomainFree (domain);
  virConnectClose (connection);
}

static void
test_managed_save (void)
{
  g_autofree char *xml = vh_backend_new_domain (NAME, "q35", PORT);
  g_free (vh_backend_define (backend, xml));
  virConnectPtr connection = vh_backend_connect (backend);
  virDomainPtr domain = look_up (connection);
  start (domain);
  g_assert_cmpint (virDomainManagedSave (domain, 0), ==, 0);
  g_autoptr (VhSource) source = vh_backend_open (backend, NAME);
  g_autoptr (VhWriteReport) report = write_off (source, "shutoff");
  g_assert_cmpint (report->outcome, ==, VH_WRITE_DONE);
  g_assert_true (report->info->managed_save);
  g_assert_cmpuint (report->notes->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (report->notes, 0), "managed save"));
  g_assert_cmpint (virDomainUndefineFlags (domain, VIR_DOMAIN_UNDEFINE_MANAGED_SAVE), ==, 0);
  virDomainFree (domain);
  virConnectClose (connection);
}

static void
test_taint (void)
{
  g_autofree char *plain = vh_backend_new_domain (NAME, "q35", PORT);
  g_autofree char *xml = g_strdup_printf (
      "<domain xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'%.*s"
      "<qemu:commandline><qemu:arg value='-global'/><qemu:arg value='ICH9-LPC.noreboot=off'/>"
      "</qemu:commandline></domain>",
      (int) (strlen (plain) - strlen ("<domain") - strlen ("</domain>")),
      plain + strlen ("<domain"));
  g_free (vh_backend_define (backend, xml));
  virConnectPtr connection = vh_backend_connect (backend);
  virDomainPtr domain = look_up (connection);
  start (domain);
  g_autoptr (VhSource) source = vh_backend_open (backend, NAME);
  g_autoptr (VhDomainInfo) info = NULL;
  vh_document_unref (read_document (source, &info));
  g_assert_cmpint (is_tainted_by_arguments (info), ==, HAVE_VIR_DOMAIN_GET_MESSAGES);
  g_assert_cmpint (virDomainDestroy (domain), ==, 0);
  g_assert_cmpint (virDomainUndefine (domain), ==, 0);
  virDomainFree (domain);
  virConnectClose (connection);
}

/* libvirt's test driver knows nothing of QEMU and drops much in silence. */
static void
test_other_driver (void)
{
  g_autoptr (GError) error = NULL;
  const VhLibvirtOptions options = { .uri = "test:///default" };
  g_autoptr (VhSource) source = vh_source_new_libvirt (&options, &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) list = source->ops->list (source, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 1);
  const VhDomainInfo *first = g_ptr_array_index (list, 0);
  g_assert_cmpstr (first->name, ==, "test");
  g_assert_true (source->ops->select (source, "test", &error));
  g_autoptr (VhDomainInfo) info = NULL;
  g_autoptr (VhDocument) document = read_document (source, &info);
  g_assert_cmpstr (info->state, ==, "running");
  g_assert_false (info->read_only);
  g_autoptr (VhTopology) topology = vh_topology_new (document, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (VhCaps) caps = source->ops->probe (source, topology, &error);
  g_assert_no_error (error);
  g_assert_cmpint (caps->qemu_origin, ==, VH_ORIGIN_ASSUMED);
  g_assert_cmpuint (caps->notes->len, >=, 1);
  GPtrArray *args = NULL;
  g_assert_false (source->ops->validate (source, "<domain type='test'/>", &args, &error));
  g_assert_error (error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_UNSUPPORTED);
  vh_scratch_tell (error->message);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  backend = vh_backend_new (VH_BACKEND_EMBED);
  if (!backend)
    return 0;
  g_test_add_func ("/states/running", test_running);
  g_test_add_func ("/states/transient", test_transient);
  g_test_add_func ("/states/managed-save", test_managed_save);
  g_test_add_func ("/states/taint", test_taint);
  g_test_add_func ("/states/other-driver", test_other_driver);
  int status = g_test_run ();
  vh_backend_free (backend);
  return status;
}
