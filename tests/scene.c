/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/scene.h"

#include "model/policy.h"

#include <string.h>

#include "tests/sample.h"

static VhSession *
new_session (const char *xml, const char *source)
{
  g_autoptr (VhDocument) document = sample_parse (xml);
  VhDomainInfo *info = vh_domain_info_new ();
  info->name = g_strdup (source);
  info->source = g_strdup (source);
  info->is_file = TRUE;
  g_autoptr (GError) error = NULL;
  VhSession *session = vh_session_new (document, info, sample_caps (FALSE), &error);
  g_assert_no_error (error);
  return session;
}

static VhSession *
load (const char *path)
{
  g_autofree char *xml = sample_read (path);
  g_autofree char *source = g_path_get_basename (path);
  return new_session (xml, source);
}

VhSession *
scene_session (const char *demo)
{
  g_autofree char *file = g_strconcat (demo, ".xml", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "demo", file, NULL);
  return load (path);
}

VhSession *
scene_session_of (const char *path)
{
  g_autofree char *full = g_test_build_filename (G_TEST_DIST, path, NULL);
  return load (full);
}

VhSession *
scene_session_of_text (const char *xml)
{
  return new_session (xml, "text.xml");
}

void
scene_set (VhSession *session, VhKnob knob, gint32 bus, VhSwitch to)
{
  g_autoptr (GError) error = NULL;
  vh_session_set_knob (session, knob, bus, to, &error);
  g_assert_no_error (error);
}

const VhRow *
scene_find (const GArray *rows, const VhSession *session, const char *name)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const VhRow *row = &g_array_index (rows, VhRow, i);
      VhRowText text;
      vh_row_text_init (&text, session, row, FALSE);
      gboolean found = strstr (text.name, name) != NULL;
      vh_row_text_clear (&text);
      if (found)
        return row;
    }
  g_error ("no row with %s", name);
}

void
scene_edit_and_undo (VhSession *session)
{
  g_autofree char *reason = NULL;
  scene_set (session, VH_KNOB_BRIDGE, -1, VH_SWITCH_OFF);
  g_autoptr (GArray) edits =
      vh_policy_new_edits (VH_POLICY_LOCK_OCCUPIED, session->after, session->caps, &reason);
  g_assert_true (vh_session_push_knobs (session, edits, NULL));
  g_assert_true (vh_session_add_ports (session, 2, NULL));
  const VhEdit added = { .knob = VH_KNOB_PORT,
                         .bus = vh_edit_list_find_first_added (session->edits) + 1,
                         .to = VH_SWITCH_OFF };
  g_assert_true (vh_session_push (session, &added, TRUE, NULL));
  scene_set (session, VH_KNOB_PORT, 3, VH_SWITCH_OFF);
  g_assert_true (vh_session_undo (session) && vh_session_undo (session));
}
