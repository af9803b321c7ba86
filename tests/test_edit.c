/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/edit.h"

#include <string.h>

#include "tests/sample.h"

typedef struct {
  const char *name;
  const char *machine;
  const char *before; /* inside <domain>, one element a line */
  const char *knob;   /* "root off", "port 3 default", "bridge off qemu-global" */
  const char *after;
  gboolean feature; /* libvirt has the native feature element */
} Row;

#define I440FX "pc-i440fx-7.2"
#define Q35 "pc-q35-7.2"
#define DOMAIN "<domain type='kvm'>\n"
#define DOMAIN_QEMU "<domain type='kvm' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>\n"
#define OS(machine) "  <os>\n    <type arch='x86_64' machine='" machine "'>hvm</type>\n  </os>\n"
#define ACPI "  <features>\n    <acpi/>\n  </features>\n"
#define DEVICES(inside) "  <devices>\n" inside "  </devices>\n"
#define PCI_ROOT "    <controller type='pci' index='0' model='pci-root'/>\n"
#define PCIE_ROOT "    <controller type='pci' index='0' model='pcie-root'/>\n"
#define AT "      <address type='pci' domain='0x0000' bus='0x00' slot='0x02' function='0x0'/>\n"
#define PORT(inside)                                                                               \
  "    <controller type='pci' index='3' model='pcie-root-port'>\n" inside AT "    </controller>\n"
#define MODEL "      <model name='pcie-root-port'/>\n"
#define ARG(value) "    <qemu:arg value='" value "'/>\n"
#define GLOBAL(value) ARG ("-global") ARG (value)
#define COMMANDLINE(inside) "  <qemu:commandline>\n" inside "  </qemu:commandline>\n"
#define END "</domain>\n"
#define Q35_PORT(inside)                                                                           \
  DOMAIN OS (Q35)                                                                                  \
  ACPI DEVICES (PCIE_ROOT PORT (inside)) END
#define PC(inside)                                                                                 \
  DOMAIN OS (I440FX)                                                                               \
  ACPI DEVICES (inside) END
#define PC_ARGS(inside)                                                                            \
  DOMAIN_QEMU OS (I440FX)                                                                          \
  ACPI DEVICES (PCI_ROOT) COMMANDLINE (inside) END
#define P_BRIDGE "PIIX4_PM.acpi-pci-hotplug-with-bridge-support="
#define P_ROOT "PIIX4_PM.acpi-root-pci-hotplug="

