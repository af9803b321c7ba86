/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Root ports that come and go: where, in which bytes, and what they move. */
#include "model/spare.h"

#include <string.h>

#include "model/session.h"
#include "tests/sample.h"
#include "tests/spare_domain.h"

static char *
text_of (const VhSession *session)
{
  return sample_text (session->after->document);
}

static void
assert_text (const VhSession *session, const char *text)
{
  g_autofree char *now = text_of (session);
  g_assert_cmpstr (now, ==, text);
}

/* ---- places ---- */

typedef struct {
  const char *name, *text;
  guint count;
  const char *expect; /* "3@02.2 4@03.0", or a piece of the reason */
} PlaceRow;

static const PlaceRow places[] = {
  { "next-function", Q35 (TWO), 2, "3@02.2 4@02.3" },
  { "first-port", Q35 (""), 2, "1@01.0 2@01.1" },
  { "sata-is-no-bridge", Q35 (SATA TWO), 1, "3@02.2" },
  { "lone-port-keeps-its-slot", Q35 (PORT ("1", AT ("0x02", "0x0"))), 2, "2@03.0 3@03.1" },
  { "slot-with-a-device", Q35 (TWO NIC (AT ("0x02", "0x2"))), 1, "3@03.0" },
  { "device-above", Q35 (TWO PORT ("3", AT_MULTI ("0x03")) NIC (AT ("0x04", "0x0"))), 1, "4@03.1" },
  { "full-slot-then-over-a-device",
    Q35 (PORT ("1", AT_MULTI ("0x02")) PORT ("2", AT ("0x02", "0x7")) NIC (AT ("0x03", "0x0"))), 1,
    "3@04.0" },
  { "above-another-bridge",
    Q35 (TWO CONTROLLER ("3", "pcie-expander-bus",
                         "      <target busNr='254'/>\n" AT ("0x05", "0x0"))),
    1, "4@06.0" },
  { "below-when-there-is-no-room",
    Q35 (TWO CONTROLLER ("3", "dmi-to-pci-bridge", AT ("0x1e", "0x0"))), 2, "4@1d.0 5@1d.1" },
  { "eight-then-the-next", Q35 (PORT ("1", AT_MULTI ("0x02")) PORT ("2", AT ("0x02", "0x6"))), 3,
    "3@02.7 4@03.0 5@03.1" },
  { "index-after-the-highest", Q35 (PORT ("7", AT_MULTI ("0x02"))), 1, "8@02.1" },
  { "no-room", Q35 (TWO), 240, "only 238 find a place" },
  { "i440fx", DOMAIN_OF ("pc-i440fx-7.2", ""), 1, "no PCI Express root bus" },
  { "no-address-yet", Q35 (TWO NIC ("")), 1, "(1 has none)" },
  { "never-seen-by-libvirt", DOMAIN_OF ("pc-q35-7.2", ""), 1, "define the domain first" },
  { "controller-without-index",
    Q35 ("    <controller type='pci' model='pcie-root-port'>\n" AT ("0x02",
                                                                    "0x0") "    </controller>\n"),
    1, "2@03.0" },
  { "neither-index-nor-address", Q35 ("    <controller type='pci' model='pcie-root-port'/>\n"), 1,
    "(1 has none)" },
  { "double-index", Q35 (PORT ("1", AT ("0x02", "0x0")) PORT ("1", AT ("0x03", "0x0"))), 1,
    "same index" },
};

static char *
describe_ports (const GArray *ports)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < ports->len; i++)
    {
      const VhSparePort *port = &g_array_index (ports, VhSparePort, i);
      g_string_append_printf (text, "%s%d@%02x.%x", i > 0 ? " " : "", port->index, port->at.slot,
                              port->at.function);
      g_assert_cmpint (port->at.multifunction == VH_SWITCH_ON, ==, port->at.function == 0);
      g_assert_cmpint (port->chassis, ==, port->index);
    }
  return g_string_free (text, FALSE);
}

