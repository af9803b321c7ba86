/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The small types that every module shares, and the words they are read and
 * written with. The words are those of the JSON format and of the command
 * line; they are one table, words.def. */
#pragma once

#include <glib.h>

/* A setting that may be written or not. ABSENT means "what the machine type
 * says", never "off". */
typedef enum {
  VH_SWITCH_ABSENT,
  VH_SWITCH_ON,
  VH_SWITCH_OFF,
} VhSwitch;

/* A fact. UNKNOWN is a value of its own, never "no". */
typedef enum {
  VH_KNOWN_UNKNOWN,
  VH_KNOWN_NO,
  VH_KNOWN_YES,
} VhKnown;

/* Where a value comes from, weakest first. */
typedef enum {
  VH_ORIGIN_ASSUMED,
  VH_ORIGIN_MACHINE_TABLE,
  VH_ORIGIN_RECORDED,
  VH_ORIGIN_PROBED,
  VH_ORIGIN_DOMAIN_XML,
  VH_ORIGIN_QEMU_COMMANDLINE,
  VH_ORIGIN_USER,
} VhOrigin;

/* How a device arrives while the guest runs. NONE means that QEMU refuses it
 * or that the guest never sees it. */
typedef enum {
  VH_MECHANISM_UNKNOWN,
  VH_MECHANISM_NONE,
  VH_MECHANISM_ACPI,
  VH_MECHANISM_NATIVE,
  VH_MECHANISM_SHPC,
  VH_MECHANISM_PAPR, /* DLPAR of pseries */
  VH_MECHANISM_SCLP, /* events for zPCI of s390x */
} VhMechanism;
#define VH_N_MECHANISMS (VH_MECHANISM_SCLP + 1)
/* The first that is a way to plug. */
#define VH_MECHANISM_FIRST VH_MECHANISM_ACPI

/* A set of mechanisms: bit VH_OFFERS (VH_MECHANISM_ACPI) and so on. */
typedef guint VhMechanisms;
#define VH_OFFERS(mechanism) (1u << (mechanism))

typedef enum {
  VH_SEVERITY_ERROR,
  VH_SEVERITY_WARNING,
  VH_SEVERITY_NOTE,
} VhSeverity;
#define VH_N_SEVERITIES (VH_SEVERITY_NOTE + 1)

/* Where a knob is, or would be, written in the domain XML. */
typedef enum {
  VH_SITE_NONE,
  VH_SITE_TARGET,        /* <target hotplug=…> of a PCI controller */
  VH_SITE_FEATURE,       /* <features><pci><acpi-bridge-hotplug state=…> */
  VH_SITE_QEMU_GLOBAL,   /* -global in <qemu:commandline> */
  VH_SITE_QEMU_OVERRIDE, /* <qemu:override> by device alias; read, never written */
} VhSite;

/* What the user can set. PORT goes with a controller index. */
typedef enum {
  VH_KNOB_ROOT,
  VH_KNOB_BRIDGE,
  VH_KNOB_PORT,
} VhKnob;

/* The word of a value; static text. */
const char *vh_switch_to_string (VhSwitch value);
const char *vh_known_to_string (VhKnown value);
const char *vh_origin_to_string (VhOrigin value);
const char *vh_mechanism_to_string (VhMechanism value);
const char *vh_severity_to_string (VhSeverity value);
const char *vh_site_to_string (VhSite value);
const char *vh_knob_to_string (VhKnob value);

/* FALSE, and *value untouched, when `word` is not one of the words. NULL is
 * no word. */
gboolean vh_switch_from_string (const char *word, VhSwitch *value);
gboolean vh_known_from_string (const char *word, VhKnown *value);
gboolean vh_knob_from_string (const char *word, VhKnob *value);
gboolean vh_site_from_string (const char *word, VhSite *value);

/* UNKNOWN stays what it is. */
VhKnown vh_known_negate (VhKnown value);
/* UNKNOWN for ABSENT. */
VhKnown vh_switch_to_known (VhSwitch value);
