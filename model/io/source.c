/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/io/source.h"

#define RECONNECT_TRIES 3
#define RECONNECT_PAUSE_US 700000

G_DEFINE_QUARK (vh_source_error, vh_source_error)

void
vh_source_free (VhSource *source)
{
  if (!source)
    return;
  g_free (g_steal_pointer (&source->name));
  g_free (g_steal_pointer (&source->host));
  source->ops->free (source);
}

gboolean
vh_source_reconnect (VhSource *source, GError **error)
{
  g_autoptr (GError) failure = NULL;
  for (guint i = 0; source->ops->reconnect && i < RECONNECT_TRIES; i++)
    {
      if (i > 0)
        g_usleep (RECONNECT_PAUSE_US);
      g_clear_error (&failure);
      if (source->ops->reconnect (source, &failure))
        return TRUE;
      if (g_error_matches (failure, VH_SOURCE_ERROR, VH_SOURCE_ERROR_NOT_FOUND))
        break;
    }
  if (failure)
    g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}
