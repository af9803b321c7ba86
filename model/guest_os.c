/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/guest_os.h"

/* The first child of another namespace with this name; -1. */
static gint32
find_foreign (const VhDocument *document, guint element, const char *name)
{
  gint32 child = vh_document_find_first_child (document, element);
  while (child >= 0 &&
         (vh_document_get_element (document, (guint) child)->ns != VH_NAMESPACE_OTHER ||
          !g_str_equal (vh_document_get_name (document, (guint) child), name)))
    child = vh_document_find_next_sibling (document, (guint) child);
  return child;
}

VhGuestOs
vh_guest_os_find (const VhDocument *document)
{
  gint32 metadata = vh_document_find_child (document, 0, "metadata");
  gint32 libosinfo = metadata < 0 ? -1 : find_foreign (document, (guint) metadata, "libosinfo");
  gint32 os = libosinfo < 0 ? -1 : find_foreign (document, (guint) libosinfo, "os");
  g_autofree char *id = os < 0 ? NULL : vh_document_dup_attribute (document, (guint) os, "id");
  if (!id)
    return VH_GUEST_OS_UNKNOWN;
  if (g_str_has_prefix (id, "http://microsoft.com/"))
    return VH_GUEST_OS_WINDOWS;
  return g_str_has_prefix (id, "http://apple.com/") ? VH_GUEST_OS_MACOS : VH_GUEST_OS_OTHER;
}
