/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/compare.h"

#include "model/compare_cells.h"

#define ABSENT "-"

typedef struct {
  const GPtrArray *variants;
  GPtrArray *rows;
} Build;

static const VhReading *
reading_of (const Build *build, guint variant)
{
  return ((const VhVariant *) g_ptr_array_index (build->variants, variant))->reading;
}

static void
variant_free (VhVariant *variant)
{
  g_free (variant->name);
  g_free (variant->short_name);
  vh_reading_unref (variant->reading);
  g_free (variant);
}

GPtrArray *
vh_variants_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) variant_free);
}

void
vh_variants_push (GPtrArray *variants, const char *name, const char *short_name, VhReading *reading)
{
  VhVariant *variant = g_new0 (VhVariant, 1);
  variant->name = g_strdup (name);
  variant->short_name = g_strdup (short_name);
  variant->reading = vh_reading_ref (reading);
  g_ptr_array_add (variants, variant);
}

static void
row_free (VhCompareRow *row)
{
  g_free (row->name);
  g_free (row->positions);
  g_strfreev (row->cells);
  g_free (row);
}

/* ---- rows ---- */

static VhCompareRow *
push_row (Build *build, VhCompareKind kind, guint depth)
{
  VhCompareRow *row = g_new0 (VhCompareRow, 1);
  row->kind = kind;
  row->depth = depth;
  row->bus = -1;
  row->positions = g_new (gint32, build->variants->len);
  row->cells = g_new0 (char *, build->variants->len + 1);
  for (guint i = 0; i < build->variants->len; i++)
    row->positions[i] = -1;
  g_ptr_array_add (build->rows, row);
  return row;
}

static void
finish_row (const Build *build, VhCompareRow *row)
{
  for (guint i = 0; i < build->variants->len; i++)
    {
      if (!row->cells[i])
        row->cells[i] = g_strdup (ABSENT);
      row->differs = row->differs || !g_str_equal (row->cells[i], row->cells[0]);
    }
}

static void
push_machine (Build *build, VhCompareKind kind)
{
  VhCompareRow *row = push_row (build, kind, 0);
  for (guint i = 0; i < build->variants->len; i++)
    row->cells[i] = vh_compare_new_machine_cell (reading_of (build, i), kind);
  finish_row (build, row);
}

/* ---- what is on a bus, in any of the variants ---- */

/* A child of a bus: a bus by its index (the first of those that share one), or
 * by its position when it has none; or a device that leads nowhere, by its place
 * and label. */
typedef struct {
  VhAddress at;
  gint32 index;      /* of a bus; -1 none */
  char *label;       /* of a device; NULL */
  gint32 *positions; /* a variant */
} Child;

static void
child_free (Child *child)
{
  g_free (child->label);
  g_free (child->positions);
  g_free (child);
}

static int
compare_children (gconstpointer a, gconstpointer b)
{
  const Child *one = *(const Child *const *) a, *other = *(const Child *const *) b;
  const int by_place = vh_address_compare (&one->at, &other->at);
  if (by_place != 0)
    return by_place;
  return one->index != other->index ? (one->index < other->index ? -1 : 1)
                                    : g_strcmp0 (one->label, other->label);
}

/* Roots by index: the address of one is where it cannot be. */
static int
compare_roots (gconstpointer a, gconstpointer b)
{
  const Child *one = *(const Child *const *) a, *other = *(const Child *const *) b;
  const guint first = (guint) one->index, second = (guint) other->index; /* -1 comes last */
  return (first > second) - (first < second);
}

typedef struct {
  const Build *build;
  GPtrArray *list;   /* of Child */
  GHashTable *known; /* key -> Child */
} Children;

/* Takes `key`. */
static Child *
find_child (Children *children, char *key)
{
  Child *child = g_hash_table_lookup (children->known, key);
  if (child)
    {
      g_free (key);
      return child;
    }
  child = g_new0 (Child, 1);
  child->index = -1;
  child->positions = g_new (gint32, children->build->variants->len);
  for (guint i = 0; i < children->build->variants->len; i++)
    child->positions[i] = -1;
  g_ptr_array_add (children->list, child);
  g_hash_table_insert (children->known, key, child);
  return child;
}

static void
add_bus (Children *children, const VhBus *bus, guint variant, guint position)
{
  char *key = bus->index < 0 ? g_strdup_printf ("nameless %u", position)
                             : g_strdup_printf ("bus %d", bus->index);
  Child *child = find_child (children, key);
  if (child->index < 0)
    child->at = bus->at;
  child->index = bus->index;
  if (child->positions[variant] < 0)
    child->positions[variant] = (gint32) position;
}

static void
add_device (Children *children, const VhDevice *device, guint variant, guint position)
{
  g_autofree char *at = vh_address_format (&device->at);
  Child *child = find_child (children, g_strdup_printf ("%s %s", at, device->label));
  if (!child->label)
    child->label = g_strdup (device->label);
  child->at = device->at;
  child->positions[variant] = (gint32) position;
}

