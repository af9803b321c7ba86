/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/app_compare.h"

#include "model/i18n.h"
#include "model/whatif.h"
#include "tui/app_move.h"

void
vh_app_clear_compared (VhApp *app)
{
  g_clear_pointer (&app->comparison, vh_compare_free);
  g_clear_pointer (&app->live, vh_live_free);
}

/* The cursor stays on its line where it was on this screen before. */
static void
show (VhApp *app, VhComparison *comparison)
{
  VhView *view = app->view;
  g_clear_pointer (&app->comparison, vh_compare_free);
  app->comparison = comparison;
  if (view->screen != VH_SCREEN_COMPARE)
    {
      view->compared = 0;
      view->only_different = FALSE;
    }
  view->screen = VH_SCREEN_COMPARE;
  vh_app_move_compared (app, 0);
}

static void
tell_answers (VhApp *app)
{
  const GPtrArray *findings = app->live->findings;
  if (findings->len == 0)
    {
      vh_view_set_message (app->view, VH_SEVERITY_NOTE,
                           _ ("QEMU itself says what was predicted of it."));
      return;
    }
  const VhFinding *first = g_ptr_array_index (findings, 0);
  vh_view_set_message (app->view, first->severity, first->text);
}

void
vh_app_take_live (VhApp *app, VhLive *live)
{
  if (live == app->live)
    app->live = NULL; /* what QEMU said was added to it */
  vh_app_clear_compared (app);
  if (!live)
    {
      vh_view_set_message (app->view, VH_SEVERITY_NOTE,
                           _ ("The domain does not run: there is nothing to compare."));
      app->view->screen = VH_SCREEN_MAIN;
      return;
    }
  app->live = live;
  show (app, vh_live_compare (live, app->session));
  if (live->answers)
    tell_answers (app);
}

static void
show_what_if (VhApp *app, const char *words)
{
  g_autoptr (GError) error = NULL;
  VhComparison *comparison = vh_whatif_compare (app->session, words, &error);
  if (!comparison)
    {
      vh_view_set_message (app->view, VH_SEVERITY_WARNING, error->message);
      return;
    }
  g_clear_pointer (&app->live, vh_live_free);
  show (app, comparison);
}

void
vh_app_finish_what_if (VhApp *app, VhKey key)
{
  app->view->prompt = VH_PROMPT_NONE;
  if (key == VH_KEY_ENTER)
    show_what_if (app, app->view->what_if->str);
}

void
vh_app_move_compared (VhApp *app, gint lines)
{
  VhView *view = app->view;
  if (!app->comparison)
    return;
  const guint total =
      view->only_different ? app->comparison->n_differences : app->comparison->rows->len;
  const gint64 to = (gint64) view->compared + lines;
  view->compared = total == 0 ? 0 : (guint) CLAMP (to, 0, (gint64) total - 1);
  if (lines != 0)
    view->reasons_scroll = 0;
  view->compared_top =
      vh_frame_get_top (view->compared_top, view->compared, vh_app_get_page (app), total);
}
