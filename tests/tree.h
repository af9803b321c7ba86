/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A document compared with the tree that libxml2 makes of the same bytes. */
#pragma once

#include "model/document.h"

/* As vh_document_new(), of bytes that may be freed afterwards. */
VhDocument *tree_load (const char *bytes, gsize length, GError **error);
/* Of a text that has to be a document. Caller unrefs. */
VhDocument *tree_load_good (const char *text);

/* NULL when both agree on every element, attribute, and content, and when
 * every extent holds what it should; else what differs. Caller frees. */
char *tree_find_difference (const VhDocument *document);
