/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/session.h"

#include <string.h>

#include "tests/sample.h"

#define PORTS                                                                                      \
  "<controller type='pci' index='1' model='pcie-root-port'><address type='pci' domain='0x0000' "   \
  "bus='0x00' slot='0x02' function='0x0'/></controller>"                                           \
  "<controller type='pci' index='2' model='pcie-root-port'><address type='pci' domain='0x0000' "   \
  "bus='0x00' slot='0x03' function='0x0'/></controller>"
#define DOMAIN(name, devices)                                                                      \
  "<domain type='kvm'><name>" name                                                                 \
  "</name><os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os>"                            \
  "<features><acpi/></features><devices><controller type='pci' index='0' "                         \
  "model='pcie-root'/>" devices "</devices></domain>"

static gboolean
is_in_text (const VhSession *session, const char *piece)
{
  g_autofree char *text = sample_text (session->after->document);
  return strstr (text, piece) != NULL;
}

static VhSwitch
configured (const VhSession *session, VhKnob knob, gint32 bus)
{
  g_autoptr (VhKnobState) state = vh_session_new_knob (session, knob, bus);
  return state->configured;
}

static void
test_no_domain (void)
{
  g_autoptr (VhDocument) document = sample_parse ("<network/>");
  g_autoptr (GError) error = NULL;
  g_assert_null (vh_session_new (document, vh_domain_info_new (), sample_caps (FALSE), &error));
  g_assert_error (error, VH_TOPOLOGY_ERROR, VH_TOPOLOGY_ERROR_NOT_DOMAIN);
}

static void
test_edit (void)
{
  g_autoptr (VhSession) session = sample_session (DOMAIN ("a", PORTS));
  g_assert_true (session->after == session->base);
  g_assert_false (vh_session_is_changed (session));
  g_assert_true (vh_session_set_knob (session, VH_KNOB_PORT, 2, VH_SWITCH_OFF, NULL));
  g_assert_true (vh_session_is_changed (session));
  g_assert_cmpint (configured (session, VH_KNOB_PORT, 2), ==, VH_SWITCH_OFF);
  g_assert_cmpint (configured (session, VH_KNOB_PORT, 1), ==, VH_SWITCH_ABSENT);
  g_assert_true (is_in_text (session, "<target hotplug='off'/>"));
  g_assert_true (vh_session_set_knob (session, VH_KNOB_PORT, 2, VH_SWITCH_ABSENT, NULL));
  g_assert_false (vh_session_is_changed (session));
  g_assert_true (session->after == session->base);
  g_assert_true (vh_session_undo (session));
  g_assert_true (vh_session_is_changed (session));
  g_assert_true (vh_session_undo (session));
  g_assert_false (vh_session_undo (session));
  g_assert_false (vh_session_is_changed (session));
  g_assert_true (vh_session_redo (session));
  g_assert_cmpint (configured (session, VH_KNOB_PORT, 2), ==, VH_SWITCH_OFF);
}

static void
test_refused (void)
{
  g_autoptr (VhSession) session = sample_session (DOMAIN ("a", PORTS));
  g_autoptr (GError) error = NULL;
  g_assert_false (vh_session_set_knob (session, VH_KNOB_ROOT, -1, VH_SWITCH_OFF, &error));
  g_assert_error (error, VH_EDIT_ERROR, VH_EDIT_ERROR_NOT_SETTABLE);
  g_assert_true (session->after == session->base);
  g_assert_false (vh_edit_list_may_undo (session->edits));
}

/* Back to the default where that has the state, and each in one recompute. */
static void
test_toggle (void)
{
  g_autoptr (VhSession) session = sample_session (DOMAIN ("a", PORTS));
  g_autoptr (GError) error = NULL;
  g_assert_true (vh_session_set_knob (session, VH_KNOB_PORT, 1, VH_SWITCH_OFF, NULL));
  const guint revision = session->revision;
  g_assert_true (vh_session_toggle (session, VH_KNOB_PORT, 2, NULL));
  g_assert_cmpint (configured (session, VH_KNOB_PORT, 2), ==, VH_SWITCH_OFF);
  g_assert_true (vh_session_toggle (session, VH_KNOB_PORT, 2, NULL));
  g_assert_cmpint (configured (session, VH_KNOB_PORT, 2), ==, VH_SWITCH_ABSENT);
  g_assert_cmpint (configured (session, VH_KNOB_PORT, 1), ==, VH_SWITCH_OFF);
  g_assert_cmpuint (session->revision, ==, revision + 2);
  g_assert_true (vh_session_toggle (session, VH_KNOB_PORT, 1, NULL));
  g_assert_true (session->after == session->base);
  g_assert_true (vh_session_undo (session) && vh_session_undo (session));
  g_assert_cmpint (configured (session, VH_KNOB_PORT, 2), ==, VH_SWITCH_OFF);
  g_assert_false (vh_session_toggle (session, VH_KNOB_ROOT, -1, &error));
  g_assert_error (error, VH_EDIT_ERROR, VH_EDIT_ERROR_NOT_SETTABLE);
  g_assert_cmpint (configured (session, VH_KNOB_PORT, 2), ==, VH_SWITCH_OFF);
}

