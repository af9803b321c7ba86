/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The main job on a real driver: load, probe, set each knob, write, find it
 * stored and in QEMU's arguments, set it back, and find the first bytes. */
#include "../scratch.h"
#include "../topology_literal.h"
#include "backend.h"
#include "model/io/source.h"
#include "model/io/writer.h"
#include "model/session.h"

#include <stdlib.h>
#include <string.h>

#define PORTS                                                                                      \
  "<controller type='pci' index='0' model='pcie-root'/>"                                           \
  "<controller type='pci' index='1' model='pcie-root-port'/>"                                      \
  "<controller type='pci' index='2' model='pcie-root-port'/>"
#define BRIDGE                                                                                     \
  "<controller type='pci' index='0' model='pci-root'/>"                                            \
  "<controller type='pci' index='1' model='pci-bridge'/>"

static VhBackend *backend;

typedef struct {
  const char *name;
  const char *machine;
  VhKnob knob;
  gint32 bus;
  VhSwitch to;
  const char *argument;       /* in QEMU's arguments, or … */
  const char *argument_first; /* … before libvirt wrote them as JSON */
} Row;

#define ICH9 "ICH9-LPC.acpi-pci-hotplug-with-bridge-support="
#define PIIX4 "PIIX4_PM.acpi-pci-hotplug-with-bridge-support="
#define ROOT "PIIX4_PM.acpi-root-pci-hotplug="

static const Row rows[] = {
  { "q35-bridge-off", "q35", VH_KNOB_BRIDGE, -1, VH_SWITCH_OFF, ICH9 "off", NULL },
  { "q35-bridge-on", "q35", VH_KNOB_BRIDGE, -1, VH_SWITCH_ON, ICH9 "on", NULL },
  { "q35-port-off", "q35", VH_KNOB_PORT, 1, VH_SWITCH_OFF, "\"hotplug\":false", ",hotplug=off" },
  { "q35-port-on", "q35", VH_KNOB_PORT, 2, VH_SWITCH_ON, "\"hotplug\":true", ",hotplug=on" },
  { "pc-root-off", "pc", VH_KNOB_ROOT, -1, VH_SWITCH_OFF, ROOT "off", NULL },
  { "pc-root-on", "pc", VH_KNOB_ROOT, -1, VH_SWITCH_ON, ROOT "on", NULL },
  { "pc-bridge-off", "pc", VH_KNOB_BRIDGE, -1, VH_SWITCH_OFF, PIIX4 "off", NULL },
  { "pc-bridge-on", "pc", VH_KNOB_BRIDGE, -1, VH_SWITCH_ON, PIIX4 "on", NULL },
};

