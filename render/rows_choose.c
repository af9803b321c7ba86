/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The rows that a filter or a view keeps. */
#include "render/rows_parts.h"

static gboolean
is_knob (const VhRow *row)
{
  return row->kind == VH_ROW_ROOT_KNOB || row->kind == VH_ROW_BRIDGE_KNOB;
}

static gboolean
has_free_slot (const VhSession *session, const VhRow *row)
{
  if (row->kind == VH_ROW_SLOTS)
    return TRUE;
  return row->kind == VH_ROW_BUS && vh_slots_get_free (session->after->topology, row->item) != 0;
}

static gboolean
is_chosen (const VhSession *session, const VhView *view, const VhRow *row)
{
  if (view->only_changed && (row->marks & VH_ROW_CHANGED) == 0)
    return FALSE;
  if (view->only_findings && (row->marks & VH_ROW_FINDINGS) == 0)
    return FALSE;
  if (view->only_empty && !has_free_slot (session, row))
    return FALSE;
  return view->filter->len == 0 || vh_row_matches (session, row, view->filter->str);
}

/* From the last row up, so that a parent knows of its children. */
void
vh_rows_choose (GArray *rows, const VhSession *session, const VhView *view)
{
  gboolean wanted[G_MAXUINT8 + 2] = { FALSE };
  guint kept = rows->len;
  for (guint i = rows->len; i-- > 0;)
    {
      const VhRow row = g_array_index (rows, VhRow, i);
      gboolean keep = wanted[row.depth + 1] || is_knob (&row) || is_chosen (session, view, &row);
      wanted[row.depth + 1] = FALSE;
      if (!keep)
        continue;
      wanted[row.depth] = TRUE;
      g_array_index (rows, VhRow, --kept) = row;
    }
  g_array_remove_range (rows, 0, kept);
}
