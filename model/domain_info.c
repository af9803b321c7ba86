/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/domain_info.h"

VhDomainInfo *
vh_domain_info_new (void)
{
  VhDomainInfo *info = g_new0 (VhDomainInfo, 1);
  info->id = -1;
  info->persistent = TRUE;
  info->n_snapshots = -1;
  return info;
}

VhDomainInfo *
vh_domain_info_dup (const VhDomainInfo *info)
{
  VhDomainInfo *copy = g_new (VhDomainInfo, 1);
  *copy = *info;
  copy->name = g_strdup (info->name);
  copy->uuid = g_strdup (info->uuid);
  copy->source = g_strdup (info->source);
  copy->host = g_strdup (info->host);
  copy->taints = g_strdup (info->taints);
  return copy;
}

void
vh_domain_info_free (VhDomainInfo *info)
{
  g_free (info->name);
  g_free (info->uuid);
  g_free (info->source);
  g_free (info->host);
  g_free (info->taints);
  g_free (info);
}

gboolean
vh_domain_info_is_active (const VhDomainInfo *info)
{
  return info->id >= 0;
}