static const Row rows[] = {
  { "port-target-after-model", Q35, Q35_PORT (MODEL), "port 3 off",
    Q35_PORT (MODEL "      <target hotplug='off'/>\n"), FALSE },
  { "port-target-there", Q35, Q35_PORT (MODEL "      <target chassis='1' port='0x10'/>\n"),
    "port 3 on", Q35_PORT (MODEL "      <target chassis='1' port='0x10' hotplug='on'/>\n"), FALSE },
  { "port-value", Q35, Q35_PORT (MODEL "      <target hotplug='on' port='0x10'/>\n"), "port 3 off",
    Q35_PORT (MODEL "      <target hotplug='off' port='0x10'/>\n"), FALSE },
  { "port-default", Q35, Q35_PORT (MODEL "      <target chassis='1' hotplug='off' port='0x10'/>\n"),
    "port 3 default", Q35_PORT (MODEL "      <target chassis='1' port='0x10'/>\n"), FALSE },
  { "port-default-comment", Q35,
    Q35_PORT (MODEL "      <target hotplug='off'><!-- ask Ann --></target>\n"), "port 3 default",
    Q35_PORT (MODEL "      <target><!-- ask Ann --></target>\n"), FALSE },
  { "port-same", Q35, Q35_PORT (MODEL "      <target hotplug='off'/>\n"), "port 3 off",
    Q35_PORT (MODEL "      <target hotplug='off'/>\n"), FALSE },
  { "root-target", I440FX, PC (PCI_ROOT), "root off",
    PC ("    <controller type='pci' index='0' model='pci-root'>\n"
        "      <target hotplug='off'/>\n    </controller>\n"),
    FALSE },
  { "root-implied", I440FX,
    PC ("    <controller type='pci' index='1' model='pci-bridge'>\n" AT
        "    </controller>\n    <controller type='ide' index='0'/>\n"),
    "root off",
    PC ("    <controller type='pci' index='1' model='pci-bridge'>\n" AT "    </controller>\n"
        "    <controller type='pci' model='pci-root' index='0'>\n"
        "      <target hotplug='off'/>\n    </controller>\n    <controller type='ide' "
        "index='0'/>\n"),
    FALSE },
  { "root-implied-no-devices", I440FX, DOMAIN OS (I440FX) ACPI END, "root off",
    DOMAIN OS (I440FX) ACPI DEVICES ("    <controller type='pci' model='pci-root' index='0'>\n"
                                     "      <target hotplug='off'/>\n    </controller>\n") END,
    FALSE },
  { "root-default-collapses", I440FX,
    PC ("    <controller type='pci' index='0' model='pci-root'>\n"
        "      <target hotplug='off'/>\n    </controller>\n"),
    "root default", PC (PCI_ROOT), FALSE },
  { "bridge-global", I440FX, PC (PCI_ROOT), "bridge off", PC_ARGS (GLOBAL (P_BRIDGE "off")),
    FALSE },
  { "bridge-global-q35", Q35, Q35_PORT (""), "bridge on",
    DOMAIN_QEMU OS (Q35) ACPI DEVICES (PCIE_ROOT PORT (""))
        COMMANDLINE (GLOBAL ("ICH9-LPC.acpi-pci-hotplug-with-bridge-support=on")) END,
    FALSE },
  { "bridge-feature", I440FX, PC (PCI_ROOT), "bridge off",
    DOMAIN OS (
        I440FX) "  <features>\n    <acpi/>\n    <pci>\n      <acpi-bridge-hotplug state='off'/>\n"
                "    </pci>\n  </features>\n" DEVICES (PCI_ROOT) END,
    TRUE },
  { "bridge-feature-no-features", I440FX, DOMAIN OS (I440FX) DEVICES (PCI_ROOT) END, "bridge on",
    DOMAIN OS (I440FX) "  <features>\n    <pci>\n      <acpi-bridge-hotplug state='on'/>\n"
                       "    </pci>\n  </features>\n" DEVICES (PCI_ROOT) END,
    TRUE },
  { "in-place-short", I440FX, PC_ARGS (ARG ("-a") GLOBAL (P_BRIDGE "on") ARG ("-b")), "bridge off",
    PC_ARGS (ARG ("-a") GLOBAL (P_BRIDGE "off") ARG ("-b")), FALSE },
  { "in-place-long", I440FX,
    PC_ARGS (GLOBAL ("value=on,driver=PIIX4_PM,property=acpi-pci-hotplug-with-bridge-support")),
    "bridge off",
    PC_ARGS (GLOBAL ("value=off,driver=PIIX4_PM,property=acpi-pci-hotplug-with-bridge-support")),
    FALSE },
  { "in-place-long-twice", I440FX,
    PC_ARGS (
        GLOBAL ("driver=PIIX4_PM,value=on,property=acpi-pci-hotplug-with-bridge-support,value=on")),
    "bridge off",
    PC_ARGS (GLOBAL (
        "driver=PIIX4_PM,value=on,property=acpi-pci-hotplug-with-bridge-support,value=off")),
    FALSE },
  { "in-place-long-doubled-comma", I440FX,
    PC_ARGS (GLOBAL ("driver=PIIX4_PM,value=a,,b,property=acpi-pci-hotplug-with-bridge-support")),
    "bridge off",
    PC_ARGS (GLOBAL ("driver=PIIX4_PM,value=off,property=acpi-pci-hotplug-with-bridge-support")),
    FALSE },
  { "in-place-long-no-value", I440FX,
    PC_ARGS (GLOBAL ("driver=PIIX4_PM,novalue,property=acpi-pci-hotplug-with-bridge-support")),
    "bridge on",
    PC_ARGS (GLOBAL ("driver=PIIX4_PM,value=on,property=acpi-pci-hotplug-with-bridge-support")),
    FALSE },
  { "in-place-double-dash", I440FX, PC_ARGS (ARG ("--global") ARG (P_BRIDGE "on")), "bridge off",
    PC_ARGS (ARG ("--global") ARG (P_BRIDGE "off")), FALSE },
  { "fold", I440FX,
    PC_ARGS (GLOBAL (P_BRIDGE "on") ARG ("-x") GLOBAL (P_ROOT "on") GLOBAL (P_BRIDGE "off")
                 GLOBAL (P_BRIDGE "on")),
    "bridge off", PC_ARGS (ARG ("-x") GLOBAL (P_ROOT "on") GLOBAL (P_BRIDGE "off")), FALSE },
  { "fold-other-knob-stays", I440FX, PC_ARGS (GLOBAL (P_BRIDGE "on") GLOBAL (P_ROOT "off")),
    "root on", PC_ARGS (GLOBAL (P_BRIDGE "on") GLOBAL (P_ROOT "on")), FALSE },
  { "wrong-class-stays", I440FX,
    PC_ARGS (GLOBAL ("ICH9-LPC.acpi-pci-hotplug-with-bridge-support=on") GLOBAL (P_BRIDGE "on")),
    "bridge default", PC_ARGS (GLOBAL ("ICH9-LPC.acpi-pci-hotplug-with-bridge-support=on")),
    FALSE },
  { "default-all-sites", I440FX,
    DOMAIN_QEMU OS (I440FX) ACPI DEVICES ("    <controller type='pci' index='0' model='pci-root'>\n"
                                          "      <target hotplug='on'/>\n    </controller>\n")
        COMMANDLINE (GLOBAL (P_ROOT "off") GLOBAL (P_ROOT "on")) END,
    "root default", PC (PCI_ROOT), FALSE },
  { "set-leaves-one", I440FX,
    DOMAIN_QEMU OS (I440FX) ACPI DEVICES ("    <controller type='pci' index='0' model='pci-root'>\n"
                                          "      <target hotplug='on'/>\n    </controller>\n")
        COMMANDLINE (GLOBAL (P_ROOT "off")) END,
    "root on", PC_ARGS (GLOBAL (P_ROOT "on")), FALSE },
  { "to-native", I440FX, PC_ARGS (GLOBAL (P_ROOT "off")), "root site target",
    PC ("    <controller type='pci' index='0' model='pci-root'>\n"
        "      <target hotplug='off'/>\n    </controller>\n"),
    FALSE },
  { "to-qemu", I440FX,
    PC ("    <controller type='pci' index='0' model='pci-root'>\n"
        "      <target hotplug='off'/>\n    </controller>\n"),
    "root site qemu-global", PC_ARGS (GLOBAL (P_ROOT "off")), FALSE },
  { "bridge-to-native", I440FX, PC_ARGS (GLOBAL (P_BRIDGE "no")), "bridge site feature",
    DOMAIN OS (
        I440FX) "  <features>\n    <acpi/>\n    <pci>\n      <acpi-bridge-hotplug state='off'/>\n"
                "    </pci>\n  </features>\n" DEVICES (PCI_ROOT) END,
    TRUE },
  { "nothing-to-move", I440FX, PC (PCI_ROOT), "root site qemu-global", PC (PCI_ROOT), FALSE },
  { "move-duplicates-away", I440FX,
    DOMAIN_QEMU OS (I440FX) ACPI DEVICES ("    <controller type='pci' index='0' model='pci-root'>\n"
                                          "      <target hotplug='on'/>\n    </controller>\n")
        COMMANDLINE (GLOBAL (P_ROOT "off")) END,
    "root site qemu-global", PC_ARGS (GLOBAL (P_ROOT "off")), FALSE },
  { "move-keeps-spelling", I440FX,
    DOMAIN_QEMU OS (I440FX) ACPI DEVICES ("    <controller type='pci' index='0' model='pci-root'>\n"
                                          "      <target hotplug='on'/>\n    </controller>\n")
        COMMANDLINE (GLOBAL (P_ROOT "no")) END,
    "root site qemu-global", PC_ARGS (GLOBAL (P_ROOT "no")), FALSE },
  { "same-value-other-spelling", I440FX, PC_ARGS (GLOBAL (P_BRIDGE "no")), "bridge off",
    PC_ARGS (GLOBAL (P_BRIDGE "no")), FALSE },
};

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (VhCaps) caps = sample_caps (row->feature);
  g_autoptr (VhDocument) document = sample_parse (row->before);
  g_autoptr (VhReading) base = sample_reading (document, caps);
  g_autoptr (VhEditList) list = vh_edit_list_new ();
  g_autoptr (GError) error = NULL;
  const VhEdit edit = sample_edit (row->knob);
  vh_edit_list_push (list, &edit, base, caps, &error);
  g_assert_no_error (error);
  g_autoptr (VhReading) after = sample_apply (list, base, caps);
  g_autofree char *text = sample_text (after->document);
  g_assert_cmpstr (text, ==, row->after);
  g_assert_cmpint (after->document == base->document, ==, g_str_equal (row->before, row->after));
  g_assert_cmpint (vh_edit_list_may_undo (list), ==, !g_str_equal (row->before, row->after));
}

