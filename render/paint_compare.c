/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/paint_compare.h"

#include <string.h>

#include "model/i18n.h"
#include "render/words.h"

#define MARK_WIDTH 1u
#define ADDRESS_WIDTH 8u
#define LEAST_NAME 15u
#define WIDEST_NAME 44u
#define LEAST_CELL 8u
#define WIDEST_CELL 28u
#define LEAST_ADDRESSED 78u /* from this width on addresses are shown */

typedef struct {
  guint address, name, cell, n; /* widths with a blank each, and how many cells */
} Columns;

GPtrArray *
vh_paint_new_compared (const VhComparison *comparison, gboolean only)
{
  GPtrArray *rows = g_ptr_array_new ();
  for (guint i = 0; i < comparison->rows->len; i++)
    {
      VhCompareRow *row = g_ptr_array_index (comparison->rows, i);
      if (!only || row->differs)
        g_ptr_array_add (rows, row);
    }
  return rows;
}

const char *
vh_paint_get_compared_name (const VhCompareRow *row)
{
  switch (row->kind)
    {
    case VH_COMPARE_MACHINE:
      return _ ("Machine");
    case VH_COMPARE_QEMU:
      return "QEMU";
    case VH_COMPARE_ACPI:
      return "ACPI";
    case VH_COMPARE_ROOT:
      return vh_words_of_knob (VH_KNOB_ROOT);
    case VH_COMPARE_BRIDGE:
      return vh_words_of_knob (VH_KNOB_BRIDGE);
    case VH_COMPARE_BUS:
    case VH_COMPARE_DEVICE:
    default:
      return row->name;
    }
}

static const VhVariant *
variant_at (const VhComparison *comparison, guint position)
{
  return g_ptr_array_index (comparison->variants, position);
}

/* Of the widest cell. */
static guint
find_wish (const VhComparison *comparison)
{
  guint wish = LEAST_CELL;
  for (guint i = 0; i < comparison->variants->len; i++)
    wish = MAX (wish, vh_text_width (variant_at (comparison, i)->name) + 1);
  for (guint i = 0; i < comparison->rows->len; i++)
    {
      const VhCompareRow *row = g_ptr_array_index (comparison->rows, i);
      for (guint j = 0; j < comparison->variants->len; j++)
        wish = MAX (wish, vh_text_width (row->cells[j]) + 1);
    }
  return MIN (wish, WIDEST_CELL);
}

static Columns
columns_for (const VhComparison *comparison, guint width)
{
  g_assert (comparison->variants->len > 0);
  Columns columns = { .address = width >= LEAST_ADDRESSED ? ADDRESS_WIDTH : 0 };
  const guint taken = MARK_WIDTH + columns.address + LEAST_NAME;
  const guint room = width > taken + LEAST_CELL ? width - taken : LEAST_CELL;
  columns.n = MIN (comparison->variants->len, room / LEAST_CELL);
  columns.cell = MIN (room / columns.n, find_wish (comparison));
  const guint left = MARK_WIDTH + columns.address + columns.n * columns.cell;
  columns.name = MIN (width > left ? width - left : 1, WIDEST_NAME);
  return columns;
}

/* A column at `*x`, which moves on. */
static void
put_column (VhCanvas *canvas, VhBox *where, guint width, VhRole role, const char *text)
{
  if (width == 0)
    return;
  where->width = width - 1;
  vh_canvas_put (canvas, where, role, text);
  where->x += width;
}

void
vh_paint_compared_heading (const VhComparison *comparison, VhCanvas *canvas, const VhBox *line)
{
  const Columns columns = columns_for (comparison, line->width);
  VhBox where = *line;
  where.x += MARK_WIDTH;
  put_column (canvas, &where, columns.address, VH_ROLE_HEADING, _ ("ADDRESS"));
  put_column (canvas, &where, columns.name, VH_ROLE_HEADING, _ ("BUS OR DEVICE"));
  for (guint i = 0; i < columns.n; i++)
    {
      const VhVariant *variant = variant_at (comparison, i);
      const gboolean fits = vh_text_width (variant->name) < columns.cell;
      put_column (canvas, &where, columns.cell, VH_ROLE_HEADING,
                  fits ? variant->name : variant->short_name);
    }
}

static VhRole
role_of_cell (const VhComparison *comparison, const VhCompareRow *row, guint variant)
{
  const VhReading *reading = variant_at (comparison, variant)->reading;
  const gint32 position = row->positions[variant];
  if (position < 0)
    return VH_ROLE_PLAIN;
  const VhMechanism mechanism = row->kind == VH_COMPARE_BUS
                                    ? vh_modes_get (reading->modes, (guint) position)->used
                                    : vh_modes_get_unplug (reading->modes, (guint) position);
  return vh_words_role_of_mechanism (mechanism);
}

static VhRole
role_of_name (const VhCompareRow *row)
{
  if (row->differs)
    return VH_ROLE_CHANGED;
  return row->kind == VH_COMPARE_DEVICE ? VH_ROLE_DEVICE : VH_ROLE_BUS;
}

void
vh_paint_compared_row (const VhComparison *comparison, const VhCompareRow *row, VhCanvas *canvas,
                       const VhBox *line)
{
  const Columns columns = columns_for (comparison, line->width);
  VhBox where = *line;
  g_autofree char *address = vh_address_format (&row->at);
  const char *shown = address != NULL && row->at.domain == 0 ? strchr (address, ':') + 1 : address;
  const guint indent = MIN (row->depth * 2, columns.name / 3);
  put_column (canvas, &where, MARK_WIDTH + 1, VH_ROLE_CHANGED, row->differs ? "*" : "");
  where.x = line->x + MARK_WIDTH;
  put_column (canvas, &where, columns.address, VH_ROLE_DIM, shown != NULL ? shown : "");
  where.x += indent;
  put_column (canvas, &where, columns.name - indent, role_of_name (row),
              vh_paint_get_compared_name (row));
  for (guint i = 0; i < columns.n; i++)
    put_column (canvas, &where, columns.cell, role_of_cell (comparison, row, i), row->cells[i]);
}
