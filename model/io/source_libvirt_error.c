/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/i18n.h"
#include "model/io/source_libvirt.h"

#include <errno.h>
#include <libvirt/virterror.h>
#include <string.h>

#define ANY (-1)
#define DURING(call) (1u << (call))
#define ALWAYS G_MAXUINT
#define OPENING DURING (VH_CALL_OPEN)
#define DEFINING DURING (VH_CALL_DEFINE)
#define STORING_OR_ASKING (DURING (VH_CALL_DEFINE) | DURING (VH_CALL_ASK))

/* What an error of libvirt means to us. The code and the domain of the error
 * decide, with the system's error number for a system error; its words are
 * only looked at to choose between hints, since they may be translated. */
typedef struct {
  int code;
  int domain;
  int number;        /* errno */
  const char *words; /* NULL: any */
  guint calls;
  VhSourceError kind;
  const char *hint;
} Meaning;

#define NOT_ALLOWED                                                                                \
  N_ ("Run as root or as a member of the group libvirt, or look at it with --readonly.")
#define NO_DAEMON                                                                                  \
  N_ ("Is the daemon running? Start libvirtd or virtqemud, or name another connection with "       \
      "--connect.")

/* The first row that fits counts. */
static const Meaning meanings[] = {
  { VIR_ERR_AUTH_UNAVAILABLE, ANY, 0, NULL, ALWAYS, VH_SOURCE_ERROR_DENIED,
    N_ ("Run as root or as a member of the group libvirt, or on a terminal where pkttyagent can "
        "ask, or look at it with --readonly.") },
  { VIR_ERR_AUTH_FAILED, VIR_FROM_POLKIT, 0, NULL, ALWAYS, VH_SOURCE_ERROR_DENIED, NOT_ALLOWED },
  { VIR_ERR_DBUS_SERVICE, ANY, 0, NULL, OPENING, VH_SOURCE_ERROR_DENIED, NOT_ALLOWED },
  { VIR_ERR_AUTH_FAILED, ANY, 0, "collect", ALWAYS, VH_SOURCE_ERROR_FAILED,
    N_ ("Nobody answered: run it alone and on a terminal, or keep name and password in the "
        "auth.conf of libvirt.") },
  { VIR_ERR_AUTH_FAILED, ANY, 0, NULL, ALWAYS, VH_SOURCE_ERROR_FAILED,
    N_ ("Check the user name and the password.") },
  { VIR_ERR_AUTH_CANCELLED, ANY, 0, NULL, ALWAYS, VH_SOURCE_ERROR_DENIED, NOT_ALLOWED },
  { VIR_ERR_ACCESS_DENIED, ANY, 0, NULL, ALWAYS, VH_SOURCE_ERROR_DENIED,
    N_ ("The access rules of this libvirt do not allow it: ask its administrator.") },
  { VIR_ERR_OPERATION_DENIED, ANY, 0, NULL, ALWAYS, VH_SOURCE_ERROR_DENIED,
    N_ ("The connection is read-only: connect without --readonly, to a socket that may write.") },
  { VIR_ERR_INTERNAL_ERROR, VIR_FROM_DBUS, 0, NULL, OPENING, VH_SOURCE_ERROR_DENIED, NOT_ALLOWED },
  { ANY, ANY, 0, "Host key verification failed", OPENING, VH_SOURCE_ERROR_FAILED,
    N_ ("Log in there with ssh once, to accept its key or to see why not.") },
  { ANY, ANY, 0, "Permission denied (", OPENING, VH_SOURCE_ERROR_FAILED,
    N_ ("Log in there with ssh first: it has to work with a key, or on a terminal with the "
        "password.") },
  { ANY, ANY, 0, "Unable to resolve address", OPENING, VH_SOURCE_ERROR_FAILED,
    N_ ("Check the name of the host in the URI.") },
  { VIR_ERR_SYSTEM_ERROR, ANY, EACCES, NULL, OPENING, VH_SOURCE_ERROR_DENIED, NOT_ALLOWED },
  { VIR_ERR_SYSTEM_ERROR, ANY, EPERM, NULL, OPENING, VH_SOURCE_ERROR_DENIED, NOT_ALLOWED },
  { VIR_ERR_SYSTEM_ERROR, ANY, ENOENT, NULL, OPENING, VH_SOURCE_ERROR_FAILED, NO_DAEMON },
  { VIR_ERR_SYSTEM_ERROR, ANY, ECONNREFUSED, NULL, OPENING, VH_SOURCE_ERROR_FAILED, NO_DAEMON },
  { VIR_ERR_SYSTEM_ERROR, ANY, EAGAIN, "driver.pid", OPENING, VH_SOURCE_ERROR_FAILED,
    N_ ("Another process (perhaps another virt-hotplug) has this embedded driver open: end it "
        "first.") },
  { VIR_ERR_NO_CONNECT, ANY, 0, NULL, OPENING, VH_SOURCE_ERROR_FAILED,
    N_ ("Check the URI given with --connect, or install the driver for it.") },
  { ANY, ANY, 0, NULL, OPENING, VH_SOURCE_ERROR_FAILED,
    N_ ("Try the same with \"virsh --connect URI list\".") },

  { VIR_ERR_NO_DOMAIN, ANY, 0, NULL, ALWAYS, VH_SOURCE_ERROR_NOT_FOUND,
    N_ ("The command list shows all domains; a file is named with a slash, as ./FILE.") },
  { VIR_ERR_NO_SUPPORT, ANY, 0, NULL, ALWAYS, VH_SOURCE_ERROR_UNSUPPORTED,
    N_ ("This kind of connection cannot do it.") },

  { VIR_ERR_XML_INVALID_SCHEMA, ANY, 0, NULL, STORING_OR_ASKING, VH_SOURCE_ERROR_SCHEMA,
    N_ ("The named element, or something in it, is not known to this libvirt.") },
  { VIR_ERR_CONFIG_UNSUPPORTED, ANY, 0, "unexpected feature", STORING_OR_ASKING,
    VH_SOURCE_ERROR_REFUSED,
    N_ ("This libvirt has no element for it: --site=qemu writes it as a QEMU argument.") },
  { VIR_ERR_CONFIG_UNSUPPORTED, ANY, 0, "is not valid for PCI controller", STORING_OR_ASKING,
    VH_SOURCE_ERROR_REFUSED,
    N_ ("libvirt takes hotplug= only on root ports, downstream ports and the root of an i440fx.") },
  { VIR_ERR_CONFIG_UNSUPPORTED, ANY, 0, "not supported by this QEMU binary", STORING_OR_ASKING,
    VH_SOURCE_ERROR_REFUSED,
    N_ ("This QEMU is too old for it: the command caps shows what it has.") },
  { VIR_ERR_CONFIG_UNSUPPORTED, ANY, 0, NULL, STORING_OR_ASKING, VH_SOURCE_ERROR_REFUSED, "" },
  { VIR_ERR_XML_ERROR, ANY, 0, NULL, STORING_OR_ASKING, VH_SOURCE_ERROR_REFUSED, "" },
  { VIR_ERR_OPERATION_FAILED, ANY, 0, NULL, DEFINING, VH_SOURCE_ERROR_CONFLICT,
    N_ ("The name or the UUID belongs to another domain now, or was changed: load it again.") },
  { VIR_ERR_OPERATION_INVALID, ANY, 0, NULL, ALWAYS, VH_SOURCE_ERROR_REFUSED,
    N_ ("The state of the domain does not allow it.") },
  { VIR_ERR_SYSTEM_ERROR, ANY, ENOSPC, NULL, DEFINING, VH_SOURCE_ERROR_FAILED,
    N_ ("The old definition is intact: make room and try again.") },
  { VIR_ERR_SYSTEM_ERROR, ANY, EROFS, NULL, DEFINING, VH_SOURCE_ERROR_FAILED,
    N_ ("The old definition is intact: its file system cannot be written.") },
  { VIR_ERR_INTERNAL_ERROR, ANY, 0, NULL, STORING_OR_ASKING, VH_SOURCE_ERROR_REFUSED, "" },
  { ANY, ANY, 0, NULL, ALWAYS, VH_SOURCE_ERROR_FAILED, "" },
};

