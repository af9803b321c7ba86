/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The steps of a list of edits, and going to any of them. */
#include "model/edit_steps.h"

#include "model/policy.h"
#include "sample.h"

#define DOMAIN                                                                                     \
  "<domain type='kvm'><os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os>"                \
  "<features><acpi/></features><devices><controller type='pci' index='0' model='pcie-root'/>"      \
  "<controller type='pci' index='1' model='pcie-root-port'><address type='pci' bus='0x00' "        \
  "slot='0x02'/></controller><interface type='user'><model type='virtio'/><address type='pci' "    \
  "bus='0x01' slot='0x00'/></interface></devices></domain>"

/* Four steps, of which the last is undone. */
static VhSession *
new_session (void)
{
  VhSession *session = sample_session (DOMAIN);
  g_autofree char *reason = NULL;
  g_assert_true (vh_session_set_knob (session, VH_KNOB_BRIDGE, -1, VH_SWITCH_OFF, NULL));
  g_assert_true (vh_session_add_ports (session, 1, NULL));
  g_autoptr (GArray) edits =
      vh_policy_new_edits (VH_POLICY_FORBID, session->after, session->caps, &reason);
  g_assert_true (vh_session_push_knobs (session, edits, NULL));
  g_assert_true (vh_session_set_knob (session, VH_KNOB_PORT, 1, VH_SWITCH_ABSENT, NULL));
  g_assert_true (vh_session_undo (session));
  return session;
}

static void
test_words (void)
{
  static const struct {
    const char *text;
    guint end;
    gboolean is_done;
  } rows[] = {
    { "bridge: default -> off", 1, TRUE },
    { "1 root port added", 2, TRUE },
    { "policy forbid: 2 settings", 4, TRUE },
    { "port 1: off -> default", 5, FALSE },
  };
  g_autoptr (VhSession) session = new_session ();
  g_autoptr (GPtrArray) steps = vh_edit_steps_new (session->edits);
  g_assert_cmpuint (steps->len, ==, G_N_ELEMENTS (rows));
  g_assert_cmpuint (vh_edit_steps_count_done (steps), ==, 3);
  for (guint i = 0; i < steps->len; i++)
    {
      const VhEditStep *step = steps->pdata[i];
      g_assert_cmpstr (step->text, ==, rows[i].text);
      g_assert_cmpuint (step->end, ==, rows[i].end);
      g_assert_cmpint (step->is_done, ==, rows[i].is_done);
    }
}

/* To any state: the same text as by undo and redo, and one recompute. */
static void
test_go_to (void)
{
  g_autoptr (VhSession) session = new_session ();
  g_autoptr (VhSession) slow = new_session ();
  g_autoptr (GPtrArray) steps = vh_edit_steps_new (session->edits);
  while (vh_session_undo (slow))
    continue;
  for (guint i = 0; i <= steps->len; i++)
    {
      const guint revision = session->revision;
      const guint end = i ? ((const VhEditStep *) steps->pdata[i - 1])->end : 0;
      g_assert_true (vh_session_go_to (session, end, NULL));
      g_assert_cmpuint (session->revision, ==, revision + 1);
      sample_assert_same_text (session->after, slow->after);
      vh_session_redo (slow);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/edit-steps/words", test_words);
  g_test_add_func ("/edit-steps/go-to", test_go_to);
  return g_test_run ();
}
