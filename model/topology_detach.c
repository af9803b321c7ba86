/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What keeps libvirt from detaching a device, though it detaches others of the kind. */
#include "model/topology_private.h"

/* An attribute that is a number below VH_MAX_SCSI, else -1; without it libvirt takes 0 first. */
static gint32
read_number (const VhDocument *document, gint32 element, const char *name)
{
  guint64 number = 0;
  g_autofree char *text =
      element < 0 ? NULL : vh_document_dup_attribute (document, (guint) element, name);
  if (text && !g_ascii_string_to_unsigned (text, 10, 0, VH_MAX_SCSI - 1, &number, NULL))
    return -1;
  return (gint32) number;
}

static gboolean
child_says (const VhDocument *document, guint element, const char *child, const char *name,
            const char *value)
{
  gint32 found = vh_document_find_child (document, element, child);
  return found >= 0 && vh_document_attribute_equals (document, (guint) found, name, value);
}

/* A disk, or a SCSI device of the host. */
static gboolean
hangs_on_scsi (const VhDocument *document, guint element)
{
  if (vh_document_is (document, element, "hostdev"))
    return vh_document_attribute_equals (document, element, "type", "scsi");
  return vh_document_is (document, element, "disk") &&
         child_says (document, element, "target", "bus", "scsi");
}

void
vh_topology_note_scsi (const VhDocument *document, guint element, gboolean *is_busy)
{
  if (!hangs_on_scsi (document, element))
    return;
  gint32 index =
      read_number (document, vh_document_find_child (document, element, "address"), "controller");
  if (index >= 0)
    is_busy[index] = TRUE;
}

guint
vh_topology_find_detach_marks (const VhDocument *document, guint element, VhDeviceKind kind,
                               const gboolean *is_busy)
{
  if (kind == VH_DEVICE_FILESYSTEM)
    return child_says (document, element, "driver", "type", "virtiofs") ? 0 : VH_DEVICE_FIXED;
  if (kind != VH_DEVICE_CONTROLLER ||
      !vh_document_attribute_equals (document, element, "type", "scsi"))
    return 0;
  gint32 index = read_number (document, (gint32) element, "index");
  return index >= 0 && is_busy[index] ? VH_DEVICE_BUSY : 0;
}
