/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How new markup is laid out so that it looks like the text around it. */
#pragma once

#include "model/document.h"

/* The quote that the element, or else what it stands in, uses. */
char vh_splice_layout_find_quote (const VhDocument *document, guint element);

/* The end of the white space that ends before `offset`, not before `limit`. */
guint32 vh_splice_layout_skip_space_back (const char *text, guint32 limit, guint32 offset);

/* What `markup` (as splice.h wants it) becomes as further children of
 * `parent`: the bytes to put in place of those from *begin to *end. */
char *vh_splice_layout_append (const VhDocument *document, guint parent, const char *markup,
                               guint32 *begin, guint32 *end);

/* The same as a sibling: the bytes to insert at *at. */
char *vh_splice_layout_insert_after (const VhDocument *document, guint sibling, const char *markup,
                                     guint32 *at);
