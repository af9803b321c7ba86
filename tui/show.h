/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How "show" prints a domain: as text, JSON or a picture. */
#pragma once

#include <stdio.h>

#include "tui/load.h"

typedef enum { VH_SHOW_TEXT, VH_SHOW_TREE, VH_SHOW_JSON, VH_SHOW_SVG, VH_SHOW_DOT } VhShowFormat;

typedef struct {
  const VhOptions *options;
  VhLoader *loader;
  FILE *file;
  VhShowFormat format;
  guint width; /* of text, in columns */
} VhShow;

/* From --format, else from what the name of --output ends with. FALSE when there is no such. */
gboolean vh_show_find_format (const VhOptions *options, VhShowFormat *format);
/* Format and width from the options: --format, else what the name of --output
 * ends with; --width, else the terminal's. FALSE with the error printed. */
gboolean vh_show_init (VhShow *show);
gboolean vh_show_is_picture (const VhShow *show);
/* FALSE with the error printed. */
gboolean vh_show_write (const VhShow *show, const char *target);