/* A setting that stands in the base goes, and comes back as it was. */
static void
test_toggle_base (void)
{
  g_autoptr (VhSession) session = sample_session (
      DOMAIN ("a", "<controller type='pci' index='1' model='pcie-root-port'><target hotplug='off'/>"
                   "</controller>"));
  g_assert_true (vh_session_toggle (session, VH_KNOB_PORT, 1, NULL));
  g_assert_cmpint (configured (session, VH_KNOB_PORT, 1), ==, VH_SWITCH_ABSENT);
  g_assert_true (vh_session_toggle (session, VH_KNOB_PORT, 1, NULL));
  g_assert_true (session->after == session->base);
}

/* Edits that come to nothing do not stand in the way of another text. */
static void
test_start_after_nothing (void)
{
  g_autoptr (VhSession) session = sample_session (DOMAIN ("a", PORTS));
  g_assert_true (vh_session_set_knob (session, VH_KNOB_PORT, 1, VH_SWITCH_OFF, NULL));
  g_assert_true (vh_session_set_knob (session, VH_KNOB_PORT, 1, VH_SWITCH_ABSENT, NULL));
  g_assert_false (vh_session_is_changed (session));
  g_assert_cmpuint (session->edits->n_done, >, 0);
  g_autoptr (VhSession) other = sample_session (DOMAIN ("b", PORTS));
  g_assert_true (vh_session_start_from (session, other->base->document, "revert to b", NULL));
  g_assert_true (is_in_text (session, "<name>b</name>"));
  g_assert_true (vh_session_undo (session));
  g_assert_true (session->after == session->base);
}

static void
test_steps (void)
{
  g_autoptr (VhSession) session = sample_session (DOMAIN ("a", PORTS));
  for (gint32 bus = 1; bus <= 2; bus++)
    {
      const VhEdit edit = { .knob = VH_KNOB_PORT, .bus = bus, .to = VH_SWITCH_OFF };
      g_assert_true (vh_session_push (session, &edit, bus > 1, NULL));
    }
  g_assert_true (vh_session_undo (session));
  g_assert_false (vh_session_is_changed (session));
}

typedef struct {
  const char *name;
  const char *after; /* the domain as somebody else left it */
  const char *dropped;
  const char *texts[3]; /* what the edited text has */
} Rebase;

/* On DOMAIN ("a", PORTS) with port 1 on and then off, and port 2 off. */
static const Rebase rebases[] = {
  { "other-change", DOMAIN ("b", PORTS), "", { "<name>b</name>", "hotplug='off'", NULL } },
  { "port-gone",
    DOMAIN ("a", "<controller type='pci' index='1' model='pcie-root-port'/>"),
    "port 2 off",
    { "<target hotplug='off'/>", NULL } },
  { "written",
    DOMAIN ("a", "<controller type='pci' index='1' model='pcie-root-port'><target hotplug='off'/>"
                 "</controller><controller type='pci' index='2' model='pcie-root-port'>"
                 "<target hotplug='off'/></controller>"),
    "",
    { NULL } },
  { "set-otherwise",
    DOMAIN ("a", "<controller type='pci' index='1' model='pcie-root-port'><target hotplug='on'/>"
                 "</controller><controller type='pci' index='2' model='pcie-root-port'/>"),
    "port 1 on, port 1 off",
    { "index='1' model='pcie-root-port'><target hotplug='on'/>",
      "index='2' model='pcie-root-port'><target hotplug='off'/>", NULL } },
};

static void
push_all (VhSession *session)
{
  g_assert_true (vh_session_set_knob (session, VH_KNOB_PORT, 1, VH_SWITCH_ON, NULL));
  g_assert_true (vh_session_set_knob (session, VH_KNOB_PORT, 2, VH_SWITCH_OFF, NULL));
  g_assert_true (vh_session_set_knob (session, VH_KNOB_PORT, 1, VH_SWITCH_OFF, NULL));
}

static void
test_rebase (gconstpointer data)
{
  const Rebase *row = data;
  g_autoptr (VhSession) session = sample_session (DOMAIN ("a", PORTS));
  push_all (session);
  g_autoptr (VhDocument) document = sample_parse (row->after);
  g_autoptr (GPtrArray) dropped = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_assert_true (vh_session_rebase (session, document, NULL, dropped, &error));
  g_assert_no_error (error);
  g_ptr_array_add (dropped, NULL);
  g_autofree char *text = g_strjoinv (", ", (char **) dropped->pdata);
  g_assert_cmpstr (text, ==, row->dropped);
  g_assert_true (session->base->document == document);
  for (const char *const *piece = row->texts; *piece; piece++)
    g_assert_true (is_in_text (session, *piece));
  g_assert_cmpint (vh_session_is_changed (session), ==, row->texts[0] != NULL);
  g_assert_cmpint (vh_edit_list_may_undo (session->edits), ==, row->texts[0] != NULL);
}

