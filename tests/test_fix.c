/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/fix.h"

#include <string.h>

#include "tests/sample.h"

#define SPACE " xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'"
#define DOMAIN(space, arch, machine, features, controllers, more)                                  \
  "<domain type='kvm'" space ">\n"                                                                 \
  "  <name>d</name>\n"                                                                             \
  "  <!-- ours -->\n"                                                                              \
  "  <os><type arch='" arch "' machine='" machine "'>hvm</type></os>\n"                            \
  "  <features>\n    <acpi/>\n" features "  </features>\n"                                         \
  "  <devices>\n" controllers "  </devices>\n" more "</domain>\n"
#define PC(space, controllers, more)                                                               \
  DOMAIN (space, "x86_64", "pc-i440fx-7.2", "", ROOT ("pci-root") controllers, more)
#define Q35(space, features, controllers, more)                                                    \
  DOMAIN (space, "x86_64", "pc-q35-7.2", features, ROOT ("pcie-root") controllers, more)
#define ROOT(model) "    <controller type='pci' index='0' model='" model "'/>\n"
#define PORT(target)                                                                               \
  "    <controller type='pci' index='1' model='pcie-root-port'" target                             \
  "      <address type='pci' bus='0x00' slot='0x02'/>\n    </controller>\n"
#define TARGET(value) ">\n      <target hotplug='" value "'/>\n"
#define LINE(...) "  <qemu:commandline>\n" __VA_ARGS__ "  </qemu:commandline>\n"
#define ARG(value) "    <qemu:arg value='" value "'/>\n"
#define GLOBAL(value) ARG ("-global") ARG (value)
#define BRIDGE "acpi-pci-hotplug-with-bridge-support"
#define FEATURE(state) "    <pci>\n      <acpi-bridge-hotplug state='" state "'/>\n    </pci>\n"

typedef struct {
  const char *name, *before;
  const char *after; /* NULL: nothing can be done */
  VhRuleId rule;     /* of the finding, */
  const char *cure;  /* and what is offered; NULL nothing */
} Row;

