/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The PCI address of a device. A large domain has tens of thousands of them,
 * so the start tag is walked once and not once for each part. */
#include "model/document_text.h"
#include "model/topology_private.h"

#include <string.h>

typedef enum {
  DOMAIN,
  BUS,
  SLOT,
  FUNCTION,
  N_NUMBERS,
  MULTIFUNCTION = N_NUMBERS,
  TYPE,
  N_PARTS
} Part;

static const struct {
  const char *name;
  guint max;
} parts[N_PARTS] = {
  [DOMAIN] = { "domain", G_MAXUINT32 },
  [BUS] = { "bus", 255 },
  [SLOT] = { "slot", 31 },
  [FUNCTION] = { "function", 7 },
  [TYPE] = { "type", 0 },
  [MULTIFUNCTION] = { "multifunction", 0 },
};

VhSwitch
vh_topology_read_switch (const char *text)
{
  if (g_strcmp0 (text, "on") == 0)
    return VH_SWITCH_ON;
  return g_strcmp0 (text, "off") == 0 ? VH_SWITCH_OFF : VH_SWITCH_ABSENT;
}

static guint
part_of (const char *text, const VhTextAttribute *attribute)
{
  const char *name = text + attribute->name;
  guint part = 0;
  while (part < N_PARTS && (parts[part].name[0] != name[0] ||
                            strncmp (parts[part].name, name, attribute->name_length) != 0 ||
                            parts[part].name[attribute->name_length] != '\0'))
    part++;
  return part;
}

/* Of what libvirt itself writes, "0x" and up to eight digits; FALSE for all else. */
static gboolean
read_hex (const char *text, const VhTextAttribute *attribute, guint *number)
{
  const char *digit = text + attribute->value;
  const char *end = digit + attribute->value_length;
  if (end - digit < 3 || end - digit > 10 || digit[0] != '0' || digit[1] != 'x')
    return FALSE;
  *number = 0;
  for (digit += 2; digit < end && g_ascii_isxdigit (*digit); digit++)
    *number = *number << 4 | (guint) g_ascii_xdigit_value (*digit);
  return digit == end;
}

static void
read_part (VhPlace *place, guint numbers[N_NUMBERS], guint part, const char *value)
{
  if (part == TYPE)
    place->is_pci = g_str_equal (value, "pci");
  else if (part == MULTIFUNCTION)
    {
      place->at.multifunction = vh_topology_read_switch (value);
      place->is_wrong |= place->at.multifunction == VH_SWITCH_ABSENT;
    }
  else if (!vh_address_parse_number (value, parts[part].max, &numbers[part]))
    place->is_wrong = TRUE;
}

/* libvirt takes slot 0 of bus 0 for "choose one" (virPCIDeviceAddressIsEmpty). */
static VhPlace
finish (VhPlace place, const guint numbers[N_NUMBERS])
{
  gboolean is_empty = numbers[DOMAIN] == 0 && numbers[BUS] == 0 && numbers[SLOT] == 0;
  if (!place.is_pci)
    return (VhPlace){ .is_elsewhere = TRUE };
  if (place.is_wrong || is_empty)
    {
      place.at = (VhAddress){ 0 };
      return place;
    }
  place.at.present = TRUE;
  place.at.domain = numbers[DOMAIN];
  place.at.bus = (guint16) numbers[BUS];
  place.at.slot = (guint8) numbers[SLOT];
  place.at.function = (guint8) numbers[FUNCTION];
  return place;
}

VhPlace
vh_topology_read_place (const VhDocument *document, guint element)
{
  VhPlace place = { 0 };
  VhTextAttribute attribute;
  guint numbers[N_NUMBERS] = { 0 };
  const char *text = vh_document_get_text (document, NULL);
  gint32 address = vh_document_find_child (document, element, "address");
  if (address < 0)
    return place;
  guint32 position =
      vh_document_text_skip_name (text, vh_document_get_element (document, (guint) address)->begin);
  while (vh_document_text_next_attribute (text, &position, &attribute))
    {
      guint part = part_of (text, &attribute);
      if (part == N_PARTS)
        continue;
      guint number = 0;
      if (part < N_NUMBERS && read_hex (text, &attribute, &number) && number <= parts[part].max)
        {
          numbers[part] = number;
          continue;
        }
      g_autofree char *value =
          vh_document_text_dup_value (text, attribute.value, attribute.value_length);
      read_part (&place, numbers, part, value);
    }
  return finish (place, numbers);
}
