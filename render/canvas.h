/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A grid of cells with a role each. Painters write it, sinks read it; nobody
 * here knows a terminal. */
#pragma once

#include "render/text.h"

typedef enum {
#define VH_ROLE_ROW(ID, ...) VH_ROLE_##ID,
#include "render/role.def"
  VH_N_ROLES
} VhRole;

typedef enum { VH_MONO_NORMAL, VH_MONO_BOLD, VH_MONO_UNDERLINE, VH_MONO_REVERSE } VhMono;

/* Which columns of the table are shown. */
typedef enum {
  VH_LOOK_DEFAULT,
  VH_LOOK_CONTRAST,
  VH_LOOK_LIGHT, /* for a terminal whose page is white */
  VH_LOOK_MONO,  /* attributes, no colours */
} VhLook;
/* By its name: "default", "high-contrast", "light", "mono". FALSE: there is no such look. */
gboolean vh_look_parse (const char *name, VhLook *look);

/* Numbers of the terminal's colours: from 8 on the bright ones, -1 its own. */
typedef struct {
  gint8 foreground;
  gint8 background;
} VhColors;

typedef struct {
  const char *name; /* "ACPI" */
  char tag;
  VhMono mono;
  VhColors colors[VH_LOOK_MONO];
  const char *svg_foreground;
  const char *svg_background;
  const char *svg_light;
} VhRoleLook;
const VhRoleLook *vh_role_get_look (VhRole role);

/* A role in one look: where it has colours, those stand for the reverse. */
typedef struct {
  VhMono attribute;
  VhColors colors;
} VhStyle;
VhStyle vh_role_get_style (VhRole role, VhLook look);

typedef enum {
#define VH_GLYPH_ROW(ID, utf8, ascii) VH_GLYPH_##ID,
#include "render/glyph.def"
  VH_N_GLYPHS
} VhGlyph;
/* Static text. */
const char *vh_glyph_to_string (VhGlyph glyph, gboolean ascii);

typedef struct {
  gunichar character; /* 0: the right half of a wide character */
  gunichar combining; /* one mark on top; 0 none */
  guint8 role;
  guint8 lines; /* where drawn lines leave the cell; for canvas.c */
} VhCell;

typedef struct {
  guint width, height;
  gboolean ascii;          /* glyphs are ASCII; other text shows non-ASCII as ? */
  gint cursor_x, cursor_y; /* where the real cursor sits; -1 hidden */
  VhCell *cells;           /* row by row */
} VhCanvas;

/* Blank. Any size, 0 included. */
VhCanvas *vh_canvas_new (guint width, guint height, gboolean ascii);
void vh_canvas_free (VhCanvas *canvas);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhCanvas, vh_canvas_free)

/* The position must be on the canvas. */
const VhCell *vh_canvas_get (const VhCanvas *canvas, guint x, guint y);

/* How many cells of `after` look different; all of them without a `before` of that size. A line
 * that stood just above or below moved, and is not counted. */
guint vh_canvas_count_changes (const VhCanvas *before, const VhCanvas *after);

typedef struct {
  guint x, y, width, height;
} VhBox;

/* Writes one line at (x, y), clipped at x + width and at the canvas, with an
 * ellipsis when cut; control characters are made visible. `height` does not
 * count. Returns the cells used. */
guint vh_canvas_put (VhCanvas *canvas, const VhBox *where, VhRole role, const char *text);
guint vh_canvas_put_glyph (VhCanvas *canvas, guint x, guint y, VhRole role, VhGlyph glyph);
/* Gives every cell of the box a role / blanks it. */
void vh_canvas_set_role (VhCanvas *canvas, const VhBox *box, VhRole role);
void vh_canvas_fill (VhCanvas *canvas, const VhBox *box, VhRole role);
/* Gives that role to wherever the line of the box shows `needle`, letters of
 * either case, which is not blank. FALSE: nowhere. */
gboolean vh_canvas_mark (VhCanvas *canvas, const VhBox *box, VhRole role, const char *needle);
/* Straight lines of glyphs; where they meet, corners and tees are drawn. */
void vh_canvas_draw_horizontal (VhCanvas *canvas, guint x, guint y, guint width, VhRole role);
void vh_canvas_draw_vertical (VhCanvas *canvas, guint x, guint y, guint height, VhRole role);
