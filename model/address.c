/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/address.h"

#include <string.h>

gboolean
vh_address_parse_number (const char *text, guint max, guint *value)
{
  /* libvirt reads with strtoul() and base 0: white space and a plus may come
   * first, nothing may follow. */
  if (!text || strchr (text, '-'))
    return FALSE;
  char *end = NULL;
  guint64 number = g_ascii_strtoull (text, &end, 0);
  if (end == text || *end != '\0' || number > max)
    return FALSE;
  *value = (guint) number;
  return TRUE;
}

char *
vh_address_format (const VhAddress *address)
{
  if (!address->present)
    return NULL;
  return g_strdup_printf ("%04x:%02x:%02x.%u", address->domain, address->bus, address->slot,
                          address->function);
}

/* One number that orders addresses; absent ones after all others. */
static guint64
rank (const VhAddress *address)
{
  if (!address->present)
    return G_MAXUINT64;
  return (guint64) address->domain << 32 | (guint64) address->bus << 16 |
         (guint64) address->slot << 8 | address->function;
}

int
vh_address_compare (const VhAddress *a, const VhAddress *b)
{
  guint64 left = rank (a), right = rank (b);
  return (left > right) - (left < right);
}
