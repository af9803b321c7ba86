/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The domains of the reverted libvirt series: each loads and shows its knobs.
 * Where a libvirt or a QEMU cannot have a setting, a finding says which of the
 * two and why, and the form that works is offered. */
#include <string.h>

#include "model/session.h"
#include "tests/sample.h"

/* Which libvirt and QEMU. */
typedef enum {
  TODAY,        /* libvirt 9.0, without the feature element, and QEMU 7.2 */
  WITH_FEATURE, /* a libvirt that has it, and QEMU 7.2 */
  OLD_LIBVIRT,  /* 7.0: no hotplug= on pci-root */
  OLD_QEMU,     /* the feature element, but QEMU 6.0 */
} World;

typedef struct {
  const char *name;
  const char *file;
  World world;
  VhKnob knob;
  VhSwitch configured; /* ABSENT: nothing is set */
  VhSite site;
  VhSite write_site;      /* NONE: it cannot be set */
  const char *reason;     /* pieces of the reason, "|" between them; NULL: it can be set */
  const char *finding;    /* pieces of one error, "|" between them; NULL: no error at all */
  const char *cure;       /* the edit that makes the error go away; NULL: none */
  const char *cured_text; /* a piece of the text then */
} Row;

#define LIBVIRT_LACKS "libvirt|acpi-bridge-hotplug|-global "
#define Q35_BRIDGE "ICH9-LPC.acpi-pci-hotplug-with-bridge-support="
#define PC_BRIDGE "PIIX4_PM.acpi-pci-hotplug-with-bridge-support="
#define PC_ROOT "PIIX4_PM.acpi-root-pci-hotplug="

static const Row rows[] = {
  { "q35-on/today", "q35-bridge-on", TODAY, VH_KNOB_BRIDGE, VH_SWITCH_ON, VH_SITE_FEATURE,
    VH_SITE_QEMU_GLOBAL, NULL, LIBVIRT_LACKS Q35_BRIDGE "on", "bridge site qemu-global",
    Q35_BRIDGE "on" },
  { "q35-off/today", "q35-bridge-off", TODAY, VH_KNOB_BRIDGE, VH_SWITCH_OFF, VH_SITE_FEATURE,
    VH_SITE_QEMU_GLOBAL, NULL, LIBVIRT_LACKS Q35_BRIDGE "off", "bridge site qemu-global",
    Q35_BRIDGE "off" },
  { "i440fx-on/today", "i440fx-bridge-on", TODAY, VH_KNOB_BRIDGE, VH_SWITCH_ON, VH_SITE_FEATURE,
    VH_SITE_QEMU_GLOBAL, NULL, LIBVIRT_LACKS PC_BRIDGE "on", "bridge site qemu-global",
    PC_BRIDGE "on" },
  { "i440fx-off/today", "i440fx-bridge-off", TODAY, VH_KNOB_BRIDGE, VH_SWITCH_OFF, VH_SITE_FEATURE,
    VH_SITE_QEMU_GLOBAL, NULL, LIBVIRT_LACKS PC_BRIDGE "off", "bridge on", PC_BRIDGE "on" },
  { "q35-on/native", "q35-bridge-on", WITH_FEATURE, VH_KNOB_BRIDGE, VH_SWITCH_ON, VH_SITE_FEATURE,
    VH_SITE_FEATURE, NULL, NULL, "bridge off", "<acpi-bridge-hotplug state='off'/>" },
  { "q35-off/native", "q35-bridge-off", WITH_FEATURE, VH_KNOB_BRIDGE, VH_SWITCH_OFF,
    VH_SITE_FEATURE, VH_SITE_FEATURE, NULL, NULL, "bridge on",
    "<acpi-bridge-hotplug state='on'/>" },
  { "i440fx-off/native", "i440fx-bridge-off", WITH_FEATURE, VH_KNOB_BRIDGE, VH_SWITCH_OFF,
    VH_SITE_FEATURE, VH_SITE_FEATURE, NULL, NULL, "bridge site qemu-global", PC_BRIDGE "off" },
  { "root-on/today", "i440fx-root-on", TODAY, VH_KNOB_ROOT, VH_SWITCH_ON, VH_SITE_TARGET,
    VH_SITE_TARGET, NULL, NULL, "root off", "<target hotplug='off'/>" },
  { "root-off/today", "i440fx-root-off", TODAY, VH_KNOB_ROOT, VH_SWITCH_OFF, VH_SITE_TARGET,
    VH_SITE_TARGET, NULL, NULL, "root site qemu-global", PC_ROOT "off" },
  { "root-off/old-libvirt", "i440fx-root-off", OLD_LIBVIRT, VH_KNOB_ROOT, VH_SWITCH_OFF,
    VH_SITE_TARGET, VH_SITE_QEMU_GLOBAL, NULL, "libvirt|7.9 was the first|-global",
    "root site qemu-global", PC_ROOT "off" },
  { "aarch64/today", "aarch64-bridge-off", TODAY, VH_KNOB_BRIDGE, VH_SWITCH_ABSENT, VH_SITE_NONE,
    VH_SITE_NONE, "acpi-ged|10.1 was the first", "x86|virt-6.2|aarch64|remove the element", NULL,
    NULL },
  { "aarch64/native", "aarch64-bridge-off", WITH_FEATURE, VH_KNOB_BRIDGE, VH_SWITCH_ABSENT,
    VH_SITE_NONE, VH_SITE_NONE, "acpi-ged|10.1 was the first",
    "x86|virt-6.2|aarch64|remove the element", NULL, NULL },
  { "qemu-6.0/old-qemu", "q35-qemu-6.0", OLD_QEMU, VH_KNOB_BRIDGE, VH_SWITCH_ON, VH_SITE_FEATURE,
    VH_SITE_NONE, "QEMU 6.0|ICH9-LPC.acpi-pci-hotplug-with-bridge-support|6.1 was the first",
    "QEMU 6.0|ICH9-LPC.acpi-pci-hotplug-with-bridge-support|<acpi-bridge-hotplug>",
    "bridge default", "<vmport state='off'/>\n  </features>" },
  { "qemu-6.0/today", "q35-qemu-6.0", TODAY, VH_KNOB_BRIDGE, VH_SWITCH_ON, VH_SITE_FEATURE,
    VH_SITE_QEMU_GLOBAL, NULL, LIBVIRT_LACKS Q35_BRIDGE "on", "bridge site qemu-global",
    Q35_BRIDGE "on" },
};

