/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Edits as text: what was written is read again, and nothing else is. */
#include "model/edit_record.h"

#include <string.h>

#include "model/session_replay.h"
#include "sample.h"

#define SUM "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define HEAD "virt-hotplug edits 1\nbase " SUM "\n"
#define DOMAIN(name, more)                                                                         \
  "<domain type='kvm'><name>" name                                                                 \
  "</name><os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os>"                            \
  "<features><acpi/></features><devices><controller type='pci' index='0' model='pcie-root'/>"      \
  "<controller type='pci' index='1' model='pcie-root-port'><address type='pci' domain='0x0000' "   \
  "bus='0x00' slot='0x02' function='0x0' multifunction='on'/></controller>" more                   \
  "</devices></domain>"

/* Two steps and one that was undone. */
static VhSession *
new_session (void)
{
  VhSession *session = sample_session (DOMAIN ("a", ""));
  g_assert_true (vh_session_set_knob (session, VH_KNOB_BRIDGE, -1, VH_SWITCH_OFF, NULL));
  g_assert_true (vh_session_add_ports (session, 2, NULL));
  const VhEdit edit = { .knob = VH_KNOB_PORT, .bus = 3, .to = VH_SWITCH_OFF };
  g_assert_true (vh_session_push (session, &edit, TRUE, NULL));
  g_assert_true (vh_session_set_knob (session, VH_KNOB_PORT, 1, VH_SWITCH_ON, NULL));
  g_assert_true (vh_session_undo (session));
  return session;
}

static VhEditRecord *
new_record (const VhSession *session)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sum = vh_edit_record_new_sum (session->base->document);
  g_autofree char *text = vh_edit_record_format (session->edits, sum);
  VhEditRecord *record = vh_edit_record_new (text, strlen (text), &error);
  g_assert_no_error (error);
  return record;
}

static void
test_format (void)
{
  g_autoptr (VhSession) session = new_session ();
  g_autofree char *text = vh_edit_record_format (session->edits, SUM);
  g_assert_cmpstr (text, ==,
                   HEAD "step\nset bridge - default off none\nstep\nadd-ports 2 2\n"
                        "set port 3 default off none\nundone\nstep\nset port 1 default on none\n"
                        "end\n");
}

/* Everything comes back: the text, the steps, and what can be redone. */
static void
test_take_up (void)
{
  g_autoptr (VhSession) session = new_session ();
  g_autoptr (VhEditRecord) record = new_record (session);
  g_autoptr (VhSession) later = sample_session (DOMAIN ("a", ""));
  g_assert_true (vh_session_take_up (later, record, NULL, NULL));
  sample_assert_same_text (session->after, later->after);
  g_assert_true (vh_session_redo (session) && vh_session_redo (later));
  sample_assert_same_text (session->after, later->after);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_true (vh_session_undo (session) && vh_session_undo (later));
      sample_assert_same_text (session->after, later->after);
    }
  g_assert_false (vh_session_undo (later));
}

typedef struct {
  const char *name;
  const char *domain; /* as it is by then */
  const char *left;   /* what is done of the edits */
  const char *dropped;
} Later;

#define PORT(index, slot, function, more)                                                          \
  "<controller type='pci' index='" index "' model='pcie-root-port'>" more                          \
  "<address type='pci' domain='0x0000' bus='0x00' slot='" slot "' function='" function             \
  "'/></controller>"

static const Later laters[] = {
  { "other-name", DOMAIN ("b", ""), "bridge off, 2 more root ports, port 3 off", "" },
  /* Two ports as they were to be: they were written, and the program ended before it knew. */
  { "ports-are-there",
    DOMAIN ("a",
            PORT ("2", "0x02", "0x1", "") PORT ("3", "0x02", "0x2", "<target hotplug='off'/>")),
    "bridge off", "" },
  { "not-a-port-there",
    DOMAIN ("a", "<controller type='pci' index='2' model='dmi-to-pci-bridge'><address type='pci' "
                 "domain='0x0000' bus='0x00' slot='0x03' function='0x0'/></controller>"),
    "bridge off, 2 more root ports, port 4 off", "" },
  { "bridge-set",
    "<domain type='kvm' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>"
    "<os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os><features><acpi/></features>"
    "<devices><controller type='pci' index='0' model='pcie-root'/></devices><qemu:commandline>"
    "<qemu:arg value='-global'/><qemu:arg "
    "value='ICH9-LPC.acpi-pci-hotplug-with-bridge-support=on'/></qemu:commandline></domain>",
    "2 more root ports, port 2 off", "bridge off" },
};

/* On another text it is as after a conflict. */
static void
test_other_base (gconstpointer data)
{
  const Later *row = data;
  g_autoptr (VhSession) session = new_session ();
  g_autoptr (VhEditRecord) record = new_record (session);
  g_autoptr (VhSession) later = sample_session (row->domain);
  g_autoptr (GPtrArray) dropped = g_ptr_array_new_with_free_func (g_free);
  g_assert_true (vh_session_take_up (later, record, dropped, NULL));
  g_ptr_array_add (dropped, NULL);
  g_autofree char *named = g_strjoinv (", ", (char **) dropped->pdata);
  g_autofree char *left = vh_session_describe (later);
  g_assert_cmpstr (left, ==, row->left);
  g_assert_cmpstr (named, ==, row->dropped);
  g_assert_false (vh_edit_list_may_redo (later->edits));
}

