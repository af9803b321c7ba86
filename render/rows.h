/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The lines of the topology tree. Making the list is linear; what a line says
 * is made for visible lines only. */
#pragma once

#include "render/styled.h"
#include "render/view.h"

typedef struct {
  VhRowKey key;
  guint32 item; /* position of the bus or device in the edited topology */
  guint8 depth;
  guint8 kind;  /* VhRowKind */
  guint8 marks; /* of VhRowMarks */
  guint8 slot;  /* the first of a run of free slots, which are those of the bus `item` */
} VhRow;        /* 16 bytes */

typedef enum {
  VH_ROW_LAST = 1 << 0,     /* last child of its parent */
  VH_ROW_FOLDABLE = 1 << 1, /* has children */
  VH_ROW_FOLDED = 1 << 2,
  VH_ROW_CHANGED = 1 << 3, /* differs from the base */
  VH_ROW_NOTE = 1 << 4,    /* has a finding of that severity, or has one folded away */
  VH_ROW_WARNING = 1 << 5,
  VH_ROW_ERROR = 1 << 6,
} VhRowMarks;
#define VH_ROW_FINDINGS ((guint) VH_ROW_NOTE | VH_ROW_WARNING | VH_ROW_ERROR)

VhRowKey vh_row_key_of_knob (VhKnob knob);
VhRowKey vh_row_key_of_bus (const VhTopology *topology, guint bus);
VhRowKey vh_row_key_of_device (const VhTopology *topology, guint device);
VhRowKey vh_row_key_of_heading (void);
/* Of the run of free slots that ends with `last`: edits fill a bus from below. */
VhRowKey vh_row_key_of_slots (const VhTopology *topology, guint bus, guint last);
/* The last slot of such a row. */
guint vh_row_get_last_slot (const VhRow *row);

/* Of the edited state, folds, filter and only-… views applied; a `view` of
 * NULL shows everything but free slots. Folds do not count while rows are left out. The knobs
 * come first and are never left out. Elements are VhRow. */
GArray *vh_rows_new (const VhSession *session, const VhView *view);
/* Position of the key; -1 when it is not visible. */
gint vh_rows_find (const GArray *rows, VhRowKey key);
/* Of the view's cursor: without a search while it is where it was. */
gint vh_rows_find_cursor (const GArray *rows, const VhView *view);

/* What a line says, in columns. Caller frees with vh_row_text_clear(). */
typedef struct {
  char *name;               /* "3 pcie-root-port", "disk vda virtio" */
  char *address;            /* "00:02.1"; "" none */
  char *offered;            /* "acpi,shpc", "none"; "" where it does not apply */
  gboolean offered_changed; /* it was something else before the edits */
  VhMechanism used;         /* of a bus; unplug of a device */
  char *used_text;          /* "acpi", or "acpi→none" when changed; "" where it does not apply */
  char *free_text;          /* "1", "30", "" */
  char *knob_text;          /* "on", "off", "default", "default (off)", "off→on"; "" none */
  char *note; /* of a knob of the machine: where it is set, or why it cannot be; "" none */
} VhRowText;
void vh_row_text_init (VhRowText *text, const VhSession *session, const VhRow *row, gboolean ascii);
void vh_row_text_clear (VhRowText *text);

/* Does the line contain `needle`, letters of either case? Looks at the name,
 * address, mechanisms and hotplug setting. */
gboolean vh_row_matches (const VhSession *session, const VhRow *row, const char *needle);

/* The reasons pane of a row: lines of text with a role each, wrapped to
 * `width`. Elements are VhStyledLine, freed with the array. */
GPtrArray *vh_rows_new_reasons (const VhSession *session, const VhRow *row, guint width);
/* The same: what is known of the row (address, alias, number in the guest, the fate of each
 * device), and its XML as it stands in the edited document, secrets masked. */
GPtrArray *vh_rows_new_details (const VhSession *session, const VhRow *row, guint width);
GPtrArray *vh_rows_new_xml (const VhSession *session, const VhRow *row, guint width);
