/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the boxes of a picture stand on a page. */
#pragma once

#include "render/picture.h"
#include "render/styled.h"

/* Of a character, a line of text, and what is left free around text and
 * between boxes; in the units of the page. */
#define VH_PICTURE_CELL 8u
#define VH_PICTURE_LINE 17u
#define VH_PICTURE_PAD 8u
#define VH_PICTURE_GAP 10u

typedef struct {
  guint width, height;
  GArray *places;  /* of VhBox, by position of the boxes */
  GPtrArray *head; /* of VhStyledLine: wrapped to the page, from `head_y` down */
  GPtrArray *foot; /* of VhStyledLine */
  guint head_y, foot_y;
} VhPictureLayout;

/* Boxes stand in columns, in the order of the picture, row by row; a bus is as
 * many columns wide as what is in it. Caller frees. */
VhPictureLayout *vh_picture_layout_new (const VhPicture *picture);
void vh_picture_layout_free (VhPictureLayout *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhPictureLayout, vh_picture_layout_free)

/* The columns of the page. */
guint vh_picture_layout_count_columns (const VhPicture *picture);
