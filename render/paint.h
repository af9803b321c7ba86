/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The panes that a frame is put together from. */
#pragma once

#include "render/frame.h"
#include "render/styled.h"

/* A wider tree shows no more. */
#define VH_TREE_WIDEST 110u

/* Where the panes of a screen are; a height of 0: not there. */
typedef struct {
  VhBox title;
  VhBox heading; /* of the columns */
  VhBox list;    /* tree, overview or running text */
  VhBox rule;    /* above or beside the pane */
  VhBox pane;    /* reasons */
  VhBox status;
  VhBox bar;
  guint n_pinned; /* rows of the tree that never scroll away: the knobs */
} VhLayout;

void vh_paint_title (const VhScene *scene, VhCanvas *canvas, const VhBox *box);
/* Has the title room to say what is free? Else the status does. */
gboolean vh_paint_title_has_free (const VhScene *scene, guint width);
void vh_paint_bar (const GArray *hints, VhCanvas *canvas, const VhBox *box);

/* Message, prompt or question: the lines of it at this width, and painting
 * them. An open prompt gets the cursor. Caller unrefs. */
/* What an open prompt asks for, and what was typed; NULL: none that takes text is open. */
char *vh_paint_new_typed (const VhScene *scene);
GPtrArray *vh_paint_new_status (const VhScene *scene, guint width);
void vh_paint_status (const VhScene *scene, VhCanvas *canvas, const VhBox *box);

/* Tree and reasons; places the cursor on the focused row. */
void vh_paint_tree (const VhScene *scene, VhCanvas *canvas, const VhLayout *layout);
void vh_paint_reasons (const VhScene *scene, VhCanvas *canvas, const VhLayout *layout);
/* Which row of the tree stands on that line of the list; may lie past the last. */
guint vh_paint_find_tree_row (const VhScene *scene, const VhLayout *layout, guint line);
/* Is that column before the name of the row, which can be folded? */
gboolean vh_paint_is_fold (const VhScene *scene, const VhLayout *layout, guint row, guint x);
/* Has the tree no room for all of its name? */
gboolean vh_paint_is_name_cut (const VhScene *scene, const VhLayout *layout, const VhRow *row);
VhExtent vh_paint_get_reasons_extent (const VhScene *scene, const VhLayout *layout);
/* The heading and rows of a tree, at any height, without a cursor. */
void vh_paint_whole_tree (const VhSession *session, const GArray *rows, VhCanvas *canvas,
                          const VhBox *box);

void vh_paint_domains (const VhScene *scene, VhCanvas *canvas, const VhLayout *layout);
/* What would fit, and the pane of the device under the cursor; there must be some. */
void vh_paint_fits (const VhScene *scene, VhCanvas *canvas, const VhLayout *layout);
VhExtent vh_paint_get_fit_extent (const VhScene *scene, const VhLayout *layout);
/* The backups; `entries` NULL: none. */
void vh_paint_history (const VhScene *scene, VhCanvas *canvas, const VhLayout *layout);

/* The edits of the session, and how many states they lead through. */
void vh_paint_edits (const VhScene *scene, VhCanvas *canvas, const VhLayout *layout);
guint vh_paint_count_edits (const VhSession *session);

/* "1-20 of 45, more below", right-aligned in a line; nothing when all are
 * shown. Returns the cells that are left of it. */
guint vh_paint_position (VhCanvas *canvas, const VhBox *line, VhExtent extent, guint top);
