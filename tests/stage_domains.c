/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/stage_domains.h"

#include "tests/scene.h"

static VhSummary *
new_summary (const char *demo, const char *name, const char *state)
{
  g_autoptr (VhSession) session = scene_session (demo);
  g_free (session->info->name);
  session->info->name = g_strdup (name);
  session->info->state = state;
  return vh_summary_new (session->info, session->base, session->caps, NULL);
}

static VhSummary *
new_failure (const char *name, const char *error)
{
  VhDomainInfo *info = vh_domain_info_new ();
  info->name = g_strdup (name);
  info->state = "shutoff";
  VhSummary *summary = vh_summary_new (info, NULL, NULL, error);
  vh_domain_info_free (info);
  return summary;
}

static void
free_summary (gpointer summary)
{
  vh_summary_free (summary);
}

void
stage_pick (Stage *stage)
{
  stage->summaries = g_ptr_array_new_with_free_func (free_summary);
  g_ptr_array_add (stage->summaries, new_summary ("i440fx-nested", "archive", "shutoff"));
  g_ptr_array_add (stage->summaries, new_summary ("q35-numa", "warehouse-database", "running"));
  g_ptr_array_add (stage->summaries,
                   new_failure ("broken", "The PCI address of a controller is malformed."));
  g_ptr_array_add (stage->summaries,
                   new_summary ("contradicting", "\xe6\x97\xa5\xe6\x9c\xac", "paused"));
  g_ptr_array_add (stage->summaries,
                   new_summary ("pc-q35-6.0", "evil\x1b[2J\xe2\x80\xaename", "crashed"));
  stage->view->domain = 1;
  stage->scene.uri = "qemu:///system";
}

/* Forty that are half read, by free slots, from the most on. */
void
stage_pick_many (Stage *stage)
{
  static const char *const demos[] = { "i440fx-nested", "q35-numa", "contradicting", "pc-q35-6.0" };
  static const char *const states[] = { "running", "shutoff", "paused" };
  stage->summaries = g_ptr_array_new_with_free_func (free_summary);
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *name = g_strdup_printf ("web-server-%u", i + 1);
      g_ptr_array_add (stage->summaries, i % 2
                                             ? new_failure (name, NULL)
                                             : new_summary (demos[i / 2 % 4], name, states[i % 3]));
    }
  stage->view->sort = VH_COLUMN_PCI;
  stage->view->sort_reversed = TRUE;
  stage->view->n_unread = 20;
  stage->view->domain = 24;
  stage->view->domain_top = 12;
  stage->scene.uri = "qemu+ssh://root@far.example/system";
}

void
stage_pick_filtered (Stage *stage)
{
  stage_pick_many (stage);
  stage->view->domain = stage->view->domain_top = 0;
  stage->view->prompt = VH_PROMPT_FILTER;
  g_string_assign (stage->view->domain_filter, "shutoff");
  g_string_assign (stage->view->domain_search, "r-3");
}

/* One was read again since. */
void
stage_pick_lost (Stage *stage)
{
  stage_pick (stage);
  for (guint i = 1; i < stage->summaries->len; i++)
    ((VhSummary *) g_ptr_array_index (stage->summaries, i))->is_old = TRUE;
  stage->view->is_stale = TRUE;
}

void
stage_pick_nothing (Stage *stage)
{
  stage->summaries = g_ptr_array_new_with_free_func (free_summary);
  stage->scene.uri = "qemu:///session";
  stage->scene.title = "demo";
}
