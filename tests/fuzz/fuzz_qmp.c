/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The whole probe against a QEMU that says anything: the input is what its
 * children say, line by line. Law: it ends, with capabilities or with an
 * error of the probe, whatever was said. */
#include "model/io/probe.h"
#include "tests/fuzz/fuzz.h"

#include "model/io/probe_child.h"

#include <string.h>

/* Takes the place of the child process; all children read on in one input. */
struct VhProbeChild {
  int unused;
};
static const char *said, *end;

VhProbeChild *
vh_probe_child_new (const char *const *argv, guint deadline_ms, GError **error)
{
  (void) deadline_ms;
  if (said < end)
    return g_new0 (VhProbeChild, 1);
  g_set_error (error, VH_PROBE_ERROR, VH_PROBE_ERROR_START, "%s cannot be run.", argv[0]);
  return NULL;
}

void
vh_probe_child_free (VhProbeChild *child)
{
  g_free (child);
}

gboolean
vh_probe_child_write (VhProbeChild *child, const char *text, GError **error)
{
  (void) child;
  (void) error;
  /* Commands are ours: a machine type from a domain must not break out of its string. */
  g_assert_nonnull (strchr (text, '\n'));
  g_assert_true (g_utf8_validate (text, -1, NULL));
  return TRUE;
}

char *
vh_probe_child_read_line (VhProbeChild *child, GError **error)
{
  (void) child;
  const char *stop = said < end ? memchr (said, '\n', (gsize) (end - said)) : NULL;
  if (!stop)
    {
      said = end;
      g_set_error (error, VH_PROBE_ERROR, VH_PROBE_ERROR_ANSWER, "It ended without an answer.");
      return NULL;
    }
  char *line = g_strndup (said, (gsize) (stop - said));
  said = stop + 1;
  return line;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const types[] = { NULL, "pc-q35-7.2", "pc", "virt", "a\"}{" };
  if (size == 0)
    return 0;
  g_autoptr (GError) error = NULL;
  said = (const char *) data + 1;
  end = (const char *) data + size;
  g_autoptr (VhCaps) caps =
      vh_probe_qemu ("/bin/sh", types[data[0] % G_N_ELEMENTS (types)], 1000, &error);
  g_assert_true ((caps == NULL) == (error != NULL));
  g_assert_true (!error || error->domain == VH_PROBE_ERROR);
  return 0;
}