static void
test_place (gconstpointer data)
{
  const PlaceRow *row = data;
  g_autoptr (VhSession) session = sample_session (row->text);
  g_autofree char *reason = NULL;
  g_autoptr (GArray) ports = vh_spare_new_ports (session->base->topology, row->count, &reason);
  g_autofree char *found = ports ? describe_ports (ports) : g_steal_pointer (&reason);
  g_test_message ("%s", found);
  if (ports)
    g_assert_cmpstr (found, ==, row->expect);
  else
    g_assert_nonnull (strstr (found, row->expect));
}

static void
test_chassis (void)
{
  g_autoptr (VhSession) session =
      sample_session (Q35 (PORT ("1", "      <target chassis='2'/>\n" AT_MULTI ("0x02"))
                               PORT ("2", "      <target chassis='3'/>\n" AT ("0x02", "0x1"))));
  g_autofree char *reason = NULL;
  g_autoptr (GArray) ports = vh_spare_new_ports (session->base->topology, 2, &reason);
  g_assert_cmpint (g_array_index (ports, VhSparePort, 0).chassis, ==, 4);
  g_assert_cmpint (g_array_index (ports, VhSparePort, 1).chassis, ==, 5);
}

/* ---- away ---- */

static const PlaceRow removals[] = {
  { "highest", Q35 (TWO), 0, "2" },
  { "the-one-before", Q35 (TWO), 1, "1" },
  { "none-left", Q35 (TWO), 2, "no root port to remove" },
  { "in-use", Q35 (TWO NIC (ADDRESS ("0x02", "0x00", "0x0", ""))), 0, "is in use" },
  { "highest-is-a-bridge",
    Q35 (TWO CONTROLLER ("3", "pcie-to-pci-bridge", ADDRESS ("0x01", "0x00", "0x0", ""))), 0,
    "pcie-to-pci-bridge" },
  { "function-0", Q35 (PORT ("1", AT ("0x02", "0x1")) PORT ("2", AT_MULTI ("0x02"))), 0,
    "function 0 of its slot" },
  { "function-0-alone", Q35 (PORT ("1", AT_MULTI ("0x02")) PORT ("2", AT_MULTI ("0x03"))), 0, "2" },
};

static void
test_removal (gconstpointer data)
{
  const PlaceRow *row = data;
  g_autoptr (VhSession) session = sample_session (row->text);
  g_autofree char *reason = NULL;
  gint32 bus = vh_spare_find_removable (session->base->topology, row->count, &reason);
  g_assert_cmpint (bus < 0, ==, reason != NULL);
  g_autofree char *found = reason ? g_strdup (reason) : g_strdup_printf ("%d", bus);
  g_test_message ("%s", found);
  g_assert_nonnull (strstr (found, row->expect));
}

/* ---- bytes ---- */

#define NEW(index, port, rest)                                                                     \
  PORT (index, "      <model name='pcie-root-port'/>\n      <target chassis='" index               \
               "' port='" port "'/>\n" rest)

static void
test_bytes (void)
{
  const char *before = Q35 (TWO SATA);
  g_autoptr (VhSession) session = sample_session (before);
  g_assert_true (vh_session_add_ports (session, 1, NULL));
  assert_text (session, Q35 (TWO NEW ("3", "0x12", AT ("0x02", "0x2")) SATA));
  g_assert_true (vh_session_set_knob (session, VH_KNOB_PORT, 3, VH_SWITCH_OFF, NULL));
  assert_text (session, Q35 (TWO PORT ("3", "      <model name='pcie-root-port'/>\n"
                                            "      <target chassis='3' port='0x12' "
                                            "hotplug='off'/>\n" AT ("0x02", "0x2")) SATA));
  g_assert_true (vh_session_remove_port (session, NULL));
  assert_text (session, before);
  g_assert_true (vh_session_add_ports (session, 1, NULL));
  assert_text (session, Q35 (TWO NEW ("3", "0x12", AT ("0x02", "0x2")) SATA));
  for (guint i = 0; i < 4; i++)
    g_assert_true (vh_session_undo (session));
  g_assert_false (vh_session_undo (session));
  assert_text (session, before);
}

