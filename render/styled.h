/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Running text as lines with a role each, wrapped. */
#pragma once

#include "render/canvas.h"

typedef struct {
  guint8 role;   /* VhRole */
  guint8 indent; /* cells */
  char *text;    /* visible, without the indent */
} VhStyledLine;

typedef struct {
  GPtrArray *lines; /* of VhStyledLine, freed with the array */
  guint width;
} VhStyled;

/* Lines of at most `width` cells. Caller unrefs `lines`. */
VhStyled vh_styled_new (guint width);

/* Appends text; what does not fit goes on below, `hang` cells further in. */
void vh_styled_push (VhStyled *styled, VhRole role, guint hang, const char *text);
/* The same with a hang that suits a sentence. */
void vh_styled_push_format (VhStyled *styled, VhRole role, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
/* A name and, from the cell `column` on, what belongs to it. */
void vh_styled_push_field (VhStyled *styled, guint column, const char *name, const char *text);
/* One line, cut where it does not fit. */
void vh_styled_push_cut (VhStyled *styled, VhRole role, const char *text);
/* An empty line and a heading; the empty line only between others. */
void vh_styled_push_heading (VhStyled *styled, const char *text);

/* Paints the lines from `top` on into the box. */
void vh_styled_paint (const GPtrArray *lines, guint top, VhCanvas *canvas, const VhBox *box);
