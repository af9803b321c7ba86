/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the rows of the action table do, and when they may. */
#pragma once

#include "tui/action.h"

/* NULL once the capabilities are known, on which what is shown there depends. */
char *vh_action_may_look (const VhApp *app);
/* What forbids every change of this domain; NULL when nothing does. */
char *vh_action_may_edit (const VhApp *app);
char *vh_action_may_write (const VhApp *app);
char *vh_action_may_open (const VhApp *app);
char *vh_action_may_set (const VhApp *app);
char *vh_action_may_review (const VhApp *app);
char *vh_action_may_undo (const VhApp *app);
char *vh_action_may_redo (const VhApp *app);
char *vh_action_may_root (const VhApp *app);
char *vh_action_may_bridge (const VhApp *app);
char *vh_action_may_next (const VhApp *app);
char *vh_action_may_slots (const VhApp *app);
char *vh_action_may_go_to_fit (const VhApp *app);
char *vh_action_may_list (const VhApp *app);
char *vh_action_may_live (const VhApp *app);
char *vh_action_may_history (const VhApp *app);
char *vh_action_may_ask (const VhApp *app);
char *vh_action_may_edits (const VhApp *app);

VhEffect vh_action_run_confirm (VhApp *app);
VhEffect vh_action_run_back (VhApp *app);
VhEffect vh_action_run_open (VhApp *app);
VhEffect vh_action_run_toggle (VhApp *app);
VhEffect vh_action_run_on (VhApp *app);
VhEffect vh_action_run_off (VhApp *app);
VhEffect vh_action_run_default (VhApp *app);
VhEffect vh_action_run_review (VhApp *app);
VhEffect vh_action_run_undo (VhApp *app);
VhEffect vh_action_run_redo (VhApp *app);
VhEffect vh_action_run_root (VhApp *app);
VhEffect vh_action_run_bridge (VhApp *app);
VhEffect vh_action_run_help (VhApp *app);
VhEffect vh_action_run_findings (VhApp *app);
VhEffect vh_action_run_fit (VhApp *app);
VhEffect vh_action_run_go_to_fit (VhApp *app);
VhEffect vh_action_run_search (VhApp *app);
VhEffect vh_action_run_live (VhApp *app);
VhEffect vh_action_run_what_if (VhApp *app);
VhEffect vh_action_run_ask (VhApp *app);
VhEffect vh_action_run_only_different (VhApp *app);
VhEffect vh_action_run_next (VhApp *app);
VhEffect vh_action_run_previous (VhApp *app);
VhEffect vh_action_run_filter (VhApp *app);
VhEffect vh_action_run_only_empty (VhApp *app);
VhEffect vh_action_run_only_changed (VhApp *app);
VhEffect vh_action_run_only_findings (VhApp *app);
VhEffect vh_action_run_show_all (VhApp *app);
VhEffect vh_action_run_fold (VhApp *app);
VhEffect vh_action_run_unfold (VhApp *app);
VhEffect vh_action_run_fold_toggle (VhApp *app);
VhEffect vh_action_run_unfold_all (VhApp *app);
VhEffect vh_action_run_fold_all (VhApp *app);
VhEffect vh_action_run_slots (VhApp *app);
VhEffect vh_action_run_reasons_down (VhApp *app);
VhEffect vh_action_run_reasons_up (VhApp *app);
VhEffect vh_action_run_pane (VhApp *app);
VhEffect vh_action_run_pane_down (VhApp *app);
VhEffect vh_action_run_pane_up (VhApp *app);
VhEffect vh_action_run_history (VhApp *app);
VhEffect vh_action_run_revert (VhApp *app);
VhEffect vh_action_run_revert_whole (VhApp *app);
VhEffect vh_action_run_edits (VhApp *app);
VhEffect vh_action_run_go_to (VhApp *app);
VhEffect vh_action_run_up (VhApp *app);
VhEffect vh_action_run_down (VhApp *app);
VhEffect vh_action_run_page_up (VhApp *app);
VhEffect vh_action_run_page_down (VhApp *app);
VhEffect vh_action_run_first (VhApp *app);
VhEffect vh_action_run_last (VhApp *app);
VhEffect vh_action_run_reload (VhApp *app);
VhEffect vh_action_run_list (VhApp *app);
VhEffect vh_action_run_sort (VhApp *app);
VhEffect vh_action_run_sort_back (VhApp *app);
VhEffect vh_action_run_reverse (VhApp *app);
VhEffect vh_action_run_redraw (VhApp *app);
VhEffect vh_action_run_suspend (VhApp *app);
VhEffect vh_action_run_quit (VhApp *app);