/* The sum is right and the edits are not: what cannot be is not gone to. */
static void
test_forged (void)
{
  g_autoptr (VhSession) session = sample_session (DOMAIN ("a", ""));
  g_autofree char *sum = vh_edit_record_new_sum (session->base->document);
  g_autofree char *text = g_strdup_printf ("virt-hotplug edits 1\nbase %s\nstep\n"
                                           "set port 9 default off none\nstep\n"
                                           "set port 1 default off none\nundone\nstep\n"
                                           "set root - on off none\nend\n",
                                           sum);
  g_autoptr (VhEditRecord) record = vh_edit_record_new (text, strlen (text), NULL);
  g_assert_nonnull (record);
  g_autoptr (GPtrArray) dropped = g_ptr_array_new_with_free_func (g_free);
  g_assert_true (vh_session_take_up (session, record, dropped, NULL));
  g_assert_cmpuint (dropped->len, ==, 1);
  g_assert_cmpstr (dropped->pdata[0], ==, "port 9 off");
  g_autofree char *left = vh_session_describe (session);
  g_assert_cmpstr (left, ==, "port 1 off");
}

/* A later step alone may be the impossible one: redo stays where it is. */
static void
test_forged_redo (void)
{
  g_autoptr (VhSession) session = sample_session (DOMAIN ("a", ""));
  g_autofree char *sum = vh_edit_record_new_sum (session->base->document);
  g_autofree char *text = g_strdup_printf ("virt-hotplug edits 1\nbase %s\nstep\n"
                                           "set port 1 default off none\nundone\nstep\n"
                                           "set root - on off none\nend\n",
                                           sum);
  g_autoptr (VhEditRecord) record = vh_edit_record_new (text, strlen (text), NULL);
  g_assert_true (vh_session_take_up (session, record, NULL, NULL));
  g_assert_true (vh_edit_list_may_redo (session->edits));
  g_assert_false (vh_session_redo (session));
  g_assert_cmpuint (session->edits->n_done, ==, 1);
  g_assert_true (vh_session_undo (session));
  g_assert_false (vh_session_is_changed (session));
}

typedef struct {
  const char *text;
  const char *words; /* of the message */
} Bad;

static const Bad bads[] = {
  { "", "empty" },
  { "\xff\xfe", "no text" },
  { "<domain/>", "does not begin" },
  { "virt-hotplug edits 2\nbase " SUM "\nend\n", "does not begin" },
  { "virt-hotplug edits 1\n", "too early" },
  { "virt-hotplug edits 1\nbase 12\nend\n", "Line 2" },
  { HEAD, "too early, at line 3" },
  { HEAD "step\n", "too early" },
  { HEAD "step\nend", "Line 4, “end”" },
  { HEAD "end\nmore\n", "Line 3" },
  { HEAD "set bridge - default off none\nend\n", "Line 3" },
  { HEAD "step lock-everything\nend\n", "Line 3" },
  { HEAD "stepping\nend\n", "Line 3" },
  { HEAD "step\nset bridge - default off none x\nend\n", "Line 4" },
  { HEAD "step\nset bridge 1 default off none\nend\n", "Line 4" },
  { HEAD "step\nset port - default off none\nend\n", "Line 4" },
  { HEAD "step\nset port -1 default off none\nend\n", "Line 4" },
  { HEAD "step\nset port 70000 default off none\nend\n", "Line 4" },
  { HEAD "step\nset port 1 default loud none\nend\n", "Line 4" },
  { HEAD "step\nset port 1 default off qemu-override\nend\n", "Line 4" },
  { HEAD "step\nturn port 1 default off none\nend\n", "“turn port 1 default off none”" },
  { HEAD "step\nadd-ports 1 0\nend\n", "Line 4" },
  { HEAD "step\nadd-ports 1 256\nend\n", "Line 4" },
  { HEAD "step\nadd-ports 1\nend\n", "Line 4" },
  { HEAD "step\nremove-port\nend\n", "Line 4" },
  { HEAD "undone\nundone\nend\n", "Line 4" },
  { HEAD "step\nrm -rf a file whose name is longer than what is shown of a line\nend\n",
    "“rm -rf a file whose name is longer than ”" },
};

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bads); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (vh_edit_record_new (bads[i].text, strlen (bads[i].text), &error));
      g_assert_error (error, VH_EDIT_RECORD_ERROR, VH_EDIT_RECORD_ERROR_MALFORMED);
      g_assert_nonnull (strstr (error->message, bads[i].words));
    }
  g_autoptr (GError) error = NULL;
  g_autofree char *large = g_strnfill (VH_EDIT_RECORD_MAX_BYTES + 1, 'x');
  g_assert_null (vh_edit_record_new (large, VH_EDIT_RECORD_MAX_BYTES + 1, &error));
  g_assert_nonnull (strstr (error->message, "too large"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/edit-record/format", test_format);
  g_test_add_func ("/edit-record/take-up", test_take_up);
  for (guint i = 0; i < G_N_ELEMENTS (laters); i++)
    {
      g_autofree char *path = g_strdup_printf ("/edit-record/other-base/%s", laters[i].name);
      g_test_add_data_func (path, &laters[i], test_other_base);
    }
  g_test_add_func ("/edit-record/forged", test_forged);
  g_test_add_func ("/edit-record/forged-redo", test_forged_redo);
  g_test_add_func ("/edit-record/bad", test_bad);
  return g_test_run ();
}
