/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/rows.h"

#include "render/change.h"
#include "render/rows_parts.h"

/* Depths are counted in a byte. */
#define MAX_DEPTH G_MAXUINT8

typedef struct {
  const VhSession *session;
  const VhTopology *topology;
  const VhView *view;   /* NULL: nothing is folded or left out */
  gboolean selective;   /* rows are left out, so folds do not count */
  GHashTable *findings; /* marks by controller index, -1 for the machine */
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

/* Gives the row the marks of the findings about the bus with that index. */
static void
mark_findings (Builder *builder, guint row, gint32 index)
{
  gpointer marks = g_hash_table_lookup (builder->findings, GINT_TO_POINTER (index));
  mark_row (builder, row, GPOINTER_TO_UINT (marks));
}

static GHashTable *
new_findings (const GPtrArray *findings)
{
  static const guint marks[] = {
    [VH_SEVERITY_ERROR] = VH_ROW_ERROR,
    [VH_SEVERITY_WARNING] = VH_ROW_WARNING,
    [VH_SEVERITY_NOTE] = VH_ROW_NOTE,
  };
  GHashTable *table = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < findings->len; i++)
    {
      const VhFinding *finding = g_ptr_array_index (findings, i);
      gpointer index = GINT_TO_POINTER (finding->bus);
      const guint before = GPOINTER_TO_UINT (g_hash_table_lookup (table, index));
      g_hash_table_insert (table, index, GUINT_TO_POINTER (before | marks[finding->severity]));
    }
  return table;
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

/* What is put below a bus, by address. */
typedef struct {
  guint bus, depth;
  guint child;      /* the next bus behind a bridge, in `children` */
  guint32 is_shown; /* free slots to come, by bit */
} Level;

static Level
make_level (const Builder *builder, guint bus, guint depth)
{
  Level level = { .bus = bus, .depth = depth };
  VhRowKey key = vh_row_key_of_bus (builder->topology, bus);
  level.child = g_array_index (builder->first_child, guint, bus + 1);
  if (builder->view != NULL && g_hash_table_contains (builder->view->slots, &key))
    level.is_shown = vh_slots_get_free (builder->topology, bus);
  return level;
}

/* Runs of free slots below the slot `end`. */
static void
push_slots (Builder *builder, Level *level, guint end)
{
  while (level->is_shown != 0)
    {
      guint first = (guint) g_bit_nth_lsf (level->is_shown, -1), last = first;
      if (first >= end)
        return;
      for (; level->is_shown & (guint64) 1 << last; last++)
        level->is_shown &= ~(1u << last);
      VhRowKey key = vh_row_key_of_slots (builder->topology, level->bus, last - 1);
      guint row = push_row (builder, VH_ROW_SLOTS, level->depth, key, level->bus);
      g_array_index (builder->rows, VhRow, row).slot = (guint8) first;
    }
}

/* Buses whose bridges come before the device; NULL: all that are left. */
static void
push_buses (Builder *builder, Level *level, const VhDevice *device)
{
  guint end = g_array_index (builder->first_child, guint, level->bus + 2);
  for (; level->child < end; level->child++)
    {
      guint below = g_array_index (builder->children, guint, level->child);
      const VhAddress *at = &vh_topology_get_bus (builder->topology, below)->at;
      if (device != NULL && vh_address_compare (at, &device->at) > 0)
        return;
      push_slots (builder, level, at->slot);
      push_bus (builder, below, level->depth);
    }
}

/* Endpoints, the buses behind bridges, and free slots if wanted, together by
 * address. A bridge is shown as its bus. */
static void
push_children (Builder *builder, guint bus, guint depth)
{
  Level level = make_level (builder, bus, depth);
  guint first = 0;
  guint n = vh_topology_get_bus_devices (builder->topology, bus, &first);
  for (guint i = first; i < first + n; i++)
    {
      const VhDevice *device = vh_topology_get_device (builder->topology, i);
      if (device->secondary_bus >= 0)
        continue;
      push_buses (builder, &level, device);
      push_slots (builder, &level, device->at.slot);
      push_device (builder, VH_ROW_DEVICE, depth, i);
    }
  push_buses (builder, &level, NULL);
  push_slots (builder, &level, G_MAXUINT);
}

/* A folded bus takes back the rows below it; what changed or is wrong there marks it. */
static void
fold (Builder *builder, guint row)
{
  for (guint below = row + 1; below < builder->rows->len; below++)
    mark_row (builder, row,
              g_array_index (builder->rows, VhRow, below).marks &
                  (VH_ROW_CHANGED | VH_ROW_FINDINGS));
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
  const VhBus *what = vh_topology_get_bus (builder->topology, bus);
  if (what->index >= 0)
    mark_findings (builder, row, what->index);
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
  mark_findings (builder, row, -1);
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
        push_row (builder, VH_ROW_UNADDRESSED_HEADING, 0, vh_row_key_of_heading (), 0);
      has_heading = TRUE;
      push_device (builder, VH_ROW_UNADDRESSED, 1, i);
    }
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
  builder.selective = view != NULL && vh_view_is_selective (view);
  builder.findings = new_findings (session->after->findings);
  builder.rows = g_array_new (FALSE, FALSE, sizeof (VhRow));
  sort_children (&builder);
  push_knob (&builder, VH_KNOB_ROOT);
  push_knob (&builder, VH_KNOB_BRIDGE);
  for (guint i = 0; i < g_array_index (builder.first_child, guint, 1); i++)
    push_bus (&builder, g_array_index (builder.children, guint, i), 0);
  push_unaddressed (&builder);
  if (builder.selective)
    vh_rows_choose (builder.rows, session, view);
  mark_last (&builder);
  g_hash_table_unref (builder.findings);
  g_array_unref (builder.children);
  g_array_unref (builder.first_child);
  return builder.rows;
}