static VhCaps *
caps_of (World world)
{
  VhCaps *caps = sample_caps (world == WITH_FEATURE || world == OLD_QEMU);
  if (world == OLD_LIBVIRT)
    {
      caps->libvirt = VH_VERSION (7, 0, 0);
      vh_caps_set (caps, VH_FACT_LIBVIRT_ROOT_TARGET, VH_KNOWN_NO, VH_ORIGIN_RECORDED, "test");
    }
  if (world == OLD_QEMU)
    {
      vh_caps_set_qemu (caps, VH_VERSION (6, 0, 0), VH_ORIGIN_RECORDED);
      vh_caps_set (caps, VH_FACT_QEMU_ICH9_BRIDGE, VH_KNOWN_NO, VH_ORIGIN_RECORDED, "test");
      vh_caps_set (caps, VH_FACT_QEMU_ICH9_KEEP_HPC, VH_KNOWN_NO, VH_ORIGIN_RECORDED, "test");
    }
  return caps;
}

/* As if the capabilities had been recorded and were replayed. */
static VhCaps *
replay (VhCaps *caps)
{
  g_autofree char *recording = vh_caps_to_recording (caps);
  vh_caps_free (caps);
  g_autoptr (GError) error = NULL;
  VhCaps *replayed = vh_caps_new_from_recording (recording, strlen (recording), &error);
  g_assert_no_error (error);
  return replayed;
}

static VhSession *
load (const Row *row)
{
  g_autofree char *file = g_strdup_printf ("fixtures/history/%s.xml", row->file);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, file, NULL);
  g_autofree char *text = sample_read (path);
  g_autoptr (VhDocument) document = sample_parse (text);
  g_autoptr (GError) error = NULL;
  VhSession *session =
      vh_session_new (document, vh_domain_info_new (), replay (caps_of (row->world)), &error);
  g_assert_no_error (error);
  return session;
}

