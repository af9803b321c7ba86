/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The screen that compares variants: a list of rows, and the reasons of one. */
#pragma once

#include "render/paint.h"

/* How many rows are shown. */
guint vh_paint_count_compared (const VhScene *scene);
/* The list; places the cursor on the focused row. */
void vh_paint_compared (const VhScene *scene, VhCanvas *canvas, const VhLayout *layout);
/* The pane; its scroll is that of the reasons. */
void vh_paint_compared_reasons (const VhScene *scene, VhCanvas *canvas, const VhLayout *layout);
VhExtent vh_paint_get_compared_extent (const VhScene *scene, const VhLayout *layout);
