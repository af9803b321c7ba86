/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an element in <devices> is called, and whether it belongs on PCI. */
#include "model/topology_private.h"

#include <string.h>

#define MAX_NAME 31 /* of an element or attribute in device.def */

typedef struct {
  const char *name;
  const char *words;
  const char *is_word, *is;
  const char *not_word, *not ;
} KindRow;

static const KindRow kinds[] = {
#define VH_DEVICE_ROW(ID, name, words, is_word, is, not_word, not )                                \
  [VH_DEVICE_##ID] = { (name), (words), (is_word), (is), (not_word), (not ) },
#include "model/device.def"
};
G_STATIC_ASSERT (G_N_ELEMENTS (kinds) == VH_DEVICE_OTHER + 1);

VhDeviceKind
vh_topology_kind_of (const char *name)
{
  for (guint kind = 0; kind < VH_DEVICE_OTHER; kind++)
    if (g_str_equal (kinds[kind].name, name))
      return (VhDeviceKind) kind;
  return VH_DEVICE_OTHER;
}

const char *
vh_topology_kind_to_name (VhDeviceKind kind)
{
  return kinds[kind].name ? kinds[kind].name : "device";
}

/* Copies the text up to a character of `ends` into `name`; the place where
 * it stops. */
static const char *
read_name (const char *text, const char *ends, char name[MAX_NAME + 1])
{
  gsize length = strcspn (text, ends);
  g_assert (length <= MAX_NAME);
  memcpy (name, text, length);
  name[length] = '\0';
  return text + length;
}

/* A part of an address, of which the domain may be left out; FALSE when it is no number up to the
 * limit. */
static gboolean
read_part (const VhDocument *document, guint element, const char *name, guint limit, guint *value)
{
  g_autofree char *text = vh_document_dup_attribute (document, element, name);
  return (!text && g_str_equal (name, "domain")) || vh_address_parse_number (text, limit, value);
}

/* The PCI address that an element writes, "0000:3b:00.0"; FALSE when it is none. */
static gboolean
append_address (const VhDocument *document, guint element, GString *out)
{
  guint domain = 0, bus = 0, slot = 0, function = 0;
  if (!read_part (document, element, "domain", G_MAXUINT32, &domain) ||
      !read_part (document, element, "bus", 255, &bus) ||
      !read_part (document, element, "slot", 31, &slot) ||
      !read_part (document, element, "function", 7, &function))
    return FALSE;
  g_string_append_printf (out, "%04x:%02x:%02x.%u", domain, bus, slot, function);
  return TRUE;
}

/* What one path of device.def leads to; FALSE when it is not there. */
static gboolean
append_path (const VhDocument *document, guint element, const char *path, GString *out)
{
  char name[MAX_NAME + 1];
  while (*path != '@')
    {
      path = read_name (path, "/@| ", name);
      gint32 child = vh_document_find_child (document, element, name);
      if (child < 0)
        return FALSE;
      element = (guint) child;
      if (*path != '/' && *path != '@')
        return append_address (document, element, out);
      path += *path == '/' ? 1 : 0;
    }
  read_name (path + 1, "| ", name);
  return vh_document_append_attribute (document, element, name, out);
}

/* The first of the paths, separated by '|', that is there. */
static gboolean
append_word (const VhDocument *document, guint element, const char *word, GString *out)
{
  while (!append_path (document, element, word, out))
    {
      word += strcspn (word, "| ");
      if (*word != '|')
        return FALSE;
      word++;
    }
  return TRUE;
}

/* A word of a label, unless it is empty. */
static void
append_part (const VhDocument *document, guint element, const char *word, GString *label)
{
  const gsize before = label->len;
  g_string_append_c (label, ' ');
  append_word (document, element, word, label);
  if (label->len == before + 1)
    g_string_truncate (label, before);
}

/* "pcie-root-port 3": the model says more than the element. */
static gboolean
write_pci_controller (const VhDocument *document, guint element, GString *label)
{
  if (!vh_document_attribute_equals (document, element, "type", "pci"))
    return FALSE;
  g_string_truncate (label, 0);
  vh_document_append_attribute (document, element, "model", label);
  if (label->len == 0)
    g_string_append (label, "pci controller");
  append_part (document, element, "@index", label);
  return TRUE;
}

void
vh_topology_write_label (const VhDocument *document, guint element, VhDeviceKind kind,
                         GString *label)
{
  if (kind == VH_DEVICE_CONTROLLER && write_pci_controller (document, element, label))
    return;
  g_string_assign (label, vh_document_get_name (document, element));
  for (const char *word = kinds[kind].words; *word != '\0'; word += strspn (word, " "))
    {
      append_part (document, element, word, label);
      word += strcspn (word, " ");
    }
}

static gboolean
matches (const char *value, const char *pattern, gsize length)
{
  gboolean is_prefix = pattern[length - 1] == '*';
  if (is_prefix && length == 1)
    return TRUE;
  if (!value)
    return FALSE;
  if (is_prefix)
    return strncmp (value, pattern, length - 1) == 0;
  return strncmp (value, pattern, length) == 0 && value[length] == '\0';
}

static gboolean
matches_any (const char *value, const char *patterns)
{
  while (*patterns != '\0')
    {
      gsize length = strcspn (patterns, " ");
      if (matches (value, patterns, length))
        return TRUE;
      patterns += length;
      patterns += strspn (patterns, " ");
    }
  return FALSE;
}

gboolean
vh_topology_wants_pci (const VhDocument *document, guint element, VhDeviceKind kind)
{
  const KindRow *row = &kinds[kind];
  if (!row->is_word)
    return FALSE;
  g_autoptr (GString) value = g_string_new (NULL);
  gboolean has = append_word (document, element, row->is_word, value);
  if (!matches_any (has ? value->str : NULL, row->is))
    return FALSE;
  if (!row->not_word)
    return TRUE;
  g_string_truncate (value, 0);
  has = append_word (document, element, row->not_word, value);
  return !matches_any (has ? value->str : NULL, row->not );
}
