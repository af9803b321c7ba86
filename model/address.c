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

/* At least `width` digits of `number` before `end`; where they begin. */
static char *
write_hex (char *end, guint32 number, guint width)
{
  static const char digits[] = "0123456789abcdef";
  for (guint i = 0; i < width || number; i++, number >>= 4)
    *--end = digits[number & 15];
  return end;
}

/* Without printf(): every device of a page or an export has one. */
char *
vh_address_format (const VhAddress *address)
{
  char text[32];
  char *at = text + sizeof text;
  if (!address->present)
    return NULL;
  *--at = '\0';
  at = write_hex (at, address->function, 1);
  *--at = '.';
  at = write_hex (at, address->slot, 2);
  *--at = ':';
  at = write_hex (at, address->bus, 2);
  *--at = ':';
  at = write_hex (at, address->domain, 4);
  return g_strdup (at);
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
