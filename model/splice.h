/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Changes to a document as replaced byte ranges: every byte outside them
 * stays. Indentation, line ends, quotes and prefixes are taken from the text
 * around. A removed thing takes the white space with it that a program which
 * formatted the text like libvirt would have written for it, so that setting
 * and clearing again gives the first bytes. */
#pragma once

#include "model/document.h"

typedef struct VhSplices VhSplices;

/* What becomes of a parent that a removal leaves with nothing but white
 * space. */
typedef enum {
  VH_EMPTIED_COLLAPSE, /* <x>…</x> becomes <x/> */
  VH_EMPTIED_REMOVE,   /* the parent goes too, if it has no attributes, and so on upwards */
} VhEmptied;

/* Changes to `base`, of which a reference is kept. Elements are those of
 * `base`. Changes of one list must not overlap, but any number of children
 * may be added to or removed from one parent. */
VhSplices *vh_splices_new (VhDocument *base);
void vh_splices_free (VhSplices *splices);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhSplices, vh_splices_free)

/* Replaces the value, or adds the attribute after the last one. */
void vh_splices_set_attribute (VhSplices *splices, guint element, const char *name,
                               const char *value);
/* Nothing happens when it is not there. */
void vh_splices_remove_attribute (VhSplices *splices, guint element, const char *name);

/* `markup` is XML in no particular place: lines end with \n (none after the
 * last) and are indented by two spaces a level; it is laid out anew for where
 * it goes. */
void vh_splices_append_child (VhSplices *splices, guint parent, const char *markup);
void vh_splices_insert_after (VhSplices *splices, guint sibling, const char *markup);

/* The element and its line. */
void vh_splices_remove_element (VhSplices *splices, guint element, VhEmptied parent);

/* Appends to the domain's <qemu:commandline>, which is made when there is
 * none, one <qemu:arg> for each of `values` (NULL-terminated), in the prefix
 * that the text uses; the namespace is declared when it is not. */
void vh_splices_append_qemu_args (VhSplices *splices, const char *const *values);
/* Removes one <qemu:arg>; with the last one goes the commandline element, and
 * with the last element of that namespace goes its declaration. */
void vh_splices_remove_qemu_arg (VhSplices *splices, guint element);

gboolean vh_splices_is_empty (const VhSplices *splices);

/* The changed document; `base` itself (a new reference) when there is no
 * change. That the result is well-formed is asserted. NULL and an error only
 * when `base` cannot be edited. */
VhDocument *vh_splices_apply (VhSplices *splices, GError **error);
