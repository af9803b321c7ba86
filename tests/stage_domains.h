/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Overviews of domains, for the pictures of the frame. */
#pragma once

#include "tests/stage.h"

/* Five: one is broken, one would take the screen over. */
void stage_pick (Stage *stage);
/* Forty that are half read, by free slots, from the most on. */
void stage_pick_many (Stage *stage);
/* Those of them that are shut off, while the filter is typed. */
void stage_pick_filtered (Stage *stage);
/* All of the five but one may be old. */
void stage_pick_lost (Stage *stage);
void stage_pick_nothing (Stage *stage);
