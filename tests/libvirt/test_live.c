/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A domain that runs and is changed meanwhile; and what its QEMU says. */
#include "backend.h"
#include "config.h"
#include "model/io/probe_running.h"
#include "model/live.h"

#include <libvirt/virterror.h>
#include <string.h>

#define NAME "living"
#define QEMU_NS "http://libvirt.org/schemas/domain/qemu/1.0"

static VhBackend *backend;

/* One domain: how it is started, and to what it is changed meanwhile. */
typedef struct {
  const char *name, *machine;
  const char *started, *changed;           /* controllers */
  const char *started_args, *changed_args; /* -global; "" none */
  const char *differences;                 /* "kind bus live next; …" */
} Life;

#define PORTS(a, b)                                                                                \
  "<controller type='pci' index='0' model='pcie-root'/>"                                           \
  "<controller type='pci' index='1' model='pcie-root-port'>" a "</controller>"                     \
  "<controller type='pci' index='2' model='pcie-root-port'>" b "</controller>"
#define BRIDGES(a)                                                                                 \
  "<controller type='pci' index='0' model='pci-root'>" a "</controller>"                           \
  "<controller type='pci' index='1' model='pci-bridge'/>"
#define OFF "<target hotplug='off'/>"
#define NIC                                                                                        \
  "<interface type='user'><mac address='52:54:00:00:00:01'/><model type='virtio'/>"                \
  "<address type='pci' domain='0' bus='2' slot='0' function='0'/></interface>"

/* QEMU from 6.1 on, with a libvirt from 7.9 on that knows hotplug of pci-root. */
static const Life lives[] = {
  { "port", "pc-q35-7.2", PORTS ("", ""), PORTS (OFF, ""), "", "", "bus 1 acpi > none, off" },
  { "bridge", "pc-q35-7.2", PORTS ("", ""), PORTS ("", ""), "",
    "ICH9-LPC.acpi-pci-hotplug-with-bridge-support=off",
    "bridge -1 on > off, set; bus 1 acpi > native; bus 2 acpi > native" },
  { "old-machine", "pc-q35-6.1", PORTS ("", OFF), PORTS ("", OFF), "", "", "" },
  { "older-machine", "pc-q35-6.0", PORTS (OFF, ""), PORTS ("", ""), "", "",
    "bus 1 none, off > native" },
  { "device", "pc-q35-7.2", PORTS ("", "") NIC, PORTS ("", ""), "", "", "device 2 acpi > -" },
  { "root", "pc-i440fx-7.2", BRIDGES (""), BRIDGES (OFF), "", "",
    "root -1 on > off, set; bus 0 acpi > none, off" },
  { "i440fx-bridge", "pc-i440fx-7.2", BRIDGES (OFF), BRIDGES (OFF),
    "PIIX4_PM.acpi-pci-hotplug-with-bridge-support=off", "",
    "bridge -1 off, set > on; bus 1 none > acpi" },
  { "alias", "q35", PORTS ("", ""), PORTS ("", OFF), "", "", "bus 2 acpi > none, off" },
};

/* QEMU before 6.1: q35 has no ACPI hotplug. Its libvirt sets the root bus by arguments alone. */
#define ROOT_OFF "PIIX4_PM.acpi-root-pci-hotplug=off"
#define BRIDGES_OFF "PIIX4_PM.acpi-pci-hotplug-with-bridge-support=off"
static const Life old_lives[] = {
  { "port", "pc-q35-5.2", PORTS ("", ""), PORTS (OFF, ""), "", "", "bus 1 native > none, off" },
  { "port-on", "pc-q35-5.2", PORTS (OFF, ""), PORTS ("", ""), "", "", "bus 1 none, off > native" },
  { "same", "pc-q35-5.2", PORTS ("", OFF), PORTS ("", OFF), "", "", "" },
  { "device", "pc-q35-5.2", PORTS ("", "") NIC, PORTS ("", ""), "", "", "device 2 native > -" },
  { "root", "pc-i440fx-5.2", BRIDGES (""), BRIDGES (""), "", ROOT_OFF,
    "root -1 on > off, set; bus 0 acpi > none" },
  { "i440fx-bridge", "pc-i440fx-5.2", BRIDGES (""), BRIDGES (""), BRIDGES_OFF, "",
    "bridge -1 off, set > on; bus 1 none > acpi" },
  { "alias", "q35", PORTS ("", ""), PORTS ("", OFF), "", "", "bus 2 native > none, off" },
};