static const Row rows[] = {
  { "wrong-class", Q35 (SPACE, "", "", LINE (GLOBAL ("PIIX4_PM." BRIDGE "=off"))),
    Q35 ("", "", "", ""), VH_RULE_GLOBAL_WRONG_CLASS, "remove -global PIIX4_PM." BRIDGE "=off" },
  { "unknown-class",
    Q35 (SPACE, "", "", LINE (ARG ("-s") GLOBAL ("ich9-lpc." BRIDGE "=off") ARG ("-S"))),
    Q35 (SPACE, "", "", LINE (ARG ("-s") ARG ("-S"))), VH_RULE_GLOBAL_UNKNOWN_CLASS,
    "remove -global ich9-lpc." BRIDGE "=off" },
  { "contradiction",
    Q35 (SPACE, "", "",
         LINE (GLOBAL ("ICH9-LPC." BRIDGE "=off") ARG ("-s") GLOBAL ("ICH9-LPC." BRIDGE "=on")
                   GLOBAL ("ICH9-LPC." BRIDGE "=off"))),
    Q35 (SPACE, "", "", LINE (ARG ("-s") GLOBAL ("ICH9-LPC." BRIDGE "=off"))),
    VH_RULE_GLOBAL_CONTRADICTION, "remove the -global ICH9-LPC." BRIDGE " before the last" },
  { "no-contradiction",
    Q35 (SPACE, "", "", LINE (GLOBAL ("ICH9-LPC." BRIDGE "=off") GLOBAL ("ICH9-LPC.x=on"))), NULL,
    VH_N_RULES, NULL },
  { "joined-two",
    Q35 (SPACE, "", "",
         LINE (ARG ("-global=ICH9-LPC." BRIDGE "=off") ARG ("-s")
                   ARG ("-global=ICH9-LPC.a&amp;b=1"))),
    Q35 (SPACE, "", "",
         LINE (GLOBAL ("ICH9-LPC." BRIDGE "=off") ARG ("-s") GLOBAL ("ICH9-LPC.a&amp;b=1"))),
    VH_RULE_GLOBAL_JOINED, "write -global and ICH9-LPC." BRIDGE "=off as two arguments" },
  { "joined-and-dead",
    Q35 (SPACE, "", "",
         LINE (ARG ("-global=PIIX4_PM." BRIDGE "=off") GLOBAL ("PIIX4_PM." BRIDGE "=on"))),
    Q35 ("", "", "", ""), VH_RULE_GLOBAL_JOINED, "write -global and PIIX4_PM" },
  { "bad-value-case", Q35 (SPACE, "", "", LINE (GLOBAL ("ICH9-LPC." BRIDGE "=Off"))),
    Q35 (SPACE, "", "", LINE (GLOBAL ("ICH9-LPC." BRIDGE "=off"))), VH_RULE_BAD_VALUE,
    "write 'Off' as 'off'" },
  { "bad-value-number", Q35 (SPACE, "", "", LINE (GLOBAL ("ICH9-LPC." BRIDGE "=1"))), NULL,
    VH_RULE_BAD_VALUE, NULL },
  { "bad-switch-case", Q35 ("", "", PORT (TARGET ("OFF")), ""),
    Q35 ("", "", PORT (TARGET ("off")), ""), VH_RULE_BAD_SWITCH,
    "write hotplug='OFF' as hotplug='off'" },
  { "bad-switch-word", Q35 ("", "", PORT (TARGET ("maybe")), ""), NULL, VH_RULE_BAD_SWITCH, NULL },
  { "bad-switch-double-index", Q35 ("", "", PORT (TARGET ("OFF")) PORT (TARGET ("on")), ""), NULL,
    VH_RULE_BAD_SWITCH, NULL },
  { "feature-refused", Q35 ("", FEATURE ("off"), "", ""),
    Q35 (SPACE, "", "", LINE (GLOBAL ("ICH9-LPC." BRIDGE "=off"))), VH_RULE_FEATURE_REFUSED,
    "write -global ICH9-LPC." BRIDGE "=off in its place" },
  { "feature-overridden",
    Q35 (SPACE, FEATURE ("on"), "", LINE (GLOBAL ("ICH9-LPC." BRIDGE "=off"))),
    Q35 (SPACE, "", "", LINE (GLOBAL ("ICH9-LPC." BRIDGE "=off"))), VH_RULE_SETTING_OVERRIDDEN,
    "remove <acpi-bridge-hotplug>" },
  { "feature-machine",
    DOMAIN ("", "s390x", "s390-ccw-virtio", FEATURE ("off"), ROOT ("pci-root"), ""),
    DOMAIN ("", "s390x", "s390-ccw-virtio", "", ROOT ("pci-root"), ""), VH_RULE_FEATURE_MACHINE,
    "remove <acpi-bridge-hotplug>" },
  { "hotplug-refused",
    PC ("",
        "    <controller type='pci' index='1' model='pci-bridge'" TARGET (
            "off") "    </controller>\n",
        ""),
    PC ("", "    <controller type='pci' index='1' model='pci-bridge'/>\n", ""),
    VH_RULE_HOTPLUG_REFUSED, "remove hotplug='off' of controller 1" },
  { "attribute-overridden",
    DOMAIN (
        SPACE, "x86_64", "pc-i440fx-7.2", "",
        "    <controller type='pci' index='0' model='pci-root'" TARGET ("on") "    </controller>\n",
        LINE (GLOBAL ("PIIX4_PM.acpi-root-pci-hotplug=off"))),
    DOMAIN (SPACE, "x86_64", "pc-i440fx-7.2", "",
            "    <controller type='pci' index='0' model='pci-root'/>\n",
            LINE (GLOBAL ("PIIX4_PM.acpi-root-pci-hotplug=off"))),
    VH_RULE_SETTING_OVERRIDDEN, "remove hotplug='on' of controller 0" },
  { "double-index", Q35 ("", "", PORT (TARGET ("on")) PORT (TARGET ("on")), ""), NULL,
    VH_RULE_DOUBLE_INDEX, NULL },
};

static const VhFinding *
find_finding (const VhReading *reading, VhRuleId rule)
{
  for (guint i = 0; i < reading->findings->len; i++)
    {
      const VhFinding *finding = g_ptr_array_index (reading->findings, i);
      if (finding->rule == rule)
        return finding;
    }
  return NULL;
}