static const Meaning lost = {
  ANY, ANY, 0, NULL, ALWAYS, VH_SOURCE_ERROR_LOST, N_ ("The daemon was stopped or does not answer.")
};

static gboolean
fits (const Meaning *row, const virError *last, VhLibvirtCall call)
{
  return (row->code == ANY || row->code == last->code) &&
         (row->domain == ANY || row->domain == last->domain) &&
         (row->number == 0 || row->number == last->int1) &&
         (!row->words || (last->message && strstr (last->message, row->words))) &&
         (row->calls & DURING (call));
}

static const Meaning *
find_meaning (const virError *last, VhLibvirt *libvirt, VhLibvirtCall call)
{
  gboolean connected = call != VH_CALL_OPEN && libvirt->connection;
  if (connected && (last->domain == VIR_FROM_RPC || virConnectIsAlive (libvirt->connection) == 0))
    return &lost;
  const Meaning *row = meanings;
  while (!fits (row, last, call))
    row++;
  return row;
}

/* The last error's words, as libvirt has them; caller frees. */
static char *
new_words (const virError *last)
{
  char *words = g_strdup (last && last->message ? last->message : _ ("libvirt gave no reason"));
  return g_strchomp (words);
}

/* Every further call to libvirt replaces its last error. */
static const Meaning *
take_error (VhLibvirt *libvirt, VhLibvirtCall call, char **words)
{
  static const virError nothing = { .code = VIR_ERR_INTERNAL_ERROR };
  virErrorPtr last = virSaveLastError ();
  const Meaning *meaning = find_meaning (last ? last : &nothing, libvirt, call);
  *words = new_words (last);
  virFreeError (last);
  return meaning;
}

void
vh_source_libvirt_set_error (GError **error, VhLibvirt *libvirt, VhLibvirtCall call,
                             const char *what, ...)
{
  g_autofree char *words = NULL;
  const Meaning *meaning = take_error (libvirt, call, &words);
  va_list arguments;
  va_start (arguments, what);
  g_autofree char *doing = g_strdup_vprintf (what, arguments);
  va_end (arguments);
  g_set_error (error, VH_SOURCE_ERROR, (gint) meaning->kind, "%s: %s%s%s%s", doing, words,
               g_str_has_suffix (words, ".") ? "" : ".", *meaning->hint ? " " : "",
               *meaning->hint ? _ (meaning->hint) : "");
}

void
vh_source_libvirt_set_words (GError **error, VhLibvirt *libvirt, VhLibvirtCall call)
{
  g_autofree char *words = NULL;
  const Meaning *meaning = take_error (libvirt, call, &words);
  g_set_error_literal (error, VH_SOURCE_ERROR, (gint) meaning->kind, words);
}