static char *
new_xml (const Life *life, const char *controllers, const char *global)
{
  g_autofree char *plain = vh_backend_new_domain (NAME, life->machine, controllers);
  if (!*global)
    return g_steal_pointer (&plain);
  return g_strdup_printf ("<domain xmlns:qemu='" QEMU_NS "'%.*s<qemu:commandline>"
                          "<qemu:arg value='-global'/><qemu:arg value='%s'/>"
                          "</qemu:commandline></domain>",
                          (int) (strlen (plain) - strlen ("<domain") - strlen ("</domain>")),
                          plain + strlen ("<domain"), global);
}

static VhLive *
load_live (VhSource *source, const VhSession *next)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *xml = source->ops->read_live (source, &error);
  g_assert_no_error (error);
  g_autoptr (VhDocument) document = vh_backend_parse (xml);
  VhLive *live = vh_live_new (document, next, &error);
  g_assert_no_error (error);
  return live;
}

static char *
format_differences (const VhLive *live, const VhSession *next)
{
  GString *text = g_string_new (NULL);
  g_autoptr (VhComparison) comparison = vh_live_compare (live, next);
  for (guint i = 0; i < comparison->rows->len; i++)
    {
      const VhCompareRow *row = g_ptr_array_index (comparison->rows, i);
      if (row->differs)
        g_string_append_printf (text, "%s%s %d %s > %s", text->len ? "; " : "",
                                vh_compare_kind_to_string (row->kind), row->bus, row->cells[0],
                                row->cells[1]);
    }
  return g_string_free (text, FALSE);
}

/* Does libvirt tell that monitor commands were given? */
static gboolean
is_tainted (VhSource *source)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VhDomainInfo) info = NULL;
  g_autoptr (GBytes) bytes = source->ops->read (source, &info, &error);
  g_assert_no_error (error);
  g_assert_nonnull (bytes);
  g_test_message ("%s", info->taints ? info->taints : "no messages");
  return info->taints && strstr (info->taints, "custom monitor");
}

/* QEMU before 6.1 has no ACPI hotplug of q35. */
static gboolean
is_old (void)
{
  unsigned long qemu = 0;
  g_assert_cmpint (virConnectGetVersion (backend->anchor, &qemu), ==, 0);
  return qemu < VH_VERSION (6, 1, 0);
}

/* Everything that could be asked about is answered, and is as predicted. */
static void
ask (VhSource *source, VhLive *live)
{
  g_autoptr (GError) error = NULL;
  const VhMachine *machine = live->session->after->topology->machine;
  const gboolean has_bridge = machine->chipset != VH_CHIPSET_Q35 || !is_old ();
  VhAnswers *answers = vh_probe_running (source, live->session->after->topology, &error);
  g_assert_no_error (error);
  vh_live_take_answers (live, answers);
  for (guint i = 0; i < live->findings->len; i++)
    g_test_message ("%s", ((VhFinding *) g_ptr_array_index (live->findings, i))->text);
  g_assert_cmpuint (live->findings->len, ==, 0);
  g_assert_cmpuint (answers->qemu, ==, live->session->caps->qemu);
  for (guint i = 0; i < answers->values->len; i++)
    {
      const VhAnswer *answer = &g_array_index (answers->values, VhAnswer, i);
      const gboolean must =
          answer->property == VH_PROPERTY_ROOT || answer->property == VH_PROPERTY_BRIDGE ||
          answer->property == VH_PROPERTY_HOTPLUG || answer->property == VH_PROPERTY_SHPC;
      const gboolean may = answer->property != VH_PROPERTY_BRIDGE || has_bridge;
      g_autofree char *what = vh_answers_describe (live->session->after->topology, answer);
      g_test_message ("%s: %s", what, vh_known_to_string (answer->value));
      if (must && may)
        g_assert_cmpint (answer->value, !=, VH_KNOWN_UNKNOWN);
    }
}

