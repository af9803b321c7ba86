/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/host.h"

VhHost *
vh_host_new (const char *uri)
{
  VhHost *host = g_new0 (VhHost, 1);
  host->uri = g_strdup (uri);
  return host;
}

void
vh_host_free (VhHost *host)
{
  if (!host)
    return;
  g_clear_pointer (&host->summaries, g_ptr_array_unref);
  g_free (host->uri);
  g_free (host->error);
  g_free (host);
}

void
vh_host_take_summaries (VhHost *host, GPtrArray *summaries)
{
  g_ptr_array_sort (summaries, vh_summary_compare);
  host->summaries = summaries;
}
