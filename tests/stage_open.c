/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A screen of the tests, from its row in the table to the end. */
#include "tests/scene.h"
#include "tests/stage.h"

void
stage_open (Stage *stage, const StageCase *c)
{
  *stage = (Stage){ .view = vh_view_new () };
  stage->view->screen = c->screen;
  if (c->demo != NULL)
    stage->session = scene_session (c->demo);
  if (c->prepare != NULL)
    c->prepare (stage);
  if (c->screen == VH_SCREEN_WRITE && stage->plan == NULL)
    stage->plan = vh_session_new_plan (stage->session);
}

GArray *
stage_set (Stage *stage, const StageCase *c)
{
  VhScene *scene = &stage->scene;
  GArray *rows = NULL;
  scene->session = stage->session;
  scene->view = stage->view;
  scene->plan = stage->plan;
  if (stage->summaries != NULL)
    stage->list = vh_list_new (stage->summaries, stage->view);
  scene->summaries = stage->summaries;
  scene->list = stage->list;
  scene->entries = stage->entries;
  scene->fits = stage->fits;
  scene->live = stage->live;
  scene->comparison = stage->comparison;
  if (stage->session != NULL)
    {
      rows = vh_rows_new (stage->session, stage->view);
      const VhRow *row = c->cursor != NULL ? scene_find (rows, stage->session, c->cursor)
                                           : &g_array_index (rows, VhRow, 0);
      stage->view->cursor = row->key;
    }
  scene->rows = rows;
  return rows;
}

void
stage_close (Stage *stage)
{
  g_clear_pointer (&stage->plan, vh_plan_free);
  g_clear_pointer (&stage->comparison, vh_compare_free);
  g_clear_pointer (&stage->live, vh_live_free);
  g_clear_pointer (&stage->session, vh_session_free);
  g_clear_pointer (&stage->list, vh_list_free);
  g_clear_pointer (&stage->summaries, g_ptr_array_unref);
  g_clear_pointer (&stage->entries, g_ptr_array_unref);
  g_clear_pointer (&stage->fits, g_ptr_array_unref);
  vh_view_free (stage->view);
}