typedef struct {
  const char *name, *before, *edit;
  VhEditError code;
} Refusal;

#define OVERRIDDEN                                                                                 \
  DOMAIN_QEMU OS (Q35)                                                                             \
  ACPI DEVICES (PCIE_ROOT PORT (MODEL)) "  <qemu:override>\n"                                      \
                                        "    <qemu:device alias='pci.3'>\n      <qemu:frontend>\n" \
                                        "        <qemu:property name='hotplug' type='bool' "       \
                                        "value='false'/>\n      </qemu:frontend>\n"                \
                                        "    </qemu:device>\n  </qemu:override>\n" END

static const Refusal refusals[] = {
  { "no-such-port", Q35_PORT (MODEL), "port 9 off", VH_EDIT_ERROR_NO_PORT },
  { "port-is-root", Q35_PORT (MODEL), "port 0 off", VH_EDIT_ERROR_NO_PORT },
  { "no-such-port-default", Q35_PORT (MODEL), "port 9 default", VH_EDIT_ERROR_NO_PORT },
  { "root-on-q35", Q35_PORT (MODEL), "root off", VH_EDIT_ERROR_NOT_SETTABLE },
  { "port-at-qemu", Q35_PORT (MODEL), "port 3 off qemu-global", VH_EDIT_ERROR_NOT_SETTABLE },
  { "bridge-native-unknown-to-libvirt", Q35_PORT (MODEL), "bridge off feature",
    VH_EDIT_ERROR_NOT_SETTABLE },
  { "override", OVERRIDDEN, "port 3 on", VH_EDIT_ERROR_NOT_SETTABLE },
  { "override-default", OVERRIDDEN, "port 3 default", VH_EDIT_ERROR_NOT_SETTABLE },
  { "double-index",
    DOMAIN OS (Q35) ACPI DEVICES (PCIE_ROOT PORT (MODEL) PORT ("      <target hotplug='off'/>\n"))
        END,
    "port 3 on", VH_EDIT_ERROR_NOT_SETTABLE },
  { "double-index-default",
    DOMAIN OS (Q35) ACPI DEVICES (PCIE_ROOT PORT ("      <target hotplug='off'/>\n") PORT (MODEL))
        END,
    "port 3 default", VH_EDIT_ERROR_NOT_SETTABLE },
};

