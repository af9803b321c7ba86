/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A document as a set of facts, each with a path that does not depend on the
 * order of elements: "devices/controller[pci 3]/target@hotplug". */
#pragma once

#include "model/document.h"

typedef enum {
  VH_FACT_KIND_ELEMENT,
  VH_FACT_KIND_ATTRIBUTE,
  VH_FACT_KIND_TEXT,
} VhFactKind;

typedef struct {
  VhFactKind kind;
  guint element;
  char *path;
  gsize element_path; /* length of the part of `path` that names the element */
  char *value;        /* of the attribute or text; "" for an element */
  gboolean secret;    /* the value must not be shown */
} VhVerifyFact;

typedef struct {
  const VhDocument *document;
  GPtrArray *facts;    /* of VhVerifyFact, in document order */
  GHashTable *by_path; /* path -> VhVerifyFact, borrowed */
  char *qemu_args;     /* the values of all <qemu:arg> in their order */
} VhVerifyFacts;

VhVerifyFacts *vh_verify_facts_new (const VhDocument *document);
void vh_verify_facts_free (VhVerifyFacts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhVerifyFacts, vh_verify_facts_free)

/* NULL when there is none. */
const VhVerifyFact *vh_verify_facts_find (const VhVerifyFacts *facts, const char *path);