static gboolean
has_pieces (const char *text, const char *pieces)
{
  g_auto (GStrv) list = g_strsplit (pieces, "|", -1);
  for (char **piece = list; *piece; piece++)
    if (!strstr (text, *piece))
      return FALSE;
  return TRUE;
}

/* The errors of a reading, one a line. */
static char *
join_errors (const VhReading *reading)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < reading->findings->len; i++)
    {
      const VhFinding *finding = g_ptr_array_index (reading->findings, i);
      if (finding->severity == VH_SEVERITY_ERROR)
        g_string_append_printf (text, "%s\n", finding->text);
    }
  return g_string_free (text, FALSE);
}

static void
check_knob (const Row *row, const VhSession *session)
{
  g_autoptr (VhKnobState) knob = vh_session_new_knob (session, row->knob, -1);
  g_assert_true (knob->applies);
  g_assert_cmpint (knob->configured, ==, row->configured);
  g_assert_cmpint (knob->site, ==, row->site);
  g_assert_cmpint (knob->write_site, ==, row->write_site);
  if (row->reason && !(knob->reason && has_pieces (knob->reason, row->reason)))
    g_error ("no '%s' in: %s", row->reason, knob->reason);
  if (!row->reason)
    g_assert_cmpstr (knob->reason, ==, NULL);
}

static void
check_errors (const char *pieces, const VhReading *reading)
{
  g_autofree char *errors = join_errors (reading);
  if (!pieces)
    g_assert_cmpstr (errors, ==, "");
  else if (!has_pieces (errors, pieces))
    g_error ("no '%s' in: %s", pieces, errors);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (VhSession) session = load (row);
  check_knob (row, session);
  check_errors (row->finding, session->base);
  if (!row->cure)
    return;
  g_autoptr (GError) error = NULL;
  const VhEdit edit = sample_edit (row->cure);
  vh_session_push (session, &edit, FALSE, &error);
  g_assert_no_error (error);
  check_errors (NULL, session->after);
  g_autofree char *text = sample_text (session->after->document);
  g_assert_nonnull (strstr (text, row->cured_text));
  g_autoptr (VhPlan) plan = vh_session_new_plan (session);
  g_assert_cmpuint (plan->introduced->len, ==, 0);
}

/* Every fixture is in the table. */
static void
test_complete (void)
{
  g_autoptr (GPtrArray) paths = sample_list ("fixtures/history");
  for (guint i = 0; i < paths->len; i++)
    {
      gboolean found = FALSE;
      g_autofree char *name = sample_name (g_ptr_array_index (paths, i));
      for (guint k = 0; k < G_N_ELEMENTS (rows) && !found; k++)
        found = g_str_equal (rows[k].file, name);
      if (!found)
        g_error ("%s is not tested", name);
    }
}

/* The elements are what libvirt's series wrote, byte for byte: set on a
 * document without them, they come out the same. */
static void
test_same_as_fixture (void)
{
  const Row off = { .file = "q35-bridge-off", .world = WITH_FEATURE };
  g_autoptr (VhSession) session = load (&off);
  g_autofree char *first = sample_text (session->base->document);
  g_assert_true (vh_session_set_knob (session, VH_KNOB_BRIDGE, -1, VH_SWITCH_ABSENT, NULL));
  g_autofree char *cleared = sample_text (session->after->document);
  g_assert_null (strstr (cleared, "<pci>"));
  g_autoptr (VhDocument) document = sample_parse (cleared);
  g_assert_true (vh_session_rebase (session, document, NULL, NULL, NULL));
  g_assert_true (vh_session_set_knob (session, VH_KNOB_BRIDGE, -1, VH_SWITCH_OFF, NULL));
  g_autofree char *again = sample_text (session->after->document);
  g_assert_cmpstr (again, ==, first);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/history/%s", rows[i].name);
      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/history/complete", test_complete);
  g_test_add_func ("/history/same-as-fixture", test_same_as_fixture);
  return g_test_run ();
}