static void
assert_cannot_ask (VhSource *source, const VhLive *live)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (vh_probe_running (source, live->session->after->topology, &error));
  g_assert_error (error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (error->message, "built without libvirt-qemu"));
}

static void
end (virDomainPtr domain)
{
  g_assert_cmpint (virDomainDestroy (domain), ==, 0);
  g_assert_cmpint (virDomainUndefine (domain), ==, 0);
  virDomainFree (domain);
}

static void
test_life (gconstpointer data)
{
  const Life *life = data;
  g_autofree char *started = new_xml (life, life->started, life->started_args);
  g_autofree char *changed = new_xml (life, life->changed, life->changed_args);
  virConnectPtr connection = vh_backend_connect (backend);
  virDomainPtr domain = virDomainDefineXML (connection, started);
  if (!domain || virDomainCreateWithFlags (domain, VIR_DOMAIN_START_PAUSED) != 0)
    g_error ("%s", virGetLastErrorMessage ());
  g_autofree char *stored = vh_backend_read (backend, NAME);
  /* The same domain: with its UUID. */
  const char *uuid = strstr (stored, "<uuid>");
  g_autofree char *element = g_strndup (uuid, (gsize) (strstr (uuid, "</uuid>") - uuid) + 7);
  g_auto (GStrv) parts = g_strsplit (changed, "<memory>", 2);
  g_autofree char *next_xml = g_strconcat (parts[0], element, "<memory>", parts[1], NULL);
  g_free (vh_backend_define (backend, next_xml));

  g_autoptr (VhSource) source = vh_backend_open (backend, NAME);
  g_autoptr (VhSession) next = vh_backend_load (source, NULL);
  g_autoptr (VhLive) live = load_live (source, next);
  g_autofree char *differences = format_differences (live, next);
  g_assert_cmpstr (differences, ==, life->differences);
  g_assert_false (is_tainted (source));
  if (HAVE_LIBVIRT_QEMU)
    ask (source, live);
  else
    assert_cannot_ask (source, live);
  g_assert_cmpint (is_tainted (source), ==, HAVE_LIBVIRT_QEMU && HAVE_VIR_DOMAIN_GET_MESSAGES);
  end (domain);
  virConnectClose (connection);
}

/* Nothing runs: what would be read is what is stored, and nobody can be asked. */
static void
test_shut_off (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *xml = vh_backend_new_domain (NAME, "q35", PORTS ("", ""));
  g_free (vh_backend_define (backend, xml));
  g_autoptr (VhSource) source = vh_backend_open (backend, NAME);
  g_autofree char *read = source->ops->read_live (source, &error);
  g_assert_no_error (error);
  g_autoptr (VhDocument) document = vh_backend_parse (read);
  g_autofree char *id = vh_document_dup_attribute (document, 0, "id");
  g_assert_null (id);
  g_assert_null (source->ops->monitor (source, "{\"execute\":\"query-version\"}", &error));
  const VhSourceError expected =
      HAVE_LIBVIRT_QEMU == 1 ? VH_SOURCE_ERROR_REFUSED : VH_SOURCE_ERROR_UNSUPPORTED;
  g_assert_cmpint (error->code, ==, expected);
  g_assert_nonnull (strstr (error->message, HAVE_LIBVIRT_QEMU == 1 ? "domain is not running"
                                                                   : "without libvirt-qemu"));
  vh_backend_undefine (backend, NAME);
}

static void
add_lives (const Life *rows, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strconcat ("/live/", rows[i].name, NULL);
      g_test_add_data_func (path, &rows[i], test_life);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  backend = vh_backend_new (VH_BACKEND_EMBED);
  if (!backend)
    return 0;
  if (is_old ())
    add_lives (old_lives, G_N_ELEMENTS (old_lives));
  else
    add_lives (lives, G_N_ELEMENTS (lives));
  g_test_add_func ("/live/shut-off", test_shut_off);
  int status = g_test_run ();
  vh_backend_free (backend);
  return status;
}
