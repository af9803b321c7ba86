/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/policy.h"

#include <string.h>

#include "model/session.h"
#include "tests/sample.h"

typedef struct {
  const char *name;
  VhPolicy policy;
  const char *file;      /* of data/demo */
  const char *edits;     /* "bridge off, port 1 off", or a piece of the reason */
  const char *leftovers; /* a piece of one of them; NULL: there are none; "" does not matter */
} Row;

static const Row rows[] = {
  /* Ports 1, 13 and 18 hold a switch or a bridge, 8, 11 and 17 nothing; 3, 7 and 14 are off. */
  { "lock-occupied", VH_POLICY_LOCK_OCCUPIED, "q35-numa",
    "port 2 off, port 5 off, port 6 off, port 10 off, port 16 off",
    "on bus 19, a pcie-to-pci-bridge, can still be ejected by acpi" },
  { "lock-non-nic", VH_POLICY_LOCK_NON_NIC, "q35-numa", "port 2 off, port 10 off, port 16 off",
    NULL },
  { "forbid-q35", VH_POLICY_FORBID, "q35-numa",
    "port 1 off, port 2 off, port 5 off, port 6 off, port 8 off, port 10 off, port 11 off, "
    "port 13 off, port 16 off, port 17 off, port 18 off",
    NULL },
  { "forbid-i440fx", VH_POLICY_FORBID, "i440fx-nested", "root off, bridge off", NULL },
  { "native", VH_POLICY_NATIVE, "q35-numa", "bridge off", "uses shpc: it has no native hotplug" },
  { "native-already", VH_POLICY_NATIVE, "pc-q35-6.0", "", "" },
  { "default", VH_POLICY_DEFAULT, "q35-numa", "port 3 default, port 7 default, port 14 default",
    NULL },
  { "default-nothing", VH_POLICY_DEFAULT, "i440fx-nested", "", NULL },
  { "lock-without-ports", VH_POLICY_LOCK_NON_NIC, "i440fx-nested", "no ports", NULL },
  { "native-without-ports", VH_POLICY_NATIVE, "i440fx-nested", "no PCI Express ports", NULL },
};

static VhSession *
session_new (const char *file)
{
  g_autofree char *path = g_strdup_printf ("../data/demo/%s.xml", file);
  g_autofree char *full = g_test_build_filename (G_TEST_DIST, path, NULL);
  g_autofree char *text = sample_read (full);
  return sample_session (text);
}

static char *
describe (const GArray *edits)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < edits->len; i++)
    {
      g_autofree char *edit = vh_edit_describe (&g_array_index (edits, VhEdit, i));
      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", edit);
    }
  return g_string_free (text, FALSE);
}

static gboolean
has (const GPtrArray *sentences, const char *piece)
{
  for (guint i = 0; i < sentences->len; i++)
    {
      g_test_message ("%s", (char *) g_ptr_array_index (sentences, i));
      if (strstr (g_ptr_array_index (sentences, i), piece))
        return TRUE;
    }
  return FALSE;
}

static void
check_made (VhSession *session, const Row *row)
{
  g_autofree char *reason = NULL;
  g_autoptr (GPtrArray) leftovers = vh_policy_new_leftovers (row->policy, session->after);
  if (!row->leftovers)
    g_assert_false (has (leftovers, ""));
  else if (*row->leftovers)
    g_assert_true (has (leftovers, row->leftovers));
  g_autoptr (GArray) again =
      vh_policy_new_edits (row->policy, session->after, session->caps, &reason);
  g_assert_cmpuint (again->len, ==, 0);
  if (*row->edits)
    g_assert_true (vh_session_undo (session));
  g_assert_false (vh_session_undo (session));
  g_assert_false (vh_session_is_changed (session));
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autofree char *reason = NULL;
  g_autoptr (VhSession) session = session_new (row->file);
  g_autoptr (GArray) edits =
      vh_policy_new_edits (row->policy, session->after, session->caps, &reason);
  if (!edits)
    {
      g_assert_nonnull (strstr (reason, row->edits));
      return;
    }
  g_autofree char *described = describe (edits);
  g_assert_cmpstr (described, ==, row->edits);
  g_assert_true (vh_session_push_knobs (session, edits, NULL));
  check_made (session, row);
}

/* Every device whose fate changes is in the plan, and no other. */
static void
test_fates (void)
{
  g_autofree char *reason = NULL;
  g_autoptr (VhSession) session = session_new ("q35-numa");
  g_autoptr (GArray) edits =
      vh_policy_new_edits (VH_POLICY_LOCK_NON_NIC, session->after, session->caps, &reason);
  g_assert_true (vh_session_push_knobs (session, edits, NULL));
  g_autoptr (VhPlan) plan = vh_session_new_plan (session);
  g_assert_cmpuint (plan->fates->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (plan->fates, 0), ==,
                   "controller scsi 0 virtio-scsi at 0000:0a:00.0: native -> none");
}

/* Of two edits of one knob the last counts, whatever it is now. */
static void
test_override (void)
{
  g_autoptr (VhSession) session = session_new ("q35-numa");
  const VhEdit both[] = {
    { .kind = VH_EDIT_SET_KNOB, .knob = VH_KNOB_PORT, .bus = 2, .to = VH_SWITCH_OFF },
    { .kind = VH_EDIT_SET_KNOB, .knob = VH_KNOB_PORT, .bus = 2, .to = VH_SWITCH_ABSENT },
  };
  g_autoptr (GArray) edits = g_array_new (FALSE, FALSE, sizeof (VhEdit));
  g_array_append_vals (edits, both, 2);
  g_assert_true (vh_session_push_knobs (session, edits, NULL));
  g_assert_false (vh_session_is_changed (session));
}

static void
test_words (void)
{
  VhPolicy policy = VH_POLICY_NATIVE;
  g_assert_false (vh_policy_from_string ("none", &policy));
  g_assert_false (vh_policy_from_string (NULL, &policy));
  g_assert_cmpint (policy, ==, VH_POLICY_NATIVE);
  for (VhPolicy i = 0; i < VH_N_POLICIES; i++)
    {
      g_assert_true (vh_policy_from_string (vh_policy_to_string (i), &policy));
      g_assert_cmpint (policy, ==, i);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/policy/%s", rows[i].name);
      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/policy/fates", test_fates);
  g_test_add_func ("/policy/override", test_override);
  g_test_add_func ("/policy/words", test_words);
  return g_test_run ();
}
