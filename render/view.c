/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/view.h"

VhView *
vh_view_new (void)
{
  VhView *view = g_new0 (VhView, 1);
  view->folded = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  view->slots = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  view->search = g_string_new (NULL);
  view->filter = g_string_new (NULL);
  view->domain_search = g_string_new (NULL);
  view->domain_filter = g_string_new (NULL);
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
  g_hash_table_unref (view->slots);
  g_string_free (view->search, TRUE);
  g_string_free (view->filter, TRUE);
  g_free (view->domain_key);
  g_string_free (view->domain_search, TRUE);
  g_string_free (view->domain_filter, TRUE);
  g_string_free (view->what_if, TRUE);
  g_string_free (view->answer, TRUE);
  g_free (view->message);
  g_free (view);
}

GString *
vh_view_get_search (const VhView *view)
{
  return view->screen == VH_SCREEN_DOMAINS ? view->domain_search : view->search;
}

GString *
vh_view_get_filter (const VhView *view)
{
  return view->screen == VH_SCREEN_DOMAINS ? view->domain_filter : view->filter;
}

void
vh_view_set_message (VhView *view, VhSeverity severity, const char *message)
{
  g_free (view->message);
  view->message = g_strdup (message);
  view->message_severity = severity;
}

gboolean
vh_view_is_selective (const VhView *view)
{
  return view->filter->len > 0 || view->only_empty || view->only_changed || view->only_findings;
}

void
vh_view_show_all (VhView *view)
{
  g_string_truncate (vh_view_get_filter (view), 0);
  g_string_truncate (vh_view_get_search (view), 0);
  if (view->screen == VH_SCREEN_DOMAINS)
    return;
  view->only_empty = view->only_changed = view->only_findings = FALSE;
}
