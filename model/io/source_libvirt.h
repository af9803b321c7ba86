/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of the libvirt source share. Nobody else includes it. */
#pragma once

#include "model/io/source.h"

#include <libvirt/libvirt.h>

/* Where the event loop's thread leaves its news; outlives the connection that
 * it belongs to as long as a callback may still come. */
typedef struct {
  gatomicrefcount references;
  gint defines;      /* atomic; of the selected domain */
  gint hears_all;    /* atomic; the events of every domain come, not only of the selected one */
  gpointer listener; /* atomic; of VhLibvirtListener, set once */
} VhLibvirtNews;

typedef struct {
  VhSourceChanged changed;
  gpointer data;
  GDestroyNotify free_data;
} VhLibvirtListener;

VhLibvirtNews *vh_source_libvirt_news_new (void);
VhLibvirtNews *vh_source_libvirt_news_ref (VhLibvirtNews *news);
void vh_source_libvirt_news_unref (VhLibvirtNews *news);

typedef struct {
  VhSource source;
  char *uri;      /* as given; NULL for the default */
  char *emulator; /* --emulator; NULL */
  gboolean read_only;
  gboolean may_ask, may_agent;
  gboolean without_details;
  VhSourceAsk ask;
  gpointer ask_data;
  virConnectPtr connection;
  gboolean has_close_callback;
  gboolean counts;                   /* somebody counts the definitions of the selected domain */
  virDomainPtr domain;               /* NULL until one is selected */
  char uuid[VIR_UUID_STRING_BUFLEN]; /* of the selected one, kept over a new connection; "" none */
  int event;                         /* of the domain's events; -1 none */
  int every_event;                   /* of the events of all domains; -1 none */
  GHashTable *listed;                /* UUID -> virDomainPtr; NULL before the first list */
  VhLibvirtNews *news;
} VhLibvirt;

/* connection */
gboolean vh_source_libvirt_open (VhLibvirt *libvirt, GError **error);
void vh_source_libvirt_close (VhLibvirt *libvirt);
/* Takes `domain` as the selected one, and listens to its events if anybody wants to know. */
void vh_source_libvirt_set_domain (VhLibvirt *libvirt, virDomainPtr domain);
/* Listens to the events of every domain, and to the end of the connection. */
void vh_source_libvirt_listen (VhLibvirt *libvirt);
/* From now on the definitions of the selected domain are counted. */
void vh_source_libvirt_count (VhLibvirt *libvirt);
/* Has the connection's URI a host in it, so that it is not surely this one? */
gboolean vh_source_libvirt_is_remote (VhLibvirt *libvirt);

/* host */
/* The name of the host that libvirt runs on, as it says, or as the URI does when it says nothing
 * for a second (five where it is another machine): it looks itself up in the DNS first
 * (virGetHostname() in util/virutil.c), which may take as long as the resolver waits, and nothing
 * here needs the name that much. The connection stays open until the late answer has come. Caller
 * frees; NULL: unknown. */
char *vh_source_libvirt_get_host (VhLibvirt *libvirt);

/* auth */
/* Opens with whoever may be asked. NULL with libvirt's last error. */
virConnectPtr vh_source_libvirt_connect (VhLibvirt *libvirt);

/* agent */
/* Starts pkttyagent and waits until polkit knows it; 0: there is none. It goes with the thread. */
GPid vh_source_libvirt_agent_start (void);
/* Ends it; 0 does nothing. */
void vh_source_libvirt_agent_end (GPid agent);

/* info */
/* NULL with libvirt's last error when it does not even say whether the domain
 * is persistent: it is gone, or nobody answers. */
VhDomainInfo *vh_source_libvirt_info_new (VhLibvirt *libvirt, virDomainPtr domain);
/* The same of a domain whose virDomainState is known already. Asks nobody. */
VhDomainInfo *vh_source_libvirt_info_new_in (VhLibvirt *libvirt, virDomainPtr domain, int state,
                                             gboolean persistent);
/* What costs a call each: for one domain, not for a list. */
void vh_source_libvirt_info_add_details (VhDomainInfo *info, virDomainPtr domain);

/* list */
GPtrArray *vh_source_libvirt_list (VhSource *source, GError **error);
GBytes *vh_source_libvirt_look (VhSource *source, const char *uuid, VhDomainInfo **info,
                                GError **error);
/* FALSE and an error while there is no connection: a later call may try. */
gboolean vh_source_libvirt_is_open (VhLibvirt *libvirt, GError **error);

/* error: what was being done decides what an error means. */
typedef enum {
  VH_CALL_OPEN,
  VH_CALL_READ,
  VH_CALL_DEFINE,
  VH_CALL_ASK, /* XMLToNative, capabilities */
} VhLibvirtCall;

/* libvirt's last error into *error: `what` is the beginning of a sentence
 * ("X could not be read"), then come libvirt's words and a hint. */
G_GNUC_PRINTF (4, 5)
void vh_source_libvirt_set_error (GError **error, VhLibvirt *libvirt, VhLibvirtCall call,
                                  const char *what, ...);
/* The same with libvirt's words alone. */
void vh_source_libvirt_set_words (GError **error, VhLibvirt *libvirt, VhLibvirtCall call);

/* native: the driver's own command line for a domain; of char *. NULL and an
 * error when it refuses. */
GPtrArray *vh_source_libvirt_native_new_args (VhLibvirt *libvirt, const char *xml, GError **error);
/* Establishes the LIBVIRT_* facts by small domains of this emulator and
 * machine. FALSE and an error when it does not even take one without any
 * setting. */
gboolean vh_source_libvirt_native_probe (VhLibvirt *libvirt, const VhTopology *topology,
                                         const char *emulator, VhCaps *caps, GError **error);

/* running: what runs, and what its QEMU says. */
char *vh_source_libvirt_read_live (VhSource *source, GError **error);
char *vh_source_libvirt_monitor (VhSource *source, const char *command, GError **error);
/* FALSE and an error while none is selected or connected. */
gboolean vh_source_libvirt_has_domain (VhLibvirt *libvirt, GError **error);

/* probe */
/* The emulator to ask about: `wanted` if libvirt's capabilities name it for
 * `arch`, or the usual one for NULL. NULL and an error when there is none:
 * what merely stands in an XML is never run. Caller frees. */
char *vh_source_libvirt_choose_emulator (VhLibvirt *libvirt, const char *arch, const char *wanted,
                                         GError **error);
VhCaps *vh_source_libvirt_probe (VhSource *source, const VhTopology *topology, GError **error);
gboolean vh_source_libvirt_is_kept (VhSource *source, const VhTopology *topology);
