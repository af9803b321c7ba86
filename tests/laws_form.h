/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The same document written in another way. */
#pragma once

#include "model/document.h"

typedef enum {
  LAWS_AS_IT_IS,
  LAWS_CRLF,
  LAWS_TABS,
  LAWS_ONE_LINE,
  LAWS_UTF_16_LE,
  LAWS_UTF_16_BE,
  LAWS_LATIN_1, /* over 100 KB */
  LAWS_N_FORMS,
} LawsForm;

const char *laws_get_form_name (LawsForm form);

/* NULL when the document cannot be written in that form. */
GBytes *laws_form_new (const VhDocument *document, LawsForm form);
