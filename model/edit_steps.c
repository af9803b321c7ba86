/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/edit_steps.h"

#include "model/i18n.h"
#include "model/policy.h"

#define MAX_TOLD 3 /* edits of a step that are named */

static void
step_free (gpointer data)
{
  VhEditStep *step = data;
  g_free (step->text);
  g_free (step);
}

static const VhEdit *
get_edit (const VhEditList *list, guint edit)
{
  return &g_array_index (list->edits, VhEdit, edit);
}

static char *
describe_change (const VhEdit *edit)
{
  if (edit->kind == VH_EDIT_ADD_PORTS)
    return g_strdup_printf (P_ ("%u root port added", "%u root ports added", edit->count),
                            edit->count);
  if (edit->kind != VH_EDIT_SET_KNOB)
    return vh_edit_describe (edit);
  g_autofree char *index =
      edit->knob == VH_KNOB_PORT ? g_strdup_printf (" %d", edit->bus) : g_strdup ("");
  return g_strdup_printf ("%s%s: %s -> %s", vh_knob_to_string (edit->knob), index,
                          vh_switch_to_string (edit->from), vh_switch_to_string (edit->to));
}

/* Edits `first` to before `end`. */
static char *
describe_step (const VhEditList *list, guint first, guint end)
{
  const VhEdit *edit = get_edit (list, first);
  const guint n = end - first;
  if (edit->policy > 0)
    return g_strdup_printf (P_ ("policy %1$s: %2$u setting", "policy %1$s: %2$u settings", n),
                            vh_policy_to_string ((VhPolicy) (edit->policy - 1)), n);
  GString *text = g_string_new (NULL);
  for (guint i = first; i < MIN (end, first + MAX_TOLD); i++)
    {
      g_autofree char *one = describe_change (get_edit (list, i));
      g_string_append_printf (text, "%s%s", i > first ? ", " : "", one);
    }
  if (n > MAX_TOLD)
    g_string_append_printf (text, P_ (" and %u more", " and %u more", n - MAX_TOLD), n - MAX_TOLD);
  return g_string_free (text, FALSE);
}

/* A step that is done never goes on in one that was undone, whatever a list
 * from elsewhere says. */
static guint
find_end (const VhEditList *list, guint first)
{
  guint end = first + 1;
  while (end < list->edits->len && end != list->n_done &&
         get_edit (list, end)->step == get_edit (list, first)->step)
    end++;
  return end;
}

GPtrArray *
vh_edit_steps_new (const VhEditList *list)
{
  GPtrArray *steps = g_ptr_array_new_with_free_func (step_free);
  for (guint first = 0; first < list->edits->len;)
    {
      VhEditStep *step = g_new0 (VhEditStep, 1);
      step->end = find_end (list, first);
      step->is_done = step->end <= list->n_done;
      step->text = describe_step (list, first, step->end);
      g_ptr_array_add (steps, step);
      first = step->end;
    }
  return steps;
}

guint
vh_edit_steps_count_done (const GPtrArray *steps)
{
  guint n = 0;
  while (n < steps->len && ((const VhEditStep *) g_ptr_array_index (steps, n))->is_done)
    n++;
  return n;
}
