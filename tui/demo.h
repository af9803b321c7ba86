/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The built-in domains, laid out in a private directory that the embedded
 * QEMU driver of libvirt can run from. */
#pragma once

#include "model/domain_info.h"

/* NULL-terminated names in the order they are shown; caller frees. */
char **vh_demo_get_names (void);

/* A new directory, 0700, with every demo domain as etc/qemu/NAME.xml. NULL
 * and G_FILE_ERROR. Caller frees, and removes it by vh_demo_remove(). */
char *vh_demo_make_directory (GError **error);
void vh_demo_remove (const char *directory);

/* "qemu:///embed?root=DIRECTORY"; caller frees. */
char *vh_demo_get_uri (const char *directory);
/* Path of one domain's file there; caller frees. */
char *vh_demo_get_path (const char *directory, const char *name);
/* All of them as files; of VhDomainInfo, caller unrefs. */
GPtrArray *vh_demo_list (const char *directory);
/* The recording for domains that no libvirt runs. Caller unrefs. */
GBytes *vh_demo_new_recording (void);
