/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/rows.h"

#include "render/change.h"

/* Depths are counted in a byte. */
#define MAX_DEPTH G_MAXUINT8

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

typedef struct {
  const VhSession *session;
  const VhTopology *topology;
  const VhView *view; /* NULL: nothing is folded or left out */
  gboolean selective; /* rows are left out, so folds do not count */
  GArray *rows;
  GArray *children;    /* of guint: positions of buses, those of one parent neighbours by address */
  GArray *first_child; /* of guint: where the children of a bus begin; one more for the end */
} Builder;

static int
compare_children (gconstpointer a, gconstpointer b, gpointer data)
{
  const Builder *builder = data;
  guint one = *(const guint *) a, other = *(const guint *) b;
  const VhBus *one_bus = vh_topology_get_bus (builder->topology, one);
  const VhBus *other_bus = vh_topology_get_bus (builder->topology, other);
  if (one_bus->parent != other_bus->parent)
    return one_bus->parent < other_bus->parent ? -1 : 1;
  int order = one_bus->parent < 0 ? 0 : vh_address_compare (&one_bus->at, &other_bus->at);
  return order != 0 ? order : (one > other) - (one < other);
}

/* Roots have the parent -1, so they are counted in front. */
static void
sort_children (Builder *builder)
{
  guint n_buses = vh_topology_get_n_buses (builder->topology);
  builder->children = g_array_sized_new (FALSE, FALSE, sizeof (guint), n_buses);
  builder->first_child = g_array_sized_new (FALSE, TRUE, sizeof (guint), n_buses + 2);
  g_array_set_size (builder->first_child, n_buses + 2);
  guint *first = (guint *) (void *) builder->first_child->data;
  for (guint bus = 0; bus < n_buses; bus++)
    {
      g_array_append_val (builder->children, bus);
      first[vh_topology_get_bus (builder->topology, bus)->parent + 2]++;
    }
  for (guint i = 1; i < n_buses + 2; i++)
    first[i] += first[i - 1];
  g_array_sort_with_data (builder->children, compare_children, builder);
}

static guint
push_row (Builder *builder, VhRowKind kind, guint depth, VhRowKey key, guint32 item)
{
  VhRow row = { .key = key, .item = item, .depth = (guint8) MIN (depth, MAX_DEPTH) };
  row.kind = (guint8) kind;
  g_array_append_val (builder->rows, row);
  return builder->rows->len - 1;
}

static void
mark_row (Builder *builder, guint row, guint marks)
{
  VhRow *marked = &g_array_index (builder->rows, VhRow, row);
  marked->marks = (guint8) (marked->marks | marks);
}

static void
push_device (Builder *builder, VhRowKind kind, guint depth, guint device)
{
  VhRowKey key = vh_row_key_of_device (builder->topology, device);
  guint row = push_row (builder, kind, depth, key, device);
  if (vh_change_is_device (builder->session, device))
    mark_row (builder, row, VH_ROW_CHANGED);
}

static gboolean
is_folded (const Builder *builder, VhRowKey key)
{
  return builder->view != NULL && !builder->selective &&
         g_hash_table_contains (builder->view->folded, &key);
}

static void push_bus (Builder *builder, guint bus, guint depth);

static gboolean
is_before (const Builder *builder, guint bus, guint device)
{
  return vh_address_compare (&vh_topology_get_bus (builder->topology, bus)->at,
                             &vh_topology_get_device (builder->topology, device)->at) <= 0;
}

/* Endpoints and the buses behind bridges, together by address. A bridge is
 * shown as its bus. */
static void
push_children (Builder *builder, guint bus, guint depth)
{
  guint device = 0;
  guint device_end = vh_topology_get_bus_devices (builder->topology, bus, &device);
  device_end += device;
  guint child = g_array_index (builder->first_child, guint, bus + 1);
  guint child_end = g_array_index (builder->first_child, guint, bus + 2);
  for (; device < device_end; device++)
    {
      if (vh_topology_get_device (builder->topology, device)->secondary_bus >= 0)
        continue;
      for (; child < child_end; child++)
        {
          guint below = g_array_index (builder->children, guint, child);
          if (!is_before (builder, below, device))
            break;
          push_bus (builder, below, depth);
        }
      push_device (builder, VH_ROW_DEVICE, depth, device);
    }
  for (; child < child_end; child++)
    push_bus (builder, g_array_index (builder->children, guint, child), depth);
}

/* A folded bus takes back the rows below it; what changed there marks it. */
static void
fold (Builder *builder, guint row)
{
  for (guint below = row + 1; below < builder->rows->len; below++)
    if ((g_array_index (builder->rows, VhRow, below).marks & VH_ROW_CHANGED) != 0)
      mark_row (builder, row, VH_ROW_CHANGED);
  g_array_set_size (builder->rows, row + 1);
  mark_row (builder, row, VH_ROW_FOLDED);
}

