/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Variants of a domain as columns. */
#pragma once

#include "model/compare.h"
#include "render/canvas.h"

/* The rows to show, borrowed from the comparison; with `only` those that differ. Caller unrefs. */
GPtrArray *vh_paint_new_compared (const VhComparison *comparison, gboolean only);
/* Names of rows of the machine; static. Of others the row has it. */
const char *vh_paint_get_compared_name (const VhCompareRow *row);

/* As many variants as there is room for; the first ones are shown. */
void vh_paint_compared_heading (const VhComparison *comparison, VhCanvas *canvas,
                                const VhBox *line);
void vh_paint_compared_row (const VhComparison *comparison, const VhCompareRow *row,
                            VhCanvas *canvas, const VhBox *line);
