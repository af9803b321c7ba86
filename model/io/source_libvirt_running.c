/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/i18n.h"
#include "model/io/source_libvirt.h"

#include "config.h"

#include <libvirt/virterror.h>
#include <stdlib.h>

#if HAVE_LIBVIRT_QEMU
#include <libvirt/libvirt-qemu.h>
#endif

/* What libvirt allocated, as memory of GLib's. */
static char *
take (char *text)
{
  char *copy = g_strdup (text);
  free (text);
  return copy;
}

char *
vh_source_libvirt_read_live (VhSource *source, GError **error)
{
  VhLibvirt *libvirt = (VhLibvirt *) source;
  if (!vh_source_libvirt_has_domain (libvirt, error))
    return NULL;
  const char *name = virDomainGetName (libvirt->domain);
  char *xml = take (virDomainGetXMLDesc (libvirt->domain, 0));
  if (!xml)
    vh_source_libvirt_set_error (error, libvirt, VH_CALL_READ, _ ("What runs of %s cannot be read"),
                                 name);
  return xml;
}

#if HAVE_LIBVIRT_QEMU
char *
vh_source_libvirt_monitor (VhSource *source, const char *command, GError **error)
{
  VhLibvirt *libvirt = (VhLibvirt *) source;
  if (!vh_source_libvirt_has_domain (libvirt, error))
    return NULL;
  const char *name = virDomainGetName (libvirt->domain);
  char *answer = NULL;
  if (virDomainQemuMonitorCommand (libvirt->domain, command, &answer, 0) == 0 && answer)
    return take (answer);
  vh_source_libvirt_set_error (error, libvirt, VH_CALL_READ, _ ("The QEMU of %s cannot be asked"),
                               name);
  return NULL;
}
#else
char *
vh_source_libvirt_monitor (VhSource *source, const char *command G_GNUC_UNUSED, GError **error)
{
  g_set_error (error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_UNSUPPORTED,
               _ ("The QEMU of a domain of %s cannot be asked: this virt-hotplug was built without "
                  "libvirt-qemu. Install one that was built with it."),
               source->name);
  return NULL;
}
#endif
