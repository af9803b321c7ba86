/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The devices as the guest's `lspci -tv` draws them. */
#pragma once

#include "model/session.h"

/* Bus numbers are the guest's, "??" where they are not known; what the chipset brings along is
 * there too. Behind a device stands what unplugs it, behind an empty bus its alias and what a plug
 * would use. ASCII but for the names of devices; lines of at most `width` cells, a cut one ends
 * with "..". No lines for a domain without PCI. Caller frees. */
char *vh_export_tree (const VhSession *session, guint width);
