/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/reduce.h"

#include <string.h>

/* The vcpu count goes with the NUMA cells, which expander buses refer to. */
static const char *const kept[] = { "name", "memory", "vcpu", "os", "features" };

static void
append_element (GString *xml, const VhDocument *document, guint element)
{
  const VhElement *extent = vh_document_get_element (document, element);
  const char *text = vh_document_get_text (document, NULL);
  g_string_append_len (xml, text + extent->begin, extent->end - extent->begin);
  g_string_append_c (xml, '\n');
}

static gboolean
is_kept (const VhDocument *document, guint element)
{
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    if (vh_document_is (document, element, kept[i]))
      return TRUE;
  return vh_document_is_qemu (document, element, "commandline") ||
         vh_document_is_qemu (document, element, "override");
}

/* The rest of <cpu> asks for what this host may not have. */
static void
append_numa (GString *xml, const VhDocument *document, guint cpu)
{
  gint32 numa = vh_document_find_child (document, cpu, "numa");
  if (numa < 0)
    return;
  g_string_append (xml, "<cpu>\n");
  append_element (xml, document, (guint) numa);
  g_string_append (xml, "</cpu>\n");
}

static void
append_devices (GString *xml, const VhDocument *document, guint devices)
{
  g_string_append (xml, "<devices>\n");
  for (gint32 device = vh_document_find_first_child (document, devices); device >= 0;
       device = vh_document_find_next_sibling (document, device))
    {
      const gboolean is_pci = vh_document_is (document, device, "controller") &&
                              vh_document_attribute_equals (document, device, "type", "pci");
      if (is_pci || vh_document_is (document, device, "emulator"))
        append_element (xml, document, device);
    }
  /* Left to itself libvirt would add these, and they need backends. */
  g_string_append (
      xml,
      "<controller type='usb' index='0' model='none'/>\n<memballoon model='none'/>\n</devices>\n");
}

char *
vh_reduce_new_xml (const VhDocument *document)
{
  const VhElement *root = vh_document_get_element (document, 0);
  const char *text = vh_document_get_text (document, NULL);
  GString *xml = g_string_new_len (text + root->begin, root->tag_end - root->begin);
  g_string_append_c (xml, '\n');
  for (gint32 child = vh_document_find_first_child (document, 0); child >= 0;
       child = vh_document_find_next_sibling (document, child))
    if (is_kept (document, child))
      append_element (xml, document, child);
    else if (vh_document_is (document, child, "cpu"))
      append_numa (xml, document, child);
    else if (vh_document_is (document, child, "devices"))
      append_devices (xml, document, child);
  /* The start tag carries the name and its prefix. */
  g_autofree char *name =
      g_strndup (text + root->begin + 1, strcspn (text + root->begin + 1, " \t\r\n/>"));
  g_string_append_printf (xml, "</%s>\n", name);
  return g_string_free (xml, FALSE);
}
