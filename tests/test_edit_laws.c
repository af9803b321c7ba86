/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The laws of edits, on many documents: set and cleared again, all undone,
 * and in any order. */
#include "model/edit_sites.h"

#include "tests/sample.h"

typedef struct {
  VhKnob knob;
  gint32 bus;
} Knob;

/* Root, bridge and every port of the topology. */
static GArray *
knobs_of (const VhReading *reading)
{
  GArray *knobs = g_array_new (FALSE, FALSE, sizeof (Knob));
  Knob knob = { VH_KNOB_ROOT, -1 };
  g_array_append_val (knobs, knob);
  knob.knob = VH_KNOB_BRIDGE;
  g_array_append_val (knobs, knob);
  for (guint i = 0; i < vh_topology_get_n_buses (reading->topology); i++)
    if (vh_bus_is_port (vh_topology_get_bus (reading->topology, i)))
      {
        Knob port = { VH_KNOB_PORT, vh_topology_get_bus (reading->topology, i)->index };
        g_array_append_val (knobs, port);
      }
  return knobs;
}

static VhKnobState *
state_of (const VhReading *reading, const VhCaps *caps, Knob knob)
{
  return vh_check_new_knob (reading->topology, reading->inputs, caps, knob.knob, knob.bus);
}

/* NULL when it is refused. */
static VhReading *
set (const VhReading *base, const VhCaps *caps, const VhEdit *edit)
{
  g_autoptr (VhEditList) list = vh_edit_list_new ();
  return vh_edit_list_push (list, edit, base, caps, NULL) ? sample_apply (list, base, caps) : NULL;
}

/* As if it had been written and loaded. */
static VhReading *
load_again (const VhReading *reading, const VhCaps *caps)
{
  g_autofree char *text = sample_text (reading->document);
  g_autoptr (VhDocument) document = sample_parse (text);
  return sample_reading (document, caps);
}

static void
assert_configured (const VhReading *reading, const VhCaps *caps, Knob knob, VhSwitch configured,
                   VhSite site)
{
  g_autoptr (VhKnobState) state = state_of (reading, caps, knob);
  g_assert_true (state->applies);
  g_assert_cmpint (state->configured, ==, configured);
  g_assert_cmpint (state->site, ==, site);
}

/* Written, loaded again and taken back to what it was. FALSE when it may not
 * be written. */
static gboolean
check_edit (const VhReading *base, const VhCaps *caps, const VhEdit *edit, const VhKnobState *was)
{
  const Knob knob = { edit->knob, edit->bus };
  const VhEdit undo = { .knob = edit->knob, .bus = edit->bus, .to = was->configured };
  g_autoptr (VhReading) edited = set (base, caps, edit);
  if (!edited)
    return FALSE;
  g_autoptr (VhReading) loaded = load_again (edited, caps);
  assert_configured (loaded, caps, knob, edit->to,
                     edit->site == VH_SITE_NONE ? was->write_site : edit->site);
  g_autoptr (VhReading) back = set (loaded, caps, &undo);
  g_assert_nonnull (back);
  sample_assert_same_text (back, base);
  return TRUE;
}

/* Is it written once, and as we would write it? Else it comes back in another
 * form. */
static gboolean
is_plain (const VhReading *base, Knob knob, const VhKnobState *state)
{
  g_autoptr (VhEditSites) sites = vh_edit_sites_new (base, knob.knob, knob.bus);
  guint n = sites->globals->len + sites->features->len + vh_edit_sites_has (sites, VH_SITE_TARGET);
  if (n != 1 || sites->globals->len == 0)
    return n == 1;
  const VhGlobal *global = g_ptr_array_index (sites->globals, 0);
  return g_str_equal (global->value, vh_switch_to_string (state->configured));
}

/* Each value at each site, or where something is set already the other value
 * there; returns how many edits there were. */
static guint
check_knob (const VhReading *base, const VhCaps *caps, Knob knob)
{
  guint n_edits = 0;
  g_autoptr (VhKnobState) state = state_of (base, caps, knob);
  gboolean is_set = state->applies && state->configured != VH_SWITCH_ABSENT;
  VhEdit edit = { .knob = knob.knob, .bus = knob.bus };
  if (!state->applies ||
      (is_set && (state->site != state->write_site || !is_plain (base, knob, state))))
    return 0;
  for (edit.site = VH_SITE_NONE; edit.site <= VH_SITE_QEMU_GLOBAL; edit.site++)
    for (edit.to = VH_SWITCH_ON; edit.to <= VH_SWITCH_OFF; edit.to++)
      if (!is_set || (edit.site == VH_SITE_NONE && edit.to != state->configured))
        n_edits += check_edit (base, caps, &edit, state);
  return n_edits;
}

static guint
check_text (const char *text, const VhCaps *caps)
{
  guint n_edits = 0;
  g_autoptr (VhDocument) document = sample_parse (text);
  g_autoptr (VhReading) base = sample_reading (document, caps);
  g_autoptr (GArray) knobs = knobs_of (base);
  for (guint i = 0; i < knobs->len; i++)
    if (i < 4 || i + 1 == knobs->len)
      n_edits += check_knob (base, caps, g_array_index (knobs, Knob, i));
  return n_edits;
}

/* Folders, and how many edits at least must have been possible there. */
typedef struct {
  const char *name, *folder;
  guint n_layouts, n_edits;
} Folder;

static const Folder folders[] = {
  { "demo", "../data/demo", SAMPLE_N_LAYOUTS, 400 },
  { "history", "fixtures/history", SAMPLE_N_LAYOUTS, 100 },
  { "ground-truth", "fixtures/ground-truth", 1, 500 },
};

