/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/rows.h"

/* The bits of the key of a bus that tell it from others, and where the slot stands above them. */
#define KEY_OF_BUS (((guint64) 1 << 49) - 1)
#define LAST_SLOT 49

/* The upper byte of a key is the kind, so that no key is 0. */
static VhRowKey
make_key (VhRowKind kind, guint64 rest)
{
  return ((guint64) kind + 1) << 56 | rest;
}

/* For what has no name of its own; edits move no position. */
static guint64
nameless (guint position)
{
  return (guint64) 1 << 48 | position;
}

VhRowKey
vh_row_key_of_knob (VhKnob knob)
{
  return make_key (knob == VH_KNOB_ROOT ? VH_ROW_ROOT_KNOB : VH_ROW_BRIDGE_KNOB, 0);
}

VhRowKey
vh_row_key_of_bus (const VhTopology *topology, guint bus)
{
  const VhBus *what = vh_topology_get_bus (topology, bus);
  if (what->index < 0 || (what->marks & VH_BUS_DOUBLE_INDEX) != 0)
    return make_key (VH_ROW_BUS, nameless (bus));
  return make_key (VH_ROW_BUS, (guint64) what->index);
}

VhRowKey
vh_row_key_of_heading (void)
{
  return make_key (VH_ROW_UNADDRESSED_HEADING, 0);
}

VhRowKey
vh_row_key_of_slots (const VhTopology *topology, guint bus, guint last)
{
  const VhRowKey of_bus = vh_row_key_of_bus (topology, bus) & KEY_OF_BUS;
  return make_key (VH_ROW_SLOTS, of_bus | (guint64) last << LAST_SLOT);
}

guint
vh_row_get_last_slot (const VhRow *row)
{
  return row->key >> LAST_SLOT & 0x1f;
}

VhRowKey
vh_row_key_of_device (const VhTopology *topology, guint device)
{
  const VhDevice *what = vh_topology_get_device (topology, device);
  if (what->bus < 0)
    return make_key (VH_ROW_UNADDRESSED, nameless (device));
  const VhAddress *at = &what->at;
  if (what->marks != 0 || at->domain > 0xffff)
    return make_key (VH_ROW_DEVICE, nameless (device));
  return make_key (VH_ROW_DEVICE, (guint64) at->domain << 32 | (guint64) at->bus << 16 |
                                      (guint64) at->slot << 8 | at->function);
}

gint
vh_rows_find (const GArray *rows, VhRowKey key)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_array_index (rows, VhRow, i).key == key)
      return (gint) i;
  return -1;
}

gint
vh_rows_find_cursor (const GArray *rows, const VhView *view)
{
  if (view->row < rows->len && g_array_index (rows, VhRow, view->row).key == view->cursor)
    return (gint) view->row;
  return vh_rows_find (rows, view->cursor);
}
