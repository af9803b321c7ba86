/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The laws of documents and splices, on documents that nobody wrote for them:
 * no edit gives the same bytes; setting something, writing, loading and
 * clearing it gives the same bytes. */
#pragma once

#include "tests/laws_form.h"

typedef struct {
  guint one_of;      /* set before: check only about one of so many files, */
  gboolean is_quick; /* and one kind of change each, and all of them together */
  guint n_documents; /* well-formed ones */
  guint n_refused;
  guint n_domains;
  guint n_cycles;   /* something set and cleared again */
  guint n_excepted; /* of them: not the same bytes, as it has to be */
  guint n_broken;
} LawsCount;

/* Checks every *.xml in a folder and below it; what is broken is a failure of
 * the running test. */
void laws_check_folder (const char *folder, LawsForm form, LawsCount *count);
