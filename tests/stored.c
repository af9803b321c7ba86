/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stored.h"

#include <string.h>

GBytes *
stored_bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

VhDomainInfo *
stored_info (const char *uuid, const char *source)
{
  VhDomainInfo *info = vh_domain_info_new ();
  info->name = g_strdup ("name");
  info->uuid = g_strdup (uuid);
  info->source = g_strdup (source);
  return info;
}
