/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From the bytes of a document to UTF-8 and back. */
#pragma once

#include <glib.h>

/* The UTF-8 text of `bytes`, which are NUL-terminated: a reference to `bytes`
 * itself when they are UTF-8. A byte order mark stays the first character.
 * *encoding is what g_convert() knows the encoding as, NULL for UTF-8.
 * *read_only is a sentence when the text does not convert back to the same
 * bytes, else NULL. NULL and VH_DOCUMENT_ERROR when there is no such text. */
GBytes *vh_document_encoding_decode (GBytes *bytes, char **encoding, char **read_only,
                                     GError **error);

/* The bytes of a UTF-8 text; a character that `encoding` lacks becomes a
 * character reference. */
GBytes *vh_document_encoding_encode (const char *text, gsize length, const char *encoding,
                                     GError **error);