/* Sets the knob, writes, and takes what is stored as the new base. */
static void
set_and_write (VhSource *source, VhSession *session, const Row *row, VhSwitch to)
{
  g_autoptr (GError) error = NULL;
  const VhWriteOptions how = { .no_validate = FALSE };
  g_assert_true (vh_session_set_knob (session, row->knob, row->bus, to, &error));
  g_assert_no_error (error);
  g_assert_true (vh_session_is_changed (session));
  g_autoptr (VhWriteReport) report =
      vh_writer_write (source, session->base->document, session->after->document, &how);
  vh_scratch_tell (report->message);
  g_assert_cmpint (report->outcome, ==, VH_WRITE_DONE);
  g_assert_cmpuint (report->notes->len, ==, 0);
  g_assert_true (vh_session_rebase (session, report->now, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (vh_session_is_changed (session));
}

/* How often the words are among QEMU's arguments for what is stored. */
static guint
count_arguments (const char *xml, const Row *row)
{
  virConnectPtr connection = vh_backend_connect (backend);
  char *line = virConnectDomainXMLToNative (connection, "qemu-argv", xml, 0);
  g_assert_nonnull (line);
  const char *words =
      strstr (line, row->argument) || !row->argument_first ? row->argument : row->argument_first;
  guint n = 0;
  for (const char *at = strstr (line, words); at; at = strstr (at + 1, words))
    n++;
  free (line);
  virConnectClose (connection);
  return n;
}

static void
assert_state (const VhSession *session, const Row *row, VhSwitch configured)
{
  g_autoptr (VhKnobState) knob = vh_session_new_knob (session, row->knob, row->bus);
  g_assert_true (knob->applies);
  g_assert_cmpstr (vh_switch_to_string (knob->configured), ==, vh_switch_to_string (configured));
  g_assert_null (knob->reason);
}

/* QEMU before 6.1 has no such switch on q35: said, and not set. */
static gboolean
is_missing (const VhSession *session, const Row *row)
{
  return session->caps->qemu < VH_VERSION (6, 1, 0) && row->knob == VH_KNOB_BRIDGE &&
         g_str_equal (row->machine, "q35");
}

static void
assert_refused (VhSession *session, const Row *row)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VhKnobState) knob = vh_session_new_knob (session, row->knob, row->bus);
  g_assert_true (knob->applies);
  g_assert_nonnull (strstr (knob->reason, "QEMU 6.1 was the first"));
  g_assert_false (vh_session_set_knob (session, row->knob, row->bus, row->to, &error));
  g_assert_nonnull (strstr (error->message, knob->reason));
}

static void
test_knob (gconstpointer data)
{
  const Row *row = data;
  const char *controllers = g_str_equal (row->machine, "pc") ? BRIDGE : PORTS;
  g_autofree char *xml = vh_backend_new_domain (row->name, row->machine, controllers);
  g_autofree char *first = vh_backend_define (backend, xml);
  g_autoptr (VhSource) source = vh_backend_open (backend, NULL);
  g_autoptr (VhSession) session = vh_backend_load (source, row->name);
  if (is_missing (session, row))
    {
      assert_refused (session, row);
      vh_backend_undefine (backend, row->name);
      return;
    }
  assert_state (session, row, VH_SWITCH_ABSENT);
  g_assert_cmpstr (vh_document_get_text (session->base->document, NULL), ==, first);

  set_and_write (source, session, row, row->to);
  g_autofree char *changed = vh_backend_read (backend, row->name);
  g_assert_cmpuint (count_arguments (changed, row), ==, 1);
  g_assert_nonnull (strstr (changed, "passwd='secret'"));
  assert_state (session, row, row->to);

  set_and_write (source, session, row, VH_SWITCH_ABSENT);
  g_autofree char *last = vh_backend_read (backend, row->name);
  g_assert_cmpstr (last, ==, first);
  assert_state (session, row, VH_SWITCH_ABSENT);
  vh_backend_undefine (backend, row->name);
}

static const VhFact *
fact_of (const VhSession *session, VhFactId id)
{
  return vh_caps_get (session->caps, id);
}

/* What the driver and QEMU say, first asked and then from the cache. */
static void
test_probe (void)
{
  g_autofree char *xml = vh_backend_new_domain ("probed", "q35", PORTS);
  g_free (vh_backend_define (backend, xml));
  g_autoptr (VhSource) source = vh_backend_open (backend, NULL);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (VhSession) session = vh_backend_load (source, "probed");
      g_assert_cmpuint (session->caps->notes->len, ==, 0);
      g_assert_cmpuint (session->caps->libvirt, >=, VH_VERSION (7, 0, 0));
      g_assert_cmpuint (session->caps->qemu, >=, VH_VERSION (4, 2, 0));
      g_assert_cmpint (session->caps->qemu_origin, ==, VH_ORIGIN_PROBED);
      g_assert_nonnull (session->caps->host);
      g_assert_nonnull (session->caps->emulator);
      g_assert_cmpint (fact_of (session, VH_FACT_LIBVIRT_PORT_TARGET)->value, ==, VH_KNOWN_YES);
      g_assert_cmpint (fact_of (session, VH_FACT_LIBVIRT_ROOT_TARGET)->value, ==, VH_KNOWN_NO);
      g_assert_cmpint (fact_of (session, VH_FACT_LIBVIRT_BRIDGE_FEATURE)->origin, ==,
                       VH_ORIGIN_PROBED);
      g_assert_cmpint (fact_of (session, VH_FACT_QEMU_PORT_HOTPLUG)->value, ==, VH_KNOWN_YES);
      g_assert_cmpint (fact_of (session, VH_FACT_DEFAULT_SHPC)->value, ==, VH_KNOWN_YES);
    }
  g_autofree char *answers =
      g_build_filename (backend->folder, "cache", "virt-hotplug", "probes", NULL);
  g_autoptr (GDir) folder = g_dir_open (answers, 0, NULL);
  g_assert_nonnull (folder);
  vh_backend_undefine (backend, "probed");
}

