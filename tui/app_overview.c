/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/app_overview.h"

#include "model/i18n.h"
#include "tui/app_move.h"

static const VhSummary *
get_row (const VhApp *app, guint row)
{
  return app->summaries->pdata[g_array_index (app->list->rows, guint, row)];
}

const VhSummary *
vh_app_get_domain (const VhApp *app)
{
  const guint total = app->list ? app->list->rows->len : 0;
  return app->view->domain < total ? get_row (app, app->view->domain) : NULL;
}

/* Its row; where it was is looked at first. */
static gint
find_key (const VhApp *app, const char *key)
{
  const VhSummary *here = vh_app_get_domain (app);
  if (here && g_strcmp0 (vh_summary_get_key (here), key) == 0)
    return (gint) app->view->domain;
  for (guint i = 0; key && i < app->list->rows->len; i++)
    if (g_str_equal (vh_summary_get_key (get_row (app, i)), key))
      return (gint) i;
  return -1;
}

void
vh_app_set_domain (VhApp *app, const char *key)
{
  char *copy = g_strdup (key);
  g_free (app->view->domain_key);
  app->view->domain_key = copy;
}

void
vh_app_move_domains (VhApp *app, gint lines)
{
  VhView *view = app->view;
  const guint total = app->list ? app->list->rows->len : 0;
  const gint64 to = CLAMP ((gint64) view->domain + lines, 0, MAX ((gint64) total - 1, 0));
  view->domain = (guint) to;
  view->domain_top =
      vh_frame_get_top (view->domain_top, view->domain, vh_app_get_page (app), total);
  const VhSummary *domain = vh_app_get_domain (app);
  if (domain)
    vh_app_set_domain (app, vh_summary_get_key (domain));
}

void
vh_app_refresh_overview (VhApp *app)
{
  VhView *view = app->view;
  const guint line = view->domain - MIN (view->domain_top, view->domain);
  g_clear_pointer (&app->list, vh_list_free);
  if (!app->summaries)
    return;
  app->list = vh_list_new (app->summaries, view);
  const gint at = find_key (app, view->domain_key);
  if (at >= 0)
    {
      view->domain = (guint) at;
      view->domain_top = view->domain - MIN (line, view->domain);
    }
  vh_app_move_domains (app, 0);
}

void
vh_app_show_overview (VhApp *app, GPtrArray *summaries)
{
  if (summaries)
    g_ptr_array_ref (summaries);
  g_clear_pointer (&app->list, vh_list_free);
  g_clear_pointer (&app->summaries, g_ptr_array_unref);
  app->summaries = summaries;
  app->view->screen = VH_SCREEN_DOMAINS;
  vh_app_refresh_overview (app);
}

GArray *
vh_app_new_domains_in_sight (const VhApp *app)
{
  if (app->view->screen != VH_SCREEN_DOMAINS || !app->list)
    return NULL;
  const GArray *rows = app->list->rows;
  const guint top = MIN (app->view->domain_top, rows->len);
  const guint page = MIN (vh_app_get_page (app), rows->len - top);
  GArray *positions = g_array_new (FALSE, FALSE, sizeof (guint));
  if (page)
    g_array_append_vals (positions, &g_array_index (rows, guint, top), page);
  return positions;
}

/* The rows that have the text; of guint. Caller unrefs. */
static GArray *
new_matches (const VhApp *app, const char *text)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; app->list && i < app->list->rows->len; i++)
    if (vh_list_matches (get_row (app, i), text))
      g_array_append_val (rows, i);
  return rows;
}

void
vh_app_search_domains (VhApp *app, gint direction)
{
  const char *text = app->view->domain_search->str;
  if (!*text)
    return;
  g_autoptr (GArray) matches = new_matches (app, text);
  const guint n = matches->len;
  const guint from = app->view->domain + (direction > 0 ? 1 : 0);
  guint at = 0;
  while (at < n && g_array_index (matches, guint, at) < from)
    at++;
  const guint to = n ? (direction < 0 ? at + n - 1 : at) % n : 0;
  if (n)
    vh_app_move_domains (app, (gint) g_array_index (matches, guint, to) - (gint) app->view->domain);
  g_autofree char *message = n ? g_strdup_printf (_ ("“%1$s”: %2$u of %3$u."), text, to + 1, n)
                               : g_strdup_printf (_ ("Nothing here matches “%s”."), text);
  vh_view_set_message (app->view, VH_SEVERITY_NOTE, message);
}

void
vh_app_sort_domains (VhApp *app, gint direction)
{
  guint widths[VH_N_COLUMNS];
  if (!app->list)
    return;
  vh_list_lay_out (app->list, app->width, widths);
  /* A terminal of one column shows none: it stays as it is then. */
  gint to = (gint) app->view->sort;
  for (guint i = 0; i < VH_N_COLUMNS; i++)
    {
      to = (to + direction + VH_N_COLUMNS) % VH_N_COLUMNS;
      if (widths[to])
        break;
    }
  app->view->sort = (VhColumnId) to;
  vh_app_refresh_overview (app);
}
