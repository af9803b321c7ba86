/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/io/source.h"

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