/* An emulator that libvirt does not name is never asked, nor is libvirt asked
 * about it. */
static void
test_foreign_emulator (void)
{
  g_autoptr (VhSource) source = vh_backend_open (backend, NULL);
  g_autoptr (VhTopology) topology = literal_new ("x86_64", "q35");
  g_autofree char *mark = g_build_filename (backend->folder, "was-run", NULL);
  g_autofree char *evil = g_build_filename (backend->folder, "evil", NULL);
  g_autofree char *script = g_strdup_printf ("#!/bin/sh\ntouch %s\n", mark);
  g_file_set_contents (evil, script, -1, NULL);
  g_free (topology->emulator);
  topology->emulator = g_strdup (evil);
  g_autoptr (GError) error = NULL;
  g_autoptr (VhCaps) caps = source->ops->probe (source, topology, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (caps->notes->len, ==, 2);
  g_assert_cmpint (vh_caps_get (caps, VH_FACT_QEMU_PORT_HOTPLUG)->value, ==, VH_KNOWN_UNKNOWN);

  g_autofree char *xml = g_strdup_printf (
      "<domain type='qemu'><name>x</name><memory>1024</memory><os><type>hvm</type></os>"
      "<devices><emulator>%s</emulator></devices></domain>",
      evil);
  GPtrArray *args = NULL;
  g_assert_false (source->ops->validate (source, xml, &args, &error));
  g_assert_error (error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_UNSUPPORTED);
  g_assert_false (g_file_test (mark, G_FILE_TEST_EXISTS));
}

static void
test_validate (void)
{
  g_autoptr (VhSource) source = vh_backend_open (backend, NULL);
  g_autofree char *good = vh_backend_new_domain ("v", "pc", "");
  g_autoptr (GError) error = NULL;
  GPtrArray *args = NULL;
  g_assert_true (source->ops->validate (source, good, &args, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (args->len, >, 10);
  g_assert_cmpstr (g_ptr_array_index (args, 0), ==, "-name");
  g_ptr_array_unref (args);
  g_autofree char *bad = vh_backend_new_domain (
      "v", "q35",
      "<controller type='pci' index='0' model='pcie-root'><target hotplug='off'/></controller>");
  args = NULL;
  g_assert_false (source->ops->validate (source, bad, &args, &error));
  g_assert_error (error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "pcie-root"));
  g_assert_null (args);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gboolean daemon = argc > 1 && g_str_equal (argv[1], "daemon");
  backend = vh_backend_new (daemon ? VH_BACKEND_DAEMON : VH_BACKEND_EMBED);
  if (!backend)
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/libvirt/knob/%s", rows[i].name);
      g_test_add_data_func (path, &rows[i], test_knob);
    }
  g_test_add_func ("/libvirt/probe", test_probe);
  g_test_add_func ("/libvirt/foreign-emulator", test_foreign_emulator);
  g_test_add_func ("/libvirt/validate", test_validate);
  int status = g_test_run ();
  vh_backend_free (backend);
  return status;
}
