/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A picture as text that other programs draw. Nothing here decides what is in
 * it or where; the same picture gives the same bytes. */
#pragma once

#include "render/picture.h"

/* A stand-alone SVG: text as text and escaped, a <title> and an id for each
 * box, no script, font or reference to anything outside; on a white page, or on
 * a dark one where the reader prefers that. Caller frees. */
char *vh_export_svg (const VhPicture *picture);

/* A graph for Graphviz's `dot`, buses as clusters. Caller frees. */
char *vh_export_dot (const VhPicture *picture);
