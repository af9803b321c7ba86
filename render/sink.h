/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where a painted canvas goes, besides the terminal. Nothing here reads a
 * clock, a host name or a locale: the same canvas gives the same bytes. */
#pragma once

#include "render/canvas.h"

/* Lines without trailing spaces, each ended by \n. Caller frees. */
char *vh_sink_text (const VhCanvas *canvas);
/* The tag letters of the roles, to test how it looks. Caller frees. */
char *vh_sink_roles (const VhCanvas *canvas);
/* Text with SGR sequences, of attributes alone in mono. Caller frees. */
char *vh_sink_ansi (const VhCanvas *canvas, VhLook look);
/* A stand-alone SVG picture, text escaped, no script and no font embedded.
 * `title` is its accessible name. Caller frees. */
char *vh_sink_svg (const VhCanvas *canvas, const char *title);
