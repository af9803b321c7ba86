/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/io/source_libvirt.h"

#include "config.h"

#include <libvirt/virterror.h>
#include <stdlib.h>

static const char *
state_to_string (int state)
{
  static const char *const words[] = {
    [VIR_DOMAIN_NOSTATE] = "nostate",   [VIR_DOMAIN_RUNNING] = "running",
    [VIR_DOMAIN_BLOCKED] = "blocked",   [VIR_DOMAIN_PAUSED] = "paused",
    [VIR_DOMAIN_SHUTDOWN] = "shutdown", [VIR_DOMAIN_SHUTOFF] = "shutoff",
    [VIR_DOMAIN_CRASHED] = "crashed",   [VIR_DOMAIN_PMSUSPENDED] = "pmsuspended",
  };
  return state >= 0 && state < (int) G_N_ELEMENTS (words) ? words[state] : "nostate";
}

#if HAVE_VIR_DOMAIN_GET_MESSAGES
static char *
new_taints (virDomainPtr domain)
{
  char **messages = NULL;
  int n = virDomainGetMessages (domain, &messages, 0);
  if (n < 0)
    return NULL;
  char *taints = n > 0 ? g_strjoinv ("; ", messages) : NULL;
  for (int i = 0; i < n; i++)
    free (messages[i]);
  free (messages);
  return taints;
}
#else
static char *
new_taints (virDomainPtr domain G_GNUC_UNUSED)
{
  return NULL;
}
#endif

VhDomainInfo *
vh_source_libvirt_info_new_in (VhLibvirt *libvirt, virDomainPtr domain, int state,
                               gboolean persistent)
{
  VhDomainInfo *info = vh_domain_info_new ();
  char uuid[VIR_UUID_STRING_BUFLEN];
  unsigned int id = virDomainGetID (domain);
  info->name = g_strdup (virDomainGetName (domain));
  if (virDomainGetUUIDString (domain, uuid) == 0)
    info->uuid = g_strdup (uuid);
  info->source = g_strdup (libvirt->source.name);
  info->host = g_strdup (libvirt->source.host);
  info->state = state_to_string (state);
  info->id = id == (unsigned int) -1 ? -1 : (gint) id;
  info->read_only = libvirt->read_only;
  info->persistent = persistent;
  virResetLastError ();
  return info;
}

VhDomainInfo *
vh_source_libvirt_info_new (VhLibvirt *libvirt, virDomainPtr domain)
{
  int state = VIR_DOMAIN_NOSTATE;
  /* A transient domain goes when it stops, so one that is shut off is none: a call less. */
  int persistent = virDomainGetState (domain, &state, NULL, 0) == 0 && state == VIR_DOMAIN_SHUTOFF
                       ? 1
                       : virDomainIsPersistent (domain);
  if (persistent < 0)
    return NULL;
  return vh_source_libvirt_info_new_in (libvirt, domain, state, persistent > 0);
}

void
vh_source_libvirt_info_add_details (VhDomainInfo *info, virDomainPtr domain)
{
  int autostart = 0;
  info->managed_save = virDomainHasManagedSaveImage (domain, 0) > 0;
  info->autostart = virDomainGetAutostart (domain, &autostart) == 0 && autostart;
  info->n_snapshots = virDomainSnapshotNum (domain, 0);
  /* QEMU's taints go with the process. */
  if (!g_str_equal (info->state, "shutoff"))
    info->taints = new_taints (domain);
  virResetLastError ();
}
