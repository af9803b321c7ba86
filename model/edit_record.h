/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A list of edits as text, for a later run of the program: what was done, in
 * which steps, what was undone, and the SHA-256 of the text that it was done
 * to. Nothing of that text itself. One word after the other, lines ended by
 * "\n", each word one of words.def or a number:
 *
 *     virt-hotplug edits 1
 *     base SHA-256
 *     step
 *     set bridge - default off none        knob, controller, from, to, site
 *     set port 3 default off none
 *     step
 *     move bridge - off off qemu-global
 *     undone
 *     step lock-occupied                   made by that policy
 *     set port 4 default off none
 *     step
 *     add-ports 5 4                        first controller, how many
 *     step
 *     remove-port 8
 *     end
 *
 * The steps after "undone" can be redone. "end" tells a whole record from one
 * that was cut. */
#pragma once

#include "model/edit.h"

#define VH_EDIT_RECORD_MAX_BYTES (4 * 1024 * 1024)

#define VH_EDIT_RECORD_ERROR (vh_edit_record_error_quark ())
GQuark vh_edit_record_error_quark (void);

typedef enum {
  VH_EDIT_RECORD_ERROR_MALFORMED, /* no record, or one of another version */
} VhEditRecordError;

typedef struct {
  char *base; /* SHA-256, in hexadecimal */
  VhEditList *edits;
} VhEditRecord;

/* The sum that a record of edits to this document has. Caller frees. */
char *vh_edit_record_new_sum (const VhDocument *document);
/* Caller frees. */
char *vh_edit_record_format (const VhEditList *edits, const char *base);
/* NULL and an error, with the line, for anything else than what
 * vh_edit_record_format() makes. The edits are well-formed, and may still be
 * impossible: vh_session_take_up() finds out. */
VhEditRecord *vh_edit_record_new (const char *text, gsize length, GError **error);
void vh_edit_record_free (VhEditRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhEditRecord, vh_edit_record_free)
