/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the boxes of a picture say. */
#pragma once

#include "render/picture.h"

GPtrArray *vh_picture_new_lines (void);
/* Takes `text`, which may be as untrusted as it likes. */
void vh_picture_take_line (GPtrArray *lines, VhRole role, char *text);

/* Which of the states compared is the later one, and what is known of one. */
guint vh_picture_get_last (const VhComparison *comparison);
const VhReading *vh_picture_get_reading (const VhComparison *comparison, guint variant);

/* Fill in what the row says of a bus, of a device, of the free slots of a bus: mark, role, title
 * and lines. FALSE: the bus has no free slot. */
void vh_picture_describe_bus (VhPictureBox *box, const VhComparison *comparison,
                              const VhCompareRow *row);
void vh_picture_describe_device (VhPictureBox *box, const VhComparison *comparison,
                                 const VhCompareRow *row);
gboolean vh_picture_describe_free (VhPictureBox *box, const VhComparison *comparison,
                                   const VhCompareRow *row);

/* The lines above: `what` is compared (NULL: nothing), as a sentence. */
void vh_picture_push_head (GPtrArray *head, const VhComparison *comparison,
                           const VhDomainInfo *info, const char *what);
/* The lines below: what the words mean; the first 20 findings. */
void vh_picture_push_words (GPtrArray *foot);
void vh_picture_push_findings (GPtrArray *foot, const GPtrArray *findings);
