/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What <qemu:commandline> and <qemu:override> say about hotplug. */
#pragma once

#include "model/document.h"
#include "model/types.h"

/* One -global, in whichever spelling QEMU takes: "-global X.p=v", "--global",
 * "-global driver=X,property=p,value=v". */
typedef struct {
  char *driver;
  char *property;
  char *value;
  guint32 flag_element;  /* the <qemu:arg> with "-global" */
  guint32 value_element; /* the <qemu:arg> with the setting */
  gboolean long_form;    /* driver=,property=,value= */
} VhGlobal;

/* One <qemu:property> of a <qemu:device alias=…>. */
typedef struct {
  char *alias;
  char *property;
  char *value; /* NULL for type='remove': libvirt does not pass the property */
  guint32 element;
} VhOverride;

typedef struct {
  GPtrArray *globals;    /* of VhGlobal, in the order of the command line */
  GPtrArray *overrides;  /* of VhOverride */
  VhSwitch acpi;         /* -machine acpi=…, -M …, -no-acpi; the last wins */
  guint32 joined_global; /* a "-global=…", which QEMU refuses: its <qemu:arg>; 0 for none */
  guint n_args;          /* of every kind */
} VhQemuArgs;

/* Reads them all. Elements are those of `document`. Never NULL. */
VhQemuArgs *vh_qemu_args_new (const VhDocument *document);
/* No arguments at all. */
VhQemuArgs *vh_qemu_args_new_empty (void);
void vh_qemu_args_free (VhQemuArgs *args);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhQemuArgs, vh_qemu_args_free)

/* The last one of the property, which is the one that QEMU obeys; NULL when there is none.
 * Borrowed. */
const VhOverride *vh_qemu_args_find_override (const VhQemuArgs *args, const char *alias,
                                              const char *property);

/* QEMU's booleans: on, yes, true, y; off, no, false, n, in lower case only
 * (qapi_bool_parse). FALSE, *value untouched, for anything else: QEMU does not start. */
gboolean vh_qemu_args_parse_bool (const char *text, VhSwitch *value);

/* The words of a -global, "X.p=v", caller frees. */
char *vh_qemu_args_format_global (const char *driver, const char *property, const char *value);
