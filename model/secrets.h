/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where a domain XML holds what libvirt gives only with
 * VIR_DOMAIN_XML_SECURE (domain_conf.c): the passwd of a <graphics>, and the
 * <cookies> of a network disk. */
#pragma once

#include "model/document.h"

typedef struct {
  guint32 begin, end; /* the secret itself: a value, or the content of a <cookie> */
  guint32 cut_begin,
      cut_end; /* what libvirt leaves out with it: attribute, or <cookies> and its line */
} VhSecret;

/* What is shown instead of one. */
#define VH_SECRETS_MASK "***"

/* Sorted by place; several cookies of one <cookies> share their cut. Caller
 * unrefs. Elements are VhSecret. */
GArray *vh_secrets_new (const VhDocument *document);

/* The element as it stands, its secrets masked. Caller frees. */
char *vh_secrets_dup_element (const VhDocument *document, guint element);

/* Is it an attribute, or the text, of `element` that must not be shown?
 * `attribute` NULL asks for the text. */
gboolean vh_secrets_is (const VhDocument *document, guint element, const char *attribute);
