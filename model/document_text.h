/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads pieces of a text that is known to be well-formed XML without entity
 * declarations: one start tag, one raw value. Offsets are bytes from `text`,
 * which is NUL-terminated. */
#pragma once

#include <glib.h>

/* One attribute of a start tag. Namespace declarations count as attributes
 * here. */
typedef struct {
  guint32 name;
  guint32 name_length; /* with the prefix */
  guint32 value;       /* just after the opening quote */
  guint32 value_length;
} VhTextAttribute;

/* White space of XML. */
gboolean vh_document_text_is_space (char c);

/* The end of the qualified name of the start tag that begins at `tag`. */
guint32 vh_document_text_skip_name (const char *text, guint32 tag);

/* The attribute at or after *position, which then moves behind its closing
 * quote. FALSE at the end of the tag. Begin with vh_document_text_skip_name(). */
gboolean vh_document_text_next_attribute (const char *text, guint32 *position,
                                          VhTextAttribute *attribute);

/* The attribute of the start tag at `tag` whose qualified name is `name`. */
gboolean vh_document_text_find_attribute (const char *text, guint32 tag, const char *name,
                                          VhTextAttribute *attribute);

/* Where the end tag of an element begins; `tag_end` for an empty-element tag. */
guint32 vh_document_text_find_end_tag (const char *text, guint32 tag_end, guint32 end);

/* The attributes of what may be a start tag in a text that nobody has checked
 * yet: at least as many as a parser would see before it gives up. */
guint vh_document_text_count_attributes (const char *tag, const char *end);

/* References resolved and white space made what a parser reports. */
char *vh_document_text_dup_value (const char *text, guint32 begin, guint32 length);
/* The same at the end of `out`. */
void vh_document_text_append_value (GString *out, const char *text,
                                    const VhTextAttribute *attribute);
/* Is `value` what vh_document_text_dup_value() would return? */
gboolean vh_document_text_value_equals (const char *text, const VhTextAttribute *attribute,
                                        const char *value);

/* Appends the character data between two offsets that hold no element:
 * comments and processing instructions are left out, CDATA is taken as it is. */
void vh_document_text_append_content (GString *out, const char *text, guint32 begin, guint32 end);

/* Appends a value so that it can stand between two `quote`s. */
void vh_document_text_append_escaped (GString *out, const char *value, char quote);

/* 1-based line of an offset; CR, LF and CR LF each end a line. */
guint vh_document_text_get_line (const char *text, guint32 offset);
