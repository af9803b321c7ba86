/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A canvas in the cells of curses, in one of the looks. */
#pragma once

#include "render/canvas.h"

/* Of the screen that curses has started. The look that it can have: MONO
 * where the terminal has no colours. */
VhLook vh_term_output_init (VhLook wanted);
void vh_term_output_show (VhLook look, const VhCanvas *canvas);