static void
test_refusal (gconstpointer data)
{
  const Refusal *row = data;
  g_autoptr (VhCaps) caps = sample_caps (FALSE);
  g_autoptr (VhDocument) document = sample_parse (row->before);
  g_autoptr (VhReading) base = sample_reading (document, caps);
  g_autoptr (VhEditList) list = vh_edit_list_new ();
  g_autoptr (GError) error = NULL;
  const VhEdit edit = sample_edit (row->edit);
  g_assert_false (vh_edit_list_push (list, &edit, base, caps, &error));
  g_assert_error (error, VH_EDIT_ERROR, (int) row->code);
  g_assert_true (g_str_has_suffix (error->message, "."));
  g_assert_cmpuint (list->edits->len, ==, 0);
}

static void
test_default_where_nothing_applies (void)
{
  g_autoptr (VhCaps) caps = sample_caps (FALSE);
  g_autoptr (VhDocument) document = sample_parse (Q35_PORT (MODEL));
  g_autoptr (VhReading) base = sample_reading (document, caps);
  g_autoptr (VhEditList) list = vh_edit_list_new ();
  g_assert_true (sample_push (list, "root default", base, caps));
  g_assert_false (vh_edit_list_may_undo (list));
}

/* The knob changed under the edit. */
static void
test_changed_base (void)
{
  g_autoptr (VhCaps) caps = sample_caps (FALSE);
  g_autoptr (VhDocument) document = sample_parse (PC (PCI_ROOT));
  g_autoptr (VhReading) base = sample_reading (document, caps);
  g_autoptr (VhEditList) list = vh_edit_list_new ();
  g_assert_true (sample_push (list, "bridge off", base, caps));
  g_autoptr (VhDocument) other = sample_parse (PC_ARGS (GLOBAL (P_BRIDGE "on")));
  g_autoptr (VhReading) moved = sample_reading (other, caps);
  g_autoptr (GError) error = NULL;
  g_assert_null (vh_edit_list_apply (list, moved, caps, &error));
  g_assert_error (error, VH_EDIT_ERROR, VH_EDIT_ERROR_CHANGED);
}

