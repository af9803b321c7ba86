/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the laws set and clear: each kind of change that the program makes,
 * with a value that no document has. */
#pragma once

#include "model/splice.h"

typedef struct {
  const char *name;
  /* Sets it wherever it is not set. */
  void (*set) (VhSplices *splices, const VhDocument *document);
  /* Takes away what `set` did, in the document it led to. */
  void (*clear) (VhSplices *splices, const VhDocument *document);
  /* Does the document hold empty things that clearing takes along? */
  gboolean (*is_excepted) (const VhDocument *document);
} LawsKnob;

#define LAWS_N_KNOBS 4
extern const LawsKnob laws_knobs[LAWS_N_KNOBS];