/* `parent` -1: the roots. */
static void
add_variant (Children *children, guint variant, gint32 parent)
{
  const VhTopology *topology = reading_of (children->build, variant)->topology;
  for (guint i = 0; i < vh_topology_get_n_buses (topology); i++)
    {
      const VhBus *bus = vh_topology_get_bus (topology, i);
      if (bus->parent == parent)
        add_bus (children, bus, variant, i);
    }
  guint first = 0;
  const guint n = parent < 0 ? 0 : vh_topology_get_bus_devices (topology, (guint) parent, &first);
  for (guint i = first; i < first + n; i++)
    if (vh_topology_get_device (topology, i)->secondary_bus < 0)
      add_device (children, vh_topology_get_device (topology, i), variant, i);
}

/* `parents`: the position of the bus a variant; NULL: the roots. */
static GPtrArray *
new_children (const Build *build, const gint32 *parents)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Children children = { build, g_ptr_array_new_with_free_func ((GDestroyNotify) child_free),
                        known };
  for (guint i = 0; i < build->variants->len; i++)
    if (!parents || parents[i] >= 0)
      add_variant (&children, i, parents ? parents[i] : -1);
  g_ptr_array_sort (children.list, parents ? compare_children : compare_roots);
  return children.list;
}

/* ---- the tree ---- */

static char *
new_name (const Build *build, const Child *child)
{
  if (child->label)
    return g_strdup (child->label);
  guint i = 0;
  while (child->positions[i] < 0)
    i++;
  const VhBus *bus =
      vh_topology_get_bus (reading_of (build, i)->topology, (guint) child->positions[i]);
  const char *model = bus->model == VH_BUS_UNKNOWN && bus->model_text
                          ? bus->model_text
                          : vh_bus_model_to_string (bus->model);
  return bus->index < 0 ? g_strdup_printf ("? %s", model)
                        : g_strdup_printf ("%d %s", bus->index, model);
}

static char *
new_cell (const VhReading *reading, const Child *child, guint variant)
{
  if (child->positions[variant] < 0)
    return NULL;
  const guint position = (guint) child->positions[variant];
  return child->label
             ? g_strdup (vh_mechanism_to_string (vh_modes_get_unplug (reading->modes, position)))
             : vh_compare_new_bus_cell (reading, position);
}

static void push_children (Build *build, const gint32 *parents, gint32 bus, guint depth);

static void
push_child (Build *build, const Child *child, gint32 bus, guint depth)
{
  VhCompareRow *row = push_row (build, child->label ? VH_COMPARE_DEVICE : VH_COMPARE_BUS, depth);
  row->bus = child->label ? bus : child->index;
  row->at = child->at;
  row->name = new_name (build, child);
  for (guint i = 0; i < build->variants->len; i++)
    {
      row->positions[i] = child->positions[i];
      row->cells[i] = new_cell (reading_of (build, i), child, i);
    }
  finish_row (build, row);
  if (child->index >= 0)
    push_children (build, child->positions, child->index, depth + 1);
}

/* No bus is its own ancestor: the topology cuts cycles. */
static void
push_children (Build *build, const gint32 *parents, gint32 bus, guint depth)
{
  g_autoptr (GPtrArray) children = new_children (build, parents);
  for (guint i = 0; i < children->len; i++)
    push_child (build, g_ptr_array_index (children, i), bus, depth);
}

VhComparison *
vh_compare_new (GPtrArray *variants)
{
  g_assert (variants->len > 0);
  VhComparison *comparison = g_new0 (VhComparison, 1);
  comparison->variants = variants;
  comparison->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  Build build = { variants, comparison->rows };
  for (VhCompareKind kind = VH_COMPARE_MACHINE; kind < VH_COMPARE_BUS; kind++)
    push_machine (&build, kind);
  push_children (&build, NULL, -1, 0);
  for (guint i = 0; i < comparison->rows->len; i++)
    comparison->n_differences +=
        ((const VhCompareRow *) g_ptr_array_index (comparison->rows, i))->differs ? 1 : 0;
  return comparison;
}

void
vh_compare_free (VhComparison *comparison)
{
  if (!comparison)
    return;
  g_ptr_array_unref (comparison->variants);
  g_ptr_array_unref (comparison->rows);
  g_free (comparison);
}

const char *
vh_compare_kind_to_string (VhCompareKind kind)
{
  static const char *const words[] = {
    [VH_COMPARE_MACHINE] = "machine", [VH_COMPARE_QEMU] = "qemu",     [VH_COMPARE_ACPI] = "acpi",
    [VH_COMPARE_ROOT] = "root",       [VH_COMPARE_BRIDGE] = "bridge", [VH_COMPARE_BUS] = "bus",
    [VH_COMPARE_DEVICE] = "device",
  };
  return words[kind];
}
