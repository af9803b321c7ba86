/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/plan.h"

#include <string.h>

#include "tests/sample.h"

typedef struct {
  const char *name;
  const char *file; /* of data/demo, or NULL for `text` */
  const char *text;
  const char *edits[3];
  const char *changes[8];      /* all of them, or as many as there are here */
  guint n_changes;             /* of all */
  const char *sentences[9];    /* consequences, by a piece each */
  const char *not_said[4];     /* pieces that no consequence has */
  const char *added, *removed; /* arguments, one a line */
} Row;

#define ACPI_INDEX(arguments)                                                                      \
  "<domain type='kvm' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'><name>a</name>"      \
  "<os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os>"                                   \
  "<features><acpi/></features><devices><controller type='pci' index='0' model='pcie-root'/>"      \
  "<controller type='pci' index='1' model='pcie-root-port'><address type='pci' domain='0x0000' "   \
  "bus='0x00' slot='0x02' function='0x0'/></controller><interface type='user'>"                    \
  "<mac address='52:54:00:00:00:01'/><model type='virtio'/><acpi index='1'/><address type='pci' "  \
  "domain='0x0000' bus='0x01' slot='0x00' function='0x0'/></interface></devices>"                  \
  "<qemu:commandline>" arguments "</qemu:commandline></domain>"

/* A port with a switch behind it, and a free port. */
#define SWITCH(machine)                                                                            \
  "<domain type='kvm'><name>s</name><os><type arch='x86_64' machine='" machine "'>hvm</type>"      \
  "</os><features><acpi/></features><devices><controller type='pci' index='0' model='pcie-root'/>" \
  "<controller type='pci' index='1' model='pcie-root-port'><address type='pci' domain='0x0000' "   \
  "bus='0x00' slot='0x02' function='0x0'/></controller>"                                           \
  "<controller type='pci' index='2' model='pcie-switch-upstream-port'><address type='pci' "        \
  "domain='0x0000' bus='0x01' slot='0x00' function='0x0'/></controller>"                           \
  "<controller type='pci' index='3' model='pcie-switch-downstream-port'><address type='pci' "      \
  "domain='0x0000' bus='0x02' slot='0x00' function='0x0'/></controller>"                           \
  "<controller type='pci' index='4' model='pcie-root-port'><address type='pci' domain='0x0000' "   \
  "bus='0x00' slot='0x03' function='0x0'/></controller></devices></domain>"