static void
check_cure (const Row *row, const VhSession *session)
{
  const VhFinding *finding = find_finding (session->base, row->rule);
  if (row->rule == VH_N_RULES)
    return;
  g_assert_nonnull (finding);
  g_autofree char *cure = vh_fix_new_cure (session->base, session->caps, finding);
  if (row->cure)
    g_assert_true (g_str_has_prefix (cure ? cure : "", row->cure));
  else
    g_assert_cmpstr (cure, ==, NULL);
}

/* What is fixed has nothing left to fix, and no error that was not there. */
static void
check_fixed (const VhSession *session, VhDocument *fixed)
{
  g_autoptr (VhReading) after = sample_reading (fixed, session->caps);
  g_autoptr (GPtrArray) introduced =
      vh_check_new_introduced (session->base->findings, after->findings, VH_SEVERITY_ERROR);
  g_autoptr (VhDocument) again = vh_fix_new_document (after, session->caps, NULL);
  g_assert_cmpuint (introduced->len, ==, 0);
  g_assert_true (again == fixed);
  for (guint i = 0; i < after->findings->len; i++)
    g_assert_null (vh_fix_new_cure (after, session->caps, g_ptr_array_index (after->findings, i)));
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (VhSession) session = sample_session (row->before);
  g_autoptr (VhDocument) fixed = vh_fix_new_document (session->base, session->caps, &error);
  g_assert_no_error (error);
  g_autofree char *text = sample_text (fixed);
  g_assert_cmpstr (text, ==, row->after ? row->after : row->before);
  g_assert_cmpint (fixed == session->base->document, ==, row->after == NULL);
  check_cure (row, session);
  check_fixed (session, fixed);
}

/* What a bus uses is as before, for every document there is and in every layout: a cure changes
 * nothing that is in effect. */
static void
check_effect (const char *text)
{
  g_autoptr (VhDocument) document = sample_parse (text);
  g_autoptr (VhCaps) caps = sample_caps (FALSE);
  g_autoptr (VhReading) before = sample_reading (document, caps);
  g_autoptr (VhDocument) fixed = vh_fix_new_document (before, caps, NULL);
  g_assert_nonnull (fixed);
  g_autoptr (VhReading) after = sample_reading (fixed, caps);
  const guint n = vh_topology_get_n_buses (before->topology);
  g_assert_cmpuint (vh_topology_get_n_buses (after->topology), ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (vh_modes_get (after->modes, i)->used, ==,
                     vh_modes_get (before->modes, i)->used);
}

/* Not those that mend a domain which does not start. */
static gboolean
keeps_effect (const Row *row)
{
  return row->rule == VH_N_RULES || row->rule == VH_RULE_GLOBAL_WRONG_CLASS ||
         row->rule == VH_RULE_GLOBAL_UNKNOWN_CLASS || row->rule == VH_RULE_GLOBAL_CONTRADICTION ||
         row->rule == VH_RULE_FEATURE_REFUSED || row->rule == VH_RULE_SETTING_OVERRIDDEN;
}

static void
test_effect (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (SampleLayout layout = SAMPLE_AS_IS; layout < SAMPLE_N_LAYOUTS; layout++)
      {
        g_autofree char *text = sample_lay_out (rows[i].before, layout);
        if (keeps_effect (&rows[i]))
          check_effect (text);
      }
}

/* Thousands of them take no thousand passes. */
static void
test_many (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_string_append (text, "<domain type='kvm'" SPACE "><name>d</name><os><type arch='x86_64' "
                         "machine='pc-q35-7.2'>hvm</type></os><qemu:commandline>");
  for (guint i = 0; i < 20000; i++)
    g_string_append (text, GLOBAL ("PIIX4_PM." BRIDGE "=off"));
  g_string_append (text, "</qemu:commandline></domain>");
  g_autoptr (VhSession) session = sample_session (text->str);
  const gint64 begin = g_get_monotonic_time ();
  g_autoptr (VhDocument) fixed = vh_fix_new_document (session->base, session->caps, NULL);
  g_test_message ("20000 dead arguments: %.3f s", (double) (g_get_monotonic_time () - begin) / 1e6);
  g_autofree char *after = sample_text (fixed);
  g_assert_null (strstr (after, "PIIX4_PM"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/fix/%s", rows[i].name);
      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/fix/effect-stays", test_effect);
  g_test_add_func ("/fix/many", test_many);
  return g_test_run ();
}
