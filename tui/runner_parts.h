/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of the runner share. Nobody else includes it. */
#pragma once

#include "tui/runner.h"

void vh_runner_show_error (VhRunner *runner, const GError *error);
/* The app's title and URI are those of what was opened last. */
void vh_runner_set_places (VhRunner *runner);

/* Opens what the cursor of the overview stands on. */
void vh_runner_open_chosen (VhRunner *runner);
/* The session has capabilities again that were waited for. */
void vh_runner_end_asking (VhRunner *runner);
/* Takes those that came by themselves, or what runs. FALSE: the result is about something else. */
gboolean vh_runner_take_opened (VhRunner *runner, VhResult *result, VhNews *news);
/* The connection was lost: it is made again, behind whatever is shown. */
void vh_runner_lose (VhRunner *runner);
/* It was found to be there again, and the list of domains is being read. */
void vh_runner_find_again (VhRunner *runner);
/* It may be there again: what was asked of it was answered. */
void vh_runner_try_now (VhRunner *runner);
/* Takes the result of a try. FALSE: the result is about something else. */
gboolean vh_runner_take_connection (VhRunner *runner, VhResult *result, VhNews *news);
/* Tries once more when it is time for it. */
void vh_runner_go_on_connecting (VhRunner *runner);
/* Reads the domain that is open behind the screen. */
void vh_runner_look_again (VhRunner *runner);

/* Goes on with an opening, as far as the screen is free for it. */
VhNews vh_runner_go_on_opening (VhRunner *runner);

/* Shows the overview with the cursor on the domain that was open, which is read again: what was
 * done to it is not known there. */
gboolean vh_runner_show_overview (VhRunner *runner, GError **error);
/* Reads the list, and then all domains of it. */
gboolean vh_runner_start_list (VhRunner *runner, GError **error);
