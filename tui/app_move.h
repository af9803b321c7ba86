/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Cursors, paging and scrolling, by key or by mouse. */
#pragma once

#include "tui/app.h"

/* Moves a cursor or scrolls, whichever the screen has. G_MININT and G_MAXINT
 * go to the ends. */
void vh_app_move (VhApp *app, gint lines);
/* The cursor of the tree, whichever screen shows. */
void vh_app_move_tree (VhApp *app, gint lines);
/* Scrolls the reasons, as far as there are any. */
void vh_app_scroll_reasons (VhApp *app, gint lines);
/* Goes to the row that stands there, if any does; before its name it folds or unfolds it. */
void vh_app_click (VhApp *app, guint x, guint y);
/* Scrolls the pane, if it is there, else moves; downwards when `notches` is positive. */
void vh_app_turn_wheel (VhApp *app, guint x, guint y, gint notches);
/* Lines of a page of what moves. */
guint vh_app_get_page (const VhApp *app);
/* Lines of the pane of reasons. */
guint vh_app_get_pane_page (const VhApp *app);
