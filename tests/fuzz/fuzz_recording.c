/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Recordings of capabilities. Law: what was loaded and written is loaded as
 * the same again. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VhCaps) caps = vh_caps_new_from_recording ((const char *) data, size, &error);
  g_assert_true ((caps == NULL) == (error != NULL));
  if (!caps)
    return 0;
  g_autofree char *written = vh_caps_to_recording (caps);
  g_autoptr (VhCaps) again = vh_caps_new_from_recording (written, strlen (written), &error);
  g_assert_no_error (error);
  g_autofree char *rewritten = vh_caps_to_recording (again);
  g_assert_cmpstr (rewritten, ==, written);
  return 0;
}
