/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/laws_knobs.h"

#include <string.h>

#define QEMU_URI "http://libvirt.org/schemas/domain/qemu/1.0"
#define MARK "law<&'\">"
#define MARKUP "law&lt;&amp;&apos;&quot;&gt;"

static gboolean
is_pci_controller (const VhDocument *document, guint element)
{
  return vh_document_is (document, element, "controller") &&
         vh_document_attribute_equals (document, element, "type", "pci");
}

/* Has it neither elements nor text? */
static gboolean
is_hollow (const VhDocument *document, guint element)
{
  const VhElement *found = vh_document_get_element (document, element);
  g_autofree char *content = vh_document_dup_content (document, element);
  g_autofree char *raw = g_strndup (vh_document_get_text (document, NULL) + found->tag_end,
                                    found->end - found->tag_end);
  return vh_document_find_first_child (document, element) < 0 && *g_strchug (content) == '\0' &&
         !strstr (raw, "<!") && !strstr (raw, "<?");
}

static gboolean
is_empty_tag (const VhDocument *document, guint element)
{
  const VhElement *found = vh_document_get_element (document, element);
  return found->end == found->tag_end;
}

static void
set_targets (VhSplices *splices, const VhDocument *document)
{
  for (guint i = 0; i < vh_document_get_n_elements (document); i++)
    {
      if (!is_pci_controller (document, i))
        continue;
      gint32 target = vh_document_find_child (document, i, "target");
      guint32 begin, length;
      if (target < 0)
        vh_splices_append_child (splices, i, "<target hotplug='" MARKUP "'/>");
      else if (!vh_document_get_attribute_extent (document, (guint) target, "hotplug", &begin,
                                                  &length))
        vh_splices_set_attribute (splices, (guint) target, "hotplug", MARK);
    }
}

static void
clear_targets (VhSplices *splices, const VhDocument *document)
{
  for (guint i = 1; i < vh_document_get_n_elements (document); i++)
    {
      if (!vh_document_is (document, i, "target") ||
          !vh_document_attribute_equals (document, i, "hotplug", MARK))
        continue;
      if (vh_document_get_element (document, i)->n_attributes == 1 && is_hollow (document, i))
        vh_splices_remove_element (splices, i, VH_EMPTIED_COLLAPSE);
      else
        vh_splices_remove_attribute (splices, i, "hotplug");
    }
}

static gboolean
is_target_excepted (const VhDocument *document)
{
  for (guint i = 0; i < vh_document_get_n_elements (document); i++)
    {
      if (!is_pci_controller (document, i))
        continue;
      gint32 target = vh_document_find_child (document, i, "target");
      if (target < 0 && is_hollow (document, i) && !is_empty_tag (document, i))
        return TRUE;
      if (target >= 0 && is_hollow (document, (guint) target) &&
          vh_document_get_element (document, (guint) target)->n_attributes == 0)
        return TRUE;
    }
  return FALSE;
}

static void
set_feature (VhSplices *splices, const VhDocument *document)
{
  static const char bridge[] = "<acpi-bridge-hotplug state='" MARKUP "'/>";
  static const char pci[] = "<pci>\n  <acpi-bridge-hotplug state='" MARKUP "'/>\n</pci>";
  static const char all[] =
      "<features>\n  <pci>\n    <acpi-bridge-hotplug state='" MARKUP "'/>\n  </pci>\n</features>";
  gint32 features = vh_document_find_child (document, 0, "features");
  gint32 found = features < 0 ? -1 : vh_document_find_child (document, (guint) features, "pci");
  if (features < 0)
    vh_splices_append_child (splices, 0, all);
  else if (found < 0)
    vh_splices_append_child (splices, (guint) features, pci);
  else if (vh_document_find_child (document, (guint) found, "acpi-bridge-hotplug") < 0)
    vh_splices_append_child (splices, (guint) found, bridge);
}

static void
clear_feature (VhSplices *splices, const VhDocument *document)
{
  for (guint i = 1; i < vh_document_get_n_elements (document); i++)
    if (vh_document_is (document, i, "acpi-bridge-hotplug") &&
        vh_document_attribute_equals (document, i, "state", MARK))
      vh_splices_remove_element (splices, i, VH_EMPTIED_REMOVE);
}

static gboolean
is_feature_excepted (const VhDocument *document)
{
  gint32 features = vh_document_find_child (document, 0, "features");
  if (features < 0)
    return is_hollow (document, 0) && !is_empty_tag (document, 0);
  gint32 pci = vh_document_find_child (document, (guint) features, "pci");
  return is_hollow (document, (guint) features) || (pci >= 0 && is_hollow (document, (guint) pci));
}

static void
set_args (VhSplices *splices, const VhDocument *document)
{
  static const char *const values[] = { "-global", MARK, NULL };
  (void) document;
  vh_splices_append_qemu_args (splices, values);
}

static void
clear_args (VhSplices *splices, const VhDocument *document)
{
  for (guint i = 1; i < vh_document_get_n_elements (document); i++)
    if (vh_document_is_qemu (document, i, "arg") &&
        vh_document_attribute_equals (document, i, "value", MARK))
      {
        vh_splices_remove_qemu_arg (splices, i - 1);
        vh_splices_remove_qemu_arg (splices, i);
      }
}

static gboolean
is_args_excepted (const VhDocument *document)
{
  const VhElement *root = vh_document_get_element (document, 0);
  g_autofree char *tag =
      g_strndup (vh_document_get_text (document, NULL) + root->begin, root->tag_end - root->begin);
  gboolean is_used = FALSE;
  for (guint i = 0; i < vh_document_get_n_elements (document); i++)
    {
      if (vh_document_is_qemu (document, i, "commandline") && is_hollow (document, i))
        return TRUE;
      is_used |= vh_document_get_element (document, i)->ns == VH_NAMESPACE_QEMU;
    }
  return !is_used && strstr (tag, QEMU_URI);
}

static void
set_port (VhSplices *splices, const VhDocument *document)
{
  static const char port[] = "<controller type='pci' index='" MARKUP "' model='pcie-root-port'>\n"
                             "  <target hotplug='off'/>\n</controller>";
  gint32 devices = vh_document_find_child (document, 0, "devices");
  gint32 last = -1;
  for (gint32 i = devices < 0 ? -1 : vh_document_find_first_child (document, (guint) devices);
       i >= 0; i = vh_document_find_next_sibling (document, (guint) i))
    if (is_pci_controller (document, (guint) i))
      last = i;
  if (last >= 0)
    vh_splices_insert_after (splices, (guint) last, port);
  else if (devices >= 0)
    vh_splices_append_child (splices, (guint) devices, port);
}

static void
clear_port (VhSplices *splices, const VhDocument *document)
{
  for (guint i = 1; i < vh_document_get_n_elements (document); i++)
    if (vh_document_is (document, i, "controller") &&
        vh_document_attribute_equals (document, i, "index", MARK))
      vh_splices_remove_element (splices, i, VH_EMPTIED_COLLAPSE);
}

static gboolean
is_port_excepted (const VhDocument *document)
{
  gint32 devices = vh_document_find_child (document, 0, "devices");
  return devices >= 0 && is_hollow (document, (guint) devices) &&
         !is_empty_tag (document, (guint) devices);
}

const LawsKnob laws_knobs[LAWS_N_KNOBS] = {
  { "target", set_targets, clear_targets, is_target_excepted },
  { "feature", set_feature, clear_feature, is_feature_excepted },
  { "args", set_args, clear_args, is_args_excepted },
  { "port", set_port, clear_port, is_port_excepted },
};