static const Row rows[] = {
  { .name = "nothing", .file = "q35-desktop", .added = "", .removed = "" },
  { .name = "port-off",
    .file = "q35-desktop",
    .edits = { "port 1 off" },
    .changes = { "bus 1 pcie-root-port: hotplug default -> off; acpi -> none" },
    .n_changes = 1,
    .sentences = { "can no longer be unplugged while the guest runs", "interface 52:54:00:6b:3c:58",
                   "other names" },
    .not_said = { "tainted", "disk vda", "power cycle" },
    .added = "\"hotplug\":false on the device pci.1",
    .removed = "" },
  { .name = "free-port-off",
    .file = "q35-desktop",
    .edits = { "port 9 off" },
    .changes = { "bus 9 pcie-root-port: hotplug default -> off; acpi -> none; free hotpluggable "
                 "slots 1 -> 0" },
    .n_changes = 1,
    .not_said = { "unplugged", "other names", "No port is left" },
    .added = "\"hotplug\":false on the device pci.9",
    .removed = "" },
  { .name = "bridge-off",
    .file = "q35-desktop",
    .edits = { "bridge off" },
    .changes = { "bridge: default -> off", "bus 1 pcie-root-port: acpi -> native" },
    .n_changes = 15,
    .sentences = { "tainted (custom-argv)", "interface 52:54:00:6b:3c:58" },
    .not_said = { "can no longer be unplugged", "no longer sees <acpi" },
    .added = "-global ICH9-LPC.acpi-pci-hotplug-with-bridge-support=off",
    .removed = "" },
  { .name = "root-off",
    .file = "i440fx-nested",
    .edits = { "root off" },
    .changes = { "root: default -> off",
                 "bus 0 pci-root: acpi -> none; free hotpluggable slots 24 -> 0" },
    .n_changes = 2,
    .sentences = { "give it an address on a bridge, such as bus 1",
                   "can no longer be unplugged while the guest runs" },
    .not_said = { "tainted", "Windows", "macOS" },
    .added = "-global PIIX4_PM.acpi-root-pci-hotplug=off",
    .removed = "" },
  { .name = "root-and-bridge-off",
    .file = "i440fx-nested",
    .edits = { "bridge off", "root off" },
    .changes = { "root: default -> off", "bridge: default -> off" },
    .n_changes = 0,
    .sentences = { "No device can be attached while the guest runs", "No slot is left" },
    .added = "-global PIIX4_PM.acpi-root-pci-hotplug=off\n"
             "-global PIIX4_PM.acpi-pci-hotplug-with-bridge-support=off",
    .removed = "" },
  { .name = "folded",
    .file = "contradicting",
    .edits = { "bridge default" },
    .changes = { "bridge: on -> default" },
    .n_changes = 1,
    .not_said = { "taint" },
    .added = "",
    .removed = "-global PIIX4_PM.acpi-pci-hotplug-with-bridge-support=off\n-global "
               "driver=PIIX4_PM,property=acpi-pci-hotplug-with-bridge-support,value=on" },
  { .name = "moved",
    .file = "contradicting",
    .edits = { "root site target" },
    .changes = { "root: off, moved from qemu-global to target" },
    .n_changes = 1,
    .added = "",
    .removed = "-global PIIX4_PM.acpi-root-pci-hotplug=on" },
  { .name = "acpi-index",
    .text = ACPI_INDEX (""),
    .edits = { "bridge off" },
    .changes = { "bridge: default -> off", "bus 1 pcie-root-port: acpi -> native" },
    .n_changes = 2,
    .sentences = { "<acpi index=…>", "other names" },
    .added = "-global ICH9-LPC.acpi-pci-hotplug-with-bridge-support=off",
    .removed = "" },
  { .name = "native-before",
    .text = ACPI_INDEX ("<qemu:arg value='-global'/><qemu:arg "
                        "value='ICH9-LPC.acpi-pci-hotplug-with-bridge-support=off'/>"),
    .edits = { "port 1 on" },
    .changes = { "bus 1 pcie-root-port: hotplug default -> on" },
    .n_changes = 1,
    .not_said = { "<acpi index=…>", "other names", "taint" },
    .added = "\"hotplug\":true on the device pci.1",
    .removed = "" },
  { .name = "root-off-before",
    .file = "contradicting",
    .edits = { "bridge off" },
    .changes = { "bridge: on -> off" },
    .not_said = { "attached", "taint" },
    .added = "-global driver=PIIX4_PM,property=acpi-pci-hotplug-with-bridge-support,value=off",
    .removed = "-global PIIX4_PM.acpi-pci-hotplug-with-bridge-support=off\n-global "
               "driver=PIIX4_PM,property=acpi-pci-hotplug-with-bridge-support,value=on" },
  /* The ports of a switch are lost with the port before it, and the guest still lists them. */
  { .name = "port-before-a-switch",
    .text = SWITCH ("pc-q35-7.2"),
    .edits = { "port 1 off" },
    .changes = { "bus 1 pcie-root-port: hotplug default -> off",
                 "bus 3 pcie-switch-downstream-port: acpi -> none; free hotpluggable slots 1 -> "
                 "0" },
    .n_changes = 2,
    .sentences = { "The guest lists slots of pci.3 for acpi" },
    .not_said = { "No port is left" },
    .added = "\"hotplug\":false on the device pci.1",
    .removed = "" },
  { .name = "port-behind-a-switch",
    .text = SWITCH ("pc-q35-7.2"),
    .edits = { "port 3 off" },
    .changes = { "bus 3 pcie-switch-downstream-port: hotplug default -> off; acpi -> none; free "
                 "hotpluggable slots 1 -> 0" },
    .n_changes = 1,
    .not_said = { "The guest lists slots" },
    .added = "\"hotplug\":false on the device pci.3",
    .removed = "" },
  /* Machine type 6.1 alone hides the hot-plug-capable bit, as long as ACPI does the work. */
  { .name = "bridge-off-6.1",
    .text = SWITCH ("pc-q35-6.1"),
    .edits = { "bridge off" },
    .changes = { "bridge: default -> off", "bus 1 pcie-root-port: none -> native",
                 "bus 3 pcie-switch-downstream-port: acpi -> native",
                 "bus 4 pcie-root-port: acpi -> native" },
    .n_changes = 4,
    .not_said = { "no longer be unplugged", "No port is left", "The guest lists slots" },
    .added = "-global ICH9-LPC.acpi-pci-hotplug-with-bridge-support=off",
    .removed = "" },
  { .name = "last-port",
    .text =
        "<domain type='kvm'><os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os><features>"
        "<acpi/></features><devices><controller type='pci' index='0' model='pcie-root'/>"
        "<controller type='pci' index='1' model='pcie-root-port'><address type='pci' "
        "domain='0x0000' bus='0x00' slot='0x02' function='0x0'/></controller></devices></domain>",
    .edits = { "port 1 off" },
    .n_changes = 1,
    .sentences = { "No port is left for a PCIe device" },
    .added = "\"hotplug\":false on the device pci.1",
    .removed = "" },
};