static void
test_undo (void)
{
  g_autoptr (VhCaps) caps = sample_caps (FALSE);
  g_autoptr (VhDocument) document = sample_parse (PC (PCI_ROOT));
  g_autoptr (VhReading) base = sample_reading (document, caps);
  g_autoptr (VhEditList) list = vh_edit_list_new ();
  g_assert_false (vh_edit_list_undo (list));
  g_assert_true (sample_push (list, "bridge off", base, caps));
  g_autoptr (VhReading) one = sample_apply (list, base, caps);
  const VhEdit joined = { .knob = VH_KNOB_ROOT, .bus = -1, .to = VH_SWITCH_OFF, .step = 1 };
  g_assert_true (vh_edit_list_push (list, &joined, one, caps, NULL));
  g_autoptr (VhReading) two = sample_apply (list, base, caps);
  g_assert_true (sample_push (list, "root on", two, caps));
  g_assert_cmpuint (list->n_done, ==, 3);
  g_assert_true (vh_edit_list_undo (list));
  g_assert_cmpuint (list->n_done, ==, 2);
  g_autoptr (VhReading) again = sample_apply (list, base, caps);
  sample_assert_same_text (again, two);
  g_assert_true (vh_edit_list_undo (list));
  g_assert_cmpuint (list->n_done, ==, 0);
  g_autoptr (VhReading) none = sample_apply (list, base, caps);
  g_assert_true (none->document == base->document);
  g_assert_true (vh_edit_list_redo (list));
  g_assert_cmpuint (list->n_done, ==, 2);
  g_assert_true (vh_edit_list_may_redo (list));
  g_assert_true (sample_push (list, "bridge on", two, caps));
  g_assert_false (vh_edit_list_may_redo (list));
  g_assert_false (vh_edit_list_redo (list));
}

