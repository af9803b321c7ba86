/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A document compared with the tree that libxml2 makes of the same bytes. */
#pragma once

#include "model/document.h"

/* NULL when both agree on every element, attribute, and content, and when
 * every extent holds what it should; else what differs. Caller frees. */
char *tree_find_difference (const VhDocument *document);