typedef struct {
  VhCaps *caps;
  VhReading *before, *after;
  VhPlan *plan;
} Planned;

static void
planned_clear (Planned *planned)
{
  vh_plan_free (planned->plan);
  vh_reading_unref (planned->after);
  vh_reading_unref (planned->before);
  vh_caps_free (planned->caps);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Planned, planned_clear)

static void
plan (Planned *planned, const Row *row, const VhDomainInfo *info)
{
  g_autofree char *text = g_strdup (row->text);
  if (row->file)
    {
      g_autofree char *file = g_strdup_printf ("../data/demo/%s.xml", row->file);
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, file, NULL);
      text = sample_read (path);
    }
  g_autoptr (VhDocument) document = sample_parse (text);
  planned->caps = sample_caps (FALSE);
  planned->before = sample_reading (document, planned->caps);
  planned->after = vh_reading_ref (planned->before);
  g_autoptr (VhEditList) list = vh_edit_list_new ();
  for (guint i = 0; row->edits[i]; i++)
    {
      g_assert_true (sample_push (list, row->edits[i], planned->after, planned->caps));
      vh_reading_unref (planned->after);
      planned->after = sample_apply (list, planned->before, planned->caps);
    }
  planned->plan = vh_plan_new (planned->before, planned->after, info);
}

static char *
join (const GPtrArray *strings)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < strings->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "",
                            (char *) g_ptr_array_index (strings, i));
  return g_string_free (text, FALSE);
}

static char *
join_consequences (const VhPlan *plan)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < plan->consequences->len; i++)
    {
      const VhConsequence *consequence = g_ptr_array_index (plan->consequences, i);
      g_assert_true (g_str_has_suffix (consequence->text, ".") ||
                     g_str_has_suffix (consequence->text, ")."));
      g_assert_null (strchr (consequence->text, '%'));
      g_string_append_printf (text, "%s: %s\n", vh_severity_to_string (consequence->severity),
                              consequence->text);
    }
  return g_string_free (text, FALSE);
}

