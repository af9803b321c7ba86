/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows of the action table that change many ports. */
#pragma once

#include "tui/action.h"

char *vh_action_may_add_ports (const VhApp *app);
char *vh_action_may_remove_port (const VhApp *app);

/* Asks how many; the answer is typed. */
VhEffect vh_action_run_add_ports (VhApp *app);
VhEffect vh_action_run_remove_port (VhApp *app);
/* Asks which; the answer is one key. */
VhEffect vh_action_run_policy (VhApp *app);

/* view->answer was typed and confirmed. */
void vh_action_answer_ports (VhApp *app);
/* Any key that is no answer does nothing. */
void vh_action_answer_policy (VhApp *app, VhKey key);
