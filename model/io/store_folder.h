/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The folders of the store; for store*.c alone. */
#pragma once

#include "model/io/store.h"

/* `last` below the program's folder of the XDG base directory specification,
 * which ignores a relative path in `variable`. Caller frees. */
char *vh_store_new_folder_path (const char *variable, const char *below_home, const char *last);
/* With those above it, 0700; one that is there stays as it is. */
gboolean vh_store_make_folder (const char *folder, GError **error);