static void
assert_said (const VhPlan *plan, const char *const *pieces, gboolean said)
{
  g_autofree char *text = join_consequences (plan);
  for (; *pieces; pieces++)
    if ((strstr (text, *pieces) != NULL) != said)
      g_error ("%s '%s' in:\n%s", said ? "no" : "unwanted", *pieces, text);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_auto (Planned) planned = { 0 };
  plan (&planned, row, NULL);
  const VhPlan *made = planned.plan;
  for (guint i = 0; row->changes[i]; i++)
    {
      g_assert_cmpuint (i, <, made->changes->len);
      const VhChange *change = g_ptr_array_index (made->changes, i);
      g_assert_cmpstr (change->text, ==, row->changes[i]);
    }
  if (row->n_changes > 0)
    g_assert_cmpuint (made->changes->len, ==, row->n_changes);
  assert_said (made, row->sentences, TRUE);
  assert_said (made, row->not_said, FALSE);
  g_autofree char *added = join (made->args_added);
  g_autofree char *removed = join (made->args_removed);
  g_assert_cmpstr (added, ==, row->added);
  g_assert_cmpstr (removed, ==, row->removed);
  g_assert_cmpint (made->diff->len > 0, ==, row->edits[0] != NULL);
  g_assert_cmpuint (made->introduced->len, ==, 0);
}

/* What the state of the domain adds. */
static void
test_state (void)
{
  static const char *const running[] = { "power cycle", "managed save", "2 snapshots", NULL };
  static const char *const autostart[] = { "starts with its host", NULL };
  static const char *const one[] = { "1 snapshot:", NULL };
  static const char *const transient[] = { "transient", NULL };
  g_autoptr (VhDomainInfo) info = vh_domain_info_new ();
  {
    g_auto (Planned) planned = { 0 };
    plan (&planned, &rows[1], info);
    assert_said (planned.plan, running, FALSE);
    assert_said (planned.plan, autostart, FALSE);
  }
  info->id = 3;
  info->managed_save = TRUE;
  info->n_snapshots = 2;
  info->autostart = TRUE;
  {
    g_auto (Planned) planned = { 0 };
    plan (&planned, &rows[1], info);
    assert_said (planned.plan, running, TRUE);
    assert_said (planned.plan, autostart, FALSE);
    assert_said (planned.plan, transient, FALSE);
  }
  info->id = -1;
  info->n_snapshots = 1;
  info->persistent = FALSE;
  g_auto (Planned) planned = { 0 };
  plan (&planned, &rows[1], info);
  assert_said (planned.plan, autostart, TRUE);
  assert_said (planned.plan, one, TRUE);
  assert_said (planned.plan, transient, TRUE);
}

static void
test_nothing (void)
{
  g_autoptr (VhDomainInfo) info = vh_domain_info_new ();
  info->id = 3;
  g_auto (Planned) planned = { 0 };
  plan (&planned, &rows[0], info);
  g_assert_cmpuint (planned.plan->changes->len, ==, 0);
  g_assert_cmpuint (planned.plan->consequences->len, ==, 0);
}

/* Long lists are cut. */
static void
test_many_devices (void)
{
  g_autoptr (GString) text = g_string_new (
      "<domain type='kvm'><os><type arch='x86_64' machine='pc-i440fx-7.2'>hvm</type></os>"
      "<features><acpi/></features><devices>");
  for (guint i = 3; i < 15; i++)
    g_string_append_printf (
        text,
        "<disk type='block' device='disk'><target dev='vd%c' bus='virtio'/><address "
        "type='pci' domain='0x0000' bus='0x00' slot='0x%02x' function='0x0'/></disk>",
        (char) ('a' + i), i);
  g_string_append (text, "</devices></domain>");
  const Row row = { .text = text->str, .edits = { "root off" } };
  static const char *const said[] = { "disk vdd virtio, ", "disk vdk virtio and 4 more.", NULL };
  static const char *const unsaid[] = { "vdl", NULL };
  g_auto (Planned) planned = { 0 };
  plan (&planned, &row, NULL);
  assert_said (planned.plan, said, TRUE);
  assert_said (planned.plan, unsaid, FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/plan/%s", rows[i].name);
      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/plan/state", test_state);
  g_test_add_func ("/plan/running-but-nothing", test_nothing);
  g_test_add_func ("/plan/many-devices", test_many_devices);
  return g_test_run ();
}