static void
test_laws (gconstpointer data)
{
  const Folder *folder = data;
  guint n_edits = 0;
  g_autoptr (GPtrArray) paths = sample_list (folder->folder);
  g_autoptr (VhCaps) with = sample_caps (TRUE);
  g_autoptr (VhCaps) without = sample_caps (FALSE);
  for (guint i = 0; i < paths->len; i++)
    for (guint layout = 0; layout < folder->n_layouts; layout++)
      {
        g_autofree char *raw = sample_read (g_ptr_array_index (paths, i));
        g_autofree char *text = sample_lay_out (raw, layout);
        g_test_message ("%s layout %u", (char *) g_ptr_array_index (paths, i), layout);
        n_edits += check_text (text, with);
        n_edits += check_text (text, without);
      }
  g_test_message ("%u edits", n_edits);
  g_assert_cmpuint (n_edits, >, folder->n_edits);
}

static VhReading *
random_edit (VhEditList *list, const VhReading *base, const VhReading *now, const VhCaps *caps)
{
  g_autoptr (GArray) knobs = knobs_of (base);
  Knob knob = g_array_index (knobs, Knob, g_test_rand_int_range (0, (gint32) knobs->len));
  VhEdit edit = { .knob = knob.knob, .bus = knob.bus };
  edit.kind = g_test_rand_int_range (0, 5) == 0 ? VH_EDIT_SET_SITE : VH_EDIT_SET_KNOB;
  edit.to = (VhSwitch) g_test_rand_int_range (VH_SWITCH_ABSENT, VH_SWITCH_OFF + 1);
  if (edit.kind == VH_EDIT_SET_SITE || g_test_rand_int_range (0, 4) == 0)
    edit.site = (VhSite) g_test_rand_int_range (VH_SITE_TARGET, VH_SITE_QEMU_GLOBAL + 1);
  gboolean was_set = vh_edit_list_push (list, &edit, now, caps, NULL);
  VhReading *after = sample_apply (list, base, caps);
  if (was_set && edit.kind == VH_EDIT_SET_KNOB)
    {
      g_autoptr (VhKnobState) state = state_of (after, caps, knob);
      g_assert_true (!state->applies || state->configured == edit.to);
      g_assert_true (edit.site == VH_SITE_NONE || edit.to == VH_SWITCH_ABSENT ||
                     state->site == edit.site);
    }
  return after;
}

/* The state that `wanted` shows, from the base in one go, knobs in any order. */
static VhReading *
reapply (VhReading *base, const VhReading *wanted, const VhCaps *caps)
{
  g_autoptr (VhEditList) list = vh_edit_list_new ();
  g_autoptr (GArray) knobs = knobs_of (base);
  g_autoptr (VhReading) now = vh_reading_ref (base);
  for (guint i = knobs->len; i-- > 0;)
    {
      Knob knob = g_array_index (knobs, Knob, i);
      g_autoptr (VhKnobState) was = state_of (base, caps, knob);
      g_autoptr (VhKnobState) is = state_of (wanted, caps, knob);
      if (!is->applies || (was->configured == is->configured && was->site == is->site))
        continue;
      VhEdit edit = { .knob = knob.knob, .bus = knob.bus, .to = is->configured };
      edit.site = is->configured == VH_SWITCH_ABSENT ? VH_SITE_NONE : is->site;
      g_assert_true (vh_edit_list_push (list, &edit, now, caps, NULL));
      vh_reading_unref (now);
      now = sample_apply (list, base, caps);
    }
  return g_steal_pointer (&now);
}

static VhReading *
edit_at_random (VhEditList *list, VhReading *base, const VhCaps *caps)
{
  VhReading *now = vh_reading_ref (base);
  for (guint i = 0; i < 12; i++)
    {
      g_autoptr (VhReading) before = now;
      now = random_edit (list, base, before, caps);
    }
  return now;
}

/* Whatever was done in whatever order, its state decides the text, and undone
 * it is gone. (Where a setting stands at several places, the state does not
 * tell whether they were made one.) */
static void
check_random (const char *path, SampleLayout layout, const VhCaps *caps)
{
  g_autofree char *raw = sample_read (path);
  g_autofree char *text = sample_lay_out (raw, layout);
  g_autoptr (VhDocument) document = sample_parse (text);
  g_autoptr (VhReading) base = sample_reading (document, caps);
  g_autoptr (VhEditList) list = vh_edit_list_new ();
  g_autoptr (VhReading) now = edit_at_random (list, base, caps);
  g_autoptr (VhReading) again = reapply (base, now, caps);
  if (!g_str_has_suffix (path, "/contradicting.xml"))
    sample_assert_same_text (again, now);
  while (vh_edit_list_undo (list))
    continue;
  g_autoptr (VhReading) back = sample_apply (list, base, caps);
  g_autofree char *bytes = sample_text (back->document);
  g_assert_cmpstr (bytes, ==, text);
}

static void
test_random (void)
{
  g_autoptr (GPtrArray) paths = sample_list ("../data/demo");
  g_autoptr (VhCaps) with = sample_caps (TRUE);
  g_autoptr (VhCaps) without = sample_caps (FALSE);
  for (guint round = 0; round < 60; round++)
    check_random (g_ptr_array_index (paths, round % paths->len), round % SAMPLE_N_LAYOUTS,
                  round % 3 == 0 ? with : without);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_strdup_printf ("/edit-laws/%s", folders[i].name);
      g_test_add_data_func (path, &folders[i], test_laws);
    }
  g_test_add_func ("/edit-laws/random", test_random);
  return g_test_run ();
}