static void
test_remove (void)
{
  g_autoptr (VhSession) session = sample_session (Q35 (TWO));
  g_autoptr (GError) error = NULL;
  g_assert_true (vh_session_set_knob (session, VH_KNOB_PORT, 2, VH_SWITCH_OFF, NULL));
  g_assert_true (vh_session_remove_port (session, NULL));
  assert_text (session, Q35 (PORT ("1", AT_MULTI ("0x02"))));
  g_assert_false (vh_session_add_ports (session, 1, &error));
  g_assert_error (error, VH_EDIT_ERROR, VH_EDIT_ERROR_NO_ROOM);
  g_assert_true (vh_session_remove_port (session, NULL));
  assert_text (session, DOMAIN_OF ("pc-q35-7.2", PCIE_ROOT));
  g_assert_false (vh_session_remove_port (session, NULL));
  g_assert_true (vh_session_undo (session) && vh_session_undo (session));
  g_assert_true (vh_session_undo (session));
  assert_text (session, Q35 (TWO));
}

/* Many in one go are those one by one; written, loaded again and taken away
 * one by one gives the first bytes. */
static gboolean
check_file (const char *path, SampleLayout layout)
{
  g_autofree char *raw = sample_read (path);
  g_autofree char *before = sample_lay_out (raw, layout);
  g_autoptr (VhSession) session = sample_session (before);
  g_autoptr (GError) error = NULL;
  if (!vh_session_add_ports (session, 3, &error))
    {
      g_assert_error (error, VH_EDIT_ERROR, VH_EDIT_ERROR_NO_ROOM);
      return FALSE;
    }
  g_autoptr (VhSession) slow = sample_session (before);
  for (guint i = 0; i < 3; i++)
    g_assert_true (vh_session_add_ports (slow, 1, NULL));
  g_autofree char *text = text_of (session);
  assert_text (slow, text);
  g_autoptr (VhPlan) plan = vh_session_new_plan (session);
  g_assert_true (plan->numbers.counted);
  g_assert_cmpuint (plan->numbers.n_addresses_changed, ==, 0);
  g_autoptr (VhSession) loaded = sample_session (text);
  for (guint i = 0; i < 3; i++)
    g_assert_true (vh_session_remove_port (loaded, NULL));
  assert_text (loaded, before);
  return TRUE;
}

static void
test_files (gconstpointer folder)
{
  guint n_done = 0;
  g_autoptr (GPtrArray) paths = sample_list (folder);
  for (guint i = 0; i < paths->len; i++)
    for (guint layout = 0; layout < SAMPLE_N_LAYOUTS; layout++)
      {
        g_test_message ("%s layout %u", (char *) g_ptr_array_index (paths, i), layout);
        n_done += check_file (g_ptr_array_index (paths, i), layout);
      }
  g_test_message ("%u of %u documents take ports", n_done / SAMPLE_N_LAYOUTS, paths->len);
  g_assert_cmpuint (n_done, >=, 20);
}

/* ---- a new base ---- */

static void
rebase (VhSession *session, const char *text, const char *expect, guint n_dropped)
{
  g_autoptr (VhDocument) document = sample_parse (text);
  g_autoptr (GPtrArray) dropped = g_ptr_array_new_with_free_func (g_free);
  g_assert_true (vh_session_rebase (session, document, NULL, dropped, NULL));
  g_assert_cmpuint (dropped->len, ==, n_dropped);
  assert_text (session, expect);
}

#define THIRD NEW ("3", "0x12", AT ("0x02", "0x2"))
#define FOURTH_OFF                                                                                 \
  PORT ("4", "      <model name='pcie-root-port'/>\n      <target chassis='4' port='0x13' "        \
             "hotplug='off'/>\n" AT ("0x02", "0x3"))

static void
test_replay (void)
{
  g_autoptr (VhSession) session = sample_session (Q35 (TWO));
  g_assert_true (vh_session_add_ports (session, 1, NULL));
  g_assert_true (vh_session_set_knob (session, VH_KNOB_PORT, 3, VH_SWITCH_OFF, NULL));
  /* Someone else put a port there: ours comes after it, and is still off. */
  rebase (session, Q35 (TWO THIRD), Q35 (TWO THIRD FOURTH_OFF), 0);
  /* It was written. */
  rebase (session, Q35 (TWO THIRD FOURTH_OFF), Q35 (TWO THIRD FOURTH_OFF), 0);
  g_assert_false (vh_session_is_changed (session));
  g_assert_false (vh_session_undo (session));
}