/* Two new arguments come in one order, whichever was asked for first. */
static void
test_order (void)
{
  static const char *const edits[] = { "bridge off", "root off qemu-global", "bridge off" };
  g_autoptr (VhCaps) caps = sample_caps (FALSE);
  g_autoptr (VhDocument) document = sample_parse (PC (PCI_ROOT));
  g_autoptr (VhReading) base = sample_reading (document, caps);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (VhEditList) list = vh_edit_list_new ();
      g_assert_true (sample_push (list, edits[i], base, caps));
      g_autoptr (VhReading) one = sample_apply (list, base, caps);
      g_assert_true (sample_push (list, edits[i + 1], one, caps));
      g_autoptr (VhReading) two = sample_apply (list, base, caps);
      g_autofree char *text = sample_text (two->document);
      g_assert_cmpstr (text, ==, PC_ARGS (GLOBAL (P_ROOT "off") GLOBAL (P_BRIDGE "off")));
    }
}

/* A root controller that we had to write goes again, one that was there stays. */
static void
test_implied_root (void)
{
  g_autoptr (VhCaps) caps = sample_caps (FALSE);
  g_autoptr (VhDocument) document = sample_parse (DOMAIN OS (I440FX) ACPI END);
  g_autoptr (VhReading) base = sample_reading (document, caps);
  g_autoptr (VhEditList) list = vh_edit_list_new ();
  g_assert_true (sample_push (list, "root off", base, caps));
  g_autoptr (VhReading) edited = sample_apply (list, base, caps);
  g_autofree char *text = sample_text (edited->document);
  g_autoptr (VhDocument) written = sample_parse (text);
  g_autoptr (VhReading) loaded = sample_reading (written, caps);
  g_autoptr (VhEditList) second = vh_edit_list_new ();
  g_assert_true (sample_push (second, "root default", loaded, caps));
  g_autoptr (VhReading) back = sample_apply (second, loaded, caps);
  sample_assert_same_text (back, base);
}

/* A text that cannot be converted back is shown, but not edited. */
static void
test_read_only (void)
{
  g_autoptr (VhCaps) caps = sample_caps (FALSE);
  g_autoptr (VhDocument) document = sample_parse (
      "<?xml version='1.0' encoding='ISO-2022-JP'?>\n<!-- \x1b$B\x1b(B -->\n" PC (PCI_ROOT));
  g_assert_nonnull (vh_document_get_read_only_reason (document));
  g_autoptr (VhReading) base = sample_reading (document, caps);
  g_autoptr (VhEditList) list = vh_edit_list_new ();
  g_autoptr (GError) error = NULL;
  const VhEdit edit = sample_edit ("root off");
  g_assert_false (vh_edit_list_push (list, &edit, base, caps, &error));
  g_assert_error (error, VH_EDIT_ERROR, VH_EDIT_ERROR_READ_ONLY);
  g_assert_true (sample_push (list, "root default", base, caps));
}

static void
test_describe (void)
{
  const VhEdit edits[] = {
    { .knob = VH_KNOB_BRIDGE, .to = VH_SWITCH_OFF },
    { .knob = VH_KNOB_PORT, .bus = 3, .to = VH_SWITCH_ABSENT },
    { .kind = VH_EDIT_SET_SITE, .knob = VH_KNOB_ROOT, .site = VH_SITE_TARGET },
  };
  static const char *const texts[] = { "bridge off", "port 3 default", "root moved to target" };
  for (guint i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      g_autofree char *text = vh_edit_describe (&edits[i]);
      g_assert_cmpstr (text, ==, texts[i]);
    }
}

static void
add_tables (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/edit/written/%s", rows[i].name);
      g_test_add_data_func (path, &rows[i], test_row);
    }
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = g_strdup_printf ("/edit/refused/%s", refusals[i].name);
      g_test_add_data_func (path, &refusals[i], test_refusal);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_tables ();
  g_test_add_func ("/edit/default-where-nothing-applies", test_default_where_nothing_applies);
  g_test_add_func ("/edit/changed-base", test_changed_base);
  g_test_add_func ("/edit/undo", test_undo);
  g_test_add_func ("/edit/order", test_order);
  g_test_add_func ("/edit/implied-root", test_implied_root);
  g_test_add_func ("/edit/read-only", test_read_only);
  g_test_add_func ("/edit/describe", test_describe);
  return g_test_run ();
}