/* What is left keeps its order and its steps. */
static void
test_rebase_undo (void)
{
  g_autoptr (VhSession) session = sample_session (DOMAIN ("a", PORTS));
  push_all (session);
  g_autoptr (VhDocument) document = sample_parse (DOMAIN ("b", PORTS));
  g_assert_true (vh_session_rebase (session, document, NULL, NULL, NULL));
  g_assert_true (vh_session_undo (session));
  g_assert_cmpint (configured (session, VH_KNOB_PORT, 1), ==, VH_SWITCH_ON);
  g_assert_cmpint (configured (session, VH_KNOB_PORT, 2), ==, VH_SWITCH_OFF);
  g_assert_true (vh_session_undo (session));
  g_assert_cmpint (configured (session, VH_KNOB_PORT, 2), ==, VH_SWITCH_ABSENT);
}

static void
test_rebase_info (void)
{
  g_autoptr (VhSession) session = sample_session (DOMAIN ("a", PORTS));
  VhDomainInfo *info = vh_domain_info_new ();
  info->id = 7;
  g_autoptr (VhDocument) document = sample_parse (DOMAIN ("b", PORTS));
  g_assert_true (vh_session_rebase (session, document, info, NULL, NULL));
  g_assert_cmpint (session->info->id, ==, 7);
  g_autoptr (VhDocument) none = sample_parse ("<network/>");
  g_autoptr (GError) error = NULL;
  g_assert_false (vh_session_rebase (session, none, vh_domain_info_new (), NULL, &error));
  g_assert_error (error, VH_TOPOLOGY_ERROR, VH_TOPOLOGY_ERROR_NOT_DOMAIN);
  g_assert_true (session->base->document == document);
  g_assert_cmpint (session->info->id, ==, 7);
}

/* With other capabilities the same edit goes to another place, or nowhere. */
static void
test_set_caps (void)
{
  g_autoptr (VhSession) session = sample_session (DOMAIN ("a", PORTS));
  g_assert_true (vh_session_set_knob (session, VH_KNOB_BRIDGE, -1, VH_SWITCH_OFF, NULL));
  g_assert_true (is_in_text (session, "-global"));
  vh_session_set_caps (session, sample_caps (TRUE));
  g_assert_false (is_in_text (session, "-global"));
  g_assert_true (is_in_text (session, "<acpi-bridge-hotplug state='off'/>"));
  const VhEdit move = { .kind = VH_EDIT_SET_SITE, .knob = VH_KNOB_BRIDGE, .site = VH_SITE_FEATURE };
  g_assert_true (vh_session_push (session, &move, FALSE, NULL));
  const VhEdit there = {
    .knob = VH_KNOB_BRIDGE, .bus = -1, .to = VH_SWITCH_ON, .site = VH_SITE_FEATURE
  };
  g_assert_true (vh_session_push (session, &there, FALSE, NULL));
  vh_session_set_caps (session, sample_caps (FALSE));
  g_assert_false (vh_session_is_changed (session));
  g_assert_true (session->after == session->base);
}

/* What an alias stands for is known of that alias alone. */
static void
test_alias (void)
{
  static const char text[] =
      "<domain type='kvm'><os><type arch='x86_64' machine='q35'>hvm</type></os>"
      "</domain>";
  static const char *const types[] = { "q35", "pc", NULL };
  static const VhVersion versions[] = { VH_VERSION (6, 0, 0), 0, VH_VERSION (6, 0, 0) };
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (VhCaps) caps = sample_caps (FALSE);
      caps->machine_type = g_strdup (types[i]);
      caps->machine_canonical = g_strdup ("pc-q35-6.0");
      g_autoptr (VhDocument) document = sample_parse (text);
      g_autoptr (VhReading) reading = sample_reading (document, caps);
      g_assert_cmpuint (reading->topology->machine->version, ==, versions[i]);
    }
}

static void
test_plan (void)
{
  g_autoptr (VhSession) session = sample_session (DOMAIN ("a", PORTS));
  g_autoptr (VhPlan) nothing = vh_session_new_plan (session);
  g_assert_cmpuint (nothing->changes->len, ==, 0);
  g_assert_true (vh_session_set_knob (session, VH_KNOB_PORT, 2, VH_SWITCH_OFF, NULL));
  g_autoptr (VhPlan) plan = vh_session_new_plan (session);
  g_assert_cmpuint (plan->changes->len, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/no-domain", test_no_domain);
  g_test_add_func ("/session/edit", test_edit);
  g_test_add_func ("/session/refused", test_refused);
  g_test_add_func ("/session/toggle", test_toggle);
  g_test_add_func ("/session/toggle/base", test_toggle_base);
  g_test_add_func ("/session/start-after-nothing", test_start_after_nothing);
  g_test_add_func ("/session/steps", test_steps);
  for (guint i = 0; i < G_N_ELEMENTS (rebases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/session/rebase/%s", rebases[i].name);
      g_test_add_data_func (path, &rebases[i], test_rebase);
    }
  g_test_add_func ("/session/rebase-undo", test_rebase_undo);
  g_test_add_func ("/session/rebase-info", test_rebase_info);
  g_test_add_func ("/session/set-caps", test_set_caps);
  g_test_add_func ("/session/alias", test_alias);
  g_test_add_func ("/session/plan", test_plan);
  return g_test_run ();
}