static void
test_replay_dropped (void)
{
  g_autoptr (VhSession) session = sample_session (Q35 (TWO));
  g_assert_true (vh_session_remove_port (session, NULL));
  rebase (session, Q35 (TWO THIRD NIC (ADDRESS ("0x03", "0x00", "0x0", ""))),
          Q35 (TWO THIRD NIC (ADDRESS ("0x03", "0x00", "0x0", ""))), 1);
  g_assert_true (vh_session_add_ports (session, 1, NULL));
  rebase (session, Q35 (TWO NIC ("")), Q35 (TWO NIC ("")), 1);
}

/* ---- how many ---- */

#define FREE_AND_USED TWO NIC (ADDRESS ("0x01", "0x00", "0x0", ""))

static void
test_ensure (void)
{
  g_autoptr (VhSession) session = sample_session (Q35 (FREE_AND_USED));
  g_assert_cmpint (vh_spare_count_free (session->base), ==, 1);
  g_assert_true (vh_session_ensure_spare (session, 1, NULL));
  g_assert_false (vh_session_is_changed (session));
  g_assert_true (vh_session_ensure_spare (session, 4, NULL));
  g_assert_cmpint (vh_spare_count_free (session->after), ==, 4);
  g_autofree char *text = text_of (session);
  g_assert_true (vh_session_ensure_spare (session, 4, NULL));
  assert_text (session, text);
}

static void
test_refused (gconstpointer data)
{
  const PlaceRow *row = data;
  g_autoptr (VhSession) session = sample_session (row->text);
  g_autoptr (GError) error = NULL;
  g_assert_false (vh_session_ensure_spare (session, row->count, &error));
  g_assert_error (error, VH_EDIT_ERROR, VH_EDIT_ERROR_NO_ROOM);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, row->expect));
  g_assert_false (vh_session_is_changed (session));
  g_assert_false (vh_session_undo (session));
  g_assert_false (vh_session_redo (session));
}

#define NO_ACPI                                                                                    \
  "<domain type='kvm'>\n  <name>a</name>\n  <os>\n    <type arch='x86_64' machine='pc-q35-7.2'"    \
  ">hvm</type>\n  </os>\n  <devices>\n" PCIE_ROOT "  </devices>\n</domain>\n"

static const PlaceRow refused[] = {
  { "does-not-boot", DOMAIN_OF ("pc-q35-6.1", PCIE_ROOT TWO), 15, "SeaBIOS" },
  { "no-room", Q35 (TWO), 250, "Each of its free slots takes eight" },
  { "no-index", Q35 (TWO PORT ("254", AT ("0x03", "0x0"))), 5,
    "above 255: of 2 root ports only 1" },
  { "no-plug-without-acpi", NO_ACPI, 1, "Nothing can be plugged" },
  { "i440fx", DOMAIN_OF ("pc-i440fx-7.2", ""), 1, "no PCI Express root bus" },
};

/* ---- all of it ---- */

static void
add_rows (const char *prefix, const PlaceRow *rows, guint n, GTestDataFunc test)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("/spare/%s/%s", prefix, rows[i].name);
      g_test_add_data_func (path, &rows[i], test);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_rows ("place", places, G_N_ELEMENTS (places), test_place);
  add_rows ("removal", removals, G_N_ELEMENTS (removals), test_removal);
  add_rows ("refused", refused, G_N_ELEMENTS (refused), test_refused);
  g_test_add_func ("/spare/chassis", test_chassis);
  g_test_add_func ("/spare/bytes", test_bytes);
  g_test_add_func ("/spare/remove", test_remove);
  g_test_add_data_func ("/spare/files/demo", "../data/demo", test_files);
  g_test_add_data_func ("/spare/files/ground-truth", "fixtures/ground-truth", test_files);
  g_test_add_func ("/spare/replay", test_replay);
  g_test_add_func ("/spare/replay-dropped", test_replay_dropped);
  g_test_add_func ("/spare/ensure", test_ensure);
  return g_test_run ();
}
