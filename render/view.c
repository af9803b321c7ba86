/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/view.h"

VhView *
vh_view_new (void)
{
  VhView *view = g_new0 (VhView, 1);
  view->folded = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  view->search = g_string_new (NULL);
  view->filter = g_string_new (NULL);
  view->what_if = g_string_new (NULL);
  view->answer = g_string_new (NULL);
  view->message_severity = VH_SEVERITY_NOTE;
  return view;
}

void
vh_view_free (VhView *view)
{
  if (view == NULL)
    return;
  g_hash_table_unref (view->folded);
  g_string_free (view->search, TRUE);
  g_string_free (view->filter, TRUE);
  g_string_free (view->what_if, TRUE);
  g_string_free (view->answer, TRUE);
  g_free (view->message);
  g_free (view);
}

void
vh_view_set_message (VhView *view, VhSeverity severity, const char *message)
{
  g_free (view->message);
  view->message = g_strdup (message);
  view->message_severity = severity;
}
