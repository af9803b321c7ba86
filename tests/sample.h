/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Domains, capabilities and readings for tests of the model. */
#pragma once

#include "model/session.h"

/* Every *.xml of a folder below tests/, or of ../data/…, sorted by name. Of
 * char *: full paths. */
GPtrArray *sample_list (const char *folder);
char *sample_read (const char *path);
/* Its path as the name of a test: "q35-desktop". */
char *sample_name (const char *path);

VhDocument *sample_parse (const char *text);
/* The bytes as text, to compare. Caller frees. */
char *sample_text (const VhDocument *document);

typedef enum {
  SAMPLE_AS_IS,
  SAMPLE_CRLF,
  SAMPLE_TABS,
  SAMPLE_ONE_LINE,
  SAMPLE_N_LAYOUTS,
} SampleLayout;

/* The same domain laid out in another way. Caller frees. */
char *sample_lay_out (const char *text, SampleLayout layout);

/* Everything is there but the native feature element: libvirt 9.0 with QEMU
 * 7.2. `feature`: a libvirt that has it. */
VhCaps *sample_caps (gboolean feature);

/* Of a domain that is loaded, with sample_caps (FALSE). */
VhSession *sample_session (const char *text);
VhReading *sample_reading (VhDocument *document, const VhCaps *caps);

/* "root off", "port 3 default", "bridge off qemu-global", or, to move what is
 * set, "bridge site feature". */
VhEdit sample_edit (const char *text);

/* FALSE when it is refused. */
gboolean sample_push (VhEditList *list, const char *edit, const VhReading *now, const VhCaps *caps);

/* The edited text, read. */
VhReading *sample_apply (const VhEditList *list, const VhReading *base, const VhCaps *caps);

void sample_assert_same_text (const VhReading *a, const VhReading *b);
