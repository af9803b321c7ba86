/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which guest a domain holds, as virt-install and virt-manager note it in the
 * metadata (<libosinfo:os id="http://microsoft.com/win/11"/>). A note, no
 * fact: the guest may be another one by now. */
#pragma once

#include "model/document.h"

typedef enum {
  VH_GUEST_OS_UNKNOWN, /* no note */
  VH_GUEST_OS_OTHER,
  VH_GUEST_OS_WINDOWS,
  VH_GUEST_OS_MACOS,
} VhGuestOs;

VhGuestOs vh_guest_os_find (const VhDocument *document);
