/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The places of a document where one knob is configured, and how each is
 * written and cleared. */
#pragma once

#include "model/reading.h"
#include "model/splice.h"

typedef struct {
  const VhReading *reading;
  VhKnob knob;
  guint32 controller; /* of root or port; VH_NO_ELEMENT when implied or none */
  guint32 target;     /* its <target> with a hotplug=; VH_NO_ELEMENT */
  GArray *features;   /* of guint: every <acpi-bridge-hotplug> */
  GPtrArray *globals; /* of const VhGlobal *, in their order; borrowed */
  const char *driver; /* of the -global that is the knob; NULL when there is none */
  const char *property;
} VhEditSites;

/* `bus` is a controller index, for a port. */
VhEditSites *vh_edit_sites_new (const VhReading *reading, VhKnob knob, gint32 bus);
void vh_edit_sites_free (VhEditSites *sites);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhEditSites, vh_edit_sites_free)

gboolean vh_edit_sites_has (const VhEditSites *sites, VhSite site);
/* At no site but `except`. */
gboolean vh_edit_sites_is_only (const VhEditSites *sites, VhSite except);

/* Makes `to` (ON or OFF) the one configuration of the site. A new QEMU
 * argument is not spliced but pushed on `arguments` (of char *), since those
 * of all knobs go in together. */
void vh_edit_sites_write (const VhEditSites *sites, VhSite site, VhSwitch to, VhSplices *splices,
                          GPtrArray *arguments);
void vh_edit_sites_clear (const VhEditSites *sites, VhSite site, VhSplices *splices);

/* One -global: taken out, or its value alone changed; one that means the same already stays. */
void vh_edit_sites_clear_global (const VhGlobal *global, VhSplices *splices);
void vh_edit_sites_update_global (const VhDocument *document, const VhGlobal *global, VhSwitch to,
                                  VhSplices *splices);