static void
push_bus (Builder *builder, guint bus, guint depth)
{
  VhRowKey key = vh_row_key_of_bus (builder->topology, bus);
  guint row = push_row (builder, VH_ROW_BUS, depth, key, bus);
  if (vh_change_is_bus (builder->session, bus))
    mark_row (builder, row, VH_ROW_CHANGED);
  push_children (builder, bus, depth + 1);
  if (builder->rows->len == row + 1)
    return;
  mark_row (builder, row, VH_ROW_FOLDABLE);
  if (is_folded (builder, key))
    fold (builder, row);
}

static void
push_knob (Builder *builder, VhKnob knob)
{
  VhRowKind kind = knob == VH_KNOB_ROOT ? VH_ROW_ROOT_KNOB : VH_ROW_BRIDGE_KNOB;
  guint row = push_row (builder, kind, 0, vh_row_key_of_knob (knob), 0);
  if (vh_change_is_knob (builder->session, knob))
    mark_row (builder, row, VH_ROW_CHANGED);
}

/* Devices without a place on a bus. A bridge without one is a root above. */
static void
push_unaddressed (Builder *builder)
{
  gboolean has_heading = FALSE;
  for (guint i = 0; i < vh_topology_get_n_devices (builder->topology); i++)
    {
      const VhDevice *device = vh_topology_get_device (builder->topology, i);
      if (device->bus >= 0 || device->secondary_bus >= 0)
        continue;
      if (!has_heading)
        push_row (builder, VH_ROW_UNADDRESSED_HEADING, 0, make_key (VH_ROW_UNADDRESSED_HEADING, 0),
                  0);
      has_heading = TRUE;
      push_device (builder, VH_ROW_UNADDRESSED, 1, i);
    }
}

static gboolean
is_knob (const VhRow *row)
{
  return row->kind == VH_ROW_ROOT_KNOB || row->kind == VH_ROW_BRIDGE_KNOB;
}

static gboolean
has_free_slot (const VhSession *session, const VhRow *row)
{
  if (row->kind != VH_ROW_BUS)
    return FALSE;
  const VhReading *after = session->after;
  return vh_slots_of_bus (after->topology, after->modes, row->item).free > 0;
}

static gboolean
is_chosen (const Builder *builder, const VhRow *row)
{
  const VhView *view = builder->view;
  if (view->only_changed && (row->marks & VH_ROW_CHANGED) == 0)
    return FALSE;
  if (view->only_empty && !has_free_slot (builder->session, row))
    return FALSE;
  return view->filter->len == 0 || vh_row_matches (builder->session, row, view->filter->str);
}

/* Leaves out what is not chosen, but keeps what is above something chosen.
 * From the last row up, so that a parent knows of its children. */
static void
leave_out (Builder *builder)
{
  gboolean wanted[MAX_DEPTH + 2] = { FALSE };
  GArray *rows = builder->rows;
  guint kept = rows->len;
  for (guint i = rows->len; i-- > 0;)
    {
      const VhRow row = g_array_index (rows, VhRow, i);
      gboolean keep = wanted[row.depth + 1] || is_knob (&row) || is_chosen (builder, &row);
      wanted[row.depth + 1] = FALSE;
      if (!keep)
        continue;
      wanted[row.depth] = TRUE;
      g_array_index (rows, VhRow, --kept) = row;
    }
  g_array_remove_range (rows, 0, kept);
}

/* A row is the last child when no later row has its depth before one that is
 * less deep. */
static void
mark_last (Builder *builder)
{
  gboolean later[MAX_DEPTH + 2] = { FALSE };
  for (guint i = builder->rows->len; i-- > 0;)
    {
      guint depth = g_array_index (builder->rows, VhRow, i).depth;
      if (!later[depth])
        mark_row (builder, i, VH_ROW_LAST);
      later[depth] = TRUE;
      later[depth + 1] = FALSE;
    }
}

GArray *
vh_rows_new (const VhSession *session, const VhView *view)
{
  Builder builder = { .session = session, .topology = session->after->topology, .view = view };
  builder.selective =
      view != NULL && (view->filter->len > 0 || view->only_empty || view->only_changed);
  builder.rows = g_array_new (FALSE, FALSE, sizeof (VhRow));
  sort_children (&builder);
  push_knob (&builder, VH_KNOB_ROOT);
  push_knob (&builder, VH_KNOB_BRIDGE);
  for (guint i = 0; i < g_array_index (builder.first_child, guint, 1); i++)
    push_bus (&builder, g_array_index (builder.children, guint, i), 0);
  push_unaddressed (&builder);
  if (builder.selective)
    leave_out (&builder);
  mark_last (&builder);
  g_array_unref (builder.children);
  g_array_unref (builder.first_child);
  return builder.rows;
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
