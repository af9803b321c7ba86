/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What document.c and document_parse.c share. */
#pragma once

#include "model/document.h"

struct VhDocument {
  gatomicrefcount references;
  GBytes *original;
  GBytes *text;     /* `original` itself when that is UTF-8 */
  char *encoding;   /* NULL for UTF-8 */
  char *read_only;  /* NULL when it can be edited */
  GArray *elements; /* of VhElement */
  GPtrArray *names; /* of char *, by VhElement.name */
};

/* Fills `elements` and `names` from `text`. */
gboolean vh_document_parse (VhDocument *document, GError **error);
