/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A domain XML as bytes, with the exact extent of every element and
 * attribute value. Immutable and reference counted. Nothing here ever loads a
 * DTD, an external entity or anything else than the bytes it is given. */
#pragma once

#include <glib.h>

#define VH_DOCUMENT_ERROR (vh_document_error_quark ())
GQuark vh_document_error_quark (void);

typedef enum {
  VH_DOCUMENT_ERROR_NOT_XML,   /* not well-formed; the message has line and column */
  VH_DOCUMENT_ERROR_TOO_LARGE, /* size, depth or attribute count */
  VH_DOCUMENT_ERROR_ENTITY,    /* the document declares entities */
  VH_DOCUMENT_ERROR_ENCODING,  /* encoding unknown, or bytes that do not fit it */
} VhDocumentError;

#define VH_DOCUMENT_MAX_BYTES (256u * 1024 * 1024)
#define VH_DOCUMENT_MAX_DEPTH 256u

typedef enum {
  VH_NAMESPACE_NONE,
  VH_NAMESPACE_QEMU, /* http://libvirt.org/schemas/domain/qemu/1.0, under any prefix */
  VH_NAMESPACE_OTHER,
} VhNamespace;

/* Offsets are bytes of the UTF-8 text. */
typedef struct {
  guint32 begin;       /* of the '<' of the start tag */
  guint32 tag_end;     /* just after the '>' of the start tag */
  guint32 end;         /* just after the whole element */
  gint32 parent;       /* index; -1 for the root */
  guint32 next;        /* index just after the element's last descendant */
  guint16 name;        /* local name, interned in the document */
  guint8 ns;           /* VhNamespace */
  guint8 n_attributes; /* namespace declarations are not counted */
} VhElement;

typedef struct VhDocument VhDocument;

/* To be called before a program that parses documents starts threads: libxml2 wants it so. */
void vh_document_init (void);

/* Parses a copy of `bytes`. NULL and an error of VH_DOCUMENT_ERROR when it
 * cannot be shown at all. */
VhDocument *vh_document_new (GBytes *bytes, GError **error);
/* The same without a copy: takes `data`, which is NUL-terminated after
 * `length` bytes and is freed in any case. */
VhDocument *vh_document_new_take (char *data, gsize length, GError **error);
/* The same without a copy: `bytes` are kept, and a NUL stands behind them. */
VhDocument *vh_document_new_terminated (GBytes *bytes, GError **error);
VhDocument *vh_document_ref (VhDocument *document);
void vh_document_unref (VhDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhDocument, vh_document_unref)

/* The text changed into `text` (UTF-8), in the original's encoding and with
 * its byte order mark; a character that the encoding lacks becomes a
 * character reference. NULL and an error when `text` is not well-formed. */
VhDocument *vh_document_new_changed (VhDocument *original, const char *text, gsize length,
                                     GError **error);

/* The bytes as they were read, or as they are to be written. Borrowed. */
GBytes *vh_document_get_bytes (const VhDocument *document);

/* The UTF-8 text that all offsets count in, a byte order mark included.
 * Borrowed; NUL-terminated after `*length` bytes. `length` may be NULL. */
const char *vh_document_get_text (const VhDocument *document, gsize *length);

/* Why this document can be shown but not edited, as a sentence; NULL when it
 * can be edited. */
const char *vh_document_get_read_only_reason (const VhDocument *document);

/* Elements are numbered in document order; 0 is the root and always there. */
guint vh_document_get_n_elements (const VhDocument *document);
const VhElement *vh_document_get_element (const VhDocument *document, guint element);

/* Walks. -1 when there is none. */
gint32 vh_document_find_first_child (const VhDocument *document, guint element);
gint32 vh_document_find_next_sibling (const VhDocument *document, guint element);
/* The first child of no namespace with this name. */
gint32 vh_document_find_child (const VhDocument *document, guint element, const char *name);

/* The element's local name; borrowed. */
const char *vh_document_get_name (const VhDocument *document, guint element);
/* Is it `name` in no namespace? */
gboolean vh_document_is (const VhDocument *document, guint element, const char *name);
/* Is it `name` in the namespace of qemu:commandline? */
gboolean vh_document_is_qemu (const VhDocument *document, guint element, const char *name);

/* The decoded value of an attribute of no namespace; caller frees. NULL when
 * the element has no such attribute. */
char *vh_document_dup_attribute (const VhDocument *document, guint element, const char *name);
/* The same at the end of `out`; FALSE when the element has no such attribute. */
gboolean vh_document_append_attribute (const VhDocument *document, guint element, const char *name,
                                       GString *out);
/* The same without a copy, to compare: FALSE when absent or different. */
gboolean vh_document_attribute_equals (const VhDocument *document, guint element, const char *name,
                                       const char *value);
/* The extent of the raw value between its quotes. FALSE when absent. */
gboolean vh_document_get_attribute_extent (const VhDocument *document, guint element,
                                           const char *name, guint32 *begin, guint32 *length);

/* The element's own character data, entities and CDATA decoded, children left
 * out; caller frees; "" when it has none. */
char *vh_document_dup_content (const VhDocument *document, guint element);
