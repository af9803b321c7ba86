/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of splice.h share. */
#pragma once

#include "model/splice.h"

typedef enum {
  VH_CHANGE_SET_ATTRIBUTE, /* text: the value */
  VH_CHANGE_REMOVE_ATTRIBUTE,
  VH_CHANGE_APPEND_CHILDREN, /* text: the markup */
  VH_CHANGE_INSERT_AFTER,    /* text: the markup */
  VH_CHANGE_REMOVE_ELEMENT,
} VhChangeKind;

typedef struct {
  VhChangeKind kind;
  guint element;
  char *name;
  GString *text; /* NULL when the kind has none */
  VhEmptied emptied;
} VhChange;

struct VhSplices {
  VhDocument *base;
  GArray *changes;      /* of VhChange */
  GHashTable *appends;  /* parent to the position of its APPEND_CHILDREN plus one */
  GPtrArray *qemu_args; /* values for which there is no commandline element yet */
  gboolean qemu_arg_removed;
};

/* The text with all changes made. Caller frees. */
GString *vh_splice_plan_make_text (const VhSplices *splices);

/* Records the commandline element that `qemu_args` need. */
void vh_splice_qemu_finish (VhSplices *splices);

/* The qualified names of the namespace declarations on the root that nothing
 * needs any more, where `is_removed` tells by element what goes (with all that
 * is in it). */
GPtrArray *vh_splice_qemu_find_unused (const VhDocument *document, const gboolean *is_removed);
