/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Opening a connection that wants to know who we are. Names and passwords of auth.conf are
 * libvirt's own business, but it looks for them only where it also could ask. */
#include "model/io/source_libvirt.h"

#include <libvirt/virterror.h>
#include <string.h>

static gboolean
is_secret (int type)
{
  return type == VIR_CRED_PASSPHRASE || type == VIR_CRED_NOECHOPROMPT;
}

/* What is answered; NULL when nobody answers. libvirt frees it by free(), which is g_free(). */
static char *
ask (const VhLibvirt *libvirt, const virConnectCredential *credential)
{
  if (!libvirt->may_ask || !libvirt->ask)
    return NULL;
  char *answer = libvirt->ask (credential->prompt, is_secret (credential->type), libvirt->ask_data);
  if (!answer)
    return NULL;
  char *result = g_strdup (*answer || !credential->defresult ? answer : credential->defresult);
  explicit_bzero (answer, strlen (answer));
  g_free (answer);
  return result;
}

static int
on_questions (virConnectCredentialPtr credentials, unsigned int n, void *data)
{
  for (virConnectCredential *each = credentials; each < credentials + n; each++)
    {
      char *answer = ask (data, each);
      if (!answer)
        return -1;
      each->resultlen = (unsigned int) strlen (answer);
      each->result = answer;
    }
  return 0;
}

static virConnectPtr
open_once (VhLibvirt *libvirt)
{
  /* Who is meant besides who asks, VIR_CRED_USERNAME, would be asked for where auth.conf has the
   * rest. */
  static int types[] = { VIR_CRED_AUTHNAME, VIR_CRED_ECHOPROMPT, VIR_CRED_REALM,
                         VIR_CRED_PASSPHRASE, VIR_CRED_NOECHOPROMPT };
  virConnectAuth auth = { types, G_N_ELEMENTS (types), on_questions, libvirt };
  return virConnectOpenAuth (libvirt->uri, &auth, libvirt->read_only ? VIR_CONNECT_RO : 0);
}

/* polkit would ask for a password, but has nobody to show the question. The agent is of the opening
 * alone: later the terminal may be the terminal UI's. */
virConnectPtr
vh_source_libvirt_connect (VhLibvirt *libvirt)
{
  virConnectPtr connection = open_once (libvirt);
  if (connection || !libvirt->may_agent || virGetLastErrorCode () != VIR_ERR_AUTH_UNAVAILABLE)
    return connection;
  const GPid agent = vh_source_libvirt_agent_start ();
  if (agent)
    connection = open_once (libvirt);
  vh_source_libvirt_agent_end (agent);
  return connection;
}
